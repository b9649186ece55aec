package inventory_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/inventory"
)

func TestAStockFileTwiceChangesNothingTheSecondTime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		a, err := w.s.ImportStock(ctx, table(t, stockFile), false, nil)
		imported(t, a, err)
		if a.Created != 0 || a.Updated != 0 || a.Unchanged != 8 {
			t.Errorf("second import: %+v", a)
		}
		more := strings.Replace(stockFile, "N1,A1,S1,good,,,40", "N1,A1,S1,good,,,35", 1) + "N9,A1,S1,good,,,1\nN1,ZZ,S1,good,,,1\nN1,A1,S9,good,,,1\nN1,A1,S1,odd,,,1\nN1,A1,S3,good,,,-1\nN1,A1,S3,good,,2027-02-31,1\n"
		a, err = w.s.ImportStock(ctx, table(t, more), false, nil)
		if err != nil || a.Updated != 1 || len(a.Rejected) != 6 {
			t.Errorf("third import: %+v %v", a, err)
		}
		if err := w.prove(); err != nil {
			t.Error(err)
		}
	})
}

// One code may be that of several owners. What a company had of one owner is not counted as another's who comes later.
func TestAnExportedStockFileKeepsTheGoodsOfItsOwners(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		skus := func(file string) {
			a, err := catalog.New(d, "").ImportSKUs(ctx, table(t, file), false, nil)
			imported(t, a, err)
		}
		skus("sku,title,owner\nX1,Tea,acme\nX2,Cup,acme\n")
		a, err := w.s.ImportStock(ctx, table(t, "warehouse,location,sku,quantity\nN1,A1,X1,5\nN1,A1,X2,3\n"), false, nil)
		imported(t, a, err)
		skus("sku,title,owner\nX1,Tea,self\nX2,Cup,beta\n")
		var file bytes.Buffer
		out, err := sheet.NewWriter(&file, "stock.csv")
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(w.s.ExportStock(ctx, out), out.Close()); err != nil {
			t.Fatal(err)
		}
		a, err = w.s.ImportStock(ctx, table(t, file.String()), false, nil)
		if imported(t, a, err); a.Created+a.Updated != 0 || a.Unchanged != 10 {
			t.Errorf("the same file back: %+v", a)
		}
		a, err = w.s.ImportStock(ctx, table(t, "warehouse,location,sku,owner,quantity\nN1,A1,X1,self,2\nN1,A1,X1,,2\nN1,A1,X1,acme,6\nN1,A1,X2,,1\nN1,A1,X2,beta,1\nN1,A1,X2,gamma,1\n"), false, nil)
		if err != nil || a.Created != 2 || a.Updated != 1 || a.Unchanged != 1 || len(a.Rejected) != 2 || a.Rejected[0].Code != "catalog.sku_ambiguous" || a.Rejected[1].Code != "inventory.unknown_sku" {
			t.Errorf("%+v %v", a, err)
		}
		if err := w.prove(); err != nil {
			t.Error(err)
		}
	})
}

func TestAStockFileCannotTakeWhatIsPromised(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		err := d.Update(ctx, func(tx *db.Tx) error {
			return inventory.Promise(tx, []inventory.Demand{{1, 1, 1, w.skus[2], w.nodes[1].ID, 50}})
		})
		if err != nil {
			t.Fatal(err)
		}
		file := "warehouse,location,sku,quality,quantity\nN2,A2,S3,good,20\nN2,A1,S3,defective,30\nN2,A1,S1,good,31\n"
		a, err := w.s.ImportStock(ctx, table(t, file), false, nil)
		if err != nil || len(a.Rejected) != 1 || a.Rejected[0].Code != "inventory.promised" || a.Created != 1 || a.Updated != 1 {
			t.Errorf("%+v %v", a, err)
		}
		if err := w.prove(); err != nil {
			t.Error(err)
		}
	})
}

// Rows that stand already lock each other out by themselves; here they are all new.
func TestTwoImportsOfTheSameNewStockAddItOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		const rounds, lots = 8, 40
		for round := range rounds {
			var file strings.Builder
			file.WriteString("warehouse,location,sku,lot,quantity\n")
			for i := range lots {
				fmt.Fprintf(&file, "N1,A%d,S%d,R%dL%d,%d\n", 1+i%2, 1+i%3, round, i, i+1)
			}
			answers := make([]sheet.Answer, 2)
			var wg sync.WaitGroup
			for i := range answers {
				r := table(t, file.String())
				wg.Go(func() {
					a, err := w.s.ImportStock(ctx, r, false, nil)
					if err != nil {
						t.Error(err)
					}
					answers[i] = a
				})
			}
			wg.Wait()
			if created, same := answers[0].Created+answers[1].Created, answers[0].Unchanged+answers[1].Unchanged; created != lots || same != lots {
				t.Fatalf("round %d: %d rows created and %d unchanged, want %d each: %+v", round, created, same, lots, answers)
			}
		}
		if err := w.prove(); err != nil {
			t.Error(err)
		}
	})
}
