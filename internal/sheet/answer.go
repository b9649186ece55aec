package sheet

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
)

// Answer is what every import says when it is done. Rows counts the lines read;
// Created, Updated and Unchanged count units (orders, SKUs, locations).
type Answer struct {
	Rows      int         `json:"rows"`
	Created   int         `json:"created"`
	Updated   int         `json:"updated"`
	Unchanged int         `json:"unchanged"`
	Rejected  []Rejection `json:"rejected"`
}

// Rejection is one mistake in one row. Row is 0 when no row can be named.
type Rejection struct {
	Row     int            `json:"row"`
	Field   string         `json:"field"`
	Code    string         `json:"code"`
	Message string         `json:"message"`
	Params  map[string]any `json:"-"` // what the sentence is made of, for In
}

// Reject lists each mistake of a fault against a row. A fault about nothing gives none.
func Reject(row int, f *fault.Fault) []Rejection {
	if f == nil {
		return nil
	}
	causes := f.Causes
	if len(causes) == 0 {
		causes = []*fault.Fault{f}
	}
	out := make([]Rejection, len(causes))
	for i, c := range causes {
		out[i] = Rejection{Row: row, Field: c.Field, Code: c.Code, Message: c.Message, Params: c.Params}
	}
	return out
}

// SortRejections puts rejections in the order of the file; mistakes of one row keep their order.
func SortRejections(list []Rejection) {
	slices.SortStableFunc(list, func(a, b Rejection) int { return cmp.Compare(a.Row, b.Row) })
}

// MarshalJSON writes the contract's shape; rejected is a list even when it is empty.
func (a Answer) MarshalJSON() ([]byte, error) {
	type plain Answer
	if a.Rejected == nil {
		a.Rejected = []Rejection{}
	}
	return json.Marshal(plain(a))
}

// In returns the answer with its messages in another language; codes without a sentence keep theirs.
func (a Answer) In(lang string) Answer {
	lang = words.Language(lang)
	a.Rejected = slices.Clone(a.Rejected)
	for i, r := range a.Rejected {
		if words.Has(lang, r.Code) {
			a.Rejected[i].Message = words.Render(lang, r.Code, r.Params)
		}
	}
	return a
}
