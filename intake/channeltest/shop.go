package channeltest

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/packhorse/packhorse/intake"
)

// Shop is a shop in memory. Its connectors have every power. It is safe for concurrent use.
type Shop struct {
	now func() time.Time

	mu        sync.Mutex
	orders    []*sold
	changes   int // of all orders together: the clock of the cursor
	stock     map[string]int64
	shipments map[string][]intake.ShippedParcel
	answers   map[string][]intake.CancelAnswer
	refunds   map[string][]intake.RefundOrder
	hidden    int // so many of the orders that were placed are counted and not told
	failures  []error
	lose      int
	sent      int // calls that report a parcel
	found     int // calls that look for one
}

type sold struct {
	document intake.Document
	placed   time.Time
	change   int
	spoilt   bool
}

// Key is the one the shop accepts.
const Key = "right"

// NewShop makes a shop that sells MUG and TEE; now is its clock.
func NewShop(now func() time.Time) *Shop {
	return &Shop{now: now, stock: map[string]int64{"MUG": 0, "TEE": 0}, shipments: map[string][]intake.ShippedParcel{},
		answers: map[string][]intake.CancelAnswer{}, refunds: map[string][]intake.RefundOrder{}}
}

// List puts another SKU on sale.
func (s *Shop) List(sku string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stock[sku] = 0
}

// Sell places so many paid orders of some units of a SKU, whatever the shop has, and returns their numbers.
func (s *Shop) Sell(n int, sku string, quantity int64) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []string
	for range n {
		serial := len(s.orders) + 1
		number := fmt.Sprintf("S-%04d", serial)
		s.add(&sold{placed: s.now(), document: intake.Document{OrderNo: number, PlacedAt: s.now().Format(time.RFC3339), Currency: "CNY", PaymentStatus: "paid",
			RecipientName: "王芳", Phone: fmt.Sprintf("138%08d", 12345678+serial*7919), Country: "CN", Province: "浙江省", City: "杭州市", District: "西湖区", Address: fmt.Sprintf("文三路 %d 号 3 单元 502 室", serial),
			Lines: []intake.Line{{LineNo: 1, SKU: sku, Quantity: quantity, UnitPrice: "10.00"}}}})
		list = append(list, number)
	}
	return list
}

func (s *Shop) add(o *sold) {
	s.changes++
	o.change = s.changes
	s.orders = append(s.orders, o)
}

// Edit changes an order. It panics when nobody placed it.
func (s *Shop) Edit(number string, change func(*intake.Document)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.order(number)
	if o == nil {
		panic("channeltest: no order " + number)
	}
	s.changes++
	o.change = s.changes
	change(&o.document)
}

// Spoil places an order that nobody can read.
func (s *Shop) Spoil() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.add(&sold{placed: s.now(), spoilt: true})
}

// Hide makes the shop count an order that it does not tell.
func (s *Shop) Hide() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hidden++
}

func (s *Shop) order(number string) *sold {
	i := slices.IndexFunc(s.orders, func(o *sold) bool { return o.document.OrderNo == number && !o.spoilt })
	if i < 0 {
		return nil
	}
	return s.orders[i]
}

// Fail makes the next calls fail with these, one each, before anything is done.
func (s *Shop) Fail(errs ...error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures = append(s.failures, errs...)
}

// Lose makes the shop carry out so many calls that change something, whose answers then never arrive.
func (s *Shop) Lose(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lose += n
}

// Stock is how many of a SKU it sells.
func (s *Shop) Stock(sku string) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stock[sku]
}

// Shipments are the parcels it was told of.
func (s *Shop) Shipments(order string) []intake.ShippedParcel {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.shipments[order])
}

// Answers are those it was given.
func (s *Shop) Answers(order string) []intake.CancelAnswer {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.answers[order])
}

// Calls counts how often a parcel was reported, and looked for.
func (s *Shop) Calls() (sent, found int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sent, s.found
}

// Raw is an order in the shop's own words.
func (o *sold) raw() string {
	raw, err := json.Marshal(map[string]any{"number": o.document.OrderNo, "spoilt": o.spoilt})
	if err != nil {
		panic(err) // texts and truths always marshal
	}
	return string(raw)
}

func (o *sold) pulled() intake.Pulled {
	if o.spoilt {
		return intake.Pulled{Raw: o.raw(), Err: intake.ErrUnreadable}
	}
	d := o.document
	d.Lines = slices.Clone(d.Lines)
	return intake.Pulled{Document: d, Raw: o.raw()}
}

// Fixture is the shop for Run.
func (s *Shop) Fixture() Fixture {
	return Fixture{Channel: s.Connector(Key), WrongKey: s.Connector("wrong"), Elsewhere: silent{},
		Sell:   func(n int) ([]string, error) { return s.Sell(n, "MUG", 1), nil },
		Change: func(order string) error { s.Edit(order, func(d *intake.Document) { d.Cancelled = true }); return nil },
		Spoil:  func() error { s.Spoil(); return nil },
		Now:    s.now, Busy: func() { s.Fail(intake.ErrBusy) }, LoseAnswer: func() { s.Lose(1) },
		Sign: Sign, Body: func(order string) []byte { return []byte(`{"order":"` + order + `"}`) },
		SKU: "MUG", Stock: func() (int64, error) { return s.Stock("MUG"), nil },
		Lines: func(string) ([]intake.ShippedLine, error) {
			return []intake.ShippedLine{{LineNo: 1, SKU: "MUG", Quantity: 1}}, nil
		},
		Waybill:   func(order string) (string, error) { return s.Shipments(order)[0].Waybill, nil },
		Shipments: func(order string) (int, error) { return len(s.Shipments(order)), nil },
		Answers:   func(order string) (int, error) { return len(s.Answers(order)), nil },
		Refunds:   func(order string) (int, error) { s.mu.Lock(); defer s.mu.Unlock(); return len(s.refunds[order]), nil },
	}
}
