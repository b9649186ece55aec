package intake

import (
	"context"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Heard says what became of a message of a shop.
type Heard struct {
	Repeated  bool           // it was taken before; nothing was done
	Documents int            // that it held whole
	Changed   int            // of them, those that said something new
	Refused   []*fault.Fault // of them, those that were kept and not followed: late, or about an order that is closed
	Fetch     int            // orders that are looked at because of it
}

// keepMessages is how long a message is known again; keepUnread how long what nobody could read is kept: it may be personal.
const (
	keepMessages = 7 * 24 * time.Hour
	keepUnread   = 30 * 24 * time.Hour
)

var (
	selMessage    = db.NewSQL(`SELECT at FROM intake_message WHERE channel_id = $1 AND message = $2`)
	putMessage    = db.Upsert("intake_message", "channel_id bigint, message text, at bigint", 2, "")
	putHint       = db.Upsert("intake_hint", "channel_id bigint, external_id text, at bigint", 2, "at = excluded.at")
	hintTurn      = db.Change("intake_channel", "id bigint, at bigint", 1, "hint_at = x.at", "t.id = x.id")
	purgeMessages = db.NewSQL(`DELETE FROM intake_message WHERE at < $1`)
	purgeUnread   = db.NewSQL(`DELETE FROM intake_unreadable WHERE at < $1`)
)

// Hook takes a message that a shop sent by itself. What it holds whole goes into the inbox, what it only names is
// fetched afterwards by Step; then the message is known. A process that dies before is sent the message again, and takes nothing
// in twice. wall is the wall clock: signatures age by it. Faults: channel.not_found, channel.disabled, channel.no_hook,
// hook.signature, hook.stale, hook.unreadable, and those of Document.Validate.
func (s *Channels) Hook(ctx context.Context, name string, m Message, wall time.Time) (Heard, error) {
	var a *Account
	err := s.db.View(ctx, func(tx *db.Tx) (err error) { a, err = accountByName(tx, name); return err })
	if err != nil {
		return Heard{}, err
	}
	c, err := s.Connector(a)
	if err != nil {
		return Heard{}, err
	}
	h, ok := c.(Hinter)
	if !ok {
		return Heard{}, fault.New(fault.NotFound, "channel.no_hook", "the connector of %s takes no messages; it is asked", name).With("channel", name)
	}
	hint, err := h.Hint(ctx, m, wall)
	switch {
	case err != nil:
		return Heard{}, err
	case !a.Enabled: // told only to whoever has the secret
		return Heard{}, fault.New(fault.Conflict, "channel.disabled", "the account %s is switched off", name).With("channel", name)
	}
	known, err := s.known(ctx, a, hint.ID)
	if err != nil || known {
		return Heard{Repeated: known}, err
	}
	return s.hear(ctx, a, c, hint)
}

func (s *Channels) known(ctx context.Context, a *Account, message string) (known bool, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		var at int64
		known, err = tx.Query(selMessage, a.ID, storable(message)).One(&at)
		return err
	})
	return known, err
}

func (s *Channels) hear(ctx context.Context, a *Account, c Channel, hint Hint) (Heard, error) {
	b, err := s.bring(ctx, a, SourceWebhook, hint.Documents)
	if err != nil {
		return Heard{}, err
	}
	_, counts := c.(Counter)
	err = s.db.Update(ctx, func(tx *db.Tx) error {
		b.note(tx, a, counts)
		for _, number := range hint.Orders {
			tx.Put(putHint, a.ID, storable(number), tx.Micros())
		}
		if len(hint.Orders) > 0 {
			tx.Put(hintTurn, a.ID, tx.Micros())
			tx.Wake(Hinted)
		}
		if wrong := b.wrong(); wrong == nil {
			tx.Put(putMessage, a.ID, storable(hint.ID), tx.Micros())
		}
		return nil
	})
	if err == nil {
		err = b.wrong()
	}
	return Heard{Documents: len(hint.Documents), Changed: b.changed, Refused: b.refused, Fetch: len(hint.Orders)}, err
}

// wrong is why a message is given back to its sender: a document in it can never be taken in. One that is only late, or
// about an order that is closed, is no fault of the sender.
func (b *brought) wrong() error {
	for _, f := range b.refused {
		if f.Kind == fault.Invalid {
			return f
		}
	}
	for _, u := range b.unread {
		if _, ours := fault.As(u.why); ours {
			return u.why
		}
	}
	if len(b.unread) > 0 {
		return ErrUnreadable
	}
	return nil
}

// ForgetMessages removes what is kept to know messages again, after a week, and what could not be read, after thirty days.
func (s *Channels) ForgetMessages(ctx context.Context) error {
	return s.db.Update(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(purgeMessages, tx.Now().Add(-keepMessages).UnixMicro()); err != nil {
			return err
		}
		_, err := tx.Exec(purgeUnread, tx.Now().Add(-keepUnread).UnixMicro())
		return err
	})
}
