package carton

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// ReadJSON reads problems written as JSON objects one after the other. Fields that are not known are passed over. The error
// names the line, and the field where there is one.
func ReadJSON(r io.Reader) ([]Problem, error) { return readValues[Problem](r) }

// ReadHistories reads histories as ReadJSON reads problems.
func ReadHistories(r io.Reader) ([]History, error) { return readValues[History](r) }

func readValues[T interface{ Validate() error }](r io.Reader) ([]T, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	var list []T
	for from := 0; ; {
		from += len(text[from:]) - len(bytes.TrimLeft(text[from:], " \t\r\n"))
		if from == len(text) && len(list) > 0 {
			return list, nil
		}
		in := json.NewDecoder(bytes.NewReader(text[from:]))
		var raw json.RawMessage
		if err := in.Decode(&raw); err != nil {
			return nil, mistake(text, from, err)
		}
		var v T
		if err := json.Unmarshal(raw, &v); err != nil {
			return nil, mistake(text, from, err)
		}
		if err := v.Validate(); err != nil {
			return nil, fmt.Errorf("the value in line %d: %w", lineOf(text, from), err)
		}
		list = append(list, v)
		from += len(raw)
	}
}

// mistake says in which line of the text the value from a place on is wrong.
func mistake(text []byte, from int, err error) error {
	var form *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &form):
		return fmt.Errorf("line %d: no JSON: %w", lineOf(text, from+int(form.Offset)), form)
	case errors.As(err, &kind) && kind.Field != "":
		return fmt.Errorf("line %d: %s must be a %s, not a %s", lineOf(text, from+int(kind.Offset)), kind.Field, kind.Type, kind.Value)
	case errors.As(err, &kind):
		return fmt.Errorf("line %d: an object is expected, not a %s", lineOf(text, from), kind.Value)
	}
	return fmt.Errorf("line %d: the JSON ends too soon", lineOf(text, len(text)))
}

func lineOf(text []byte, offset int) int {
	return 1 + bytes.Count(text[:min(max(offset, 0), len(text))], []byte("\n"))
}
