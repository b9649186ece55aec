package intake

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/money"
)

// wholeOrder is the line of a mistake that belongs to no line.
const wholeOrder = -1

// mistake is a fault at its place: the API names it by a path, the order file by a row.
type mistake struct {
	line  int // index into Lines, or wholeOrder
	found *fault.Fault
}

func (m mistake) fault() *fault.Fault {
	if m.line == wholeOrder {
		return m.found
	}
	out := *m.found
	out.Field = strings.TrimSuffix(fmt.Sprintf("lines[%d].%s", m.line, out.Field), ".")
	return &out
}

// mistakes applies every rule to a clean document.
func (d *Document) mistakes() []mistake {
	var all []mistake
	add := func(line int, faults ...*fault.Fault) {
		for _, f := range faults {
			if f != nil {
				all = append(all, mistake{line, f})
			}
		}
	}
	for _, f := range d.texts() {
		add(wholeOrder, f.check())
	}
	add(wholeOrder, d.checkCodes()...)
	add(wholeOrder, checkCount(len(d.Lines)))
	first := map[int64]int{}
	for i := range d.Lines {
		l := &d.Lines[i]
		for _, f := range l.texts() {
			add(i, f.check())
		}
		add(i, l.checkNumbers()...)
		if had, twice := first[l.LineNo]; twice {
			add(i, fault.Invalidf("line_no", "intake.line_duplicate", "line number %d stands twice in the order", l.LineNo).
				With("line_no", l.LineNo).With("first", had))
			continue
		}
		first[l.LineNo] = i
	}
	if money.Valid(d.Currency) {
		_, wrong := d.amounts()
		all = append(all, wrong...)
	}
	return all
}

func (f textField) check() *fault.Fault {
	text := *f.value
	switch {
	case text == "" && f.required:
		return required(f.name)
	case utf8.RuneCountInString(text) > f.most:
		return fault.Invalidf(f.name, "intake.text_too_long", "%s has more than %d characters", f.name, f.most).
			With("column", f.name).With("max", f.most)
	case strings.ContainsFunc(text, f.forbidden) || !utf8.ValidString(text):
		return fault.Invalidf(f.name, "intake.text_control", "%s holds characters that cannot be printed", f.name).With("column", f.name)
	case text != "" && f.kind == timeText:
		if _, ok := parseTime(text); !ok {
			return fault.Invalidf(f.name, "intake.time", "%q is not a time like 2026-03-01T09:30:00+08:00", text).
				With("column", f.name).With("value", text)
		}
	}
	return nil
}

func required(column string) *fault.Fault {
	return fault.Invalidf(column, "intake.required", "%s must be filled in", column).With("column", column)
}

// forbidden characters are control characters; a note or an address may have several lines.
func (f textField) forbidden(r rune) bool {
	if f.kind == plainText && (r == '\n' || r == '\t') {
		return false
	}
	return unicode.IsControl(r)
}

func (d *Document) checkCodes() []*fault.Fault {
	var all []*fault.Fault
	if d.Currency != "" && !money.Valid(d.Currency) {
		all = append(all, fault.Invalidf("currency", "intake.currency", "%q is no currency of ISO 4217; write CNY for yuan, JPY for yen", d.Currency).With("value", d.Currency))
	}
	if d.Country != "" && !twoLetters(d.Country) {
		all = append(all, fault.Invalidf("country", "intake.country", "%q is not a country code of two letters like CN", d.Country).With("value", d.Country))
	}
	switch d.OrderKind {
	case "", "normal", "presale", "cod", "exchange", "reship", "gift", "dropship":
	default:
		all = append(all, unknown("order_kind", "intake.order_kind", d.OrderKind, "normal, presale, cod, exchange, reship, gift, dropship"))
	}
	switch d.PaymentStatus {
	case "", "unpaid", "authorized", "paid", "refunded":
	default:
		all = append(all, unknown("payment_status", "intake.payment_status", d.PaymentStatus, "unpaid, authorized, paid, refunded"))
	}
	if d.ExternalRevision < 0 {
		all = append(all, fault.Invalidf("external_revision", "intake.revision", "external_revision must not be negative"))
	}
	if (d.RecipientToken == "") != (d.TokenIssuer == "") {
		all = append(all, fault.Invalidf("token_issuer", "intake.token_issuer", "recipient_token and token_issuer belong together: a token is good only at its issuer"))
	}
	return all
}

func twoLetters(code string) bool {
	return len(code) == 2 && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

func unknown(field, code, value, known string) *fault.Fault {
	return fault.Invalidf(field, code, "%q is not one of %s", value, known).With("value", value).With("known", known)
}

func checkCount(lines int) *fault.Fault {
	switch {
	case lines == 0:
		return fault.Invalidf("lines", "intake.lines_none", "the order has no lines")
	case lines > MaxLines:
		return fault.Invalidf("lines", "intake.lines_too_many", "the order has %d lines; at most %d are taken", lines, MaxLines).
			With("have", lines).With("max", MaxLines)
	}
	return nil
}

func (l *Line) checkNumbers() []*fault.Fault {
	var all []*fault.Fault
	if l.LineNo < 1 || l.LineNo > MaxQuantity {
		all = append(all, fault.Invalidf("line_no", "intake.line_no", "line number %d is not between 1 and %d", l.LineNo, MaxQuantity).
			With("value", l.LineNo).With("max", MaxQuantity))
	}
	if l.Quantity < 1 || l.Quantity > MaxQuantity {
		all = append(all, fault.Invalidf("quantity", "intake.quantity", "quantity %d is not between 1 and %d", l.Quantity, MaxQuantity).
			With("value", l.Quantity).With("max", MaxQuantity))
	}
	return all
}
