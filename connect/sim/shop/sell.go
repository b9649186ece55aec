package shop

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"
)

// order is what the shop knows of one it sold, and what it was told of it.
type order struct {
	number string
	lines  map[string]int64 // bought units by SKU
	sent   map[string]int64 // of them in parcels
	fresh  map[string]any   // the document
	told   toldOf
}

// toldOf is what the shop was told of an order.
type toldOf struct {
	Parcels   int      `json:"parcels"`
	Waybills  []string `json:"waybills,omitempty"`
	Answers   []string `json:"answers,omitempty"` // to its questions: done, or a code
	Cancelled bool     `json:"cancelled,omitempty"`
}

var (
	surnames = []string{"王", "李", "张", "刘", "陈", "杨", "赵", "黄"}
	names    = []string{"芳", "伟", "娜", "敏", "静", "磊", "洋", "艳", "勇", "杰"}
	places   = []struct{ province, city, district, street string }{
		{"浙江省", "杭州市", "西湖区", "文三路"}, {"上海市", "上海市", "浦东新区", "张杨路"}, {"广东省", "深圳市", "南山区", "科技南路"},
		{"四川省", "成都市", "武侯区", "人民南路"}, {"北京市", "北京市", "朝阳区", "建国路"}, {"湖北省", "武汉市", "洪山区", "珞喻路"},
	}
)

const (
	mostLines = 3
	mostUnits = 4
	jiao      = 10 // minor units; prices are whole jiao
)

// pick draws one of a list.
func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// place draws an order that a customer places now.
func (s *Server) place(now time.Time) *order {
	r := s.dice
	o := &order{number: fmt.Sprintf("SIM-%d-%05d", s.cfg.Seed, len(s.orders)+1), lines: map[string]int64{}, sent: map[string]int64{}}
	var lines []map[string]any
	var total int64
	for i, sku := range r.Perm(len(s.cfg.SKUs))[:1+r.IntN(min(mostLines, len(s.cfg.SKUs)))] {
		units, price := 1+r.Int64N(mostUnits), jiao*(50+r.Int64N(1000))
		o.lines[s.cfg.SKUs[sku]] = units
		lines = append(lines, map[string]any{"line_no": i + 1, "sku": s.cfg.SKUs[sku], "quantity": units, "unit_price": money(price)})
		total += units * price
	}
	at := pick(r, places)
	o.fresh = map[string]any{"order_no": o.number, "placed_at": now.UTC().Format(time.RFC3339), "currency": "CNY", "buyer_id": fmt.Sprintf("b%d", r.IntN(1e6)),
		"payment_status": "paid", "paid_at": now.UTC().Format(time.RFC3339), "paid_amount": money(total),
		"recipient_name": pick(r, surnames) + pick(r, names), "phone": fmt.Sprintf("139%08d", r.IntN(1e8)), "country": "CN", "province": at.province, "city": at.city,
		"district": at.district, "address": fmt.Sprintf("%s %d 号 %d 单元 %d 室", at.street, 1+r.IntN(300), 1+r.IntN(4), 101+r.IntN(20)*100), "lines": lines}
	return o
}

func money(minor int64) string { return fmt.Sprintf("%d.%02d", minor/100, minor%100) }

// Sell has customers buy n times, and returns the numbers of the orders.
func (s *Server) Sell(n int) (numbers []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range n {
		o := s.place(s.cfg.Clock.Now())
		s.orders[o.number] = o
		s.tell(o.fresh)
		numbers = append(numbers, o.number)
	}
	return numbers
}

// Cancel has a customer change their mind. known is false for an order that was never sold.
func (s *Server) Cancel(number string) (known bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.orders[number]
	if o == nil {
		return false
	}
	over := map[string]any{"cancelled": true}
	for name, v := range o.fresh {
		over[name] = v
	}
	o.told.Cancelled = true
	s.tell(over)
	return true
}

// Publish puts a document among the orders as it is, for who tries what a broken one does.
func (s *Server) Publish(document map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tell(document)
}

// tell adds a document to what the shop says. Called with mu held.
func (s *Server) tell(document map[string]any) {
	raw, err := json.Marshal(document)
	if err != nil {
		panic(err) // texts and numbers always marshal
	}
	s.feed = append(s.feed, raw)
	select {
	case s.news <- struct{}{}:
	default:
	}
}

// page is what the shop says from a place on. The last document of the page before comes again, as with shops whose pages
// overlap.
func (s *Server) page(cursor string, limit int) map[string]any {
	from, err := strconv.Atoi(cursor)
	if err != nil || from < 0 || from > len(s.feed) {
		from = 0
	}
	to := min(from+limit, len(s.feed))
	return map[string]any{"orders": append([]json.RawMessage{}, s.feed[max(from-1, 0):to]...), "cursor": strconv.Itoa(to), "more": to < len(s.feed)}
}
