package order

// Fine is what a channel takes for one order that is late, minor units of the company's currency.
type Fine struct {
	ShipBy    int64 `json:"ship_by"`    // it was not handed over in time
	CollectBy int64 `json:"collect_by"` // the carrier's first scan was not in time
}

// Fines are the fines by channel; "*" is every channel that is not named. They are a setting of the company.
type Fines map[string]Fine

// Urgency is what an order in a queue stands to lose.
type Urgency struct {
	Priority           int64
	Deadline           int64 // the earlier of the two; 0 = none
	FineAtRisk, Missed int64 // minor units: what can still be saved, and what cannot any more
	Next               int64 // when FineAtRisk becomes less; 0 = it does not
}

// UrgencyOf weighs the deadlines of an order that has not left, at a moment.
func (f Fines) UrgencyOf(channel string, shipBy, collectBy, priority, now int64) Urgency {
	fine, named := f[channel]
	if !named {
		fine = f["*"]
	}
	u := Urgency{Priority: priority}
	for _, d := range []struct{ at, amount int64 }{{shipBy, fine.ShipBy}, {collectBy, fine.CollectBy}} {
		switch {
		case d.at == 0:
			continue
		case d.at > now:
			u.FineAtRisk += d.amount
			if d.amount > 0 && (u.Next == 0 || d.at < u.Next) {
				u.Next = d.at
			}
		default:
			u.Missed += d.amount
		}
		if u.Deadline == 0 || d.at < u.Deadline {
			u.Deadline = d.at
		}
	}
	return u
}
