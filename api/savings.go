package api

import (
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/wave"
)

// Savings are what the decisions came to, beside the plain rules on the same work.
type Savings struct {
	From     string        `json:"from"`
	To       string        `json:"to"`
	Walks    WalkSavings   `json:"walks"`
	Cartons  CartonSavings `json:"cartons"`
	Currency string        `json:"currency"`
	Saved    string        `json:"saved" doc:"money: plain_cost less cost of the cartons, what parcels for several orders saved, and what deciding over orders together saved where it is told; below zero where the plain rules would have been cheaper"`

	Together TogetherSavings `json:"together"`

	Allocation *AllocationSaving `json:"allocation,omitempty" doc:"orders that were decided over together, of the whole company: left out for one warehouse, and for who reaches a part of the company only"`
}

// TogetherSavings are parcels for several orders of one recipient, that were asked for in that time and are packed.
type TogetherSavings struct {
	Parcels int64  `json:"parcels"`
	Orders  int64  `json:"orders" doc:"in them"`
	Cost    string `json:"cost" doc:"freight and handling of the parcels, by the rates when they were asked for"`
	Apart   string `json:"apart" doc:"of a parcel for each order"`
	Saved   string `json:"saved"`
}

// WalkSavings are the walks of waves, as predicted when they were released.
type WalkSavings struct {
	Waves           int64   `json:"waves" doc:"released in that time, at warehouses whose locations have coordinates"`
	Metres          int64   `json:"metres"`
	PlainMetres     int64   `json:"plain_metres" doc:"had every fulfilment been walked for by itself, the shortest way"`
	Minutes         float64 `json:"minutes" doc:"of pickers: walking, finding, taking, sorting"`
	PlainMinutes    float64 `json:"plain_minutes" doc:"had every fulfilment been walked for by itself"`
	TogetherMetres  int64   `json:"together_metres" doc:"of metres, those of walks for several fulfilments as they were divided"`
	FirstComeMetres int64   `json:"first_come_metres" doc:"of the plain rule for the same fulfilments: as they come, the next walk when the trolley is full, S-shaped"`
}

// CartonSavings are the parcels as they were closed. Freight is a typical one by the larger of weight and volume, the same for
// both rules.
type CartonSavings struct {
	Fulfilments    int64  `json:"fulfilments" doc:"compared: at most 100 units, and all goods and cartons have a size"`
	Parcels        int64  `json:"parcels"`
	PlainParcels   int64  `json:"plain_parcels" doc:"of the plain rule: the smallest carton into which everything goes, and where there is none the largest filled first"`
	Packaging      string `json:"packaging" doc:"money: the cartons themselves"`
	PlainPackaging string `json:"plain_packaging"`
	Freight        string `json:"freight" doc:"money"`
	PlainFreight   string `json:"plain_freight"`
	Cost           string `json:"cost" doc:"packaging and freight"`
	PlainCost      string `json:"plain_cost"`
}

// savingsMost is the longest time that is summed at once.
const savingsMost = 100 * 24 * time.Hour

func (s *Server) savings() {
	query(s, route{path: "/v1/savings", tag: "waves", id: "get-savings", scope: access.OrdersRead, summary: "What the decisions saved against the plain rules",
		about: "Every figure was computed when the decision was made, for the same work by both rules: walks when their wave was released, cartons when their parcels were closed, warehouses when a batch of orders was decided over. " +
			"A parcel that was opened again does not count. Problems: http.node, http.time, http.period.",
		params: []*huma.Param{text("from", "from when; without it the last 24 hours"), text("to", "until before when; without it now"), text("warehouse", "code of the warehouse; without it all")}},
		(*call).getSavings)
}

func (c *call) getSavings() (Savings, error) {
	from, to, err := c.period()
	if err != nil {
		return Savings{}, err
	}
	out := Savings{From: at(from), To: at(to), Currency: c.Currency}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		nodes, err := c.warehousesAsked(tx)
		if err != nil {
			return err
		}
		walks, err := wave.SavingsOf(tx, from, to)
		if err != nil {
			return err
		}
		cartons, err := pack.SavingsOf(tx, from, to)
		var w wave.Saving
		var p pack.Saving
		for _, key := range nodes {
			w.Add(walks[key])
			p.Add(cartons[key])
		}
		if err != nil {
			return err
		}
		saved, err := c.together(tx, &out, from, to)
		if err != nil {
			return err
		}
		shared, err := c.sharedSavings(tx, nodes, from, to)
		out.Walks, out.Cartons, out.Together = walkSavings(w), c.cartonSavings(p), c.togetherSavings(shared)
		out.Saved = c.inCurrency(p.PlainCost() - p.Cost() + saved + shared.Apart - shared.Together)
		return err
	})
	return out, err
}

// together fills in what deciding over orders together came to, for who asks for the whole company and may, and gives the money it
// saved.
func (c *call) together(tx *db.Tx, out *Savings, from, to int64) (saved int64, err error) {
	if c.query("warehouse") != "" || !c.area.Whole() {
		return 0, nil
	}
	t, err := allocation.Savings(tx, from, to)
	s := c.saving(t.Saving)
	out.Allocation = &s
	return t.Saved(), err
}

// sharedSavings sums the parcels for several orders at some warehouses.
func (c *call) sharedSavings(tx *db.Tx, nodes []int64, from, to int64) (sum order.TogetherSaving, err error) {
	all, err := order.TogetherSavings(tx, from, to)
	for _, key := range nodes {
		s := all[key]
		sum.Parcels, sum.Orders, sum.Apart, sum.Together = sum.Parcels+s.Parcels, sum.Orders+s.Orders, sum.Apart+s.Apart, sum.Together+s.Together
	}
	return sum, err
}

func (c *call) togetherSavings(s order.TogetherSaving) TogetherSavings {
	return TogetherSavings{Parcels: s.Parcels, Orders: s.Orders, Cost: c.inCurrency(s.Together), Apart: c.inCurrency(s.Apart), Saved: c.inCurrency(s.Apart - s.Together)}
}

// period reads from and to. Faults: http.time, http.period.
func (c *call) period() (from, to int64, err error) {
	if from, err = c.micros("from"); err != nil {
		return 0, 0, err
	}
	if to, err = c.micros("to"); err != nil {
		return 0, 0, err
	}
	if to == 0 {
		to = c.DB.Clock().Now().UnixMicro()
	}
	if from == 0 {
		from = to - (24 * time.Hour).Microseconds()
	}
	if from > to || to-from > savingsMost.Microseconds() {
		return 0, 0, fault.Invalidf("from", "http.period", "give a time of at most %d days that begins before it ends", int(savingsMost.Hours()/24)).
			With("days", int(savingsMost.Hours()/24))
	}
	return from, to, nil
}

// warehousesAsked are the warehouses the caller reaches, or of them the one that is asked for.
func (c *call) warehousesAsked(tx *db.Tx) (keys []int64, err error) {
	n, err := c.names(tx)
	if err != nil {
		return nil, err
	}
	if code := c.query("warehouse"); code != "" {
		x, err := n.nodeOf("warehouse", code)
		return []int64{x.ID}, err
	}
	return n.nodesNamed(""), nil
}

// inCurrency shows money of the company.
func (c *call) inCurrency(minor int64) string { return money.Format(minor, c.Currency) }

func walkSavings(w wave.Saving) WalkSavings {
	return WalkSavings{Waves: w.Waves, Metres: w.Metres, PlainMetres: w.PlainMetres, Minutes: minutesOf(w.Seconds), PlainMinutes: minutesOf(w.PlainSeconds),
		TogetherMetres: inMetres(w.Together), FirstComeMetres: inMetres(w.FirstCome)}
}

func (c *call) cartonSavings(p pack.Saving) CartonSavings {
	return CartonSavings{Fulfilments: p.Fulfilments, Parcels: p.Parcels, PlainParcels: p.PlainParcels, Packaging: c.inCurrency(p.Packaging), PlainPackaging: c.inCurrency(p.PlainPackaging),
		Freight: c.inCurrency(p.Freight), PlainFreight: c.inCurrency(p.PlainFreight), Cost: c.inCurrency(p.Cost()), PlainCost: c.inCurrency(p.PlainCost())}
}
