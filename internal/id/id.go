// Package id makes and shows identifiers.
//
// An id is an int64 that grows with time: 41 bits of milliseconds since 2024, 6 bits
// of node, 16 bits of counter. Growing ids keep every table and index append-only
// at its right edge; made by the application, they are known before the row is
// written. People and programs see a prefix and Crockford base32: "ord_01JCQ3…".
package id

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/packhorse/packhorse/internal/clock"
)

const (
	nodeBits    = 6
	counterBits = 16
	epochMilli  = 1704067200000 // 2024-01-01T00:00:00Z
	alphabet    = "0123456789abcdefghjkmnpqrstvwxyz"
)

// MaxNode is the largest node number; every process that writes to one database needs its own.
const MaxNode = 1<<nodeBits - 1

// Source makes ids. It is safe for concurrent use.
type Source struct {
	clock *clock.Clock
	node  int64

	mu    sync.Mutex
	milli int64
	count int64
}

// NewSource makes ids for one process. node is in 0..MaxNode.
func NewSource(c *clock.Clock, node int) *Source {
	return &Source{clock: c, node: int64(node) & MaxNode}
}

// Next returns an id larger than every id before it, even when the clock stands still or steps back.
func (s *Source) Next() int64 {
	now := s.clock.Now().UnixMilli() - epochMilli
	s.mu.Lock()
	defer s.mu.Unlock()
	if now > s.milli {
		s.milli, s.count = now, 0
	} else if s.count++; s.count >= 1<<counterBits {
		s.milli, s.count = s.milli+1, 0
	}
	return s.milli<<(nodeBits+counterBits) | s.node<<counterBits | s.count
}

// After moves the source past an id that already exists, so that a restart under a fixed or accelerated clock repeats none.
func (s *Source) After(last int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := last >> (nodeBits + counterBits); m >= s.milli {
		s.milli, s.count = m+1, 0
	}
}

// Floor is the smallest id that could have been made at the given Unix microsecond: what turns a date range into an id range.
func Floor(micros int64) int64 {
	m := micros/1000 - epochMilli
	if m < 0 {
		return 0
	}
	return m << (nodeBits + counterBits)
}

// Micros is the Unix microsecond at which an id was made, exact to the millisecond.
func Micros(v int64) int64 { return (v>>(nodeBits+counterBits) + epochMilli) * 1000 }

// Show renders an id with its prefix, e.g. Show("ord", 5) = "ord_0000000000005".
func Show(prefix string, v int64) string {
	var b [13]byte
	u := uint64(v)
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = alphabet[u&31]
		u >>= 5
	}
	return prefix + "_" + string(b[:])
}

// Parse reads what Show wrote. The prefix must match; letters may be upper or lower case.
func Parse(prefix, s string) (int64, error) {
	rest, ok := strings.CutPrefix(s, prefix+"_")
	if !ok || len(rest) != 13 {
		return 0, fmt.Errorf("%q is not an id of the form %s_ and 13 letters or digits", s, prefix)
	}
	var u uint64
	for i := 0; i < len(rest); i++ {
		d := strings.IndexByte(alphabet, lower(rest[i]))
		if d < 0 || (i == 0 && d > 7) {
			return 0, fmt.Errorf("%q is not an id of the form %s_ and 13 letters or digits", s, prefix)
		}
		u = u<<5 | uint64(d)
	}
	return int64(u), nil
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// Distinct is each id once, in order: rows are locked so, and what was asked ahead is found so. The argument stays as it is.
func Distinct(ids []int64) []int64 {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}
