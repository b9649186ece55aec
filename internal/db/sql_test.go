package db

import "testing"

func TestFixedListsBecomeAlternatives(t *testing.T) {
	for in, want := range map[string]string{
		"WHERE status IN ('a', 'b')":           "WHERE (status = 'a' OR status = 'b')",
		"t.status IN ('a') AND x":              "(t.status = 'a') AND x",
		"CHECK (kind IN ('a','b c'))":          "CHECK ((kind = 'a' OR kind = 'b c'))",
		"status NOT IN ('a', 'b') GROUP BY id": "(status <> 'a' AND status <> 'b') GROUP BY id",
		"id IN (SELECT 'a')":                   "id IN (SELECT 'a')",
		"id = ANY($1)":                         "id = ANY($1)",
	} {
		if got := alternatives(in); got != want {
			t.Errorf("%s became %s, want %s", in, got, want)
		}
	}
}
