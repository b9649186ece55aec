package api

import (
	"cmp"
	"context"
	"errors"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pick"
)

// Empty is the body of a command that needs no more than its path.
type Empty struct{}

// Released is a fulfilment whose pick task is ready.
type Released struct {
	ID    string         `json:"id"`
	Task  string         `json:"task"`
	Lines []ReleasedLine `json:"lines" doc:"in order of the walk"`
}

// ReleasedLine is one visit of the walk.
type ReleasedLine struct {
	Seq      int64  `json:"seq"`
	SKU      string `json:"sku"`
	Location string `json:"location"`
	Lot      string `json:"lot,omitempty"`
	Quantity int64  `json:"quantity"`
}

// PickInput says what was picked; without lines everything that is open, in full.
type PickInput struct {
	Lines  []PickedLine `json:"lines,omitempty"`
	Picker string       `json:"picker,omitempty"`
}

// PickedLine is how much of a task's line is in the tote by now.
type PickedLine struct {
	Seq    int64 `json:"seq"`
	Picked int64 `json:"picked"`
}

// PickItem is one fulfilment of a bulk.
type PickItem struct {
	Item
	PickInput
}

// Picked is where the work stands after a pick.
type Picked struct {
	Task        string   `json:"task"`
	TaskStatus  string   `json:"task_status"`
	Fulfilments []string `json:"fulfilments" doc:"those that can be packed now"`
}

// PackInput closes the parcels of a fulfilment; without parcels, as proposed.
type PackInput struct {
	Parcels []ParcelInput `json:"parcels,omitempty"`
	Scans   []string      `json:"scans,omitempty" doc:"the second check: every scan that went into the parcels"`
	Packer  string        `json:"packer,omitempty"`
	Without bool          `json:"without,omitempty" doc:"of a parcel for several orders: do not wait for those that are not picked; they travel by themselves"`
}

// ParcelInput is a parcel on the bench.
type ParcelInput struct {
	Carton  string       `json:"carton,omitempty"`
	WeightG int64        `json:"weight_g,omitempty" doc:"from the scale; 0 = not weighed"`
	Lines   []ParcelLine `json:"lines,omitempty"`
}

// ParcelLine is a quantity of a fulfilment line in a parcel.
type ParcelLine struct {
	Seq      int64 `json:"seq"`
	Quantity int64 `json:"quantity"`
}

// PackItem is one fulfilment of a bulk.
type PackItem struct {
	Item
	PackInput
}

// Packed is what was closed.
type Packed struct {
	ID      string   `json:"id"`
	Parcels []Parcel `json:"parcels"`
}

func (s *Server) fulfilments() {
	query(s, route{path: "/v1/fulfilments", tag: "fulfilments", id: "list-fulfilments", scope: access.OrdersRead,
		summary: "The work of the warehouses, the most urgent first",
		about: "Higher priority first, then by deadline, or by the fine that can still be saved; then the older. It is the order in which waves release. " +
			"Problems: order.sort, unknown_value, http.limit, http.cursor.",
		params: append(paging(), text("node", "code of the warehouse"), text("status", "only those in work have a list", "allocated", "released", "picked", "packed"),
			sorting("deadline without it"))}, (*call).listFulfilments)
	query(s, route{path: "/v1/fulfilments/{id}", tag: "fulfilments", id: "get-fulfilment", scope: access.OrdersRead,
		summary: "One fulfilment with its lines, parcels and shipments"}, (*call).getFulfilment)
	query(s, route{path: "/v1/fulfilments/{id}/proposal", tag: "fulfilments", id: "propose-parcels", scope: access.OrdersRead,
		summary: "How it should be packed: cartons, contents, places"}, (*call).proposal)

	command(s, route{path: "/v1/fulfilments/{id}/release", tag: "fulfilments", id: "release", scope: access.Work,
		summary: "Bind the goods to locations and make the pick task"}, on(order.FulfilmentPrefix, func(c *call, key int64, _ Empty) (Released, error) {
		out, err := c.Pick.Release(c.ctx, c.once, pick.ReleaseIn{FulfilmentID: key, Actor: c.actor()})
		return releasedOf(out), c.rerouted(key, err)
	}))
	command(s, route{path: "/v1/fulfilments/release", tag: "fulfilments", id: "release-many", scope: access.Work, limit: many,
		summary: "Release up to 500, each by itself"}, func(c *call, in Bulk[Item]) (Results[Released], error) {
		return bulkOf(c, in, func(i Item) (pick.ReleaseIn, error) {
			key, err := idOf("id", order.FulfilmentPrefix, i.ID)
			return pick.ReleaseIn{FulfilmentID: key, Actor: c.actor()}, err
		}, c.releaseAll, releasedOf)
	})

	command(s, route{path: "/v1/fulfilments/{id}/pick", tag: "fulfilments", id: "pick", scope: access.Work,
		summary: "Say what was picked"}, on(order.FulfilmentPrefix, func(c *call, key int64, in PickInput) (Picked, error) {
		out, err := c.Pick.Confirm(c.ctx, c.once, c.pickIn(key, in))
		return pickedOf(out), err
	}))
	command(s, route{path: "/v1/fulfilments/pick", tag: "fulfilments", id: "pick-many", scope: access.Work, limit: many,
		summary: "Say what was picked of up to 500"}, func(c *call, in Bulk[PickItem]) (Results[Picked], error) {
		return bulkOf(c, in, func(i PickItem) (pick.ConfirmIn, error) {
			key, err := idOf("id", order.FulfilmentPrefix, i.ID)
			return c.pickIn(key, i.PickInput), err
		}, c.Pick.ConfirmOnce, pickedOf)
	})

	command(s, route{path: "/v1/fulfilments/{id}/pack", tag: "fulfilments", id: "pack", scope: access.Work,
		summary: "Close the parcels"}, on(order.FulfilmentPrefix, func(c *call, key int64, in PackInput) (Packed, error) {
		out, err := c.Pack.Pack(c.ctx, c.once, c.packIn(key, in))
		return packedOf(out), err
	}))
	command(s, route{path: "/v1/fulfilments/pack", tag: "fulfilments", id: "pack-many", scope: access.Work, limit: many,
		summary: "Close the parcels of up to 500"}, func(c *call, in Bulk[PackItem]) (Results[Packed], error) {
		return bulkOf(c, in, func(i PackItem) (pack.In, error) {
			key, err := idOf("id", order.FulfilmentPrefix, i.ID)
			return c.packIn(key, i.PackInput), err
		}, c.Pack.PackOnce, packedOf)
	})
	command(s, route{path: "/v1/fulfilments/{id}/check", tag: "fulfilments", id: "check-scans", scope: access.Work,
		summary: "The second check while it goes on; nothing is kept"}, on(order.FulfilmentPrefix, (*call).checkScans))
}

func releasedOf(r pick.Released) Released {
	out := Released{ID: id.Show(order.FulfilmentPrefix, r.FulfilmentID), Task: id.Show(pick.Prefix, r.TaskID), Lines: make([]ReleasedLine, len(r.Lines))}
	for i, l := range r.Lines {
		out.Lines[i] = ReleasedLine(l)
	}
	return out
}

func (c *call) pickIn(key int64, in PickInput) pick.ConfirmIn {
	out := pick.ConfirmIn{FulfilmentID: key, Picker: cmp.Or(in.Picker, c.actor()), Actor: c.actor()}
	for _, l := range in.Lines {
		out.Lines = append(out.Lines, pick.ConfirmLine(l))
	}
	return out
}

func pickedOf(p pick.Confirmed) Picked {
	out := Picked{Task: id.Show(pick.Prefix, p.TaskID), TaskStatus: p.TaskStatus, Fulfilments: make([]string, len(p.Fulfilments))}
	for i, key := range p.Fulfilments {
		out.Fulfilments[i] = id.Show(order.FulfilmentPrefix, key)
	}
	return out
}

func (c *call) packIn(key int64, in PackInput) pack.In {
	out := pack.In{FulfilmentID: key, Packer: cmp.Or(in.Packer, c.actor()), Scans: in.Scans, Without: in.Without}
	for _, p := range in.Parcels {
		parcel := pack.ParcelIn{Carton: p.Carton, WeightG: p.WeightG}
		for _, l := range p.Lines {
			parcel.Lines = append(parcel.Lines, pack.LineIn(l))
		}
		out.Parcels = append(out.Parcels, parcel)
	}
	return out
}

func packedOf(p pack.Out) Packed {
	out := Packed{ID: id.Show(order.FulfilmentPrefix, p.FulfilmentID), Parcels: make([]Parcel, len(p.Parcels))}
	for i, x := range p.Parcels {
		out.Parcels[i] = parcelOf(x)
	}
	return out
}

// releaseAll releases many and sends those elsewhere whose node lacks what it promised; not again when the answer is
// the first one's, for what stands at the node may be another now.
func (c *call) releaseAll(ctx context.Context, once *db.Once, ins []pick.ReleaseIn) ([]db.Result[pick.Released], error) {
	out, err := c.Pick.ReleaseOnce(ctx, once, ins)
	if once != nil && once.Replayed {
		return out, err
	}
	for i := range out {
		out[i].Err = c.rerouted(ins[i].FulfilmentID, out[i].Err)
	}
	return out, err
}

// rerouted takes a fulfilment from a node that cannot bind what it promised, and lets allocation choose again. The
// release has failed all the same, and says so.
func (c *call) rerouted(key int64, err error) error {
	if fault.Code(err) != "release.short" {
		return err
	}
	if _, failed := c.Flow.Reject(c.ctx, nil, key, "system", "release.short"); failed != nil {
		return errors.Join(err, failed)
	}
	return err
}
