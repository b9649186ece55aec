package order

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
)

// MaxPage is the largest page of a list.
const MaxPage = 200

// reach is how many orders one page looks at: what keeps a page of a million orders under five milliseconds.
const reach = 1000

// slack is how far a channel's clock may run ahead of ours before PlacedFrom would cut an order off.
const slack = 24 * time.Hour

// Filter narrows a list of orders; empty fields do not. Times are UTC microseconds, From included, To not.
type Filter struct {
	Review, Fulfilment, Delivery, Payment string
	Channel, Shop, Kind                   string
	PlacedFrom, PlacedTo                  int64
	OpenOnly                              bool // only orders that wait for somebody: for review, or for the warehouses
}

// Validate refuses a state that does not exist. Fault: unknown_value, with the field.
func (f Filter) Validate() error {
	for _, s := range []struct{ axis, value string }{
		{"review", f.Review}, {"fulfilment", f.Fulfilment}, {"delivery", f.Delivery}, {"payment", f.Payment},
	} {
		if s.value == "" {
			continue
		}
		if err := Known(s.axis, s.value); err != nil {
			return err
		}
	}
	return nil
}

// Summary is an order as a list shows it: no lines, and of the recipient what a list needs.
type Summary struct {
	ID                        int64
	Channel, Shop, ExternalNo string
	Kind                      string
	PlacedAt                  int64
	Currency                  string
	Total                     int64
	Recipient                 string // the name, masked where the channel masks it
	Country, Province, City   string
	ShipBy, CollectBy         int64
	PromisedBy                int64
	Priority                  int64
	Rank                      Rank
	CreatedAt, UpdatedAt      int64
	LineCount, Units          int64 // lines, and units still wanted
	LiveHolds                 int64
	Axes
}

// Page is a part of a list, newest order first.
type Page struct {
	Orders   []Summary
	Next     int64 // the cursor of the following page; 0 when Complete
	Complete bool  // nothing follows
}

// List reads orders behind a cursor (0 = from the newest), newest first, at most limit (1 to MaxPage).
//
// A page looks at a bounded number of orders, so a filter that few orders pass gives a short or even an empty
// page with a cursor: read on until Complete. Queues (review pending or held, fulfilment waiting, backordered, allocated
// or partial, and OpenOnly) read their own index and never walk through history.
func List(tx *db.Tx, f Filter, cursor int64, limit int) (Page, error) {
	if err := f.Validate(); err != nil {
		return Page{}, err
	}
	limit = min(max(limit, 1), MaxPage)
	if cursor <= 0 {
		cursor = 1<<63 - 1
	}
	src, lowest := sourceOf(f), int64(0)
	if f.PlacedFrom > 0 {
		lowest = id.Floor(f.PlacedFrom - slack.Microseconds()) // no order comes in before it was placed
	}
	found, err := db.All(tx.Query(src.page, cursor, lowest, f.Channel, f.Shop, f.Kind, f.Review, f.Fulfilment,
		f.Delivery, f.Payment, f.PlacedFrom, f.PlacedTo, limit), scanSummary)
	if err != nil {
		return Page{}, err
	}
	page := Page{Orders: found}
	if len(found) == limit {
		page.Next = found[limit-1].ID
	} else if err := page.end(tx, src, cursor, lowest); err != nil {
		return Page{}, err
	}
	return page, countLines(tx, page.Orders)
}

// end finds where a page stopped that the filter did not fill.
func (p *Page) end(tx *db.Tx, src source, cursor, lowest int64) error {
	var looked, last int64
	if _, err := tx.Query(src.end, cursor, lowest).One(&looked, &last); err != nil {
		return err
	}
	p.Complete = looked < int64(src.reach)
	if !p.Complete {
		p.Next = last
	}
	return nil
}

// source is where the orders of a list come from: an index, and how much of it one page reads.
type source struct {
	page, end *db.SQL
	reach     int
}

// The queues. A partial index is only used when its own condition and the literal value stand in the statement.
const (
	ofReviewIndex = `review IN ('pending', 'held')`
	ofWorkIndex   = `fulfilment IN ('waiting', 'backordered', 'allocated', 'partial')`
)

var (
	everything = scan("TRUE")
	reviewing  = map[string]source{
		ReviewPending: scan(queueOf("review", ReviewPending)), ReviewHeld: scan(queueOf("review", ReviewHeld)),
	}
	working = map[string]source{
		FulfilmentWaiting: scan(queueOf("fulfilment", FulfilmentWaiting)), FulfilmentBackordered: scan(queueOf("fulfilment", FulfilmentBackordered)),
		FulfilmentAllocated: scan(queueOf("fulfilment", FulfilmentAllocated)), FulfilmentPartial: scan(queueOf("fulfilment", FulfilmentPartial)),
	}
	open = openOrders()
)

// sourceOf picks the narrowest index that holds everything the filter can pass.
func sourceOf(f Filter) source {
	if s, ok := reviewing[f.Review]; ok {
		return s
	}
	if s, ok := working[f.Fulfilment]; ok {
		return s
	}
	if f.OpenOnly {
		return open
	}
	return everything
}

func queueOf(column, value string) string {
	index := ofReviewIndex
	if column == "fulfilment" {
		index = ofWorkIndex
	}
	return fmt.Sprintf("%s = '%s' AND %s", column, value, index)
}

const summaryColumns = `id, channel, shop, external_no, kind, placed_at, currency, total, recipient, country, province, city,
  ship_by, collect_by, promised_by, priority, due_rank, fine_rank, created_at, updated_at, payment, review, fulfilment, delivery, aftersale`

const summaryFilter = ` WHERE ($3 = '' OR h.channel = $3) AND ($4 = '' OR h.shop = $4) AND ($5 = '' OR h.kind = $5)
  AND ($6 = '' OR h.review = $6) AND ($7 = '' OR h.fulfilment = $7) AND ($8 = '' OR h.delivery = $8) AND ($9 = '' OR h.payment = $9)
  AND (h.placed_at >= $10 OR $10 = 0) AND (h.placed_at < $11 OR $11 = 0) ORDER BY h.id DESC LIMIT $12`

// scan reads one index from the cursor downwards.
func scan(where string) source {
	return source{page: db.NewSQL(pageText(where)), end: db.NewSQL(endText(where)), reach: reach}
}

func pageText(where string) string {
	return `SELECT * FROM (SELECT ` + summaryColumns + stretch(where, reach) + `) AS h` + summaryFilter
}

func endText(where string) string {
	return `SELECT count(*), COALESCE(min(h.id), 0) FROM (SELECT id` + stretch(where, reach) + `) AS h`
}

func stretch(where string, most int) string {
	return fmt.Sprintf(` FROM order_head WHERE %s AND id < $1 AND id >= $2 ORDER BY id DESC LIMIT %d`, where, most)
}

// openText merges the queues: each gives its newest MaxPage, and of those the newest MaxPage are surely the
// newest of all. An order that stands in two queues counts once.
func openText() string {
	var queues []string
	for i, where := range queueConditions() {
		queues = append(queues, fmt.Sprintf(`SELECT id FROM (SELECT id%s) AS q%d`, stretch(where, MaxPage), i))
	}
	return fmt.Sprintf(`SELECT id FROM (%s) AS u ORDER BY id DESC LIMIT %d`, strings.Join(queues, " UNION "), MaxPage)
}

func openOrders() source {
	return source{
		page:  db.NewSQL(`SELECT ` + summaryColumns + ` FROM (` + openText() + `) AS o JOIN order_head AS h USING (id)` + summaryFilter),
		end:   db.NewSQL(`SELECT count(*), COALESCE(min(o.id), 0) FROM (` + openText() + `) AS o`),
		reach: MaxPage,
	}
}

// queueConditions lists the queues of open orders, each as its index wants to be asked.
func queueConditions() []string {
	return []string{queueOf("review", ReviewPending), queueOf("review", ReviewHeld), queueOf("fulfilment", FulfilmentWaiting),
		queueOf("fulfilment", FulfilmentBackordered), queueOf("fulfilment", FulfilmentAllocated), queueOf("fulfilment", FulfilmentPartial)}
}

func scanSummary(r *db.Rows) (s Summary) {
	var recipient string
	r.Scan(&s.ID, &s.Channel, &s.Shop, &s.ExternalNo, &s.Kind, &s.PlacedAt, &s.Currency, &s.Total, &recipient, &s.Country, &s.Province, &s.City,
		&s.ShipBy, &s.CollectBy, &s.PromisedBy, &s.Priority, &s.Rank.Due, &s.Rank.Fine, &s.CreatedAt, &s.UpdatedAt, &s.Payment, &s.Review, &s.Fulfilment, &s.Delivery, &s.AfterSale)
	var who struct {
		Name string `json:"name"`
	}
	if recipient != "" {
		_ = json.Unmarshal([]byte(recipient), &who) // we wrote it; `packhorse check` reports one that does not parse
	}
	s.Recipient = who.Name
	return s
}

var (
	selLineCounts = db.NewSQL(`SELECT order_id, count(*), CAST(COALESCE(sum(quantity - cancelled), 0) AS BIGINT) FROM order_line WHERE order_id = ANY($1) GROUP BY order_id`)
	selHoldCounts = db.NewSQL(`SELECT order_id, count(*) FROM order_hold WHERE order_id = ANY($1) AND released_at = 0 GROUP BY order_id`)
)

// countLines fills in how much is in each order, and how many holds lie on it.
func countLines(tx *db.Tx, list []Summary) error {
	if len(list) == 0 {
		return nil
	}
	at := make(map[int64]*Summary, len(list))
	ids := make([]int64, len(list))
	for i := range list {
		at[list[i].ID], ids[i] = &list[i], list[i].ID
	}
	rows := tx.Query(selLineCounts, ids)
	for rows.Next() {
		var key, lines, units int64
		rows.Scan(&key, &lines, &units)
		if s := at[key]; s != nil {
			s.LineCount, s.Units = lines, units
		}
	}
	if err := rows.Close(); err != nil {
		return err
	}
	rows = tx.Query(selHoldCounts, ids)
	for rows.Next() {
		var key, holds int64
		rows.Scan(&key, &holds)
		if s := at[key]; s != nil {
			s.LiveHolds = holds
		}
	}
	return rows.Close()
}
