package review

import (
	"encoding/json"
	"fmt"

	"github.com/packhorse/packhorse/internal/db"
)

var (
	insRule = db.Insert("review_rule",
		"code text, version bigint, priority bigint, expression text, action text, reason text, enabled boolean, created_at bigint, created_by text")
	// Rules are never changed or removed, so their number says whether there are new ones.
	cntRules = db.NewSQL(`SELECT count(*) FROM review_rule`)
	selRules = db.NewSQL(`SELECT code, version, priority, expression, action, reason, enabled FROM review_rule
	  WHERE version = (SELECT max(n.version) FROM review_rule n WHERE n.code = review_rule.code) ORDER BY code`)
	selRule = db.NewSQL(`SELECT code, version, priority, expression, action, reason, enabled FROM review_rule
	  WHERE code = $1 ORDER BY version DESC LIMIT $2`)
)

// saying is what the column reason holds: the code, with what its sentence is made of and what the rule is called.
type saying struct {
	Code   string            `json:"code"`
	Name   string            `json:"name"`
	Params map[string]string `json:"params,omitempty"`
}

func putRule(tx *db.Tx, r Rule, actor string) error {
	raw, err := json.Marshal(saying{r.Reason, r.Name, r.Params})
	if err != nil {
		return fmt.Errorf("rule %s: %w", r.ID, err)
	}
	tx.Put(insRule, r.ID, r.Version, r.Priority, r.Expr, string(r.Action), string(raw), r.Enabled, tx.Micros(), actor)
	return nil
}

func countRules(tx *db.Tx) (n int64, err error) {
	_, err = tx.Query(cntRules).One(&n)
	return n, err
}

// readRules reads rules, whichever versions the query chose.
func readRules(rows *db.Rows) ([]Rule, error) {
	var list []Rule
	for rows.Next() {
		var r Rule
		var action, reason string
		rows.Scan(&r.ID, &r.Version, &r.Priority, &r.Expr, &action, &reason, &r.Enabled)
		r.Action = Action(action)
		var s saying
		if err := json.Unmarshal([]byte(reason), &s); err != nil {
			s.Code = reason // a bare code is a reason without parameters
		}
		r.Reason, r.Params, r.Name = s.Code, s.Params, s.Name
		list = append(list, r)
	}
	return list, rows.Close()
}
