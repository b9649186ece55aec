package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// brought is what became of the documents of a shop that were brought to the inbox.
type brought struct {
	changed int // documents that said something new
	refused []*fault.Fault
	placed  []placement
	unread  []unreadable
	newest  int64 // when the newest of the orders was placed
}

// placement is when an order was placed.
type placement struct {
	number string
	at     int64
}

// unreadable is what a shop said that cannot be filed as a document.
type unreadable struct {
	code, message, raw string
	why                error
}

// bring takes documents of one account into the inbox, one transaction after the other. Whatever it returns no error for
// is in the inbox, or is to be kept as unreadable by whoever called.
func (s *Channels) bring(ctx context.Context, a *Account, source string, list []Pulled) (brought, error) {
	var b brought
	var ins []Input
	var raws []string
	for _, p := range list {
		if p.Err != nil {
			b.unread = append(b.unread, unreadableOf(p.Err, p.Raw))
			continue
		}
		ins, raws = append(ins, a.input(p, source)), append(raws, p.Raw)
	}
	for i, r := range s.inbox.ReceiveAll(ctx, ins) {
		d := ins[i].Document.cleaned()
		f, refused := fault.As(r.Err)
		switch {
		case r.Err == nil:
			if r.Out.Outcome != Unchanged {
				b.changed++
			}
		case !refused || f.Kind == fault.Unavailable || raced(r.Err):
			return b, r.Err
		case !d.named():
			b.unread = append(b.unread, unreadableOf(r.Err, raws[i]))
			continue
		default:
			b.refused = append(b.refused, f)
		}
		if at := micros(d.Times().Placed); at > 0 {
			b.placed = append(b.placed, placement{d.OrderNo, at})
			b.newest = max(b.newest, at)
		}
	}
	return b, nil
}

// input is a document as the inbox takes it: it bears the account's names whatever the connector wrote, so that no two
// shops mix, and keeps the shop's own words.
func (a *Account) input(p Pulled, source string) Input {
	d := p.Document
	d.Channel, d.Shop = a.Name, a.Shop
	if json.Valid([]byte(p.Raw)) {
		extra := make(map[string]json.RawMessage, len(d.Extra)+1)
		for name, value := range d.Extra {
			extra[name] = value
		}
		extra["channel_raw"] = json.RawMessage(p.Raw)
		d.Extra = extra
	}
	return Input{Document: d, Source: source, Actor: a.Actor()}
}

func unreadableOf(err error, raw string) unreadable {
	code := fault.Code(err)
	if _, ours := fault.As(err); !ours {
		code = ErrUnreadable.Code
	}
	return unreadable{code, err.Error(), raw, err}
}

var (
	putUnreadable = db.Upsert("intake_unreadable", "channel_id bigint, hash text, id bigint, at bigint, code text, message text, raw text", 2, "")
	putSeen       = db.Upsert("intake_seen", "channel_id bigint, placed_at bigint, external_id text", 3, "")

	selUnreadable = db.NewSQL(`SELECT id, at, code, message, raw FROM intake_unreadable WHERE channel_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3`)
)

// note writes what was not filed as a document, and when orders were placed where the shop can count them.
func (b *brought) note(tx *db.Tx, a *Account, counts bool) {
	for _, u := range b.unread {
		sum := sha256.Sum256([]byte(u.code + "\n" + u.raw))
		tx.Put(putUnreadable, a.ID, hex.EncodeToString(sum[:]), tx.NewID(), tx.Micros(), u.code, u.message, storable(u.raw))
	}
	if !counts {
		return
	}
	slices.SortFunc(b.placed, func(x, y placement) int { return strings.Compare(x.number, y.number) })
	for _, p := range slices.Compact(b.placed) {
		tx.Put(putSeen, a.ID, p.at, p.number)
	}
}

// storable leaves out of a text what PostgreSQL cannot keep.
func storable(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "")
}

// Unread is what a shop said that could not be read.
type Unread struct {
	ID            int64
	At            int64
	Code, Message string
	Raw           string
}

// Unreadable lists what an account said that could not be read, newest first, below an id (0 = from the newest).
func Unreadable(tx *db.Tx, account, below int64, limit int) ([]Unread, error) {
	if below == 0 {
		below = 1<<63 - 1
	}
	return db.All(tx.Query(selUnreadable, account, below, limit), func(r *db.Rows) (u Unread) {
		r.Scan(&u.ID, &u.At, &u.Code, &u.Message, &u.Raw)
		return u
	})
}
