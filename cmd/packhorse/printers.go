package main

import (
	"github.com/packhorse/packhorse/connect/printer/cups"
	"github.com/packhorse/packhorse/connect/printer/raw"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/printing"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/wave"
)

// printers makes what gets labels onto paper.
func (a *App) printers(d *db.DB) *printing.Service {
	return printing.New(d, printing.Settings{Log: a.Installation.Log, Makers: map[string]printing.Maker{printing.Raw: raw.New, printing.CUPS: cups.New}})
}

// labelsAtRelease takes the waybills of a wave and queues their labels with it, where its template says so.
func labelsAtRelease(shipping *ship.Service, printers *printing.Service) func(*db.Tx, wave.Wave, []int64) error {
	return func(tx *db.Tx, w wave.Wave, inOrder []int64) error {
		if w.TemplateID == 0 {
			return nil
		}
		t, err := wave.TemplateByID(tx, w.TemplateID)
		if err != nil || t.LabelAt != wave.AtRelease {
			return err
		}
		list, err := shipping.LabelEarly(tx, inOrder)
		if err != nil {
			return err
		}
		return printers.Queue(tx, list, w.ReleasedBy)
	}
}
