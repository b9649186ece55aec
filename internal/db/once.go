package db

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/packhorse/packhorse/internal/fault"
)

// Once makes a command happen once: its key is written in the command's own transaction together
// with the answer, and a repetition gets that first answer.
type Once struct {
	Key      string // who and what they called it: "key:7/abc"; empty for a command without a key, which has only a Beside
	Hash     string // of the request; the same key with another hash is refused
	Replayed bool   // set when the answer is the first one's

	Beside  func(*Tx) // buffers what is written in the command's own transaction too, such as who asked for it; may be nil
	Besides bool      // set when Beside went into a transaction of the command
}

// Keyed reports whether a repetition is to get the first answer; false for nil.
func (o *Once) Keyed() bool { return o != nil && o.Key != "" }

// beside writes what goes along with a command that was done.
func (o *Once) beside(tx *Tx) {
	if o != nil && o.Beside != nil {
		o.Beside(tx)
		o.Besides = true
	}
}

// Command is Update for a single command with an answer and, optionally, a key.
func Command[Out any](ctx context.Context, d *DB, once *Once, fn func(*Tx) (Out, error)) (Out, error) {
	var out Out
	if err := d.begin(once); err != nil {
		return out, err
	}
	defer d.end(once)
	err := d.Update(ctx, func(tx *Tx) error {
		if once.Keyed() {
			k, found, err := tx.recall(once.Key)
			if err != nil {
				return err
			}
			if found {
				return k.into(once, &out)
			}
		}
		var err error
		if out, err = fn(tx); err != nil {
			return err
		}
		return tx.remember(once, out)
	})
	return settled(ctx, d, once, out, err)
}

// begin claims a key within this process: the same key twice at once is refused.
func (d *DB) begin(once *Once) error {
	if !once.Keyed() {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.inflight[once.Key] {
		return inFlight()
	}
	d.inflight[once.Key] = true
	return nil
}

func (d *DB) end(once *Once) {
	if !once.Keyed() {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.inflight, once.Key)
}

var (
	selKeys   = NewSQL(`SELECT key, hash, answer FROM idempotency WHERE key = ANY($1)`)
	insertKey = Insert("idempotency", "key text, hash text, at bigint, answer text")
	purgeKeys = NewSQL(`DELETE FROM idempotency WHERE at < $1`)
)

type first struct{ hash, answer string }

func (k first) into(once *Once, out any) error {
	if k.hash != once.Hash {
		return otherRequest()
	}
	once.Replayed = true
	return json.Unmarshal([]byte(k.answer), out)
}

func replays[In, Out any](tx *Tx, calls []*call[In, Out]) (map[string]first, error) {
	var keys []string
	for _, c := range calls {
		if c.once.Keyed() {
			keys = append(keys, c.once.Key)
		}
	}
	if len(keys) == 0 {
		return nil, nil
	}
	known := map[string]first{}
	rows := tx.Query(selKeys, keys)
	for rows.Next() {
		var key string
		var f first
		rows.Scan(&key, &f.hash, &f.answer)
		known[key] = f
	}
	return known, rows.Close()
}

func (tx *Tx) recall(key string) (first, bool, error) {
	var f first
	var k string
	found, err := tx.Query(selKeys, []string{key}).One(&k, &f.hash, &f.answer)
	return f, found, err
}

// remember writes what belongs to a command beside its own rows.
func (tx *Tx) remember(once *Once, out any) error {
	once.beside(tx)
	if !once.Keyed() {
		return nil
	}
	raw, err := json.Marshal(out)
	if err != nil {
		return fmt.Errorf("answer of %s: %w", once.Key, err)
	}
	tx.Put(insertKey, once.Key, once.Hash, tx.Micros(), string(raw))
	return nil
}

// ForgetKeys removes idempotency keys older than a moment in microseconds; they are kept for 7 days.
func (d *DB) ForgetKeys(ctx context.Context, before int64) error {
	return d.Update(ctx, func(tx *Tx) error { return tx.ForgetKeys(before) })
}

// ForgetKeys is DB.ForgetKeys in a transaction that does something else as well.
func (tx *Tx) ForgetKeys(before int64) error {
	_, err := tx.Exec(purgeKeys, before)
	return err
}

// Kept looks for the answer under a key. Found is false where there is none yet. Fault: idempotency.other_request.
func Kept[Out any](ctx context.Context, d *DB, once *Once) (out Out, found bool, err error) {
	err = d.View(ctx, func(tx *Tx) error {
		k, ok, err := tx.recall(once.Key)
		if err != nil || !ok {
			return err
		}
		found = true
		return k.into(once, &out)
	})
	return out, found, err
}

// settled ends a command under a key. In one process a key is in work once only; several on one PostgreSQL may come to
// it at the same moment. The rows of one of them stand, its key among them. The other fails, be it at the key or at
// what the first has changed, and gives the first one's answer.
func settled[Out any](ctx context.Context, d *DB, once *Once, out Out, err error) (Out, error) {
	if err == nil || !once.Keyed() || !d.Postgres() {
		return out, err
	}
	theirs, found, looked := Kept[Out](ctx, d, once)
	if !found {
		return out, err
	}
	return theirs, looked
}

var completeKey = Change("idempotency", "key text, hash text, answer text", 1, "answer = x.answer", "t.key = x.key AND t.hash = x.hash")

// Complete keeps the whole answer of a command that was several transactions, of which the first may have kept what it
// had done; see Bulk. It returns what is kept. Fault: idempotency.other_request.
func Complete[Out any](ctx context.Context, d *DB, once *Once, out Out) (Out, error) {
	err := d.Update(ctx, func(tx *Tx) error {
		k, found, err := tx.recall(once.Key)
		switch {
		case err != nil:
			return err
		case !found:
			return tx.remember(once, out)
		case k.hash != once.Hash:
			return otherRequest()
		}
		raw, err := json.Marshal(out)
		if err != nil {
			return fmt.Errorf("answer of %s: %w", once.Key, err)
		}
		tx.Put(completeKey, once.Key, once.Hash, string(raw))
		return nil
	})
	return settled(ctx, d, once, out, err)
}

func inFlight() error {
	return fault.New(fault.Conflict, "idempotency.in_flight", "a request with this Idempotency-Key is being worked on; wait for its answer")
}

func otherRequest() error {
	return fault.New(fault.Mismatch, "idempotency.other_request", "this Idempotency-Key was used for another request; use a new key for a new request")
}

// outcome is a Result as it is kept under a key.
type outcome[Out any] struct {
	Out   Out          `json:"out"`
	Fault *fault.Fault `json:"fault,omitempty"`
}

// MarshalJSON writes the outcome or the fault. An error that is no fault cannot be kept: it is no answer.
func (r Result[Out]) MarshalJSON() ([]byte, error) {
	f, refused := fault.As(r.Err)
	if r.Err != nil && !refused {
		return nil, fmt.Errorf("a failure is no answer to keep: %w", r.Err)
	}
	return json.Marshal(outcome[Out]{r.Out, f})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (r *Result[Out]) UnmarshalJSON(raw []byte) error {
	var o outcome[Out]
	if err := json.Unmarshal(raw, &o); err != nil {
		return err
	}
	*r = Result[Out]{Out: o.Out}
	if o.Fault != nil {
		r.Err = o.Fault
	}
	return nil
}
