package check

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/packhorse/packhorse/internal/db"
)

// How much a step of the sampler looks at.
const (
	sampleBalances = 50
	sampleOrders   = 20
)

// Sampler proves a few balances and orders at a time, beside the work of a server: a broken book is known within
// hours, not at the next full proof. A step costs as much as the goods in work are many, not as history is long.
type Sampler struct {
	db     *db.DB
	random *rand.Rand
}

// NewSampler makes a sampler. The same seed looks at the same rows of the same data.
func NewSampler(d *db.DB, seed uint64) *Sampler {
	return &Sampler{db: d, random: rand.New(rand.NewPCG(seed, seed))}
}

var (
	selBalanceSpan = db.NewSQL(`SELECT COALESCE(min(sku_id), 0), COALESCE(max(sku_id), 0) FROM inventory_balance`)
	selBalanceKeys = db.NewSQL(fmt.Sprintf(`SELECT sku_id FROM inventory_balance WHERE sku_id >= $1 ORDER BY sku_id, node_id LIMIT %d`, sampleBalances))

	// selSample is the sum of balances for some SKUs. Loose goods are found by SKU; what stands in containers has no
	// index by SKU, but there are only as many rows of it as goods are in work, one location after the other.
	selSample = db.NewSQL(fmt.Sprintf(sumBalances, "WHERE sku_id = ANY($1)",
		stockFigures+`inventory_stock s WHERE s.container = 0 AND s.sku_id = ANY($1)
		 UNION ALL `+stockFigures+`warehouse_location w CROSS JOIN inventory_stock s WHERE s.location_id = w.id AND s.container > 0 AND s.sku_id = ANY($1)`))
)

// Step looks at 50 balances and 20 orders that stand beside each other at a random place. It is not safe for concurrent use.
func (s *Sampler) Step(ctx context.Context) ([]Finding, error) {
	found := newFindings()
	err := s.db.View(ctx, func(tx *db.Tx) error {
		if err := s.balances(tx, found); err != nil {
			return err
		}
		return s.orders(tx, found)
	})
	return found.sorted(), err
}

func (s *Sampler) balances(tx *db.Tx, found *findings) error {
	from, err := s.place(tx, selBalanceSpan)
	if err != nil {
		return err
	}
	skus, err := db.All(tx.Query(selBalanceKeys, from), func(r *db.Rows) (v int64) { r.Scan(&v); return v })
	if err != nil || len(skus) == 0 {
		return err
	}
	list, err := db.All(tx.Query(selSample, skus), scanFigures)
	for _, f := range list {
		f.judge(found)
	}
	return err
}

func (s *Sampler) orders(tx *db.Tx, found *findings) error {
	from, err := s.place(tx, selSpan)
	if err != nil {
		return err
	}
	k := known{}
	if k.parts, err = readParts(tx); err != nil {
		return err
	}
	rd := &reader{tx: tx, found: found, counts: map[string]int64{}}
	list, _, err := rd.page(from-1, sampleOrders)
	if err != nil {
		return err
	}
	for _, d := range list {
		d.judge(found, &k)
	}
	return nil
}

// place draws a key between the smallest and the largest.
func (s *Sampler) place(tx *db.Tx, span *db.SQL) (int64, error) {
	var first, last int64
	if _, err := tx.Query(span).One(&first, &last); err != nil {
		return 0, err
	}
	return first + s.random.Int64N(last-first+1), nil
}
