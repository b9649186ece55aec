package notify

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/order"
)

// postJob is the kind of the jobs that deliver to endpoints.
const postJob = "notify.post"

const (
	// firstRest is how long an endpoint is left alone after a failure; it doubles with every further one.
	firstRest = 10 * time.Second
	longRest  = time.Hour
	// silent is how many failures in a row say that the endpoint takes nothing, rather than that it does not take this.
	silent = 3
)

// envelope is an event as it goes out: CloudEvents 1.0 in JSON.
type envelope struct {
	SpecVersion string          `json:"specversion"`
	ID          string          `json:"id"`
	Source      string          `json:"source"`
	Type        string          `json:"type"`
	Time        string          `json:"time"`
	Subject     string          `json:"subject,omitempty"`
	ContentType string          `json:"datacontenttype"`
	Data        json.RawMessage `json:"data"`
}

func (s *Service) body(f db.Fact) ([]byte, error) {
	e := envelope{"1.0", id.Show("evt", f.ID), "/packhorse/" + s.set.Company, f.Kind, time.UnixMicro(f.At).UTC().Format(time.RFC3339Nano), "",
		"application/json", s.set.Show(f)}
	if f.Order != 0 {
		e.Subject = id.Show(order.Prefix, f.Order)
	}
	return json.Marshal(e)
}

// runPost sends one delivery, and gives the next of its lane a job when it is settled.
func (s *Service) runPost(ctx context.Context, j job.Job) error {
	var w work
	if err := j.Read(&w); err != nil {
		return err
	}
	p, err := s.prepare(ctx, w)
	if err != nil {
		return err
	}
	if p.URL == "" {
		return nil
	}
	answer, err := s.set.Poster.Post(ctx, p)
	if err != nil {
		answer.Status = 0
	}
	return s.answered(ctx, w, answer, errors.Is(err, ErrRefused), j.Attempt >= job.Attempts)
}

// prepare reads what is to be sent; a post without an address is not to be sent now. Faults: notify.wait, with the seconds
// after which to look again.
func (s *Service) prepare(ctx context.Context, w work) (p Post, err error) {
	var wait time.Duration
	gone := false
	err = s.db.View(ctx, func(tx *db.Tx) error {
		p, wait, gone = Post{}, 0, false
		found, err := db.All(tx.Query(selDelivery, w.ID), scanDelivery)
		if err != nil || len(found) == 0 || found[0].State != Queued || found[0].Round != w.Round {
			return err
		}
		d := found[0]
		e, err := endpointOf(tx, d.Endpoint)
		if err != nil || e == nil || e.State != Active {
			return err // Enable gives it another job
		}
		heads, err := db.All(tx.Query(selHead, d.Endpoint, d.Lane), scanDelivery)
		if err != nil {
			return err
		}
		if len(heads) > 0 && heads[0].ID != d.ID {
			wait = time.Second // a replay put an earlier one before it
			return nil
		}
		if e.RetryAt > tx.Micros() {
			wait = time.UnixMicro(e.RetryAt).Sub(tx.Now())
			return nil
		}
		facts, err := tx.Events(db.Cursor{Tx: d.Event.Tx, ID: d.Event.ID - 1}, 1)
		if err != nil {
			return err
		}
		if gone = len(facts) == 0 || facts[0].Cursor() != d.Event; gone {
			return nil
		}
		secrets, err := s.secrets(e, tx.Micros())
		if err != nil {
			return err
		}
		p = Post{URL: e.URL, ID: id.Show("evt", d.Event.ID), Secrets: secrets}
		p.Body, err = s.body(facts[0])
		return err
	})
	if err == nil && wait > 0 {
		err = fault.New(fault.TooMany, "notify.wait", "the endpoint is left alone for a time").With("seconds", s.wallSeconds(wait))
	}
	if err == nil && gone { // it was archived
		err = s.answered(ctx, w, Answer{}, true, true)
	}
	return p, err
}

func endpointOf(tx *db.Tx, key int64) (*Endpoint, error) {
	all, err := db.All(tx.Query(selEndpoints), scanEndpoint)
	for _, e := range all {
		if e.ID == key {
			return e, err
		}
	}
	return nil, err
}

// Reasons of deliveries.
const (
	NoAnswer  = "notify.no_answer"  // the endpoint did not answer in time
	BadStatus = "notify.bad_status" // it answered with another status than 2xx
	NotCalled = "notify.not_called" // its address may not be called, or the event is archived
)

// answered writes what came of an attempt. refused = it cannot be sent at all; final = it is not tried again.
func (s *Service) answered(ctx context.Context, w work, a Answer, refused, final bool) error {
	var again error
	err := s.db.Update(ctx, func(tx *db.Tx) error {
		again = nil
		d, e, err := lockedPair(tx, w)
		if err != nil || d == nil {
			return err
		}
		d.Attempts++
		d.Status = int64(a.Status)
		if a.Status >= 200 && a.Status < 300 {
			if err := move(deliveryStates, &d.State, Sent); err != nil {
				return err
			}
			d.Reason, d.SentAt = "", tx.Micros()
			if e.Failures > 0 || e.RetryAt > 0 {
				e.Failures, e.RetryAt = 0, 0
				e.save(tx)
			}
			return next(tx, d)
		}
		d.Reason = reasonOf(a, refused)
		if refused {
			return giveUp(tx, d) // before anything was sent: that says nothing of the endpoint
		}
		failed(tx, e, a)
		if final && e.Failures < silent {
			return giveUp(tx, d) // others are taken: it is this one that is not wanted
		}
		d.save(tx)
		if e.State == Disabled {
			return nil // Enable gives it another job
		}
		again = fault.New(fault.Unavailable, d.Reason, "the endpoint did not take it (status %d)", a.Status).With("status", a.Status)
		if wait := max(a.After, lastly(final)); wait > 0 {
			again = fault.New(fault.TooMany, d.Reason, "the endpoint does not take it now (status %d)", a.Status).With("seconds", int64(wait/time.Second)+1)
		}
		return nil
	})
	return errors.Join(err, again)
}

// lastly is the pause, in wall time, of a delivery that has been tried often enough and waits for its endpoint.
func lastly(final bool) time.Duration {
	if final {
		return longRest
	}
	return 0
}

func reasonOf(a Answer, refused bool) string {
	switch {
	case refused:
		return NotCalled
	case a.Status == 0:
		return NoAnswer
	}
	return BadStatus
}

// lockedPair locks the endpoint, then the delivery; nil when that is settled already.
func lockedPair(tx *db.Tx, w work) (*Delivery, *Endpoint, error) {
	found, err := db.All(tx.Query(selDelivery, w.ID), scanDelivery)
	if err != nil || len(found) == 0 {
		return nil, nil, err
	}
	e, err := lockedEndpoint(tx, found[0].Endpoint)
	if err != nil {
		return nil, nil, err
	}
	found, err = db.All(tx.Query(lockDelivery, w.ID), scanDelivery)
	if err != nil || len(found) == 0 || found[0].State != Queued || found[0].Round != w.Round {
		return nil, nil, err
	}
	return found[0], e, nil
}

// failed counts a failure of the endpoint, and leaves it alone for a while, ever longer; too many disable it. What fails
// while it is being left alone was on its way before, and is not counted again.
func failed(tx *db.Tx, e *Endpoint, a Answer) {
	if a.Status != 410 && e.RetryAt > tx.Micros() {
		return
	}
	e.Failures++
	e.RetryAt = tx.Now().Add(min(firstRest<<min(e.Failures-1, 10), longRest)).UnixMicro()
	reason := ""
	switch {
	case a.Status == 410:
		reason = GoneFor
	case e.Failures >= mostFailures:
		reason = TooOft
	}
	if reason != "" && e.State == Active {
		e.State, e.Reason = Disabled, reason
		tx.Emit(db.Event{Kind: "notify.endpoint_disabled.v1", Params: map[string]any{
			"endpoint": id.Show(EndpointPrefix, e.ID), "reason": reason, "failures": e.Failures, "status": a.Status}})
	}
	e.save(tx)
}

func giveUp(tx *db.Tx, d *Delivery) error {
	if err := move(deliveryStates, &d.State, Failed); err != nil {
		return err
	}
	return next(tx, d)
}

// next saves a settled delivery and lets the one behind it go.
func next(tx *db.Tx, d *Delivery) error {
	d.save(tx)
	heads, err := db.All(tx.Query(selHead, d.Endpoint, d.Lane), scanDelivery)
	if err != nil {
		return err
	}
	for _, h := range heads {
		h.enqueue(tx)
	}
	return nil
}
