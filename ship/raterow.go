package ship

import (
	"slices"
	"strconv"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/internal/sheet"
)

// rateOf reads one row of the rate file.
func rateOf(r sheet.Row) (RateCard, *fault.Fault) {
	if f := r.Fault(); f != nil {
		return RateCard{}, f
	}
	c := r.Cells()
	c.Note(r.Require(rateFile.Required...))
	card := RateCard{Carrier: c.Text("carrier", maxName), Service: c.Text("service", maxName), FromRegion: c.Text("from_region", maxName), ToRegion: c.Text("to_region", maxName),
		FirstG: c.Count("first_g", maxRateG), StepG: c.Count("step_g", maxRateG), VolumetricDivisor: c.Count("volumetric_divisor", maxDivisor),
		DaysP50: int(c.Count("days_p50", maxDays)), DaysP90: int(c.Count("days_p90", maxDays)), Currency: c.Text("currency", maxName)}
	if !money.Valid(card.Currency) {
		if card.Currency != "" { // an empty cell is missing, and said so
			c.Note(fault.Invalidf("currency", "ship.rate_currency", "%q is not a currency code of three capital letters, such as CNY", card.Currency).With("value", card.Currency))
		}
		return card, c.Fault()
	}
	card.FirstPrice, card.StepPrice = c.Amount("first_price", card.Currency), c.Amount("step_price", card.Currency)
	switch {
	case card.DaysP90 == 0: // not said: nine of ten arrive as half of them do
		card.DaysP90 = card.DaysP50
	case card.DaysP90 < card.DaysP50:
		c.Note(fault.Invalidf("days_p90", "ship.rate_days", "nine of ten parcels cannot arrive before half of them do (%d and %d days)", card.DaysP90, card.DaysP50).
			With("p50", card.DaysP50).With("p90", card.DaysP90))
	}
	return card, c.Fault()
}

func decimalText(n int64) string { return strconv.FormatInt(n, 10) }

func distinct(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}
