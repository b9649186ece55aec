package sim

import (
	"time"

	"github.com/packhorse/packhorse/ship"
)

// The carrier's words. Types that mirror one of ship's field by field are converted, so that a field added there
// and forgotten here does not compile.
type (
	address struct {
		Name     string `json:"name"`
		Phone    string `json:"phone"`
		Country  string `json:"country"`
		Province string `json:"province"`
		City     string `json:"city"`
		District string `json:"district"`
		Address  string `json:"address"`
		Postcode string `json:"postcode"`
	}
	booking struct {
		Waybill    string `json:"waybill"`
		SortCode   string `json:"sort_code"`
		PriceMinor int64  `json:"price_minor"`
		Currency   string `json:"currency"`
	}
	quote struct {
		PriceMinor int64  `json:"price_minor"`
		Currency   string `json:"currency"`
		DaysP50    int64  `json:"days_p50"`
		DaysP90    int64  `json:"days_p90"`
	}
	scan struct {
		At    time.Time `json:"at"`
		Code  string    `json:"code"`
		Text  string    `json:"text"`
		Place string    `json:"place"`
	}
	area struct {
		Province string    `json:"province"`
		City     string    `json:"city"`
		From     time.Time `json:"from"`
		Until    time.Time `json:"until"`
		Reason   string    `json:"reason"`
	}
	shipment struct {
		Reference     string   `json:"reference"`
		Service       string   `json:"service"`
		Sender        address  `json:"sender"`
		Recipient     address  `json:"recipient"`
		Token         string   `json:"token"`
		TokenIssuer   string   `json:"token_issuer"`
		WeightG       int64    `json:"weight_g"`
		MM            [3]int64 `json:"mm"`
		Parcels       int64    `json:"parcels"`
		DeclaredMinor int64    `json:"declared_minor"`
		CODMinor      int64    `json:"cod_minor"`
		Currency      string   `json:"currency"`
		Goods         string   `json:"goods"`
	}
)

func shipmentOf(r ship.BookRequest) shipment {
	return shipment{
		Reference: r.Reference, Service: r.Service,
		Sender: address(r.Sender), Recipient: address(r.Recipient),
		Token: r.Token, TokenIssuer: r.TokenIssuer,
		WeightG: r.WeightG, MM: r.MM, Parcels: r.Parcels,
		DeclaredMinor: r.DeclaredMinor, CODMinor: r.CODMinor, Currency: r.Currency, Goods: r.Goods,
	}
}
