// Package fault is the one error type that crosses a boundary.
//
// A fault carries a stable code (what a program reads), a sentence in English
// (what a log reads), the field it is about, and parameters from which the text
// for a person is rendered in their language. Anything that is not a fault is an
// internal error: its text goes to the log and never to a user.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what the caller can do about a fault. It decides the HTTP status.
type Kind int

const (
	Invalid     Kind = iota + 1 // the input is wrong; the same call can never succeed (422)
	NotFound                    // there is no such thing, or it is not yours to see (404)
	Conflict                    // the state of things does not allow it now (409)
	Denied                      // you may not (403)
	Unknown                     // we do not know who you are (401)
	TooLarge                    // more than we take at once (413)
	TooMany                     // slow down (429)
	Unavailable                 // try again later (503)
	Mismatch                    // an idempotency key was used for another request (422)
)

// Fault is an error that somebody outside can act on.
type Fault struct {
	Kind    Kind
	Code    string         // stable, dotted, e.g. "order.not_found"
	Field   string         // the input it is about, as a path: "lines[2].quantity"; empty if none
	Params  map[string]any // what the sentence is made of, for rendering in another language
	Message string         // one English sentence that says what to do
	Causes  []*Fault       // the single mistakes, when several were found at once
}

// New makes a fault. The message follows fmt.Sprintf.
func New(kind Kind, code, message string, args ...any) *Fault {
	return &Fault{Kind: kind, Code: code, Message: fmt.Sprintf(message, args...)}
}

// Invalidf is the most common fault: a field that holds something it must not.
func Invalidf(field, code, message string, args ...any) *Fault {
	f := New(Invalid, code, message, args...)
	f.Field = field
	return f
}

// With adds a parameter and returns the same fault.
func (f *Fault) With(name string, value any) *Fault {
	if f.Params == nil {
		f.Params = map[string]any{}
	}
	f.Params[name] = value
	return f
}

// Error names the field where there is one, because a reader of a log has only this line.
func (f *Fault) Error() string {
	var b strings.Builder
	if f.Field != "" {
		b.WriteString(f.Field + ": ")
	}
	b.WriteString(f.Message)
	for _, c := range f.Causes {
		b.WriteString("; " + c.Error())
	}
	return b.String()
}

// Is makes errors.Is compare faults by code, so that package-level faults can be used as sentinels.
func (f *Fault) Is(target error) bool {
	var t *Fault
	return errors.As(target, &t) && t.Code == f.Code
}

// As returns the fault inside err, if there is one.
func As(err error) (*Fault, bool) {
	var f *Fault
	ok := errors.As(err, &f)
	return f, ok
}

// Code returns the code of the fault inside err, "internal" for any other error and "" for nil.
func Code(err error) string {
	if err == nil {
		return ""
	}
	if f, ok := As(err); ok {
		return f.Code
	}
	return "internal"
}

// Join makes one fault out of several mistakes; nil when there are none, the mistake itself when there is one.
func Join(causes ...*Fault) *Fault {
	kept := causes[:0:0]
	for _, c := range causes {
		if c != nil {
			kept = append(kept, c)
		}
	}
	switch len(kept) {
	case 0:
		return nil
	case 1:
		return kept[0]
	}
	return &Fault{Kind: kept[0].Kind, Code: "invalid", Message: fmt.Sprintf("%d mistakes", len(kept)), Causes: kept}
}
