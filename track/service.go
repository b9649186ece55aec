package track

import (
	"cmp"
	"log/slog"
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/ship"
)

// Settings are what does not change while the process runs.
type Settings struct {
	// Families says whose codes a carrier speaks, by carrier code. One that is not named speaks its own: its code in lower case.
	Families map[string]string
	Limits   Thresholds   // the zero value is Usual
	Logins   *ship.Logins // that people keep; nil = none are kept. Their codes are those of their adapter
	Log      *slog.Logger
}

// Service holds the use cases of tracking.
type Service struct {
	db       *db.DB
	carriers ship.Callable
	families map[string]string
	limits   Thresholds
	log      *slog.Logger
	receipts *db.Batch[In, Out]
}

// New makes the service. carriers are those that can be asked whatever is set up, by the code that shipments bear.
func New(d *db.DB, carriers map[string]ship.Carrier, set Settings) *Service {
	s := &Service{db: d, carriers: ship.Calling(carriers, set.Logins), families: set.Families, limits: set.Limits, log: cmp.Or(set.Log, slog.Default())}
	if s.limits == (Thresholds{}) {
		s.limits = Usual()
	}
	s.receipts = db.NewBatch(d, 256, s.receiveAll)
	return s
}

// family is whose codes a carrier speaks.
func (s *Service) family(carrier string) string {
	if kind := s.carriers.Kind(carrier); kind != "" {
		return kind
	}
	if f, ok := s.families[carrier]; ok {
		return f
	}
	return strings.ToLower(carrier)
}

// interval is how long a parcel is left alone before its carrier is asked again, in business time: often while
// something is to happen soon, seldom while nothing is.
func interval(s Status) time.Duration {
	switch s {
	case StatusOutForDelivery:
		return time.Hour
	case StatusPending, StatusPickedUp:
		return 2 * time.Hour
	case StatusReadyForPickup:
		return 6 * time.Hour
	case StatusReturnToSender:
		return 24 * time.Hour
	}
	return 4 * time.Hour
}

// abandoned is how long after the hand-over a carrier is asked at all. Carriers forget their numbers, and use them again.
const abandoned = 60 * 24 * time.Hour

// nextPoll is when a carrier is asked about a parcel again; 0 when it is not.
func nextPoll(sh *ship.Shipment, now time.Time) int64 {
	if sh.NextPollAt == 0 || now.Sub(time.UnixMicro(sh.HandedOverAt)) > abandoned {
		return 0
	}
	return now.Add(interval(Status(sh.Tracking))).UnixMicro()
}
