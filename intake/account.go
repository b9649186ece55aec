package intake

import (
	"bytes"
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
)

// ChannelPrefix is that of an account's id as people see it.
const ChannelPrefix = "chn"

// When a shop is told of a parcel.
const (
	AtPrint    = "print"    // its waybill is here
	AtWeigh    = "weigh"    // its waybill is here and it was weighed
	AtHandOver = "handover" // the carrier has it
)

var reportMoments = []string{AtPrint, AtWeigh, AtHandOver}

// Account is one shop behind one connector. Times are UTC microseconds, 0 = none.
type Account struct {
	ID        int64
	Name      string          // unique; the channel of its documents
	Shop      string          // the shop of its documents; may be empty
	Kind      string          // which connector
	Settings  json.RawMessage // a JSON object, as its connector reads it; without the secret
	HasSecret bool
	Lang      string // in which sentences go to the shop: en or zh-CN
	Enabled   bool
	ReportAt  string // AtPrint, AtWeigh or AtHandOver
	StockPush bool   // tell it what it may sell
	BeginAt   int64  // orders placed before are not asked for
	EveryS    int64  // seconds of business time between two pulls
	CreatedAt int64

	// How it goes. Lag is how far behind the shop we are while there is more to pull, in microseconds.
	NextPullAt, LastPullAt, LastOKAt, Lag int64
	LastError                             string // a code; empty when the last pull went well
	Failures                              int64  // in a row

	secret  string // sealed; in the clear only where an older version wrote it
	version int64
	cursor  string // the connector's
	lease   string
	hintAt  int64
}

// Actor is how events call what a shop does.
func (a *Account) Actor() string { return "channel:" + a.Name }

// Settings are what a connector is made of.
type Settings struct {
	Account string // its name
	Shop    string
	Options json.RawMessage // a JSON object
	Secret  string
	Begin   time.Time // orders placed before are not asked for
}

// Connector makes the connector of one account. It sends nothing; a fault says which of the settings is wrong.
type Connector func(Settings) (Channel, error)

const accountSpec = "id bigint, name text, shop text, kind text, settings text, secret text, lang text, enabled boolean, report_at text, stock_push boolean, " +
	"begin_at bigint, every_s bigint, version bigint, place text, next_pull_at bigint, hint_at bigint, lease text, lease_until bigint, failures bigint, " +
	"last_pull_at bigint, last_ok_at bigint, lag_us bigint, last_error text, created_at bigint"

const accountColumns = `id, name, shop, kind, settings, secret, lang, enabled, report_at, stock_push, begin_at, every_s, version, place, next_pull_at, hint_at,
  lease, failures, last_pull_at, last_ok_at, lag_us, last_error, created_at`

var (
	insAccount  = db.Insert("intake_channel", accountSpec)
	editAccount = db.Change("intake_channel", "id bigint, version bigint, settings text, secret text, lang text, enabled boolean, report_at text, stock_push boolean, every_s bigint, at bigint", 1,
		"version = t.version + 1, settings = x.settings, secret = x.secret, lang = x.lang, enabled = x.enabled, report_at = x.report_at, stock_push = x.stock_push, every_s = x.every_s, next_pull_at = x.at, failures = 0",
		"t.id = x.id AND t.version = x.version")

	selAccounts    = db.NewSQL(`SELECT ` + accountColumns + ` FROM intake_channel ORDER BY id`)
	selAccountID   = db.NewSQL(`SELECT ` + accountColumns + ` FROM intake_channel WHERE id = $1`)
	selAccountName = db.NewSQL(`SELECT ` + accountColumns + ` FROM intake_channel WHERE name = $1`)
)

func scanAccount(r *db.Rows) *Account {
	a := &Account{}
	var settings string
	r.Scan(&a.ID, &a.Name, &a.Shop, &a.Kind, &settings, &a.secret, &a.Lang, &a.Enabled, &a.ReportAt, &a.StockPush, &a.BeginAt, &a.EveryS, &a.version, &a.cursor,
		&a.NextPullAt, &a.hintAt, &a.lease, &a.Failures, &a.LastPullAt, &a.LastOKAt, &a.Lag, &a.LastError, &a.CreatedAt)
	a.Settings, a.HasSecret = json.RawMessage(settings), a.secret != ""
	return a
}

// Accounts reads every account, oldest first. There are few.
func Accounts(tx *db.Tx) ([]*Account, error) { return db.All(tx.Query(selAccounts), scanAccount) }

// AccountByID reads one account. Fault: channel.not_found.
func AccountByID(tx *db.Tx, key int64) (*Account, error) {
	return oneAccount(tx.Query(selAccountID, key), id.Show(ChannelPrefix, key))
}

func accountByName(tx *db.Tx, name string) (*Account, error) {
	return oneAccount(tx.Query(selAccountName, name), name)
}

func oneAccount(rows *db.Rows, name string) (*Account, error) {
	list, err := db.All(rows, scanAccount)
	if err == nil && len(list) == 0 {
		err = fault.New(fault.NotFound, "channel.not_found", "there is no shop account %s", name).With("channel", name)
	}
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

func (a *Account) insert(tx *db.Tx) {
	tx.Put(insAccount, a.ID, a.Name, a.Shop, a.Kind, string(a.Settings), a.secret, a.Lang, a.Enabled, a.ReportAt, a.StockPush, a.BeginAt, a.EveryS, 1, "",
		a.NextPullAt, 0, "", 0, 0, 0, 0, 0, "", a.CreatedAt)
}

func (a *Account) update(tx *db.Tx) {
	tx.Put(editAccount, a.ID, a.version, string(a.Settings), a.secret, a.Lang, a.Enabled, a.ReportAt, a.StockPush, a.EveryS, tx.Micros())
}

const (
	defaultEveryS = 60
	maxEveryS     = 24 * 60 * 60
)

var accountName = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`)

// complete fills in what was left out and says what is wrong.
func (a *Account) complete() error {
	a.Lang, a.ReportAt, a.EveryS = cmp.Or(a.Lang, "en"), cmp.Or(a.ReportAt, AtHandOver), cmp.Or(a.EveryS, defaultEveryS)
	if len(bytes.TrimSpace(a.Settings)) == 0 || string(a.Settings) == "null" {
		a.Settings = json.RawMessage("{}")
	}
	var object map[string]json.RawMessage
	var wrong []*fault.Fault
	if !accountName.MatchString(a.Name) {
		wrong = append(wrong, fault.Invalidf("name", "channel.name", "the name of an account has up to 64 small letters, digits, hyphens and underscores").With("value", a.Name))
	}
	if json.Unmarshal(a.Settings, &object) != nil {
		wrong = append(wrong, fault.Invalidf("settings", "channel.settings", "settings are a JSON object"))
	}
	if !slices.Contains(words.Languages, a.Lang) {
		wrong = append(wrong, fault.Invalidf("lang", "channel.lang", "%q is none of the languages we write: en, zh-CN", a.Lang).With("value", a.Lang))
	}
	if !slices.Contains(reportMoments, a.ReportAt) {
		wrong = append(wrong, fault.Invalidf("report_at", "channel.report_at", "a shop is told of a parcel at print, weigh or handover, not at %q", a.ReportAt).With("value", a.ReportAt))
	}
	if a.EveryS < 1 || a.EveryS > maxEveryS {
		wrong = append(wrong, fault.Invalidf("every_s", "channel.every", "a shop is asked every 1 to %d seconds", maxEveryS).With("max", maxEveryS))
	}
	if f := fault.Join(wrong...); f != nil {
		return f
	}
	return nil
}
