package review

import (
	"context"
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
)

// ClaimFor is how long an opened case is one's own without a sign of life.
const ClaimFor = 5 * time.Minute

// longestSnooze bounds how far a case may be put off.
const longestSnooze = 30 * 24 * time.Hour

// Claim says who has a case open. Times are UTC microseconds.
type Claim struct {
	OrderID int64
	Who     string
	BegunAt int64
	Until   int64 // after it anybody may open the case
	EndedAt int64 // when a decision closed it; 0 = none did
	Snoozed bool  // nobody has it open: it is put off until then
}

func (c Claim) live(now int64) bool { return c.EndedAt == 0 && c.Until > now }

var (
	putClaim = db.Upsert("review_claim", "order_id bigint, who text, begun_at bigint, until bigint, ended_at bigint, snoozed boolean", 1,
		"who = excluded.who, begun_at = excluded.begun_at, until = excluded.until, ended_at = excluded.ended_at, snoozed = excluded.snoozed")
	delClaim  = db.Remove("review_claim", "order_id bigint", "t.order_id = x.order_id")
	selClaims = db.NewSQL(`SELECT order_id, who, begun_at, until, ended_at, snoozed FROM review_claim WHERE order_id = ANY($1)`)
	selOld    = db.NewSQL(`SELECT order_id FROM review_claim WHERE until < $1 ORDER BY until, order_id LIMIT $2 FOR UPDATE SKIP LOCKED`)
	selEnded  = db.NewSQL(`SELECT ended_at - begun_at FROM review_claim WHERE until > $1 AND ended_at > 0 ORDER BY until DESC LIMIT $2`)
)

func claimsOf(tx *db.Tx, ids []int64) (map[int64]Claim, error) {
	out := map[int64]Claim{}
	if len(ids) == 0 {
		return out, nil
	}
	rows := tx.Query(selClaims, ids)
	for rows.Next() {
		var c Claim
		rows.Scan(&c.OrderID, &c.Who, &c.BegunAt, &c.Until, &c.EndedAt, &c.Snoozed)
		out[c.OrderID] = c
	}
	return out, rows.Close()
}

func (c Claim) put(tx *db.Tx) {
	tx.Put(putClaim, c.OrderID, c.Who, c.BegunAt, c.Until, c.EndedAt, c.Snoozed)
}

// Claim opens a case for a person, for ClaimFor; again, it goes on. What was put off is taken up with it. Faults:
// order.not_found, review.claimed while somebody else has it open.
func (s *Service) Claim(ctx context.Context, once *db.Once, orderID int64, who string) (Claim, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Claim, error) {
		now := tx.Micros()
		was, err := lockClaim(tx, orderID)
		if err != nil {
			return Claim{}, err
		}
		if err := was.others(who, now); err != nil {
			return Claim{}, err
		}
		mine := was.live(now) && !was.Snoozed && was.Who == who
		c := Claim{OrderID: orderID, Who: who, BegunAt: now, Until: tx.Now().Add(ClaimFor).UnixMicro()}
		if mine {
			c.BegunAt = was.BegunAt
		} else {
			tx.Emit(db.Event{Kind: "review.claimed.v1", Order: orderID, Actor: who})
		}
		c.put(tx)
		return c, forget(tx, orderID)
	})
}

// Leave gives a case back, decided or not. Whoever does not have it open changes nothing.
func (s *Service) Leave(ctx context.Context, once *db.Once, orderID int64, who string, decided bool) error {
	_, err := db.Command(ctx, s.db, once, func(tx *db.Tx) (struct{}, error) {
		was, err := lockClaim(tx, orderID)
		if err != nil || was.Who != who || was.Snoozed || !was.live(tx.Micros()) {
			return struct{}{}, err
		}
		was.Until = tx.Micros()
		if decided {
			was.EndedAt = tx.Micros()
		}
		was.put(tx)
		return struct{}{}, nil
	})
	return err
}

// Snooze puts a case off until a moment; 0 takes it up again. Faults: order.not_found, review.claimed, review.snooze for a
// moment that has passed or is more than thirty days away.
func (s *Service) Snooze(ctx context.Context, once *db.Once, orderID int64, who string, until int64) (Claim, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Claim, error) {
		now := tx.Micros()
		if until != 0 && (until <= now || until > tx.Now().Add(longestSnooze).UnixMicro()) {
			return Claim{}, badMoment("until")
		}
		was, err := lockClaim(tx, orderID)
		if err != nil {
			return Claim{}, err
		}
		if err := was.others(who, now); err != nil {
			return Claim{}, err
		}
		c := Claim{OrderID: orderID, Who: who, BegunAt: now, Until: until, Snoozed: true}
		if until == 0 {
			c.Until = now
		}
		c.put(tx)
		tx.Emit(db.Event{Kind: "review.snoozed.v1", Order: orderID, Actor: who, Params: map[string]any{"until": until}})
		return c, nil
	})
}

// lockClaim reads who has a case open. The order is the lock: two who open it at once do so one after the other.
func lockClaim(tx *db.Tx, orderID int64) (Claim, error) {
	if _, err := order.LockOne(tx, orderID); err != nil {
		return Claim{}, err
	}
	found, err := claimsOf(tx, []int64{orderID})
	return found[orderID], err
}

// forgetAtOnce is how many old claims one new one sweeps away.
const forgetAtOnce = 20

// forget removes claims that no figure looks at any more, but not the one that was just written. What another reviewer's
// transaction sweeps is left to it.
func forget(tx *db.Tx, but int64) error {
	old, err := db.All(tx.Query(selOld, tx.Now().Add(-2*Lately).UnixMicro(), forgetAtOnce), func(r *db.Rows) (key int64) { r.Scan(&key); return key })
	for _, key := range old {
		if key != but {
			tx.Put(delClaim, key)
		}
	}
	return err
}

// mostEnded bounds how many decisions the median is taken of, the latest.
const mostEnded = 1000

// Pace is how fast cases were decided lately.
type Pace struct {
	Decided int   // cases in the last day, at most 1,000
	Median  int64 // microseconds from opening to decision; 0 = none was decided
}

// PaceLately is the pace of all reviewers in the last day.
func PaceLately(tx *db.Tx) (Pace, error) {
	took, err := db.All(tx.Query(selEnded, tx.Now().Add(-Lately).UnixMicro(), mostEnded), func(r *db.Rows) (n int64) { r.Scan(&n); return n })
	if err != nil || len(took) == 0 {
		return Pace{}, err
	}
	slices.Sort(took)
	return Pace{Decided: len(took), Median: took[len(took)/2]}, nil
}
