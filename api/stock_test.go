package api

import (
	"net/http"
	"testing"

	"github.com/packhorse/packhorse/access"
)

// Two owners use one code. Whose goods they are is said, or is plain from what the caller reaches.
func TestStockIsChangedForTheOwnerThatIsSaidOrReached(t *testing.T) {
	o := newOurs(t)
	o.want(http.StatusOK, "POST", "/v1/skus", `{"sku":"TEA","owner":"OUROWNER","title":"Tea"}`)
	o.want(http.StatusOK, "POST", "/v1/skus", `{"sku":"TEA","owner":"THEIROWNER","title":"Tea"}`)
	change := func(owner string) string {
		return `{"kind":"receipt","sku":"TEA","owner":"` + owner + `","node":"OURNODE","location":"OURPLACE","quantity":1}`
	}
	text, err := o.directory.CreateKeyWithin(t.Context(), access.FirstCompany, "narrow", []access.Scope{access.StockWrite}, access.Reach{Owners: []string{"OUROWNER"}})
	if err != nil {
		t.Fatal(err)
	}
	narrow := []string{"Authorization", "Bearer " + text}
	for _, c := range []struct {
		owner  string
		header []string
		status int
		code   string
		onHand float64
	}{
		{"", nil, 422, "catalog.sku_ambiguous", 0},
		{"NOBODY", nil, 422, "inventory.unknown_sku", 0},
		{"OUROWNER", nil, 200, "", 1},
		{"THEIROWNER", nil, 200, "", 1},
		{"", narrow, 200, "", 2},
		{"OUROWNER", narrow, 200, "", 3},
		{"THEIROWNER", narrow, 404, "http.not_there", 0},
	} {
		r := o.do("POST", "/v1/stock", change(c.owner), c.header...)
		if got, _ := r.body["on_hand"].(float64); r.status != c.status || r.code() != c.code || got != c.onHand {
			t.Errorf("%q %v: %d %s", c.owner, c.header != nil, r.status, r.raw)
		}
	}
	r := o.want(http.StatusOK, "POST", "/v1/counts", `{"sku":"TEA","owner":"THEIROWNER","node":"OURNODE"}`)
	if list := r.body["counts"].([]any); len(list) != 1 {
		t.Errorf("%s", r.raw)
	}
}
