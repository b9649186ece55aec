package track

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/ship"
)

// Unmapped is a code of a carrier that has no meaning yet.
type Unmapped struct {
	Carrier string
	Code    string
	Count   int
	Example string // the carrier's words
	LastAt  int64
}

// Unmapped looks back over the shipments of a month, and over this many scans at most.
const (
	unmappedAge = 30 * 24 * time.Hour
	unmappedMax = 5000
)

// Unmapped lists the codes nobody could read among the shipments of the last 30 days, the most frequent first.
func (s *Service) Unmapped(ctx context.Context) ([]Unmapped, error) {
	type scan struct {
		shipment, at int64
		code, text   string
	}
	var scans []scan
	var shipments map[int64]*ship.Shipment
	err := s.db.View(ctx, func(tx *db.Tx) (err error) {
		since := id.Floor(tx.Now().Add(-unmappedAge).UnixMicro())
		scans, err = db.All(tx.Query(selUnknown, since, unmappedMax), func(r *db.Rows) (c scan) {
			r.Scan(&c.shipment, &c.at, &c.code, &c.text)
			return c
		})
		if err != nil {
			return err
		}
		var ids []int64
		for _, c := range scans {
			ids = append(ids, c.shipment)
		}
		shipments, err = ship.ShipmentsByID(tx, slices.Compact(ids))
		return err
	})
	if err != nil {
		return nil, err
	}
	count := counter{}
	for _, c := range scans {
		if sh := shipments[c.shipment]; sh != nil {
			if _, _, known := Map(s.family(sh.Carrier), c.code); !known {
				count.add(sh.Carrier, c.code, c.text, c.at)
			}
		}
	}
	return count.list(), nil
}

// counter gathers codes without a meaning.
type counter map[[2]string]*Unmapped

func (c counter) add(carrier, code, text string, at int64) {
	u := c[[2]string{carrier, code}]
	if u == nil {
		u = &Unmapped{Carrier: carrier, Code: code}
		c[[2]string{carrier, code}] = u
	}
	u.Count++
	if at >= u.LastAt {
		u.LastAt, u.Example = at, text
	}
}

func (c counter) list() []Unmapped {
	var out []Unmapped
	for _, u := range c {
		out = append(out, *u)
	}
	slices.SortFunc(out, func(a, b Unmapped) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Carrier, b.Carrier), cmp.Compare(a.Code, b.Code))
	})
	return out
}
