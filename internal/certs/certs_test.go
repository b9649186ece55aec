package certs

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

var day = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func TestTheAuthorityIsMadeOnceAndItsKeyIsItsOwnersAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "tls")
	first, err := Open(dir, day)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Join(dir, keyFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	again, err := Open(dir, day.AddDate(1, 0, 0))
	if err != nil || again.Fingerprint() != first.Fingerprint() || len(first.Fingerprint()) != 95 || !again.Until().Equal(day.AddDate(authorityYears, 0, 0)) {
		t.Errorf("another authority: %v", err)
	}
	if !again.cert.MaxPathLenZero || !slices.Equal(again.cert.ExtKeyUsage, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}) {
		t.Error("it may sign more than servers")
	}
	if err := os.Remove(filepath.Join(dir, certFile)); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, day); err == nil {
		t.Error("half an authority was replaced by a stranger")
	}
}

// server answers TLS with a leaf of an authority, on loopback.
func server(t *testing.T, get func(*tls.ClientHelloInfo) (*tls.Certificate, error)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	secure, plain := Split(l, time.Now)
	proto := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, map[bool]string{true: r.Proto, false: "plain"}[r.TLS != nil])
	})
	s := &http.Server{Handler: proto, TLSConfig: &tls.Config{GetCertificate: get}}
	p := &http.Server{Handler: proto}
	go func() { _ = s.ServeTLS(secure, "", "") }()
	go func() { _ = p.Serve(plain) }()
	t.Cleanup(func() { _, _ = s.Close(), p.Close() })
	return l.Addr().String()
}

func ask(t *testing.T, c *http.Client, url string) (string, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), "GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := c.Do(req)
	if err != nil {
		return "", err
	}
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	return string(raw), err
}

// trusting is a client that trusts one authority and no other.
func trusting(pem []byte) *http.Client {
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem)
	return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true}}
}

func TestADeviceThatTrustsOnlyThisAuthorityIsServedOverHTTP2AndAnyOtherIsNot(t *testing.T) {
	now := time.Now()
	a, err := Open(t.TempDir(), now)
	if err != nil {
		t.Fatal(err)
	}
	stranger, err := Open(t.TempDir(), now)
	if err != nil {
		t.Fatal(err)
	}
	at := server(t, a.NewLeaf([]string{"wms.example"}, time.Now).Certificate)
	_, port, _ := net.SplitHostPort(at)
	for _, host := range []string{"127.0.0.1", "localhost"} {
		if got, err := ask(t, trusting(a.PEM()), "https://"+net.JoinHostPort(host, port)); err != nil || got != "HTTP/2.0" {
			t.Errorf("%s: %q %v", host, got, err)
		}
	}
	var unknown x509.UnknownAuthorityError
	if _, err := ask(t, trusting(stranger.PEM()), "https://"+at); !errors.As(err, &unknown) {
		t.Errorf("a stranger is believed: %v", err)
	}
	if got, err := ask(t, http.DefaultClient, "http://"+at); err != nil || got != "plain" {
		t.Errorf("without TLS, at the same port: %q %v", got, err)
	}
	leaf, err := a.NewLeaf([]string{"wms.example", "10.9.8.7"}, time.Now).Certificate(nil)
	if err != nil || leaf.Leaf.VerifyHostname("wms.example") != nil || leaf.Leaf.VerifyHostname("10.9.8.7") != nil || leaf.Leaf.VerifyHostname("bank.example") == nil {
		t.Errorf("%v %v", leaf.Leaf.DNSNames, err)
	}
}

func TestTheLeafIsRenewedAMonthBeforeItsEndAndWhereTheMachineHasANewAddress(t *testing.T) {
	now := day
	a, err := Open(t.TempDir(), now)
	if err != nil {
		t.Fatal(err)
	}
	l := a.NewLeaf(nil, func() time.Time { return now })
	show := func(hello *tls.ClientHelloInfo) *x509.Certificate {
		c, err := l.Certificate(hello)
		if err != nil {
			t.Fatal(err)
		}
		return c.Leaf
	}
	first := show(nil)
	now = day.AddDate(0, 0, leafDays-renewDays-1)
	if !show(nil).Equal(first) {
		t.Error("renewed too early")
	}
	now = day.AddDate(0, 0, leafDays-renewDays)
	second := show(nil)
	if second.Equal(first) || !second.NotAfter.Equal(now.AddDate(0, 0, leafDays)) {
		t.Errorf("not renewed: until %s", second.NotAfter)
	}
	l.addresses = func() []net.IP { return nil }
	one, other := net.Pipe()
	defer one.Close()
	defer other.Close()
	moved := &tls.ClientHelloInfo{Conn: at{one, "10.1.2.3:443"}}
	if third := show(moved); third.Equal(second) || third.VerifyHostname("10.1.2.3") != nil || !show(moved).Equal(third) {
		t.Errorf("addresses %v", third.IPAddresses)
	}
	now = day.AddDate(authorityYears, 0, -5)
	if last := show(nil); last.NotAfter.After(a.Until()) {
		t.Error("a leaf outlives its authority")
	}
}

type at struct {
	net.Conn
	local string
}

func (a at) LocalAddr() net.Addr {
	addr, _ := net.ResolveTCPAddr("tcp", a.local)
	return addr
}

func TestCertificateFilesAreReadAgainWhenSomebodyRenewedThem(t *testing.T) {
	dir, now := t.TempDir(), day
	cert, key := filepath.Join(dir, "c.pem"), filepath.Join(dir, "k.pem")
	renew := func() string {
		sub := t.TempDir()
		a, err := Open(sub, day)
		if err != nil {
			t.Fatal(err)
		}
		for from, to := range map[string]string{certFile: cert, keyFile: key} {
			raw, err := os.ReadFile(filepath.Join(sub, from))
			if err == nil {
				err = os.WriteFile(to, raw, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		return string(a.DER())
	}
	first := renew()
	f, err := NewFiles(cert, key, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	shown := func() string { c, _ := f.Certificate(nil); return string(c.Certificate[0]) }
	second := renew()
	if err := os.Chtimes(cert, day, day.Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	if shown() != first {
		t.Error("looked at all the time")
	}
	now = now.Add(lookAgain)
	if shown() != second {
		t.Error("what is new is not shown")
	}
	if err := os.WriteFile(cert, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	now = now.Add(lookAgain)
	if shown() != second {
		t.Error("a file that is half written took the certificate away")
	}
	if _, err := NewFiles(filepath.Join(dir, "none"), key, time.Now); err == nil {
		t.Error("no file")
	}
}

func TestAConnectionThatSaysNothingKeepsNobodyElseWaiting(t *testing.T) {
	a, err := Open(t.TempDir(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	addr := server(t, a.NewLeaf(nil, time.Now).Certificate)
	var dialer net.Dialer
	mute, err := dialer.DialContext(t.Context(), "tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer mute.Close()
	if got, err := ask(t, trusting(a.PEM()), "https://"+addr); err != nil || got != "HTTP/2.0" {
		t.Errorf("%q %v", got, err)
	}
}
