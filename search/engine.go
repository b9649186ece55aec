package search

import (
	"strings"

	"github.com/packhorse/packhorse/internal/db"
)

// The two engines keep their index of words each in its own way: FTS5 and a GIN index over tsvector. This file is all
// that differs.
var (
	putLite     = db.NewSQL(`INSERT OR REPLACE INTO search_document (rowid, terms) VALUES ($1, $2)`)
	putPostgres = db.NewSQL(`INSERT INTO search_document (order_id, terms) SELECT * FROM unnest($1::bigint[], $2::text[])
	  ON CONFLICT (order_id) DO UPDATE SET terms = excluded.terms`)

	findLite     = db.NewSQL(`SELECT rowid FROM search_document WHERE search_document MATCH $1 AND rowid < $2 ORDER BY rowid DESC LIMIT $3`)
	findPostgres = db.NewSQL(`SELECT order_id FROM search_document
	  WHERE array_to_tsvector(string_to_array(terms, ' ')) @@ CAST($1 AS tsquery) AND order_id < $2 ORDER BY order_id DESC LIMIT $3`)
)

// put writes the terms of orders, in place of those that were there.
func put(tx *db.Tx, orders []int64, terms []string) error {
	if tx.Postgres() {
		_, err := tx.Exec(putPostgres, orders, terms)
		return err
	}
	for i, key := range orders {
		if _, err := tx.Exec(putLite, key, terms[i]); err != nil {
			return err
		}
	}
	return nil
}

// find lists orders that fit every part, newest first, older than before.
func find(tx *db.Tx, parts []wanted, before int64, limit int) ([]int64, error) {
	statement, text := findLite, phrase(parts, ` OR `, ` AND `, `"*`)
	if tx.Postgres() {
		statement, text = findPostgres, phrase(parts, ` | `, ` & `, `":*`)
		text = strings.ReplaceAll(text, `"`, `'`)
	}
	return db.All(tx.Query(statement, text, before, limit), func(r *db.Rows) (key int64) { r.Scan(&key); return key })
}

// phrase writes the parts in an engine's language. Terms are letters and digits, so nothing in them can be an operator.
func phrase(parts []wanted, or, and, begins string) string {
	var all []string
	for _, p := range parts {
		var one []string
		for _, t := range p.terms {
			one = append(one, `"`+t+`"`)
		}
		for _, t := range p.tails {
			one = append(one, `"`+t+begins)
		}
		all = append(all, "("+strings.Join(one, or)+")")
	}
	return strings.Join(all, and)
}
