package api

import (
	"strconv"
	"time"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
)

const (
	pageSize = 50
	pageMax  = 500
)

func (c *call) query(name string) string { return c.req.URL.Query().Get(name) }

// limit is how many rows a list gives at most. Fault: http.limit.
func (c *call) limit() (int, error) {
	text := c.query("limit")
	if text == "" {
		return pageSize, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > pageMax {
		return 0, fault.Invalidf("limit", "http.limit", "limit must be a number from 1 to %d", pageMax).With("max", pageMax)
	}
	return n, nil
}

// idParam reads an id out of the path. Something that is no id cannot be found either.
func (c *call) idParam(name, prefix string) (int64, error) {
	return known(prefix, c.req.PathValue(name))
}

func known(prefix, text string) (int64, error) {
	v, err := id.Parse(prefix, text)
	if err != nil {
		return 0, fault.New(fault.NotFound, "http.id", "%q is no id here: want %s_ and 13 letters or digits", text, prefix).
			With("id", text).With("prefix", prefix)
	}
	return v, nil
}

// idOf reads an id of a body or a query. Fault: http.id on the field.
func idOf(field, prefix, text string) (int64, error) {
	v, err := id.Parse(prefix, text)
	if err != nil {
		return 0, fault.Invalidf(field, "http.id", "%q is no id here: want %s_ and 13 letters or digits", text, prefix).
			With("id", text).With("prefix", prefix)
	}
	return v, nil
}

// optionalID is idOf where the field may be left out: 0 then.
func optionalID(field, prefix, text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	return idOf(field, prefix, text)
}

// micros reads a time of the query, 0 when it is not there. Fault: http.time.
func (c *call) micros(name string) (int64, error) { return microsOf(name, c.query(name)) }

func microsOf(field, text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return 0, fault.Invalidf(field, "http.time", "%s must be a time like 2026-01-02T15:04:05Z", field).With("field", field)
	}
	return t.UnixMicro(), nil
}

// whole reads a number of the query, or else fallback. Fault: http.number.
func (c *call) whole(name string, fallback int64) (int64, error) {
	text := c.query(name)
	if text == "" {
		return fallback, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, fault.Invalidf(name, "http.number", "%s must be a whole number", name).With("field", name)
	}
	return n, nil
}

// at shows a moment stored in microseconds; none is left out.
func at(micros int64) string {
	if micros == 0 {
		return ""
	}
	return time.UnixMicro(micros).UTC().Format(time.RFC3339Nano)
}

func badAmount(field string, err error) error {
	return fault.Invalidf(field, "http.amount", "%s: %v", field, err).With("field", field).With("cause", err.Error())
}
