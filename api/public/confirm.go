package public

import (
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/packhorse/packhorse/internal/link"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/review"
)

type confirmView struct {
	page
	No, Wrong, Form string
	State           string // ask, done or over
	Asked           bool   // a person wants to know: that it is right as it stands is an answer
	Now             string // the address as it is, masked
	order.Recipient
	Track string
}

// showConfirm asks where an order shall go that is held because nobody can tell.
func (p *Pages) showConfirm(v *visit) error {
	f, err := v.asked()
	if err != nil {
		return err
	}
	state := "ask"
	if !f.asksAddress() {
		state = "over"
		if v.r.URL.Query().Get("done") != "" {
			state = "done"
		}
	}
	return v.confirmPage(f, f.Recipient.Masked(), http.StatusOK, state, "")
}

// asked are the facts of the order of the link.
func (v *visit) asked() (facts, error) {
	o, err := v.order(link.Confirm)
	if err != nil {
		return facts{}, err
	}
	return v.facts(o)
}

// confirm corrects the recipient, and the rules look again. What was left as it was shown, masked, stays as it was.
func (p *Pages) confirm(v *visit) error {
	if err := p.options.Foreign(v.r); err != nil {
		return err
	}
	f, err := v.asked()
	if err != nil {
		return err
	}
	given := f.Recipient.Masked()
	for field, to := range map[string]*string{"name": &given.Name, "phone": &given.Phone, "province": &given.Province, "city": &given.City,
		"district": &given.District, "address": &given.Address, "postcode": &given.Postcode} {
		*to = strings.TrimSpace(v.r.PostForm.Get(field))
	}
	if !f.asksAddress() {
		return v.confirmPage(f, given, http.StatusConflict, "over", "")
	}
	if f.asked() && v.r.PostForm.Get("as_is") != "" {
		_, err := v.House.Review.Confirm(v.r.Context(), f.ID, actor)
		return v.answered(f, f.Recipient.Masked(), err)
	}
	if wrong := wrongAddress(given); wrong != "" {
		return v.confirmPage(f, given, http.StatusUnprocessableEntity, "ask", v.Say(wrong))
	}
	to := given.Unmasked(f.Recipient)
	_, err = v.House.Review.Edit(v.r.Context(), nil, f.ID, review.Edit{Recipient: &to}, actor)
	return v.answered(f, given, err)
}

// answered shows what came of an answer.
func (v *visit) answered(f facts, given order.Recipient, err error) error {
	if fault := refused(err); fault != nil {
		return v.confirmPage(f, given, http.StatusConflict, "ask", v.sentence(fault))
	}
	if err != nil {
		return err
	}
	path, err := v.Links.Path(link.Confirm, f.ID)
	if err != nil {
		return err
	}
	return v.to(path, url.Values{"done": {"1"}})
}

// most characters of a field of an address.
const mostField = 200

func wrongAddress(r order.Recipient) string {
	for _, text := range []string{r.Name, r.Phone, r.Province, r.City, r.District, r.Address, r.Postcode} {
		if utf8.RuneCountInString(text) > mostField || !utf8.ValidString(text) || strings.ContainsFunc(text, func(c rune) bool { return c < ' ' }) {
			return "public.wrong_address"
		}
	}
	if r.Name == "" || r.City == "" || utf8.RuneCountInString(r.Address) < 3 || strings.Contains(r.Address, "*") {
		return "public.need_address"
	}
	return ""
}

func (v *visit) confirmPage(f facts, r order.Recipient, status int, state, wrong string) error {
	back, err := v.Links.Path(link.Track, f.ID)
	if err != nil {
		return err
	}
	v.Title = v.Say("public.confirm_title")
	m := f.Recipient.Masked()
	if r.Address == m.Address {
		r.Address = "" // it is what is missing or doubtful
	}
	out := confirmView{page: v.page, No: f.ExternalNo, Wrong: wrong, State: state, Asked: f.asked(), Recipient: r, Form: v.At(v.r.URL.Path), Track: v.At(back),
		Now: strings.Join([]string{m.Name, m.Province, m.City, m.District, m.Address}, " ")}
	return v.show("confirm", status, out)
}
