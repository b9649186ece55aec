package access

import (
	"crypto/sha256"
	"sync"
	"time"
)

// ProofTime is how long a credential that was right is not looked up again, in wall time.
const ProofTime = 10 * time.Second

// maxProofs bounds the memory: beyond it all are forgotten and looked up again.
const maxProofs = 10_000

// proofs remembers who proved themselves lately, by the hash of the credential. Wrong ones are not
// remembered: a flood of guesses must not push the right ones out.
type proofs struct {
	mu    *sync.RWMutex
	known map[[sha256.Size]byte]proof
	slow  chan struct{} // bounds the password checks that run side by side
}

type proof struct {
	who   Principal
	until time.Time
}

func newProofs() proofs {
	return proofs{mu: &sync.RWMutex{}, known: map[[sha256.Size]byte]proof{}, slow: make(chan struct{}, 2)}
}

func (p proofs) of(credential string, check func() (Principal, error)) (Principal, error) {
	key := sha256.Sum256([]byte(credential))
	p.mu.RLock()
	have, ok := p.known[key]
	p.mu.RUnlock()
	if ok && time.Now().Before(have.until) {
		return have.who, nil
	}
	who, err := check()
	if err != nil {
		return Principal{}, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.known) >= maxProofs {
		clear(p.known)
	}
	p.known[key] = proof{who: who, until: time.Now().Add(ProofTime)}
	return who, nil
}

func (p proofs) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.known)
}
