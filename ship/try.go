package ship

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
)

// TryIn is a parcel that nobody has packed.
type TryIn struct {
	NodeID     int64
	WeightG    int64
	MM         [3]int64 // outer size; zero = by weight alone
	Province   string
	City       string
	Kind       string // of the order: cod, presale …; empty = normal
	PromisedBy int64  // UTC microseconds; 0 = no promise
}

// heaviestTry bounds what is tried, in grams.
const heaviestTry = 10_000_000

// Try puts a parcel to every service of the rates as if it stood packed at a node now, by the ladder that holds there, and writes
// nothing. Faults: ship.try_weight, ship.try_size, required.
func (s *Service) Try(ctx context.Context, in TryIn) (c Choice, err error) {
	switch {
	case in.WeightG <= 0 || in.WeightG > heaviestTry:
		return c, fault.Invalidf("weight_g", "ship.try_weight", "a parcel weighs 1 to %d g", heaviestTry).With("most", heaviestTry)
	case min(in.MM[0], in.MM[1], in.MM[2]) < 0 || max(in.MM[0], in.MM[1], in.MM[2]) > 20_000:
		return c, fault.Invalidf("mm", "ship.try_size", "a side of a parcel is up to 20 m")
	case in.Province == "":
		return c, fault.Invalidf("province", "required", "say where the parcel goes").With("field", "province")
	}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		t, err := s.tariff(tx)
		if err != nil {
			return err
		}
		o := &order.Order{ID: 1, Kind: in.Kind, Recipient: order.Recipient{Province: in.Province, City: in.City}, PromisedBy: in.PromisedBy, PlacedAt: tx.Micros()}
		d := &dock{orders: map[int64]*order.Order{o.ID: o}, tariff: t}
		c = s.choose(tx, d, pack.Parcel{NodeID: in.NodeID, OrderID: o.ID, WeightG: in.WeightG, MM: in.MM}, func(string) bool { return true })
		return nil
	})
	return c, err
}
