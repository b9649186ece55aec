package report

import (
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
)

// Prefix is that of a message's id as people see it.
const Prefix = "rmg"

// Kinds of messages.
const (
	Shipment     = "shipment"
	CancelAnswer = "cancel_answer"
	Stock        = "stock"
)

// States of a message.
const (
	Queued    = "queued"    // it is to be sent
	Sent      = "sent"      // the shop took it
	Failed    = "failed"    // refused, or tried too often: a person looks
	Uncertain = "uncertain" // the shop's answer was lost: it is asked before it is sent again
)

var messageStates = map[string][]string{
	Queued:    {Sent, Failed, Uncertain},
	Uncertain: {Sent, Failed},
	Failed:    {Queued},
	Sent:      {Queued}, // the stock of a shop is told again and again
}

// Message is one thing that a shop is told. Times are UTC microseconds, 0 = none.
type Message struct {
	ID            int64
	Channel       int64 // the account
	Kind, Key     string
	Order         int64
	Parcel        int64
	State         string
	Attempts      int64
	NextAt        int64
	Code, Why     string // of the last attempt that failed
	Reference     string // the shop's
	CreatedAt     int64
	SentAt        int64
	WatchAt       int64
	UncollectedAt int64

	payload string
}

const columns = `id, channel_id, kind, key, order_id, subject_id, state, attempts, next_at, code, message, reference, payload, created_at, sent_at, watch_at, uncollected_at`

var (
	insMessage = db.Insert("report_message", "id bigint, channel_id bigint, kind text, key text, order_id bigint, subject_id bigint, state text, attempts bigint, "+
		"next_at bigint, code text, message text, reference text, payload text, created_at bigint, sent_at bigint, watch_at bigint, uncollected_at bigint")
	moveMessage = db.Change("report_message", "id bigint, was text, state text, attempts bigint, next_at bigint, code text, message text, reference text, payload text, sent_at bigint, watch_at bigint", 1,
		"state = x.state, attempts = x.attempts, next_at = x.next_at, code = x.code, message = x.message, reference = x.reference, payload = x.payload, sent_at = x.sent_at, watch_at = x.watch_at",
		"t.id = x.id AND t.state = x.was")
	dropMessage = db.Remove("report_message", "id bigint, state text", "t.id = x.id AND t.state = x.state")

	selMessage = db.NewSQL(`SELECT ` + columns + ` FROM report_message WHERE id = $1`)
	selByKeys  = db.NewSQL(`SELECT ` + columns + ` FROM report_message WHERE channel_id = $1 AND kind = $2 AND key = ANY($3)`)
	selAll     = db.NewSQL(`SELECT ` + columns + ` FROM report_message WHERE channel_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3`)
	selOpen    = db.NewSQL(`SELECT ` + columns + ` FROM report_message WHERE channel_id = $1 AND id < $2 AND state IN ('queued', 'failed', 'uncertain') AND state = $4
	  ORDER BY id DESC LIMIT $3`)
)

func scanMessage(r *db.Rows) *Message {
	m := &Message{}
	r.Scan(&m.ID, &m.Channel, &m.Kind, &m.Key, &m.Order, &m.Parcel, &m.State, &m.Attempts, &m.NextAt, &m.Code, &m.Why, &m.Reference, &m.payload,
		&m.CreatedAt, &m.SentAt, &m.WatchAt, &m.UncollectedAt)
	return m
}

func (m *Message) add(tx *db.Tx) {
	m.ID, m.State, m.CreatedAt, m.NextAt = tx.NewID(), Queued, tx.Micros(), tx.Micros()
	tx.Put(insMessage, m.ID, m.Channel, m.Kind, m.Key, m.Order, m.Parcel, m.State, 0, m.NextAt, "", "", "", m.payload, m.CreatedAt, 0, 0, 0)
}

// move writes a message as its fields say, in another state or the same. It returns a conflict, and writes nothing, when the
// table forbids it.
func (m *Message) move(tx *db.Tx, to string) error {
	if m.State != to && !slices.Contains(messageStates[m.State], to) {
		return fault.New(fault.Conflict, "report.move", "the message %s is %s and cannot become %s", id.Show(Prefix, m.ID), m.State, to).With("from", m.State).With("to", to)
	}
	tx.Put(moveMessage, m.ID, m.State, to, m.Attempts, m.NextAt, m.Code, m.Why, m.Reference, m.payload, m.SentAt, m.WatchAt)
	m.State = to
	return nil
}

func oneMessage(tx *db.Tx, key int64) (*Message, error) {
	list, err := db.All(tx.Query(selMessage, key), scanMessage)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

// byKeys reads the messages of one kind to one shop that exist already.
func byKeys(tx *db.Tx, channel int64, kind string, keys []string) (map[string]*Message, error) {
	list, err := db.All(tx.Query(selByKeys, channel, kind, keys), scanMessage)
	out := make(map[string]*Message, len(list))
	for _, m := range list {
		out[m.Key] = m
	}
	return out, err
}

// Messages lists the messages to a shop, newest first, below an id (0 = from the newest). With a state only those in it;
// sent ones are listed among all.
func Messages(tx *db.Tx, channel int64, state string, below int64, limit int) ([]*Message, error) {
	if below == 0 {
		below = 1<<63 - 1
	}
	switch state {
	case "":
		return db.All(tx.Query(selAll, channel, below, limit), scanMessage)
	case Queued, Failed, Uncertain:
		return db.All(tx.Query(selOpen, channel, below, limit, state), scanMessage)
	}
	return nil, fault.Invalidf("state", "report.state", "messages are listed whole, or by the states queued, uncertain and failed, not by %q", state).With("value", state)
}

func missing(key int64) error {
	return fault.New(fault.NotFound, "report.not_found", "there is no message %s", id.Show(Prefix, key)).With("message", id.Show(Prefix, key))
}
