package main

import (
	"slices"
	"testing"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
)

func TestWhatIsDoneOnTheCommandLineIsOnRecord(t *testing.T) {
	data := t.TempDir()
	for _, args := range [][]string{
		{"import", "catalog", file(t, "c.csv", "sku,title\nA,Tea\n")}, {"user", "add", "anna", "--role", "picker"}, {"user", "grant", "anna", "--role", "admin"},
		{"user", "password", "anna"}, {"user", "sign-out", "anna"}, {"user", "disable", "anna"}, {"key", "create", "shop", "--scopes", "orders:read"}, {"key", "revoke", "shop"},
	} {
		if code, out, errs := command(t, append(args, "--data", data)...); code != 0 {
			t.Fatalf("%q: %d %s %s", args, code, out, errs)
		}
	}
	d, err := access.OpenDirectory(t.Context(), access.Place{Dir: data, Clock: clock.Real()})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	company, err := d.OpenCompany(t.Context(), access.FirstCompany)
	if err != nil {
		t.Fatal(err)
	}
	defer company.Close()
	if err := d.MoveNotes(t.Context(), access.FirstCompany, company); err != nil {
		t.Fatal(err)
	}
	var list []access.Entry
	if err := company.View(t.Context(), func(tx *db.Tx) error { list, err = access.Entries(tx, access.AuditFilter{}, 0, 50); return err }); err != nil {
		t.Fatal(err)
	}
	var acts []string
	for i, e := range list {
		acts = append(acts, e.Act+" "+e.Object)
		if e.Actor != commander() || e.At == 0 || i > 0 && e.At > list[i-1].At {
			t.Errorf("%+v", e)
		}
	}
	want := []string{"revoke-key shop", "create-key shop", "disable-user anna", "sign-out-user anna", "reset-password anna", "grant-user anna", "create-user anna", "import catalog"}
	if !slices.Equal(acts, want) {
		t.Errorf("on record are %q, want %q", acts, want)
	}
}
