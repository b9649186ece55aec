package seed

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
)

// Company is a made-up company. It holds no state but its number and the catalogue drawn from it, and is safe for use
// by several goroutines.
type Company struct {
	seed    int64
	catalog []Good
	bundled []Good // the catalogue's entries of the bundles
	bundles []BundlePart
	offers  []offer
	demand  chooser
}

// New makes the company of a seed.
func New(seed int64) *Company {
	c := &Company{seed: seed}
	c.catalog = makeCatalog(c.stream("catalog"))
	c.bundled, c.bundles = makeBundles(c.stream("bundles"), c.catalog)
	c.offers, c.demand = makeOffers(c.stream("demand"), c.catalog, c.bundled)
	return c
}

// stream is an independent source of chance for one part of the company.
func (c *Company) stream(part string, keys ...any) *rand.Rand {
	return rand.New(rand.NewPCG(uint64(c.seed), hash(part, keys...)))
}

// hash spreads a name over 64 bits, the same on every machine.
func hash(part string, keys ...any) uint64 {
	h := fnv.New64a()
	fmt.Fprint(h, part)
	for _, k := range keys {
		fmt.Fprintf(h, "/%v", k)
	}
	x := h.Sum64()
	// FNV leaves neighbours close together in the high bits; the finaliser of MurmurHash3 spreads them.
	x = (x ^ x>>33) * 0xff51afd7ed558ccd
	x = (x ^ x>>33) * 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}

// perMille is true n times in a thousand.
func perMille(r *rand.Rand, n int) bool { return r.IntN(1000) < n }

// one draws from a list, each entry equally likely.
func one[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// between draws a whole number from low to high, both included.
func between(r *rand.Rand, low, high int) int { return low + r.IntN(high-low+1) }
