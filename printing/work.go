package printing

import (
	"context"
	"sync"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/ship"
)

// look is how soon, in wall time, a printer is looked at again that could not print, or that another process gave work.
const look = time.Second

// Work keeps every printer at its queue until ctx ends. Each has its own lane: one that hangs stops no other.
func (s *Service) Work(ctx context.Context) {
	var running sync.WaitGroup
	defer running.Wait()
	var mu sync.Mutex
	busy := map[int64]bool{}
	waiter := s.db.Wait(Due)
	defer waiter.Stop()
	for {
		list, err := s.laden(ctx)
		if err != nil && ctx.Err() == nil {
			s.set.Log.Error("printers cannot be listed", "error", err)
		}
		for _, p := range list {
			mu.Lock()
			free := !busy[p.ID]
			busy[p.ID] = true
			mu.Unlock()
			if !free {
				continue
			}
			running.Go(func() {
				s.attend(ctx, p)
				mu.Lock()
				delete(busy, p.ID)
				mu.Unlock()
			})
		}
		select {
		case <-ctx.Done():
			return
		case <-waiter.C:
		case <-time.After(look):
		}
	}
}

func (s *Service) attend(ctx context.Context, p Device) {
	if _, err := s.drain(ctx, p); err != nil && ctx.Err() == nil {
		s.set.Log.Error("a printer is not served", "printer", p.Name, "error", err)
	}
}

// Step prints what can be printed now, on all printers beside each other, and returns how many labels that were.
func (s *Service) Step(ctx context.Context) (done int, err error) {
	list, err := s.laden(ctx)
	var running sync.WaitGroup
	counts, errs := make([]int, len(list)), make([]error, len(list))
	for i, p := range list {
		running.Go(func() { counts[i], errs[i] = s.drain(ctx, p) })
	}
	running.Wait()
	for i := range list {
		done += counts[i]
		if err == nil {
			err = errs[i]
		}
	}
	return done, err
}

// laden lists the printers that are switched on and have something to do.
func (s *Service) laden(ctx context.Context) (out []Device, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		out = nil
		list, err := Devices(tx)
		for _, p := range list {
			if !p.Enabled || err != nil {
				continue
			}
			var head, way []*Job
			if head, err = db.All(tx.Query(selHead, p.ID, 1), scanJob); err != nil {
				return err
			}
			if way, err = db.All(tx.Query(selUnderWay, p.ID, 1), scanJob); len(head)+len(way) > 0 {
				out = append(out, p)
			}
		}
		return err
	})
	return out, err
}

// page is how many uncertain jobs are looked at in one transaction.
const page = 256

// ConfirmScanned settles what the printers left open: a parcel that was scanned at the dock bears its label. It returns how
// many labels that were.
func (s *Service) ConfirmScanned(ctx context.Context) (done int, err error) {
	devices, err := s.Printers(ctx)
	for _, p := range devices {
		for after := int64(0); err == nil && after >= 0; {
			var n int
			after, n, err = s.confirmPage(ctx, p.ID, after)
			done += n
		}
	}
	return done, err
}

// confirmPage looks at the uncertain jobs of a printer behind an id, and returns where it ended; -1 is the end.
func (s *Service) confirmPage(ctx context.Context, printer, after int64) (last int64, done int, err error) {
	var gone []int64
	err = s.db.View(ctx, func(tx *db.Tx) error {
		list, err := db.All(tx.Query(selSent, printer, after, page), scanJob)
		if err != nil {
			return err
		}
		if last = -1; len(list) == page {
			last = list[page-1].ID
		}
		var shipments map[int64]*ship.Shipment
		shipments, err = shipmentsOf(tx, list)
		for _, j := range list {
			if sh := shipments[j.ShipmentID]; sh != nil && sh.Gone() && sh.Waybill == j.Waybill && j.Uncertain {
				gone = append(gone, j.ID)
			}
		}
		return err
	})
	if err != nil || len(gone) == 0 {
		return last, 0, err
	}
	return last, len(gone), s.db.Update(ctx, func(tx *db.Tx) error {
		for _, key := range gone {
			j, err := lockOne(tx, key)
			if err != nil {
				return err
			}
			if j.State == Sent && j.Uncertain {
				if err := j.move(tx, Printed); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
