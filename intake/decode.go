package intake

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/packhorse/packhorse/internal/fault"
)

// Decode reads one document from JSON and makes it clean; Validate is the caller's next step.
// Amounts may be JSON numbers: their literal text is kept. Names are exact; what is not
// known goes to Extra. Faults: intake.json; intake.type for each field of the wrong JSON type.
func Decode(body []byte) (Document, error) {
	var d Document
	err := json.Unmarshal(body, &d)
	if _, ours := fault.As(err); err == nil || ours {
		return d, err
	}
	return d, notJSON(err)
}

func notJSON(cause error) *fault.Fault {
	return fault.New(fault.Invalid, "intake.json", "the body is not a JSON object (%v)", cause).With("cause", cause.Error())
}

// UnmarshalJSON reads a document as Decode describes.
func (d *Document) UnmarshalJSON(body []byte) error {
	var o object
	if err := json.Unmarshal(body, &o.fields); err != nil {
		return notJSON(err)
	}
	if o.fields == nil {
		return notJSON(errors.New("null"))
	}
	*d = Document{}
	for _, f := range d.texts() {
		o.text(f)
	}
	o.integer("external_revision", &d.ExternalRevision)
	if b := o.boolean("cancelled"); b != nil {
		d.Cancelled = *b
	}
	d.MaySplit = o.boolean("may_split")
	d.Lines = o.lines()
	d.Extra = o.rest()
	d.Clean()
	if f := fault.Join(o.wrong...); f != nil {
		return f
	}
	return nil
}

// object takes known fields out of a JSON object and remembers which had a wrong type.
type object struct {
	path   string
	fields map[string]json.RawMessage
	wrong  []*fault.Fault
}

// take removes a field; nil when it is absent or null, which mean the same.
func (o *object) take(name string) json.RawMessage {
	raw := o.fields[name]
	delete(o.fields, name)
	if string(raw) == "null" {
		return nil
	}
	return raw
}

func (o *object) mistyped(name, want string) {
	o.wrong = append(o.wrong, fault.Invalidf(o.path+name, "intake.type", "%s must be %s", o.path+name, want).
		With("column", o.path+name).With("want", want))
}

func (o *object) text(f textField) {
	raw := o.take(f.name)
	switch {
	case raw == nil:
	case f.kind == amountText && raw[0] != '"':
		var n json.Number
		if json.Unmarshal(raw, &n) != nil {
			o.mistyped(f.name, "an amount")
			return
		}
		*f.value = n.String()
	case json.Unmarshal(raw, f.value) != nil:
		o.mistyped(f.name, "a text")
	}
}

func (o *object) integer(name string, value *int64) {
	if raw := o.take(name); raw != nil && json.Unmarshal(raw, value) != nil {
		o.mistyped(name, "a whole number")
	}
}

// boolean takes true and false, and 1 and 0 as the order file writes them.
func (o *object) boolean(name string) *bool {
	raw := o.take(name)
	switch string(raw) {
	case "":
		return nil
	case "true", "1":
		return new(true)
	case "false", "0":
		return new(false)
	}
	o.mistyped(name, "true or false")
	return nil
}

func (o *object) lines() []Line {
	raw := o.take("lines")
	if raw == nil {
		return nil
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		o.mistyped("lines", "a list of lines")
		return nil
	}
	lines := make([]Line, len(list))
	for i, body := range list {
		path := fmt.Sprintf("lines[%d]", i)
		inner := object{path: path + "."}
		if json.Unmarshal(body, &inner.fields) != nil || inner.fields == nil {
			o.mistyped(path, "an object")
			continue
		}
		inner.line(&lines[i])
		o.wrong = append(o.wrong, inner.wrong...)
	}
	return lines
}

func (o *object) line(l *Line) {
	for _, f := range l.texts() {
		o.text(f)
	}
	o.integer("line_no", &l.LineNo)
	o.integer("quantity", &l.Quantity)
	l.Extra = o.rest()
}

// rest is what nobody took; nil when nothing is left.
func (o *object) rest() map[string]json.RawMessage {
	if len(o.fields) == 0 {
		return nil
	}
	return o.fields
}
