package insight

import (
	"context"
	"sync"
	"time"

	"github.com/packhorse/packhorse/internal/db"
)

// settled is how long after its end an hour may still change: a transaction that began in it may commit later, and a parcel that was
// begun in it be closed.
const settled = 15 * time.Minute

// Service counts the figures of one company. It is safe for concurrent use.
type Service struct {
	db *db.DB

	mu   sync.Mutex
	over map[int64][]Count // by the first id of an hour
}

// New makes the service.
func New(d *db.DB) *Service { return &Service{db: d, over: map[int64][]Count{}} }

// Hours counts the hours of a time, the earliest first. Both ends are cut to whole hours. Fault: insight.span.
func (s *Service) Hours(ctx context.Context, from, to time.Time) (out []Hour, err error) {
	from, to = from.Truncate(time.Hour), to.Truncate(time.Hour)
	if err := spanned(from, to); err != nil {
		return nil, err
	}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		for at := from; at.Before(to); at = at.Add(time.Hour) {
			list, err := s.hour(tx, at)
			if err != nil {
				return err
			}
			out = append(out, Hour{At: at.UTC(), Counts: list})
		}
		return nil
	})
	return out, err
}

// hour counts an hour, or remembers it.
func (s *Service) hour(tx *db.Tx, begin time.Time) ([]Count, error) {
	at := hourFrom(begin)
	s.mu.Lock()
	list, known := s.over[at.from]
	s.mu.Unlock()
	if known || begin.After(tx.Now()) {
		return list, nil
	}
	list, err := count(tx, at)
	if err != nil || tx.Now().Sub(begin.Add(time.Hour)) < settled {
		return list, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.over) >= 2*Span { // somebody looks at the past: what is asked for most comes back
		clear(s.over)
	}
	s.over[at.from] = list
	return list, nil
}
