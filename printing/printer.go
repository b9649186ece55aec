package printing

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
)

// Prefixes of the ids people see.
const (
	PrinterPrefix = "ptr"
	Prefix        = "prj"
)

// Kinds of printers, formats and media.
const (
	Raw  = "raw"  // bytes over TCP, port 9100
	CUPS = "cups" // a queue of a print server

	ZPL = "zpl"
	PDF = "pdf"

	Media100x150 = "100x150" // millimetres
)

// Device is a printer as it is set up.
type Device struct {
	ID          int64
	NodeID      int64
	Name        string // unique
	Station     string // the bench it stands at; empty = it serves the whole warehouse, and prints labels without being asked
	Kind        string
	Address     string
	Format      string
	Media       string
	Language    string // of the captions
	Answers     bool   // see Place
	Enabled     bool
	Condition   string // as it was when it was last looked at
	ConditionAt int64  // since when, UTC microseconds
}

const longest = 100

// validate finds every mistake of a printer that came from outside.
func (p Device) validate() *fault.Fault {
	return fault.Join(
		text("name", p.Name, 1), text("station", p.Station, 0), text("address", p.Address, 1),
		oneOf("kind", p.Kind, Raw, CUPS), oneOf("format", p.Format, ZPL, PDF), oneOf("media", p.Media, Media100x150),
		oneOf("language", p.Language, words.Languages...),
	)
}

func text(field, value string, least int) *fault.Fault {
	n := utf8.RuneCountInString(value)
	if n < least || n > longest || value != strings.TrimSpace(value) || strings.ContainsFunc(value, unicode.IsControl) {
		return fault.Invalidf(field, "printing.text", "%s must have %d to %d characters on one line, without space around it", field, least, longest).
			With("field", field).With("min", int64(least)).With("max", int64(longest))
	}
	return nil
}

func oneOf(field, value string, list ...string) *fault.Fault {
	for _, known := range list {
		if value == known {
			return nil
		}
	}
	return fault.Invalidf(field, "printing.choice", "%s must be one of %s, not %q", field, strings.Join(list, ", "), value).
		With("field", field).With("list", list).With("value", value)
}

const deviceColumns = `id, node_id, name, station, kind, address, format, media, language, answers, enabled, condition, condition_at`

var (
	putDevice = db.Upsert("printing_printer", "id bigint, node_id bigint, name text, station text, kind text, address text, format text, media text, language text, "+
		"answers boolean, enabled boolean, condition text, condition_at bigint", 1,
		"node_id = excluded.node_id, name = excluded.name, station = excluded.station, kind = excluded.kind, address = excluded.address, format = excluded.format, "+
			"media = excluded.media, language = excluded.language, answers = excluded.answers, enabled = excluded.enabled, condition = excluded.condition, condition_at = excluded.condition_at")
	setCondition = db.Change("printing_printer", "id bigint, condition text, at bigint", 1, "condition = x.condition, condition_at = x.at", "t.id = x.id")

	selDevices = db.NewSQL(`SELECT ` + deviceColumns + ` FROM printing_printer ORDER BY id`)
)

func scanDevice(r *db.Rows) (p Device) {
	r.Scan(&p.ID, &p.NodeID, &p.Name, &p.Station, &p.Kind, &p.Address, &p.Format, &p.Media, &p.Language, &p.Answers, &p.Enabled, &p.Condition, &p.ConditionAt)
	return p
}

func (p Device) save(tx *db.Tx) {
	tx.Put(putDevice, p.ID, p.NodeID, p.Name, p.Station, p.Kind, p.Address, p.Format, p.Media, p.Language, p.Answers, p.Enabled, p.Condition, p.ConditionAt)
}

// Devices lists the printers, oldest first.
func Devices(tx *db.Tx) ([]Device, error) { return db.All(tx.Query(selDevices), scanDevice) }

// choose is the printer for a label of a node: that of the station, or, without one, the first that serves the whole node.
// ok is false when there is none.
func choose(list []Device, node int64, station string) (p Device, ok bool) {
	for _, p := range list {
		if p.NodeID == node && p.Station == station && p.Enabled {
			return p, true
		}
	}
	return Device{}, false
}
