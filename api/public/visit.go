package public

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/link"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
)

// visit is one request of a customer.
type visit struct {
	House
	page
	pages *Pages
	w     http.ResponseWriter
	r     *http.Request
}

// actor is how events name a customer.
const actor = "customer"

// order is the order of the link; its shop signs the page. Faults: link.unknown, seal.missing.
func (v *visit) order(s link.Sort) (*order.Order, error) {
	key, err := v.Links.Read(s, v.r.PathValue("token"))
	if err != nil {
		return nil, err
	}
	var o *order.Order
	err = v.DB.View(v.r.Context(), func(tx *db.Tx) error {
		found, err := order.ByIDs(tx, []int64{key})
		o = found[key]
		return err
	})
	if err == nil && o == nil {
		err = link.ErrUnknown // erased
	}
	if err == nil && v.Shop == "" {
		v.Shop = o.Shop
	}
	return o, err
}

// show answers with a page. data embeds page.
func (v *visit) show(name string, status int, data any) error {
	var b bytes.Buffer
	if err := v.pages.look.pages[name].ExecuteTemplate(&b, "layout", data); err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Security-Policy", v.pages.look.policy)
	// The address is the key to the page: it is told to nobody else. Without it our own forms could not be told from a stranger's.
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Robots-Tag", "noindex")
	h.Set("Content-Language", v.Lang)
	h.Set("Content-Type", "text/html; charset=utf-8")
	v.w.WriteHeader(status)
	_, _ = v.w.Write(b.Bytes()) // a customer who went away cannot be told anything
	return nil
}

// to sends the browser on to another page of ours. path is never what somebody sent.
func (v *visit) to(path string, query url.Values) error {
	if v.lang != "" {
		query.Set("lang", v.Lang)
	}
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	v.w.Header().Set("Location", path)
	v.w.WriteHeader(http.StatusSeeOther)
	return nil
}

// fail answers with what went wrong, as a page.
func (v *visit) fail(err error) {
	status, number := v.pages.options.Failed(v.w, v.r, err)
	text := v.Say("public.went_wrong")
	if f, ok := fault.As(err); ok && status < http.StatusInternalServerError {
		text = v.sentence(f)
	}
	v.Title = v.Say("public.sorry")
	_ = v.show("failure", status, failure{page: v.page, Text: text, Number: number, Server: status >= http.StatusInternalServerError, Find: v.House.DB != nil})
}

type failure struct {
	page
	Text, Number string
	Server, Find bool
}

// sentence says a fault to a customer.
func (p page) sentence(f *fault.Fault) string {
	if len(f.Causes) > 0 {
		f = f.Causes[0]
	}
	if p.Lang != "en" && words.Has(p.Lang, f.Code) {
		return words.Render(p.Lang, f.Code, f.Params)
	}
	text := f.Message
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// refused is a fault that the same form can be mended for; nil for any other error.
func refused(err error) *fault.Fault {
	if f, ok := fault.As(err); ok && (f.Kind == fault.Invalid || f.Kind == fault.Conflict) {
		return f
	}
	return nil
}
