package archive

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"io"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/inventory"
)

// Form is the version of the file's form.
const Form = "packhorse-archive/2"

// Line is one line: exactly one of them is set.
type Line struct {
	Head     *Head              `json:"archive,omitempty"`
	Order    *Order             `json:"order,omitempty"`
	Event    *Event             `json:"event,omitempty"`
	Document *intake.Superseded `json:"document,omitempty"`
	Entry    *Entry             `json:"entry,omitempty"`
	End      *End               `json:"end,omitempty"`
}

// Head is the first line.
type Head struct {
	Form    string `json:"form"`
	Company string `json:"company"`
	Before  int64  `json:"before"`   // settled before this moment, UTC microseconds
	TakenAt int64  `json:"taken_at"` // UTC microseconds, as the clock of the company went
}

// Order says whose the events and documents are that follow it, and by which ids entries of the ledger belong to it.
type Order struct {
	ID          int64   `json:"id"`
	Channel     string  `json:"channel"`
	Shop        string  `json:"shop"`
	Number      string  `json:"number"`
	Fulfilments []int64 `json:"fulfilments"`
	Shipments   []int64 `json:"shipments"`
}

// Event is an event as it was stored.
type Event struct {
	Tx      int64           `json:"tx"`
	ID      int64           `json:"id"`
	At      int64           `json:"at"`
	Kind    string          `json:"kind"`
	Order   int64           `json:"order_id"`
	Subject int64           `json:"subject_id"`
	Actor   string          `json:"actor"`
	Params  json.RawMessage `json:"params"`
}

// Entry is an entry of the ledger as it was stored, with what its ids stood for.
type Entry struct {
	inventory.Entry
	SKU  string `json:"sku"`
	From string `json:"from"` // location, with its node before it; or the side of the world outside
	To   string `json:"to"`
}

// Counts are how much a file has.
type Counts struct {
	Orders    int64 `json:"orders"` // with an event or document in the file
	Events    int64 `json:"events"`
	Documents int64 `json:"documents"`
	Entries   int64 `json:"entries"`
}

// End is the last line.
type End struct {
	Counts
	SHA256 string `json:"sha256"` // of every line before it, in hexadecimal
}

// order is whose the line is; 0 for an entry.
func (l Line) order() int64 {
	switch {
	case l.Order != nil:
		return l.Order.ID
	case l.Event != nil:
		return l.Event.Order
	case l.Document != nil:
		return l.Document.OrderID
	}
	return 0
}

func (n *Counts) add(l Line) {
	switch {
	case l.Order != nil:
		n.Orders++
	case l.Event != nil:
		n.Events++
	case l.Document != nil:
		n.Documents++
	case l.Entry != nil:
		n.Entries++
	}
}

// writer writes lines, counts and sums them.
type writer struct {
	out  *bufio.Writer
	sum  hash.Hash
	enc  *json.Encoder
	have Counts
}

func newWriter(to io.Writer) *writer {
	w := &writer{out: bufio.NewWriterSize(to, 1<<16), sum: sha256.New()}
	w.enc = json.NewEncoder(io.MultiWriter(w.out, w.sum))
	return w
}

func (w *writer) write(lines ...Line) error {
	for _, l := range lines {
		if err := w.enc.Encode(l); err != nil {
			return err
		}
		w.have.add(l)
	}
	return nil
}

// close writes the last line.
func (w *writer) close() error {
	if err := w.write(Line{End: &End{w.have, hex.EncodeToString(w.sum.Sum(nil))}}); err != nil {
		return err
	}
	return w.out.Flush()
}
