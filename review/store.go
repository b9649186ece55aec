package review

import (
	"cmp"
	"encoding/json"
	"fmt"

	"github.com/packhorse/packhorse/internal/db"
)

const ruleColumns = `code, version, name, priority, expression, action, reason, params, enabled`

var (
	insRule = db.Insert("review_rule",
		"code text, version bigint, name text, priority bigint, expression text, action text, reason text, params text, enabled boolean, created_at bigint, created_by text")
	selRules = db.NewSQL(`SELECT ` + ruleColumns + ` FROM review_rule
	  WHERE version = (SELECT max(n.version) FROM review_rule n WHERE n.code = review_rule.code) ORDER BY code`)
	selRule = db.NewSQL(`SELECT ` + ruleColumns + ` FROM review_rule WHERE code = $1 ORDER BY version DESC LIMIT $2`)
)

func putRule(tx *db.Tx, r Rule, actor string) error {
	params := "{}"
	if len(r.Params) > 0 {
		raw, err := json.Marshal(r.Params)
		if err != nil {
			return fmt.Errorf("rule %s: %w", r.ID, err)
		}
		params = string(raw)
	}
	tx.Put(insRule, r.ID, r.Version, r.Name, r.Priority, r.Expr, string(r.Action), r.Reason, params, r.Enabled, tx.Micros(), actor)
	return nil
}

// readRules reads rules, whichever versions the query chose.
func readRules(rows *db.Rows) (list []Rule, err error) {
	for rows.Next() {
		var r Rule
		var action, params string
		rows.Scan(&r.ID, &r.Version, &r.Name, &r.Priority, &r.Expr, &action, &r.Reason, &params, &r.Enabled)
		r.Action = Action(action)
		if bad := json.Unmarshal([]byte(params), &r.Params); bad != nil && err == nil {
			err = fmt.Errorf("rule %s: its parameters do not parse: %w", r.ID, bad)
		}
		if len(r.Params) == 0 {
			r.Params = nil
		}
		list = append(list, r)
	}
	return list, cmp.Or(rows.Close(), err)
}
