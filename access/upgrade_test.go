package access

import (
	"testing"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
)

// TestTheGrantsOfAnOlderInstallationStayWhatTheyWere makes a directory as it was before an account could have several grants.
func TestTheGrantsOfAnOlderInstallationStayWhatTheyWere(t *testing.T) {
	for name, place := range map[string]func(*testing.T) Place{"sqlite": func(t *testing.T) Place { return Place{Dir: t.TempDir()} },
		"postgres": func(t *testing.T) Place { return Place{URL: freshDatabase(t)} }} {
		t.Run(name, func(t *testing.T) {
			p := place(t)
			p.Clock = clock.Real()
			old := p.options("directory", db.Directory, true)
			old.Only = db.Migrations(db.Directory)[:2]
			was, err := db.Open(t.Context(), old)
			if err != nil {
				t.Fatal(err)
			}
			err = was.Update(t.Context(), func(tx *db.Tx) error {
				tx.Put(insCompany, 1, FirstCompany, 1)
				for i, login := range []string{"anna", "bob"} {
					hash, err := newHash(login, "a good password")
					if err != nil {
						return err
					}
					tx.Put(insAccount, i+1, login, hash, 1)
				}
				tx.Put(insOldGrant, 1, 1, "warehouse_manager", `["JX","GZ"]`, "[]", `["-"]`)
				tx.Put(insOldGrant, 2, 1, "admin", "[]", "[]", "[]")
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if err := was.Close(); err != nil {
				t.Fatal(err)
			}
			d, err := OpenDirectory(t.Context(), p)
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			anna, err := d.Login(t.Context(), "anna", "a good password", "")
			if err != nil || len(anna.Rights) != 1 || anna.Rights[0].Role != "warehouse_manager" || !anna.Where(Work).Goods("GZ", "") || anna.Where(Work).Goods("GZ", "X") || anna.Where(Work).Node("SH") {
				t.Errorf("%+v %v", anna, err)
			}
			bob, err := d.Login(t.Context(), "bob", "a good password", "")
			if err != nil || !bob.Where(Admin).Whole() {
				t.Errorf("%+v %v", bob, err)
			}
		})
	}
}

var insOldGrant = db.Insert("access_grant", "account_id bigint, company_id bigint, role text, nodes text, shops text, owners text")
