package aftersales

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/warehouse"
)

// OpenIn is what a customer asks for.
type OpenIn struct {
	OrderID int64
	Kind    string
	Reason  string
	Note    string
	Node    string  // code: where goods are to come; the node they left from if empty
	Lines   []Asked // none: all that is left to ask for
	Photos  []int64 // that AddPhoto kept for it; up to PhotosMost
	Actor   string
}

// Asked is some of an order line.
type Asked struct {
	LineNo   int64
	SKU      string // of a bundle: the component; empty is whole units of the line
	Quantity int64
	Swap     string // exchange: the SKU wanted instead; empty is the same
}

// maxNote bounds what people write about a case.
const maxNote = 2000

// Open takes a wish in and decides over it: what the policy grants is approved at once, everything else waits for a
// person, with the reason. Faults: order.not_found, aftersales.kind, aftersales.reason, aftersales.note,
// aftersales.not_shipped, aftersales.line, aftersales.piece, aftersales.quantity, aftersales.too_many,
// aftersales.nothing_left, aftersales.swap, inventory.unknown_sku, inventory.unknown_node.
func (s *Service) Open(ctx context.Context, once *db.Once, in OpenIn) (Case, error) {
	if err := in.check(); err != nil {
		return Case{}, err
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Case, error) {
		b, err := openBook(tx, in.OrderID)
		if err != nil {
			return Case{}, err
		}
		c, err := b.open(tx, in)
		if err != nil {
			return Case{}, err
		}
		d := Decide(b.policy, Facts{Kind: c.Kind, DeliveredAt: b.deliveredAt(), Now: tx.Now(), Value: b.value(c), Currency: b.Currency, Others: b.otherCases(c)})
		if err := b.decide(tx, c, d, "system", false); err != nil {
			return Case{}, err
		}
		return b.finish(tx, c)
	})
}

func (in OpenIn) check() error {
	var found []*fault.Fault
	if !slices.Contains(Kinds, in.Kind) {
		found = append(found, unknownKind("kind", in.Kind))
	}
	if !slices.Contains(Reasons, in.Reason) {
		found = append(found, fault.Invalidf("reason", "aftersales.reason", "%q is none of %s", in.Reason, strings.Join(Reasons, ", ")).
			With("value", in.Reason).With("known", Reasons))
	}
	if f := tooLong("note", in.Note); f != nil {
		found = append(found, f)
	}
	for i, l := range in.Lines {
		if l.Quantity <= 0 {
			found = append(found, fault.Invalidf(fmt.Sprintf("lines[%d].quantity", i), "aftersales.quantity", "a quantity is above 0"))
		}
		if l.Swap != "" && in.Kind != Exchange {
			found = append(found, fault.Invalidf(fmt.Sprintf("lines[%d].swap", i), "aftersales.swap", "only an exchange asks for other goods"))
		}
	}
	if f := fault.Join(found...); f != nil {
		return f
	}
	return nil
}

func tooLong(field, text string) *fault.Fault {
	if len(text) > maxNote {
		return fault.Invalidf(field, "aftersales.note", "a note has up to %d bytes", maxNote).With("most", maxNote)
	}
	return nil
}

// open makes the case with its lines; nothing is decided yet.
func (b *book) open(tx *db.Tx, in OpenIn) (*Case, error) {
	if len(b.sent) == 0 {
		return nil, fault.New(fault.Conflict, "aftersales.not_shipped", "nothing of the order has left; cancel it instead")
	}
	c := &Case{ID: tx.NewID(), OrderID: b.ID, Kind: in.Kind, Status: Requested, Reason: in.Reason, Note: in.Note, Label: LabelNone, Replacement: ReplacementNone,
		OpenedBy: in.Actor, OpenedAt: tx.Micros(), UpdatedAt: tx.Micros()}
	if c.Goods() {
		node, err := nodeNamed(tx, in.Node, b.sent[0].shipment.NodeID)
		if err != nil {
			return nil, err
		}
		c.NodeID = node
	}
	if err := b.askLines(tx, c, in.Lines); err != nil {
		return nil, err
	}
	photos, err := c.claim(tx, in.Photos)
	if err != nil {
		return nil, err
	}
	b.cases = append(b.cases, c)
	b.tell(tx, c, "aftersales.opened.v1", in.Actor, map[string]any{"reason": in.Reason, "units": c.asked(), "photos": photos})
	return c, nil
}

// asked counts the units a case asks for.
func (c *Case) asked() (n int64) {
	for _, l := range c.Lines {
		n += l.Quantity
	}
	return n
}

func (b *book) otherCases(c *Case) (n int) {
	for _, o := range b.cases {
		if o != c && o.Live() {
			n++
		}
	}
	return n
}

// nodeNamed finds a warehouse by its code, or gives the usual one. Fault: inventory.unknown_node.
func nodeNamed(tx *db.Tx, code string, usual int64) (int64, error) {
	if code == "" {
		return usual, nil
	}
	nodes, err := warehouse.Nodes(tx)
	for _, n := range nodes {
		if n.Code == code {
			return n.ID, nil
		}
	}
	if err != nil {
		return 0, err
	}
	return 0, fault.Invalidf("node", "inventory.unknown_node", "there is no warehouse %q", code).With("value", code)
}

// askLines turns what is asked for into base units, and sees that there is so much to ask for.
func (b *book) askLines(tx *db.Tx, c *Case, lines []Asked) error {
	left := b.askable(c)
	want, err := b.wanted(tx, lines, left)
	if err != nil {
		return err
	}
	for _, w := range want {
		if left[w.piece] -= w.quantity; left[w.piece] < 0 {
			free := max(left[w.piece]+w.quantity, 0)
			return fault.Invalidf(w.field, "aftersales.too_many", "%d were asked for, %d can be", w.quantity, free).
				With("asked", w.quantity).With("left", free)
		}
		c.line(Line{LineNo: w.line, SKUID: w.sku, Quantity: w.quantity, Swap: w.swap})
	}
	if len(c.Lines) == 0 {
		return fault.New(fault.Conflict, "aftersales.nothing_left", "everything of this order has been asked for, or has come back already")
	}
	return nil
}

// askable is what of each piece a case of this kind may ask for. What is sent again, or only paid back, is counted
// by kind: it does not come back, but twice the same parcel is not lost.
func (b *book) askable(c *Case) map[piece]int64 {
	if c.Goods() {
		return b.left()
	}
	out := map[piece]int64{}
	for _, x := range b.sent {
		out[piece{x.lineNo, x.sku}] += x.quantity
	}
	for _, o := range b.cases {
		if o.Kind == c.Kind && o.Status != Rejected && o.Status != Cancelled && o.Status != Expired {
			for _, l := range o.Lines {
				out[piece{l.LineNo, l.SKUID}] -= l.Quantity
			}
		}
	}
	return out
}

// wish is what is asked of one piece.
type wish struct {
	piece
	quantity    int64
	swap, field string
}

func (b *book) wanted(tx *db.Tx, lines []Asked, left map[piece]int64) (out []wish, err error) {
	if len(lines) == 0 {
		for _, p := range b.pieces() {
			if left[p] > 0 {
				out = append(out, wish{piece: p, quantity: left[p]})
			}
		}
		return out, nil
	}
	var codes []string
	for _, l := range lines {
		codes = append(codes, l.SKU, l.Swap)
	}
	skus, err := catalog.ByCodes(tx, codes)
	if err != nil {
		return nil, err
	}
	for i, l := range lines {
		found, err := b.wish(l, skus, func(name string) string { return fmt.Sprintf("lines[%d].%s", i, name) })
		if err != nil {
			return nil, err
		}
		for _, w := range found {
			if at := slices.IndexFunc(out, func(x wish) bool { return x.piece == w.piece && x.swap == w.swap }); at >= 0 {
				out[at].quantity += w.quantity
			} else {
				out = append(out, w)
			}
		}
	}
	return out, nil
}

func (b *book) wish(l Asked, skus map[string]catalog.SKU, field func(string) string) ([]wish, error) {
	parts, known := b.perUnit[l.LineNo]
	if !known {
		return nil, fault.Invalidf(field("line_no"), "aftersales.line", "the order has no line %d", l.LineNo).With("line", l.LineNo)
	}
	if _, ok := skus[l.Swap]; l.Swap != "" && !ok {
		return nil, fault.Invalidf(field("swap"), "inventory.unknown_sku", "there is no SKU %q", l.Swap).With("value", l.Swap)
	}
	if l.SKU == "" {
		var out []wish
		for _, c := range parts {
			out = append(out, wish{piece{l.LineNo, c.SKU}, c.Quantity * l.Quantity, l.Swap, field("quantity")})
		}
		return out, nil
	}
	sku := skus[l.SKU].ID
	if !slices.ContainsFunc(parts, func(c catalog.Component) bool { return c.SKU == sku && sku != 0 }) {
		return nil, fault.Invalidf(field("sku"), "aftersales.piece", "line %d holds no %s", l.LineNo, l.SKU).With("line", l.LineNo).With("sku", l.SKU)
	}
	return []wish{{piece{l.LineNo, sku}, l.Quantity, l.Swap, field("quantity")}}, nil
}

// pieces lists what has left, each piece once, in the order of leaving.
func (b *book) pieces() (out []piece) {
	for _, x := range b.sent {
		if p := (piece{x.lineNo, x.sku}); !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// shownOrder is how people know the order of a book.
func (b *book) shownOrder() string { return id.Show(order.Prefix, b.ID) }

// sendBy is until when goods that were approved now must come.
func (b *book) sendBy(now time.Time) int64 {
	return now.AddDate(0, 0, int(max(b.policy.SendWithin, 1))).UnixMicro()
}
