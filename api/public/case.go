package public

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/link"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
)

type caseView struct {
	page
	No, Case, Head, Under, Tone string
	New                         bool
	Steps                       []step
	Items                       []item
	Photos                      []shownPhoto
	Facts                       []pair
	Refunds                     []pair
	Waybill, WaybillOf          string
	Form, Track                 string
	Cancel, Label, Bill         bool
	Wrong                       string
}

// errNoCase is the answer about a return of another order, or of none.
var errNoCase = fault.New(fault.NotFound, "public.no_case", "there is no such return")

// ownCase is the return of the address, where it is of the order of the link. Fault: public.no_case.
func (v *visit) ownCase() (*order.Order, aftersales.Detail, error) {
	o, err := v.order(link.Return)
	if err != nil {
		return nil, aftersales.Detail{}, err
	}
	key, err := id.Parse(aftersales.Prefix, strings.ToLower(v.r.PathValue("case")))
	if err != nil {
		return nil, aftersales.Detail{}, errNoCase
	}
	d, err := v.AfterSales.Case(v.r.Context(), key)
	if err == nil && d.OrderID != o.ID {
		err = errNoCase
	}
	return o, d, err
}

func (p *Pages) showCase(v *visit) error {
	o, d, err := v.ownCase()
	if err != nil {
		return err
	}
	return v.casePage(o, d, http.StatusOK, "")
}

// changeCase calls a return off, asks for its waybill, or takes the number of one.
func (p *Pages) changeCase(v *visit) error {
	if err := p.options.Foreign(v.r); err != nil {
		return err
	}
	o, d, err := v.ownCase()
	if err != nil {
		return err
	}
	ctx, form := v.r.Context(), v.r.PostForm
	switch form.Get("do") {
	case "cancel":
		_, err = v.AfterSales.Cancel(ctx, nil, aftersales.DecideIn{CaseID: d.ID, Actor: actor})
	case "label":
		_, err = v.AfterSales.Label(ctx, nil, aftersales.LabelIn{CaseID: d.ID, Actor: actor})
	case "bill":
		bill := strings.TrimSpace(form.Get("bill"))
		if bill == "" || !billFits(bill) {
			return v.casePage(o, d, http.StatusUnprocessableEntity, v.Say("public.wrong_bill"))
		}
		_, err = v.AfterSales.Label(ctx, nil, aftersales.LabelIn{CaseID: d.ID, Waybill: bill, Actor: actor})
	}
	if f := refused(err); f != nil {
		return v.casePage(o, d, http.StatusConflict, v.sentence(f))
	}
	if err != nil {
		return err
	}
	return v.to(v.base()+"/"+d.Name(), url.Values{})
}

func (v *visit) casePage(o *order.Order, d aftersales.Detail, status int, wrong string) error {
	f, err := v.facts(o)
	if err != nil {
		return err
	}
	offer, err := v.AfterSales.Offer(v.r.Context(), o.ID)
	if err != nil {
		return err
	}
	back, err := v.Links.Path(link.Track, o.ID)
	if err != nil {
		return err
	}
	v.Title = v.Say("public.case_title")
	waits := d.Status == aftersales.Approved && d.Goods() && (d.Label == aftersales.LabelNone || d.Label == aftersales.LabelFailed)
	out := caseView{page: v.page, No: o.ExternalNo, Case: d.Name(), New: v.r.URL.Query().Get("new") != "", Waybill: d.Waybill, WaybillOf: d.Carrier, Wrong: wrong,
		Form: v.At(v.base() + "/" + d.Name()), Track: v.At(back), Cancel: mayCancel(d), Label: waits && offer.Label, Bill: waits}
	out.Head, out.Tone = v.caseHead(d, f)
	out.Under = v.caseUnder(d, f)
	out.Steps = v.caseSteps(d, f)
	out.Facts = []pair{{Name: v.Say("public.wish"), Value: v.Say("public.wish_" + d.Kind)}, {Name: v.Say("public.reason"), Value: v.Say("public.reason_" + d.Reason)},
		{Name: v.Say("public.asked_on"), Value: v.moment(f.when(d.OpenedAt))}}
	for _, r := range d.Refunds {
		out.Refunds = append(out.Refunds, v.refundLine(r, f))
	}
	if out.Items, err = v.caseItems(o, d); err != nil {
		return err
	}
	photos, err := v.AfterSales.Photos(v.r.Context(), d.ID)
	if err != nil {
		return err
	}
	out.Photos = v.shownPhotos(photos)
	return v.show("case", status, out)
}

// mayCancel reports whether nothing has come of the return yet.
func mayCancel(d aftersales.Detail) bool {
	return (d.Status == aftersales.Requested || d.Status == aftersales.Approved) && d.Replacement == aftersales.ReplacementNone && len(d.Refunds) == 0 &&
		d.Label != aftersales.LabelRequested
}

// caseItems are the goods of a return, by the titles of the order, or for a part of a bundle by its own.
func (v *visit) caseItems(o *order.Order, d aftersales.Detail) (out []item, err error) {
	var skus []int64
	for _, l := range d.Lines {
		skus = append(skus, l.SKUID)
	}
	err = v.DB.View(v.r.Context(), func(tx *db.Tx) error {
		known, err := catalog.ByIDs(tx, skus)
		if err != nil {
			return err
		}
		out = nil
		for _, l := range d.Lines {
			title := cmp.Or(known[l.SKUID].Title, known[l.SKUID].Code)
			for _, sold := range o.Lines {
				if sold.No == l.LineNo && sold.SKUID == l.SKUID {
					title = cmp.Or(sold.Title, title)
				}
			}
			out = append(out, item{Title: title, Count: max(l.Quantity, l.Received)})
		}
		return nil
	})
	return out, err
}

// caseHead is the first line of a return's page.
func (v *visit) caseHead(d aftersales.Detail, f facts) (text, tone string) {
	if money := moneyOf(d); money != nil && money.Status == aftersales.RefundDone {
		return v.Say("public.case_refunded", "amount", amount(money), "date", v.day(f.when(money.DoneAt), f.now)), "good"
	}
	code, tone := "public.case_"+d.Status, map[string]string{aftersales.Approved: "good", aftersales.Received: "good", aftersales.Inspected: "good", aftersales.Closed: "good",
		aftersales.Rejected: "bad", aftersales.Cancelled: "quietly", aftersales.Expired: "quietly"}[d.Status]
	if d.Status == aftersales.Approved && d.Goods() {
		code = "public.case_send"
	}
	return v.Say(code, "date", v.day(f.when(d.Deadline), f.now)), tone
}

// caseUnder says what happens next.
func (v *visit) caseUnder(d aftersales.Detail, f facts) string {
	switch {
	case d.Status == aftersales.Requested:
		return v.Say("public.next_requested")
	case d.Status == aftersales.Approved && d.Goods() && d.Label == aftersales.LabelRequested:
		return v.Say("public.next_label")
	case d.Status == aftersales.Approved && d.Goods() && d.Label == aftersales.LabelBooked:
		return v.Say("public.next_send")
	case d.Status == aftersales.Approved && d.Goods():
		return v.Say("public.next_bill")
	case d.Status == aftersales.Approved && d.Kind == aftersales.Reship:
		return v.Say("public.next_reship")
	case d.Status == aftersales.Received:
		return v.Say("public.next_received")
	}
	return ""
}

// moneyOf is the last refund of a return; nil where there is none.
func moneyOf(d aftersales.Detail) *aftersales.Payback {
	for i := len(d.Refunds) - 1; i >= 0; i-- {
		if d.Refunds[i].Status != aftersales.RefundRejected {
			return d.Refunds[i]
		}
	}
	return nil
}

func amount(r *aftersales.Payback) string {
	return money.Format(r.Amount, r.Currency) + " " + r.Currency
}

func (v *visit) refundLine(r *aftersales.Payback, f facts) pair {
	value := v.Say("public.refund_" + r.Status)
	if r.DoneAt > 0 {
		value = v.Say("public.refund_done", "date", v.day(f.when(r.DoneAt), f.now))
	}
	return pair{Name: amount(r), Value: value}
}

// caseSteps are the stations of a return: what comes back is received and looked at.
func (v *visit) caseSteps(d aftersales.Detail, f facts) []step {
	if d.Status == aftersales.Rejected || d.Status == aftersales.Cancelled || d.Status == aftersales.Expired {
		return nil
	}
	reached := map[string]int{aftersales.Requested: 0, aftersales.Approved: 1, aftersales.Received: 2, aftersales.Inspected: 3, aftersales.Closed: 4}[d.Status]
	list := []milestone{{"public.step_asked", d.OpenedAt, true}, {"public.step_agreed", d.DecidedAt, reached >= 1}}
	if d.Goods() {
		list = append(list, milestone{"public.step_received", 0, reached >= 2}, milestone{"public.step_checked", 0, reached >= 3})
	}
	list = append(list, milestone{"public.step_end_" + d.Kind, d.ClosedAt, reached == 4})
	var out []step
	now := true
	for _, m := range list {
		s := step{Title: v.Say(m.code), State: "todo"}
		if m.done && m.at > 0 {
			s.At = v.moment(f.when(m.at))
		}
		switch {
		case m.done:
			s.State = "done"
		case now:
			s.State, now = "now", false
		}
		out = append(out, s)
	}
	return out
}

// caseLine names a return in a list.
func (v *visit) caseLine(c *aftersales.Case) string {
	var n int64
	for _, l := range c.Lines {
		n += max(l.Quantity, l.Received)
	}
	return v.Say("public.case_line", "kind", v.Say("public.wish_"+c.Kind), "n", strconv.FormatInt(n, 10), "status", v.Name("aftersales.status", c.Status))
}

// caseTodo is what the customer has to do about a return; empty is nothing.
func (v *visit) caseTodo(c *aftersales.Case, f facts) string {
	if c.Status == aftersales.Approved && c.Goods() {
		return v.Say("public.todo_send", "date", v.day(f.when(c.Deadline), f.now))
	}
	return ""
}
