package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
)

// Problem is the body of every answer that is not a success (RFC 9457). Code is stable; Detail is
// a sentence in the language of Accept-Language.
type Problem struct {
	Type      string         `json:"type" doc:"urn:packhorse:problem: and the code"`
	Title     string         `json:"title"`
	Status    int            `json:"status"`
	Code      string         `json:"code" doc:"stable name of what is wrong"`
	Detail    string         `json:"detail"`
	Field     string         `json:"field,omitempty" doc:"the input it is about"`
	Params    map[string]any `json:"params,omitempty" doc:"what the sentence is made of"`
	RequestID string         `json:"request_id,omitempty"`
	Errors    []Mistake      `json:"errors,omitempty" doc:"the single mistakes, when several were found"`
}

// Mistake is one of several things that are wrong with a request.
type Mistake struct {
	Field  string         `json:"field,omitempty"`
	Code   string         `json:"code"`
	Detail string         `json:"detail"`
	Params map[string]any `json:"params,omitempty"`
}

// refusal is a fault of the request as such, with the status HTTP has for it.
type refusal struct {
	status int
	fault  *fault.Fault
}

func (r *refusal) Error() string { return r.fault.Error() }
func (r *refusal) Unwrap() error { return r.fault }

func status(code int, name, message string, args ...any) *refusal {
	return &refusal{status: code, fault: fault.New(fault.Invalid, name, message, args...)}
}

// httpStatus is the one mapper from what can be done about a fault to HTTP.
func httpStatus(k fault.Kind) int {
	switch k {
	case fault.Invalid, fault.Mismatch:
		return http.StatusUnprocessableEntity
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict:
		return http.StatusConflict
	case fault.Denied:
		return http.StatusForbidden
	case fault.Unknown:
		return http.StatusUnauthorized
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.TooMany:
		return http.StatusTooManyRequests
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// ErrStorageFull says that the disk of the database is full. It is the one fault whose status (507) is more than its kind
// says: a client that sees it need not look at its own request.
var ErrStorageFull = fault.New(fault.Unavailable, "storage.full",
	"the disk of the database is full; make room on it, then repeat the request: of a file or a bulk, what went in before stays and is not done twice")

// ErrStorageAway says that the server of the database cannot be reached at the moment.
var ErrStorageAway = fault.New(fault.Unavailable, "storage.away", "the database cannot be reached at the moment; repeat the request, nothing of it was done: of a file or a bulk, what went in before stays and is not done twice")

// explained is an error in terms that people can act on, where the installation knows such terms.
func (s *Server) explained(err error) error {
	if s.options.Explain == nil {
		return err
	}
	return s.options.Explain(err)
}

// problem makes the body for an error. The text of an error that is no fault stays inside.
func problem(err error, lang string) Problem {
	code := http.StatusInternalServerError
	f, ours := fault.As(err)
	if !ours {
		f = fault.New(0, "internal", "something went wrong on our side; the log has the request id")
	} else {
		code = httpStatus(f.Kind)
	}
	var r *refusal
	switch {
	case errors.As(err, &r):
		code = r.status
	case errors.Is(err, ErrStorageFull):
		code = http.StatusInsufficientStorage
	}
	p := Problem{Type: "urn:packhorse:problem:" + f.Code, Title: http.StatusText(code), Status: code, Code: f.Code,
		Detail: sentence(f, lang), Field: f.Field, Params: f.Params}
	for _, c := range f.Causes {
		p.Errors = append(p.Errors, Mistake{Field: c.Field, Code: c.Code, Detail: sentence(c, lang), Params: c.Params})
	}
	return p
}

// retryAfter is how many seconds to wait: what the fault says, or one.
func retryAfter(p Problem) string {
	if seconds, ok := p.Params["seconds"].(int); ok {
		return strconv.Itoa(seconds)
	}
	return "1"
}

func sentence(f *fault.Fault, lang string) string {
	if lang != "en" && words.Has(lang, f.Code) {
		return words.Render(lang, f.Code, f.Params)
	}
	return f.Message
}

// refuse answers with a problem.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	err = s.explained(err)
	p := problem(err, words.Language(r.Header.Get("Accept-Language")))
	rec, _ := w.(*recorder)
	if rec != nil {
		p.RequestID, rec.code = rec.id, p.Code
	}
	if p.Status >= http.StatusInternalServerError && r.Context().Err() == nil {
		s.options.Log.ErrorContext(r.Context(), "request failed", "request", p.RequestID, "method", r.Method, "path", r.URL.Path, "error", err)
	}
	switch p.Status {
	case http.StatusUnauthorized:
		w.Header().Set("WWW-Authenticate", `Bearer realm="packhorse", Basic realm="packhorse"`)
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", retryAfter(p))
	}
	body, err := json.Marshal(p)
	if err != nil { // a parameter that JSON does not have
		p.Params, p.Errors = nil, nil
		body, _ = json.Marshal(p)
	}
	write(w, p.Status, "application/problem+json", body)
}
