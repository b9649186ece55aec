package intake

import (
	"cmp"
	"encoding/json"
	"strings"

	"github.com/packhorse/packhorse/internal/fault"
)

// key is the identity of an order at its channel.
type key struct{ channel, shop, number string }

func (k key) compare(other key) int {
	return cmp.Or(cmp.Compare(k.channel, other.channel), cmp.Compare(k.shop, other.shop), cmp.Compare(k.number, other.number))
}

// arrival is a document with all that can be worked out about it before a transaction: while one is open on
// SQLite, nobody else can write.
type arrival struct {
	key
	source, actor string
	revision      int64 // external
	hash, body    string
	said          content
	wrong         *fault.Fault // why it cannot be taken in

	orderID int64 // of the order it makes: the same however often it is tried
	retried bool  // then its order is decided over later
}

// arrive prepares a document. It fails when the document cannot even be filed.
func arrive(in Input) (*arrival, error) {
	d := in.Document.cleaned()
	if d.hide() {
		in.Raw = "" // it holds what must not be stored
	}
	a := &arrival{key: key{d.Channel, d.Shop, d.OrderNo}, source: in.Source, revision: d.ExternalRevision,
		actor: cmp.Or(in.Actor, "channel:"+d.Channel), hash: d.fingerprint(), wrong: d.judge()}
	if a.wrong != nil && !d.named() {
		return nil, a.wrong
	}
	if a.wrong == nil {
		a.said = contentOf(d)
	}
	a.body = in.Raw
	if a.body == "" {
		raw, err := json.Marshal(d)
		if err != nil {
			return nil, err
		}
		a.body = string(raw)
	}
	a.body = strings.ToValidUTF8(a.body, "\uFFFD") // JSON lets broken bytes through, PostgreSQL does not
	return a, nil
}

// named reports whether the fields that make the identity can be stored.
func (d *Document) named() bool {
	for _, f := range d.texts() {
		switch f.name {
		case "channel", "shop", "order_no":
			if f.check() != nil {
				return false
			}
		}
	}
	return true
}
