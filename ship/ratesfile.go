package ship

import (
	"context"
	"errors"
	"io"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/internal/sheet"
)

// rateHeader lists the columns of the rate file, in the order in which it is written.
var rateHeader = []string{"carrier", "service", "from_region", "to_region", "first_g", "first_price", "step_g", "step_price",
	"volumetric_divisor", "days_p50", "days_p90", "currency"}

var rateFile = sheet.Columns{
	Required: []string{"carrier", "service", "from_region", "to_region", "first_g", "first_price", "currency"},
	Optional: []string{"step_g", "step_price", "volumetric_divisor", "days_p50", "days_p90"},
}

const (
	rateChunk  = 500
	maxName    = 100
	maxRateG   = 10_000_000
	maxDivisor = 1_000_000
	maxDays    = 365
)

var (
	rateColumns = `carrier, service, from_region, to_region, first_g, first_price, step_g, step_price, volumetric_divisor, days_p50, days_p90, currency`
	selRates    = db.NewSQL(`SELECT ` + rateColumns + ` FROM ship_rate ORDER BY carrier, service, from_region, to_region`)
	selRatesOf  = db.NewSQL(`SELECT ` + rateColumns + ` FROM ship_rate WHERE carrier = ANY($1) AND service = ANY($2) AND from_region = ANY($3) AND to_region = ANY($4)`)
	putRate     = db.Upsert("ship_rate", "carrier text, service text, from_region text, to_region text, first_g bigint, first_price bigint, step_g bigint, step_price bigint, "+
		"volumetric_divisor bigint, days_p50 bigint, days_p90 bigint, currency text", 4,
		"first_g = excluded.first_g, first_price = excluded.first_price, step_g = excluded.step_g, step_price = excluded.step_price, "+
			"volumetric_divisor = excluded.volumetric_divisor, days_p50 = excluded.days_p50, days_p90 = excluded.days_p90, currency = excluded.currency")
)

func scanRate(r *db.Rows) (c RateCard) {
	r.Scan(&c.Carrier, &c.Service, &c.FromRegion, &c.ToRegion, &c.FirstG, &c.FirstPrice, &c.StepG, &c.StepPrice, &c.VolumetricDivisor, &c.DaysP50, &c.DaysP90, &c.Currency)
	return c
}

// Rates lists all rate cards, by carrier, service and regions.
func Rates(tx *db.Tx) ([]RateCard, error) { return db.All(tx.Query(selRates), scanRate) }

// rateKey is what a card is known by in files.
type rateKey struct{ carrier, service, from, to string }

func (c RateCard) key() rateKey { return rateKey{c.Carrier, c.Service, c.FromRegion, c.ToRegion} }

type rateRow struct {
	number int
	card   RateCard
}

// ImportRates reads a rate file: one row per carrier, service and lane; a region is a province, or Anywhere. The good
// rows go in, the bad are listed; none is removed. dryRun decides everything and writes nothing. progress, which
// may be nil, is told the rows read so far.
//
// Rejections besides those of sheet: ship.rate_currency, ship.rate_days, ship.rate_duplicate.
func (s *Service) ImportRates(ctx context.Context, r *sheet.Reader, dryRun bool, progress func(done int)) (sheet.Answer, error) {
	var a sheet.Answer
	if err := r.Expect(rateFile); err != nil {
		return a, err
	}
	seen := map[rateKey]rateRow{}
	for end := false; !end; {
		var rows []rateRow
		var err error
		if rows, end, err = readRates(r, &a, seen); err != nil {
			return a, err
		}
		if err := s.storeRates(ctx, rows, dryRun, &a); err != nil {
			return a, err
		}
		if progress != nil {
			progress(a.Rows)
		}
	}
	sheet.SortRejections(a.Rejected)
	return a, nil
}

// readRates reads the next rows. The first about a lane counts; the same again changes nothing, anything else is refused.
func readRates(r *sheet.Reader, a *sheet.Answer, seen map[rateKey]rateRow) (good []rateRow, end bool, err error) {
	for range rateChunk {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return good, true, nil
		}
		if err != nil {
			return nil, true, err
		}
		a.Rows++
		card, f := rateOf(row)
		before, twice := seen[card.key()]
		switch {
		case f == nil && twice && before.card == card:
			a.Unchanged++
			continue
		case f == nil && twice:
			f = fault.New(fault.Invalid, "ship.rate_duplicate", "row %d is about the same lane and says something else; keep one of them", before.number).With("first", before.number)
		}
		if f != nil {
			a.Rejected = append(a.Rejected, sheet.Reject(row.Number, f)...)
			continue
		}
		seen[card.key()] = rateRow{row.Number, card}
		good = append(good, rateRow{row.Number, card})
	}
	return good, false, nil
}

func (s *Service) storeRates(ctx context.Context, rows []rateRow, dry bool, a *sheet.Answer) error {
	var created, updated, unchanged int
	work := func(tx *db.Tx) error {
		created, updated, unchanged = 0, 0, 0
		had, err := storedRates(tx, rows)
		if err != nil {
			return err
		}
		for _, r := range rows {
			was, known := had[r.card.key()]
			switch {
			case known && was == r.card:
				unchanged++
				continue
			case known:
				updated++
			default:
				created++
			}
			if !dry {
				c := r.card
				tx.Put(putRate, c.Carrier, c.Service, c.FromRegion, c.ToRegion, c.FirstG, c.FirstPrice, c.StepG, c.StepPrice, c.VolumetricDivisor, c.DaysP50, c.DaysP90, c.Currency)
			}
		}
		if !dry && created+updated > 0 {
			renew(tx, "")
			tx.Emit(db.Event{Kind: "ship.rates_imported.v1", Params: map[string]any{"created": created, "updated": updated}})
		}
		return nil
	}
	run := s.db.Update
	if dry {
		run = s.db.View
	}
	err := run(ctx, work)
	if err == nil {
		a.Created += created
		a.Updated += updated
		a.Unchanged += unchanged
	}
	return err
}

func storedRates(tx *db.Tx, rows []rateRow) (map[rateKey]RateCard, error) {
	var carriers, services, from, to []string
	for _, r := range rows {
		carriers, services = append(carriers, r.card.Carrier), append(services, r.card.Service)
		from, to = append(from, r.card.FromRegion), append(to, r.card.ToRegion)
	}
	list, err := db.All(tx.Query(selRatesOf, distinct(carriers), distinct(services), distinct(from), distinct(to)), scanRate)
	out := make(map[rateKey]RateCard, len(list))
	for _, c := range list {
		out[c.key()] = c
	}
	return out, err
}

// ExportRates writes the rate file that ImportRates reads back without a change. The caller closes w.
func (s *Service) ExportRates(ctx context.Context, w *sheet.Writer) error {
	var cards []RateCard
	err := s.db.View(ctx, func(tx *db.Tx) (err error) { cards, err = Rates(tx); return err })
	if err != nil {
		return err
	}
	if err := w.Write(rateHeader); err != nil {
		return err
	}
	for _, c := range cards {
		row := []string{c.Carrier, c.Service, c.FromRegion, c.ToRegion, decimalText(c.FirstG), money.Format(c.FirstPrice, c.Currency),
			decimalText(c.StepG), money.Format(c.StepPrice, c.Currency), decimalText(c.VolumetricDivisor), decimalText(int64(c.DaysP50)), decimalText(int64(c.DaysP90)), c.Currency}
		if err := w.Write(row); err != nil {
			return err
		}
	}
	return nil
}
