package api

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

const built = `<script type="importmap">{"imports":{}}</script><script type="module" src="/assets/a-1.js"></script>`

func asked(s *Server, path string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func TestEveryPlaceInAScreenHasAnAddress(t *testing.T) {
	s := New(Options{Screens: fstest.MapFS{"console.html": {Data: []byte("console " + built)}, "pda.html": {Data: []byte("handheld")},
		"assets/a-1.js": {Data: []byte(strings.Repeat("let a = 1;", 100))}}})
	browser := []string{"Accept", "text/html,*/*;q=0.8"}
	for path, want := range map[string]string{"/": "console", "/orders": "console", "/orders/ord_1?view=held": "console", "/pda": "handheld", "/pda/pick/tsk_1": "handheld"} {
		if w := asked(s, path, browser...); w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), want) || w.Header().Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: %d %s %q", path, w.Code, w.Header().Get("Cache-Control"), w.Body)
		}
	}
	for _, c := range []struct{ path, accept string }{{"/v1/nothing", "text/html"}, {"/orders", "application/json"}, {"/assets/gone-1.js", "text/html"}, {"/favicon.ico", "text/html"}} {
		if w := asked(s, c.path, "Accept", c.accept); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "http.no_route") {
			t.Errorf("%s for %s: %d %q", c.path, c.accept, w.Code, w.Body)
		}
	}
}

func TestAnAssetIsKeptForEverAndAPageAskedForAgain(t *testing.T) {
	script := strings.Repeat("let a = 1;", 100)
	s := New(Options{Screens: fstest.MapFS{"console.html": {Data: []byte(built)}, "assets/a-1.js": {Data: []byte(script)}}})
	w := asked(s, "/assets/a-1.js", "Accept-Encoding", "gzip")
	if w.Header().Get("Content-Encoding") != "gzip" || w.Body.Len() > len(script)/2 || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") ||
		!strings.HasPrefix(w.Header().Get("Content-Type"), "text/javascript") {
		t.Errorf("%v, %d bytes", w.Header(), w.Body.Len())
	}
	if w = asked(s, "/assets/a-1.js"); w.Body.String() != script {
		t.Errorf("without gzip: %q", w.Body)
	}
	page := asked(s, "/")
	if again := asked(s, "/", "If-None-Match", page.Header().Get("ETag")); again.Code != http.StatusNotModified || again.Body.Len() != 0 {
		t.Errorf("the same page: %d", again.Code)
	}
}

func TestAPageRunsItsOwnScriptsOnly(t *testing.T) {
	s := New(Options{Screens: fstest.MapFS{"console.html": {Data: []byte(built)}}})
	policy := asked(s, "/").Header().Get("Content-Security-Policy")
	sum := sha256.Sum256([]byte(`{"imports":{}}`))
	if !strings.Contains(policy, "script-src 'self' 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"';") {
		t.Errorf("%s", policy)
	}
	if strings.Count(policy, "sha256-") != 1 {
		t.Errorf("a script of the origin needs no hash: %s", policy)
	}
}

func TestAProgramWithoutScreensSaysWhatItHas(t *testing.T) {
	if w := asked(New(Options{}), "/orders", "Accept", "text/html"); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "/docs") {
		t.Errorf("%d %q", w.Code, w.Body)
	}
}
