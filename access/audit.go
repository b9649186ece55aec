package access

import (
	"github.com/packhorse/packhorse/internal/db"
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
	Note    string
	Address string // of the caller
	Request string // id of the request, as the log has it
}

// Purposes are the reasons for which personal data may be revealed.
var Purposes = []string{"customer_request", "address_correction", "delivery_problem", "carrier_claim", "fraud_check", "legal", "migration"}

// AuditFilter narrows a list of entries. At most one field is used, in this order.
type AuditFilter struct{ Object, Actor, Act string }

const auditColumns = `id, at, actor, act, object, fields, purpose, note, address, request`

var (
	insEntry    = db.Insert("access_audit", "id bigint, at bigint, actor text, act text, object text, fields text, purpose text, note text, address text, request text")
	selEntries  = db.NewSQL(`SELECT ` + auditColumns + ` FROM access_audit WHERE id < $1 ORDER BY id DESC LIMIT $2`)
	selByObject = db.NewSQL(`SELECT ` + auditColumns + ` FROM access_audit WHERE object = $3 AND id < $1 ORDER BY id DESC LIMIT $2`)
	selByActor  = db.NewSQL(`SELECT ` + auditColumns + ` FROM access_audit WHERE actor = $3 AND id < $1 ORDER BY id DESC LIMIT $2`)
	selByAct    = db.NewSQL(`SELECT ` + auditColumns + ` FROM access_audit WHERE act = $3 AND id < $1 ORDER BY id DESC LIMIT $2`)
)

// longestEntry bounds every text of an entry, in bytes.
const longestEntry = 2000

// Record adds an entry to the audit log of the company whose transaction it is. ID and At are set here.
func Record(tx *db.Tx, e Entry) {
	tx.Put(insEntry, tx.NewID(), tx.Micros(), cut(e.Actor), cut(e.Act), cut(e.Object), cut(e.Fields), cut(e.Purpose), cut(e.Note), cut(e.Address), cut(e.Request))
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

// Entries lists the log from the newest down, before an id (0 = from the top).
func Entries(tx *db.Tx, f AuditFilter, before int64, limit int) ([]Entry, error) {
	if before == 0 {
		before = 1<<63 - 1
	}
	statement, args := selEntries, []any{before, limit}
	switch {
	case f.Object != "":
		statement, args = selByObject, append(args, f.Object)
	case f.Actor != "":
		statement, args = selByActor, append(args, f.Actor)
	case f.Act != "":
		statement, args = selByAct, append(args, f.Act)
	}
	return db.All(tx.Query(statement, args...), func(r *db.Rows) (e Entry) {
		r.Scan(&e.ID, &e.At, &e.Actor, &e.Act, &e.Object, &e.Fields, &e.Purpose, &e.Note, &e.Address, &e.Request)
		return e
	})
}
