package carrier

import (
	"hash/fnv"
	"math/rand/v2"
	"sync"
)

type mishap int

const (
	none mishap = iota
	busy
	brokenBefore
	brokenAfter
	silence
)

// dice decide which call goes wrong: by the seed, the call and how often it was made, never by the order in
// which different calls arrive, so that a concurrent run can be repeated.
type dice struct {
	seed   uint64
	faults Faults

	mu       sync.Mutex
	attempts map[uint64]uint64
}

func (d *dice) throw(path string, body []byte) mishap {
	if d.faults.Busy+d.faults.ServerError+d.faults.Timeout == 0 {
		return none
	}
	key := hash(path, string(body))
	d.mu.Lock()
	attempt := d.attempts[key]
	d.attempts[key]++
	d.mu.Unlock()

	u := rand.New(rand.NewPCG(d.seed+attempt, key)).Float64()
	for _, f := range []struct {
		share float64
		is    mishap
	}{
		{d.faults.Busy, busy},
		{d.faults.ServerError / 2, brokenBefore},
		{d.faults.ServerError / 2, brokenAfter},
		{d.faults.Timeout, silence},
	} {
		if u < f.share {
			return f.is
		}
		u -= f.share
	}
	return none
}

func hash(parts ...string) uint64 {
	h := fnv.New64a()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return h.Sum64()
}
