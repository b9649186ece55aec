package carrier

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// parcel is all this carrier knows of one booking.
type parcel struct {
	shipment  shipment
	booking   booking
	booked    time.Time
	voided    time.Time // zero while it is live
	collected time.Time // zero until hand-over
}

func (s *server) book(in shipment) (booking, *refusal) {
	if p, ok := s.byReference[in.Reference]; ok {
		switch {
		case !p.voided.IsZero():
			return booking{}, errSpent
		case p.shipment != in:
			return booking{}, errMismatch
		}
		return p.booking, nil
	}
	if bad := s.acceptable(in); bad != nil {
		return booking{}, bad
	}
	if s.cfg.Balance > 0 && len(s.byWaybill) >= s.cfg.Balance {
		return booking{}, errBalance
	}
	q := price(in)
	p := &parcel{shipment: in, booked: s.cfg.Clock.Now(), booking: booking{
		Waybill:    number(s.cfg.Seed, in.Reference, func(w string) bool { return s.byWaybill[w] != nil }),
		SortCode:   sortCode(in.Recipient),
		PriceMinor: q.PriceMinor,
		Currency:   q.Currency,
	}}
	s.byReference[in.Reference], s.byWaybill[p.booking.Waybill] = p, p
	return p.booking, nil
}

// acceptable is what a carrier's counter looks at before it takes a parcel.
func (s *server) acceptable(in shipment) *refusal {
	invalid := func(message string) *refusal { return refuse(http.StatusUnprocessableEntity, "invalid", message) }
	to := in.Recipient
	switch {
	case in.Reference == "" || len(in.Reference) > 64:
		return invalid("reference: 1 to 64 characters")
	case in.WeightG <= 0 || in.WeightG > 1_000_000:
		return invalid("weight_g: 1 to 1000000")
	case slices.Min(in.MM[:]) < 0 || slices.Max(in.MM[:]) > 10_000:
		return invalid("mm: 0 to 10000 each")
	case in.Parcels < 0 || in.Parcels > 100:
		return invalid("parcels: 0 to 100")
	case in.Sender.Province == "" || to.Province == "" || to.Name == "" || to.Phone == "" || to.Address == "":
		return invalid("sender province and recipient name, phone, province and address are required")
	case in.Token != "" && !slices.Contains(s.cfg.Issuers, in.TokenIssuer):
		return invalid("the token of " + in.TokenIssuer + " cannot be resolved here")
	case in.Token == "" && strings.Contains(to.Name+to.Phone+to.Address, "*"):
		return invalid("the recipient is masked and there is no token to resolve it")
	}
	now := s.cfg.Clock.Now()
	for _, a := range s.cfg.Areas {
		if a.covers(to, now) {
			return refuse(http.StatusConflict, "suspended", a.Reason)
		}
	}
	return nil
}

func (s *server) find(in referenceIn) (found, *refusal) {
	p, ok := s.byReference[in.Reference]
	if !ok || !p.voided.IsZero() {
		return found{}, nil
	}
	return found{Found: true, Booking: p.booking}, nil
}

func (s *server) void(in waybillIn) (nothing, *refusal) {
	p, bad := s.parcel(in.Waybill)
	switch {
	case bad != nil:
		return nothing{}, bad
	case !p.collected.IsZero():
		return nothing{}, errCollected
	case p.voided.IsZero():
		p.voided = s.cfg.Clock.Now()
	}
	return nothing{}, nil
}

// collect takes what it knows and names what it does not: one unknown number on a manifest of hundreds must not
// leave the others on the dock. A voided waybill counts as unknown.
func (s *server) collect(in waybillsIn) (collected, *refusal) {
	out := collected{Unknown: []string{}}
	for _, w := range in.Waybills {
		p, bad := s.parcel(w)
		if bad != nil || !p.voided.IsZero() {
			out.Unknown = append(out.Unknown, w)
			continue
		}
		if p.collected.IsZero() {
			p.collected = s.cfg.Clock.Now()
		}
		out.Collected++
	}
	return out, nil
}

func (s *server) track(in waybillIn) (track, *refusal) {
	p, bad := s.parcel(in.Waybill)
	if bad != nil {
		return track{}, bad
	}
	now := s.cfg.Clock.Now()
	scans := p.scans(s.cfg)
	scans = slices.DeleteFunc(scans, func(sc scan) bool { return sc.At.After(now) })
	slices.Reverse(scans)
	return track{Scans: s.dice.stutter(in.Waybill, scans)}, nil
}

func (s *server) quote(in shipment) (quote, *refusal) {
	// A price is asked before there is a shipment to refer to.
	if in.Reference == "" {
		in.Reference = "quote"
	}
	if bad := s.acceptable(in); bad != nil {
		return quote{}, bad
	}
	return price(in), nil
}

func (s *server) areas(nothing) (areas, *refusal) {
	return areas{Areas: append([]Area{}, s.cfg.Areas...)}, nil
}

func (s *server) balance(nothing) (balance, *refusal) {
	return balance{Limited: s.cfg.Balance > 0, Left: max(0, s.cfg.Balance-len(s.byWaybill))}, nil
}

func (s *server) parcel(waybill string) (*parcel, *refusal) {
	if p, ok := s.byWaybill[waybill]; ok {
		return p, nil
	}
	if !wellFormed(waybill) {
		return nil, refuse(http.StatusNotFound, "unknown_waybill", "no such waybill: its form or check digit is wrong")
	}
	return nil, errWaybill
}
