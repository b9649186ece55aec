package api

import (
	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/wave"
)

// Trolley is what one walk for several fulfilments takes at a warehouse, and the rule that fills it.
type Trolley struct {
	Node     string `json:"node" doc:"code of the warehouse"`
	Rule     string `json:"rule" enum:"shortest,first_come" doc:"shortest: so that the walks together are short; first_come: as they come, the next walk when the trolley is full"`
	Places   int64  `json:"places" doc:"fulfilments, 1 to 12"`
	WeightG  int64  `json:"weight_g,omitempty" doc:"0 = no limit"`
	VolumeML int64  `json:"volume_ml,omitempty" doc:"0 = no limit"`
}

// Trolleys are those of all warehouses.
type Trolleys struct {
	Trolleys []Trolley `json:"trolleys"`
}

// WaveDivision is what dividing a wave between walks for several fulfilments came to.
type WaveDivision struct {
	Rule            string `json:"rule" enum:"shortest,first_come"`
	Fulfilments     int64  `json:"fulfilments"`
	Walks           int64  `json:"walks"`
	Metres          int64  `json:"metres" doc:"predicted when it was divided"`
	FirstComeMetres int64  `json:"first_come_metres" doc:"of the plain rule for the same fulfilments: as they come, the next walk when the trolley is full, S-shaped"`
	AtLeastMetres   int64  `json:"at_least_metres" doc:"no division is shorter; 0 = not worked out"`
}

func (s *Server) trolleys() {
	query(s, route{path: "/v1/trolleys", tag: "waves", id: "list-trolleys", scope: access.OrdersRead, summary: "What one walk for several fulfilments takes",
		about: "Of every warehouse; one that was never set has 12 places, no other limit, and the rule shortest."}, (*call).listTrolleys)
	command(s, route{path: "/v1/trolleys", tag: "waves", id: "save-trolley", scope: access.Admin, summary: "Set the trolley of a warehouse, and the rule that fills it",
		about: "Waves that are released from now on are divided by it. Their division says how far the walks are, and how far the plain rule would have walked. " +
			"Goods of one fulfilment that are more than a trolley takes are walked for alone. Problems: http.node, wave.node, wave.rule, wave.out_of_range."}, (*call).saveTrolley)
}

func (c *call) listTrolleys() (Trolleys, error) {
	out := Trolleys{Trolleys: []Trolley{}}
	n, err := c.allNames()
	if err != nil {
		return out, err
	}
	var keys []int64
	for _, node := range n.nodes {
		if n.sees(node.ID) {
			keys = append(keys, node.ID)
		}
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		list, err := wave.TrolleysOf(tx, keys)
		for _, key := range keys {
			out.Trolleys = append(out.Trolleys, n.trolley(list[key]))
		}
		return err
	})
	return out, err
}

func (n *names) trolley(t wave.Trolley) Trolley {
	return Trolley{Node: n.node(t.NodeID), Rule: t.Rule, Places: t.Places, WeightG: t.WeightG, VolumeML: t.VolumeML}
}

func (c *call) saveTrolley(in Trolley) (out Trolley, err error) {
	n, err := c.allNames()
	if err != nil {
		return out, err
	}
	node, err := n.nodeOf("node", in.Node)
	if err != nil {
		return out, err
	}
	t, err := c.Wave.SaveTrolley(c.ctx, c.once, c.actor(), wave.Trolley{NodeID: node.ID, Rule: in.Rule, Places: in.Places, WeightG: in.WeightG, VolumeML: in.VolumeML})
	return n.trolley(t), err
}

// divided fills in what dividing waves came to.
func divided(tx *db.Tx, keys []int64, waves []*Wave) error {
	list, err := wave.DivisionsOf(tx, keys)
	for i, key := range keys {
		if d, there := list[key]; there {
			waves[i].Division = &WaveDivision{Rule: d.Rule, Fulfilments: d.Fulfilments, Walks: d.Walks, Metres: inMetres(d.Millimetres),
				FirstComeMetres: inMetres(d.FirstCome), AtLeastMetres: d.AtLeast / 1000}
		}
	}
	if err != nil {
		return err
	}
	return wentOf(tx, keys, waves)
}

// inMetres rounds millimetres.
func inMetres(mm int64) int64 { return (mm + 500) / 1000 }
