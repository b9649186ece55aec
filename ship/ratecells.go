package ship

import (
	"slices"
	"strconv"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/internal/sheet"
)

// rateCells reads the typed cells of a row and gathers the mistakes.
type rateCells struct {
	row      sheet.Row
	mistakes []*fault.Fault
}

func (c *rateCells) note(f *fault.Fault) {
	if f != nil {
		c.mistakes = append(c.mistakes, f)
	}
}

func (c *rateCells) text(column string) string {
	v, f := c.row.Text(column, maxName)
	c.note(f)
	return v
}

func (c *rateCells) count(column string, most int64) int64 {
	v, f := c.row.Int(column, 0, most)
	c.note(f)
	return v
}

func (c *rateCells) amount(column, currency string) int64 {
	text, f := c.row.Decimal(column)
	if f != nil || text == "" {
		c.note(f)
		return 0
	}
	minor, err := money.Parse(text, currency)
	if err != nil || minor < 0 {
		c.note(fault.Invalidf(column, "ship.rate_amount", "%q is not an amount of %s, zero or more, with at most %d decimals", text, currency, money.Exponent(currency)).
			With("value", text).With("currency", currency).With("decimals", money.Exponent(currency)))
	}
	return minor
}

// rateOf reads one row of the rate file.
func rateOf(r sheet.Row) (RateCard, *fault.Fault) {
	if f := r.Fault(); f != nil {
		return RateCard{}, f
	}
	c := rateCells{row: r}
	c.note(r.Require(rateFile.Required...))
	card := RateCard{Carrier: c.text("carrier"), Service: c.text("service"), FromRegion: c.text("from_region"), ToRegion: c.text("to_region"),
		FirstG: c.count("first_g", maxRateG), StepG: c.count("step_g", maxRateG), VolumetricDivisor: c.count("volumetric_divisor", maxDivisor),
		DaysP50: int(c.count("days_p50", maxDays)), DaysP90: int(c.count("days_p90", maxDays)), Currency: c.text("currency")}
	if !money.Valid(card.Currency) {
		if card.Currency != "" { // an empty cell is missing, and said so
			c.note(fault.Invalidf("currency", "ship.rate_currency", "%q is not a currency code of three capital letters, such as CNY", card.Currency).With("value", card.Currency))
		}
		return card, fault.Join(c.mistakes...)
	}
	card.FirstPrice, card.StepPrice = c.amount("first_price", card.Currency), c.amount("step_price", card.Currency)
	switch {
	case card.DaysP90 == 0: // not said: nine of ten arrive as half of them do
		card.DaysP90 = card.DaysP50
	case card.DaysP90 < card.DaysP50:
		c.note(fault.Invalidf("days_p90", "ship.rate_days", "nine of ten parcels cannot arrive before half of them do (%d and %d days)", card.DaysP90, card.DaysP50).
			With("p50", card.DaysP50).With("p90", card.DaysP90))
	}
	return card, fault.Join(c.mistakes...)
}

func decimalText(n int64) string { return strconv.FormatInt(n, 10) }

func distinct(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}
