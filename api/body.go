package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/packhorse/packhorse/internal/fault"
)

const (
	single   = 1 << 20  // bytes of a body about one thing
	many     = 20 << 20 // bytes of a bulk or a file
	maxDepth = 32       // of nested JSON; our deepest document has four levels
)

// readBody reads a whole body of at most limit bytes. Faults: http.body_too_large (413), http.body_cut (400).
func readBody(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, error) {
	if r.ContentLength > limit {
		return nil, bodyTooLarge(limit)
	}
	body := http.MaxBytesReader(w, r.Body, limit)
	if n := r.ContentLength; n >= 0 {
		b := make([]byte, n)
		if _, err := io.ReadFull(body, b); err != nil {
			return nil, bodyCut(err)
		}
		return b, nil
	}
	b, err := io.ReadAll(body)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, bodyTooLarge(limit)
	case err != nil:
		return nil, bodyCut(err)
	}
	return b, nil
}

func bodyTooLarge(limit int64) error {
	return fault.New(fault.TooLarge, "http.body_too_large", "the body is larger than the %d bytes taken here; divide it", limit).With("limit", limit)
}

func bodyCut(err error) error {
	return status(http.StatusBadRequest, "http.body_cut", "the body ended early (%v)", err)
}

// checkJSON refuses text that no field could hold, and nesting made to exhaust a parser. It does not
// check the grammar: the decoder does. Faults (400): http.utf8, http.nul, http.depth.
func checkJSON(body []byte) error {
	if !utf8.Valid(body) {
		return status(http.StatusBadRequest, "http.utf8", "the body is not UTF-8")
	}
	depth, inside := 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case c == 0:
			return nul()
		case inside && c == '\\':
			if bytes.HasPrefix(body[i:], []byte(`\u0000`)) {
				return nul()
			}
			i++
		case c == '"':
			inside = !inside
		case inside:
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return status(http.StatusBadRequest, "http.depth", "the body is nested more than %d levels deep", maxDepth)
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return nil
}

func nul() error {
	return status(http.StatusBadRequest, "http.nul", "the body holds a NUL character, which no text may have")
}

// decode reads a JSON body strictly: a field that is not known is a mistake in writing, and silently dropping it
// would do something other than what was asked. An empty body is an empty object. Faults: http.json (400),
// http.type, http.field_unknown (422).
func decode(body []byte, into any) error {
	if len(bytes.TrimSpace(body)) == 0 {
		body = []byte("{}")
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if err == nil {
		if _, err = d.Token(); errors.Is(err, io.EOF) {
			return nil
		}
		return status(http.StatusBadRequest, "http.json", "the body goes on after its JSON value")
	}
	var mistyped *json.UnmarshalTypeError
	if errors.As(err, &mistyped) {
		return fault.Invalidf(mistyped.Field, "http.type", "%s holds a %s; it must be a %s", mistyped.Field, mistyped.Value, mistyped.Type).
			With("field", mistyped.Field).With("have", mistyped.Value).With("want", mistyped.Type.String())
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		name = strings.Trim(name, `"`)
		return fault.Invalidf(name, "http.field_unknown", "there is no field %s here", name).With("field", name)
	}
	if f, ok := fault.As(err); ok {
		return f
	}
	return status(http.StatusBadRequest, "http.json", "the body is not JSON as it is wanted here (%v)", err)
}
