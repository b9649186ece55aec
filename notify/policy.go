package notify

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
)

// Channels over which customers can be told.
const (
	Email = "email"
	SMS   = "sms"
)

// Channels lists every channel.
var Channels = []string{Email, SMS}

// Policy is what customers are told, over which channels and when.
type Policy struct {
	Notices   map[Notice][]string `json:"notices"`    // the channels of each, the first that reaches the customer is taken; none = not told
	QuietFrom string              `json:"quiet_from"` // "22:00", by the recipient's clock
	QuietTo   string              `json:"quiet_to"`   // "08:00"; the same as quiet_from = no quiet hours
	Language  string              `json:"language"`   // where the country of the recipient does not say
	Shop      string              `json:"shop"`       // how messages are signed; empty = the name of the shop that sold
}

// DefaultPolicy is what holds where nothing was set: everything by SMS where it is connected, or else by e-mail, not at night.
func DefaultPolicy() Policy {
	p := Policy{Notices: map[Notice][]string{}, QuietFrom: "22:00", QuietTo: "08:00", Language: "zh-CN"}
	for _, n := range Notices {
		p.Notices[n] = []string{SMS, Email}
	}
	return p
}

const policyName = "notify.policy"

var (
	selSetting = db.NewSQL(`SELECT value FROM setting WHERE name = $1`)
	putSetting = db.Upsert("setting", "name text, value text, updated_at bigint, updated_by text", 1,
		"value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by")
)

// readPolicy is what was saved, or else the default. A value that cannot be read leaves the default.
func readPolicy(tx *db.Tx) (Policy, error) {
	var text string
	found, err := tx.Query(selSetting, policyName).One(&text)
	if err != nil || !found {
		return DefaultPolicy(), err
	}
	p := DefaultPolicy()
	p.Notices = map[Notice][]string{}
	if json.Unmarshal([]byte(text), &p) != nil || p.check() != nil {
		return DefaultPolicy(), nil
	}
	return p, nil
}

// Policy reads what holds now.
func (s *Service) Policy(ctx context.Context) (p Policy, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error { p, err = readPolicy(tx); return err })
	return p, err
}

// SavePolicy sets it for messages to come. Faults: notify.policy on the field.
func (s *Service) SavePolicy(ctx context.Context, once *db.Once, actor string, p Policy) (Policy, error) {
	if err := p.check(); err != nil {
		return Policy{}, err
	}
	raw, err := json.Marshal(p)
	if err != nil {
		return Policy{}, err
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Policy, error) {
		tx.Put(putSetting, policyName, string(raw), tx.Micros(), actor)
		tx.Emit(db.Event{Kind: "notify.policy_saved.v1", Actor: actor})
		return p, nil
	})
}

func (p Policy) check() error {
	var found []*fault.Fault
	wrong := func(field, value string) {
		found = append(found, fault.Invalidf(field, "notify.policy", "%s cannot be %q", field, value).With("field", field).With("value", value))
	}
	for n, channels := range p.Notices {
		if !slices.Contains(Notices, n) {
			wrong("notices", string(n))
		}
		for _, c := range channels {
			if !slices.Contains(Channels, c) {
				wrong("notices."+string(n), c)
			}
		}
	}
	for _, f := range []struct{ name, value string }{{"quiet_from", p.QuietFrom}, {"quiet_to", p.QuietTo}} {
		if _, err := minuteOf(f.value); err != nil {
			wrong(f.name, f.value)
		}
	}
	if !slices.Contains(words.Languages, p.Language) {
		wrong("language", p.Language)
	}
	if len(p.Shop) > 100 || !oneLine(p.Shop) {
		wrong("shop", p.Shop)
	}
	if f := fault.Join(found...); f != nil {
		return f
	}
	return nil
}

func minuteOf(text string) (int, error) {
	t, err := time.Parse("15:04", text)
	if err != nil {
		return 0, fmt.Errorf("%q is no time of the day: %w", text, err)
	}
	return t.Hour()*60 + t.Minute(), nil
}

// quiet are the hours of a policy that was checked.
func (p Policy) quiet() Quiet {
	from, _ := minuteOf(p.QuietFrom)
	to, _ := minuteOf(p.QuietTo)
	return Quiet{from, to}
}

// languageOf is what people read where a parcel goes.
func (p Policy) languageOf(country string) string {
	switch country {
	case "CN", "HK", "MO", "TW":
		return "zh-CN"
	case "":
		return p.Language
	}
	return "en"
}
