package review

import (
	"errors"
	"time"
)

// steps divides the length of a window. An order leaves it with its step, so it is counted for the length
// of the window and at most one step longer, never shorter.
const steps = 256

// WindowSettings set how far back orders are compared and how many are kept for it.
type WindowSettings struct {
	Length time.Duration // at least a second; a day is usual
	// MaxOrders bounds the memory, about 400 bytes each. When it is reached the oldest order leaves
	// early and is counted in Shed.
	MaxOrders int
}

// DefaultWindow is one day and 200,000 orders.
func DefaultWindow() WindowSettings {
	return WindowSettings{Length: 24 * time.Hour, MaxOrders: 200_000}
}

// Window counts, for the orders of the last hours, how many share an IP address, a phone, an address, a
// token or a buyer. It lives in memory and is rebuilt by adding the orders of the last Length again, in any
// sequence. Its time is the house's own clock, not the channel's, and only moves forward.
//
// Adding and counting take constant time. A Window is not safe for concurrent use: the process that reviews owns one,
// and adds what other processes review.
type Window struct {
	step    int64 // microseconds
	max     int
	now     int64 // the step we are in
	oldest  int64 // no order stands in a step before it
	rings   [steps + 1]queue
	entries []entry
	free    []int32
	byOrder map[int64]int32
	counts  map[uint64]int32
	used    int
	shed    int64
}

// queue is the orders of one step in the sequence in which they came; indexes are one more than the place in entries, 0 is none.
type queue struct{ head, tail int32 }

type entry struct {
	order int64
	keys  keys
	at    int64
	next  int32
}

// keys are the hashed features by kind: IP, phone, address, token, buyer; 0 where there is none.
type keys [5]uint64

// NewWindow makes an empty window.
func NewWindow(s WindowSettings) (*Window, error) {
	if s.Length < time.Second || s.Length > 366*24*time.Hour || s.MaxOrders < 1 || s.MaxOrders > 10_000_000 {
		return nil, errors.New("a window is 1 s to 366 days long and keeps 1 to 10,000,000 orders")
	}
	step := (s.Length.Microseconds() + steps - 1) / steps
	return &Window{step: step, max: s.MaxOrders, byOrder: map[int64]int32{}, counts: map[uint64]int32{}}, nil
}

// Shed is how many orders left before their time because of MaxOrders. While it grows, counts are too low.
func (w *Window) Shed() int64 { return w.shed }

// Add takes an order in. The same order again replaces what it was compared by and keeps its time. One
// that is older than the window is left out.
func (w *Window) Add(at time.Time, f Features) {
	k := hashed(f)
	step := w.advance(at)
	if i, known := w.byOrder[f.Order]; known && f.Order != 0 {
		w.uncount(w.entries[i].keys)
		w.entries[i].keys = k
		w.count(k)
		return
	}
	if step < w.now-steps {
		return
	}
	if w.used == w.max {
		w.shedOldest()
	}
	w.insert(entry{order: f.Order, keys: k, at: step})
}

// Has reports whether an order is in the window.
func (w *Window) Has(order int64) bool {
	_, known := w.byOrder[order]
	return known
}

// Count says how many other orders in the window share something with this one.
func (w *Window) Count(at time.Time, f Features) Risk {
	k := hashed(f)
	w.advance(at)
	var own keys
	if i, known := w.byOrder[f.Order]; known && f.Order != 0 {
		own = w.entries[i].keys
	}
	var n [len(k)]int64
	for kind := range k {
		if k[kind] == 0 {
			continue
		}
		n[kind] = int64(w.counts[k[kind]])
		if own[kind] == k[kind] {
			n[kind]--
		}
	}
	return Risk{SameIP: n[0], SamePhone: n[1], SameAddress: n[2], SameToken: n[3], SameBuyer: n[4]}
}

// advance moves the window's time forward to at, lets go what has left it, and returns the step of at.
func (w *Window) advance(at time.Time) int64 {
	step := max(at.UnixMicro(), 0) / w.step
	if step <= w.now {
		return step
	}
	w.now = step
	for end := step - steps; w.oldest < end; w.oldest++ {
		if w.used == 0 {
			w.oldest = end
			break
		}
		for q := w.ring(w.oldest); q.head != 0; {
			w.drop(q)
		}
	}
	return step
}

func (w *Window) ring(step int64) *queue { return &w.rings[step%int64(len(w.rings))] }

func (w *Window) insert(e entry) {
	var i int32
	if n := len(w.free); n > 0 {
		i, w.free = w.free[n-1], w.free[:n-1]
		w.entries[i] = e
	} else {
		i = int32(len(w.entries))
		w.entries = append(w.entries, e)
	}
	q := w.ring(e.at)
	if q.tail == 0 {
		q.head = i + 1
	} else {
		w.entries[q.tail-1].next = i + 1
	}
	q.tail = i + 1
	if e.order != 0 {
		w.byOrder[e.order] = i
	}
	w.oldest = min(w.oldest, e.at)
	w.used++
	w.count(e.keys)
}

// drop lets the first order of a step go.
func (w *Window) drop(q *queue) {
	i := q.head - 1
	e := w.entries[i]
	if q.head = e.next; q.head == 0 {
		q.tail = 0
	}
	if e.order != 0 {
		delete(w.byOrder, e.order)
	}
	w.uncount(e.keys)
	w.free = append(w.free, i)
	w.used--
}

func (w *Window) shedOldest() {
	for w.ring(w.oldest).head == 0 {
		w.oldest++
	}
	w.drop(w.ring(w.oldest))
	w.shed++
}

// count books the keys of an order.
func (w *Window) count(k keys) {
	for _, key := range k {
		if key != 0 {
			w.counts[key]++
		}
	}
}

// uncount takes them back; what nobody shares any more is forgotten.
func (w *Window) uncount(k keys) {
	for _, key := range k {
		if key == 0 {
			continue
		}
		if n := w.counts[key]; n > 1 {
			w.counts[key] = n - 1
		} else {
			delete(w.counts, key)
		}
	}
}

func hashed(f Features) keys {
	return keys{hash('i', f.IP), hash('p', f.Phone), hash('a', f.Address), hash('t', f.Token), hash('b', f.Buyer)}
}

// hash is FNV-1a over the kind and the text: no seed, so that a rebuilt window counts alike. Whoever forges
// a collision gains what he would by ordering to the same address: a person looks at the order.
func hash(kind byte, text string) uint64 {
	if text == "" {
		return 0
	}
	h := (uint64(14695981039346656037) ^ uint64(kind)) * 1099511628211
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	return max(h, 1)
}
