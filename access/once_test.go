package access

import (
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

func TestARevocationRepeatedUnderItsKeySparesANewKeyOfTheName(t *testing.T) {
	each(t, func(t *testing.T, d *Directory) {
		ctx := t.Context()
		if _, _, err := d.Ensure(ctx, ""); err != nil {
			t.Fatal(err)
		}
		create := func() string {
			key, err := d.CreateKey(ctx, FirstCompany, "floor", []Scope{Work})
			if err != nil {
				t.Fatal(err)
			}
			return key
		}
		create()
		old := &db.Once{Key: "old", Hash: "h"}
		if _, err := db.Command(ctx, d.db, old, func(tx *db.Tx) (int, error) { return 1, tx.ForgetKeys(0) }); err != nil {
			t.Fatal(err)
		}
		once := func() *db.Once { return &db.Once{Key: "k", Hash: "h"} }
		before := d.db.Stats().Commits
		if err := d.RevokeKeyOnce(ctx, once(), FirstCompany, "floor"); err != nil {
			t.Fatal(err)
		}
		if n := d.db.Stats().Commits - before; n != 1 {
			t.Errorf("the revocation and its key took %d transactions", n)
		}
		key := create()
		again := once()
		if err := d.RevokeKeyOnce(ctx, again, FirstCompany, "floor"); err != nil || !again.Replayed {
			t.Errorf("%v, replayed %v", err, again.Replayed)
		}
		if _, err := d.Authenticate(ctx, key); err != nil {
			t.Errorf("the new key was ended by the repetition: %v", err)
		}
		if err := d.RevokeKeyOnce(ctx, &db.Once{Key: "k", Hash: "other"}, FirstCompany, "floor"); fault.Code(err) != "idempotency.other_request" {
			t.Error(err)
		}
		if _, found, err := db.Kept[int](ctx, d.db, old); !found || err != nil {
			t.Errorf("a key of today is gone: %v", err)
		}
	})
}
