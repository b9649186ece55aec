package api

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
)

// eventTells lists the operations whose event names the actor in the same commit as the change: the event log is their record, and the hot
// path of the warehouse writes nothing twice. Every other operation that changes something is in the audit log.
var eventTells = map[string]bool{
	"create-order": true, "create-orders": true, "approve-order": true, "reject-order": true, "hold-order": true, "release-hold": true, "cancel-order": true,
	"claim-order": true, "leave-order": true, "snooze-order": true, "force-order": true, "ask-order": true, // a case that is left was claimed by the same person
	"put-together": true, "put-separate": true, "pack-without": true,
	"release": true, "release-many": true, "release-wave": true, "pick": true, "pick-many": true, "check-scans": true, "try-rule": true, "pack": true, "pack-many": true,
	"ship": true, "ship-many": true, "label": true, "void": true, "reject-fulfilment": true, "hand-over": true, "receive-track": true, "take-hook": true,
	"cancel-line": true, "remind-order": true, "look-at-parcel": true,
	"preview-template": true, "try-carriers": true, "try-return-policy": true, // as try-rule and check-scans: they keep nothing
	"retry-job": true, "scan": true, "next-task": true, "start-task": true, "assign-task": true, "short-pick": true,
	"reveal-order": true, "erase-person": true, "export-list": true, // they write their own, richer entry
}

// AuditEntry is one line of the audit log.
type AuditEntry struct {
	ID      string   `json:"id"`
	At      string   `json:"at"`
	Actor   string   `json:"actor"`
	Act     string   `json:"act" doc:"the operation, as the OpenAPI document names it"`
	Object  string   `json:"object,omitempty"`
	Fields  []string `json:"fields" doc:"names of what was set; never what stood in them"`
	Purpose string   `json:"purpose,omitempty"`
	Note    string   `json:"note,omitempty" doc:"what somebody wrote, or a code: dry_run; begun = an act of many transactions, recorded before the first"`
	Address string   `json:"address,omitempty"`
	Request string   `json:"request,omitempty"`
}

// AuditPage is a page of the audit log, newest first.
type AuditPage struct {
	Entries    []AuditEntry `json:"entries"`
	NextCursor string       `json:"next_cursor,omitempty"`
}

const auditPrefix = "aud"

func (s *Server) audit() {
	query(s, route{path: "/v1/audit", tag: "access", id: "list-audit", scope: access.Audit, summary: "Who did what: settings, people, keys, stock, files, sign-ins, reveals, erasures",
		about: "Newest first; rows are only ever added. What happens to orders and parcels is in the event log with its actor, see list-events and get-timeline. " +
			"Filters narrow together. Problems: http.limit, http.cursor, http.time, unknown_value.",
		params: append(paging(), text("actor", "user:anna or key:floor"), text("object", "an id or a name"), text("act", "such as reveal-order"),
			moment("since", "not before"), moment("until", "before"), text("sort", "newest without one", "newest", "oldest"))}, (*call).listAudit)
}

func (c *call) listAudit() (AuditPage, error) {
	page := AuditPage{Entries: []AuditEntry{}}
	limit, err := c.limit()
	if err != nil {
		return page, err
	}
	behind, err := c.idCursor(auditPrefix)
	if err != nil {
		return page, err
	}
	f, err := c.auditFilter()
	if err != nil {
		return page, err
	}
	if err := c.server.options.Access.MoveNotes(c.ctx, c.who.Company, c.DB); err != nil {
		return page, err
	}
	var list []access.Entry
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		list, err = access.Entries(tx, f, behind, limit)
		return err
	})
	for _, e := range list {
		page.Entries = append(page.Entries, AuditEntry{ID: id.Show(auditPrefix, e.ID), At: at(e.At), Actor: e.Actor, Act: e.Act, Object: e.Object,
			Fields: notNil(strings.Fields(e.Fields)), Purpose: e.Purpose, Note: c.free(e.Note), Address: e.Address, Request: e.Request})
	}
	if len(list) == limit {
		page.NextCursor = id.Show(auditPrefix, list[limit-1].ID)
	}
	return page, err
}

func (c *call) auditFilter() (f access.AuditFilter, err error) {
	sort := c.query("sort")
	if sort != "" && sort != "newest" && sort != "oldest" {
		return f, fault.Invalidf("sort", "unknown_value", "%q is none of newest, oldest", sort).With("value", sort)
	}
	f = access.AuditFilter{Object: c.query("object"), Actor: c.query("actor"), Act: c.query("act"), Oldest: sort == "oldest"}
	if f.Since, err = c.micros("since"); err == nil {
		f.Until, err = c.micros("until")
	}
	return f, err
}

// entry begins an entry of the audit log with what the request says.
func (c *call) entry(act, object string) access.Entry {
	e := access.Entry{Actor: c.actor(), Act: act, Object: object, Fields: strings.Join(fieldsNamed(c.body), " "), Address: c.server.clientOf(c.req)}
	if rec, ok := c.out.(*recorder); ok {
		e.Request = rec.id
	}
	return e
}

// objectOf is what an operation was about: the names in its path, or else the name its body gives the thing.
func objectOf(c *call, r *route) string {
	var parts []string
	for _, name := range pathNames(r.path) {
		parts = append(parts, c.req.PathValue(name))
	}
	if len(parts) > 0 || r.file || len(c.body) > single {
		return strings.Join(parts, " ")
	}
	var named map[string]any
	if json.Unmarshal(c.body, &named) != nil {
		return ""
	}
	for _, field := range []string{"id", "login", "name", "sku", "code", "waybill", "channel"} {
		if text, ok := named[field].(string); ok && text != "" {
			return text
		}
	}
	return ""
}

// maxFields bounds how many fields an entry names.
const maxFields = 50

// fieldsNamed lists the names of the fields of a JSON object, those of an object inside it behind a dot. Names are cut: they come from
// outside.
func fieldsNamed(body []byte) (out []string) {
	var top map[string]json.RawMessage
	if len(body) > single || json.Unmarshal(body, &top) != nil {
		return nil
	}
	for name, raw := range top {
		var inner map[string]json.RawMessage
		if json.Unmarshal(raw, &inner) != nil || len(inner) == 0 {
			out = append(out, short(name))
			continue
		}
		for sub := range inner {
			out = append(out, short(name)+"."+short(sub))
		}
	}
	slices.Sort(out)
	return out[:min(len(out), maxFields)]
}

func short(name string) string {
	name = strings.Join(strings.Fields(name), "_")
	return name[:min(len(name), 64)]
}

// besides lets the entry go into the log with the act, where the act is one transaction of the company.
func (c *call) besides() {
	if c.audit == nil || c.who.Company == "" {
		return
	}
	if c.once == nil {
		c.once = &db.Once{}
	}
	c.once.Beside = func(tx *db.Tx) { access.Record(tx, *c.audit) }
}

// unkeyed is for commands whose answer must not be kept: an Idempotency-Key that came with them counts for nothing.
func (c *call) unkeyed() *db.Once {
	if c.once != nil {
		c.once.Key = ""
	}
	return c.once
}

// directory is the directory in the hands of the caller: what is changed by it is on record, see access.Directory.OnRecord.
func (c *call) directory() *access.Directory {
	c.noted = true
	return c.server.options.Access.OnRecord(c.who.Company, *c.audit)
}

// record sees to it that an operation that was done is in the audit log, if it is not there with the act. What it was is done
// already, so a log that cannot be written is told to the operator and not to the caller.
func (c *call) record(done bool) {
	ctx, err := context.WithoutCancel(c.ctx), error(nil)
	switch {
	case c.noted && c.Services != nil:
		err = c.server.options.Access.MoveNotes(ctx, c.who.Company, c.DB)
	case done && !c.noted && (c.once == nil || !c.once.Replayed && !c.once.Besides):
		err = c.DB.Update(ctx, func(tx *db.Tx) error { access.Record(tx, *c.audit); return nil })
	}
	if err != nil {
		c.log().ErrorContext(c.ctx, "the audit log could not be written", "act", c.audit.Act, "actor", c.actor(), "error", err)
	}
}
