package certs

import (
	"bufio"
	"errors"
	"net"
	"sync"
	"time"
)

const (
	// handshake is the first byte of every TLS connection.
	handshake = 0x16
	// patience is how long a connection may say nothing.
	patience = 10 * time.Second
)

// Split tells by their first byte which connections of a listener speak TLS and which do not, so that both come in at one port: whoever
// typed http:// learns where to go. Closing either closes both. now is the time on the wall, by which a mute connection is given up.
func Split(l net.Listener, now func() time.Time) (secure, plain net.Listener) {
	d := &divider{Listener: l, now: now, done: make(chan struct{})}
	s, p := &side{d, make(chan net.Conn)}, &side{d, make(chan net.Conn)}
	go d.run(s.conns, p.conns)
	return s, p
}

type divider struct {
	net.Listener
	now  func() time.Time
	once sync.Once
	done chan struct{}
	err  error
}

func (d *divider) run(secure, plain chan<- net.Conn) {
	for {
		c, err := d.Accept()
		if err != nil {
			var passing net.Error
			if errors.As(err, &passing) && passing.Timeout() {
				continue
			}
			d.end(err)
			return
		}
		go d.sort(c, secure, plain)
	}
}

// end says once why nothing more comes.
func (d *divider) end(err error) (closed error) {
	d.once.Do(func() {
		d.err = err
		closed = d.Listener.Close()
		close(d.done)
	})
	return closed
}

// sort waits for the first byte and hands the connection on.
func (d *divider) sort(c net.Conn, secure, plain chan<- net.Conn) {
	_ = c.SetReadDeadline(d.now().Add(patience))
	r := bufio.NewReaderSize(c, 16)
	first, err := r.Peek(1)
	if err != nil {
		_ = c.Close()
		return
	}
	_ = c.SetReadDeadline(time.Time{})
	to := plain
	if first[0] == handshake {
		to = secure
	}
	select {
	case to <- &peeked{c, r}:
	case <-d.done:
		_ = c.Close()
	}
}

// peeked is a connection whose first byte has been looked at.
type peeked struct {
	net.Conn
	r *bufio.Reader
}

func (p *peeked) Read(b []byte) (int, error) { return p.r.Read(b) }

// side is one half of a listener.
type side struct {
	*divider
	conns chan net.Conn
}

// Accept gives the next connection of this half.
func (s *side) Accept() (net.Conn, error) {
	select {
	case c := <-s.conns:
		return c, nil
	case <-s.done:
		return nil, s.err
	}
}

// Close closes both halves.
func (s *side) Close() error { return s.end(net.ErrClosed) }
