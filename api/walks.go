package api

import (
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/warehouse"
	"github.com/packhorse/packhorse/wave"
)

// WalkSize is a task with how much it is.
type WalkSize struct {
	Task
	Lines  int64 `json:"lines"`
	Closed int64 `json:"closed" doc:"of the lines: picked, short or called off"`
	Units  int64 `json:"units"`
	Orders int64 `json:"orders" doc:"that the walk is for"`
}

// WalkList is what a picker may do now.
type WalkList struct {
	Mine  []WalkSize `json:"mine" doc:"begun by the caller or assigned to them"`
	Ready []WalkSize `json:"ready" doc:"for anybody, oldest first; at most 20"`
}

// Walk is all that a handheld needs to judge every scan of a task by itself.
type Walk struct {
	Task
	Lines []WalkLine  `json:"lines" doc:"in order of the walk"`
	Goods []WalkGoods `json:"goods"`
	Totes []WalkTote  `json:"totes" doc:"one for each order of the walk; one for all of a walk of totals"`
}

// WalkLine is one stop with what a label of its place says.
type WalkLine struct {
	Visit
	Zone    string `json:"zone"`
	Tote    int    `json:"tote" doc:"number of the tote"`
	Blocked string `json:"blocked,omitempty" doc:"why it cannot be picked now, for people"`
}

// WalkGoods is what may be scanned for a SKU.
type WalkGoods struct {
	SKU   string     `json:"sku"`
	Title string     `json:"title"`
	Codes []WalkCode `json:"codes" doc:"beside the code of the SKU, which stands for one piece"`
}

// WalkCode is a bar code.
type WalkCode struct {
	Code   string `json:"code"`
	Factor int64  `json:"factor" doc:"pieces in one"`
}

// WalkTote is where the goods of one order go on a walk for several.
type WalkTote struct {
	No         int    `json:"no"`
	Fulfilment string `json:"fulfilment"`
}

// readyShown is how many tasks a picker is shown to choose from.
const readyShown = 20

func (s *Server) walks() {
	query(s, route{path: "/pda/v1/tasks", tag: "handheld", id: "list-walks", scope: access.Work, summary: "The pick tasks of the caller, and those for anybody",
		about: "Problems: http.node.", params: []*huma.Param{text("node", "code of the warehouse; without it all")}}, (*call).listWalks)
	query(s, route{path: "/pda/v1/tasks/{id}", tag: "handheld", id: "get-walk", scope: access.Work, summary: "A task with all that a handheld needs to work without a network",
		about: "Bar codes and totes come with the stops. Problems: http.id, pick.no_task."}, (*call).getWalk)
}

func (c *call) listWalks() (WalkList, error) {
	out := WalkList{Mine: []WalkSize{}, Ready: []WalkSize{}}
	n, err := c.allNames()
	if err != nil {
		return out, err
	}
	if code := c.query("node"); code != "" {
		if _, err := n.nodeOf("node", code); err != nil {
			return out, err
		}
	}
	var mine, ready []pick.Task
	for _, node := range n.nodesNamed(c.query("node")) {
		own, err := c.Pick.Tasks(c.ctx, pick.Filter{Node: node, Picker: c.actor()}, 0, readyShown)
		if err != nil {
			return out, err
		}
		free, err := c.Pick.Tasks(c.ctx, pick.Filter{Node: node, Status: pick.Ready}, 0, readyShown)
		if err != nil {
			return out, err
		}
		mine, ready = append(mine, own...), append(ready, free...)
	}
	ready = firstByID(ready, readyShown, func(t pick.Task) int64 { return t.ID })
	slices.SortStableFunc(mine, func(a, b pick.Task) int { return begun(b) - begun(a) })
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		if out.Mine, err = n.walkSizes(tx, mine); err == nil {
			out.Ready, err = n.walkSizes(tx, ready)
		}
		return err
	})
	return out, err
}

func begun(t pick.Task) int {
	if t.Status == pick.Started {
		return 1
	}
	return 0
}

func (n *names) walkSizes(tx *db.Tx, list []pick.Task) ([]WalkSize, error) {
	ids := make([]int64, len(list))
	for i, t := range list {
		ids[i] = t.ID
	}
	sizes, err := pick.Sizes(tx, ids)
	out := make([]WalkSize, len(list))
	for i, t := range list {
		s := sizes[t.ID]
		out[i] = WalkSize{Task: n.task(t), Lines: s.Lines, Closed: s.Closed, Units: s.Units, Orders: s.Orders}
	}
	return out, err
}

func (c *call) getWalk() (Walk, error) {
	key, err := c.idParam("id", pick.Prefix)
	if err != nil {
		return Walk{}, err
	}
	d, err := c.Pick.Task(c.ctx, key)
	if err != nil {
		return Walk{}, err
	}
	var out Walk
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		out, err = c.walk(tx, d)
		return err
	})
	return out, err
}

func (c *call) walk(tx *db.Tx, d pick.Detail) (Walk, error) {
	n, err := c.names(tx)
	if err != nil {
		return Walk{}, err
	}
	var parts, skus, places []int64
	for _, l := range d.Lines {
		parts, skus, places = append(parts, l.FulfilmentID), append(skus, l.SKUID), append(places, l.LocationID)
	}
	parts, skus = sorted(parts), sorted(skus)
	blocked, err := c.blocked(tx, parts)
	if err != nil {
		return Walk{}, err
	}
	at, err := warehouse.LocationsByIDs(tx, sorted(places))
	if err != nil {
		return Walk{}, err
	}
	out := Walk{Task: n.task(d.Task), Lines: make([]WalkLine, len(d.Lines)), Totes: make([]WalkTote, len(parts))}
	for i, p := range parts {
		out.Totes[i] = WalkTote{No: i + 1, Fulfilment: id.Show(order.FulfilmentPrefix, p)}
	}
	for i, l := range d.Lines {
		tote, _ := slices.BinarySearch(parts, l.FulfilmentID)
		out.Lines[i] = WalkLine{Visit: visitOf(l), Zone: at[l.LocationID].Zone, Tote: tote + 1, Blocked: blocked[l.FulfilmentID]}
	}
	if d.Method == wave.Bulk {
		out.inOneTote()
	}
	out.Goods, err = goodsToScan(tx, skus)
	return out, err
}

// inOneTote puts all goods together: nothing of a walk of totals is sorted on the way.
func (w *Walk) inOneTote() {
	w.Totes = w.Totes[:min(1, len(w.Totes))]
	for i := range w.Lines {
		w.Lines[i].Tote = 1
	}
}

// blocked says, for people, why nothing may be picked for some fulfilments now. Those that may be are left out.
func (c *call) blocked(tx *db.Tx, parts []int64) (map[int64]string, error) {
	found, err := order.Fulfilments(tx, parts)
	out := map[int64]string{}
	for key, f := range found {
		if why, ok := fault.As(order.Stopped(f.Holds)); ok {
			out[key] = words.Render(c.lang(), why.Code, why.Params)
		}
	}
	return out, err
}

func goodsToScan(tx *db.Tx, skus []int64) ([]WalkGoods, error) {
	goods, err := catalog.ByIDs(tx, skus)
	if err != nil {
		return nil, err
	}
	codes, err := catalog.BarcodesOf(tx, skus)
	out := make([]WalkGoods, 0, len(skus))
	for _, key := range skus {
		g := WalkGoods{SKU: goods[key].Code, Title: goods[key].Title, Codes: []WalkCode{}}
		for _, b := range codes[key] {
			g.Codes = append(g.Codes, WalkCode{Code: b.Code, Factor: b.Factor})
		}
		out = append(out, g)
	}
	return out, err
}
