package certs

import (
	"crypto/tls"
	"errors"
	"os"
	"sync"
	"time"
)

// lookAgain is how often the files of a certificate are looked at.
const lookAgain = time.Minute

// Files is a certificate in two files that somebody else renews: what is new in them is shown within a minute, without a restart. It is
// safe for concurrent use.
type Files struct {
	cert, key string
	now       func() time.Time

	mu     sync.Mutex
	have   *tls.Certificate
	stamp  [2]time.Time
	looked time.Time
}

// NewFiles reads a certificate with its chain, and its key, both in PEM.
func NewFiles(cert, key string, now func() time.Time) (*Files, error) {
	f := &Files{cert: cert, key: key, now: now}
	return f, f.read()
}

// Certificate is what a server shows. Files that cannot be read leave the certificate at hand.
func (f *Files) Certificate(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.now().Sub(f.looked) >= lookAgain {
		_ = f.read() // half written, or gone for a moment: the next look is in a minute
	}
	return f.have, nil
}

func (f *Files) read() error {
	f.looked = f.now()
	stamp, err := stampOf(f.cert, f.key)
	if err != nil || f.have != nil && stamp == f.stamp {
		return err
	}
	have, err := tls.LoadX509KeyPair(f.cert, f.key)
	if err != nil {
		return err
	}
	f.have, f.stamp = &have, stamp
	return nil
}

// stampOf is when two files were changed last.
func stampOf(a, b string) (out [2]time.Time, err error) {
	first, errA := os.Stat(a)
	second, errB := os.Stat(b)
	if err := errors.Join(errA, errB); err != nil {
		return out, err
	}
	return [2]time.Time{first.ModTime(), second.ModTime()}, nil
}
