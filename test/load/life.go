package load

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// LifeRun says how order lives are driven.
type LifeRun struct {
	Base, Key string // of the API
	Orders    int
	Clients   int
	Batch     int // orders in one request; 1 uses the single requests
	SKUs      int // S00000 … in the catalogue
	Seed      uint64
}

// Life is what came out.
type Life struct {
	Orders    int
	PerSecond float64
	Stages    map[string]Percentiles
}

// Stages that are requests, in the order of an order's life.
var requests = []string{"create", "release", "pick", "pack", "ship"}

// DriveLives drives whole order lives of two lines through the public API: each client creates orders, waits
// until review and allocation have done their part by themselves (it hears of it from the event feed), and
// sends the rest of their life. It returns when all have shipped.
func DriveLives(ctx context.Context, r LifeRun) (Life, error) {
	f := &feed{run: r, waiting: map[string]chan []string{}}
	begin, err := f.start(ctx)
	if err != nil {
		return Life{}, err
	}
	defer f.stop()
	watches := map[string]*Watch{}
	for _, s := range requests {
		watches[s] = &Watch{}
	}
	var next atomic.Int64
	var failure atomic.Value
	start := time.Now()
	var wg sync.WaitGroup
	for n := range r.Clients {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c, err := dial(r.Base, r.Key)
			if err != nil {
				failure.Store(err)
				return
			}
			defer c.close()
			l := &liver{client: c, run: r, feed: f, watches: watches, random: rand.New(rand.NewPCG(r.Seed, uint64(n)))}
			for failure.Load() == nil {
				first := int(next.Add(int64(r.Batch))) - r.Batch
				if first >= r.Orders {
					return
				}
				if err := l.live(ctx, first, min(r.Batch, r.Orders-first)); err != nil {
					failure.Store(err)
				}
			}
		}()
	}
	wg.Wait()
	took := time.Since(start)
	if err, bad := failure.Load().(error); bad {
		return Life{}, err
	}
	out := Life{Orders: r.Orders, PerSecond: float64(r.Orders) / took.Seconds(), Stages: map[string]Percentiles{}}
	for s, w := range watches {
		out.Stages[s] = w.Milliseconds()
	}
	return out, f.ownStages(begin, out.Stages)
}

// liver is one client.
type liver struct {
	client  *client
	run     LifeRun
	feed    *feed
	watches map[string]*Watch
	random  *rand.Rand
}

func (l *liver) timed(stage, path string, body []byte, out any) error {
	start := time.Now()
	err := l.client.call("POST", path, body, out)
	l.watches[stage].Add(time.Since(start))
	return err
}

// live takes orders first … first+n-1 through their lives.
func (l *liver) live(ctx context.Context, first, n int) error {
	orders, err := l.create(first, n)
	if err != nil {
		return err
	}
	var fulfilments []string
	for _, o := range orders {
		got, err := l.feed.await(ctx, o)
		if err != nil {
			return err
		}
		fulfilments = append(fulfilments, got...)
	}
	for _, stage := range requests[1:] {
		if err := l.step(stage, fulfilments); err != nil {
			return err
		}
	}
	return nil
}

func (l *liver) create(first, n int) ([]string, error) {
	docs := make([]string, n)
	for i := range docs {
		docs[i] = l.document(first + i)
	}
	if l.run.Batch == 1 {
		var got struct {
			ID string `json:"id"`
		}
		err := l.timed("create", "/v1/orders", []byte(docs[0]), &got)
		return []string{got.ID}, err
	}
	var got struct {
		Results []struct {
			Status int
			Result struct {
				ID string `json:"id"`
			}
		}
	}
	if err := l.timed("create", "/v1/orders/bulk", []byte(`{"orders":[`+strings.Join(docs, ",")+`]}`), &got); err != nil {
		return nil, err
	}
	var ids []string
	for _, r := range got.Results {
		if r.Status > 299 {
			return nil, fmt.Errorf("an order of a bulk was refused with %d", r.Status)
		}
		ids = append(ids, r.Result.ID)
	}
	return ids, nil
}

func (l *liver) document(n int) string {
	a := l.random.IntN(l.run.SKUs)
	b := (a + 1 + l.random.IntN(l.run.SKUs-1)) % l.run.SKUs
	return fmt.Sprintf(`{"channel":"bench","order_no":"B%08d","placed_at":%q,"payment_status":"paid","paid_amount":"40.00","currency":"CNY",`+
		`"recipient_name":"李明%d","phone":"138%08d","country":"CN","province":"浙江省","city":"杭州市","district":"西湖区","address":"文三路%d号%d室",`+
		`"lines":[{"line_no":1,"sku":"S%05d","quantity":1,"unit_price":"10.00"},{"line_no":2,"sku":"S%05d","quantity":2,"unit_price":"15.00"}]}`,
		n, time.Now().UTC().Format(time.RFC3339), n, n%100_000_000, 1+n%900, 1+n/900, a, b)
}

func (l *liver) step(stage string, fulfilments []string) error {
	if l.run.Batch == 1 {
		for _, f := range fulfilments {
			if err := l.timed(stage, "/v1/fulfilments/"+f+"/"+stage, []byte(body(stage, f)), nil); err != nil {
				return err
			}
		}
		return nil
	}
	items := make([]string, len(fulfilments))
	for i, f := range fulfilments {
		items[i] = strings.Replace(body(stage, f), "{", `{"id":"`+f+`",`, 1)
		items[i] = strings.Replace(items[i], ",}", "}", 1)
	}
	var got struct {
		Results []struct {
			Status  int
			Problem json.RawMessage
		}
	}
	if err := l.timed(stage, "/v1/fulfilments/"+stage, []byte(`{"items":[`+strings.Join(items, ",")+`]}`), &got); err != nil {
		return err
	}
	for _, r := range got.Results {
		if r.Status > 299 {
			return fmt.Errorf("%s: %d %s", stage, r.Status, r.Problem)
		}
	}
	return nil
}

// body is what a station sends. A parcel travels with a number of its own.
func body(stage, fulfilment string) string {
	switch stage {
	case "pick":
		return `{"picker":"p1"}`
	case "pack":
		return `{"packer":"p2"}`
	case "ship":
		return `{"carrier":"manual","service":"standard","waybill":"W` + fulfilment[4:] + `"}`
	}
	return `{}`
}

// feed hears from the event log which orders were allocated, and to which fulfilments.
type feed struct {
	run    LifeRun
	client *client
	quit   context.CancelFunc

	mu      sync.Mutex
	waiting map[string]chan []string
	err     error
}

type event struct {
	Kind   string `json:"kind"`
	Order  string `json:"order"`
	At     string `json:"at"`
	Params struct {
		Fulfilments []struct {
			ID string `json:"id"`
		} `json:"fulfilments"`
	} `json:"params"`
}

type eventPage struct {
	Events []event `json:"events"`
	Next   string  `json:"next_cursor"`
}

func (f *feed) start(ctx context.Context) (begin string, err error) {
	if f.client, err = dial(f.run.Base, f.run.Key); err != nil {
		return "", err
	}
	var page eventPage
	if err := f.client.call("GET", "/v1/events?after=latest&limit=1", nil, &page); err != nil {
		return "", err
	}
	ctx, f.quit = context.WithCancel(ctx)
	go f.listen(ctx, page.Next)
	return page.Next, nil
}

func (f *feed) stop() { f.quit(); f.client.close() }

func (f *feed) listen(ctx context.Context, after string) {
	for ctx.Err() == nil {
		var page eventPage
		q := url.Values{"after": {after}, "limit": {"500"}, "wait": {"5"}, "kind": {"allocation.allocated.v1", "allocation.backordered.v1", "review.held.v1"}}
		if err := f.client.call("GET", "/v1/events?"+q.Encode(), nil, &page); err != nil {
			f.mu.Lock()
			f.err = err
			for _, c := range f.waiting {
				close(c)
			}
			f.waiting = nil
			f.mu.Unlock()
			return
		}
		after = page.Next
		for _, e := range page.Events {
			var ids []string
			for _, x := range e.Params.Fulfilments {
				ids = append(ids, x.ID)
			}
			f.channel(e.Order) <- ids
		}
	}
}

func (f *feed) channel(order string) chan []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.waiting == nil {
		c := make(chan []string, 8)
		return c
	}
	c := f.waiting[order]
	if c == nil {
		c = make(chan []string, 8)
		f.waiting[order] = c
	}
	return c
}

func (f *feed) await(ctx context.Context, order string) ([]string, error) {
	select {
	case ids, ok := <-f.channel(order):
		if !ok {
			return nil, fmt.Errorf("event feed: %w", f.err)
		}
		if len(ids) == 0 {
			return nil, fmt.Errorf("order %s was held or back-ordered; the load has stock for all", order)
		}
		f.mu.Lock()
		delete(f.waiting, order)
		f.mu.Unlock()
		return ids, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-time.After(30 * time.Second):
		return nil, fmt.Errorf("order %s was not allocated within 30 s", order)
	}
}

// ownStages reads the log again for the stages that run by themselves: the time from the fact before to theirs.
func (f *feed) ownStages(begin string, stages map[string]Percentiles) error {
	c, err := dial(f.run.Base, f.run.Key)
	if err != nil {
		return err
	}
	defer c.close()
	watches := map[string]*Watch{"review": {}, "allocate": {}}
	type moments struct{ before, last time.Time } // of the commits that an order was in
	seen := map[string]moments{}
	for {
		var page eventPage
		q := url.Values{"after": {begin}, "limit": {"500"}, "kind": {"order.received.v1", "review.passed.v1", "allocation.allocated.v1"}}
		if err := c.call("GET", "/v1/events?"+q.Encode(), nil, &page); err != nil {
			return err
		}
		for _, e := range page.Events {
			at, err := time.Parse(time.RFC3339Nano, e.At)
			if err != nil {
				return err
			}
			m, known := seen[e.Order]
			if !known {
				m = moments{before: at, last: at} // what is decided in the commit the order came with takes no time of its own
			}
			if !at.Equal(m.last) {
				m.before, m.last = m.last, at
			}
			seen[e.Order] = m
			switch e.Kind {
			case "review.passed.v1":
				watches["review"].Add(at.Sub(m.before))
			case "allocation.allocated.v1":
				watches["allocate"].Add(at.Sub(m.before))
			}
		}
		if len(page.Events) == 0 {
			break
		}
		begin = page.Next
	}
	for s, w := range watches {
		stages[s] = w.Milliseconds()
	}
	return nil
}
