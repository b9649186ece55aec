package vendure

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"time"
)

// orderFields is what is asked of an order.
const orderFields = `id code state createdAt updatedAt orderPlacedAt currencyCode totalWithTax shippingWithTax couponCodes
  customer { id firstName lastName emailAddress phoneNumber }
  shippingAddress { fullName company streetLine1 streetLine2 city province postalCode countryCode phoneNumber }
  shippingLines { shippingMethod { code } }
  lines { id createdAt quantity orderPlacedQuantity unitPriceWithTax proratedLinePriceWithTax productVariant { sku name } }
  payments { id state method amount updatedAt refunds { id state total reason } }`

// The shop's words. Money is a whole number of 10^-precision of the currency's unit, whatever the currency.
type (
	shopOrder struct {
		ID              string        `json:"id"`
		Code            string        `json:"code"`
		State           string        `json:"state"`
		UpdatedAt       time.Time     `json:"updatedAt"`
		PlacedAt        time.Time     `json:"orderPlacedAt"`
		Currency        string        `json:"currencyCode"`
		TotalWithTax    int64         `json:"totalWithTax"`
		ShippingWithTax int64         `json:"shippingWithTax"`
		Customer        *shopCustomer `json:"customer"`
		Address         *shopAddress  `json:"shippingAddress"`
		Lines           []shopLine    `json:"lines"`
		Payments        []shopPayment `json:"payments"`
	}
	shopCustomer struct {
		ID        string `json:"id"`
		FirstName string `json:"firstName"`
		LastName  string `json:"lastName"`
		Email     string `json:"emailAddress"`
		Phone     string `json:"phoneNumber"`
	}
	shopAddress struct {
		FullName    string `json:"fullName"`
		Company     string `json:"company"`
		StreetLine1 string `json:"streetLine1"`
		StreetLine2 string `json:"streetLine2"`
		City        string `json:"city"`
		Province    string `json:"province"`
		PostalCode  string `json:"postalCode"`
		CountryCode string `json:"countryCode"`
		Phone       string `json:"phoneNumber"`
	}
	shopLine struct {
		ID               string    `json:"id"`
		CreatedAt        time.Time `json:"createdAt"`
		Quantity         int64     `json:"quantity"`
		PlacedQuantity   int64     `json:"orderPlacedQuantity"`
		UnitPriceWithTax int64     `json:"unitPriceWithTax"`
		NetWithTax       int64     `json:"proratedLinePriceWithTax"`
		Variant          struct {
			SKU  string `json:"sku"`
			Name string `json:"name"`
		} `json:"productVariant"`
	}
	shopPayment struct {
		ID        string       `json:"id"`
		State     string       `json:"state"`
		Method    string       `json:"method"`
		Amount    int64        `json:"amount"`
		UpdatedAt time.Time    `json:"updatedAt"`
		Refunds   []shopRefund `json:"refunds"`
	}
	shopRefund struct {
		ID     string `json:"id"`
		State  string `json:"state"`
		Total  int64  `json:"total"`
		Reason string `json:"reason"`
	}
)

// found is a list of orders as the shop gives it.
type found struct {
	Orders struct {
		Total int               `json:"totalItems"`
		Items []json.RawMessage `json:"items"`
	} `json:"orders"`
	Settings settings `json:"globalSettings"`
}

// settings hold how the shop counts money.
type settings struct {
	Server struct {
		Precision int `json:"moneyStrategyPrecision"`
	} `json:"serverConfig"`
}

const ordersQuery = `query($o: OrderListOptions) { orders(options: $o) { totalItems items { ` + orderFields + ` } } globalSettings { serverConfig { moneyStrategyPrecision } } }`

// inOrder sorts the lines as they were added. The shop never removes one from a placed order (an emptied one stays with
// quantity 0), so a line's place is its number for good.
func inOrder(lines []shopLine) {
	slices.SortStableFunc(lines, func(a, b shopLine) int {
		x, errX := strconv.ParseInt(a.ID, 10, 64)
		y, errY := strconv.ParseInt(b.ID, 10, 64)
		if errX == nil && errY == nil {
			return cmp.Compare(x, y)
		}
		return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.ID, b.ID))
	})
}

// refunded is what was given back of a payment, or is on its way.
func (p shopPayment) refunded() (sum int64) {
	for _, r := range p.Refunds {
		if r.State != "Failed" {
			sum += r.Total
		}
	}
	return sum
}
