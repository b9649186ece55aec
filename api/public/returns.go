package public

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/link"
	"github.com/packhorse/packhorse/order"
)

// returnView is one of the five steps.
type returnView struct {
	page
	No, Step   string
	Number     int // of the step, from 1
	Steps      []progress
	Wrong      string
	Form, Back string // addresses
	Lines      []askedLine
	Reasons    []choice
	Note       string
	Photos     []shownPhoto
	Room       bool   // for another picture
	ToPhotos   string // address
	Wishes     []choice
	Ways       []choice
	Bill       string
	Sum        []pair // what was chosen
	Nothing    bool   // nothing can be asked for
	Cases      []doing
	Track      string
}

type progress struct{ State string }

type askedLine struct {
	No    int64
	Title string
	Count []int64 // to choose from
	Now   int64
}

type choice struct {
	Value, Text, Hint string
	Now               bool
}

type pair struct{ Name, Value, Step string }

// asking is a return in the making.
type asking struct {
	*visit
	order *order.Order
	offer aftersales.Offer
	draft draft
}

func (v *visit) asking() (*asking, error) {
	o, err := v.order(link.Return)
	if err != nil {
		return nil, err
	}
	offer, err := v.AfterSales.Offer(v.r.Context(), o.ID)
	if err != nil {
		return nil, err
	}
	return &asking{v, o, offer, v.draft(o)}, nil
}

func (p *Pages) showReturn(v *visit) error {
	a, err := v.asking()
	if err != nil {
		return err
	}
	return a.showStep(v.r.URL.Query().Get("step"), http.StatusOK, "")
}

// nextStep takes one answer in and leads to the next question; the last one asks for the return.
func (p *Pages) nextStep(v *visit) error {
	if err := p.options.Foreign(v.r); err != nil {
		return err
	}
	a, err := v.asking()
	if err != nil {
		return err
	}
	var wrong *fault.Fault
	if withFiles(v.r) {
		if wrong, err = a.takePhotos(); err != nil {
			return err
		}
	}
	step := a.draft.at(v.r.PostForm.Get("step"))
	if step == stepConfirm && v.r.PostForm.Get("step") == stepConfirm {
		return a.ask()
	}
	missing := a.answer(step)
	more := step == stepReason && (v.r.PostForm.Has("drop") || v.r.PostForm.Has("add"))
	switch {
	case wrong != nil:
		return a.showStep(step, http.StatusUnprocessableEntity, a.sentence(wrong))
	case missing != "" && (!more || missing != "public.need_reason"):
		return a.showStep(step, http.StatusUnprocessableEntity, a.Say(missing))
	}
	after := a.after(step)
	if more {
		if err := a.dropPhoto(v.r.PostForm); err != nil {
			return err
		}
		after = step
	}
	return a.goOn(after)
}

// goOn keeps the draft and leads to a step.
func (a *asking) goOn(step string) error {
	if a.draft.Once == "" {
		a.draft.Once = newOnce()
	}
	text, err := a.draft.write(a.Links.Key, a.Company, a.order)
	if err != nil {
		return err
	}
	a.keep(text)
	return a.to(a.base(), url.Values{"d": {text}, "step": {step}})
}

// after is the step behind another: the next without an answer, or the last look when all have one.
func (a *asking) after(step string) string {
	if i := slices.Index(steps, step); i+1 < len(steps) && steps[i+1] == stepWay && !a.draft.goods() {
		return stepConfirm
	}
	return a.draft.next()
}

// answer takes what a step says into the draft; the code of what is wrong with it, or nothing.
func (a *asking) answer(step string) string {
	form := a.r.PostForm
	switch step {
	case stepItems:
		return a.takeLines(form)
	case stepReason:
		reason, note := form.Get("reason"), strings.TrimSpace(form.Get("note"))
		a.draft.Note = note
		if utf8.RuneCountInString(note) > mostNote || !utf8.ValidString(note) {
			return "public.long_note"
		}
		if !slices.Contains(reasons, reason) {
			return "public.need_reason"
		}
		a.draft.Reason = reason
		if !slices.Contains(wishes(reason), a.draft.Kind) {
			a.draft.Kind = ""
		}
	case stepKind:
		kind := form.Get("kind")
		if !slices.Contains(wishes(a.draft.Reason), kind) {
			return "public.need_wish"
		}
		a.draft.Kind = kind
	case stepWay:
		way, bill := form.Get("way"), strings.TrimSpace(form.Get("bill"))
		if way != wayOwn && (way != wayLabel || !a.offer.Label) {
			return "public.need_way"
		}
		if !billFits(bill) {
			return "public.wrong_bill"
		}
		a.draft.Way, a.draft.Bill = way, bill
		if way != wayOwn {
			a.draft.Bill = ""
		}
	}
	return ""
}

// billFits reports whether a text can be a waybill: letters, digits and hyphens, or none.
func billFits(bill string) bool {
	return len(bill) <= mostBill && strings.Trim(bill, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

func (a *asking) takeLines(form url.Values) string {
	var list []draftLine
	for _, l := range a.offer.Lines {
		n, _ := strconv.ParseInt(form.Get("q"+strconv.FormatInt(l.LineNo, 10)), 10, 64)
		if n < 0 || n > l.Most {
			return "public.wrong_count"
		}
		if n > 0 {
			list = append(list, draftLine{l.LineNo, n})
		}
	}
	if len(list) == 0 {
		return "public.need_items"
	}
	a.draft.Lines = list
	return ""
}

// ask opens the case. A draft is asked for once, however often its form is sent.
func (a *asking) ask() error {
	in := aftersales.OpenIn{OrderID: a.order.ID, Kind: a.draft.Kind, Reason: a.draft.Reason, Note: a.draft.Note, Photos: a.draft.Photos, Actor: actor}
	for _, l := range a.draft.Lines {
		in.Lines = append(in.Lines, aftersales.Asked{LineNo: l.No, Quantity: l.Count})
	}
	key := actor + ":" + a.r.PathValue("token") + ":" + a.draft.Once
	c, err := a.AfterSales.Open(a.r.Context(), &db.Once{Key: key, Hash: a.draft.Once}, in)
	if f := refused(err); f != nil {
		return a.showStep(stepConfirm, http.StatusConflict, a.sentence(f))
	}
	if err != nil {
		return err
	}
	a.keep("")
	if c.Status == aftersales.Approved && c.Goods() {
		if err := a.send(c.ID, a.draft.Way, a.draft.Bill, key); err != nil {
			return err
		}
	}
	return a.to(a.base()+"/"+c.Name(), url.Values{"new": {"1"}})
}

// send sees to the waybill. What a carrier or the policy has against one, the page of the return says; it can be asked for again there.
func (v *visit) send(caseID int64, way, bill, key string) error {
	if way == wayOwn && bill == "" || way == "" {
		return nil
	}
	in := aftersales.LabelIn{CaseID: caseID, Actor: actor}
	if way == wayOwn {
		in.Waybill = bill
	}
	_, err := v.AfterSales.Label(v.r.Context(), &db.Once{Key: key + ":label", Hash: bill}, in)
	if refused(err) != nil {
		return nil
	}
	return err
}

// showStep shows a step, with what is wrong about its last answer.
func (a *asking) showStep(asked string, status int, wrong string) error {
	step := a.draft.at(asked)
	if wrong != "" {
		step = asked
	}
	text, err := a.draft.write(a.Links.Key, a.Company, a.order)
	if err != nil {
		return err
	}
	back, err := a.Links.Path(link.Track, a.order.ID)
	if err != nil {
		return err
	}
	a.Title = a.Say("public.return_title")
	out := returnView{page: a.visit.page, No: a.order.ExternalNo, Step: step, Number: slices.Index(steps, step) + 1, Wrong: wrong,
		Form: a.At(a.base(), "d", text), Track: a.At(back), Note: a.draft.Note, Bill: a.draft.Bill, Nothing: len(a.offer.Lines) == 0}
	for i := range steps {
		out.Steps = append(out.Steps, progress{[]string{"todo", "now", "done"}[1+cmp.Compare(out.Number-1, i)]})
	}
	if prev := a.before(step); prev != "" {
		out.Back = a.At(a.base(), "d", text, "step", prev)
	}
	for _, c := range a.offer.Cases {
		out.Cases = append(out.Cases, doing{a.caseLine(&c), a.At(a.base() + "/" + c.Name())})
	}
	if out.Photos, err = a.draftPhotos(a.r.Context()); err != nil {
		return err
	}
	out.Room, out.ToPhotos = len(out.Photos) < aftersales.PhotosMost, a.At(a.base(), "d", text, "step", stepReason)
	a.fill(&out, text)
	return a.show("return", status, out)
}

func (a *asking) before(step string) string {
	i := slices.Index(steps, step)
	if i > 0 && steps[i-1] == stepWay && !a.draft.goods() {
		i--
	}
	if i <= 0 {
		return ""
	}
	return steps[i-1]
}
