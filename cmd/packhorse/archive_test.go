package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/archive"
	"github.com/packhorse/packhorse/internal/config"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/pick"
)

func TestAnArchiveLeavesTheBooksCleanAndCanBeReadBack(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { archiveAndShow(t, testConfig(t)) })
	t.Run("postgres", func(t *testing.T) {
		cfg := testConfig(t)
		cfg.Data, cfg.DB = "", freshDatabase(t)
		archiveAndShow(t, cfg)
	})
}

// settle takes three orders in: one is cancelled when it is picked, one when it is allocated, and one stays open.
func settle(t *testing.T, cfg config.Config) {
	t.Helper()
	cfg.Clock = "fixed:2026-03-02T04:00:00Z"
	a, err := Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	furnishApp(t, a)
	for _, no := range []string{"A-1", "A-2", "A-3"} {
		got, err := a.Intake.Receive(t.Context(), nil, inputOf(t, shopOrder(no)))
		if err != nil {
			t.Fatal(err)
		}
		a.must(t, func() error { return a.Settle(t.Context()) })
		if no == "A-1" {
			f := a.onlyFulfilment(t)
			a.must(t, func() error { return one(a.Pick.Release(t.Context(), nil, pick.ReleaseIn{FulfilmentID: f.ID})) })
			a.must(t, func() error {
				return one(a.Pick.Confirm(t.Context(), nil, pick.ConfirmIn{FulfilmentID: f.ID, Picker: "li"}))
			})
		}
		if no != "A-3" {
			a.must(t, func() error { return one(a.Flow.Cancel(t.Context(), nil, got.OrderID, "user:li", "changed mind")) })
		}
	}
	a.must(t, a.Close)
}

func archiveAndShow(t *testing.T, cfg config.Config) {
	settle(t, cfg)
	t.Setenv("PACKHORSE_CLOCK", "fixed:2026-06-01T04:00:00Z")
	events, ledger, stock := dumped(t, cfg, "events"), dumped(t, cfg, "ledger"), strings.Join(stockOf(t, cfg), "\n")
	file := filepath.Join(t.TempDir(), "a.jsonl")
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"archive", "--before", "2026-05-01"}, 1, "say which file"},
		{[]string{"archive", "--before", "2026-05-31", "--dry-run"}, 1, "is not a week ago"},
		{[]string{"archive", "--before", "March"}, 1, "must be a day"},
		{[]string{"archive", "--before", "2026-03-01", "--dry-run"}, 0, "0 orders"},
		{[]string{"archive", "--before", "2026-05-01", "--dry-run"}, 0, "2 orders"},
		{[]string{"archive", "--before", "2026-05-01", file}, 0, "2 orders"},
		{[]string{"check"}, 0, "clean"},
		{[]string{"archive", "--before", "2026-05-01", file}, 1, "exists"},
		{[]string{"archive", "--before", "2026-05-01", "--dry-run"}, 0, "0 orders: 0 events, 0 documents; 0 entries"},
		{[]string{"archive", "--before", "2026-05-15", file + "2"}, 0, "0 orders: 0 events, 0 documents"}, // opening balances of opening balances
		{[]string{"check"}, 0, "clean"},
	} {
		code, out, said := command(t, append(c.args, at(cfg)...)...)
		if code != c.code || !strings.Contains(out+said, c.want) {
			t.Errorf("%v: %d %s%s", c.args, code, out, said)
		}
	}
	if now := strings.Join(stockOf(t, cfg), "\n"); now != stock {
		t.Errorf("the stock was\n%s\nand is\n%s", stock, now)
	}
	sameAs(t, "event", events, dumped(t, cfg, "events"), shownLines(t, file, "event"))
	sameAs(t, "entry", ledger, dumped(t, cfg, "ledger"), shownLines(t, file, "entry"))
	showOne(t, file)
}

// stockOf is what stands where, as the ledger has it.
func stockOf(t *testing.T, cfg config.Config) []string {
	t.Helper()
	code, out, said := command(t, append([]string{"dump", "stock"}, at(cfg)...)...)
	if code != 0 {
		t.Fatal(said)
	}
	return strings.Split(out, "\n")
}

// dumped are the rows of a dump by their ids, but those that an archive makes.
func dumped(t *testing.T, cfg config.Config, kind string) map[string]map[string]any {
	t.Helper()
	code, out, said := command(t, append([]string{"dump", kind}, at(cfg)...)...)
	if code != 0 {
		t.Fatal(said)
	}
	rows := map[string]map[string]any{}
	for line := range strings.Lines(out) {
		var row map[string]any
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		if row["cause"] != "opening" && row["kind"] != "order.archived.v1" {
			rows[row["id"].(string)] = row
		}
	}
	return rows
}

// shownLines are the lines of one sort that archive show gives, by the ids that dump shows.
func shownLines(t *testing.T, file, sort string) map[string]map[string]any {
	t.Helper()
	code, out, said := command(t, "archive", "show", file, "--json")
	if code != 0 {
		t.Fatal(said)
	}
	rows := map[string]map[string]any{}
	for scan := bufio.NewScanner(strings.NewReader(out)); scan.Scan(); {
		var l archive.Line
		var plain map[string]map[string]any
		if err := errors.Join(json.Unmarshal(scan.Bytes(), &l), json.Unmarshal(scan.Bytes(), &plain)); err != nil {
			t.Fatal(err)
		}
		switch {
		case sort == "event" && l.Event != nil:
			rows[id.Show("evt", l.Event.ID)] = plain[sort]
		case sort == "entry" && l.Entry != nil:
			rows[id.Show("ent", l.Entry.ID)] = plain[sort]
		}
	}
	return rows
}

// sameAs tells whether what was there is what is left and what went, and what went says the same as it did.
func sameAs(t *testing.T, sort string, was, left, gone map[string]map[string]any) {
	t.Helper()
	if len(gone) == 0 || len(was) != len(left)+len(gone) {
		t.Errorf("%d of a sort %s were there, %d are left and %d went", len(was), sort, len(left), len(gone))
	}
	for key, row := range gone {
		for _, field := range []string{"kind", "actor", "sku", "quantity", "cause", "lot", "to_quality"} {
			if had, has := was[key][field], row[field]; had != has {
				t.Errorf("%s of %s was %v and is %v", field, key, had, has)
			}
		}
	}
}

func showOne(t *testing.T, file string) {
	t.Helper()
	_, all, _ := command(t, "archive", "show", file)
	code, out, said := command(t, "archive", "show", file, "--order", "A-1")
	for _, want := range []string{"webshop", "A-1", "system", "pick  2 × TEA  JX A-01-01 → JX "} {
		if !strings.Contains(out, want) {
			t.Errorf("%d %s nothing says %q:\n%s", code, said, want, out)
		}
	}
	if strings.Contains(out, "A-2") || !strings.Contains(all, "A-2") || !strings.Contains(all, "2 orders: ") {
		t.Errorf("A-1 alone:\n%s\nall:\n%s", out, all)
	}
	if code, _, said := command(t, "archive", "show", file, "--order", "A-3"); code == 0 || !strings.Contains(said, "has nothing of an order A-3") {
		t.Errorf("an order that is not in it: %d %s", code, said)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(raw), `"quantity":2`, `"quantity":3`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, said := command(t, "archive", "show", file); code == 0 || out != "" || !strings.Contains(said, "not a whole archive") {
		t.Errorf("a changed file: %d %s %s", code, out, said)
	}
}
