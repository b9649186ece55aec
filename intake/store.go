package intake

import (
	"slices"

	"github.com/packhorse/packhorse/internal/db"
)

var (
	insDocument = db.Insert("intake_document", "id bigint, channel text, shop text, external_id text, revision bigint, external_revision bigint, hash text, "+
		"source text, received_at bigint, order_id bigint, outcome text, body text")

	// One seek in the unique index for each order number: it begins with the number, so that PostgreSQL cannot think of
	// reading all of a shop's documents instead.
	selHistory = db.NewSQL(`SELECT external_id, id, revision, external_revision, hash, order_id, outcome FROM intake_document
	  WHERE channel = $1 AND shop = $2 AND external_id = ANY($3) ORDER BY revision`)
	selBodies = db.NewSQL(`SELECT id, body FROM intake_document WHERE id = ANY($1) ORDER BY id`)
)

// filed is a document in the inbox, without its body.
type filed struct {
	id, revision, orderID int64
	external              int64 // revision as the channel counts; 0 where it does not
	hash, outcome         string
}

// history is what the inbox knows of one order.
type history struct {
	last    filed    // the newest that was not refused: what the order follows; zero when there is none
	top     int64    // the highest revision taken
	newest  int64    // the highest revision of the channel that was followed: what comes without one does not lower it
	said    []string // the hashes of what was followed under it
	refused []string
}

// histories reads the inbox for some orders; one that it does not know is missing.
func histories(tx *db.Tx, items []*item) (map[key]history, error) {
	type account struct{ channel, shop string }
	numbers := map[account][]string{}
	var accounts []account
	for _, it := range items {
		a := account{it.channel, it.shop}
		if numbers[a] == nil {
			accounts = append(accounts, a)
		}
		numbers[a] = append(numbers[a], it.number)
	}
	out := make(map[key]history)
	for _, a := range accounts {
		rows := tx.Query(selHistory, a.channel, a.shop, numbers[a])
		for rows.Next() {
			k := key{channel: a.channel, shop: a.shop}
			var f filed
			rows.Scan(&k.number, &f.id, &f.revision, &f.external, &f.hash, &f.orderID, &f.outcome)
			h := out[k]
			h.add(f)
			out[k] = h
		}
		if err := rows.Close(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (h *history) add(f filed) {
	h.top = f.revision
	if f.outcome == Refused {
		h.refused = append(h.refused, f.hash)
		return
	}
	if f.external > h.newest {
		h.newest, h.said = f.external, nil
	}
	if f.external > 0 && f.external == h.newest {
		h.said = append(h.said, f.hash)
	}
	h.last = f
}

// bodies reads the bodies of documents in the inbox.
func bodies(tx *db.Tx, ids []int64) (map[int64]string, error) {
	out := make(map[int64]string, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	rows := tx.Query(selBodies, ids)
	for rows.Next() {
		var id int64
		var body string
		rows.Scan(&id, &body)
		out[id] = body
	}
	return out, rows.Close()
}

// entry is a document to be filed.
type entry struct {
	*arrival
	filed
}

// putDocuments files documents in the order of their keys, so that two transactions which create the same
// orders wait for each other instead of locking each other out.
func putDocuments(tx *db.Tx, entries []entry) {
	slices.SortFunc(entries, func(a, b entry) int { return a.key.compare(b.key) })
	for _, e := range entries {
		tx.Put(insDocument, e.id, e.channel, e.shop, e.number, e.filed.revision, e.external, e.arrival.hash, e.source, tx.Micros(), e.filed.orderID, e.outcome, e.body)
	}
}

var selOrderOf = db.NewSQL(`SELECT order_id FROM intake_document WHERE channel = $1 AND shop = $2 AND external_id = $3 AND order_id <> 0
  ORDER BY revision DESC LIMIT 1`)

// OrderOf finds the order that a channel knows by a number; found is false when there is none.
func OrderOf(tx *db.Tx, channel, shop, number string) (order int64, found bool, err error) {
	found, err = tx.Query(selOrderOf, channel, shop, number).One(&order)
	return order, found, err
}
