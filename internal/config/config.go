// Package config gathers the settings of the program: flags over environment over file over
// defaults. It reads all of them, verifies them as a whole and tells every mistake at once, so that nobody
// mends a file line by line.
//
// A file holds one "name = value" per line; "#" begins a comment. The environment spells a setting in capitals after
// PACKHORSE_: PACKHORSE_LOG_LEVEL is log-level.
//
// It does not own what a setting means to the part that uses it.
package config

import (
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/internal/seal"
)

// Config is every setting, verified.
type Config struct {
	Data    string // folder of the SQLite files; empty when DB is set
	DB      string // postgres://…
	Company string // empty = the only one

	Currency string // of the company's costs and prices, ISO 4217

	Listen string // address of the server

	// What the server speaks: TLS with a certificate of our own authority, or one in files, or none.
	TLS      string   // off, own or files
	TLSDir   string   // folder of the authority; empty = tls in Data
	TLSNames []string // names and addresses the server is reached under, beside those the machine has
	TLSCert  string   // file of the certificate with its chain, PEM
	TLSKey   string   // file of its key, PEM

	Role  string // all, api or worker
	Clock string // real, fixed:TIME or xN
	Node  int    // number of this process among those that write to one PostgreSQL; -1 = the first free one

	LogLevel  string // debug, info, warn or error
	LogFormat string // text or json
	AccessLog bool   // a line for every request, at level info

	Traces      string  // collector that speaks OTLP over HTTP, http://host:4318; empty = no traces
	TracesShare float64 // of the traces that begin here, 0 to 1, that are told

	// An account with carriers that speak the simulator's protocol. Empty address = none.
	CarrierURL    string
	CarrierKey    string
	CarrierSecret string
	CarrierCodes  []string // the carriers, as rates name them, that are reached there

	// Who may ask how much; 0 is without a limit. Strangers are addresses with wrong credentials.
	RateKey, RatePerson, RateStranger int // requests a second

	SessionIdle time.Duration // a session ends so long after its last request
	SessionLife time.Duration // and so long after signing in

	TrustedProxies []netip.Prefix // whose X-Forwarded-For and X-Forwarded-Proto are believed

	// Messages to customers, and events to other programs.
	SMTPURL        string // mail server, smtp://user:password@host:587; empty = no mails
	SMTPFrom       string // who mails are from: Shop <orders@shop.example>
	PublicURL      string // address under which customers reach this server; empty = no links in messages
	WebhookPrivate bool   // webhooks may go to addresses of one's own network

	SecretKey string // what secrets in the database are sealed with; empty = the file secret.key in Data

	Shutdown time.Duration // how long requests in flight may take when the server ends
}

// setting is one line of the table all sources are read against.
type setting struct {
	name string
	into func(*Config, string) error
}

// settings lists every setting; defaults are in Default.
var settings = []setting{
	{"data", func(c *Config, v string) error { c.Data = v; return nil }},
	{"db", func(c *Config, v string) error { c.DB = v; return databaseURL(v) }},
	{"company", func(c *Config, v string) error { c.Company = v; return nil }},
	{"currency", func(c *Config, v string) error { c.Currency = v; return currency(v) }},
	{"listen", func(c *Config, v string) error { c.Listen = v; return address(v) }},
	{"tls", func(c *Config, v string) error { c.TLS = v; return oneOf(v, "off", "own", "files") }},
	{"tls-dir", func(c *Config, v string) error { c.TLSDir = v; return nil }},
	{"tls-names", func(c *Config, v string) error { c.TLSNames = list(v); return hostNames(c.TLSNames) }},
	{"tls-cert", func(c *Config, v string) error { c.TLSCert = v; return nil }},
	{"tls-key", func(c *Config, v string) error { c.TLSKey = v; return nil }},
	{"role", func(c *Config, v string) error { c.Role = v; return oneOf(v, "all", "api", "worker") }},
	{"clock", func(c *Config, v string) error { c.Clock = v; _, err := clock.Parse(v); return err }},
	{"node", func(c *Config, v string) (err error) { c.Node, err = whole(v, -1, 63); return err }},
	{"log-level", func(c *Config, v string) error { c.LogLevel = v; return oneOf(v, "debug", "info", "warn", "error") }},
	{"log-format", func(c *Config, v string) error { c.LogFormat = v; return oneOf(v, "text", "json") }},
	{"traces", func(c *Config, v string) error { c.Traces = strings.TrimRight(v, "/"); return webURL(v) }},
	{"traces-share", func(c *Config, v string) (err error) { c.TracesShare, err = share(v); return err }},
	{"access-log", func(c *Config, v string) (err error) { c.AccessLog, err = yesNo(v); return err }},
	{"carrier-url", func(c *Config, v string) error { c.CarrierURL = v; return webURL(v) }},
	{"carrier-key", func(c *Config, v string) error { c.CarrierKey = v; return nil }},
	{"carrier-secret", func(c *Config, v string) error { c.CarrierSecret = v; return nil }},
	{"carrier-codes", func(c *Config, v string) error { c.CarrierCodes = list(v); return nil }},
	{"rate-key", func(c *Config, v string) (err error) { c.RateKey, err = whole(v, 0, maxRate); return err }},
	{"rate-person", func(c *Config, v string) (err error) { c.RatePerson, err = whole(v, 0, maxRate); return err }},
	{"rate-stranger", func(c *Config, v string) (err error) { c.RateStranger, err = whole(v, 0, maxRate); return err }},
	{"session-idle", func(c *Config, v string) (err error) { c.SessionIdle, err = lasting(v); return err }},
	{"session-life", func(c *Config, v string) (err error) { c.SessionLife, err = lasting(v); return err }},
	{"trusted-proxies", func(c *Config, v string) (err error) { c.TrustedProxies, err = networks(v); return err }},
	{"smtp-url", func(c *Config, v string) error { c.SMTPURL = v; return mailURL(v) }},
	{"smtp-from", func(c *Config, v string) error { c.SMTPFrom = v; return mailAddress(v) }},
	{"public-url", func(c *Config, v string) error { c.PublicURL = v; return webURL(v) }},
	{"webhook-private", func(c *Config, v string) (err error) { c.WebhookPrivate, err = yesNo(v); return err }},
	{"secret-key", func(c *Config, v string) error { c.SecretKey = v; _, err := seal.Parse(v); return err }},
	{"shutdown", func(c *Config, v string) (err error) { c.Shutdown, err = span(v); return err }},
}

// Default is what holds where nothing is said.
func Default() Config {
	return Config{Currency: "CNY", Listen: "127.0.0.1:8080", TLS: "off", Role: "all", Clock: "real", Node: -1, LogLevel: "info", LogFormat: "text",
		AccessLog: true, TracesShare: 1, RatePerson: 50, RateStranger: 10, SessionIdle: 2 * time.Hour, SessionLife: 14 * time.Hour, Shutdown: 10 * time.Second}
}

// Source is one place where settings are said.
type Source struct {
	Values map[string]string        // by the name of the setting
	Where  func(name string) string // how a message calls the place: "--listen", "packhorse.conf line 3"
}

// Load lays sources over the defaults, the later over the earlier, and verifies the whole. The error names every mistake,
// one per line.
func Load(sources ...Source) (Config, error) {
	c := Default()
	var wrong []error
	for _, s := range sources {
		for _, name := range sortedKeys(s.Values) {
			i := slices.IndexFunc(settings, func(k setting) bool { return k.name == name })
			if i < 0 {
				wrong = append(wrong, fmt.Errorf("%s: there is no setting %q", s.Where(name), name))
				continue
			}
			if err := settings[i].into(&c, s.Values[name]); err != nil {
				wrong = append(wrong, fmt.Errorf("%s: %w", s.Where(name), err))
			}
		}
	}
	if c.Data != "" && c.DB != "" {
		wrong = append(wrong, errors.New("both data and db are set; data are in a folder or in PostgreSQL, not in both"))
	}
	if c.CarrierURL != "" && (c.CarrierKey == "" || c.CarrierSecret == "") {
		wrong = append(wrong, errors.New("carrier-url needs carrier-key and carrier-secret"))
	}
	if c.CarrierURL != "" && len(c.CarrierCodes) == 0 {
		wrong = append(wrong, errors.New("carrier-url needs carrier-codes: which carriers are reached there, like SF,ZTO"))
	}
	if c.SMTPURL != "" && c.SMTPFrom == "" {
		wrong = append(wrong, errors.New("smtp-url needs smtp-from: who mails are from, like Shop <orders@shop.example>"))
	}
	wrong = append(wrong, c.tlsMistakes()...)
	return c, errors.Join(wrong...)
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func oneOf(v string, allowed ...string) error {
	if slices.Contains(allowed, v) {
		return nil
	}
	return fmt.Errorf("%q must be one of %s", v, strings.Join(allowed, ", "))
}

func whole(v string, least, most int) (int, error) {
	n, err := strconv.Atoi(v)
	if err != nil || n < least || n > most {
		return 0, fmt.Errorf("%q must be a whole number from %d to %d", v, least, most)
	}
	return n, nil
}

func share(v string) (float64, error) {
	f, err := strconv.ParseFloat(v, 64)
	if err != nil || !(f >= 0 && f <= 1) {
		return 0, fmt.Errorf("%q must be a share from 0 to 1, like 0.1", v)
	}
	return f, nil
}

func yesNo(v string) (bool, error) {
	b, err := strconv.ParseBool(v)
	if err != nil {
		return false, fmt.Errorf("%q must be true or false", v)
	}
	return b, nil
}

func span(v string) (time.Duration, error) {
	d, err := time.ParseDuration(v)
	if err != nil || d < 0 {
		return 0, fmt.Errorf("%q must be a time like 10s", v)
	}
	return d, nil
}

// maxRate is more than a process answers.
const maxRate = 1_000_000

// lasting is a span that is over at some time, and not at once.
func lasting(v string) (time.Duration, error) {
	d, err := span(v)
	if err == nil && (d < time.Minute || d > 30*24*time.Hour) {
		err = fmt.Errorf("%q must be from 1m to 720h", v)
	}
	return d, err
}

// networks reads addresses and networks, "10.0.0.1, 10.1.0.0/16".
func networks(v string) (out []netip.Prefix, err error) {
	for _, text := range list(v) {
		p, err := netip.ParsePrefix(text)
		if a, bad := netip.ParseAddr(text); err != nil && bad == nil {
			p, err = netip.PrefixFrom(a, a.BitLen()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("%q must be an address or a network like 10.0.0.0/8", text)
		}
		out = append(out, p.Masked())
	}
	return out, nil
}

func address(v string) error {
	if _, port, err := net.SplitHostPort(v); err == nil {
		if _, err := whole(port, 0, 65535); err == nil {
			return nil
		}
	}
	return fmt.Errorf("%q must be an address like 127.0.0.1:8080", v)
}

func databaseURL(v string) error {
	u, err := url.Parse(v)
	if err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql") {
		return errors.New("the database must be given as postgres://user:password@host/name") // not its text: it may hold a password
	}
	return nil
}

func list(v string) []string {
	return strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ' ' })
}

func currency(v string) error {
	if !money.Valid(v) {
		return fmt.Errorf("%q must be a currency code of three capital letters", v)
	}
	return nil
}

func mailURL(v string) error {
	u, err := url.Parse(v)
	if err != nil || (u.Scheme != "smtp" && u.Scheme != "smtps") || u.Hostname() == "" {
		return errors.New("the mail server must be given as smtp://user:password@mail.example:587, or smtps://") // not its text: it may hold a password
	}
	return nil
}

func mailAddress(v string) error {
	if _, err := mail.ParseAddress(v); err != nil {
		return fmt.Errorf("%q must be an address like Shop <orders@shop.example>", v)
	}
	return nil
}

func webURL(v string) error {
	u, err := url.Parse(v)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return fmt.Errorf("%q must be an address like https://carrier.example", v)
	}
	return nil
}
