package notify

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
)

const hook = "https://erp.example/hooks"

func (h *house) endpoint(url string, kinds ...string) (*Endpoint, string) {
	h.t.Helper()
	dbtest.Facts(h.t, h.db)
	e, secret, err := h.s.AddEndpoint(h.t.Context(), nil, "user:anna", EndpointInput{URL: url, Kinds: kinds})
	if err != nil {
		h.t.Fatal(err)
	}
	return e, secret
}

func (h *house) states(e *Endpoint) map[string]int {
	h.t.Helper()
	list, err := h.s.Deliveries(h.t.Context(), e.ID, 0, 500)
	if err != nil {
		h.t.Fatal(err)
	}
	out := map[string]int{}
	for _, d := range list {
		out[d.State]++
	}
	return out
}

func (h *house) state(e *Endpoint) *Endpoint {
	h.t.Helper()
	list, err := h.s.Endpoints(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	i := slices.IndexFunc(list, func(x *Endpoint) bool { return x.ID == e.ID })
	return list[i]
}

// kindsTaken are the events that arrived, in the order in which they did.
func (h *house) kindsTaken() (out []string) {
	for _, p := range h.door.taken {
		var e envelope
		if err := json.Unmarshal(p.Body, &e); err != nil || e.SpecVersion != "1.0" || e.ID != p.ID {
			h.t.Fatalf("body %s: %v", p.Body, err)
		}
		out = append(out, e.Type)
	}
	return out
}

func TestAnEndpointGetsTheEventsItAskedForFromNowOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		key := h.order(wang, "order.received.v1")
		e, secret := h.endpoint(hook, "review.passed.v1", "order.received.v1")
		h.emit(db.Event{Kind: "review.passed.v1", Order: key})
		h.emit(db.Event{Kind: "pick.picked.v1", Order: key})
		h.collect()
		h.work()
		if got := h.kindsTaken(); !slices.Equal(got, []string{"review.passed.v1"}) {
			t.Errorf("taken %v", got)
		}
		if p := h.door.taken[0]; p.URL != hook || !slices.Equal(p.Secrets, []string{secret}) {
			t.Errorf("post %+v", p)
		}
		if s := h.states(e); s[Sent] != 1 {
			t.Errorf("deliveries %v", s)
		}
	})
}

func TestNothingOvertakesInAnOrderWhateverFails(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		e, _ := h.endpoint(hook, "made.up.v0", "made.up.v1", "made.up.v2", "made.up.v3", "made.up.v4", "made.up.v5")
		h.door.status[hook] = 500
		key := h.order(wang)
		for i := range 6 {
			h.emit(db.Event{Kind: fmt.Sprintf("made.up.v%d", i), Order: key})
			h.collect()
			h.work()
		}
		if len(h.door.calls) != 1 {
			t.Fatalf("%d calls while the first was not taken", len(h.door.calls))
		}
		h.pass(time.Minute, 3)
		h.door.status[hook] = 204
		h.pass(time.Minute, 20)
		got := h.kindsTaken()
		if want := []string{"made.up.v0", "made.up.v1", "made.up.v2", "made.up.v3", "made.up.v4", "made.up.v5"}; !slices.Equal(got, want) {
			t.Errorf("taken %v, want %v", got, want)
		}
		if s := h.state(e); s.Failures != 0 || s.State != Active {
			t.Errorf("endpoint %+v", s)
		}
	})
}

func TestAnEndpointThatTakesNothingIsDisabledAndGoesOnWhereItStopped(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		e, _ := h.endpoint(hook, "order.received.v1")
		h.door.status[hook] = 503
		h.order(wang, "order.received.v1")
		h.order(wang, "order.received.v1")
		h.collect()
		h.work()
		h.pass(10*time.Minute, 24)
		if s := h.state(e); s.State != Active {
			t.Fatalf("disabled after four hours already: %+v", s)
		}
		h.pass(10*time.Minute, 6*40)
		if s := h.state(e); s.State != Disabled || s.Reason != TooOft || s.Failures != mostFailures {
			t.Fatalf("endpoint %+v", s)
		}
		if n := len(h.facts("notify.endpoint_disabled.v1")); n != 1 {
			t.Errorf("%d events", n)
		}
		h.order(wang, "order.received.v1") // while it is disabled
		h.collect()
		h.work()
		if s := h.states(e); s[Queued] != 2 || s[Failed] != 0 {
			t.Fatalf("deliveries %v: an outage must not lose any", s)
		}
		h.door.status[hook] = 200
		if _, err := h.s.Enable(t.Context(), nil, "user:anna", e.ID, false); err != nil {
			t.Fatal(err)
		}
		h.collect()
		h.work()
		if s := h.states(e); s[Sent] != 3 || s[Queued] != 0 {
			t.Errorf("deliveries %v", s)
		}
	})
}

func TestAnEndpointThatIsGoneIsDisabledAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		e, _ := h.endpoint(hook, "order.received.v1")
		h.door.status[hook] = 410
		h.order(wang, "order.received.v1")
		h.collect()
		h.work()
		if s := h.state(e); s.State != Disabled || s.Reason != GoneFor {
			t.Errorf("endpoint %+v", s)
		}
	})
}

func TestAReplaySendsTheSameNumbersAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		e, _ := h.endpoint(hook, "made.up.v1", "made.up.v2")
		key := h.order(wang)
		h.emit(db.Event{Kind: "made.up.v1", Order: key})
		d.Clock().Advance(time.Hour)
		h.emit(db.Event{Kind: "made.up.v2", Order: key})
		h.collect()
		h.work()
		list, err := h.s.Deliveries(t.Context(), e.ID, 0, 10)
		if err != nil || len(list) != 2 {
			t.Fatal(list, err)
		}
		for _, r := range []Replay{{Deliveries: []int64{list[0].ID}}, {From: list[1].EventAt, To: list[1].EventAt + 1}, {From: 1, To: last}} {
			if _, err := h.s.Replay(t.Context(), nil, "user:anna", e.ID, r); err != nil {
				t.Fatal(err)
			}
			h.work()
		}
		if got, want := h.kindsTaken(), []string{"made.up.v1", "made.up.v2", "made.up.v2", "made.up.v1", "made.up.v1", "made.up.v2"}; !slices.Equal(got, want) {
			t.Errorf("taken %v, want %v", got, want)
		}
		if h.door.taken[0].ID != h.door.taken[3].ID {
			t.Error("a replay has another number")
		}
		if out, err := h.s.Replay(t.Context(), nil, "user:anna", e.ID, Replay{From: 1, To: last, FailedOnly: true}); err != nil || out.Count != 0 {
			t.Errorf("%+v, %v: nothing had failed", out, err)
		}
		if _, err := h.s.Replay(t.Context(), nil, "user:anna", e.ID, Replay{}); err == nil {
			t.Error("a replay of nothing in particular is taken")
		}
	})
}

func TestForADayTheOldSecretSignsToo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		e, first := h.endpoint(hook, "made.up.v1")
		_, second, err := h.s.Rotate(t.Context(), nil, "user:anna", e.ID)
		if err != nil || first == second {
			t.Fatal(second, err)
		}
		for range 2 {
			h.emit(db.Event{Kind: "made.up.v1"})
			h.collect()
			h.work()
			d.Clock().Advance(oldSecret)
		}
		if a, b := h.door.taken[0].Secrets, h.door.taken[1].Secrets; !slices.Equal(a, []string{second, first}) || !slices.Equal(b, []string{second}) {
			t.Errorf("signed with %v, later with %v", a, b)
		}
	})
}

func TestWhatWasTakenIsForgottenAfterAMonth(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		e, _ := h.endpoint(hook, "made.up.v1")
		h.emit(db.Event{Kind: "made.up.v1"})
		h.collect()
		h.work()
		d.Clock().Advance(keepSent - time.Hour)
		for _, want := range []int{1, 0} {
			if _, err := h.s.Forget(t.Context()); err != nil {
				t.Fatal(err)
			}
			if n := h.states(e)[Sent]; n != want {
				t.Errorf("%d deliveries, want %d", n, want)
			}
			d.Clock().Advance(2 * time.Hour)
		}
	})
}
