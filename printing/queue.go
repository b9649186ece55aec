package printing

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/ship"
)

// Labelled queues the label of a shipment that has got its waybill, on the printer that serves its whole node. Where there
// is none the bench asks for it with Print. It is given to ship, and runs in its transaction.
func (s *Service) Labelled(tx *db.Tx, sh *ship.Shipment) error {
	return s.Queue(tx, []*ship.Shipment{sh}, "system")
}

// Queue queues the labels of shipments in the given order, whether their waybills are there yet or not, on the printers
// that serve their whole nodes. What is queued already stays where it is. The shipments are of the transaction.
func (s *Service) Queue(tx *db.Tx, list []*ship.Shipment, actor string) error {
	devices, err := Devices(tx)
	if err != nil || len(devices) == 0 {
		return err
	}
	ids := make([]int64, len(list))
	for i, sh := range list {
		ids[i] = sh.ID
	}
	have, err := jobsOf(tx, ids)
	for _, sh := range list {
		if p, ok := choose(devices, sh.NodeID, ""); ok && len(have[sh.ID]) == 0 && err == nil {
			add(tx, p, sh, actor)
		}
	}
	return err
}

func jobsOf(tx *db.Tx, shipments []int64) (map[int64][]*Job, error) {
	list, err := db.All(tx.Query(selOf, shipments), scanJob)
	out := map[int64][]*Job{}
	for _, j := range list {
		out[j.ShipmentID] = append(out[j.ShipmentID], j)
	}
	return out, err
}

// PrintIn asks for the label of a parcel.
type PrintIn struct {
	ParcelID int64
	Station  string // whose printer; empty = the one that serves the whole node
	Actor    string
}

// Print queues the label of a parcel. A label is printed once: where it was asked for before, that job is returned. Its
// waybill may still be on its way. That of a parcel that has left is dropped from the queue, which says so. once may be nil. Faults: printing.no_parcel, printing.no_waybill, printing.no_printer.
func (s *Service) Print(ctx context.Context, once *db.Once, in PrintIn) (Job, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Job, error) {
		sh, err := shipmentOf(tx, in.ParcelID)
		if err != nil {
			return Job{}, err
		}
		have, err := jobsOf(tx, []int64{sh.ID})
		if err != nil {
			return Job{}, err
		}
		if list := have[sh.ID]; len(list) > 0 {
			return *list[0], nil
		}
		p, err := printerAt(tx, sh.NodeID, in.Station)
		if err != nil {
			return Job{}, err
		}
		return *add(tx, p, sh, in.Actor), nil
	})
}

func printerAt(tx *db.Tx, node int64, station string) (Device, error) {
	list, err := Devices(tx)
	if err != nil {
		return Device{}, err
	}
	p, ok := choose(list, node, station)
	if !ok {
		return Device{}, fault.New(fault.Conflict, "printing.no_printer", "no printer that is switched on stands at %q in this warehouse; set one up, or name another station", station).
			With("station", station)
	}
	return p, nil
}

// ReprintIn asks for a second copy of a label.
type ReprintIn struct {
	JobID   int64
	Reason  string // what happened to the first
	Station string // whose printer; empty = the one it came from
	Actor   string
}

// Reprint queues another copy of a label that was printed, and records who wanted it and why. once may be nil. Faults:
// printing.job_not_found, printing.reason, printing.not_printed, printing.left, printing.no_waybill, printing.no_printer.
func (s *Service) Reprint(ctx context.Context, once *db.Once, in ReprintIn) (Job, error) {
	if f := text("reason", in.Reason, 3); f != nil {
		return Job{}, fault.Invalidf("reason", "printing.reason", "say in 3 to %d characters why the label is printed again", longest).With("max", int64(longest))
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Job, error) {
		first, err := lockOne(tx, in.JobID)
		if err != nil {
			return Job{}, err
		}
		if first.State != Printed {
			return Job{}, fault.New(fault.Conflict, "printing.not_printed", "the label is %s; only a printed one is printed again", first.State).With("state", first.State)
		}
		found, err := ship.ShipmentsByID(tx, []int64{first.ShipmentID})
		if err != nil {
			return Job{}, err
		}
		sh := found[first.ShipmentID]
		switch {
		case sh != nil && sh.Gone():
			return Job{}, hasLeft()
		case sh == nil || sh.Waybill == "" || !sh.Live():
			return Job{}, noWaybill()
		}
		again := *first
		again.ID, again.State, again.Uncertain, again.Mark, again.Attempts = tx.NewID(), Queued, false, "", 0
		again.Reason, again.Actor, again.CreatedAt, again.SentAt, again.PrintedAt = in.Reason, in.Actor, tx.Micros(), 0, 0
		if again.ReprintOf == 0 {
			again.ReprintOf = first.ID
		}
		if in.Station != "" {
			p, err := printerAt(tx, sh.NodeID, in.Station)
			if err != nil {
				return Job{}, err
			}
			again.PrinterID, again.Format = p.ID, p.Format
		}
		again.insert(tx)
		tx.Emit(db.Event{Kind: "printing.reprinted.v1", Order: again.OrderID, Subject: again.FulfilmentID, Actor: in.Actor,
			Params: map[string]any{"waybill": sh.Waybill, "note": in.Reason}})
		return again, nil
	})
}

// Retry queues a job again that failed, was cancelled, or of which a person says that it did not come out. It keeps its
// place in the queue. once may be nil. Faults: printing.job_not_found, printing.state, printing.under_way.
func (s *Service) Retry(ctx context.Context, once *db.Once, key int64, actor string) (Job, error) {
	return s.change(ctx, once, key, func(tx *db.Tx, j *Job) error {
		if j.State == Sent && !j.Uncertain {
			return underWay()
		}
		if j.State == Sent {
			j.tell(tx, "printing.answered.v1", actor, map[string]any{"waybill": j.Waybill, "printed": false})
		}
		j.Failure = ""
		return j.move(tx, Queued)
	})
}

// Confirm says that a label of which the printer told nothing came out. once may be nil. Faults: printing.job_not_found,
// printing.state, printing.under_way.
func (s *Service) Confirm(ctx context.Context, once *db.Once, key int64, actor string) (Job, error) {
	return s.change(ctx, once, key, func(tx *db.Tx, j *Job) error {
		if j.State == Sent && !j.Uncertain {
			return underWay()
		}
		if err := j.move(tx, Printed); err != nil {
			return err
		}
		j.tell(tx, "printing.answered.v1", actor, map[string]any{"waybill": j.Waybill, "printed": true})
		return nil
	})
}

// Cancel takes a job out of the queue. once may be nil. Faults: printing.job_not_found, printing.state.
func (s *Service) Cancel(ctx context.Context, once *db.Once, key int64, actor string) (Job, error) {
	return s.change(ctx, once, key, func(tx *db.Tx, j *Job) error {
		if err := j.move(tx, Cancelled); err != nil {
			return err
		}
		j.tell(tx, "printing.cancelled.v1", actor, map[string]any{})
		return nil
	})
}

func underWay() error {
	return fault.New(fault.Conflict, "printing.under_way", "the printer has the label and has not told yet what became of it; wait a moment")
}

func (s *Service) change(ctx context.Context, once *db.Once, key int64, do func(*db.Tx, *Job) error) (Job, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Job, error) {
		j, err := lockOne(tx, key)
		if err != nil {
			return Job{}, err
		}
		err = do(tx, j)
		return *j, err
	})
}

func (j *Job) tell(tx *db.Tx, kind, actor string, params map[string]any) {
	tx.Emit(db.Event{Kind: kind, Order: j.OrderID, Subject: j.FulfilmentID, Actor: actor, Params: params})
}
