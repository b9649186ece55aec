package api

import (
	"net/http"
	"strings"
	"testing"
)

func TestAnOrderIsFoundByTwoCharactersOfTheName(t *testing.T) {
	w := newWorld(t)
	w.want(http.StatusCreated, "POST", "/v1/orders", anOrder)
	for {
		n, err := w.services.Search.Step(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			break
		}
	}
	for q, want := range map[string]int{"王芳": 1, "5678": 1, "a-1": 1, "s1": 1, "李雷": 0} {
		r := w.want(http.StatusOK, "GET", "/v1/search?q="+q, "")
		if orders := r.body["orders"].([]any); len(orders) != want {
			t.Errorf("%s: %s", q, r.raw)
		}
	}
	for q, code := range map[string]string{"": "search.short", "王": "search.short", strings.Repeat("a", 300): "search.long"} {
		if r := w.want(http.StatusUnprocessableEntity, "GET", "/v1/search?q="+q, ""); r.code() != code {
			t.Errorf("%q: %s", q, r.raw)
		}
	}
	w.want(http.StatusOK, "POST", "/v1/search/rebuild", "{}")
}
