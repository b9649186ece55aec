package raw

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/telemetry"
	"github.com/packhorse/packhorse/printing"
)

const (
	hostStatus = "~HS"
	forgetPart = "~JX" // drop the beginning of a label of which the end did not come
	countQuery = "! U1 getvar \"odometer.total_label_count\"\r\n"

	uncounted = "-" // the mark of a printer that tells no count

	// dialTime and countTime bound, in wall time, how long is waited for a connection and for the count: a printer
	// that does not know the question says nothing.
	dialTime  = 3 * time.Second
	countTime = 1500 * time.Millisecond
	between   = 50 * time.Millisecond // two questions
	closeTime = 2 * time.Second       // for a printer that is never asked to take what it was sent
)

// Printer is one printer behind an address. It holds no connection: printers take one at a time, and others print too.
type Printer struct {
	address string
	answers bool
}

// New makes the adapter. Fault: printing.address.
func New(p printing.Place) (printing.Printer, error) {
	host, port, err := net.SplitHostPort(p.Address)
	n, bad := strconv.Atoi(port)
	if err != nil || host == "" || bad != nil || n < 1 || n > 65535 {
		return nil, printing.BadAddress(p.Address, "192.168.1.50:9100")
	}
	return &Printer{address: p.Address, answers: p.Answers && p.Format == printing.ZPL}, nil
}

// line is an open connection.
type line struct {
	net.Conn
	in *bufio.Reader
}

func (p *Printer) dial(ctx context.Context) (*line, error) {
	d := net.Dialer{Timeout: dialTime}
	c, err := d.DialContext(ctx, "tcp", p.address)
	if err != nil {
		return nil, printing.Unreached(err)
	}
	if end, ok := ctx.Deadline(); ok {
		err = c.SetDeadline(end)
	}
	return &line{c, bufio.NewReader(c)}, err
}

// ask asks for the host status.
func (l *line) ask() (host, error) {
	if _, err := io.WriteString(l, hostStatus); err != nil {
		return host{}, err
	}
	var lines []string
	for range 3 {
		text, err := l.in.ReadString(0x03)
		if err != nil {
			return host{}, err
		}
		lines = append(lines, strings.Trim(text, "\x02\x03\r\n "))
	}
	return parse(lines)
}

// count asks how many labels the printer has printed; uncounted where it does not say.
func (l *line) count(ctx context.Context) (string, error) {
	end := time.Now().Add(countTime)
	if whole, ok := ctx.Deadline(); ok && whole.Before(end) {
		end = whole
	}
	if err := l.SetReadDeadline(end); err != nil {
		return "", err
	}
	if _, err := io.WriteString(l, countQuery); err != nil {
		return "", err
	}
	text, err := l.in.ReadString('"')
	if err == nil {
		text, err = l.in.ReadString('"')
	}
	var late net.Error
	switch {
	case errors.As(err, &late) && late.Timeout():
		return uncounted, nil
	case err != nil:
		return "", err
	}
	text = strings.Trim(text, "\" \r\n")
	if _, err := strconv.ParseUint(text, 10, 62); err != nil {
		return uncounted, nil
	}
	whole, _ := ctx.Deadline()
	return text, l.SetReadDeadline(whole)
}

// Status asks how the printer is. One that is never asked is ready.
func (p *Printer) Status(ctx context.Context) (printing.Status, error) {
	if !p.answers {
		return printing.Status{Condition: printing.Ready, Mark: uncounted}, nil
	}
	l, err := p.dial(ctx)
	if err != nil {
		return printing.Status{}, err
	}
	defer l.Close()
	h, err := l.ask()
	if err != nil {
		return printing.Status{Condition: printing.Silent}, nil //nolint:nilerr // out of paper, many say nothing at all
	}
	if h.condition() != printing.Ready {
		return printing.Status{Condition: h.condition()}, nil
	}
	mark, err := l.count(ctx)
	if err != nil {
		return printing.Status{}, printing.Unreached(err)
	}
	return printing.Status{Condition: printing.Ready, Mark: mark}, nil
}

// Send sends a document and waits until the printer has nothing left to print and has counted one more.
func (p *Printer) Send(ctx context.Context, d printing.Document) (r printing.Receipt, err error) {
	ctx, span := telemetry.Call(ctx, "print", p.address)
	defer func() { span.End(err) }()
	l, err := p.dial(ctx)
	if err != nil {
		return printing.Receipt{}, err
	}
	defer l.Close()
	// The end of the document is its last byte: what was not written whole cannot come out.
	if _, err := l.Write(bytes.TrimRight(d.Bytes, "\r\n ")); err != nil {
		return printing.Receipt{}, printing.Unreached(err)
	}
	if !p.answers {
		return printing.Receipt{Fate: printing.Unknown, Mark: uncounted}, l.finish()
	}
	for {
		h, err := l.ask()
		if err != nil {
			return printing.Receipt{}, printing.Unsure(err)
		}
		if h.waiting == 0 && !h.partial {
			f, mark, err := l.counted(ctx, d.Mark)
			if err != nil || f != printing.Not {
				return printing.Receipt{Fate: f, Mark: mark}, err
			}
		}
		if h.condition() != printing.Ready {
			return printing.Receipt{Fate: printing.Pending}, nil
		}
		select {
		case <-ctx.Done():
			return printing.Receipt{Fate: printing.Pending}, nil
		case <-time.After(between):
		}
	}
}

// counted is what the count says of one document that was sent at mark, on the line it went by.
func (l *line) counted(ctx context.Context, mark string) (printing.Fate, string, error) {
	if mark == uncounted {
		return printing.Out, uncounted, nil // it took all of it on this line, and has nothing left
	}
	now, err := l.count(ctx)
	if err != nil {
		return "", "", printing.Unsure(err)
	}
	return compare(mark, now), now, nil
}

// compare says what became of one document from the counts before and after.
func compare(before, after string) printing.Fate {
	b, bad := strconv.ParseUint(before, 10, 62)
	a, worse := strconv.ParseUint(after, 10, 62)
	switch {
	case bad != nil || worse != nil, a < b, a > b+1:
		return printing.Unknown // it does not count, was replaced, or somebody else printed too
	case a == b:
		return printing.Not
	}
	return printing.Out
}

// finish gives a printer that is never asked the time to take what it was sent.
func (l *line) finish() error {
	c, ok := l.Conn.(*net.TCPConn)
	if !ok || c.CloseWrite() != nil || c.SetReadDeadline(time.Now().Add(closeTime)) != nil {
		return nil
	}
	_, err := io.Copy(io.Discard, c)
	var late net.Error
	if err != nil && !(errors.As(err, &late) && late.Timeout()) {
		return printing.Unsure(err)
	}
	return nil
}

// Fate asks what became of a document, on another line than it went by.
func (p *Printer) Fate(ctx context.Context, _, mark string) (printing.Fate, error) {
	if !p.answers || mark == uncounted {
		return printing.Unknown, nil
	}
	l, err := p.dial(ctx)
	if err != nil {
		return "", err
	}
	defer l.Close()
	h, err := l.ask()
	if err != nil {
		return "", printing.Unreached(err)
	}
	if h.waiting > 0 {
		return printing.Pending, nil
	}
	if h.partial { // its end went with the line it came by; in the middle of a label a printer does not say its count
		if _, err := io.WriteString(l, forgetPart); err != nil {
			return "", printing.Unreached(err)
		}
	}
	now, err := l.count(ctx)
	if err != nil {
		return "", printing.Unreached(err)
	}
	return compare(mark, now), nil
}
