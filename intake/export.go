package intake

import (
	"context"
	"strconv"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/order"
)

// exportChunk is how many orders are read at once: each chunk is a short transaction of its own, so that the export of
// a million orders keeps nobody waiting.
const exportChunk = 500

// fileHeader is the order file as it is written.
var fileHeader = []string{
	"order_no", "placed_at", "order_kind", "payment_status", "paid_at", "paid_amount", "payment_method", "currency",
	"buyer_id", "buyer_ip", "buyer_token", "recipient_name", "phone", "email", "country", "province", "city", "district", "address", "postcode",
	"line_no", "sku", "title", "quantity", "unit_price", "line_discount", "shipping_fee", "order_discount",
	"ship_by", "collect_by", "promised_by", "may_split", "buyer_note", "seller_note", "recipient_token", "token_issuer",
}

// Exported counts what an order file holds, and what was left out of it.
type Exported struct {
	Orders    int `json:"orders"`
	Rows      int `json:"rows"`
	Cancelled int `json:"cancelled"` // orders left out because nothing of them is wanted any more
}

// ExportOrders writes the orders of one shop at one channel as the order file that ImportOrders reads, oldest first,
// one row per line with the order on each. Imported for the same channel and shop again it changes nothing. It
// says what is stored now: masked recipients stay masked and keep their token. Lines that are cancelled are
// left out, and so are orders of which nothing else is left. progress, which may be nil, is told the orders done.
//
// With an empty channel it writes everybody's orders behind two columns more, channel and shop, which an import
// keeps but does not follow. The caller closes w. Fault: intake.required for a shop without its channel.
//
// personal writes people in plain text. Without it they are masked, in columns of other names, so that nobody imports masks over
// what they hide.
func (s *Service) ExportOrders(ctx context.Context, w *sheet.Writer, channel, shop string, personal bool, progress func(done int)) (Exported, error) {
	e := export{w: w, columns: fileHeader, hides: !personal}
	if e.hides {
		e.columns = maskedHeader()
	}
	if channel == "" {
		if shop != "" {
			return e.Exported, required("channel")
		}
		e.columns = append([]string{"channel", "shop"}, e.columns...)
	}
	if err := w.Write(e.columns); err != nil {
		return e.Exported, err
	}
	for after := int64(0); ; {
		ids, found, err := s.stored(ctx, channel, shop, after)
		if err != nil {
			return e.Exported, err
		}
		for _, id := range ids {
			if err := e.write(found[id]); err != nil {
				return e.Exported, err
			}
			after = id
		}
		if progress != nil {
			progress(e.Orders + e.Cancelled)
		}
		if len(ids) < exportChunk {
			return e.Exported, nil
		}
	}
}

// stored reads the next orders behind an id.
func (s *Service) stored(ctx context.Context, channel, shop string, after int64) (ids []int64, found map[int64]*order.Order, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		if ids, err = order.Walk(tx, channel, shop, after, exportChunk); err != nil || len(ids) == 0 {
			return err
		}
		found, err = order.ByIDs(tx, ids)
		return err
	})
	return ids, found, err
}

// export is an order file being written.
type export struct {
	Exported
	w       *sheet.Writer
	columns []string
	hides   bool
}

// hidden are the columns that tell who somebody is; those of the value true are shown masked.
var hidden = map[string]bool{"recipient_name": true, "phone": true, "email": true, "address": true, "postcode": true, "buyer_id": false, "buyer_ip": false,
	"buyer_token": false, "recipient_token": false, "token_issuer": false, "buyer_note": false, "seller_note": false}

const maskedSuffix = "_masked"

func maskedHeader() (out []string) {
	for _, c := range fileHeader {
		shown, personal := hidden[c]
		switch {
		case shown:
			out = append(out, c+maskedSuffix)
		case !personal:
			out = append(out, c)
		}
	}
	return out
}

func (e *export) write(o *order.Order) error {
	if e.hides {
		plain := *o
		plain.Recipient = o.Recipient.Masked()
		o = &plain
	}
	d := documentOf(o)
	if len(d.Lines) == 0 || o.Fulfilment == order.FulfilmentCancelled || o.Review == order.ReviewCancelled {
		e.Cancelled++
		return nil
	}
	e.Orders++
	said := map[string]string{"may_split": flag(*d.MaySplit)}
	for _, f := range d.texts() {
		said[f.name] = *f.value
	}
	cells := make([]string, len(e.columns))
	for i := range d.Lines {
		d.Lines[i].say(said)
		for j, c := range e.columns {
			cells[j] = said[strings.TrimSuffix(c, maskedSuffix)]
		}
		if err := e.w.Write(cells); err != nil {
			return err
		}
		e.Rows++
	}
	return nil
}

// say puts the cells of a line in the place of those of the line before.
func (l *Line) say(said map[string]string) {
	said["line_no"], said["quantity"] = strconv.FormatInt(l.LineNo, 10), strconv.FormatInt(l.Quantity, 10)
	for _, f := range l.texts() {
		said[f.name] = *f.value
	}
}

func flag(b bool) string {
	if b {
		return "1"
	}
	return "0"
}
