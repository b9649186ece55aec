package review

import (
	"strings"
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

func skusOf(list []*order.Order) []int64 {
	var ids []int64
	for _, o := range list {
		for _, l := range o.Lines {
			if l.SKUID != 0 {
				ids = append(ids, l.SKUID)
			}
		}
	}
	return id.Distinct(ids)
}

// facts tells the rules about an order, except for what it shares with others. Lines that are wholly
// cancelled no longer count.
func (s *Service) facts(o *order.Order, skus map[int64]catalog.SKU, now time.Time) Facts {
	f := Facts{
		Order: Order{ID: o.ID, Channel: o.Channel, Shop: o.Shop, Kind: o.Kind, Currency: o.Currency, Total: o.Total,
			PaidAmount: o.PaidAmount, Payment: o.Payment, MaySplit: o.MaySplit, BuyerNote: o.Notes.Buyer, HasSellerNote: o.Notes.Seller != ""},
		Buyer: Buyer(o.Buyer), Recipient: recipientOf(o.Recipient), Lines: make([]Line, 0, len(o.Lines)),
	}
	if o.PlacedAt > 0 {
		f.Order.AgeMinutes = max(0, (now.UnixMicro()-o.PlacedAt)/time.Minute.Microseconds())
	}
	for _, l := range o.Lines {
		if l.Wanted() <= 0 {
			continue
		}
		sku, known := skus[l.SKUID]
		line := Line{SKU: l.SKU, Quantity: l.Wanted(), UnitPrice: l.Amount() / l.Quantity, Mapped: known, KnownWeight: sku.WeightG > 0}
		if o.Currency == s.settings.Currency {
			line.FloorPrice = sku.Cost // what is sold below cost is sold by mistake
		}
		f.Lines = append(f.Lines, line)
		f.Order.ItemCount += l.Wanted()
	}
	f.Order.LineCount = int64(len(f.Lines))
	f.Address = CheckAddress(f.Recipient)
	return f
}

func recipientOf(r order.Recipient) Recipient {
	hidden := strings.TrimSpace(r.Phone) == "" || strings.TrimSpace(r.Address) == ""
	out := Recipient{Name: r.Name, Phone: r.Phone, Country: r.Country, Province: r.Province, City: r.City, District: r.District,
		Address: r.Address, Postcode: r.Postcode, HasToken: r.Token != ""}
	out.Masked = out.masked() || out.HasToken && hidden
	return out
}

// featuresOf is FeaturesOf for an order of which only what is compared was read.
func featuresOf(id int64, channel string, b order.Buyer, r order.Recipient) Features {
	return FeaturesOf(Facts{Order: Order{ID: id, Channel: channel}, Buyer: Buyer(b), Recipient: recipientOf(r)})
}
