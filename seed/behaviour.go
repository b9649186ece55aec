package seed

// Behaviour is how often things go wrong on the simulated floor and road, in orders or parcels per thousand.
type Behaviour struct {
	Seed      int64
	ShortPick int // the face holds less than the book says
	Returned  int // the parcel comes back
	Late      int // it arrives after the promise
	Lost      int // it never arrives
}

// Fate is what goes wrong with one order. A parcel has one fate on the road at most; a short pick comes before it.
type Fate struct {
	ShortPick, Returned, Late, Lost bool
}

// Behaviour is that of the company's own floor and carriers.
func (c *Company) Behaviour() Behaviour {
	return Behaviour{Seed: c.seed, ShortPick: 12, Returned: 35, Late: 60, Lost: 3}
}

// Fate is the fate of an order by its number: asking again, or in another order, changes nothing.
func (b Behaviour) Fate(orderNo string) Fate {
	floor := int(hash("floor", b.Seed, orderNo) % 1000)
	road := int(hash("road", b.Seed, orderNo) % 1000)
	return Fate{
		ShortPick: floor < b.ShortPick,
		Lost:      road < b.Lost,
		Returned:  road >= b.Lost && road < b.Lost+b.Returned,
		Late:      road >= b.Lost+b.Returned && road < b.Lost+b.Returned+b.Late,
	}
}
