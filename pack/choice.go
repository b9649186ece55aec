package pack

import (
	"strconv"
	"sync"

	"github.com/packhorse/packhorse/pack/carton"
)

// choice is what the rules make of goods of some sizes. Its items are called by their places in the contents, so that it
// belongs to all goods of the same sizes; nobody may change an answer.
type choice struct {
	mu      sync.Mutex
	p       carton.Problem
	best    *carton.Answer
	plainly *carton.Answer
}

// choices are kept as long as the cartons are the same, because many fulfilments hold the same.
type choices struct {
	mu    sync.Mutex
	known map[string]*choice
}

// mostChoices bounds them; when they are too many, they begin anew.
const mostChoices = 20_000

// of finds the choice for a problem.
func (k *choices) of(p carton.Problem) *choice {
	key := keyOf(p.Items)
	k.mu.Lock()
	defer k.mu.Unlock()
	c := k.known[key]
	if c == nil {
		if len(k.known) >= mostChoices {
			clear(k.known)
		}
		c = &choice{p: p}
		k.known[key] = c
	}
	return c
}

// keyOf writes what tells goods from others when they are packed.
func keyOf(items []carton.Item) string {
	key := make([]byte, 0, 32*len(items))
	for _, it := range items {
		for _, n := range [5]int{it.Quantity, it.MM[0], it.MM[1], it.MM[2], it.G} {
			key = append(strconv.AppendInt(key, int64(n), 36), ' ')
		}
		for _, is := range [3]bool{it.ThisSideUp, it.Fragile, it.Soft} {
			key = strconv.AppendBool(key, is)
		}
	}
	return string(key)
}

// skuOf finds the SKU that stands behind the name of an item.
func skuOf(skus []int64, name string) int64 {
	i, _ := strconv.Atoi(name)
	return skus[i]
}

// plain is the answer of the plain rule, Smallest.
func (k *choice) plain() carton.Answer {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.byPlainRule()
}

func (k *choice) byPlainRule() carton.Answer {
	if k.plainly == nil {
		a := carton.Plain(k.p)
		k.plainly = &a
	}
	return *k.plainly
}

// cheapest is the answer of the rule Cheapest. Where nothing cheaper than the plain rule was found, that is the answer; compare is
// false where there is too much to look.
func (k *choice) cheapest(compare bool) carton.Answer {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.best == nil {
		a := carton.Choose(k.p, carton.Options{Effort: effort})
		if compare {
			if plain := k.byPlainRule(); plain.Cost < a.Cost {
				plain.LowerBound = a.LowerBound
				a = plain
			}
		}
		k.best = &a
	}
	return *k.best
}
