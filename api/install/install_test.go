package install

import (
	"crypto/tls"
	"encoding/pem"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/certs"
)

func newPage(t *testing.T) (*Page, *certs.Authority) {
	t.Helper()
	a, err := certs.Open(t.TempDir(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return New(a, []net.IP{net.IPv4(192, 168, 1, 5)}, ":root {\n --text: #111827;\n}"), a
}

func ask(h http.Handler, method, url string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, url, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	return rec
}

func TestTheCertificateIsThereForEveryDeviceBeforeItTrustsUs(t *testing.T) {
	p, a := newPage(t)
	next := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	for name, h := range map[string]http.Handler{"plain": p.Plain(), "over TLS": p.Beside(next)} {
		for _, lang := range []string{"en", "zh-CN"} {
			r := ask(h, "GET", "http://127.0.0.1:8443/install", "Accept", "text/html", "Accept-Language", lang)
			body := r.Body.String()
			if r.Code != 200 || !strings.Contains(body, a.Fingerprint()) || !strings.Contains(body, "http://192.168.1.5:8443/install") || !strings.Contains(body, "<svg") ||
				!strings.Contains(body, `href="https://127.0.0.1:8443/"`) || strings.Contains(body, "install.") && strings.Contains(body, ">install.") || strings.Contains(body, "<script") {
				t.Errorf("%s %s: %d %s", name, lang, r.Code, body)
			}
		}
		if r := ask(h, "GET", "http://10.0.0.9/install/packhorse-ca.crt"); r.Body.String() != string(a.DER()) || r.Header().Get("Content-Type") != "application/x-x509-ca-cert" {
			t.Errorf("%s: %v", name, r.Header())
		}
		if block, _ := pem.Decode(ask(h, "GET", "http://10.0.0.9/install/packhorse-ca.pem").Body.Bytes()); block == nil || string(block.Bytes) != string(a.DER()) {
			t.Errorf("%s: no PEM", name)
		}
	}
	if r := ask(p.Beside(next), "GET", "https://x/orders"); r.Code != http.StatusTeapot {
		t.Errorf("the page is in the way: %d", r.Code)
	}
}

func TestWithoutTLSPeopleAreShownTheWayAndProgramsAreRefused(t *testing.T) {
	p, _ := newPage(t)
	r := ask(p.Plain(), "GET", "http://wms.lan:8443/orders?view=held", "Accept", "text/html")
	if !strings.Contains(r.Body.String(), `href="https://wms.lan:8443/orders?view=held"`) {
		t.Errorf("%d %s", r.Code, r.Body)
	}
	for _, method := range []string{"GET", "POST"} {
		if r := ask(p.Plain(), method, "http://wms.lan:8443/v1/orders", "Authorization", "Bearer phk_x"); r.Code != http.StatusUpgradeRequired || !strings.Contains(r.Body.String(), "http.tls") {
			t.Errorf("%s: %d %s", method, r.Code, r.Body)
		}
	}
	theirs := New(nil, nil, "")
	if r := ask(theirs.Plain(), "GET", "http://wms.lan/a?b=c", "Accept", "text/html"); r.Code != http.StatusPermanentRedirect || r.Header().Get("Location") != "https://wms.lan/a?b=c" {
		t.Errorf("%d %v", r.Code, r.Header())
	}
	if r := ask(theirs.Plain(), "GET", "http://wms.lan/install"); r.Code != http.StatusUpgradeRequired {
		t.Errorf("a page for an authority that is not ours: %d", r.Code)
	}
}

func TestTheCodeForOtherDevicesNamesTheAddressTheyReach(t *testing.T) {
	p, _ := newPage(t)
	for host, want := range map[string]string{"localhost:8443": "http://192.168.1.5:8443/install", "10.1.1.1": "http://10.1.1.1:443/install", "wms.lan:9": "http://wms.lan:9/install"} {
		r := httptest.NewRequest("GET", "https://"+host+"/install", nil)
		r.TLS = &tls.ConnectionState{}
		if got := p.here(r); got != want {
			t.Errorf("%s: %s, want %s", host, got, want)
		}
	}
	if square(strings.Repeat("x", 10_000)) != "" {
		t.Error("a code of what fits none")
	}
}
