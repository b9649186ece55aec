package ship

import (
	"math/bits"

	"github.com/packhorse/packhorse/internal/money"
)

// RateCard is one row of a carrier's price list: first weight and additional weight (首重 / 续重).
type RateCard struct {
	Carrier           string
	Service           string
	FromRegion        string // Anywhere = from every region
	ToRegion          string
	FirstG            int64 // grams covered by FirstPrice
	FirstPrice        int64 // minor units
	StepG             int64 // each started step above FirstG costs StepPrice; 0 = flat
	StepPrice         int64
	VolumetricDivisor int64 // cm³ per kilogram, as 6000; 0 = size does not matter
	DaysP50           int   // half of the parcels arrive within
	DaysP90           int   // nine of ten arrive within
	Currency          string
}

// Bounds beyond which no parcel exists; they keep the products below within int64.
const (
	maxMM = 1_000_000
	maxG  = 1_000_000_000
)

// Price is what the carrier asks for a parcel of weightG grams and mm outer millimetres, in minor units of
// the card's currency, and the weight it is asked for: the larger of real and volumetric weight (抛重),
// before rounding up to steps. Zero or negative weight and size count as none, so a parcel that was
// never weighed costs the first weight. No price exceeds money.MaxMinor.
func Price(card RateCard, weightG int64, mm [3]int64) (cost, chargeableG int64) {
	g := min(max(weightG, volumetric(mm, card.VolumetricDivisor), 0), maxG)
	if g <= card.FirstG || card.StepG <= 0 {
		return card.FirstPrice, g
	}
	above := g - max(card.FirstG, 0)
	steps := (above + card.StepG - 1) / card.StepG
	high, low := bits.Mul64(uint64(steps), uint64(max(card.StepPrice, 0)))
	if high > 0 || low > money.MaxMinor {
		return money.MaxMinor, g
	}
	return min(card.FirstPrice+int64(low), money.MaxMinor), g
}

// volumetric is the weight, in grams rounded up, that a carrier books for the space: cm³ ÷ divisor
// kilograms, which is mm³ ÷ divisor grams.
func volumetric(mm [3]int64, divisor int64) int64 {
	if divisor <= 0 {
		return 0
	}
	volume := int64(1)
	for _, side := range mm {
		volume *= min(max(side, 0), maxMM)
	}
	return volume/divisor + min(volume%divisor, 1)
}
