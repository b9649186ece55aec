package access

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// The directory is another database than that of the company whose audit log tells of people, keys and sign-ins. So an entry is
// noted in the directory with the act itself, and moved to the log afterwards: after a crash it is still there to be moved.

// note is an entry that waits for an act on the directory; nil notes nothing.
type note struct {
	companies []string
	entry     Entry
}

// OnRecord is the directory in the hands of somebody: whatever is changed by it is noted in the same transaction for the log of a
// company. A sign-in names its company and who it was itself. MoveNotes brings the notes to the log.
func (d *Directory) OnRecord(company string, e Entry) *Directory {
	out := *d
	out.note = &note{companies: []string{company}, entry: e}
	return &out
}

// OnRecordEverywhere is OnRecord for what holds in every company: it is noted for the log of each.
func (d *Directory) OnRecordEverywhere(ctx context.Context, e Entry) (*Directory, error) {
	list, err := d.Companies(ctx)
	out := *d
	out.note = &note{entry: e}
	for _, c := range list {
		out.note.companies = append(out.note.companies, c.Name)
	}
	return &out, err
}

// of is the note of somebody who was a stranger before.
func (n *note) of(who Principal) *note {
	if n == nil {
		return nil
	}
	e := n.entry
	e.Actor = who.Name
	return &note{companies: []string{who.Company}, entry: e}
}

var (
	insNote  = db.Insert("access_noted", "id bigint, company text, at bigint, entry text")
	selNotes = db.NewSQL(`SELECT id, at, entry FROM access_noted WHERE company = $1 ORDER BY id LIMIT 500`)
	delNote  = db.NewSQL(`DELETE FROM access_noted WHERE id = $1`)
)

func (n *note) write(tx *db.Tx) {
	if n == nil {
		return
	}
	raw, _ := json.Marshal(n.entry) // texts and numbers always have a JSON form
	for _, company := range n.companies {
		tx.Put(insNote, tx.NewID(), company, tx.Micros(), string(raw))
	}
}

// act changes the directory, with the note of whoever does it.
func (d *Directory) act(ctx context.Context, fn func(*db.Tx) error) error {
	return d.db.Update(ctx, func(tx *db.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		d.note.write(tx)
		return nil
	})
}

// MoveNotes brings the notes about a company to its audit log, each once however often it is tried.
func (d *Directory) MoveNotes(ctx context.Context, company string, to *db.DB) error {
	type noted struct {
		id, at int64
		entry  string
	}
	var list []noted
	err := d.db.View(ctx, func(tx *db.Tx) (err error) {
		list, err = db.All(tx.Query(selNotes, company), func(r *db.Rows) (n noted) { r.Scan(&n.id, &n.at, &n.entry); return n })
		return err
	})
	if err != nil {
		return err
	}
	for _, n := range list {
		var e Entry
		if err := json.Unmarshal([]byte(n.entry), &e); err != nil {
			return err
		}
		e.At = n.at
		once := &db.Once{Key: "audit/" + strconv.FormatInt(n.id, 10), Hash: hashKey(n.entry)}
		_, err := db.Command(ctx, to, once, func(tx *db.Tx) (struct{}, error) { record(tx, e); return struct{}{}, nil })
		if fault.Code(err) == "idempotency.in_flight" {
			continue // somebody else moves it
		}
		if err == nil {
			err = d.db.Update(ctx, func(tx *db.Tx) error { _, err := tx.Exec(delNote, n.id); return err })
		}
		if err != nil {
			return err
		}
	}
	return nil
}
