package access

import (
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
)

// Entry is one line of the audit log: who did what to which thing. It names the fields that a change touched and never
// says what stood in them.
type Entry struct {
	ID      int64
	At      int64  // UTC microseconds, of the company's clock
	Actor   string // "user:…" or "key:…"
	Act     string // "order.reveal", "session.begin", or the operation of the API
	Object  string // an id or a name; empty where there is none
	Fields  string // that were set, separated by spaces
	Purpose string // of a reveal or an export
	Note    string // what somebody wrote, or a code: Begun, dry_run
	Address string // of the caller
	Request string // id of the request, as the log has it
}

// Begun is the note of an act that is many transactions, whose entry was written before the first of them: it tells that
// somebody asked for it, and that it began. What it changed before a crash is never without its entry.
const Begun = "begun"

// Purposes are the reasons for which personal data may be revealed.
var Purposes = []string{"customer_request", "address_correction", "delivery_problem", "carrier_claim", "fraud_check", "legal", "migration"}

// AuditFilter narrows a list of entries; what is empty or 0 narrows nothing. Times are UTC microseconds.
type AuditFilter struct {
	Object, Actor, Act string
	Since, Until       int64 // not before, and before
	Oldest             bool  // begin with the oldest
}

const auditColumns = `id, at, actor, act, object, fields, purpose, note, address, request`

var insEntry = db.Insert("access_audit", "id bigint, at bigint, actor text, act text, object text, fields text, purpose text, note text, address text, request text")

// auditBy reads entries by the column that leaves the fewest of them, newest first and oldest first: each has its index.
var auditBy = map[string][2]*db.SQL{"": bothWays(""), "object": bothWays("object = $4 AND "), "actor": bothWays("actor = $5 AND "), "act": bothWays("act = $6 AND ")}

func bothWays(lead string) [2]*db.SQL {
	text := `SELECT ` + auditColumns + ` FROM access_audit WHERE ` + lead +
		`id > $1 AND id < $2 AND (object = $4 OR $4 = '') AND (actor = $5 OR $5 = '') AND (act = $6 OR $6 = '') ORDER BY id `
	return [2]*db.SQL{db.NewSQL(text + `DESC LIMIT $3`), db.NewSQL(text + `LIMIT $3`)}
}

// longestEntry bounds every text of an entry, in bytes.
const longestEntry = 2000

// Record adds an entry to the audit log of the company whose transaction it is. ID and At are set here.
func Record(tx *db.Tx, e Entry) {
	e.At = tx.Micros()
	record(tx, e)
}

// record adds an entry of the moment it says.
func record(tx *db.Tx, e Entry) {
	tx.Put(insEntry, tx.NewID(), e.At, cut(e.Actor), cut(e.Act), cut(e.Object), cut(e.Fields), cut(e.Purpose), cut(e.Note), cut(e.Address), cut(e.Request))
}

func cut(text string) string {
	if len(text) <= longestEntry {
		return text
	}
	end := longestEntry
	for end > 0 && text[end]&0xC0 == 0x80 { // not inside a character
		end--
	}
	return text[:end]
}

// Entries lists the log in the order of the filter, behind an id (0 = from the beginning).
func Entries(tx *db.Tx, f AuditFilter, behind int64, limit int) ([]Entry, error) {
	above, below := int64(0), int64(1<<63-1)
	if f.Since > 0 {
		above = id.Floor(f.Since) - 1
	}
	if f.Until > 0 {
		below = id.Floor(f.Until)
	}
	way := 0
	if f.Oldest {
		way, above = 1, max(above, behind)
	} else if behind > 0 {
		below = min(below, behind)
	}
	lead := ""
	switch {
	case f.Object != "":
		lead = "object"
	case f.Actor != "":
		lead = "actor"
	case f.Act != "":
		lead = "act"
	}
	return db.All(tx.Query(auditBy[lead][way], above, below, limit, f.Object, f.Actor, f.Act), func(r *db.Rows) (e Entry) {
		r.Scan(&e.ID, &e.At, &e.Actor, &e.Act, &e.Object, &e.Fields, &e.Purpose, &e.Note, &e.Address, &e.Request)
		return e
	})
}
