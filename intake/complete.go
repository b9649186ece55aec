package intake

import (
	"context"
	"time"

	"github.com/packhorse/packhorse/internal/db"
)

// Completeness is what was found of one hour: how many orders the shop says were placed in it, and how many of them we
// hold. Times are UTC microseconds.
type Completeness struct {
	Hour    int64 // when it began
	Shop    int64 // orders that the shop counts
	Held    int64 // of them orders here
	Refused int64 // of them documents in the inbox that became no order
	Looks   int64 // how often it was looked at
	At      int64
}

// Missing is how many orders the shop has that we have not even heard of.
func (c Completeness) Missing() int64 { return max(0, c.Shop-c.Held-c.Refused) }

const (
	// settled is how long after an hour it can be counted: orders of its last minute are on their way.
	hourSettles = 5 * time.Minute
	// provePage is how many hours are asked for in one turn.
	provePage = 12
	// lookBack is how long an hour with missing orders is looked at again.
	lookBack = 7 * 24 * time.Hour
	// told is at which look an hour that misses orders is told of: at the first they may be on their way.
	toldAt = 2
)

var (
	lastHour  = db.NewSQL(`SELECT hour FROM intake_completeness WHERE channel_id = $1 ORDER BY hour DESC LIMIT 1`)
	openHours = db.NewSQL(`SELECT hour, looks FROM intake_completeness WHERE channel_id = $1 AND hour > $2 AND shop_count > held + refused ORDER BY hour LIMIT $3`)
	countHeld = db.NewSQL(`SELECT CAST(COALESCE(sum(CASE WHEN EXISTS (SELECT 1 FROM intake_document d WHERE d.external_id = s.external_id AND d.channel = $4 AND d.shop = $5 AND d.order_id <> 0) THEN 1 ELSE 0 END), 0) AS BIGINT),
	  CAST(COALESCE(sum(CASE WHEN EXISTS (SELECT 1 FROM intake_document d WHERE d.external_id = s.external_id AND d.channel = $4 AND d.shop = $5) THEN 1 ELSE 0 END), 0) AS BIGINT)
	  FROM intake_seen s WHERE s.channel_id = $1 AND s.placed_at >= $2 AND s.placed_at < $3`)
	putHour = db.Upsert("intake_completeness", "channel_id bigint, hour bigint, shop_count bigint, held bigint, refused bigint, looks bigint, proved_at bigint", 2,
		"shop_count = excluded.shop_count, held = excluded.held, refused = excluded.refused, looks = excluded.looks, proved_at = excluded.proved_at")
	selHours = db.NewSQL(`SELECT hour, shop_count, held, refused, looks, proved_at FROM intake_completeness WHERE channel_id = $1 AND hour < $2 ORDER BY hour DESC LIMIT $3`)
)

// hour is one that is to be proved, with how often it was looked at before.
type hour struct{ at, looks int64 }

// prove compares hours of an account with what the shop counts, after everything was pulled: new hours that are over, and
// those again that missed orders.
func (s *Channels) prove(ctx context.Context, a *Account, c Counter) error {
	hours, err := s.toProve(ctx, a)
	if err != nil {
		return err
	}
	for _, h := range hours {
		from := time.UnixMicro(h.at).UTC()
		n, err := call(ctx, func(ctx context.Context) (int, error) { return c.Count(ctx, from, from.Add(time.Hour)) })
		if err != nil {
			return err
		}
		if err := s.proved(ctx, a, h, int64(n)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Channels) toProve(ctx context.Context, a *Account) (list []hour, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		list, err = db.All(tx.Query(openHours, a.ID, tx.Now().Add(-lookBack).UnixMicro(), provePage/2), func(r *db.Rows) (h hour) { r.Scan(&h.at, &h.looks); return h })
		if err != nil {
			return err
		}
		var last int64
		known, err := tx.Query(lastHour, a.ID).One(&last)
		next := time.UnixMicro(last).UTC().Add(time.Hour)
		if begin := time.UnixMicro(a.BeginAt).UTC(); !known {
			if next = begin.Truncate(time.Hour); next.Before(begin) {
				next = next.Add(time.Hour) // the hour in which the account begins is not ours alone
			}
		}
		for ; len(list) < provePage && !next.Add(time.Hour+hourSettles).After(tx.Now()); next = next.Add(time.Hour) {
			list = append(list, hour{at: next.UnixMicro()})
		}
		return err
	})
	return list, err
}

func (s *Channels) proved(ctx context.Context, a *Account, h hour, shop int64) error {
	return s.db.Update(ctx, func(tx *db.Tx) error {
		c := Completeness{Hour: h.at, Shop: shop, Looks: h.looks + 1, At: tx.Micros()}
		var all int64
		end := time.UnixMicro(h.at).Add(time.Hour).UnixMicro()
		if _, err := tx.Query(countHeld, a.ID, h.at, end, a.Name, a.Shop).One(&c.Held, &all); err != nil {
			return err
		}
		c.Refused = all - c.Held
		tx.Put(putHour, a.ID, c.Hour, c.Shop, c.Held, c.Refused, c.Looks, c.At)
		if c.Missing() > 0 && c.Looks == toldAt {
			tx.Emit(db.Event{Kind: "channel.incomplete.v1", Subject: a.ID, Actor: a.Actor(), Params: map[string]any{"channel": a.Name,
				"hour": time.UnixMicro(c.Hour).UTC().Format(time.RFC3339), "shop": c.Shop, "held": c.Held + c.Refused, "missing": c.Missing()}})
		}
		return nil
	})
}

// CompletenessOf lists the hours of an account that were proved, newest first, below an hour (0 = from the newest).
func CompletenessOf(tx *db.Tx, account, below int64, limit int) ([]Completeness, error) {
	if below == 0 {
		below = 1<<63 - 1
	}
	return db.All(tx.Query(selHours, account, below, limit), func(r *db.Rows) (c Completeness) {
		r.Scan(&c.Hour, &c.Shop, &c.Held, &c.Refused, &c.Looks, &c.At)
		return c
	})
}
