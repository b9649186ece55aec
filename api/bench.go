package api

import (
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/ship"
)

// Bench is what a packing bench needs to judge every scan by itself.
type Bench struct {
	Work             []BenchWork   `json:"work" doc:"one, or those of a walk that are not shipped"`
	Cartons          []BenchCarton `json:"cartons" doc:"that are in use, small ones first"`
	ToleranceG       int64         `json:"tolerance_g" doc:"a parcel may be off by the larger of the two"`
	TolerancePercent int64         `json:"tolerance_percent"`
	Bulk             *BenchBulk    `json:"bulk,omitempty" doc:"of a walk of totals: its goods are not sorted, each item opens an order (open-item)"`
}

// BenchWork is a fulfilment on the bench.
type BenchWork struct {
	ID       string      `json:"id"`
	Order    string      `json:"order"`
	OrderNo  string      `json:"order_no"`
	Node     string      `json:"node"`
	Status   string      `json:"status"`
	Deadline string      `json:"deadline,omitempty"`
	Stops    []StopTold  `json:"stops" doc:"why it must not go on: put aside, or held"`
	Lines    []BenchLine `json:"lines" doc:"to be verified; empty unless it is picked"`
	Proposal *Proposal   `json:"proposal,omitempty" doc:"while it is picked"`
	Together *Together   `json:"together,omitempty" doc:"other orders that go into the same parcel: lines and proposal are for all of them"`
}

// BenchLine is goods to be verified.
type BenchLine struct {
	SKU        string      `json:"sku"`
	Title      string      `json:"title"`
	Quantity   int64       `json:"quantity"`
	WeightG    int64       `json:"weight_g" doc:"of one; 0 = unknown"`
	Fragile    bool        `json:"fragile,omitempty"`
	ThisSideUp bool        `json:"this_side_up,omitempty"`
	Codes      []BenchCode `json:"codes" doc:"what may be scanned for it, the SKU itself among them"`
}

// BenchCode is a bar code and how many pieces one scan of it is.
type BenchCode struct {
	Code   string `json:"code"`
	Factor int64  `json:"factor"`
}

// BenchCarton is packaging that may be chosen.
type BenchCarton struct {
	Code  string   `json:"code"`
	Kind  string   `json:"kind" enum:"box,mailer"`
	MM    [3]int64 `json:"mm"`
	MaxG  int64    `json:"max_g"`
	TareG int64    `json:"tare_g"`
}

// ParcelLabels are the closed parcels of a fulfilment and how far their labels are.
type ParcelLabels struct {
	Status  string        `json:"status" doc:"of the fulfilment"`
	Stops   []StopTold    `json:"stops"`
	Parcels []ParcelLabel `json:"parcels"`
}

// ParcelLabel is a closed parcel, its waybill, and its label on paper.
type ParcelLabel struct {
	Parcel
	Shipment *Shipment `json:"shipment,omitempty" doc:"the newest; without one no carrier was asked"`
	Print    *PrintJob `json:"print,omitempty" doc:"the newest; without one nobody asked for the label"`
	Why      string    `json:"why,omitempty" doc:"why there is no waybill, or no label, as a sentence"`
}

func (s *Server) bench() {
	query(s, route{path: "/v1/bench", tag: "fulfilments", id: "open-bench", scope: access.Work, summary: "What stands behind a scan at the packing bench",
		about: "The goods with every bar code, cartons and the tolerance of the scale, so that scans are judged without asking again; closing the parcels checks all of it once more. " +
			"Problems: stop.unknown_code, pick.no_task, pack.too_many_units.",
		params: []*huma.Param{text("code", "id of a walk, a fulfilment, an order or a parcel, or a waybill; without one the cartons and the scale")}}, (*call).openBench)
	s.benchItems()
	query(s, route{path: "/v1/fulfilments/{id}/labels", tag: "fulfilments", id: "get-labels", scope: access.Work, summary: "How far the labels of the closed parcels are",
		about: "Problem: fulfilment.not_found."}, (*call).labelsOf)
}

func (c *call) openBench() (out Bench, err error) {
	out = Bench{Work: []BenchWork{}, Cartons: []BenchCarton{}}
	code := strings.TrimSpace(c.query("code"))
	walked, err := c.walkOf(code)
	if err != nil {
		return out, err
	}
	if len(walked) > 0 {
		if out.Bulk, err = c.benchBulk(code); err != nil {
			return out, err
		}
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		keys, err := fulfilmentsBehind(tx, code, walked)
		if err != nil {
			return err
		}
		list, err := c.benchParts(tx, keys)
		if err != nil {
			return err
		}
		if len(list) == 0 && code != "" {
			return fault.New(fault.NotFound, "stop.unknown_code", "%q is no waybill, parcel or fulfilment of ours; scan it again, or put it aside", code).With("code", code)
		}
		if out.Bulk == nil {
			out.Work, err = c.benchWork(tx, list)
		}
		if err != nil {
			return err
		}
		if out.ToleranceG, out.TolerancePercent, err = pack.Scale(tx); err != nil {
			return err
		}
		out.Cartons, err = benchCartons(tx)
		return err
	})
	return out, err
}

// walkOf lists the fulfilments of a walk; nothing where the code is none.
func (c *call) walkOf(code string) (keys []int64, err error) {
	task, err := id.Parse(pick.Prefix, strings.ToLower(code))
	if err != nil {
		return nil, nil //nolint:nilerr // it is some other code
	}
	d, err := c.Pick.Task(c.ctx, task)
	for _, l := range d.Lines {
		keys = append(keys, l.FulfilmentID)
	}
	return sorted(keys), err
}

// fulfilmentsBehind finds what a code stands for.
func fulfilmentsBehind(tx *db.Tx, code string, walked []int64) ([]int64, error) {
	if len(walked) > 0 {
		return walked, nil
	}
	low := strings.ToLower(code)
	if key, err := id.Parse(order.FulfilmentPrefix, low); err == nil {
		return []int64{key}, nil
	}
	if key, err := id.Parse(order.Prefix, low); err == nil {
		parts, err := order.FulfilmentsOf(tx, []int64{key})
		var keys []int64
		for _, f := range parts[key] {
			keys = append(keys, f.ID)
		}
		return keys, err
	}
	if key, err := id.Parse(pack.Prefix, low); err == nil {
		found, err := pack.ParcelsByID(tx, []int64{key})
		return []int64{found[key].FulfilmentID}, err
	}
	list, err := ship.ShipmentsByWaybill(tx, []string{strings.ToUpper(code)})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return []int64{list[len(list)-1].FulfilmentID}, nil
}

// benchParts reads the fulfilments inside: the one that was meant, or of several those that are still here, the most urgent first.
func (c *call) benchParts(tx *db.Tx, keys []int64) ([]*order.Fulfilment, error) {
	found, err := order.Fulfilments(tx, keys)
	if err != nil {
		return nil, err
	}
	list, err := c.insideParts(tx, inOrder(found, keys))
	if err != nil || len(list) < 2 {
		return list, err
	}
	here := slices.DeleteFunc(slices.Clone(list), func(f *order.Fulfilment) bool { return !f.Live() })
	if len(here) == 0 {
		return list[:1], nil
	}
	slices.SortStableFunc(here, func(a, b *order.Fulfilment) int { return int(min(max(a.Rank.Deadline()-b.Rank.Deadline(), -1), 1)) })
	return here, nil
}

func (c *call) benchWork(tx *db.Tx, list []*order.Fulfilment) ([]BenchWork, error) {
	n, err := c.names(tx)
	if err != nil {
		return nil, err
	}
	if err := n.learnSKUs(tx, skusOf(list)); err != nil {
		return nil, err
	}
	shared, err := c.togetherOf(tx, fulfilmentKeys(list))
	if err != nil {
		return nil, err
	}
	all, err := order.WithAll(tx, fulfilmentKeys(list))
	if err != nil {
		return nil, err
	}
	parts, err := order.Fulfilments(tx, all)
	if err != nil {
		return nil, err
	}
	codes, err := catalog.BarcodesOf(tx, sorted(skusOf(inOrder(parts, all))))
	if err != nil {
		return nil, err
	}
	heads, err := order.ByIDs(tx, ordersOf(list))
	if err != nil {
		return nil, err
	}
	stops, err := c.stopsOn(tx, list)
	if err != nil {
		return nil, err
	}
	out := []BenchWork{}
	for _, f := range list {
		w := BenchWork{ID: id.Show(order.FulfilmentPrefix, f.ID), Order: id.Show(order.Prefix, f.OrderID), Node: n.node(f.NodeID), Status: f.Status, Stops: notNil(stops[f.ID]), Lines: []BenchLine{},
			Together: shared[f.ID]}
		if o := heads[f.OrderID]; o != nil {
			w.OrderNo = o.ExternalNo
		}
		if f.Live() {
			w.Deadline = at(f.Rank.Deadline())
		}
		if f.Status == order.Picked {
			if err := w.lay(tx, n, f.ID, codes); err != nil {
				return nil, err
			}
		}
		out = append(out, w)
	}
	return out, nil
}

// lay puts the goods of a picked fulfilment on the bench.
func (w *BenchWork) lay(tx *db.Tx, n *names, key int64, codes map[int64][]catalog.Barcode) error {
	proposed, err := pack.Propose(tx, []int64{key})
	if err != nil || len(proposed) == 0 {
		return err
	}
	shown, err := n.proposal(tx, proposed[0])
	w.Proposal = &shown
	at := map[int64]int{}
	for _, d := range proposed[0].Parcels {
		for _, l := range d.Lines {
			i, seen := at[l.SKU]
			if !seen {
				i = len(w.Lines)
				at[l.SKU] = i
				w.Lines = append(w.Lines, n.benchLine(l.SKU, codes[l.SKU]))
			}
			w.Lines[i].Quantity += l.Quantity
		}
	}
	return err
}

func (n *names) benchLine(key int64, codes []catalog.Barcode) BenchLine {
	s := n.skus[key]
	l := BenchLine{SKU: n.sku(key), Title: s.Title, WeightG: s.WeightG, Fragile: s.Fragile, ThisSideUp: s.ThisSideUp, Codes: []BenchCode{{s.Code, 1}}}
	for _, b := range codes {
		l.Codes = append(l.Codes, BenchCode{b.Code, b.Factor})
	}
	return l
}

func fulfilmentKeys(list []*order.Fulfilment) (ids []int64) {
	for _, f := range list {
		ids = append(ids, f.ID)
	}
	return ids
}

func ordersOf(list []*order.Fulfilment) (ids []int64) {
	for _, f := range list {
		ids = append(ids, f.OrderID)
	}
	return sorted(ids)
}

// stopsOn lists, by fulfilment, what keeps it from going on: what was stopped, and what holds its order.
func (c *call) stopsOn(tx *db.Tx, list []*order.Fulfilment) (map[int64][]StopTold, error) {
	parts := map[int64]*order.Fulfilment{}
	for _, f := range list {
		parts[f.ID] = f
	}
	stops, err := order.Obstacles(tx, parts)
	if err != nil {
		return nil, err
	}
	holds, err := order.Holds(tx, ordersOf(list))
	out := map[int64][]StopTold{}
	for _, f := range list {
		for _, s := range stops[f.ID] {
			out[f.ID] = append(out[f.ID], c.told(s))
		}
		for _, h := range holds[f.OrderID] {
			if h.Live() && f.Live() && h.Reason != order.StopLines {
				out[f.ID] = append(out[f.ID], StopTold{Code: h.Reason, Text: words.Render(c.lang(), h.Reason, h.Params), At: at(h.PlacedAt)})
			}
		}
	}
	return out, err
}

// benchCartons lists the packaging in use, by what fits in.
func benchCartons(tx *db.Tx) ([]BenchCarton, error) {
	list, err := pack.Cartons(tx)
	out := []BenchCarton{}
	for _, k := range list {
		if k.Enabled {
			out = append(out, BenchCarton{Code: k.Code, Kind: string(k.Kind), MM: k.MM, MaxG: k.MaxG, TareG: k.TareG})
		}
	}
	slices.SortStableFunc(out, func(a, b BenchCarton) int { return int(a.MM[0]*a.MM[1]*a.MM[2] - b.MM[0]*b.MM[1]*b.MM[2]) })
	return out, err
}
