package install

import (
	"bytes"
	_ "embed"
	"html/template"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/packhorse/packhorse/api/public"
	"github.com/packhorse/packhorse/internal/certs"
	"github.com/packhorse/packhorse/internal/words"
)

//go:embed install.html
var text string

// Paths of the page and of what it offers.
const (
	path    = "/install"
	pathDER = "/install/packhorse-ca.crt"
	pathPEM = "/install/packhorse-ca.pem"
)

// Page is the page, for one authority.
type Page struct {
	authority *certs.Authority // nil: the certificate is one that devices trust already
	near      []net.IP
	page      *template.Template
	css       template.CSS
	policy    string
}

// New makes the page. authority may be nil; near are the addresses under which devices reach this machine, the best first.
func New(authority *certs.Authority, near []net.IP, tokens string) *Page {
	p := &Page{authority: authority, near: near, page: template.Must(template.New("install").Parse(text))}
	p.css, p.policy = public.Style(tokens)
	return p
}

// Beside serves the page, and everything else by next.
func (p *Page) Beside(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !p.serve(w, r) {
			next.ServeHTTP(w, r)
		}
	})
}

// Plain answers over plain HTTP: people are shown the way to the same place over TLS, programs are refused, so that no key travels where
// it can be read twice.
func (p *Page) Plain() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case p.serve(w, r):
		case r.Method != http.MethodGet && r.Method != http.MethodHead, !strings.Contains(r.Header.Get("Accept"), "text/html"):
			w.Header().Set("Connection", "close")
			w.Header().Set("Upgrade", "TLS/1.2, HTTP/1.1")
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(http.StatusUpgradeRequired)
			_, _ = w.Write([]byte(`{"type":"urn:packhorse:problem:http.tls","title":"Upgrade Required","status":426,"code":"http.tls","detail":"this server speaks HTTPS; send the request to https://"}`))
		case p.authority == nil:
			http.Redirect(w, r, secure(r).String(), http.StatusPermanentRedirect)
		default:
			p.show(w, r)
		}
	})
}

// serve answers what belongs to the page; false for anything else.
func (p *Page) serve(w http.ResponseWriter, r *http.Request) bool {
	if p.authority == nil || r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	switch r.URL.Path {
	case path:
		p.show(w, r)
	case pathDER:
		give(w, "application/x-x509-ca-cert", "packhorse-ca.crt", p.authority.DER())
	case pathPEM:
		give(w, "application/x-pem-file", "packhorse-ca.pem", p.authority.PEM())
	default:
		return false
	}
	return true
}

func give(w http.ResponseWriter, kind, name string, body []byte) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(body) // a browser that went away cannot be told anything
}

// secure is the same place over TLS. The host is the one the browser itself asked for.
func secure(r *http.Request) *url.URL {
	u := &url.URL{Scheme: "https", Host: r.Host, Path: r.URL.Path, RawQuery: r.URL.RawQuery}
	if u.Path == path {
		u.Path, u.RawQuery = "/", ""
	}
	return u
}

// view is the page with one visitor's words.
type view struct {
	Lang                     string
	CSS                      template.CSS
	DER, PEM, Secure, Here   string
	Name, Fingerprint, Until string
	QR                       template.HTML
	Devices                  []device
	TLS                      bool
}

type device struct {
	Name  string
	Steps []string
}

// Say renders words.
func (v view) Say(code string) string { return words.Render(v.Lang, code, nil) }

// devices are those that are explained, with how many steps each needs.
var devices = []struct {
	code  string
	steps []string
}{
	{"install.android", []string{"install.android_1", "install.android_2", "install.android_3"}},
	{"install.ios", []string{"install.ios_1", "install.ios_2", "install.ios_3"}},
	{"install.windows", []string{"install.windows_1", "install.windows_2"}},
	{"install.mac", []string{"install.mac_1", "install.mac_2"}},
	{"install.linux", []string{"install.linux_1", "install.linux_2"}},
}

func (p *Page) show(w http.ResponseWriter, r *http.Request) {
	v := view{Lang: words.Language(r.Header.Get("Accept-Language")), CSS: p.css, DER: pathDER, PEM: pathPEM, Secure: secure(r).String(), Here: p.here(r),
		Name: p.authority.Name(), Fingerprint: p.authority.Fingerprint(), Until: p.authority.Until().Format(time.DateOnly), TLS: r.TLS != nil}
	if asked := r.URL.Query().Get("lang"); asked != "" {
		v.Lang = words.Language(asked)
	}
	v.QR = square(v.Here)
	for _, d := range devices {
		out := device{Name: v.Say(d.code)}
		for _, s := range d.steps {
			out.Steps = append(out.Steps, v.Say(s))
		}
		v.Devices = append(v.Devices, out)
	}
	var b bytes.Buffer
	if err := p.page.Execute(&b, v); err != nil {
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", p.policy)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(b.Bytes()) // a browser that went away cannot be told anything
}

// here is the address another device of the network opens this page under. It is plain HTTP: the device does not trust us yet.
func (p *Page) here(r *http.Request) string {
	host, port, err := net.SplitHostPort(r.Host)
	if err != nil {
		host, port = r.Host, "" // the usual port
	}
	if at, err := netip.ParseAddr(host); (err == nil && at.IsLoopback() || host == "localhost") && len(p.near) > 0 {
		host = p.near[0].String()
	}
	if port == "" {
		port = "80"
		if r.TLS != nil {
			port = "443"
		}
	}
	u := url.URL{Scheme: "http", Host: net.JoinHostPort(host, port), Path: path}
	return u.String()
}
