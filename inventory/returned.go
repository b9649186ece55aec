package inventory

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// How returned goods that are for sale again are picked. They are always before others of the same expiry.
const (
	ReturnedByExpiry = "expiry" // what expires first goes first, returned or not
	ReturnedByAge    = "age"    // what came back goes before everything else, the longest back first
)

const returnedSetting = "inventory.returned"

var (
	selReturnedSetting = db.NewSQL(`SELECT value FROM setting WHERE name = $1`)
	putReturnedSetting = db.Upsert("setting", "name text, value text, updated_at bigint, updated_by text", 1,
		"value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by")
)

// returnedRule reads how the company picks returned goods; by expiry where nobody has said anything. It is kept between
// transactions: every release asks for it.
func returnedRule(tx *db.Tx) (rule string, err error) {
	if kept, ok := tx.Recall(returnedSetting, int64(0)); ok {
		return kept.(string), nil
	}
	if _, err := tx.Query(selReturnedSetting, returnedSetting).One(&rule); err != nil {
		return "", err
	}
	if rule != ReturnedByAge {
		rule = ReturnedByExpiry
	}
	tx.Keep(returnedSetting, int64(0), rule)
	return rule, nil
}

// Returned tells how the company picks returned goods.
func (s *Service) Returned(ctx context.Context) (rule string, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) (err error) { rule, err = returnedRule(tx); return err })
	return rule, err
}

// SaveReturned says how returned goods are picked from now on; what is reserved stays. Fault: inventory.returned_rule.
func (s *Service) SaveReturned(ctx context.Context, once *db.Once, actor, rule string) (string, error) {
	if rule != ReturnedByExpiry && rule != ReturnedByAge {
		return "", fault.Invalidf("returned", "inventory.returned_rule", "%q is no rule for returned goods; use expiry or age", rule).With("value", rule)
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (string, error) {
		tx.Forget(returnedSetting, int64(0))
		tx.Put(putReturnedSetting, returnedSetting, rule, tx.Micros(), actor)
		tx.Emit(db.Event{Kind: "inventory.returned_saved.v1", Actor: actor, Params: map[string]any{"rule": rule}})
		return rule, nil
	})
}
