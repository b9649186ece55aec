package api

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/insight"
)

// TestEveryFigureLeadsToAsManyRowsAsItSays counts each figure of a company that has something of everything, and lists it.
func TestEveryFigureLeadsToAsManyRowsAsItSays(t *testing.T) {
	o := newOurs(t)
	key, err := o.directory.CreateKeyWithin(t.Context(), access.FirstCompany, "inside", []access.Scope{access.Everything}, access.Reach{Nodes: []string{"OURNODE"}})
	if err != nil {
		t.Fatal(err)
	}
	elsewhere, err := o.directory.CreateKeyWithin(t.Context(), access.FirstCompany, "elsewhere", []access.Scope{access.Everything}, access.Reach{Nodes: []string{"NOWHERE"}})
	if err != nil {
		t.Fatal(err)
	}
	var f Figures
	decodeInto(t, o.want(http.StatusOK, "GET", "/v1/figures", ""), &f)
	if len(f.Hours) != 24 || f.Fine == nil {
		t.Fatalf("%+v", f)
	}
	type what struct{ figure, part string }
	counted := map[what]int{}
	for _, h := range f.Hours {
		for _, c := range h.Counts {
			counted[what{c.Figure, ""}] += int(c.N)
			if c.Part != "" {
				counted[what{c.Figure, c.Part}] += int(c.N)
			}
		}
	}
	for _, figure := range insight.Figures {
		if _, ok := counted[what{figure, ""}]; !ok {
			counted[what{figure, ""}] = 0
		}
	}
	for w, n := range counted {
		listed := 0
		for cursor, first := "", true; first || cursor != ""; first = false {
			var page FigureRows
			decodeInto(t, o.want(http.StatusOK, "GET", "/v1/figures/"+w.figure+"/rows?limit=1&part="+url.QueryEscape(w.part)+"&cursor="+cursor, ""), &page)
			for _, r := range page.Rows {
				listed++
				if r.Order == "" || r.OrderNo == "" || r.At == "" {
					t.Errorf("%v: %+v", w, r)
				}
			}
			cursor = page.NextCursor
		}
		if listed != n {
			t.Errorf("%v says %d and lists %d", w, n, listed)
		}
	}
	for _, figure := range []string{insight.In, insight.Picked, insight.Packed, insight.Shipped, insight.Returned} {
		if counted[what{figure, ""}] == 0 {
			t.Errorf("nothing of %s in %v", figure, counted)
		}
	}
	for _, as := range []string{key, elsewhere} {
		f = Figures{}
		decodeInto(t, o.want(http.StatusOK, "GET", "/v1/figures", "", "Authorization", "Bearer "+as), &f)
		seen := 0
		for _, h := range f.Hours {
			for _, c := range h.Counts {
				seen++
				if c.Node != "OURNODE" || as == elsewhere {
					t.Errorf("a part of the company sees %+v", c)
				}
			}
		}
		if seen == 0 && as == key || f.Fine != nil {
			t.Errorf("%d counts, %+v", seen, f.Fine)
		}
	}
	for code, path := range map[string]string{"insight.figure": "/v1/figures/luck/rows", "insight.span": "/v1/figures?from=2026-01-01T00:00:00Z", "http.node": "/v1/figures?node=MOON", "http.time": "/v1/figures?to=now", "http.cursor": "/v1/figures/in/rows?cursor=!"} {
		if r := o.do("GET", path, ""); r.code() != code {
			t.Errorf("%s: %s", path, r.raw)
		}
	}
}
