package printing

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/ship/label"
)

// testWaybill stands on a test label instead of a number of a carrier.
const testWaybill = "TEST-0000"

var selTests = db.NewSQL(`SELECT ` + jobColumns + ` FROM printing_job WHERE printer_id = $1 AND state = 'queued' AND document = $2 ORDER BY id LIMIT 1`)

// Test queues a label that belongs to no order, behind whatever the printer has to do. One that still waits is not asked for twice.
// once may be nil. Faults: printing.printer_not_found, printing.off.
func (s *Service) Test(ctx context.Context, once *db.Once, printer int64, actor string) (Job, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Job, error) {
		p, err := deviceByID(tx, printer)
		if err != nil {
			return Job{}, err
		}
		if !p.Enabled {
			return Job{}, fault.New(fault.Conflict, "printing.off", "the printer %s is switched off; switch it on first", p.Name).With("name", p.Name)
		}
		waiting, err := db.All(tx.Query(selTests, p.ID, testDocument), scanJob)
		if err != nil {
			return Job{}, err
		}
		if len(waiting) > 0 {
			return *waiting[0], nil
		}
		j := &Job{ID: tx.NewID(), PrinterID: p.ID, Document: testDocument, Format: p.Format, State: Queued, Actor: actor, CreatedAt: tx.Micros()}
		j.insert(tx)
		tx.Emit(db.Event{Kind: "printing.tested.v1", Subject: p.ID, Actor: actor, Params: map[string]any{"name": p.Name}})
		return *j, nil
	})
}

func deviceByID(tx *db.Tx, key int64) (Device, error) {
	list, err := Devices(tx)
	if err != nil {
		return Device{}, err
	}
	for _, p := range list {
		if p.ID == key {
			return p, nil
		}
	}
	return Device{}, noPrinter(key)
}

func noPrinter(key int64) error {
	return fault.New(fault.NotFound, "printing.printer_not_found", "there is no printer %s", id.Show(PrinterPrefix, key)).With("printer", id.Show(PrinterPrefix, key))
}

// testSheet says which printer it came out of, in both scripts: a font that is missing is seen at once.
func (u *pump) testSheet(tx *db.Tx, j *Job) label.Label {
	say := func(lang string) string { return words.Render(lang, "printing.test", nil) }
	return label.Label{Carrier: say(u.printer.Language), Waybill: testWaybill, Code: j.Name(), Captions: captions(u.printer.Language),
		Sender:    label.Party{Name: say("en"), Address: say("zh-CN")},
		Recipient: label.Party{Name: u.printer.Name, Phone: "0123456789", Address: joined(" ", u.printer.Station, u.printer.Kind, u.printer.Format, u.printer.Media)},
		Order:     j.Name(), Note: tx.Now().UTC().Format("2006-01-02 15:04") + " UTC"}
}
