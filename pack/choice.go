package pack

import (
	"fmt"
	"strings"

	"github.com/packhorse/packhorse/pack/carton"
)

// choice is what the rules make of some contents. Either answer belongs to every fulfilment with the same contents: nobody
// may change it.
type choice struct {
	p       carton.Problem
	best    *carton.Answer
	plainly *carton.Answer
}

// choiceOf keeps what was worked out, because many fulfilments that are packed at once hold the same.
func (b *bench) choiceOf(c contents) *choice {
	p := b.problem(c)
	var key strings.Builder
	for _, it := range p.Items {
		fmt.Fprintf(&key, "%s×%d ", it.SKU, it.Quantity)
	}
	k := b.choices[key.String()]
	if k == nil {
		k = &choice{p: p}
		b.choices[key.String()] = k
	}
	return k
}

// plain is the answer of the plain rule, Smallest.
func (k *choice) plain() carton.Answer {
	if k.plainly == nil {
		a := carton.Plain(k.p)
		k.plainly = &a
	}
	return *k.plainly
}

// cheapest is the answer of the rule Cheapest. Where nothing cheaper than the plain rule was found, that is the answer; compare is
// false where there is too much to look.
func (k *choice) cheapest(compare bool) carton.Answer {
	if k.best == nil {
		a := carton.Choose(k.p, carton.Options{Effort: effort})
		if compare {
			if plain := k.plain(); plain.Cost < a.Cost {
				plain.LowerBound = a.LowerBound
				a = plain
			}
		}
		k.best = &a
	}
	return *k.best
}
