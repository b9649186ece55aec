package load

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/warehouse"
)

// Hot is what buyers of one SKU got.
type Hot struct {
	GrantsPerSecond float64
	Granted         int64
	Refused         int64
	Oversold        int64
	P99             float64 // milliseconds from asking to the answer
}

// HotSKU lets buyers race for units of one SKU at one node, each asking for one unit after the other, until
// the units are gone and every buyer has been refused, or until the time is up. The rate counts grants up to
// the last unit.
func HotSKU(ctx context.Context, d *db.DB, buyers int, units int64, limit time.Duration) (Hot, error) {
	sku, node, err := oneSKU(ctx, d, units)
	if err != nil {
		return Hot{}, err
	}
	s := inventory.New(d)
	var out Hot
	var granted, refused, last atomic.Int64
	var failure atomic.Value
	var watch Watch
	start := time.Now()
	var wg sync.WaitGroup
	for range buyers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for time.Since(start) < limit {
				asked := time.Now()
				_, err := s.Reserve(ctx, nil, inventory.Demand{SKU: sku, Node: node, Quantity: 1})
				switch {
				case err == nil:
					watch.Add(time.Since(asked))
					granted.Add(1)
					last.Store(int64(time.Since(start)))
				case fault.Code(err) == "inventory.short":
					refused.Add(1)
					return
				default:
					failure.Store(err)
					return
				}
			}
		}()
	}
	wg.Wait()
	if err, bad := failure.Load().(error); bad {
		return out, err
	}
	out.Granted, out.Refused = granted.Load(), refused.Load()
	out.GrantsPerSecond = float64(out.Granted) / time.Duration(last.Load()).Seconds()
	out.P99 = watch.Milliseconds().P99
	out.Oversold, err = oversold(ctx, d, sku, node, out.Granted)
	return out, err
}

// oversold compares what was granted and what is written with what there is.
func oversold(ctx context.Context, d *db.DB, sku, node, granted int64) (over int64, err error) {
	err = d.View(ctx, func(tx *db.Tx) error {
		list, err := inventory.Balances(tx, []int64{sku})
		for _, b := range list {
			if b.Node == node {
				if b.Reserved != granted {
					return fmt.Errorf("%d were granted but %d are reserved", granted, b.Reserved)
				}
				over = max(0, b.Reserved-b.OnHand)
			}
		}
		return err
	})
	return over, err
}

func oneSKU(ctx context.Context, d *db.DB, units int64) (sku, node int64, err error) {
	w, c, s := warehouse.New(d, "CNY"), catalog.New(d, "CNY"), inventory.New(d)
	for _, step := range []struct {
		run  func(context.Context, *sheet.Reader, bool, func(int)) (sheet.Answer, error)
		text string
	}{
		{w.ImportWarehouses, "code,name,timezone,country\nW1,Hot,UTC,CN\n"},
		{w.ImportLocations, "warehouse,location,kind\nW1,A1,pick\n"},
		{c.ImportSKUs, "sku,title\nHOT,hot\n"},
		{s.ImportStock, fmt.Sprintf("warehouse,location,sku,quantity\nW1,A1,HOT,%d\n", units)},
	} {
		r, err := sheet.Open("hot.csv", strings.NewReader(step.text), int64(len(step.text)), sheet.DefaultLimits())
		if err != nil {
			return 0, 0, err
		}
		a, err := step.run(ctx, r, false, nil)
		if err != nil {
			return 0, 0, err
		}
		if len(a.Rejected) > 0 {
			return 0, 0, fmt.Errorf("%s", a.Rejected[0].Message)
		}
	}
	err = d.View(ctx, func(tx *db.Tx) error {
		nodes, err := warehouse.Nodes(tx)
		if err != nil {
			return err
		}
		node = nodes[0].ID
		skus, err := catalog.ByCodes(tx, []string{"HOT"})
		sku = skus["HOT"].ID
		return err
	})
	return sku, node, err
}
