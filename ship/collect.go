package ship

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/job"
)

// collectWork is the payload of a collect job.
type collectWork struct {
	Carrier  string   `json:"carrier"`
	Waybills []string `json:"waybills"`
}

// collect asks for a call to every carrier of the manifest that wants to hear what it was handed.
func (s *Service) collect(tx *db.Tx, m *Manifest) {
	byCarrier := map[string][]string{}
	for _, h := range m.Handed {
		byCarrier[h.Carrier] = append(byCarrier[h.Carrier], h.Waybill)
	}
	for _, carrier := range slices.Sorted(maps.Keys(byCarrier)) {
		if _, wants := s.carriers.Get(carrier).(Collector); wants {
			job.Add(tx, job.Job{Kind: collectJob, Key: fmt.Sprintf("%d %s", m.ID, carrier), Payload: collectWork{carrier, byCarrier[carrier]}})
		}
	}
}

func (s *Service) runCollect(ctx context.Context, j job.Job) error {
	var w collectWork
	if err := j.Read(&w); err != nil {
		return err
	}
	c, wants := s.carriers.Get(w.Carrier).(Collector)
	if !wants {
		return nil
	}
	err := c.Collect(ctx, w.Waybills)
	if errors.Is(err, ErrUnknownWaybill) {
		return nil // the others were taken; the one it does not know is late without a first scan, and found there
	}
	return err
}
