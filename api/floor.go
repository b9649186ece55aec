package api

import (
	"cmp"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/warehouse"
)

// Floor is the plan of a warehouse with what happens on it.
type Floor struct {
	Node   string  `json:"node"`
	Days   int64   `json:"days" doc:"over which picks are counted"`
	Places []Place `json:"places" doc:"at most 5,000"`
	Cut    bool    `json:"cut" doc:"there are more places than are shown"`
}

// Place is a location on the plan.
type Place struct {
	Code    string  `json:"code"`
	Zone    string  `json:"zone"`
	Kind    string  `json:"kind"`
	Aisle   int64   `json:"aisle"`
	Bay     int64   `json:"bay"`
	Level   int64   `json:"level"`
	XM      float64 `json:"x_m"`
	YM      float64 `json:"y_m"`
	PickSeq int64   `json:"pick_seq"`
	Units   int64   `json:"units" doc:"that stand there"`
	SKUs    int64   `json:"skus"`
	Picks   int64   `json:"picks" doc:"of the last days"`
	Open    int64   `json:"open" doc:"lines that wait to be picked there"`
}

const (
	floorMost = 5_000
	floorScan = 500
	floorDays = 7
	day       = int64(24 * 3600 * 1e6) // microseconds
)

func (s *Server) floor() {
	query(s, route{path: "/v1/floor", tag: "stock", id: "get-floor", scope: access.StockRead, summary: "The plan of a warehouse: places, stock, picks, open work",
		about:  "Picks are counted among the newest 100,000 of the company. Problems: http.node, http.number.",
		params: []*huma.Param{text("node", "code of the warehouse; may be left out where there is one"), number("days", "over which picks are counted, 1 to 31; 7 when left out")}}, (*call).getFloor)
}

func (c *call) getFloor() (Floor, error) {
	days, err := c.whole("days", floorDays)
	if err != nil {
		return Floor{}, err
	}
	out := Floor{Days: min(max(days, 1), 31), Places: []Place{}}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		code := c.query("node")
		if code == "" && len(n.nodes) == 0 {
			return nil
		}
		if len(n.nodes) == 1 {
			code = cmp.Or(code, n.nodes[0].Code)
		}
		node, err := n.nodeOf("node", code)
		if err != nil {
			return err
		}
		out.Node = node.Code
		list, err := placesOf(tx, node.ID)
		if err != nil {
			return err
		}
		out.Cut = len(list) > floorMost
		return out.fill(tx, node.ID, list[:min(len(list), floorMost)])
	})
	return out, err
}

// placesOf lists the locations of a node, one more than the plan shows at most.
func placesOf(tx *db.Tx, node int64) (list []warehouse.Location, err error) {
	for after := ""; len(list) <= floorMost; {
		part, err := warehouse.LocationsOf(tx, node, after, floorScan)
		if list = append(list, part...); err != nil || len(part) < floorScan {
			return list, err
		}
		after = part[len(part)-1].Code
	}
	return list, nil
}

func (f *Floor) fill(tx *db.Tx, node int64, list []warehouse.Location) error {
	ids := make([]int64, len(list))
	for i, l := range list {
		ids[i] = l.ID
	}
	fills, err := inventory.Fills(tx, ids)
	if err != nil {
		return err
	}
	picks, err := inventory.PicksSince(tx, tx.Micros()-f.Days*day)
	if err != nil {
		return err
	}
	open, err := pick.OpenAt(tx, node)
	for _, l := range list {
		f.Places = append(f.Places, Place{Code: l.Code, Zone: l.Zone, Kind: string(l.Kind), Aisle: l.Aisle, Bay: l.Bay, Level: l.Level, XM: float64(l.XMM) / 1e3,
			YM: float64(l.YMM) / 1e3, PickSeq: l.PickSeq, Units: fills[l.ID].Units, SKUs: fills[l.ID].SKUs, Picks: picks[l.ID], Open: open[l.ID]})
	}
	return err
}
