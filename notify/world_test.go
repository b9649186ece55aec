package notify

import (
	"context"
	"encoding/json"
	"sync"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/internal/seal"
	"github.com/packhorse/packhorse/order"
)

// sealing is what the secrets of these tests are sealed with.
var sealing, _ = seal.Parse(seal.NewText())

// paper is a channel in memory: it answers with the errors it was given, in order, and takes everything else.
type paper struct {
	mu      sync.Mutex
	answers []error
	taken   []Letter // letters that came, those with an error too
}

func (p *paper) Send(_ context.Context, l Letter) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.taken = append(p.taken, l)
	if len(p.answers) > 0 {
		err := p.answers[0]
		p.answers = p.answers[1:]
		return "", err
	}
	return "<" + l.ID + ">", nil
}

// door is a crowd of endpoints in memory. It answers 200, or what status says of an URL.
type door struct {
	mu     sync.Mutex
	status map[string]int
	calls  []Post
	taken  []Post
}

func (d *door) Post(_ context.Context, p Post) (Answer, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls = append(d.calls, p)
	status := 200
	if s, ok := d.status[p.URL]; ok {
		status = s
	}
	if status < 300 {
		d.taken = append(d.taken, p)
	}
	return Answer{Status: status}, nil
}

// house is a company with its channels.
type house struct {
	t     *testing.T
	db    *db.DB
	mail  *paper
	sms   *paper
	door  *door
	s     *Service
	works *job.Worker
}

func newHouse(t *testing.T, d *db.DB, channels ...string) *house {
	t.Helper()
	h := &house{t: t, db: d, mail: &paper{}, sms: &paper{}, door: &door{status: map[string]int{}}}
	h.open(channels...)
	return h
}

// open starts the service over the same rows, as a new process would.
func (h *house) open(channels ...string) {
	senders := map[string]Sender{}
	for _, c := range channels {
		senders[c] = map[string]Sender{Email: h.mail, SMS: h.sms}[c]
	}
	h.s = New(h.db, Settings{Senders: senders, Poster: h.door, Company: "default", Public: "https://shop.example/", Show: show, Key: sealing})
	h.works = job.NewWorker(h.db, 2, h.s.Handlers())
}

func show(f db.Fact) []byte {
	raw, _ := json.Marshal(map[string]any{"kind": f.Kind, "id": id.Show("evt", f.ID)})
	return raw
}

func (h *house) update(do func(tx *db.Tx)) {
	h.t.Helper()
	if err := h.db.Update(h.t.Context(), func(tx *db.Tx) error { do(tx); return nil }); err != nil {
		h.t.Fatal(err)
	}
}

// order takes an order in, and says so in the event log.
func (h *house) order(r order.Recipient, kinds ...string) int64 {
	h.t.Helper()
	var key int64
	h.update(func(tx *db.Tx) {
		o := &order.Order{ID: tx.NewID(), Channel: "webshop", Shop: "main", ExternalNo: "W-1001", Kind: "normal", PlacedAt: tx.Micros(), Currency: "CNY", Recipient: r,
			Axes:  order.Axes{Payment: "paid", Review: "pending", Fulfilment: "none", Delivery: "none", AfterSale: "none"},
			Lines: []order.Line{{No: 1, SKU: "TEA", Title: "绿茶", Quantity: 2, UnitPrice: 100}}}
		order.Create(tx, o)
		key = o.ID
	})
	for _, k := range kinds {
		h.emit(db.Event{Kind: k, Order: key})
	}
	return key
}

func (h *house) emit(e db.Event) { h.t.Helper(); h.update(func(tx *db.Tx) { tx.Emit(e) }) }

// collect reads everything that can be told, and writes it down.
func (h *house) collect() {
	h.t.Helper()
	dbtest.Facts(h.t, h.db) // PostgreSQL: until the newest event can be read
	for {
		n, err := h.s.Collect(h.t.Context())
		if err != nil {
			h.t.Fatal(err)
		}
		m, err := h.s.Follow(h.t.Context())
		if err != nil {
			h.t.Fatal(err)
		}
		if n+m == 0 {
			return
		}
	}
}

// work runs the jobs that are due.
func (h *house) work() {
	h.t.Helper()
	for {
		n, err := h.works.Step(h.t.Context())
		if err != nil {
			h.t.Fatal(err)
		}
		if n == 0 {
			return
		}
	}
}

// pass lets time go by in steps, working in each.
func (h *house) pass(step time.Duration, steps int) {
	h.t.Helper()
	for range steps {
		h.db.Clock().Advance(step)
		h.work()
	}
}

func (h *house) messages() []*Message {
	h.t.Helper()
	list, err := h.s.Messages(h.t.Context(), Filter{}, 0, 500)
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

func (h *house) only() *Message {
	h.t.Helper()
	list := h.messages()
	if len(list) != 1 {
		h.t.Fatalf("%d messages, want 1", len(list))
	}
	return list[0]
}

// facts are the events of a kind.
func (h *house) facts(kind string) (out []db.Fact) {
	h.t.Helper()
	for _, f := range dbtest.Facts(h.t, h.db) {
		if f.Kind == kind {
			out = append(out, f)
		}
	}
	return out
}

var wang = order.Recipient{Name: "王芳", Phone: "13812345678", Email: "wang.fang@example.com", Country: "CN", Province: "浙江省", City: "杭州市", Address: "文三路 100 号"}
