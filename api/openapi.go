package api

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

const about = `Packhorse takes orders in, reviews and allocates them by itself, and leads them through release, pick, pack and ship.

Credentials: ` + "`Authorization: Bearer phk_…`" + `, or Basic with log-in and password, or for browsers the cookie of a session
(begin-session). Personal data is masked in every answer; reveal-order gives it for a purpose, on record. What a key or a person does not reach
is answered as if it were not there. Every POST takes an ` + "`Idempotency-Key`" + `:
the same key with the same body gives the first answer again, with ` + "`Idempotency-Replayed: true`" + `; with another body 422; while the first is
being worked on 409. Keys are kept for seven days. Errors are problem documents (RFC 9457) with a stable ` + "`code`" + `. Lists take ` + "`limit`" + ` and
` + "`cursor`" + `; a short page that names a next cursor is not the last one.`

func newDocument(version string) *huma.OpenAPI {
	return &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info:    &huma.Info{Title: "Packhorse", Version: version, Description: about},
		Components: &huma.Components{
			Schemas: huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
			SecuritySchemes: map[string]*huma.SecurityScheme{
				"key": {Type: "http", Scheme: "bearer", Description: "an API key, phk_<company>_…"},
				"session": {Type: "apiKey", In: "cookie", Name: sessionCookie,
					Description: "made by begin-session; whatever changes something needs its csrf_token in the header " + csrfHeader},
				"login": {Type: "http", Scheme: "basic", Description: "log-in and password; log-in@company where there are several"},
			},
		},
	}
}

// describe writes a route into the document.
func (s *Server) describe(r *route) {
	schemas := s.open.Components.Schemas
	op := &huma.Operation{Method: r.method, Path: r.path, OperationID: r.id, Summary: r.summary, Description: r.about, Tags: []string{r.tag},
		Security: []map[string][]string{{"key": scopesOf(r)}, {"login": {}}, {"session": {}}}, Responses: map[string]*huma.Response{}}
	for _, name := range pathNames(r.path) {
		op.Parameters = append(op.Parameters, &huma.Param{Name: name, In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString}})
	}
	op.Parameters = append(op.Parameters, r.params...)
	if r.method == http.MethodPost {
		op.Parameters = append(op.Parameters, &huma.Param{Name: "Idempotency-Key", In: "header",
			Description: "your name for this request; repeating it repeats the answer", Schema: &huma.Schema{Type: huma.TypeString}})
	}
	switch {
	case r.file:
		op.RequestBody = &huma.RequestBody{Required: true, Description: "a CSV or XLSX file",
			Content: map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}
	case r.input != nil:
		op.RequestBody = &huma.RequestBody{Content: jsonOf(schemas.Schema(r.input, true, r.id+"Input"))}
	}
	op.Responses["200"] = &huma.Response{Description: "done", Content: jsonOf(schemas.Schema(r.output, true, r.id+"Output"))}
	op.Responses["default"] = &huma.Response{Description: "a problem",
		Content: map[string]*huma.MediaType{"application/problem+json": {Schema: schemas.Schema(reflect.TypeFor[Problem](), true, "Problem")}}}
	if r.open {
		op.Security = []map[string][]string{}
	}
	s.open.AddOperation(op)
}

func jsonOf(schema *huma.Schema) map[string]*huma.MediaType {
	return map[string]*huma.MediaType{"application/json": {Schema: schema}}
}

func pathNames(path string) (names []string) {
	for _, part := range strings.Split(path, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			names = append(names, strings.TrimSuffix(name, "}"))
		}
	}
	return names
}

func scopesOf(r *route) []string {
	if r.scope == "" {
		return []string{}
	}
	return []string{string(r.scope)}
}

// text, number and moment describe query parameters.
func text(name, about string, values ...any) *huma.Param {
	return &huma.Param{Name: name, In: "query", Description: about, Schema: &huma.Schema{Type: huma.TypeString, Enum: values}}
}

func number(name, about string) *huma.Param {
	return &huma.Param{Name: name, In: "query", Description: about, Schema: &huma.Schema{Type: huma.TypeInteger}}
}

func moment(name, about string) *huma.Param {
	return &huma.Param{Name: name, In: "query", Description: about, Schema: &huma.Schema{Type: huma.TypeString, Format: "date-time"}}
}

// several describes a parameter that may be repeated.
func several(name, about string) *huma.Param {
	yes := true
	return &huma.Param{Name: name, In: "query", Description: about, Explode: &yes,
		Schema: &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeString}}}
}

func paging() []*huma.Param {
	return []*huma.Param{number("limit", "how many at most, 1 to 500"), text("cursor", "next_cursor of the page before")}
}

// Document is the OpenAPI document of this program in JSON.
func Document(version string) []byte {
	return New(Options{Version: version}).document
}

// documents serves the document and the page; both are made once.
func (s *Server) documents() {
	s.loosen()
	raw, err := json.Marshal(s.open)
	if err != nil {
		panic(err) // the table of routes is wrong; the first test says so
	}
	s.document, s.page = raw, page(s.open)
	s.router.Get("/openapi.json", func(w http.ResponseWriter, _ *http.Request) { write(w, http.StatusOK, "application/json", s.document) })
	s.router.Get("/docs", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
		write(w, http.StatusOK, "text/html; charset=utf-8", s.page)
	})
}

// loosen says in the document what the order decoder does: it keeps fields it does not know, and takes amounts as
// text or number.
func (s *Server) loosen() {
	for _, name := range []string{"Document", "Line"} {
		schema := s.open.Components.Schemas.Map()[name]
		if schema == nil {
			continue
		}
		schema.AdditionalProperties = true
		for _, field := range []string{"paid_amount", "shipping_fee", "order_discount", "unit_price", "line_discount"} {
			if p := schema.Properties[field]; p != nil {
				p.Type, p.AnyOf = "", []*huma.Schema{{Type: huma.TypeString}, {Type: huma.TypeNumber}}
				p.Description = `decimal text such as "12.50"; a JSON number is taken by its digits`
			}
		}
	}
}

// health serves what machines ask without a key.
func (s *Server) health() {
	s.router.Get("/healthz", func(w http.ResponseWriter, _ *http.Request) {
		write(w, http.StatusOK, "application/json", []byte(`{"status":"alive"}`))
	})
	s.router.Get("/readyz", func(w http.ResponseWriter, r *http.Request) {
		if s.options.Ready != nil {
			if err := s.options.Ready(r.Context()); err != nil {
				s.refuse(w, r, err)
				return
			}
		}
		write(w, http.StatusOK, "application/json", []byte(`{"status":"ready"}`))
	})
	s.router.Method(http.MethodGet, "/metrics", metrics(s.options.Metrics))
}

func metrics(r *prometheus.Registry) http.Handler {
	if r == nil {
		r = prometheus.NewRegistry()
	}
	return promhttp.HandlerFor(r, promhttp.HandlerOpts{})
}
