package public

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/link"
	"github.com/packhorse/packhorse/notify"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/track"
)

// shown is how many scans are seen at once.
const shown = 3

type trackView struct {
	page
	No, Head, Under, Tone string
	Todo                  []doing
	Steps                 []step
	Parcels               []parcelView
	Items                 []item
	Name, Phone, Address  string // masked
	Cases                 []doing
	Return                string
}

type doing struct{ Text, Path string }

type step struct{ Title, At, State string }

type parcelView struct {
	ID, Title, Carrier, Waybill, Status, Tone, Line string
	First, Rest                                     []scanView
}

type scanView struct{ Status, At, Text string }

type item struct {
	Title string
	Count int64
	Off   bool
}

func (p *Pages) showTrack(v *visit) error {
	o, err := v.order(link.Track)
	if err != nil {
		return err
	}
	f, err := v.facts(o)
	if err != nil {
		return err
	}
	cases, err := v.AfterSales.Cases(v.r.Context(), aftersales.Filter{OrderID: o.ID}, 0, 0)
	if err != nil {
		return err
	}
	back, err := v.Links.Path(link.Return, o.ID)
	if err != nil {
		return err
	}
	v.Title, v.Wide = v.Say("public.track_title", "no", o.ExternalNo), true
	t := v.trackView(f)
	if len(f.parcels) > 0 {
		t.Return = v.At(back)
	}
	for _, c := range cases {
		path := v.At(back + "/" + c.Name())
		t.Cases = append(t.Cases, doing{v.caseLine(c), path})
		if text := v.caseTodo(c, f); text != "" {
			t.Todo = append(t.Todo, doing{text, path})
		}
	}
	return v.show("track", http.StatusOK, t)
}

// facts reads what is known of an order.
func (v *visit) facts(o *order.Order) (f facts, err error) {
	err = v.DB.View(v.r.Context(), func(tx *db.Tx) error {
		f = facts{Order: o, now: tx.Now()}
		if f.zone, err = notify.Clock(tx, o.Recipient); err != nil {
			return err
		}
		ids := []int64{o.ID}
		holds, err := order.Holds(tx, ids)
		if err != nil {
			return err
		}
		f.holds = holds[o.ID]
		owed, err := order.BackOrders(tx, ids)
		if err != nil {
			return err
		}
		f.owed = slices.ContainsFunc(owed[o.ID], func(b order.BackOrder) bool { return b.Quantity > 0 })
		f.parcels, err = v.parcels(tx, o.ID)
		return err
	})
	return f, err
}

func (v *visit) parcels(tx *db.Tx, key int64) (out []parcel, err error) {
	all, err := ship.ShipmentsOf(tx, []int64{key})
	if err != nil {
		return nil, err
	}
	gone := slices.DeleteFunc(all[key], func(s *ship.Shipment) bool { return !s.Gone() })
	due, err := notify.Expect(tx, gone)
	if err != nil {
		return nil, err
	}
	known := make(map[int64]*ship.Shipment, len(gone))
	var ids []int64
	for _, s := range gone {
		known[s.ID], ids = s, append(ids, s.ID)
	}
	riders, err := ship.Riders(tx, ids)
	if err != nil {
		return nil, err
	}
	events, err := v.Track.Events(tx, known)
	for _, s := range gone {
		out = append(out, parcel{s, events[s.ID], due[s.ID], s.With != 0 || len(riders[s.ID]) > 0})
	}
	return out, err
}

// trackView writes down what the facts say.
func (v *visit) trackView(f facts) trackView {
	h, r := headOf(f), f.Recipient.Masked()
	t := trackView{page: v.page, No: f.ExternalNo, Head: v.Say(h.code, "date", v.day(f.when(h.at), f.now)), Tone: h.tone, Name: r.Name, Phone: r.Phone,
		Address: strings.Join(slices.DeleteFunc([]string{r.Province, r.City, r.District, r.Address}, func(s string) bool { return s == "" }), " ")}
	if h.code == "public.head_arrives" || h.code == "public.head_late" {
		t.Under = v.Say("public.estimate")
	}
	if n := len(f.parcels); n > 1 {
		t.Under = v.Say("public.in_parcels", "n", n)
	}
	for _, code := range todoOf(f) {
		t.Todo = append(t.Todo, doing{Text: v.Say(code)})
	}
	t.Steps = v.steps(f, h)
	for i, p := range f.parcels {
		t.Parcels = append(t.Parcels, v.parcelView(f, p, i))
	}
	for _, l := range f.Lines {
		title := l.Title
		if title == "" {
			title = l.SKU
		}
		n, off := l.Wanted(), l.Wanted() == 0
		if off {
			n = l.Quantity
		}
		t.Items = append(t.Items, item{title, n, off})
	}
	return t
}

func (f facts) when(micros int64) time.Time { return time.UnixMicro(micros).In(f.zone) }

// steps marks the station where the order is.
func (v *visit) steps(f facts, h head) (out []step) {
	list := milestonesOf(f, h)
	now := slices.IndexFunc(list, func(m milestone) bool { return !m.done })
	for i, m := range list {
		s := step{Title: v.Say(m.code), State: "todo"}
		if m.at > 0 {
			s.At = v.moment(f.when(m.at))
		}
		switch {
		case m.done:
			s.State = "done"
		case i == now:
			s.State = "now"
		}
		out = append(out, s)
	}
	return out
}

func (v *visit) parcelView(f facts, p parcel, no int) parcelView {
	out := parcelView{ID: fmt.Sprintf("parcel%d", no+1), Title: v.Say("public.parcel"), Carrier: p.Carrier, Waybill: p.Waybill,
		Status: v.Name("track.status", p.Tracking), Tone: toneOf(track.Status(p.Tracking))}
	if len(f.parcels) > 1 {
		out.Title = v.Say("public.parcel_no", "no", no+1, "of", len(f.parcels))
		if !p.is(track.StatusDelivered, track.StatusReturnToSender) {
			out.Line = v.Say("public.expected", "date", v.day(f.when(p.due.At), f.now))
		}
	}
	if p.shared {
		out.Line = strings.TrimSpace(out.Line + " " + v.Say("public.together"))
	}
	for i, e := range slices.Backward(p.events) {
		s := scanView{Status: v.Name("track.status", string(e.Status)), At: v.moment(e.At.In(f.zone)),
			Text: f.Recipient.MaskedIn(strings.TrimSpace(e.Place + " " + e.Text))}
		if i >= len(p.events)-shown {
			out.First = append(out.First, s)
		} else {
			out.Rest = append(out.Rest, s)
		}
	}
	return out
}

func toneOf(s track.Status) string {
	switch s {
	case track.StatusDelivered, track.StatusOutForDelivery:
		return "good"
	case track.StatusReadyForPickup, track.StatusDeliveryDelayed, track.StatusOnHold, track.StatusReturnToSender:
		return "warn"
	case track.StatusDeliveryFailed:
		return "bad"
	case track.StatusCancelled, track.StatusUnknown, track.StatusPending:
		return "quietly"
	}
	return ""
}
