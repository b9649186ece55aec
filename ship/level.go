package ship

import (
	"slices"
	"time"

	"github.com/packhorse/packhorse/order"
)

// Service levels beside the kinds of orders.
const (
	AnyLevel = ""        // every order that has no ladder of its own
	COD      = "cod"     // the courier collects the money
	Express  = "express" // promised at the door within two days of being placed
)

const expressWithin = 48 * time.Hour

// levels are those that a ladder may be for.
var levels = []string{AnyLevel, COD, Express, "normal", "presale", "exchange", "reship", "gift", "dropship"}

// Levels lists the service levels that a ladder may be for, AnyLevel first.
func Levels() []string { return slices.Clone(levels) }

// ValidLevel reports whether a ladder may be for a service level.
func ValidLevel(level string) bool { return slices.Contains(levels, level) }

// LevelsOf are the service levels of an order, the one that binds most first: money at the door, then the promise, then its kind.
func LevelsOf(o *order.Order) []string {
	var list []string
	if o.Kind == COD {
		list = append(list, COD)
	}
	if o.PromisedBy > 0 && o.PromisedBy-o.PlacedAt <= expressWithin.Microseconds() {
		list = append(list, Express)
	}
	if o.Kind != COD {
		list = append(list, o.Kind)
	}
	return append(list, AnyLevel)
}
