// Package printer is a made-up label printer behind TCP: it prints ZPL by counting it, says how it is when asked, runs out
// of paper, loses its current in the middle of a label, and hangs. It is written from the maker's programming guide, by
// the description of ~HS, ~JX and the odometer; it is no proof of how a real printer behaves.
package printer

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"
)

// Options say what a printer can do.
type Options struct {
	Mute      bool // it answers nothing, ever
	Uncounted bool // it knows no odometer
}

// Machine is one printer. It listens until Close.
type Machine struct {
	options  Options
	listener net.Listener
	running  sync.WaitGroup

	mu       sync.Mutex
	labels   [][]byte // on paper, in order
	queued   [][]byte // complete, and waiting for paper
	buffer   []byte   // the beginning of a label
	paperOut bool
	hang     bool
	dieAfter int // bytes until the current fails; -1 = it does not
	dead     bool
	lines    map[net.Conn]bool
}

// Listen starts a printer at an address of this machine, "127.0.0.1:0" for any port.
func Listen(address string, o Options) (*Machine, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	m := &Machine{options: o, listener: l, dieAfter: -1, lines: map[net.Conn]bool{}}
	m.running.Go(m.serve)
	return m, nil
}

// Address is where it listens.
func (m *Machine) Address() string { return m.listener.Addr().String() }

// Close switches it off for good.
func (m *Machine) Close() error {
	err := m.listener.Close()
	m.mu.Lock()
	m.hangUp()
	m.mu.Unlock()
	m.running.Wait()
	return err
}

// Labels are what came out, in order.
func (m *Machine) Labels() [][]byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([][]byte(nil), m.labels...)
}

// Paper takes the paper away or puts it back; what waits for it comes out then.
func (m *Machine) Paper(there bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.paperOut = !there
	m.print()
}

// Hang makes it take connections and do nothing, or goes on.
func (m *Machine) Hang(on bool) { m.mu.Lock(); m.hang = on; m.mu.Unlock() }

// DieAfter cuts the current after so many further bytes: what is not on paper is lost, and nobody can connect.
func (m *Machine) DieAfter(n int) { m.mu.Lock(); m.dieAfter = n; m.mu.Unlock() }

// Revive gives it current again.
func (m *Machine) Revive() { m.mu.Lock(); m.dead, m.dieAfter = false, -1; m.mu.Unlock() }

// Dead reports whether it is without current.
func (m *Machine) Dead() bool { m.mu.Lock(); defer m.mu.Unlock(); return m.dead }

func (m *Machine) serve() {
	for {
		c, err := m.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			continue
		}
		m.mu.Lock()
		if m.dead {
			m.mu.Unlock()
			reset(c)
			continue
		}
		m.lines[c] = true
		m.mu.Unlock()
		m.running.Go(func() { m.talk(c) })
	}
}

func reset(c net.Conn) {
	if t, ok := c.(*net.TCPConn); ok {
		_ = t.SetLinger(0)
	}
	_ = c.Close()
}

// hangUp drops every line. Called with mu held.
func (m *Machine) hangUp() {
	for c := range m.lines {
		reset(c)
	}
	clear(m.lines)
}

func (m *Machine) talk(c net.Conn) {
	defer func() {
		m.mu.Lock()
		delete(m.lines, c)
		m.mu.Unlock()
		_ = c.Close()
	}()
	chunk := make([]byte, 4096)
	for {
		n, err := c.Read(chunk)
		for m.hanging() {
			time.Sleep(5 * time.Millisecond)
		}
		if answer := m.take(chunk[:n]); len(answer) > 0 {
			if _, err := c.Write(answer); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

func (m *Machine) hanging() bool { m.mu.Lock(); defer m.mu.Unlock(); return m.hang && !m.dead }

// take reads what arrived and gives the answers.
func (m *Machine) take(in []byte) (out []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.dead {
		return nil
	}
	if m.dieAfter >= 0 && len(in) > 0 {
		n := min(m.dieAfter, len(in))
		in, m.dieAfter = in[:n], m.dieAfter-n
	}
	m.buffer = append(m.buffer, in...)
	for {
		answer, more := m.command()
		out = append(out, answer...)
		if !more {
			break
		}
	}
	m.print()
	if m.dieAfter == 0 {
		m.dead, m.buffer, m.queued = true, nil, nil
		m.hangUp()
		return nil
	}
	return out
}

var (
	begin, end     = []byte("^XA"), []byte("^XZ")
	status, forget = []byte("~HS"), []byte("~JX")
	odometer       = []byte("! U1 getvar \"odometer.total_label_count\"\r\n")
)

// command carries out the first thing in the buffer; more is false when it is not complete.
func (m *Machine) command() (answer []byte, more bool) {
	switch {
	case bytes.HasPrefix(m.buffer, status):
		m.buffer = m.buffer[len(status):]
		return m.status(), true
	case bytes.HasPrefix(m.buffer, forget):
		m.buffer = m.buffer[len(forget):]
		return nil, true
	case bytes.HasPrefix(m.buffer, odometer):
		m.buffer = m.buffer[len(odometer):]
		return m.count(), true
	case bytes.HasPrefix(m.buffer, begin):
		return m.label()
	}
	for i := 1; i < len(m.buffer); i++ { // what it does not know it ignores
		if c := m.buffer[i]; c == '^' || c == '~' || c == '!' {
			m.buffer = m.buffer[i:]
			return nil, true
		}
	}
	return nil, false
}

// label takes a label when its end is there. A control command in the middle is obeyed at once, as ~ commands are.
func (m *Machine) label() (answer []byte, more bool) {
	stop := bytes.Index(m.buffer, end)
	for _, c := range [][]byte{forget, status} {
		at := bytes.Index(m.buffer, c)
		if at < 0 || stop >= 0 && stop < at {
			continue
		}
		if bytes.Equal(c, forget) {
			m.buffer = m.buffer[at+len(c):]
			return nil, true
		}
		m.buffer = append(m.buffer[:at:at], m.buffer[at+len(c):]...)
		return m.status(), true
	}
	if stop < 0 {
		return nil, false
	}
	if again := bytes.LastIndex(m.buffer[:stop], begin); again > 0 {
		m.buffer = m.buffer[again:] // a beginning in a beginning: the first is lost
		stop -= again
	}
	m.queued = append(m.queued, bytes.Clone(m.buffer[:stop+len(end)]))
	m.buffer = m.buffer[stop+len(end):]
	return nil, true
}

func (m *Machine) print() {
	if !m.paperOut {
		m.labels, m.queued = append(m.labels, m.queued...), nil
	}
}

func (m *Machine) status() []byte {
	if m.options.Mute {
		return nil
	}
	m.print()
	flag := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	partial := flag(bytes.HasPrefix(m.buffer, begin))
	return fmt.Appendf(nil, "\x02030,%d,0,1200,%03d,0,0,%d,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,%08d,1,000\x03\r\n\x021234,0\x03\r\n",
		flag(m.paperOut), len(m.queued), partial, 0)
}

func (m *Machine) count() []byte {
	if m.options.Mute {
		return nil
	}
	if m.options.Uncounted {
		return []byte("?\r\n")
	}
	return fmt.Appendf(nil, "\"%d\"\r\n", len(m.labels))
}
