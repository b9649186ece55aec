package order

import (
	"encoding/json"
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

// onTime is how soon an order comes in that is not late. Late ones are in an index of their own, from ten minutes less on, so that
// PlacedTo cuts none off.
const onTime = time.Hour

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
// or partial, and OpenOnly) read their own index and never walk through history; nor does what few orders are: a delivery that
// failed, came back or is not whole, a payment that is not made, an order that was rejected or cancelled, an unusual kind.
// PlacedTo begins at the orders of its time, after those that came in late.
func List(tx *db.Tx, f Filter, cursor int64, limit int) (Page, error) {
	if err := f.Validate(); err != nil {
		return Page{}, err
	}
	limit = min(max(limit, 1), MaxPage)
	if cursor <= 0 {
		cursor = 1<<63 - 1
	}
	lowest := int64(0)
	if f.PlacedFrom > 0 {
		lowest = id.Floor(f.PlacedFrom - slack.Microseconds()) // no order comes in before it was placed
	}
	src := sourceOf(f)
	first := id.Floor(f.PlacedTo + onTime.Microseconds())
	if src != everything || f.PlacedTo == 0 || cursor <= first {
		return src.read(tx, f, cursor, lowest, limit)
	}
	late, err := cameLate.read(tx, f, cursor, max(lowest, first), limit)
	if err != nil || !late.Complete {
		return late, err
	}
	return late.then(func(more int) (Page, error) { return src.read(tx, f, first, lowest, more) }, first, limit)
}

// then goes on behind a complete page, whose source had nothing below from.
func (p Page) then(read func(limit int) (Page, error), from int64, limit int) (Page, error) {
	if len(p.Orders) == limit {
		p.Next, p.Complete = from, false
		return p, nil
	}
	rest, err := read(limit - len(p.Orders))
	rest.Orders = append(p.Orders, rest.Orders...)
	return rest, err
}

// read reads one page of a source, whose cursor is above 0.
func (src source) read(tx *db.Tx, f Filter, cursor, lowest int64, limit int) (Page, error) {
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

const summaryColumns = `id, channel, shop, external_no, kind, placed_at, currency, total, recipient, country, province, city,
  ship_by, collect_by, promised_by, priority, due_rank, fine_rank, created_at, updated_at, payment, review, fulfilment, delivery, aftersale`

const summaryFilter = ` WHERE ($3 = '' OR h.channel = $3) AND ($4 = '' OR h.shop = $4) AND ($5 = '' OR h.kind = $5)
  AND ($6 = '' OR h.review = $6) AND ($7 = '' OR h.fulfilment = $7) AND ($8 = '' OR h.delivery = $8) AND ($9 = '' OR h.payment = $9)
  AND (h.placed_at >= $10 OR $10 = 0) AND (h.placed_at < $11 OR $11 = 0) ORDER BY h.id DESC LIMIT $12`

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
