package smtp

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	server "github.com/emersion/go-smtp"

	"github.com/packhorse/packhorse/notify/sendertest"
)

// sink is a mail server in memory that keeps what it takes.
type sink struct {
	mu     sync.Mutex
	next   *server.SMTPError // the answer to the next recipient
	lose   bool              // the next mail is taken, and the line breaks
	mails  []sendertest.Arrived
	server *server.Server
}

// serve starts a sink on a free port of this machine.
func serve(t *testing.T, utf8 bool) (*sink, string) {
	t.Helper()
	k := &sink{}
	k.server = server.NewServer(k)
	k.server.Domain, k.server.EnableSMTPUTF8, k.server.AllowInsecureAuth = "localhost", utf8, true
	k.server.ReadTimeout, k.server.WriteTimeout = 5*time.Second, 5*time.Second
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { _ = k.server.Serve(l); close(done) }()
	t.Cleanup(func() { _, _ = k.server.Close(), l.Close(); <-done }) // the server may not have begun with the listener yet
	return k, l.Addr().String()
}

func (k *sink) NewSession(c *server.Conn) (server.Session, error) {
	return &session{sink: k, conn: c}, nil
}

type session struct {
	sink *sink
	conn *server.Conn
	to   string
}

func (s *session) Reset()        { s.to = "" }
func (s *session) Logout() error { return nil }

func (s *session) Mail(string, *server.MailOptions) error { return nil }

func (s *session) Rcpt(to string, _ *server.RcptOptions) error {
	s.sink.mu.Lock()
	defer s.sink.mu.Unlock()
	if e := s.sink.next; e != nil {
		s.sink.next = nil
		return e
	}
	s.to = to
	return nil
}

func (s *session) Data(r io.Reader) error {
	m, err := read(r)
	if err != nil {
		return err
	}
	s.sink.mu.Lock()
	defer s.sink.mu.Unlock()
	m.To = s.to
	s.sink.mails = append(s.sink.mails, m)
	if s.sink.lose {
		s.sink.lose = false
		_ = s.conn.Conn().Close()
		return errors.New("the line broke")
	}
	return nil
}

// read takes a mail apart as a reader's program would.
func read(r io.Reader) (out sendertest.Arrived, err error) {
	m, err := netmail.ReadMessage(r)
	if err != nil {
		return out, err
	}
	out.Header = map[string]string{}
	for name, values := range m.Header {
		out.Header[name] = strings.Join(values, "\n")
	}
	out.ID = m.Header.Get("Message-Id")
	var dec mime.WordDecoder
	if out.Subject, err = dec.DecodeHeader(m.Header.Get("Subject")); err != nil {
		return out, err
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		return out, err
	}
	for parts := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		raw, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			return out, err
		}
		if strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
			out.HTML = string(raw)
		} else {
			out.Text = string(raw)
		}
	}
}

func (k *sink) answer(code int, text string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.next = &server.SMTPError{Code: code, EnhancedCode: server.EnhancedCode{code / 100, 1, 1}, Message: text}
}

func (k *sink) inbox() []sendertest.Arrived {
	k.mu.Lock()
	defer k.mu.Unlock()
	return append([]sendertest.Arrived(nil), k.mails...)
}

func sender(t *testing.T, address string) *Sender {
	t.Helper()
	s, err := New(Config{URL: "smtp://" + address + "?tls=none", From: "一家店 <orders@shop.example>", Timeout: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return s
}
