package aftersales

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Policy is what the company grants without asking a person.
type Policy struct {
	Windows    map[string]int64 `json:"windows"`     // days since delivery within which a kind may be asked for
	Kinds      []string         `json:"kinds"`       // that the rule may approve
	Limit      int64            `json:"limit"`       // value of the goods up to which it may, minor units of the order; 0 = none
	Refund     int64            `json:"refund"`      // up to which money goes back without a person, when the goods are as new; 0 = never
	SendWithin int64            `json:"send_within"` // days in which approved goods must come
	Phone      string           `json:"phone"`       // of the returns desk, as carriers want it on a return waybill
}

// DefaultPolicy is what holds where nothing was set: seven days without a reason, and small values only.
func DefaultPolicy() Policy {
	return Policy{Windows: map[string]int64{Return: 7, Exchange: 15, Reship: 30, Refund: 30}, Kinds: []string{Return, Exchange}, Limit: 50000, SendWithin: 14}
}

const policySetting = "aftersales.policy"

// longestWindow is how far back anybody may promise to take goods, in days.
const longestWindow = 3650

var (
	selPolicy  = db.NewSQL(`SELECT value FROM setting WHERE name = $1`)
	putSetting = db.Upsert("setting", "name text, value text, updated_at bigint, updated_by text", 1,
		"value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by")
)

// readPolicy reads what holds. What cannot be read is as if nothing had been set.
func readPolicy(tx *db.Tx) (Policy, error) {
	var text string
	found, err := tx.Query(selPolicy, policySetting).One(&text)
	if err != nil || !found {
		return DefaultPolicy(), err
	}
	var p Policy
	if json.Unmarshal([]byte(text), &p) != nil || p.check() != nil {
		return DefaultPolicy(), nil
	}
	return p, nil
}

// Policy reads what holds now.
func (s *Service) Policy(ctx context.Context) (p Policy, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		p, err = readPolicy(tx)
		return err
	})
	return p, err
}

// SavePolicy sets it for cases to come; those that are decided stay. Faults: aftersales.policy, aftersales.kind, aftersales.phone.
func (s *Service) SavePolicy(ctx context.Context, once *db.Once, actor string, p Policy) (Policy, error) {
	if err := p.check(); err != nil {
		return Policy{}, err
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Policy, error) {
		raw, err := json.Marshal(p)
		if err != nil {
			return Policy{}, err
		}
		tx.Put(putSetting, policySetting, string(raw), tx.Micros(), actor)
		tx.Emit(db.Event{Kind: "aftersales.policy_saved.v1", Actor: actor, Params: p})
		return p, nil
	})
}

func (p Policy) check() error {
	var found []*fault.Fault
	number := func(field string, n, most int64) {
		if n < 0 || n > most {
			found = append(found, fault.Invalidf(field, "aftersales.policy", "%s is between 0 and %d", field, most).With("field", field).With("most", most))
		}
	}
	kind := func(field, k string) {
		if !slices.Contains(Kinds, k) {
			found = append(found, unknownKind(field, k))
		}
	}
	for k, days := range p.Windows {
		kind("windows", k)
		number("windows", days, longestWindow)
	}
	for _, k := range p.Kinds {
		kind("kinds", k)
	}
	number("limit", p.Limit, 1e14)
	number("refund", p.Refund, 1e14)
	number("send_within", p.SendWithin, longestWindow)
	if len(p.Phone) > 40 {
		found = append(found, fault.Invalidf("phone", "aftersales.phone", "a phone has up to 40 characters"))
	}
	if f := fault.Join(found...); f != nil {
		return f
	}
	return nil
}

func unknownKind(field, value string) *fault.Fault {
	return fault.Invalidf(field, "aftersales.kind", "%q is none of return, exchange, reship, refund, refused", value).With("value", value)
}
