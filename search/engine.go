package search

import (
	"strings"

	"github.com/packhorse/packhorse/internal/db"
)

// The two engines keep their index of words each in its own way: SQLite in FTS5, whose lists of orders are in their order,
// PostgreSQL in postings.
var (
	putLite  = db.NewSQL(`INSERT OR REPLACE INTO search_document (rowid, terms) VALUES ($1, $2)`)
	findLite = db.NewSQL(`SELECT rowid FROM search_document WHERE search_document MATCH $1 AND rowid < $2 ORDER BY rowid DESC LIMIT $3`)
)

// put writes the terms of orders, in place of those that were there.
func put(tx *db.Tx, orders []int64, terms []string) error {
	if tx.Postgres() {
		return putPostings(tx, orders, terms)
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
	if tx.Postgres() {
		return findPostings(tx, parts, before, limit)
	}
	return db.All(tx.Query(findLite, phrase(parts), before, limit), func(r *db.Rows) (key int64) { r.Scan(&key); return key })
}

// phrase writes the parts in the language of FTS5. Terms are letters and digits, so nothing in them can be an operator.
func phrase(parts []wanted) string {
	var all []string
	for _, p := range parts {
		var one []string
		for _, t := range p.terms {
			one = append(one, `"`+t+`"`)
		}
		for _, t := range p.tails {
			one = append(one, `"`+t+`"*`)
		}
		all = append(all, "("+strings.Join(one, " OR ")+")")
	}
	return strings.Join(all, " AND ")
}
