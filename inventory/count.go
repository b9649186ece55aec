package inventory

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/warehouse"
)

// CountPrefix is the prefix of the ids people see.
const CountPrefix = "cnt"

// Count is a place to be counted: what the book expected there of one SKU and lot, and what was found.
type Count struct {
	ID, Node, Location, SKU int64
	Lot                     string
	Reason                  string // "short_pick", "ordered"
	Status                  string // open, counted, cancelled
	Expected, Counted       int64
	CreatedAt, ClosedAt     int64
	ClosedBy                string
}

var (
	insCount = db.Insert("inventory_count", "id bigint, node_id bigint, location_id bigint, sku_id bigint, lot text, reason text, status text, expected bigint, counted bigint, created_at bigint, closed_at bigint, closed_by text")
	setCount = db.Change("inventory_count", "id bigint, counted bigint, expected bigint, at bigint, by text", 1,
		"status = 'counted', counted = x.counted, expected = x.expected, closed_at = x.at, closed_by = x.by", "t.id = x.id AND t.status = 'open'")
	selCount      = db.NewSQL(`SELECT id, node_id, location_id, sku_id, lot, reason, status, expected, counted, created_at, closed_at, closed_by FROM inventory_count WHERE id = $1 FOR UPDATE`)
	selOpenCounts = db.NewSQL(`SELECT id, node_id, location_id, sku_id, lot, reason, status, expected, counted, created_at, closed_at, closed_by FROM inventory_count
	  WHERE status = 'open' AND node_id = $1 AND id > $2 ORDER BY id LIMIT $3`)
	selLoose = db.NewSQL(`SELECT location_id, quality, on_hand, reserved FROM inventory_stock
	  WHERE sku_id = $1 AND lot = $2 AND node_id = $3 AND container = 0 AND location_id = ANY($4) ORDER BY location_id, quality FOR UPDATE`)
)

func scanCount(r *db.Rows) (c Count) {
	r.Scan(&c.ID, &c.Node, &c.Location, &c.SKU, &c.Lot, &c.Reason, &c.Status, &c.Expected, &c.Counted, &c.CreatedAt, &c.ClosedAt, &c.ClosedBy)
	return c
}

func openCount(tx *db.Tx, r Reservation, reason string) int64 {
	key := tx.NewID()
	tx.Put(insCount, key, r.Node, r.Location, r.SKU, r.Lot, reason, "open", 0, 0, tx.Micros(), 0, "")
	return key
}

// OpenCounts lists the counts that wait at a node, oldest first, behind an id.
func OpenCounts(tx *db.Tx, node, after int64, limit int) ([]Count, error) {
	return db.All(tx.Query(selOpenCounts, node, after, limit), scanCount)
}

// CloseCount books what was found in the bin. Goods that stood as missing come back first; what remains
// missing is written off; more than the book knows is written up. Fewer than are reserved in the bin is
// refused: those picks come first, or are reported short; so is a loss that the node's promises would not survive.
// Faults: inventory.quantity, count.not_found, count.closed, count.below_reserved, count.promised.
func (s *Service) CloseCount(ctx context.Context, once *db.Once, key, found int64, actor string) (Count, error) {
	if found < 0 || found > maxQuantity {
		return Count{}, fault.Invalidf("counted", "inventory.quantity", "a count is between 0 and %d, not %d", int64(maxQuantity), found)
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Count, error) {
		c, err := openOne(tx, key)
		if err != nil {
			return Count{}, err
		}
		if err := settle(tx, &c, found); err != nil {
			return Count{}, err
		}
		c.Status, c.Counted, c.ClosedAt, c.ClosedBy = "counted", found, tx.Micros(), actor
		tx.Put(setCount, c.ID, c.Counted, c.Expected, c.ClosedAt, actor)
		tx.Emit(db.Event{Kind: "stock.counted.v1", Subject: c.ID, Actor: actor,
			Params: map[string]any{"sku": c.SKU, "location": c.Location, "expected": c.Expected, "counted": found}})
		return c, nil
	})
}

// unpromised is the fault for goods that are not there and that the node has promised: somebody has to tell the orders
// before the book may forget them.
func unpromised(tx *db.Tx, c *Count, gone int64) error {
	if gone == 0 {
		return nil
	}
	free, err := LockAvailable(tx, []int64{c.SKU})
	if err != nil {
		return err
	}
	if over := gone - free[Key{c.SKU, c.Node}]; over > 0 {
		return fault.New(fault.Conflict, "count.promised", "%d fewer are there than the book says, and %d of them are promised to orders; let another warehouse do those orders, or cancel them, first", gone, over).
			With("gone", gone).With("over", over)
	}
	return nil
}

// settle moves goods so that the bin holds what was found.
func settle(tx *db.Tx, c *Count, found int64) error {
	quarantine, err := warehouse.Quarantine(tx, c.Node)
	if err != nil {
		return err
	}
	var inBin, reserved, missing int64
	rows := tx.Query(selLoose, c.SKU, c.Lot, c.Node, []int64{c.Location, quarantine.ID})
	for rows.Next() {
		var location, onHand, held int64
		var quality string
		rows.Scan(&location, &quality, &onHand, &held)
		switch {
		case location == c.Location && quality == Good:
			inBin, reserved = onHand, held
		case location == quarantine.ID && quality == Missing:
			missing = onHand
		}
	}
	if err := rows.Close(); err != nil {
		return err
	}
	if found < reserved {
		return fault.New(fault.Conflict, "count.below_reserved", "%d were found but %d are reserved for picking there; pick or report them short first", found, reserved).
			With("found", found).With("reserved", reserved)
	}
	if err := unpromised(tx, c, max(0, inBin-found)); err != nil {
		return err
	}
	c.Expected = inBin
	bin := Place{c.Node, c.Location, 0, Good}
	lost := Place{c.Node, quarantine.ID, 0, Missing}
	move := func(q int64, from, to Place) error {
		if q == 0 {
			return nil
		}
		return Post(tx, Move{SKU: c.SKU, Lot: c.Lot, Quantity: q, From: from, To: to, Cause: "count", Ref: c.ID})
	}
	back := min(missing, max(0, found-inBin))
	if err := move(back, lost, bin); err != nil {
		return err
	}
	if err := move(missing-back, lost, Outside(Adjustment)); err != nil {
		return err
	}
	if d := found - inBin - back; d > 0 {
		return move(d, Outside(Adjustment), bin)
	}
	return move(max(0, inBin-found), bin, Outside(Adjustment))
}

// openOne locks a count that waits.
func openOne(tx *db.Tx, key int64) (Count, error) {
	list, err := db.All(tx.Query(selCount, key), scanCount)
	switch {
	case err != nil:
		return Count{}, err
	case len(list) == 0:
		return Count{}, fault.New(fault.NotFound, "count.not_found", "there is no count %s", id.Show(CountPrefix, key))
	case list[0].Status != "open":
		return Count{}, fault.New(fault.Conflict, "count.closed", "the count was closed already by %s", list[0].ClosedBy)
	}
	return list[0], nil
}
