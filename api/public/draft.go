package public

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/seal"
	"github.com/packhorse/packhorse/order"
)

// draft is a return that is not asked for yet. It travels sealed: in the address, so that a link kept anywhere goes on where it was, and
// in a cookie, so that the link of the message does too.
type draft struct {
	Lines  []draftLine `json:"l,omitempty"`
	Reason string      `json:"r,omitempty"`
	Note   string      `json:"n,omitempty"`
	Photos []int64     `json:"p,omitempty"` // that wait for the case; only their numbers travel
	Kind   string      `json:"k,omitempty"`
	Way    string      `json:"w,omitempty"`
	Bill   string      `json:"b,omitempty"` // waybill that is in hand already
	Once   string      `json:"o,omitempty"` // under which it is asked for once, however often it is sent
}

type draftLine struct {
	No    int64 `json:"n"`
	Count int64 `json:"c"`
}

// The steps, in their order.
const (
	stepItems   = "items"
	stepReason  = "reason"
	stepKind    = "wish"
	stepWay     = "way"
	stepConfirm = "check"
)

var steps = []string{stepItems, stepReason, stepKind, stepWay, stepConfirm}

// Ways in which goods travel back.
const (
	wayLabel = "label" // with a waybill of ours
	wayOwn   = "own"   // as the customer likes
)

const (
	mostNote = 500 // characters
	mostBill = 40
)

// reasons a customer may give: a parcel they refused comes back by itself.
var reasons = slices.DeleteFunc(slices.Clone(aftersales.Reasons), func(r string) bool { return r == "refused" })

// wishes are what may follow from a reason.
func wishes(reason string) []string {
	switch reason {
	case "missing", "lost":
		return []string{aftersales.Reship, aftersales.Refund}
	case "changed_mind", "late":
		return []string{aftersales.Return, aftersales.Exchange}
	}
	return []string{aftersales.Return, aftersales.Exchange, aftersales.Reship, aftersales.Refund}
}

// goods reports whether goods come back.
func (d draft) goods() bool { return d.Kind == aftersales.Return || d.Kind == aftersales.Exchange }

// next is the first step that has no answer.
func (d draft) next() string {
	switch {
	case len(d.Lines) == 0:
		return stepItems
	case d.Reason == "":
		return stepReason
	case d.Kind == "":
		return stepKind
	case d.goods() && d.Way == "":
		return stepWay
	}
	return stepConfirm
}

// at is the step that was asked for, where all before it have an answer.
func (d draft) at(asked string) string {
	next := d.next()
	if i := slices.Index(steps, asked); i >= 0 && i < slices.Index(steps, next) {
		return asked
	}
	return next
}

func draftPlace(company string, o *order.Order) string {
	return "return draft " + company + " " + id.Show(order.Prefix, o.ID)
}

const sealedForm = "sealed:1:"

// write seals the draft, in letters that need no care in an address.
func (d draft) write(k *seal.Key, company string, o *order.Order) (string, error) {
	raw, err := json.Marshal(d)
	if err != nil {
		return "", err
	}
	text, err := k.Seal(draftPlace(company, o), string(raw))
	return base64.RawURLEncoding.EncodeToString([]byte(strings.TrimPrefix(text, sealedForm))), err
}

// readDraft opens a draft; what does not open is an empty one.
func readDraft(k *seal.Key, company string, o *order.Order, text string) (d draft, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || text == "" {
		return d, false
	}
	plain, err := k.Open(draftPlace(company, o), sealedForm+string(raw))
	if err != nil || json.Unmarshal([]byte(plain), &d) != nil {
		return draft{}, false
	}
	return d, true
}

const (
	draftCookie = "packhorse_return"
	draftDays   = 14
)

// draft is where the customer is: what the address says, or else what the browser kept.
func (v *visit) draft(o *order.Order) draft {
	if d, ok := readDraft(v.Links.Key, v.Company, o, v.r.URL.Query().Get("d")); ok {
		return d
	}
	if c, err := v.r.Cookie(draftCookie); err == nil {
		d, _ := readDraft(v.Links.Key, v.Company, o, c.Value)
		return d
	}
	return draft{}
}

// keep remembers the draft in the browser, for the pages of this order; an empty text forgets it.
func (v *visit) keep(text string) {
	c := &http.Cookie{Name: draftCookie, Value: text, Path: v.base(), MaxAge: draftDays * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: v.pages.options.Encrypted(v.r)}
	if text == "" {
		c.MaxAge = -1
	}
	http.SetCookie(v.w, c)
}

// base is the path of the returns of an order.
func (v *visit) base() string { return "/return/" + v.Company + "/" + v.r.PathValue("token") }

func newOnce() string {
	var raw [12]byte
	_, _ = rand.Read(raw[:]) // never fails: it ends the program rather
	return base64.RawURLEncoding.EncodeToString(raw[:])
}
