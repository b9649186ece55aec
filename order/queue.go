package order

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Place is where a page of a sorted queue ended. The zero Place is before everything.
type Place struct {
	Rank
	ID int64
}

// compare orders two places as a queue is sorted.
func (p Place) compare(o Place, sort string) int {
	byFine := 0
	if sort == ByFine {
		byFine = cmp.Compare(p.Fine, o.Fine)
	}
	return cmp.Or(byFine, cmp.Compare(p.Due, o.Due), cmp.Compare(p.ID, o.ID))
}

// Sorted is a part of the queues, the most urgent order first.
type Sorted struct {
	Orders   []Summary
	Next     Place // behind it the following page begins
	Complete bool  // nothing follows
}

// queueReach is how many orders of each queue one page looks at: what keeps a page that few orders pass under five
// milliseconds.
const queueReach = 400

// sorting is one order of a queue: the columns of its index behind those that name the queue.
type sorting struct {
	columns []string
	of      func(*Place) []*int64 // the columns' values in a place
}

var sortings = map[string]sorting{
	ByDeadline: {[]string{"due_rank", "id"}, func(p *Place) []*int64 { return []*int64{&p.Due, &p.ID} }},
	ByFine:     {[]string{"fine_rank", "due_rank", "id"}, func(p *Place) []*int64 { return []*int64{&p.Fine, &p.Due, &p.ID} }},
}

// behind is the condition that goes on behind a place, with its parameters from $first on.
func (s sorting) behind(first int) string {
	marks := make([]string, len(s.columns))
	for i := range marks {
		marks[i] = fmt.Sprintf("$%d", first+i)
	}
	return "(" + strings.Join(s.columns, ", ") + ") > (" + strings.Join(marks, ", ") + ")"
}

// from gives the parameters of behind.
func (s sorting) from(p Place) (args []any) {
	for _, v := range s.of(&p) {
		args = append(args, *v)
	}
	return args
}

func (s sorting) order() string { return strings.Join(s.columns, ", ") }

// stream is one queue in one order: its places that pass a filter, and the last of those one page looks at.
type stream struct{ places, last *db.SQL }

var streams = func() map[[2]string]stream {
	out := map[[2]string]stream{}
	for name, s := range sortings {
		for _, where := range queueConditions() {
			part := fmt.Sprintf(` FROM order_head WHERE %s AND %s ORDER BY %s LIMIT %d`, where, s.behind(1), s.order(), queueReach)
			n := len(s.columns)
			out[[2]string{name, where}] = stream{
				places: db.NewSQL(fmt.Sprintf(`SELECT due_rank, fine_rank, id FROM (SELECT id, due_rank, fine_rank, channel, shop, kind, review, fulfilment, delivery, payment, placed_at%s) AS h
				  WHERE %s ORDER BY %s LIMIT $%d`, part, passes(n+1), s.order(), n+10)),
				last: db.NewSQL(fmt.Sprintf(`SELECT %[1]s, (SELECT count(*) FROM (SELECT id%[2]s) AS c) FROM (SELECT %[1]s%[2]s) AS h ORDER BY %[3]s DESC LIMIT 1`,
					s.order(), part, strings.Join(s.columns, " DESC, "))),
			}
		}
	}
	return out
}()

// passes is the filter of a list, with its nine parameters from $first on.
func passes(first int) string {
	var all []string
	for i, column := range []string{"channel", "shop", "kind", "review", "fulfilment", "delivery", "payment"} {
		all = append(all, fmt.Sprintf("($%d = '' OR h.%s = $%d)", first+i, column, first+i))
	}
	return fmt.Sprintf("%s AND (h.placed_at >= $%d OR $%d = 0) AND (h.placed_at < $%d OR $%d = 0)", strings.Join(all, " AND "), first+7, first+7, first+8, first+8)
}

// Urgent reads what waits behind a place, the most urgent first, at most limit (1 to MaxPage): the queues that f names, or all
// open orders. f must name a queue (review pending or held, fulfilment waiting, backordered, allocated or partial) or be
// OpenOnly. Like List, a page looks at a bounded number of orders of each queue: read on until Complete. Faults: order.sort,
// order.no_queue, unknown_value.
func Urgent(tx *db.Tx, f Filter, sort string, after Place, limit int) (Sorted, error) {
	if _, ok := sortings[sort]; !ok {
		return Sorted{}, badSort(sort)
	}
	if err := f.Validate(); err != nil {
		return Sorted{}, err
	}
	queues, err := f.queues()
	if err != nil {
		return Sorted{}, err
	}
	limit = min(max(limit, 1), MaxPage)
	p := merging{sort: sort, limit: limit}
	for _, where := range queues {
		if err := p.read(tx, where, f, after); err != nil {
			return Sorted{}, err
		}
	}
	found, out := p.merge()
	ids := make([]int64, len(found))
	for i, x := range found {
		ids[i] = x.ID
	}
	out.Orders, err = summaries(tx, ids)
	return out, err
}

// merging are the next places of several queues.
type merging struct {
	sort  string
	limit int
	found []Place
	edge  *Place // beyond it some queue was not looked at
}

func (p *merging) read(tx *db.Tx, where string, f Filter, after Place) error {
	s := streams[[2]string{p.sort, where}]
	from := sortings[p.sort].from(after)
	filter := append(slices.Clone(from), f.Channel, f.Shop, f.Kind, f.Review, f.Fulfilment, f.Delivery, f.Payment, f.PlacedFrom, f.PlacedTo, p.limit)
	list, err := db.All(tx.Query(s.places, filter...), scanPlace)
	if err != nil {
		return err
	}
	p.found = append(p.found, list...)
	if len(list) == p.limit {
		p.ends(list[p.limit-1])
		return nil
	}
	var last Place
	var looked int
	into := []any{}
	for _, v := range sortings[p.sort].of(&last) {
		into = append(into, v)
	}
	if _, err := tx.Query(s.last, from...).One(append(into, &looked)...); err != nil || looked < queueReach {
		return err
	}
	p.ends(last)
	return nil
}

func scanPlace(r *db.Rows) (p Place) { r.Scan(&p.Due, &p.Fine, &p.ID); return p }

// ends notes where the reading of one queue stopped before its end.
func (p *merging) ends(at Place) {
	if p.edge == nil || at.compare(*p.edge, p.sort) < 0 {
		p.edge = &at
	}
}

// merge puts the queues together: an order that stands in two of them counts once, and what lies beyond the edge belongs to
// a later page.
func (p *merging) merge() ([]Place, Sorted) {
	slices.SortFunc(p.found, func(a, b Place) int { return a.compare(b, p.sort) })
	all := slices.CompactFunc(p.found, func(a, b Place) bool { return a.ID == b.ID })
	if p.edge != nil {
		n := 0
		for n < len(all) && all[n].compare(*p.edge, p.sort) <= 0 {
			n++
		}
		all = all[:n]
	}
	switch {
	case len(all) > p.limit:
		return all[:p.limit], Sorted{Next: all[p.limit-1]}
	case p.edge != nil:
		return all, Sorted{Next: *p.edge}
	}
	return all, Sorted{Complete: true}
}

// queues are the conditions of the queues a filter looks at.
func (f Filter) queues() ([]string, error) {
	if _, ok := reviewing[f.Review]; ok {
		return []string{queueOf("review", f.Review)}, nil
	}
	if _, ok := working[f.Fulfilment]; ok {
		return []string{queueOf("fulfilment", f.Fulfilment)}, nil
	}
	if f.OpenOnly {
		return queueConditions(), nil
	}
	return nil, fault.Invalidf("sort", "order.no_queue", "only what waits can be sorted so; name a queue with review or fulfilment, or ask for open orders")
}

var selSummaries = db.NewSQL(`SELECT ` + strings.ReplaceAll(summaryColumns, "\n", " ") + ` FROM order_head WHERE id = ANY($1)`)

// summaries reads orders as a list shows them, in the order of ids.
func summaries(tx *db.Tx, ids []int64) ([]Summary, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := db.All(tx.Query(selSummaries, ids), scanSummary)
	if err != nil {
		return nil, err
	}
	at := map[int64]int{}
	for i, key := range ids {
		at[key] = i
	}
	slices.SortFunc(found, func(a, b Summary) int { return cmp.Compare(at[a.ID], at[b.ID]) })
	return found, countLines(tx, found)
}
