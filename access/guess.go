package access

import (
	"math"
	"sync"
	"time"

	"github.com/packhorse/packhorse/internal/fault"
)

// Wrong passwords are free up to a number; each further one closes the door for twice as long as the last. An address stands for
// a whole warehouse, so it has more than an account.
const (
	freeByAccount = 5
	freeByAddress = 20
	longestLock   = 15 * time.Minute
	guessMemory   = time.Hour // after the last wrong one, all is forgotten
	maxGuesses    = 50_000    // accounts and addresses remembered
)

// guesses counts sign-ins that failed, by account, whether it exists or not, and by address. It lives in memory: a process
// that starts has forgotten.
type guesses struct {
	mu   sync.Mutex
	seen map[string]*guess
	now  func() time.Time
}

type guess struct {
	count int
	last  time.Time
	until time.Time // closed until then
}

func newGuesses() *guesses { return &guesses{seen: map[string]*guess{}, now: time.Now} }

// admit counts one more guess. Fault: access.locked while the door is closed, which says nothing about the account.
func (g *guesses) admit(login, from string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	account, address := g.at("account "+login, now), g.at("address "+from, now)
	if wait := max(account.until.Sub(now), address.until.Sub(now)); wait > 0 {
		seconds := int(math.Ceil(wait.Seconds()))
		return fault.New(fault.TooMany, "access.locked", "too many wrong passwords; wait %d seconds", seconds).With("seconds", seconds)
	}
	account.failed(now, freeByAccount)
	if from != "" {
		address.failed(now, freeByAddress)
	}
	return nil
}

// forgive takes back the guess that was right: it clears the account, and for the address what it cost.
func (g *guesses) forgive(login, from string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.seen, "account "+login)
	if a := g.seen["address "+from]; a != nil {
		a.count = max(a.count-1, 0)
		a.until = time.Time{}
	}
}

func (g *guesses) at(name string, now time.Time) *guess {
	x := g.seen[name]
	if x == nil || now.Sub(x.last) > guessMemory {
		if len(g.seen) >= maxGuesses {
			g.sweep(now)
		}
		x = &guess{}
		g.seen[name] = x
	}
	return x
}

// sweep makes room: first what is old, then whatever closes no door.
func (g *guesses) sweep(now time.Time) {
	for name, x := range g.seen {
		if now.Sub(x.last) > guessMemory || !x.until.After(now) {
			delete(g.seen, name)
		}
	}
}

func (x *guess) failed(now time.Time, free int) {
	x.count++
	x.last = now
	if over := x.count - free; over >= 0 {
		x.until = now.Add(min(time.Second<<min(over, 20), longestLock))
	}
}
