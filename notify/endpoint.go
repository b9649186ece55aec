package notify

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
)

// EndpointPrefix is that of an endpoint's id as people see it.
const EndpointPrefix = "whk"

// States of an endpoint.
const (
	Active   = "active"   // it follows the events
	Disabled = "disabled" // nothing is sent; it keeps its place in the event log
)

var endpointStates = map[string][]string{Active: {Disabled}, Disabled: {Active}}

// Why an endpoint is disabled.
const (
	ByHand  = "notify.by_hand" // somebody said so
	TooOft  = "notify.too_often"
	GoneFor = "notify.gone" // it answered 410
)

const (
	// oldSecret is how long the secret before the newest one signs too, after a rotation.
	oldSecret = 24 * time.Hour
	// mostFailures in a row disable an endpoint: with the pauses between them that is more than half a day of silence.
	mostFailures = 20
)

// Endpoint is the address of a program that follows events. Times are UTC microseconds, 0 = none.
type Endpoint struct {
	ID        int64
	URL       string
	Note      string
	Kinds     []string // events that are sent; none = all
	State     string
	Reason    string // why it is disabled, a code
	Failures  int64  // attempts without success since the last one that had it
	RetryAt   int64  // it is left alone until then
	CreatedAt int64
	UpdatedAt int64

	secret   string // both sealed
	old      string
	oldUntil int64
	place    db.Cursor
}

// EndpointInput is what somebody says of an endpoint.
type EndpointInput struct {
	URL   string
	Note  string
	Kinds []string
}

const endpointColumns = `id, url, note, kinds, secret, old_secret, old_until, state, reason, failures, retry_at, cursor_tx, cursor_id, created_at, updated_at`

var (
	insEndpoint = db.Insert("notify_endpoint", "id bigint, url text, note text, kinds text, secret text, old_secret text, old_until bigint, state text, reason text, failures bigint, retry_at bigint, cursor_tx bigint, cursor_id bigint, created_at bigint, updated_at bigint")
	putEndpoint = db.Change("notify_endpoint", "id bigint, url text, note text, kinds text, secret text, old_secret text, old_until bigint, state text, reason text, failures bigint, retry_at bigint, cursor_tx bigint, cursor_id bigint, updated_at bigint", 1,
		`url = x.url, note = x.note, kinds = x.kinds, secret = x.secret, old_secret = x.old_secret, old_until = x.old_until, state = x.state, reason = x.reason,
		failures = x.failures, retry_at = x.retry_at, cursor_tx = x.cursor_tx, cursor_id = x.cursor_id, updated_at = x.updated_at`, "t.id = x.id")
	selEndpoints = db.NewSQL(`SELECT ` + endpointColumns + ` FROM notify_endpoint ORDER BY id`)
	lockEndpoint = db.NewSQL(`SELECT ` + endpointColumns + ` FROM notify_endpoint WHERE id = $1 FOR UPDATE`)
)

func scanEndpoint(r *db.Rows) *Endpoint {
	e, kinds := &Endpoint{}, ""
	r.Scan(&e.ID, &e.URL, &e.Note, &kinds, &e.secret, &e.old, &e.oldUntil, &e.State, &e.Reason, &e.Failures, &e.RetryAt, &e.place.Tx, &e.place.ID, &e.CreatedAt, &e.UpdatedAt)
	_ = json.Unmarshal([]byte(kinds), &e.Kinds) // we wrote it
	return e
}

func (e *Endpoint) kinds() string {
	raw, _ := json.Marshal(e.Kinds) // a list of texts always marshals
	return string(raw)
}

func (e *Endpoint) save(tx *db.Tx) {
	tx.Put(putEndpoint, e.ID, e.URL, e.Note, e.kinds(), e.secret, e.old, e.oldUntil, e.State, e.Reason, e.Failures, e.RetryAt, e.place.Tx, e.place.ID, e.UpdatedAt)
}

// wants tells whether a kind of event is sent there.
func (e *Endpoint) wants(kind string) bool {
	return len(e.Kinds) == 0 || slices.Contains(e.Kinds, kind)
}

func lockedEndpoint(tx *db.Tx, key int64) (*Endpoint, error) {
	found, err := db.All(tx.Query(lockEndpoint, key), scanEndpoint)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fault.New(fault.NotFound, "notify.no_endpoint", "there is no endpoint %s", id.Show(EndpointPrefix, key)).With("endpoint", id.Show(EndpointPrefix, key))
	}
	return found[0], nil
}

// newSecret makes a secret in the form of Standard Webhooks, of 32 random bytes.
func newSecret() string {
	var raw [32]byte
	_, _ = rand.Read(raw[:]) // never fails: it ends the program rather
	return "whsec_" + base64.StdEncoding.EncodeToString(raw[:])
}

var kindForm = regexp.MustCompile(`^[a-z_]+\.[a-z_]+\.v[0-9]+$`)

func (in EndpointInput) check() error {
	var found []*fault.Fault
	u, err := url.Parse(in.URL)
	if err != nil || u.Host == "" || u.User != nil || (u.Scheme != "https" && u.Scheme != "http") || len(in.URL) > 2000 {
		found = append(found, fault.Invalidf("url", "notify.url", "want an address like https://shop.example/hooks, without a user in it"))
	}
	if len(in.Note) > 200 || !oneLine(in.Note) {
		found = append(found, fault.Invalidf("note", "notify.note", "a note is one line of up to 200 bytes"))
	}
	for _, k := range in.Kinds {
		if !kindForm.MatchString(k) {
			found = append(found, fault.Invalidf("kinds", "notify.kind", "%q is no kind of event, such as ship.handed_over.v1", k).With("value", k))
		}
	}
	if f := fault.Join(found...); f != nil {
		return f
	}
	return nil
}

// Endpoints lists all endpoints, the oldest first.
func (s *Service) Endpoints(ctx context.Context) (list []*Endpoint, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		list, err = db.All(tx.Query(selEndpoints), scanEndpoint)
		return err
	})
	return list, err
}

// AddEndpoint begins to follow the events from now on. The secret is given back this once: once has no key. Faults: notify.url,
// notify.note, notify.kind, seal.missing.
func (s *Service) AddEndpoint(ctx context.Context, once *db.Once, actor string, in EndpointInput) (e *Endpoint, secret string, err error) {
	if err := in.check(); err != nil {
		return nil, "", err
	}
	secret = newSecret()
	e, err = db.Command(ctx, s.db, once, func(tx *db.Tx) (*Endpoint, error) {
		e := &Endpoint{ID: tx.NewID(), URL: in.URL, Note: in.Note, Kinds: in.Kinds, State: Active, CreatedAt: tx.Micros(), UpdatedAt: tx.Micros()}
		if e.secret, err = s.set.Key.Seal(e.sealPlace(), secret); err != nil {
			return nil, err
		}
		if e.place, err = tx.LastEvent(); err != nil {
			return nil, err
		}
		tx.Put(insEndpoint, e.ID, e.URL, e.Note, e.kinds(), e.secret, "", 0, e.State, "", 0, 0, e.place.Tx, e.place.ID, e.CreatedAt, e.UpdatedAt)
		tellEndpoint(tx, e, actor, "added")
		return e, nil
	})
	return e, secret, err
}

// tellEndpoint leaves a trace of what somebody did to an endpoint. Its address may hold a key, so that it is not told.
func tellEndpoint(tx *db.Tx, e *Endpoint, actor, what string) {
	tx.Emit(db.Event{Kind: "notify.endpoint_changed.v1", Actor: actor, Params: map[string]any{"endpoint": id.Show(EndpointPrefix, e.ID), "change": what}})
}

// ChangeEndpoint says where, what for and which events from now on; deliveries that wait go to the new address. Faults:
// those of AddEndpoint, notify.no_endpoint.
func (s *Service) ChangeEndpoint(ctx context.Context, once *db.Once, actor string, key int64, in EndpointInput) (*Endpoint, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	return s.change(ctx, once, actor, key, "changed", func(_ *db.Tx, e *Endpoint) error {
		e.URL, e.Note, e.Kinds, e.RetryAt = in.URL, in.Note, in.Kinds, 0
		return nil
	})
}

// Disable stops sending to an endpoint; it keeps its place in the event log. Fault: notify.no_endpoint.
func (s *Service) Disable(ctx context.Context, once *db.Once, actor string, key int64) (*Endpoint, error) {
	return s.change(ctx, once, actor, key, "disabled", func(_ *db.Tx, e *Endpoint) error {
		e.Reason = ByHand
		return move(endpointStates, &e.State, Disabled)
	})
}

// Enable goes on where the endpoint stopped; with skip from now on, and what has happened in between is not sent.
// Fault: notify.no_endpoint.
func (s *Service) Enable(ctx context.Context, once *db.Once, actor string, key int64, skip bool) (*Endpoint, error) {
	return s.change(ctx, once, actor, key, "enabled", func(tx *db.Tx, e *Endpoint) (err error) {
		if err := move(endpointStates, &e.State, Active); err != nil {
			return err
		}
		e.Reason, e.Failures, e.RetryAt = "", 0, 0
		if skip {
			if e.place, err = tx.LastEvent(); err != nil {
				return err
			}
		}
		return resume(tx, e.ID)
	})
}

func (s *Service) change(ctx context.Context, once *db.Once, actor string, key int64, what string, do func(*db.Tx, *Endpoint) error) (*Endpoint, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (*Endpoint, error) {
		e, err := lockedEndpoint(tx, key)
		if err != nil {
			return nil, err
		}
		if err := do(tx, e); err != nil {
			return nil, err
		}
		e.UpdatedAt = tx.Micros()
		e.save(tx)
		tellEndpoint(tx, e, actor, what)
		return e, nil
	})
}

// Rotate makes a new secret and gives it back this once: once has no key. For a day every delivery is signed with the old one too.
// Faults: notify.no_endpoint, seal.missing.
func (s *Service) Rotate(ctx context.Context, once *db.Once, actor string, key int64) (e *Endpoint, secret string, err error) {
	secret = newSecret()
	e, err = s.change(ctx, once, actor, key, "rotated", func(tx *db.Tx, e *Endpoint) error {
		sealed, err := s.set.Key.Seal(e.sealPlace(), secret)
		e.old, e.oldUntil, e.secret = e.secret, tx.Now().Add(oldSecret).UnixMicro(), sealed
		return err
	})
	return e, secret, err
}
