package api

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"
	"sync"

	"github.com/go-chi/chi/v5"
)

// screens serves the built screens of staff: pages, which lead the browser to everything else, and assets, whose names change
// with their content. A page is answered for every path that no operation has, so that each place in a screen has an address.
type screens struct {
	files fs.FS // nil: this program has none
	held  sync.Map
}

// asset is a file as it is sent.
type asset struct {
	body, packed []byte // packed is nil where that saves nothing
	kind, tag    string
	policy       string // of a page
}

const (
	consolePage  = "console.html"
	handheldPage = "pda.html"
)

func (s *Server) screens() {
	s.built.files = s.options.Screens
	if s.built.files == nil {
		return
	}
	s.router.Get("/", func(w http.ResponseWriter, r *http.Request) { s.built.page(w, r, consolePage) })
	s.router.Get("/pda", func(w http.ResponseWriter, r *http.Request) { s.built.page(w, r, handheldPage) })
	s.router.Get("/assets/*", func(w http.ResponseWriter, r *http.Request) {
		s.built.serve(w, r, "assets/"+chi.URLParam(r, "*"), "public, max-age=31536000, immutable", s.router.NotFoundHandler())
	})
	for _, name := range []string{"importmap.json", "pda-worker.js", "pda.webmanifest", "icon.svg"} {
		s.router.Get("/"+name, func(w http.ResponseWriter, r *http.Request) {
			s.built.serve(w, r, name, "no-cache", s.router.NotFoundHandler())
		})
	}
}

// wanted reports whether a browser asks for a page, and not a program for an answer.
func (b *screens) wanted(r *http.Request) bool {
	return b.files != nil && safe(r.Method) && strings.Contains(r.Header.Get("Accept"), "text/html") && !strings.HasPrefix(r.URL.Path, "/v1/") &&
		path.Ext(r.URL.Path) == ""
}

// at serves the page that the path belongs to.
func (b *screens) at(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/pda" || strings.HasPrefix(r.URL.Path, "/pda/") {
		b.page(w, r, handheldPage)
		return
	}
	b.page(w, r, consolePage)
}

func (b *screens) page(w http.ResponseWriter, r *http.Request, name string) {
	b.serve(w, r, name, "no-cache", http.NotFoundHandler())
}

func (b *screens) serve(w http.ResponseWriter, r *http.Request, name, keep string, missing http.Handler) {
	a, err := b.read(name)
	if err != nil {
		missing.ServeHTTP(w, r)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", keep)
	h.Set("ETag", a.tag)
	h.Set("Vary", "Accept-Encoding")
	if a.policy != "" {
		h.Set("Content-Security-Policy", a.policy)
	}
	if r.Header.Get("If-None-Match") == a.tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := a.body
	if a.packed != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = a.packed
	}
	write(w, http.StatusOK, a.kind, body)
}

// read gives a file, packed once. The content is compared each time, so that a folder somebody builds into shows what is new.
func (b *screens) read(name string) (*asset, error) {
	body, err := fs.ReadFile(b.files, name)
	if err != nil {
		return nil, err
	}
	if have, ok := b.held.Load(name); ok && bytes.Equal(have.(*asset).body, body) {
		return have.(*asset), nil
	}
	sum := sha256.Sum256(body)
	a := &asset{body: body, packed: squeeze(body), kind: kindOf(name), tag: `"` + hex.EncodeToString(sum[:8]) + `"`}
	if strings.HasSuffix(name, ".html") {
		a.policy = contentPolicy(body)
	}
	b.held.Store(name, a)
	return a, nil
}

func kindOf(name string) string {
	switch ext := path.Ext(name); ext {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".woff2":
		return "font/woff2"
	case ".webmanifest":
		return "application/manifest+json"
	default:
		return mime.TypeByExtension(ext)
	}
}

// squeeze is nil where the packed file would not be clearly smaller.
func squeeze(body []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(body); err != nil {
		return nil
	}
	if z.Close() != nil || b.Len()*10 > len(body)*9 {
		return nil
	}
	return b.Bytes()
}

var inlineScript = regexp.MustCompile(`(?s)<script([^>]*)>(.*?)</script>`)

// contentPolicy lets a page run its own scripts: those of its origin, and the ones written into it, by what they say.
func contentPolicy(page []byte) string {
	scripts := "script-src 'self'"
	for _, m := range inlineScript.FindAllSubmatch(page, -1) {
		if !bytes.Contains(m[1], []byte("src=")) {
			sum := sha256.Sum256(m[2])
			scripts += " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
		}
	}
	return "default-src 'self'; " + scripts + "; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; " +
		"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
}
