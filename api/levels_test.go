package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestLevelsAreListedSKUBySKUAndNarrowedByTheServer(t *testing.T) {
	o := newOurs(t)
	o.want(http.StatusOK, "POST", "/v1/skus", `{"sku":"EMPTY","title":"Nothing of it"}`)
	var page LevelPage
	decodeInto(t, o.want(http.StatusOK, "GET", "/v1/stock/levels", ""), &page)
	if len(page.Levels) != 2 || page.Levels[0].SKU != "EMPTY" || page.Levels[1].OnHand == 0 || len(page.Levels[1].Nodes) != 1 {
		t.Fatalf("%+v", page)
	}
	l := page.Levels[1]
	if l.Available != l.OnHand-l.Reserved-l.Blocked || l.Nodes[0].Node != "OURNODE" || l.Nodes[0].Available != l.Available {
		t.Errorf("%+v", l)
	}
	for query, want := range map[string]string{"state=out": "EMPTY", "state=stocked": "OURSKU", "query=OUR": "OURSKU", "state=blocked": "OURSKU", "state=stocked&query=EM": "", "limit=1": "EMPTY"} {
		decodeInto(t, o.want(http.StatusOK, "GET", "/v1/stock/levels?"+query, ""), &page)
		var got []string
		for _, l := range page.Levels {
			got = append(got, l.SKU)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", query, got, want)
		}
	}
	first := o.want(http.StatusOK, "GET", "/v1/stock/levels?limit=1", "").body["next_cursor"].(string)
	decodeInto(t, o.want(http.StatusOK, "GET", "/v1/stock/levels?limit=1&cursor="+first, ""), &page)
	if len(page.Levels) != 1 || page.Levels[0].SKU != "OURSKU" {
		t.Errorf("%+v", page)
	}
	if r := o.do("GET", "/v1/stock/levels?node=NOWHERE", ""); r.code() != "http.node" {
		t.Errorf("%s", r.raw)
	}
}

func TestTheBookOfASKUAddsUpToWhatStandsNowAndStoodThen(t *testing.T) {
	o := newOurs(t)
	var book LedgerPage
	decodeInto(t, o.want(http.StatusOK, "GET", "/v1/stock/ledger?sku=OURSKU&limit=500", ""), &book)
	last := book.Entries[len(book.Entries)-1]
	if last.Cause != "receipt" || last.From != "supplier" || last.FromNode != "" || last.To != "OURPLACE" || last.ToNode != "OURNODE" || last.Quantity != 50 {
		t.Errorf("%+v", last)
	}
	standing := map[string]int64{}
	for _, e := range book.Entries {
		if e.FromNode != "" {
			standing[e.From+e.FromQuality] -= e.Quantity
		}
		if e.ToNode != "" {
			standing[e.To+e.ToQuality] += e.Quantity
		}
	}
	var now StandingList
	decodeInto(t, o.want(http.StatusOK, "GET", "/v1/stock/as-of?sku=OURSKU", ""), &now)
	for _, s := range now.Shelves {
		standing[s.Location+s.Quality] -= s.OnHand
	}
	for place, n := range standing {
		if n != 0 {
			t.Errorf("%s is off by %d", place, n)
		}
	}
	before, _ := time.Parse(time.RFC3339Nano, last.At)
	decodeInto(t, o.want(http.StatusOK, "GET", "/v1/stock/as-of?sku=OURSKU&at="+url.QueryEscape(before.Add(-time.Hour).Format(time.RFC3339)), ""), &now)
	if len(now.Shelves) != 0 {
		t.Errorf("nothing stood there yet: %+v", now)
	}
	if r := o.do("GET", "/v1/stock/ledger?sku=NONE", ""); r.code() != "inventory.unknown_sku" {
		t.Errorf("%s", r.raw)
	}
}

func TestAPlaceIsCountedOnceAtATimeAndTheBookFollows(t *testing.T) {
	o := newOurs(t)
	var open CountsOpened
	decodeInto(t, o.want(http.StatusOK, "POST", "/v1/counts", `{"node":"OURNODE","location":"OURPLACE"}`), &open)
	if len(open.Counts) != 1 || open.Counts[0].Reason != "ordered" || open.Counts[0].SKU != "OURSKU" {
		t.Fatalf("%+v", open)
	}
	if r := o.do("POST", "/v1/counts", `{"node":"OURNODE","sku":"OURSKU","location":"OURPLACE"}`); r.code() != "count.nothing" {
		t.Errorf("%s", r.raw)
	}
	if r := o.do("POST", "/v1/counts", `{"node":"OURNODE"}`); r.code() != "count.what" {
		t.Errorf("%s", r.raw)
	}
	var shelves ShelfList
	decodeInto(t, o.want(http.StatusOK, "GET", "/v1/stock/shelves?node=OURNODE&location=OURPLACE", ""), &shelves)
	if len(shelves.Shelves) != 1 || shelves.Shelves[0].Zone != "A" {
		t.Fatalf("%+v", shelves)
	}
	o.want(http.StatusOK, "POST", "/v1/counts/"+open.Counts[0].ID+"/cancel", `{}`)
	decodeInto(t, o.want(http.StatusOK, "POST", "/v1/counts", `{"node":"OURNODE","sku":"OURSKU"}`), &open)
	o.want(http.StatusOK, "POST", "/v1/counts/"+open.Counts[0].ID+"/close", `{"found":`+"60"+`}`)
	var done CountPage
	decodeInto(t, o.want(http.StatusOK, "GET", "/v1/counts/done?node=OURNODE", ""), &done)
	if len(done.Counts) != 2 || done.Counts[0].Counted != 60 && done.Counts[1].Counted != 60 {
		t.Errorf("%+v", done)
	}
	decodeInto(t, o.want(http.StatusOK, "GET", "/v1/stock/shelves?sku=OURSKU", ""), &shelves)
	if shelves.Shelves[0].OnHand != 60 {
		t.Errorf("%+v", shelves)
	}
}

func TestThePlanOfAWarehouseHasItsPlacesWithWhatHappensThere(t *testing.T) {
	o := newOurs(t)
	var f Floor
	decodeInto(t, o.want(http.StatusOK, "GET", "/v1/floor?node=OURNODE&days=99", ""), &f)
	var place Place
	for _, p := range f.Places {
		if p.Code == "OURPLACE" {
			place = p
		}
	}
	if f.Days != 31 || f.Cut || place.Units == 0 || place.SKUs != 1 || place.Picks != 2 || place.Open != 1 || place.XM != 1 {
		t.Errorf("%+v of %+v", place, f)
	}
}
