package ship

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/packhorse/packhorse/internal/db"
)

// BalanceTeller is a carrier that sells its waybill numbers in advance (电子面单余额) and says how many are left.
type BalanceTeller interface {
	// Balance is how many waybills can still be taken; limited is false where the account is settled afterwards.
	Balance(ctx context.Context) (left int64, limited bool, err error)
}

// Reading is what an account had left at a moment.
type Reading struct {
	At   time.Time
	Left int64
}

// Account is a carrier's account as it was seen last.
type Account struct {
	Carrier string
	Left    int64 // waybills
	SeenAt  int64 // UTC microseconds
	Rate    int64 // thousandths of a waybill an hour, of the last day
	Warned  bool  // it is known to be low
}

// Hours is how long the account lasts at the rate of the last day; false while nothing is used.
func (a Account) Hours() (int64, bool) {
	if a.Rate <= 0 {
		return 0, a.Left == 0
	}
	return a.Left * 1000 / a.Rate, true
}

// UseRate is how fast an account is used, in thousandths of a waybill an hour: what it fell by between readings, in the
// order of time. What it rose by was bought, and does not count.
func UseRate(readings []Reading) int64 {
	if len(readings) < 2 {
		return 0
	}
	used := int64(0)
	for i := 1; i < len(readings); i++ {
		used += max(0, readings[i-1].Left-readings[i].Left)
	}
	span := readings[len(readings)-1].At.Sub(readings[0].At)
	if span <= 0 {
		return 0
	}
	return int64(float64(used) * 1000 / span.Hours())
}

const (
	balanceSpan = 24 * time.Hour       // the readings that tell the rate
	warnSetting = "ship.balance_hours" // below so many hours of use the account is low
	usualWarn   = int64(24)
	wellAbove   = 2 // … times as many hours: the account is not low any more
)

var (
	selReadings = db.NewSQL(`SELECT at, waybills_left FROM ship_balance WHERE carrier = $1 ORDER BY at`)
	putReading  = db.Upsert("ship_balance", "carrier text, at bigint, waybills_left bigint", 2, "waybills_left = excluded.waybills_left")
	delReading  = db.Remove("ship_balance", "carrier text, at bigint", "t.carrier = x.carrier AND t.at = x.at")
	selAccounts = db.NewSQL(`SELECT carrier, waybills_left, seen_at, used_per_hour, warned FROM ship_account ORDER BY carrier`)
	putAccount  = db.Upsert("ship_account", "carrier text, waybills_left bigint, seen_at bigint, used_per_hour bigint, warned boolean", 1,
		"waybills_left = excluded.waybills_left, seen_at = excluded.seen_at, used_per_hour = excluded.used_per_hour, warned = excluded.warned")
)

// Accounts lists the accounts that can run dry, as they were seen last.
func Accounts(tx *db.Tx) ([]Account, error) {
	return db.All(tx.Query(selAccounts), func(r *db.Rows) (a Account) {
		r.Scan(&a.Carrier, &a.Left, &a.SeenAt, &a.Rate, &a.Warned)
		return a
	})
}

// LookAtAccounts asks every account what it has left, and warns once when it will not last. A carrier that does not
// answer stops no other. The answer is always 0: nothing waits.
func (s *Service) LookAtAccounts(ctx context.Context) (int, error) {
	var failed error
	for _, code := range s.carriers.Codes() {
		c, tells := s.carriers.Get(code).(BalanceTeller)
		if !tells {
			continue
		}
		left, limited, err := c.Balance(ctx)
		if err == nil && limited {
			err = s.db.Update(ctx, func(tx *db.Tx) error { return note(tx, code, left) })
		}
		failed = errors.Join(failed, err)
	}
	return 0, failed
}

// note writes a reading and what follows from it.
func note(tx *db.Tx, carrier string, left int64) error {
	readings, err := db.All(tx.Query(selReadings, carrier), func(r *db.Rows) (x Reading) {
		var at int64
		r.Scan(&at, &x.Left)
		x.At = time.UnixMicro(at).UTC()
		return x
	})
	if err != nil {
		return err
	}
	for len(readings) > 0 && readings[0].At.Before(tx.Now().Add(-balanceSpan)) {
		tx.Put(delReading, carrier, readings[0].At.UnixMicro())
		readings = readings[1:]
	}
	tx.Put(putReading, carrier, tx.Micros(), left)
	accounts, err := Accounts(tx)
	if err != nil {
		return err
	}
	a := Account{Carrier: carrier}
	for _, had := range accounts {
		if had.Carrier == carrier {
			a = had
		}
	}
	a.Left, a.SeenAt, a.Rate = left, tx.Micros(), UseRate(append(readings, Reading{tx.Now(), left}))
	enough, err := warnBelow(tx)
	if err != nil {
		return err
	}
	a.warn(tx, enough)
	a.save(tx)
	return nil
}

// warn tells of an account that will not last; again only after it was filled up.
func (a *Account) warn(tx *db.Tx, enough int64) {
	hours, known := a.Hours()
	switch {
	case known && hours < enough && !a.Warned:
		a.Warned = true
		tx.Emit(db.Event{Kind: "ship.balance_low.v1", Actor: "carrier:" + a.Carrier, Params: map[string]any{"carrier": a.Carrier, "waybills": a.Left, "hours": hours}})
	case a.Left > 0 && (!known || hours >= wellAbove*enough):
		a.Warned = false
	}
}

func (a *Account) save(tx *db.Tx) {
	tx.Put(putAccount, a.Carrier, a.Left, a.SeenAt, a.Rate, a.Warned)
}

// ranDry notes what a refused booking says of an account, whoever counts its waybills.
func (s *Service) ranDry(tx *db.Tx, carrier string) error {
	accounts, err := Accounts(tx)
	if err != nil {
		return err
	}
	a := Account{Carrier: carrier, SeenAt: tx.Micros()}
	for _, had := range accounts {
		if had.Carrier != carrier {
			continue
		}
		if a = had; a.Left == 0 && a.Warned {
			return nil // known
		}
	}
	a.Left, a.SeenAt, a.Warned = 0, tx.Micros(), true
	a.save(tx)
	tx.Emit(db.Event{Kind: "ship.balance_low.v1", Actor: "carrier:" + carrier, Params: map[string]any{"carrier": carrier, "waybills": 0, "hours": 0}})
	return nil
}

// warnBelow is the setting of the company.
func warnBelow(tx *db.Tx) (int64, error) {
	rows := tx.Query(selShipSettings, []string{warnSetting})
	enough := usualWarn
	for rows.Next() {
		var name, value string
		rows.Scan(&name, &value)
		if n, err := strconv.ParseInt(value, 10, 64); err == nil && n >= 0 {
			enough = n
		}
	}
	return enough, rows.Close()
}
