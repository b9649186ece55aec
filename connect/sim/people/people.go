package people

import (
	"context"
	"fmt"
	"hash/fnv"
	"maps"
	"net/url"
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/seed"
)

// Config is what the people know of their company that its API does not tell.
type Config struct {
	Base string // of the API: http://127.0.0.1:8080
	Key  string
	// Clock is the business clock they share with the company.
	Clock *clock.Clock
	// Warehouses in which somebody works.
	Warehouses []Warehouse
	// Barcodes are what is scanned for a SKU; goods without one are confirmed by hand.
	Barcodes map[string]string
	// Behaviour says with which orders something goes wrong; the zero value: with none.
	Behaviour seed.Behaviour
	// Events tells what befalls an order after it was placed; nil: nothing.
	Events func(seed.Order) []seed.Event
	// Stock is what lies in the warehouses when they begin; counts are answered from it.
	Stock []seed.Stock
	// Bulk: large waves at all hours, confirmed by list instead of scan by scan, as for the replay of a history.
	Bulk bool
}

// Warehouse is a place of work.
type Warehouse struct {
	Code   string
	Zone   *time.Location
	Docks  map[string]time.Duration // carrier → when its van leaves, after local midnight
	Faces  []string                 // locations into which returned goods are put
	Staff  int                      // pickers
	offset time.Duration            // of its rounds, so that the warehouses do not all move at once
	next   time.Time                // round
	docked time.Time                // until when vans have left
}

// Tally is what the people have done so far.
type Tally struct {
	Sent       int            `json:"sent"`       // orders
	Amendments map[string]int `json:"amendments"` // what customers and shops changed afterwards, by kind
	Refused    map[string]int `json:"refused"`    // what the company refused, by code
	Approved   int            `json:"approved"`   // held orders, by the reviewer
	Rejected   int            `json:"rejected"`
	Waves      int            `json:"waves"`
	Rerouted   int            `json:"rerouted"` // fulfilments that a node could not release
	Scans      int            `json:"scans"`
	ShortPicks int            `json:"short_picks"`
	FoundAgain int            `json:"found_again"` // of them, units that a count found after all
	Caught     int            `json:"caught"`      // parcels that the second check stopped
	Handed     int            `json:"handed_over"` // parcels
	Returns    int            `json:"returns"`     // parcels that came back
	Restocked  int64          `json:"restocked"`   // units of them that can be sold again
}

// People is everybody. It is not safe for concurrent use.
type People struct {
	config Config
	http   client
	sites  []*Warehouse
	tally  Tally

	due      []letter          // what shops will send, in order of time
	numbers  map[string]string // order → its number in the shop
	orders   map[string]string // fulfilment → order
	waiting  map[string]string // held order → its last change, when nothing can be decided
	after    string            // cursor of the event feed
	backs    []back            // parcels on their way back
	shorted  map[string]bool   // orders whose short pick has happened
	caught   map[string]bool   // fulfilments that the second check has stopped once
	waybill  map[string][]sent // packed fulfilment → its labels
	nodes    map[string]string // packed fulfilment → its warehouse
	bins     shelf
	lots     map[held]string // what was picked, of which lot
	asked    map[string]bool // packed fulfilments whose waybills were asked for
	returned map[string]bool // waybills that are back
}

// New makes the people. They begin to work at the clock's now.
func New(c Config) *People {
	p := &People{config: c, http: newClient(c.Base, c.Key), numbers: map[string]string{}, orders: map[string]string{}, waiting: map[string]string{},
		shorted: map[string]bool{}, caught: map[string]bool{}, waybill: map[string][]sent{},
		nodes: map[string]string{}, bins: stockUp(c.Stock), lots: map[held]string{}, returned: map[string]bool{}, asked: map[string]bool{},
		tally: Tally{Amendments: map[string]int{}, Refused: map[string]int{}}}
	now := c.Clock.Now()
	for i, w := range c.Warehouses {
		w.offset = time.Duration(i) * roundLength / time.Duration(len(c.Warehouses))
		w.next, w.docked = now.Truncate(roundLength).Add(w.offset), now
		p.sites = append(p.sites, &w)
	}
	return p
}

// Step does everything that is due at the clock's now. An error is one of the connection or a request that should
// have been good; what the company refuses for a reason is counted.
func (p *People) Step(ctx context.Context) error {
	now := p.config.Clock.Now()
	for _, do := range []func(context.Context, time.Time) error{p.sell, p.listen, p.review, p.work, p.bringBack} {
		if err := do(ctx, now); err != nil {
			return err
		}
	}
	return nil
}

// Done reports whether nothing is left that the people would begin by themselves: every order and change was sent and
// every parcel that was to come back is back.
func (p *People) Done() bool { return len(p.due) == 0 && len(p.backs) == 0 }

// Next is when a shop will send something; the zero time when nothing is left to be sent.
func (p *People) Next() time.Time {
	if len(p.due) == 0 {
		return time.Time{}
	}
	return p.due[0].at
}

// CameBack reports whether a parcel was booked as back.
func (p *People) CameBack(waybill string) bool { return p.returned[waybill] }

// Heard is the place in the event feed up to which they know what happened.
func (p *People) Heard() string { return p.after }

// Busy reports whether anything is in a warehouse that somebody there can go on with.
func (p *People) Busy(ctx context.Context) (bool, error) {
	for cursor := ""; ; {
		var page struct {
			Fulfilments []fulfilment `json:"fulfilments"`
			Next        string       `json:"next_cursor"`
		}
		if err := p.http.get(ctx, "/v1/fulfilments?limit=100&cursor="+url.QueryEscape(cursor), &page); err != nil {
			return false, err
		}
		if slices.ContainsFunc(page.Fulfilments, func(f fulfilment) bool { return f.Holds == 0 }) {
			return true, nil
		}
		if cursor = page.Next; cursor == "" {
			return false, nil
		}
	}
}

// Tally is what they have done so far.
func (p *People) Tally() Tally { return p.tally }

// Close ends the connections.
func (p *People) Close() { p.http.close() }

// dice is a number from 0 to 999 that depends on what it is about and on nothing else.
func dice(about, key string) int {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s/%s", about, key)
	x := h.Sum64()
	// FNV leaves neighbours close together in the high bits; the finaliser of MurmurHash3 spreads them.
	x = (x ^ x>>33) * 0xff51afd7ed558ccd
	x = (x ^ x>>33) * 0xc4ceb9fe1a85ec53
	return int((x ^ x>>33) % 1000)
}

// awake reports whether people work at a moment: from 8 to 22 o'clock.
func awake(local time.Time) bool { return local.Hour() >= 8 && local.Hour() < 22 }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// office is where the reviewer sits.
var office = time.FixedZone("CST", 8*60*60)
