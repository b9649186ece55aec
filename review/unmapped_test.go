package review_test

import (
	"fmt"
	"testing"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/review"
)

func TestWhatIsNotInTheCatalogueIsHeldWhateverTheRulesSay(t *testing.T) {
	for _, change := range []struct {
		name string
		make func(r *review.Rule)
	}{
		{"switched off", func(r *review.Rule) { r.Enabled = false }},
		{"a tag only", func(r *review.Rule) { r.Action = review.ActionTag }},
		{"never true", func(r *review.Rule) { r.Expr = "false" }},
	} {
		t.Run(change.name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				k := newDesk(t, d)
				rules, err := k.svc.Rules(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range rules {
					if r.ID != "unmapped" {
						continue
					}
					change.make(&r)
					if _, err := k.svc.SaveRule(t.Context(), nil, "user:ann", r); err != nil {
						t.Fatal(err)
					}
				}
				o := k.good(1)
				o.Lines = append(o.Lines, order.Line{No: 2, SKU: "COFFEE", Title: "coffee", Quantity: 1})
				k.add(o)
				k.step()
				h := k.want(o, order.ReviewHeld, order.FulfilmentNone, "review.unmapped")[0]
				if skus := fmt.Sprint(h.Params["skus"]); skus != "[COFFEE]" {
					t.Errorf("the hold names %s", skus)
				}
				if _, err := catalog.New(d, "CNY").Save(t.Context(), nil, "user:ann", catalog.Entry{SKU: catalog.SKU{Code: "COFFEE"}}); err != nil {
					t.Fatal(err)
				}
				if n, err := k.svc.Recheck(t.Context()); n != 1 || err != nil {
					t.Fatal(n, err)
				}
				k.step()
				k.want(o, order.ReviewPassed, order.FulfilmentWaiting)
			})
		})
	}
}

var selSaved = db.NewSQL(`SELECT name, reason, params FROM review_rule WHERE code = $1`)

func TestASavedRuleStandsInColumnsOfItsOwn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		for _, r := range []review.Rule{
			{ID: "big", Name: "Large orders", Expr: `order.total >= 100000`, Action: review.ActionHold, Reason: review.CodeCustom, Params: map[string]string{"text": `"big"`}, Enabled: true},
			{ID: "plain", Name: "Plain", Expr: `false`, Action: review.ActionTag, Reason: "review.plain"},
		} {
			if _, err := k.svc.SaveRule(t.Context(), nil, "user:ann", r); err != nil {
				t.Fatal(err)
			}
			var name, reason, params string
			k.update(func(tx *db.Tx) error {
				_, err := tx.Query(selSaved, r.ID).One(&name, &reason, &params)
				return err
			})
			want := "{}"
			if r.Params != nil {
				want = `{"text":"\"big\""}`
			}
			if name != r.Name || reason != r.Reason || params != want {
				t.Errorf("%s is stored as %q, %q, %s", r.ID, name, reason, params)
			}
			list, err := k.svc.RuleVersions(t.Context(), r.ID, 1)
			if err != nil || len(list) != 1 || list[0].Name != r.Name || list[0].Reason != r.Reason || fmt.Sprint(list[0].Params) != fmt.Sprint(r.Params) {
				t.Errorf("%s is read back as %+v %v", r.ID, list, err)
			}
		}
	})
}
