package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/api/public"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/link"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
)

// CustomerLinks are the addresses of an order's pages for its customer. Whoever holds one needs no log-in.
type CustomerLinks struct {
	Track   string `json:"track" doc:"where the parcels are"`
	Return  string `json:"return" doc:"returns and problems"`
	Confirm string `json:"confirm" doc:"the form for the address; it opens while the order waits for one"`
	Find    string `json:"find" doc:"where somebody without a link begins"`
}

// customers serves the pages for customers, and tells staff their addresses.
func (s *Server) customers() {
	query(s, route{path: "/v1/orders/{id}/links", tag: "orders", id: "get-customer-links", scope: access.OrdersWrite, summary: "The addresses of the pages for the customer of an order",
		about: "Signed with the key of the installation. They begin with the setting public-url where there is one, and are paths otherwise. Give confirm to the " +
			"customer only: it changes where the order goes. Problems: order.not_found, seal.missing."}, (*call).customerLinks)
	public.New(public.Options{House: s.house, Tokens: s.options.Tokens, Client: s.clientOf, Encrypted: s.encrypted, Foreign: sameSite,
		Try: func(ctx context.Context, name, from string) error { return s.options.Access.Try(ctx, name, from) },
		Right: func(ctx context.Context, name, from string) error {
			return s.options.Access.Right(ctx, name, from)
		}, Strange: s.rates.strangers, Failed: s.failed}).Route(s.router)
}

func (s *Server) house(company string) (public.House, bool) {
	c := s.options.Companies(company)
	if c == nil {
		return public.House{}, false
	}
	return public.House{DB: c.DB, Links: c.Links, AfterSales: c.AfterSales, Review: c.Review, Track: c.Track, Notify: c.Notify}, true
}

// failed writes down what a customer's page could not do. It gives the status of the answer, and the number of the request for people.
func (s *Server) failed(w http.ResponseWriter, r *http.Request, err error) (status int, number string) {
	err = s.explained(err)
	p := problem(err, words.Languages[0])
	if rec, ok := w.(*recorder); ok {
		number, rec.code = rec.id, p.Code
	}
	if p.Status >= http.StatusInternalServerError && r.Context().Err() == nil {
		s.options.Log.ErrorContext(r.Context(), "request failed", "request", number, "method", r.Method, "path", r.URL.Path, "error", err)
	}
	if p.Status == http.StatusTooManyRequests || p.Status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", retryAfter(p))
	}
	return p.Status, number
}

func (c *call) customerLinks() (out CustomerLinks, err error) {
	key, err := c.idParam("id", order.Prefix)
	if err != nil {
		return out, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		found, err := order.ByIDs(tx, []int64{key})
		if err == nil && found[key] == nil {
			err = order.Missing(key)
		}
		return err
	})
	if err != nil {
		return out, err
	}
	out.Find = strings.TrimRight(c.Links.Base, "/") + "/track/" + c.Links.Company
	for sort, to := range map[link.Sort]*string{link.Track: &out.Track, link.Return: &out.Return, link.Confirm: &out.Confirm} {
		if *to = c.Links.URL(sort, key); *to == "" {
			if *to, err = c.Links.Path(sort, key); err != nil {
				return CustomerLinks{}, err
			}
		}
	}
	return out, nil
}
