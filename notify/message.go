package notify

import (
	"encoding/json"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/order"
)

// Prefix is that of a message's id as people see it.
const Prefix = "msg"

// States of a message.
const (
	Queued     = "queued"     // it is going to be sent
	Sent       = "sent"       // the channel has taken it
	Failed     = "failed"     // the channel does not take it; Reason and Detail say why
	Suppressed = "suppressed" // it is not sent; Reason says why
)

var messageStates = map[string][]string{
	Queued:     {Sent, Failed, Suppressed},
	Sent:       {Queued}, // sent again by hand
	Failed:     {Queued},
	Suppressed: {Queued},
}

// Reasons beside the codes of senders.
const (
	NoAddress    = "notify.no_address"   // the order has no address for any channel that is connected
	Unsubscribed = "notify.unsubscribed" // the customer wants no more of this kind
	GivenUp      = "notify.given_up"     // tried for hours without success
)

// Message is one line of the ledger. Times are UTC microseconds, 0 = none.
type Message struct {
	ID        int64
	Dedupe    string // what it is told once for
	Notice    Notice
	Channel   string
	Language  string
	OrderID   int64
	EventID   int64
	Template  int64  // version of the text it was sent with; 0 = built in
	Recipient string // hash of the address
	Masked    string // the address with most of it hidden
	State     string
	Reason    string // a code
	Detail    string // what the other side said
	Attempts  int64
	Round     int64 // how often it was asked for again by hand
	CreatedAt int64
	DueAt     int64 // not before: quiet hours
	SentAt    int64
	Reference string // what the channel calls it

	content content
}

const messageColumns = `id, dedupe, notice, channel, language, order_id, event_id, template, recipient, masked, params, state, reason, detail,
	  attempts, round, created_at, due_at, sent_at, reference`

var (
	insMessage = db.Insert("notify_message", "dedupe text, id bigint, notice text, channel text, language text, order_id bigint, event_id bigint, template bigint, recipient text, masked text, params text, state text, reason text, detail text, attempts bigint, round bigint, created_at bigint, due_at bigint, sent_at bigint, reference text")
	putMessage = db.Change("notify_message", "id bigint, template bigint, recipient text, masked text, language text, state text, reason text, detail text, attempts bigint, round bigint, due_at bigint, sent_at bigint, reference text", 1,
		`template = x.template, recipient = x.recipient, masked = x.masked, language = x.language, state = x.state, reason = x.reason, detail = x.detail,
		attempts = x.attempts, round = x.round, due_at = x.due_at, sent_at = x.sent_at, reference = x.reference`, "t.id = x.id")
	lockMessage = db.NewSQL(`SELECT ` + messageColumns + ` FROM notify_message WHERE id = $1 FOR UPDATE`)
	selDedupes  = db.NewSQL(`SELECT dedupe FROM notify_message WHERE dedupe = ANY($1)`)
)

func scanMessage(r *db.Rows) *Message {
	m, params, notice := &Message{}, "", ""
	r.Scan(&m.ID, &m.Dedupe, &notice, &m.Channel, &m.Language, &m.OrderID, &m.EventID, &m.Template, &m.Recipient, &m.Masked, &params, &m.State, &m.Reason, &m.Detail,
		&m.Attempts, &m.Round, &m.CreatedAt, &m.DueAt, &m.SentAt, &m.Reference)
	m.Notice = Notice(notice)
	_ = json.Unmarshal([]byte(params), &m.content) // we wrote it
	return m
}

func lockedMessage(tx *db.Tx, key int64) (*Message, error) {
	found, err := db.All(tx.Query(lockMessage, key), scanMessage)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fault.New(fault.NotFound, "notify.not_found", "there is no message %s", id.Show(Prefix, key)).With("message", id.Show(Prefix, key))
	}
	return found[0], nil
}

func (m *Message) insert(tx *db.Tx) {
	m.ID, m.CreatedAt = tx.NewID(), tx.Micros()
	params, _ := json.Marshal(m.content) // plain fields always marshal
	tx.Put(insMessage, m.Dedupe, m.ID, string(m.Notice), m.Channel, m.Language, m.OrderID, m.EventID, m.Template, m.Recipient, m.Masked, string(params),
		m.State, m.Reason, m.Detail, m.Attempts, m.Round, m.CreatedAt, m.DueAt, m.SentAt, m.Reference)
}

func (m *Message) save(tx *db.Tx) {
	tx.Put(putMessage, m.ID, m.Template, m.Recipient, m.Masked, m.Language, m.State, m.Reason, m.Detail, m.Attempts, m.Round, m.DueAt, m.SentAt, m.Reference)
}

// becomes moves the message, with the reason.
func (m *Message) becomes(state, reason, detail string) error {
	m.Reason, m.Detail = reason, detail
	return move(messageStates, &m.State, state)
}

// enqueue asks for the sending.
func (m *Message) enqueue(tx *db.Tx) {
	job.Add(tx, job.Job{Kind: sendJob, Key: work{m.ID, m.Round}.key(), Payload: work{m.ID, m.Round}, RunAt: m.DueAt})
}

// address fills in who the message goes to, and when.
func (m *Message) address(p Policy, o *order.Order, now time.Time, home *time.Location) (to string) {
	to = addressOf(m.Channel, o.Recipient)
	m.Recipient, m.Masked = fingerprint(m.Channel, to), mask(to)
	m.Language = p.languageOf(o.Recipient.Country)
	m.DueAt = p.quiet().Until(now, zoneOf(o.Recipient.Country, o.Recipient.Province, home)).UnixMicro()
	return to
}
