package api

import (
	"math"
	"strings"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/sheet"
)

// waitingListing is what may go into a wave: in a file all that is looked at, not only as many as a screen shows.
func waitingListing() exportedList {
	whole := func(c *call) (WaveCandidates, error) { return c.waveCandidates(math.MaxInt) }
	return listing(access.OrdersRead, whole, func(p WaveCandidates) ([]WaveCandidate, string) { return p.Candidates, "" }, []column[WaveCandidate]{
		{"order_no", func(_ *writing, x WaveCandidate) any { return x.ExternalNo }},
		{"deadline", func(w *writing, x WaveCandidate) any { return w.when(x.Deadline) }},
		{"cutoff_at", func(w *writing, x WaveCandidate) any { return w.when(x.CutoffAt) }},
		{"zone", func(_ *writing, x WaveCandidate) any { return x.Zone }},
		{"lines", func(_ *writing, x WaveCandidate) any { return x.Lines }},
		{"units", func(_ *writing, x WaveCandidate) any { return x.Units }},
		{"fulfilment_id", func(_ *writing, x WaveCandidate) any { return x.Fulfilment }},
		{"order", func(_ *writing, x WaveCandidate) any { return x.Order }},
	}...)
}

func leavingListing() exportedList {
	return listing(access.OrdersRead, (*call).listLeaving, func(p LeavingOrders) ([]LeavingOrder, string) { return p.Orders, p.NextCursor }, []column[LeavingOrder]{
		{"order_no", func(_ *writing, x LeavingOrder) any { return x.ExternalNo }},
		{"status", func(w *writing, x LeavingOrder) any { return w.name("fulfilment.status", x.Status) }},
		{"deadline", func(w *writing, x LeavingOrder) any { return w.when(x.Deadline) }},
		{"lines", func(_ *writing, x LeavingOrder) any { return x.Lines }},
		{"units", func(_ *writing, x LeavingOrder) any { return x.Units }},
		{"fulfilment_id", func(_ *writing, x LeavingOrder) any { return x.Fulfilment }},
		{"order", func(_ *writing, x LeavingOrder) any { return x.Order }},
	}...)
}

func sameRecipientListing() exportedList {
	numbers := func(x SameRecipient) string {
		var list []string
		for _, o := range x.Orders {
			list = append(list, o.ExternalNo)
		}
		return strings.Join(list, ", ")
	}
	return listing(access.OrdersRead, (*call).sameRecipients, func(p SameRecipientPage) ([]SameRecipient, string) { return p.Groups, p.NextCursor }, []column[SameRecipient]{
		{"node", func(_ *writing, x SameRecipient) any { return x.Node }},
		{"recipient", func(_ *writing, x SameRecipient) any { return x.Recipient }},
		{"province", func(_ *writing, x SameRecipient) any { return x.Province }},
		{"city", func(_ *writing, x SameRecipient) any { return x.City }},
		{"order_no", func(_ *writing, x SameRecipient) any { return numbers(x) }},
		{"parcels", func(_ *writing, x SameRecipient) any { return len(x.Orders) }},
		{"cost_apart", func(_ *writing, x SameRecipient) any { return sheet.Decimal(x.Cost) }},
		{"saves", func(_ *writing, x SameRecipient) any { return sheet.Decimal(x.Saves) }},
	}...)
}

func shelfListing() exportedList {
	return listing(access.StockRead, (*call).listShelves, func(p ShelfList) ([]Shelf, string) { return p.Shelves, "" }, []column[Shelf]{
		{"node", func(_ *writing, s Shelf) any { return s.Node }},
		{"location", func(_ *writing, s Shelf) any { return s.Location }},
		{"zone", func(_ *writing, s Shelf) any { return s.Zone }},
		{"kind", func(w *writing, s Shelf) any { return w.name("ui.stock.place", s.Kind) }},
		{"sku", func(_ *writing, s Shelf) any { return s.SKU }},
		{"title", func(_ *writing, s Shelf) any { return s.Title }},
		{"lot", func(_ *writing, s Shelf) any { return s.Lot }},
		{"expires_on", func(_ *writing, s Shelf) any { return s.Expires }},
		{"quality", func(w *writing, s Shelf) any { return w.name("ui.stock.quality", s.Quality) }},
		{"on_hand", func(_ *writing, s Shelf) any { return s.OnHand }},
		{"reserved", func(_ *writing, s Shelf) any { return s.Reserved }},
	}...)
}

func strangerListing() exportedList {
	return listing(access.OrdersRead, (*call).strangers, func(p Strangers) ([]Stranger, string) { return p.Strangers, "" }, []column[Stranger]{
		{"channel", func(_ *writing, s Stranger) any { return s.Channel }},
		{"code", func(_ *writing, s Stranger) any { return s.Code }},
		{"title", func(_ *writing, s Stranger) any { return s.Title }},
		{"orders", func(_ *writing, s Stranger) any { return s.Orders }},
		{"units", func(_ *writing, s Stranger) any { return s.Units }},
		{"order", func(_ *writing, s Stranger) any { return s.Oldest }},
	}...)
}
