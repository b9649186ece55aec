package api

import (
	"strconv"
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/inventory"
)

const (
	idleDays     = 90 // without another number
	idleDaysMost = 3650
)

// idleSince is the moment since which goods have not moved to be called idle. Fault: http.days.
func (c *call) idleSince() (time.Time, error) {
	days := idleDays
	if text := c.query("days"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > idleDaysMost {
			return time.Time{}, fault.Invalidf("days", "http.days", "days is a whole number from 1 to %d", idleDaysMost).With("most", idleDaysMost)
		}
		days = n
	}
	return c.DB.Clock().Now().AddDate(0, 0, -days), nil
}

// onlyIdle keeps of a stretch of the catalogue what stands there and has not come in or left since; moved is when it last did.
func (c *call) onlyIdle(list []catalog.Entry, levels []Level, since time.Time) (idle []Level, err error) {
	keys := map[[2]string]int64{}
	var skus []int64
	for _, e := range list {
		keys[[2]string{e.SKU.Code, e.SKU.Owner}] = e.SKU.ID
		skus = append(skus, e.SKU.ID)
	}
	var moved map[int64]int64
	err = c.DB.View(c.ctx, func(tx *db.Tx) error { moved, err = inventory.Moved(tx, skus); return err })
	for _, l := range levels {
		last, stands := moved[keys[[2]string{l.SKU, l.Owner}]]
		if stands && l.OnHand > 0 && last < since.UnixMicro() {
			l.MovedAt = at(last)
			idle = append(idle, l)
		}
	}
	return idle, err
}
