package public

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/link"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/search"
	"github.com/packhorse/packhorse/ship"
)

type findView struct {
	page
	No, Wrong string
}

func (p *Pages) showFind(v *visit) error {
	v.Title = v.Say("public.find_title")
	return v.show("find", http.StatusOK, findView{page: v.page})
}

// find leads to an order by its number, or that of a parcel, and the end of the recipient's telephone number. Four digits are soon
// guessed, so each number and each address has few tries, which are counted in the directory like wrong passwords. What is wrong of
// the two nobody is told.
func (p *Pages) find(v *visit) error {
	if err := p.options.Foreign(v.r); err != nil {
		return err
	}
	v.Title = v.Say("public.find_title")
	no, tail := strings.TrimSpace(v.r.PostForm.Get("no")), strings.TrimSpace(v.r.PostForm.Get("tail"))
	again := func(status int, text string) error {
		return v.show("find", status, findView{page: v.page, No: no, Wrong: text})
	}
	if no == "" || len(no) > mostNumber || !fourDigits(tail) {
		return again(http.StatusUnprocessableEntity, v.Say("public.find_form"))
	}
	ctx := v.r.Context()
	name, from := "order "+v.Company+" "+strings.ToLower(no), p.options.Client(v.r)
	if err := p.options.Try(ctx, name, from); err != nil {
		if f, ok := fault.As(err); ok && f.Kind == fault.TooMany {
			return again(http.StatusTooManyRequests, v.Say("public.find_slow", "seconds", f.Params["seconds"]))
		}
		return err
	}
	key, err := v.whose(ctx, no, tail)
	if err != nil {
		return err
	}
	if key == 0 {
		return again(http.StatusNotFound, v.Say("public.find_none"))
	}
	if err := p.options.Right(ctx, name, from); err != nil {
		return err
	}
	path, err := v.Links.Path(link.Track, key)
	if err != nil {
		return err
	}
	return v.to(path, url.Values{})
}

const (
	mostNumber = 64 // of an order or a parcel, in bytes
	sameNumber = 20 // orders of several shops may have one number
)

func fourDigits(s string) bool {
	return len(s) == 4 && strings.Trim(s, "0123456789") == ""
}

// whose finds the order that has the number, or a parcel with it, and whose recipient's telephone ends so; 0 where none does.
func (v *visit) whose(ctx context.Context, no, tail string) (key int64, err error) {
	err = v.DB.View(ctx, func(tx *db.Tx) error {
		found, err := search.FindIn(tx, search.Query{Text: no, Limit: sameNumber})
		if refused(err) != nil {
			return nil // too short to be one
		}
		if err != nil || len(found.Orders) == 0 {
			return err
		}
		orders, err := order.ByIDs(tx, found.Orders)
		if err != nil {
			return err
		}
		parcels, err := ship.ShipmentsOf(tx, found.Orders)
		if err != nil {
			return err
		}
		for _, id := range found.Orders {
			if o := orders[id]; o != nil && endsWith(o.Recipient.Phone, tail) && bears(o, parcels[id], no) {
				key = id
				return nil
			}
		}
		return nil
	})
	return key, err
}

// bears reports whether an order has the number itself, or one of its parcels does: the search finds words too.
func bears(o *order.Order, parcels []*ship.Shipment, no string) bool {
	if strings.EqualFold(o.ExternalNo, no) {
		return true
	}
	for _, s := range parcels {
		if s.Waybill != "" && strings.EqualFold(s.Waybill, no) {
			return true
		}
	}
	return false
}

func endsWith(phone, tail string) bool {
	digits := strings.Map(func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}, phone)
	return len(digits) >= len(tail) && strings.HasSuffix(digits, tail) && strings.HasSuffix(strings.TrimRight(phone, " "), tail[3:])
}
