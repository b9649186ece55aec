package inventory

import (
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
)

// opened is the cause of an opening balance.
const opened = "opening"

// Entry is one row of the ledger.
type Entry struct {
	ID            int64  `json:"id"`
	At            int64  `json:"at"` // UTC microseconds
	SKUID         int64  `json:"sku_id"`
	Lot           string `json:"lot"`
	Quantity      int64  `json:"quantity"`
	FromLocation  int64  `json:"from_location"`
	FromContainer int64  `json:"from_container"`
	FromQuality   string `json:"from_quality"`
	ToLocation    int64  `json:"to_location"`
	ToContainer   int64  `json:"to_container"`
	ToQuality     string `json:"to_quality"`
	Cause         string `json:"cause"`
	Ref           int64  `json:"ref"`
}

func scanEntry(r *db.Rows) (e Entry) {
	r.Scan(&e.ID, &e.At, &e.SKUID, &e.Lot, &e.Quantity, &e.FromLocation, &e.FromContainer, &e.FromQuality, &e.ToLocation, &e.ToContainer, &e.ToQuality, &e.Cause, &e.Ref)
	return e
}

func (e Entry) from() side {
	return side{e.FromLocation, e.FromContainer, e.SKUID, e.Lot, e.FromQuality}
}

func (e Entry) to() side { return side{e.ToLocation, e.ToContainer, e.SKUID, e.Lot, e.ToQuality} }

const entryColumns = `id, at, sku_id, lot, quantity, from_location, from_container, from_quality, to_location, to_container, to_quality, cause, ref`

var (
	// Entries of a return say how much of a shipment has come back, and what puts a unit of one on a shelf is proof of its fate: they stay.
	selFoldable = db.NewSQL(`SELECT ` + entryColumns + ` FROM inventory_entry WHERE id > $1 AND id < $2 AND at < $3
	  AND cause <> 'return' AND cause <> 'restock' AND NOT (cause = 'opening' AND at = $3 - 1) ORDER BY id LIMIT $4`)
	selEntries = db.NewSQL(`SELECT ` + entryColumns + ` FROM inventory_entry WHERE id = ANY($1)`)
	selCut     = db.NewSQL(`SELECT ` + entryColumns + ` FROM inventory_entry WHERE id >= $1 AND id < $2 ORDER BY id DESC`)
	delEntries = db.NewSQL(`DELETE FROM inventory_entry WHERE id = ANY($1)`)
)

// Foldable reads entries older than a moment (UTC microseconds) that nothing needs one by one, behind an id and in the order
// of ids.
func Foldable(tx *db.Tx, before, after int64, limit int) ([]Entry, error) {
	return db.All(tx.Query(selFoldable, after, id.Floor(before), before, limit), scanEntry)
}

// Fold takes entries that are older than a moment out of the ledger, and puts what they leave on each side there as one
// opening balance of that moment: an entry from Opening to the side, or back where what stays here had brought more. So
// the ledger adds up to the same stock at that moment and at every one behind it. What is gone already is passed over.
func Fold(tx *db.Tx, before int64, ids []int64) error {
	list, err := db.All(tx.Query(selEntries, ids), scanEntry)
	if err != nil || len(list) == 0 {
		return err
	}
	c, err := cutAt(tx, before)
	if err != nil {
		return err
	}
	sums := map[side]int64{}
	for _, e := range list {
		sums[e.from()] -= e.Quantity
		sums[e.to()] += e.Quantity
	}
	gone := slices.Clone(ids)
	for s := range sums {
		if o, there := c.openings[s]; there {
			gone = append(gone, o.ID)
			sums[s] += o.brings()
		}
	}
	if _, err := tx.Exec(delEntries, gone); err != nil {
		return err
	}
	for _, s := range sortedKeys(sums, side.compare) {
		if sums[s] != 0 && s.location >= 0 {
			c.put(tx, s, sums[s])
		}
	}
	return nil
}

// cut is the moment of opening balances.
type cut struct {
	at       int64
	openings map[side]opening
	taken    map[int64]bool // ids
	next     int64          // the id to look at next
}

// opening is an opening balance that is there.
type opening struct{ Entry }

// brings is what it leaves on its side.
func (o opening) brings() int64 {
	if o.FromLocation == Opening {
		return o.Quantity
	}
	return -o.Quantity
}

// cutMillis is the room for the ids of opening balances: all of the last millisecond before the cut, so that they stand in
// the order of the ledger where they belong.
const cutMillis = 1000

func cutAt(tx *db.Tx, before int64) (*cut, error) {
	end := id.Floor(before)
	c := &cut{at: before - 1, openings: map[side]opening{}, taken: map[int64]bool{}, next: end - 1}
	list, err := db.All(tx.Query(selCut, id.Floor(before-cutMillis), end), scanEntry)
	for _, e := range list {
		c.taken[e.ID] = true
		switch {
		case e.Cause != opened || e.At != c.at:
		case e.FromLocation == Opening:
			c.openings[e.to()] = opening{e}
		default:
			c.openings[e.from()] = opening{e}
		}
	}
	return c, err
}

// put writes an opening balance, under the id that the side had.
func (c *cut) put(tx *db.Tx, s side, quantity int64) {
	key := c.openings[s].ID
	if key == 0 {
		for c.taken[c.next] {
			c.next--
		}
		key = c.next
		c.taken[key] = true
	}
	outside, inside := Outside(Opening), Place{Location: s.location, Container: s.container, Quality: s.quality}
	from, to := outside, inside
	if quantity < 0 {
		from, to, quantity = inside, outside, -quantity
	}
	tx.Put(insEntry, key, c.at, s.sku, s.lot, quantity, from.Location, from.Container, from.Quality, to.Location, to.Container, to.Quality, opened, 0)
}
