package track

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/ship"
)

const (
	pollSize  = 64
	pollCalls = 8                // side by side
	pollTime  = 30 * time.Second // of one call, wall time
)

// Poll asks carriers for the parcels that are due, up to 64, and takes what they tell. It returns how many were asked; 0
// means that none is due. A carrier that does not answer is asked again at the parcel's next time.
func (s *Service) Poll(ctx context.Context) (int, error) {
	var due []*ship.Shipment
	err := s.db.Update(ctx, func(tx *db.Tx) (err error) {
		due, err = ship.TakeDue(tx, pollSize, func(sh *ship.Shipment) int64 { return nextPoll(sh, tx.Now()) })
		return err
	})
	if err != nil || len(due) == 0 {
		return 0, err
	}
	var ins []In
	for i, answer := range s.ask(ctx, due) {
		switch {
		case answer.err != nil:
			s.log.WarnContext(ctx, "a carrier did not tell where a parcel is", "carrier", due[i].Carrier, "waybill", due[i].Waybill, "code", fault.Code(answer.err), "error", answer.err)
		case len(answer.scans) > 0:
			ins = append(ins, In{Shipment: due[i].ID, Scans: answer.scans})
		}
	}
	for _, r := range s.receipts.All(ctx, ins) {
		if r.Err != nil {
			err = errors.Join(err, r.Err)
		}
	}
	return len(due), err
}

type told struct {
	scans []ship.Scan
	err   error
}

// ask calls the carriers side by side, outside any transaction.
func (s *Service) ask(ctx context.Context, due []*ship.Shipment) []told {
	answers := make([]told, len(due))
	places := make(chan struct{}, pollCalls)
	var calls sync.WaitGroup
	for i, sh := range due {
		c := s.carriers.Get(sh.Carrier)
		if c == nil {
			continue // it was connected when the parcel left
		}
		places <- struct{}{}
		calls.Go(func() {
			defer func() { <-places }()
			ctx, stop := context.WithTimeout(ctx, pollTime)
			defer stop()
			answers[i].scans, answers[i].err = c.Track(ctx, sh.Waybill)
		})
	}
	calls.Wait()
	return answers
}
