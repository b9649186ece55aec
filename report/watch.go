package report

import (
	"context"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/ship"
)

// lookAgain is when a parcel that was reported and not collected is looked at once more.
const lookAgain = time.Hour

// watchPage is how many parcels Watch looks at in one transaction.
const watchPage = 200

var (
	selWatch = db.NewSQL(`SELECT ` + columns + ` FROM report_message WHERE watch_at > 0 AND watch_at <= $1 ORDER BY watch_at, id LIMIT $2 FOR UPDATE SKIP LOCKED`)
	setWatch = db.Change("report_message", "id bigint, watch bigint, uncollected bigint", 1, "watch_at = x.watch, uncollected_at = x.uncollected", "t.id = x.id")

	selUncollected = db.NewSQL(`SELECT ` + columns + ` FROM report_message WHERE uncollected_at > 0 AND id < $1 ORDER BY id DESC LIMIT $2`)
)

// Watch looks at the parcels that shops were told of some time ago: one that the carrier has not scanned since is
// told, once, and stands among Uncollected until it is. It returns how many are new there.
func (s *Service) Watch(ctx context.Context) (found int, err error) {
	for n := watchPage; n == watchPage && err == nil; {
		err = s.db.Update(ctx, func(tx *db.Tx) error {
			list, err := db.All(tx.Query(selWatch, tx.Micros(), watchPage), scanMessage)
			n = len(list)
			for _, m := range list {
				fresh, e := watch(tx, m)
				if e != nil {
					return e
				}
				if fresh {
					found++
				}
			}
			return err
		})
	}
	return found, err
}

func watch(tx *db.Tx, m *Message) (fresh bool, err error) {
	sh, err := shipmentOf(tx, m)
	if err != nil {
		return false, err
	}
	if sh == nil || collected(sh) {
		tx.Put(setWatch, m.ID, 0, 0)
		return false, nil
	}
	fresh = m.UncollectedAt == 0
	if fresh {
		m.UncollectedAt = tx.Micros()
		tx.Emit(db.Event{Kind: "report.not_collected.v1", Order: m.Order, Subject: m.ID, Params: map[string]any{"parcel": id.Show(pack.Prefix, m.Parcel),
			"carrier": sh.Carrier, "waybill": sh.Waybill, "reported": time.UnixMicro(m.SentAt).UTC().Format(time.RFC3339)}})
	}
	tx.Put(setWatch, m.ID, tx.Now().Add(lookAgain).UnixMicro(), m.UncollectedAt)
	return fresh, nil
}

// collected reports whether the carrier has a parcel, as far as anybody tells us: of one that cannot be asked the
// hand-over is all there is.
func collected(sh *ship.Shipment) bool {
	return sh.Gone() && (sh.Tracking != ship.Pending || sh.NextPollAt == 0)
}

// Uncollected lists the parcels that a shop was told of and no carrier has scanned since, newest first, below an id (0 =
// from the newest).
func Uncollected(tx *db.Tx, below int64, limit int) ([]*Message, error) {
	if below == 0 {
		below = 1<<63 - 1
	}
	return db.All(tx.Query(selUncollected, below, limit), scanMessage)
}
