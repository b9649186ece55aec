package main

import (
	"context"
	"fmt"

	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/wave"
)

// savings are what the decisions of a run came to, beside the plain rules on the same work. Everything was worked out when it was
// decided, and is only summed here.
type savings struct {
	Waves        int64   `json:"waves"`
	Metres       int64   `json:"metres"`
	PlainMetres  int64   `json:"plain_metres"` // order by order
	Minutes      float64 `json:"minutes"`
	PlainMinutes float64 `json:"plain_minutes"`
	Together     int64   `json:"together_metres"` // of walks for several
	FirstCome    int64   `json:"first_come_metres"`
	Fulfilments  int64   `json:"packed_compared"`
	Parcels      int64   `json:"parcels"`
	PlainParcels int64   `json:"plain_parcels"`
	Cost         int64   `json:"packing_minor"` // cartons and typical freight
	PlainCost    int64   `json:"plain_packing_minor"`
	Batched      int64   `json:"orders_decided_together"`
	Allocated    int64   `json:"allocation_minor"` // what they cost
	PlainAlloc   int64   `json:"plain_allocation_minor"`
	MoreUnits    int64   `json:"units_not_waiting"`
}

// saved sums what the waves and the parcels of the run have stored.
func (f *figures) saved(ctx context.Context, w *world) error {
	return w.app.DB.View(ctx, func(tx *db.Tx) error {
		until := tx.Now().AddDate(0, 0, 1).UnixMicro()
		walks, err := wave.SavingsOf(tx, 0, until)
		if err != nil {
			return err
		}
		cartons, err := pack.SavingsOf(tx, 0, until)
		var walked wave.Saving
		var packed pack.Saving
		for _, s := range walks {
			walked.Add(s)
		}
		for _, s := range cartons {
			packed.Add(s)
		}
		f.Savings = savings{Waves: walked.Waves, Metres: walked.Metres, PlainMetres: walked.PlainMetres, Minutes: float64(walked.Seconds) / 60, PlainMinutes: float64(walked.PlainSeconds) / 60,
			Together: walked.Together / 1000, FirstCome: walked.FirstCome / 1000, Fulfilments: packed.Fulfilments, Parcels: packed.Parcels, PlainParcels: packed.PlainParcels,
			Cost: packed.Cost(), PlainCost: packed.PlainCost()}
		if err != nil {
			return err
		}
		t, err := allocation.Savings(tx, 0, until)
		f.Savings.Batched, f.Savings.Allocated, f.Savings.PlainAlloc, f.Savings.MoreUnits = t.Orders, t.Chosen, t.Plain, t.MoreUnits
		return err
	})
}

// tell says what was saved, and against what.
func (s savings) tell(currency string, line func(string, map[string]any)) {
	if s.PlainMetres > 0 {
		line("saved.walks", map[string]any{"km": km(s.Metres), "plain": km(s.PlainMetres), "saved": percent(int(s.PlainMetres-s.Metres), int(s.PlainMetres)),
			"hours": fmt.Sprintf("%.1f", s.Minutes/60), "plain_hours": fmt.Sprintf("%.1f", s.PlainMinutes/60)})
	}
	if s.FirstCome > 0 {
		line("saved.batches", map[string]any{"km": km(s.Together), "plain": km(s.FirstCome), "saved": percent(int(s.FirstCome-s.Together), int(s.FirstCome))})
	}
	if s.PlainCost > 0 {
		line("saved.cartons", map[string]any{"parcels": s.Parcels, "plain_parcels": s.PlainParcels, "cost": money.Format(s.Cost, currency), "plain": money.Format(s.PlainCost, currency),
			"currency": currency, "saved": percent(int(s.PlainCost-s.Cost), int(s.PlainCost))})
	}
	if s.Batched > 0 {
		line("saved.together", map[string]any{"orders": s.Batched, "cost": money.Format(s.Allocated, currency), "plain": money.Format(s.PlainAlloc, currency), "currency": currency,
			"saved": percent(int(s.PlainAlloc-s.Allocated), int(s.PlainAlloc)), "units": s.MoreUnits})
	}
}
