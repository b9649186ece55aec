package allocation

import "sync"

// disputes are the SKUs for which orders wait to be decided over together. Who comes later and wants the same waits as well,
// or it would take the goods from those who came first. Only this process knows them: elsewhere, and after a start, the plan
// of those who wait is checked against what is left.
type disputes struct {
	mu    sync.Mutex
	round int
	skus  map[int64]int // by SKU the round in which somebody was left to wait for it
}

// raise notes what some orders that are left to wait ask for.
func (d *disputes) raise(orders []Order) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.skus == nil {
		d.skus = map[int64]int{}
	}
	for i := range orders {
		for _, l := range orders[i].Lines {
			d.skus[l.SKU] = d.round
		}
	}
}

// add marks the orders that ask for what others wait for.
func (d *disputes) add(orders []Order, who []bool) []bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i := range orders {
		for _, l := range orders[i].Lines {
			if _, waits := d.skus[l.SKU]; waits && l.Quantity > 0 {
				if who == nil {
					who = make([]bool, len(orders))
				}
				who[i] = true
			}
		}
	}
	return who
}

// begin starts a round of serving those who wait; end forgets what they waited for, but not what others have waited for since.
func (d *disputes) begin() (round int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.round++
	return d.round
}

func (d *disputes) end(round int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for sku, since := range d.skus {
		if since < round {
			delete(d.skus, sku)
		}
	}
}
