package api

import (
	"slices"
	"time"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
)

// exportedList is a list that can be written into a file: with the right that the list itself asks for.
type exportedList struct {
	scope access.Scope
	path  string   // the parameter that stands in the list's address; empty = none
	codes []string // of its columns: column.<code> is what stands above them
	page  func(w *writing) (rows [][]any, next string, err error)
}

// writing is a list that is being written: the caller at it, and how they want to read it.
type writing struct {
	call  *call
	list  exportedList
	zone  *time.Location
	lang  string
	plain bool // people in plain text, which was asked for with a purpose
}

// people are the columns that come with plain text.
var people = []string{"name", "phone", "address"}

func (w *writing) codes() []string {
	if w.plain {
		return slices.Concat(w.list.codes, people)
	}
	return w.list.codes
}

// head is the line above the rows, in the reader's language.
func (w *writing) head() []string {
	out := slices.Clone(w.codes())
	for i, code := range out {
		out[i] = words.Render(w.lang, "column."+code, nil)
	}
	return out
}

// name is a value by its word: name("order.review", "held"). One without a word stays as it is.
func (w *writing) name(area, value string) string {
	if code := area + "." + value; value != "" && words.Has(w.lang, code) {
		return words.Render(w.lang, code, nil)
	}
	return value
}

// when shows a moment in the zone that was asked for, so that it can be sorted as text.
func (w *writing) when(text string) string {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return text
	}
	return t.In(w.zone).Format("2006-01-02 15:04:05")
}

// column is a column of a list of R.
type column[R any] struct {
	code string
	cell func(w *writing, row R) any
}

// listing makes a list exported: do is what answers it, of takes a page of it apart.
func listing[P, R any](scope access.Scope, do func(*call) (P, error), of func(P) ([]R, string), columns ...column[R]) exportedList {
	out := exportedList{scope: scope}
	for _, c := range columns {
		out.codes = append(out.codes, c.code)
	}
	out.page = func(w *writing) (rows [][]any, next string, err error) {
		p, err := do(w.call)
		if err != nil {
			return nil, "", err
		}
		list, next := of(p)
		for _, r := range list {
			row := make([]any, len(columns), len(columns)+len(people))
			for i, c := range columns {
				row[i] = c.cell(w, r)
			}
			rows = append(rows, row)
		}
		return rows, next, nil
	}
	return out
}

// named is a list whose address has a parameter: an export gives it with the others.
func named(parameter string, l exportedList) exportedList {
	l.path = parameter
	return l
}

// orderListing is list-orders: with a purpose, people stand behind each row in plain text.
func orderListing() exportedList {
	out := listing(access.OrdersRead, (*call).listOrders, func(p OrderPage) ([]OrderSummary, string) { return p.Orders, p.NextCursor }, orderColumns(func(o OrderSummary) OrderSummary { return o })...)
	masked := out.page
	out.page = func(w *writing) ([][]any, string, error) {
		rows, next, err := masked(w)
		if err != nil || !w.plain {
			return rows, next, err
		}
		return rows, next, w.reveal(rows, slices.Index(out.codes, "id"))
	}
	return out
}

// reveal puts the people behind rows that have the id of their order at a place.
func (w *writing) reveal(rows [][]any, place int) error {
	keys := make([]int64, len(rows))
	for i, row := range rows {
		text, _ := row[place].(string)
		key, err := id.Parse(order.Prefix, text)
		if err != nil {
			return err
		}
		keys[i] = key
	}
	var heads map[int64]*order.Order
	err := w.call.DB.View(w.call.ctx, func(tx *db.Tx) (err error) { heads, err = order.ByIDs(tx, sorted(keys)); return err })
	if err != nil {
		return err
	}
	for i, key := range keys {
		var r order.Recipient
		if o := heads[key]; o != nil {
			r = o.Recipient
		}
		rows[i] = append(rows[i], r.Name, r.Phone, r.Province+r.City+r.District+r.Address)
	}
	return nil
}

// orderColumns are those of a list whose rows hold an order.
func orderColumns[R any](of func(R) OrderSummary) []column[R] {
	col := func(code string, cell func(w *writing, o OrderSummary) any) column[R] {
		return column[R]{code, func(w *writing, r R) any { return cell(w, of(r)) }}
	}
	return []column[R]{
		col("order_no", func(_ *writing, o OrderSummary) any { return o.ExternalNo }),
		col("channel", func(_ *writing, o OrderSummary) any { return o.Channel }),
		col("shop", func(_ *writing, o OrderSummary) any { return o.Shop }),
		col("kind", func(w *writing, o OrderSummary) any { return w.name("order.kind", o.Kind) }),
		col("placed_at", func(w *writing, o OrderSummary) any { return w.when(o.PlacedAt) }),
		col("payment", func(w *writing, o OrderSummary) any { return w.name("order.payment", o.Payment) }),
		col("review", func(w *writing, o OrderSummary) any { return w.name("order.review", o.Review) }),
		col("fulfilment", func(w *writing, o OrderSummary) any { return w.name("order.fulfilment", o.Fulfilment) }),
		col("delivery", func(w *writing, o OrderSummary) any { return w.name("order.delivery", o.Delivery) }),
		col("aftersale", func(w *writing, o OrderSummary) any { return w.name("order.aftersale", o.AfterSale) }),
		col("total", func(_ *writing, o OrderSummary) any { return sheet.Decimal(o.Total) }),
		col("currency", func(_ *writing, o OrderSummary) any { return o.Currency }),
		col("lines", func(_ *writing, o OrderSummary) any { return o.Lines }),
		col("units", func(_ *writing, o OrderSummary) any { return o.Units }),
		col("recipient", func(_ *writing, o OrderSummary) any { return o.Recipient }),
		col("province", func(_ *writing, o OrderSummary) any { return o.Province }),
		col("city", func(_ *writing, o OrderSummary) any { return o.City }),
		col("deadline", func(w *writing, o OrderSummary) any { return w.when(o.Deadline) }),
		col("fine", func(_ *writing, o OrderSummary) any { return sheet.Decimal(o.FineAtRisk) }),
		col("id", func(_ *writing, o OrderSummary) any { return o.ID }),
	}
}
