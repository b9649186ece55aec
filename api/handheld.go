package api

import (
	"cmp"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/gs1"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/warehouse"
)

// ScanInput is what a handheld has read.
type ScanInput struct {
	EventID  string `json:"event_id" doc:"the handheld's own name for this scan; the same scan sent twice counts once" minLength:"1" maxLength:"200"`
	Task     string `json:"task"`
	Line     int64  `json:"line,omitempty" doc:"of the task, from a handheld that carries the whole walk: it may take the stops in another order; 0 = the next stop"`
	Location string `json:"location,omitempty"`
	Item     string `json:"item,omitempty" doc:"bar code of the goods"`
	Lot      string `json:"lot,omitempty"`
	Quantity int64  `json:"quantity,omitempty" doc:"how many of that bar code; 0 = one"`
	Picker   string `json:"picker,omitempty"`
}

// ScanAnswer is the next screen of a handheld.
type ScanAnswer struct {
	Accepted bool       `json:"accepted" doc:"false: nothing was changed"`
	State    string     `json:"state" enum:"location,item,done"`
	Code     string     `json:"code"`
	Text     string     `json:"text"`
	Next     *ScansNext `json:"next,omitempty"`
	Stops    []string   `json:"stops,omitempty" doc:"told once: whose goods must not go on, and where to put what is in the tote"`
}

// ScansNext is what is to be scanned next.
type ScansNext struct {
	Seq      int64  `json:"seq"`
	Location string `json:"location"`
	SKU      string `json:"sku"`
	Title    string `json:"title"`
	Lot      string `json:"lot,omitempty"`
	Quantity int64  `json:"quantity"`
	Picked   int64  `json:"picked"`
	Closed   int    `json:"closed" doc:"lines of the task that are closed"`
	Lines    int    `json:"lines"`
}

// NextInput asks for the next walk.
type NextInput struct {
	Node   string `json:"node"`
	Picker string `json:"picker,omitempty"`
}

// NextTask is the walk to do next; task is left out when nothing waits.
type NextTask struct {
	Task *TaskDetail `json:"task,omitempty"`
}

// Lookup is what a bar code means.
type Lookup struct {
	SKU       string   `json:"sku,omitempty"`
	Title     string   `json:"title,omitempty"`
	Factor    int64    `json:"factor,omitempty" doc:"base units in one of this bar code"`
	Lot       string   `json:"lot,omitempty"`
	Expires   string   `json:"expires_on,omitempty"`
	Available int64    `json:"available"`
	Location  string   `json:"location,omitempty" doc:"the code is a location's"`
	Nodes     []string `json:"nodes,omitempty" doc:"that have the location"`
}

func (s *Server) handheld() {
	command(s, route{path: "/pda/v1/scan", tag: "handheld", id: "scan", scope: access.Work, summary: "One scan of a walk"}, (*call).scan)
	command(s, route{path: "/pda/v1/tasks/next", tag: "handheld", id: "next-task", scope: access.Work, summary: "The walk to do next"}, (*call).nextTask)
	query(s, route{path: "/pda/v1/lookup", tag: "handheld", id: "lookup", scope: access.Work, summary: "What a bar code means",
		params: []*huma.Param{text("code", ""), text("node", "code of the warehouse")}}, (*call).lookup)
}

func (c *call) scan(in ScanInput) (ScanAnswer, error) {
	if in.EventID == "" || len(in.EventID) > 200 {
		return ScanAnswer{}, fault.Invalidf("event_id", "http.event_id", "give every scan an event_id of up to 200 characters")
	}
	task, err := idOf("task", pick.Prefix, in.Task)
	if err != nil {
		return ScanAnswer{}, err
	}
	c.keep("scan:" + in.EventID)
	a, err := c.Pick.Scan(c.ctx, c.once, pick.ScanIn{TaskID: task, Line: in.Line, Location: in.Location, Item: in.Item, Lot: in.Lot, Quantity: in.Quantity,
		Picker: cmp.Or(in.Picker, c.actor()), Actor: c.actor()})
	out := ScanAnswer{Accepted: a.Accepted, State: a.State, Code: a.Message.Code, Text: words.Render(c.lang(), a.Message.Code, a.Message.Params)}
	for _, s := range a.Stops {
		out.Stops = append(out.Stops, words.Render(c.lang(), s.Code, s.Params))
	}
	if a.Next != nil {
		next := ScansNext(*a.Next)
		out.Next = &next
	}
	return out, err
}

func (c *call) nextTask(in NextInput) (NextTask, error) {
	n, err := c.allNames()
	if err != nil {
		return NextTask{}, err
	}
	node, err := n.nodeOf("node", in.Node)
	if err != nil {
		return NextTask{}, err
	}
	t, found, err := c.Pick.NextTask(c.ctx, c.once, node.ID, cmp.Or(in.Picker, c.actor()))
	if err != nil || !found {
		return NextTask{}, err
	}
	d, err := c.taskDetail(t.ID)
	return NextTask{Task: &d}, err
}

func (c *call) lookup() (out Lookup, err error) {
	code := c.query("code")
	scan, err := gs1.Parse(code)
	if err != nil {
		return out, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		found, err := out.goods(c, tx, n, scan, c.query("node"))
		if err != nil || found {
			return err
		}
		if found, err = out.place(tx, n, code, c.query("node")); err == nil && !found {
			err = fault.New(fault.NotFound, "http.barcode", "nothing here has the code %q", code).With("code", code)
		}
		return err
	})
	return out, err
}

func (l *Lookup) goods(c *call, tx *db.Tx, n *names, scan gs1.Scan, node string) (bool, error) {
	b, found, err := catalog.ByBarcode(tx, cmp.Or(scan.GTIN, scan.Raw))
	if err != nil || !found {
		return false, err
	}
	if err := n.learnSKUs(tx, []int64{b.SKU}); err != nil {
		return false, err
	}
	if inside, err := c.insideGoods(tx, []catalog.SKU{n.skus[b.SKU]}); err != nil || len(inside) == 0 {
		return false, err
	}
	free, err := inventory.Available(tx, []int64{b.SKU})
	for _, x := range n.nodesNamed(node) {
		l.Available += free[inventory.Key{SKU: b.SKU, Node: x}]
	}
	l.SKU, l.Title, l.Factor, l.Lot = n.sku(b.SKU), n.skus[b.SKU].Title, b.Factor, scan.Lot
	l.Expires = scan.Expiry
	return true, err
}

// place says which locations have the code.
func (l *Lookup) place(tx *db.Tx, n *names, code, node string) (bool, error) {
	for _, x := range n.nodesNamed(node) {
		found, err := warehouse.LocationsByCodes(tx, x, []string{code})
		if err != nil {
			return false, err
		}
		if at, ok := found[code]; ok {
			l.Location = at.Code
			l.Nodes = append(l.Nodes, n.node(x))
		}
	}
	return l.Location != "", nil
}
