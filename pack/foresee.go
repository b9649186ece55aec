package pack

import (
	"sync"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack/carton"
)

// Foresee chooses cartons for a fulfilment that is released, on another processor and before anybody packs it: choosing takes longer
// than all else of packing, and inside the transaction of packing everybody would wait for it. It says nothing and writes nothing;
// what is packed otherwise than promised is chosen for then.
func Foresee(tx *db.Tx, f *order.Fulfilment, skus map[int64]catalog.SKU) error {
	b, err := openBench(tx)
	if err != nil {
		return err
	}
	c := contents{node: f.NodeID, list: promisedOf(f), skus: skus}
	if n := c.units(); n > 0 && n <= carton.MaxUnits {
		p, _ := b.problem(c)
		b.foreseen.add(func() { b.decide(b.choices.of(p), c) })
	}
	return nil
}

// foresight is what is yet to be chosen, by one goroutine that ends when there is nothing left.
type foresight struct {
	mu      sync.Mutex
	waiting []func()
	running bool
}

// mostForeseen bounds what waits; what comes then is chosen when it is packed.
const mostForeseen = 2000

func (s *foresight) add(choose func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.waiting) >= mostForeseen {
		return
	}
	s.waiting = append(s.waiting, choose)
	if !s.running {
		s.running = true
		go s.run()
	}
}

func (s *foresight) run() {
	for {
		s.mu.Lock()
		list := s.waiting
		s.waiting = nil
		s.running = len(list) > 0
		s.mu.Unlock()
		if len(list) == 0 {
			return
		}
		for _, choose := range list {
			tried(choose)
		}
	}
}

// tried keeps a choice that panics from ending the server: packing comes to it again, in a transaction that tells of it.
func tried(choose func()) {
	defer func() { _ = recover() }()
	choose()
}
