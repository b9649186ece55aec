package printing

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/ship/label"
	"github.com/packhorse/packhorse/warehouse"
)

// sheet is what stands on the label of a shipment, in a language. note is its last line, behind the moment.
func sheet(tx *db.Tx, sh *ship.Shipment, lang, note string) (label.Label, error) {
	l := label.Label{Carrier: sh.Carrier, Service: sh.Service, Waybill: sh.Waybill, Code: id.Show(order.FulfilmentPrefix, sh.FulfilmentID), Captions: captions(lang)}
	orders, err := order.ByIDs(tx, []int64{sh.OrderID})
	if err != nil {
		return l, err
	}
	fulfilments, err := order.Fulfilments(tx, []int64{sh.FulfilmentID})
	if err != nil {
		return l, err
	}
	if o := orders[sh.OrderID]; o != nil {
		to := o.Recipient
		l.Order, l.Goods = o.ExternalNo, goods(o, fulfilments[sh.FulfilmentID])
		l.Recipient = label.Party{Name: to.Name, Phone: to.Phone, Address: address(to.Country, to.Province, to.City, to.District, to.Address, to.Postcode)}
	}
	if err := whence(tx, &l, sh, note); err != nil {
		return l, err
	}
	sorts, err := ship.SortCodes(tx, []int64{sh.ID})
	l.Sort = sorts[sh.ID]
	if err != nil {
		return l, err
	}
	return l, numbered(tx, &l, sh)
}

func captions(lang string) label.Captions {
	say := func(what string) string { return words.Render(lang, "printing.caption."+what, nil) }
	return label.Captions{To: say("to"), From: say("from"), Order: say("order"), Goods: say("goods"), Node: say("node")}
}

// whence fills in the sender, and the moment by the clock on its wall.
func whence(tx *db.Tx, l *label.Label, sh *ship.Shipment, note string) error {
	nodes, err := warehouse.Nodes(tx)
	for _, n := range nodes {
		if n.ID != sh.NodeID {
			continue
		}
		l.Node = n.Name
		l.Sender = label.Party{Name: n.Name, Address: address(n.Country, n.Province, n.City, n.District, n.Address, "")}
		now := tx.Now()
		if zone, err := time.LoadLocation(n.Timezone); err == nil {
			now = now.In(zone)
		}
		l.Note = strings.TrimSpace(now.Format("2006-01-02 15:04") + " " + note)
	}
	return err
}

// numbered says which parcel of how many it is. Before packing nobody knows, and nothing is said.
func numbered(tx *db.Tx, l *label.Label, sh *ship.Shipment) error {
	if sh.ParcelID == 0 {
		return nil
	}
	parcels, err := pack.ParcelsOf(tx, []int64{sh.FulfilmentID})
	for _, p := range parcels[sh.FulfilmentID] {
		if p.Status != pack.Packed {
			continue
		}
		l.Of++
		if p.ID == sh.ParcelID {
			l.No, l.Code = l.Of, id.Show(pack.Prefix, p.ID)
		}
	}
	if l.No == 0 {
		l.Of = 0 // a parcel that was opened again
	}
	return err
}

// goods names what is in a fulfilment, as the order calls it.
func goods(o *order.Order, f *order.Fulfilment) string {
	quantity := map[int64]int64{}
	if f != nil {
		for _, l := range f.Lines {
			quantity[l.LineNo] = max(quantity[l.LineNo], l.Quantity)
		}
	}
	var list []string
	for _, l := range o.Lines {
		if n := quantity[l.No]; n > 0 {
			list = append(list, fmt.Sprintf("%s × %d", strings.TrimSpace(l.Title+" "+l.SKU), n))
		}
	}
	return strings.Join(list, "; ")
}

// address writes an address in the order of its country: from the large to the small in East Asia.
func address(country, province, city, district, street, postcode string) string {
	switch country {
	case "CN", "TW", "HK", "MO", "JP", "KR", "":
		return joined(" ", province, city, district, street, postcode)
	}
	return joined(", ", street, district, city, joined(" ", province, postcode), country)
}

func joined(between string, parts ...string) string {
	var list []string
	for _, p := range parts {
		if p != "" {
			list = append(list, p)
		}
	}
	return strings.Join(list, between)
}

// render draws labels in a format.
func render(format string, labels ...label.Label) ([]byte, error) {
	var b bytes.Buffer
	draw := label.ZPL
	if format == PDF {
		draw = label.PDF
	}
	err := draw(&b, labels...)
	return b.Bytes(), err
}
