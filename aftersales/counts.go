package aftersales

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
)

// countMost bounds a count: behind it nobody counts any more.
const countMost = 1000

var (
	selCaseCount   = db.NewSQL(`SELECT count(*) FROM (SELECT 1 FROM aftersales_case WHERE status = $1 LIMIT $2) x`)
	selRefundCount = db.NewSQL(`SELECT count(*) FROM (SELECT 1 FROM aftersales_refund WHERE status = $1 LIMIT $2) x`)
)

// Counts are how many cases and refunds wait in each state, up to 1000: a count of 1000 is that many or more.
type Counts struct {
	Cases   map[string]int64 // by state, of those that are not over
	Refunds map[string]int64 // by state, of those that somebody or something waits for
}

// Counts counts what waits.
func (s *Service) Counts(ctx context.Context) (c Counts, err error) {
	c = Counts{map[string]int64{}, map[string]int64{}}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		if err := countEach(tx, selCaseCount, c.Cases, Requested, Approved, Received, Inspected); err != nil {
			return err
		}
		return countEach(tx, selRefundCount, c.Refunds, RefundRequested, RefundApproved, RefundFailed)
	})
	return c, err
}

func countEach(tx *db.Tx, sql *db.SQL, into map[string]int64, states ...string) error {
	for _, state := range states {
		var n int64
		if _, err := tx.Query(sql, state, countMost).One(&n); err != nil {
			return err
		}
		into[state] = n
	}
	return nil
}
