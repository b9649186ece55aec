package smtp

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/wneessen/go-mail"

	"github.com/packhorse/packhorse/internal/telemetry"
	"github.com/packhorse/packhorse/notify"
)

// Config is one account with a mail server.
type Config struct {
	// URL is smtp://user:password@host:587, where STARTTLS is demanded, or smtps:// with TLS from the first byte. For a
	// server in the same house ?tls=none or ?tls=maybe lower the demand.
	URL  string
	From string // `Shop <orders@shop.example>`

	TLS     *tls.Config   // nil is the system's; tests bring their own
	Timeout time.Duration // of one mail, wall time; 0 is thirty seconds
}

// Sender sends mails. It opens a connection for each, and is safe for concurrent use.
type Sender struct {
	from    netmail.Address
	domain  string // of From: the right side of every Message-ID
	host    string
	options []mail.Option
	timeout time.Duration
}

const defaultTimeout = 30 * time.Second

// New checks the settings; it sends nothing.
func New(c Config) (*Sender, error) {
	from, err := netmail.ParseAddress(c.From)
	if err != nil {
		return nil, fmt.Errorf("smtp-from %q is no address like Shop <orders@shop.example>: %w", c.From, err)
	}
	u, err := url.Parse(c.URL)
	if err != nil || u.Hostname() == "" || (u.Scheme != "smtp" && u.Scheme != "smtps") {
		return nil, errors.New("smtp-url must be like smtp://user:password@mail.example:587") // not its text: it may hold a password
	}
	if c.Timeout <= 0 {
		c.Timeout = defaultTimeout
	}
	s := &Sender{from: *from, domain: from.Address[strings.LastIndexByte(from.Address, '@')+1:], host: u.Hostname(), timeout: c.Timeout}
	s.options = []mail.Option{mail.WithTimeout(c.Timeout), mail.WithoutNoop()}
	if err := s.transport(u, c.TLS); err != nil {
		return nil, err
	}
	if u.User != nil {
		password, _ := u.User.Password()
		s.options = append(s.options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(u.User.Username()), mail.WithPassword(password))
	}
	if _, err := mail.NewClient(s.host, s.options...); err != nil {
		return nil, fmt.Errorf("smtp-url: %w", err)
	}
	return s, nil
}

// transport reads how the connection is protected, and the port.
func (s *Sender) transport(u *url.URL, conf *tls.Config) error {
	port := 587
	switch how := u.Query().Get("tls"); {
	case u.Scheme == "smtps":
		port = 465
		s.options = append(s.options, mail.WithSSL())
	case how == "":
		s.options = append(s.options, mail.WithTLSPolicy(mail.TLSMandatory))
	case how == "maybe":
		s.options = append(s.options, mail.WithTLSPolicy(mail.TLSOpportunistic))
	case how == "none":
		s.options = append(s.options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		return fmt.Errorf("smtp-url: tls=%s is not one of maybe, none", how)
	}
	if text := u.Port(); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			return fmt.Errorf("smtp-url: %q is no port", text)
		}
		port = n
	}
	if conf != nil {
		s.options = append(s.options, mail.WithTLSConfig(conf))
	}
	s.options = append(s.options, mail.WithPort(port))
	return nil
}

// Send hands one mail to the server. The reference is the Message-ID.
func (s *Sender) Send(ctx context.Context, l notify.Letter) (reference string, err error) {
	ctx, span := telemetry.Call(ctx, "mail", s.host)
	defer func() { span.End(err) }()
	m, reference, err := s.compose(l)
	if err != nil {
		return "", err
	}
	client, err := mail.NewClient(s.host, s.options...)
	if err != nil {
		return "", notify.Later(err.Error())
	}
	ctx, stop := context.WithTimeout(ctx, s.timeout)
	defer stop()
	line, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return "", notify.Later(err.Error()) // nothing was sent yet
	}
	// The library writes without a context: closing the line is what ends it.
	defer context.AfterFunc(ctx, func() { _ = line.Close() })()
	defer func() { _ = client.CloseWithSMTPClient(line) }()
	if ok, _ := line.Extension("SMTPUTF8"); !ok && !ascii(l.To) {
		return "", notify.Refused("the mail server does not take addresses with letters beyond ASCII (SMTPUTF8): " + masked(l.To))
	}
	if err := client.SendWithSMTPClient(line, m); err != nil {
		return "", meaning(err)
	}
	return reference, nil
}

// compose writes the mail. What could write a header by itself is refused, not mended.
func (s *Sender) compose(l notify.Letter) (*mail.Msg, string, error) {
	if strings.ContainsFunc(l.Subject, unicode.IsControl) {
		return nil, "", notify.Refused("the subject has more than one line")
	}
	if strings.ContainsFunc(l.To+l.ID+l.Unsubscribe, unicode.IsControl) {
		return nil, "", notify.Refused("the address has more than one line")
	}
	to, err := netmail.ParseAddress(l.To)
	if err != nil || to.Name != "" || to.Address != l.To {
		return nil, "", notify.Refused("this is no e-mail address: " + masked(l.To))
	}
	m := mail.NewMsg()
	m.FromMailAddress(&s.from)
	m.ToMailAddress(to)
	m.Subject(l.Subject)
	m.SetDate()
	m.SetUserAgent("Packhorse")
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetGenHeader(mail.HeaderContentLang, l.Language)
	reference := l.ID + "@" + s.domain
	m.SetMessageIDWithValue(reference)
	if l.Unsubscribe != "" {
		m.SetGenHeader(mail.HeaderListUnsubscribe, "<"+l.Unsubscribe+">")
		m.SetGenHeader(mail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	m.SetBodyString(mail.TypeTextPlain, l.Text)
	if l.HTML != "" {
		m.AddAlternativeString(mail.TypeTextHTML, l.HTML)
	}
	return m, reference, nil
}

func ascii(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

// masked shows the domain only: reasons are kept and shown.
func masked(address string) string {
	if i := strings.LastIndexByte(address, '@'); i >= 0 {
		return "***" + address[i:]
	}
	return "***"
}

// meaning sorts what the server answered. Before the end of the text nothing was sent; a line that breaks at the end of
// it leaves the mail in doubt.
func meaning(err error) error {
	var said *textproto.Error
	var sent *mail.SendError
	if errors.As(err, &sent) {
		if code := sent.ErrorCode(); code >= 500 {
			return notify.Refused(words(sent, code))
		} else if code >= 400 {
			return notify.Later(words(sent, code))
		}
		if sent.Reason == mail.ErrSMTPDataClose {
			return notify.Uncertain(err)
		}
		return notify.Later(err.Error())
	}
	if errors.As(err, &said) && said.Code >= 500 {
		return notify.Refused(fmt.Sprintf("%d %s", said.Code, said.Msg))
	}
	var broken net.Error
	if errors.As(err, &broken) {
		return notify.Uncertain(err)
	}
	return notify.Later(err.Error())
}

// words are the server's own, without what the library puts round them.
func words(sent *mail.SendError, code int) string {
	text := sent.Error()
	if i := strings.Index(text, strconv.Itoa(code)); i >= 0 {
		text = text[i:]
	}
	if i := strings.Index(text, ", affected "); i >= 0 {
		text = text[:i]
	}
	return text
}
