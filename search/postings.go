package search

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
)

// A posting says that an order has a term. Whatever is asked for, an index scan gives the newest orders that have it, so that
// an answer costs as much as is shown and not as much as would fit: a bitmap of all that fit, sorted, took milliseconds
// for each thousand. A posting may promise too much (a number of which only the end is there, two words of one hash): the
// line of the order decides.
var (
	selLines = db.NewSQL(`SELECT order_id, terms FROM search_document WHERE order_id = ANY($1)`)
	putLines = db.NewSQL(`INSERT INTO search_document (order_id, terms) SELECT * FROM unnest($1::bigint[], $2::text[])
	  ON CONFLICT (order_id) DO UPDATE SET terms = excluded.terms`)
	addPostings = db.NewSQL(`INSERT INTO search_posting (term, order_id) SELECT * FROM unnest($1::bigint[], $2::bigint[]) ON CONFLICT DO NOTHING`)
	cutPostings = db.NewSQL(`DELETE FROM search_posting AS p USING unnest($1::bigint[], $2::bigint[]) AS x(term, order_id)
	  WHERE p.term = x.term AND p.order_id = x.order_id`)
	selPostings = db.NewSQL(`SELECT k.part, k.term, p.order_id FROM unnest($1::bigint[], $2::bigint[]) AS k(part, term)
	  CROSS JOIN LATERAL (SELECT order_id FROM search_posting WHERE term = k.term AND order_id < $3 ORDER BY order_id DESC LIMIT $4) AS p`)
)

// posted is the number under which a term is posted. Of a tail only the least that can be asked for counts.
func posted(term string) int64 {
	if term[:1] == codeTail || term[:1] == personalTail {
		term = term[:1+leastTail]
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(term)) // a hash takes everything
	return int64(h.Sum64())
}

// pairs of terms and orders, as the statements take them.
type postings struct{ terms, orders []int64 }

// less lists what of one line is not in another.
func (p *postings) less(order int64, line, other string) {
	had := map[int64]bool{}
	for _, t := range strings.Fields(other) {
		had[posted(t)] = true
	}
	for _, t := range strings.Fields(line) {
		if key := posted(t); !had[key] {
			had[key] = true
			p.terms, p.orders = append(p.terms, key), append(p.orders, order)
		}
	}
}

func putPostings(tx *db.Tx, orders []int64, terms []string) error {
	old, err := linesOf(tx, orders)
	if err != nil || len(orders) == 0 {
		return err
	}
	var gone, fresh postings
	for i, key := range orders {
		gone.less(key, old[key], terms[i])
		fresh.less(key, terms[i], old[key])
	}
	if _, err := tx.Exec(putLines, orders, terms); err != nil {
		return err
	}
	if len(gone.terms) > 0 {
		if _, err := tx.Exec(cutPostings, gone.terms, gone.orders); err != nil {
			return err
		}
	}
	if len(fresh.terms) > 0 {
		_, err = tx.Exec(addPostings, fresh.terms, fresh.orders)
	}
	return err
}

func linesOf(tx *db.Tx, orders []int64) (map[int64]string, error) {
	out := make(map[int64]string, len(orders))
	rows := tx.Query(selLines, orders)
	for rows.Next() {
		var key int64
		var line string
		rows.Scan(&key, &line)
		out[key] = line
	}
	return out, rows.Close()
}

// How many postings of a term are read at once: more from the beginning where parts must meet, or a longer end than is posted.
const (
	meetPostings = 256
	mostPostings = 4096
)

// findPostings goes down the postings in stretches. In each, the part that is rarest there says which orders come into
// question.
func findPostings(tx *db.Tx, parts []wanted, before int64, limit int) (found []int64, err error) {
	most := limit
	if len(parts) > 1 || slices.ContainsFunc(parts[0].tails, func(t string) bool { return len(t) > 1+leastTail }) {
		most = max(most, meetPostings)
	}
	for ; len(found) < limit && before > 0; most = min(4*most, mostPostings) {
		s, err := stretchOf(tx, parts, before, most)
		if err != nil {
			return nil, err
		}
		lines, err := linesOf(tx, s.orders)
		if err != nil {
			return nil, err
		}
		for _, key := range s.orders {
			line, there := lines[key]
			if there && len(found) < limit && !slices.ContainsFunc(parts, func(p wanted) bool { return !p.fits(line) }) {
				found = append(found, key)
			}
		}
		before = s.floor
	}
	return found, nil
}

// stretch are orders that may fit, newest first: all of them down to the floor.
type stretch struct {
	orders []int64
	floor  int64 // 0 = there are no more
}

// has tells whether an order is in the stretch.
func (s stretch) has(order int64) bool {
	_, found := slices.BinarySearchFunc(s.orders, order, func(key, order int64) int { return cmp.Compare(order, key) })
	return found
}

// stretchOf is the stretch of the part that reaches deepest with so many postings of a term, without what another part is
// known not to have.
func stretchOf(tx *db.Tx, parts []wanted, before int64, most int) (deepest stretch, err error) {
	var of, terms []int64
	for i, p := range parts {
		for _, t := range append(slices.Clone(p.terms), p.tails...) {
			of, terms = append(of, int64(i)), append(terms, posted(t))
		}
	}
	all := make([]stretch, len(parts))
	read := map[[2]int64]int{}
	rows := tx.Query(selPostings, of, terms, before, most)
	for rows.Next() {
		var part, term, order int64
		rows.Scan(&part, &term, &order)
		s, key := &all[part], [2]int64{part, term}
		s.orders = append(s.orders, order)
		if read[key]++; read[key] == most { // the last one that was read of this term: below it there may be more
			s.floor = max(s.floor, order)
		}
	}
	for i := range all {
		s := &all[i]
		s.orders = slices.DeleteFunc(s.orders, func(key int64) bool { return key < s.floor })
		slices.Sort(s.orders)
		s.orders = slices.Compact(s.orders)
		slices.Reverse(s.orders)
	}
	deepest = all[0]
	for _, s := range all[1:] {
		if s.floor < deepest.floor || s.floor == deepest.floor && len(s.orders) < len(deepest.orders) {
			deepest = s
		}
	}
	deepest.orders = slices.DeleteFunc(slices.Clone(deepest.orders), func(key int64) bool {
		return slices.ContainsFunc(all, func(s stretch) bool { return key >= s.floor && !s.has(key) })
	})
	return deepest, rows.Close()
}

// fits tells whether a line has one of the terms, or one that begins with one of the tails.
func (w wanted) fits(line string) bool {
	line = " " + line + " "
	return slices.ContainsFunc(w.terms, func(t string) bool { return strings.Contains(line, " "+t+" ") }) ||
		slices.ContainsFunc(w.tails, func(t string) bool { return strings.Contains(line, " "+t) })
}
