package api

import (
	"cmp"
	"slices"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/flow"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/wave"
)

// Task is one walk of one picker.
type Task struct {
	ID          string `json:"id"`
	Wave        string `json:"wave,omitempty"`
	Node        string `json:"node"`
	Method      string `json:"method"`
	Zone        string `json:"zone,omitempty"`
	Status      string `json:"status"`
	Picker      string `json:"picker,omitempty"`
	Metres      int64  `json:"metres" doc:"length of the walk; 0 = the locations have no coordinates"`
	PlainMetres int64  `json:"plain_metres" doc:"of the walk in order of pick_seq"`
	CreatedAt   string `json:"created_at"`
	UpdatedAt   string `json:"updated_at"`
}

// TaskPage is a page of open tasks.
type TaskPage struct {
	Tasks      []Task `json:"tasks"`
	NextCursor string `json:"next_cursor,omitempty"`
}

// TaskDetail is a task with its stops in order of the walk.
type TaskDetail struct {
	Task
	Lines []Visit `json:"lines"`
}

// Visit is one stop of a walk.
type Visit struct {
	Seq        int64  `json:"seq"`
	Fulfilment string `json:"fulfilment"`
	Location   string `json:"location"`
	SKU        string `json:"sku"`
	Title      string `json:"title"`
	Lot        string `json:"lot,omitempty"`
	Quantity   int64  `json:"quantity"`
	Picked     int64  `json:"picked"`
	Status     string `json:"status"`
}

// ShortInput says that a picker found less than a line asks for.
type ShortInput struct {
	Line   int64  `json:"line" doc:"of the task"`
	Picked int64  `json:"picked" doc:"found, earlier scans included"`
	Picker string `json:"picker,omitempty"`
	Reason string `json:"reason,omitempty" enum:"none,damaged,wrong_goods" doc:"why: nothing there, damaged, something else stands there"`
}

// Picker says who walks.
type Picker struct {
	Picker string `json:"picker,omitempty"`
}

func (s *Server) tasks() {
	query(s, route{path: "/v1/tasks", tag: "tasks", id: "list-tasks", scope: access.StockRead, summary: "Open pick tasks, oldest first",
		params: append(paging(), text("node", "code of the warehouse"), text("status", "", "ready", "assigned", "started"), text("picker", ""))}, (*call).listTasks)
	query(s, route{path: "/v1/tasks/{id}", tag: "tasks", id: "get-task", scope: access.StockRead, summary: "One task with its stops"}, (*call).getTask)
	command(s, route{path: "/v1/tasks/{id}/start", tag: "tasks", id: "start-task", scope: access.Work, summary: "A picker begins to walk"},
		on(pick.Prefix, func(c *call, key int64, in Picker) (Task, error) {
			return c.shownTask(c.Pick.Start(c.ctx, c.once, key, cmp.Or(in.Picker, c.actor())))
		}))
	command(s, route{path: "/v1/tasks/{id}/assign", tag: "tasks", id: "assign-task", scope: access.Work,
		summary: "Give a task to a picker; to nobody when none is named"},
		on(pick.Prefix, func(c *call, key int64, in Picker) (Task, error) {
			return c.shownTask(c.Pick.Assign(c.ctx, c.once, key, in.Picker))
		}))
	command(s, route{path: "/v1/tasks/{id}/short", tag: "tasks", id: "short-pick", scope: access.Work,
		summary: "Less was found than a line asks for: the rest is found elsewhere or owed"},
		on(pick.Prefix, func(c *call, key int64, in ShortInput) (flow.ShortPicked, error) {
			if in.Reason != "" && !slices.Contains(pick.ShortReasons, in.Reason) {
				return flow.ShortPicked{}, fault.Invalidf("reason", "unknown_value", "%q is none of %v", in.Reason, pick.ShortReasons).With("value", in.Reason)
			}
			return c.Flow.ShortPick(c.ctx, c.once, flow.Short{Task: key, Line: in.Line, Picked: in.Picked, Reason: in.Reason, Picker: cmp.Or(in.Picker, c.actor())})
		}))
}

func (c *call) shownTask(t pick.Task, err error) (out Task, _ error) {
	if err != nil {
		return Task{}, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		out = n.task(t)
		return err
	})
	return out, err
}

func (n *names) task(t pick.Task) Task {
	return Task{ID: id.Show(pick.Prefix, t.ID), Wave: shown(wave.Prefix, t.WaveID), Node: n.node(t.NodeID), Method: t.Method, Zone: t.Zone, Status: t.Status,
		Picker: t.Picker, Metres: t.Metres, PlainMetres: t.PlainMetres, CreatedAt: at(t.CreatedAt), UpdatedAt: at(t.UpdatedAt)}
}

func (c *call) listTasks() (TaskPage, error) {
	page := TaskPage{Tasks: []Task{}}
	limit, err := c.limit()
	if err != nil {
		return page, err
	}
	after, err := c.idCursor(pick.Prefix)
	if err != nil {
		return page, err
	}
	n, err := c.allNames()
	if err != nil {
		return page, err
	}
	var list []pick.Task
	for _, node := range n.nodesNamed(c.query("node")) {
		part, err := c.Pick.Tasks(c.ctx, pick.Filter{Node: node, Status: c.query("status"), Picker: c.query("picker")}, after, limit)
		if err != nil {
			return page, err
		}
		list = append(list, part...)
	}
	list = firstByID(list, limit, func(t pick.Task) int64 { return t.ID })
	for _, t := range list {
		page.Tasks = append(page.Tasks, n.task(t))
	}
	if len(list) == limit {
		page.NextCursor = id.Show(pick.Prefix, list[limit-1].ID)
	}
	return page, nil
}

func (c *call) getTask() (TaskDetail, error) {
	key, err := c.idParam("id", pick.Prefix)
	if err != nil {
		return TaskDetail{}, err
	}
	return c.taskDetail(key)
}

func (c *call) taskDetail(key int64) (TaskDetail, error) {
	d, err := c.Pick.Task(c.ctx, key)
	if err != nil {
		return TaskDetail{}, err
	}
	n, err := c.allNames()
	if err != nil {
		return TaskDetail{}, err
	}
	out := TaskDetail{Task: n.task(d.Task), Lines: make([]Visit, len(d.Lines))}
	for i, l := range d.Lines {
		out.Lines[i] = visitOf(l)
	}
	return out, nil
}

func visitOf(l pick.Visit) Visit {
	return Visit{Seq: l.Seq, Fulfilment: id.Show(order.FulfilmentPrefix, l.FulfilmentID), Location: l.Location, SKU: l.SKU, Title: l.Title,
		Lot: l.Lot, Quantity: l.Quantity, Picked: l.Picked, Status: l.Status}
}
