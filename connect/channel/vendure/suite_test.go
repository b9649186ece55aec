package vendure_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/connect/channel/vendure"
	"github.com/packhorse/packhorse/connect/channel/vendure/realshop"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/intake/channeltest"
)

var (
	_ intake.Channel         = (*vendure.Shop)(nil)
	_ intake.Hinter          = (*vendure.Shop)(nil)
	_ intake.Fetcher         = (*vendure.Shop)(nil)
	_ intake.Counter         = (*vendure.Shop)(nil)
	_ intake.StockTaker      = (*vendure.Shop)(nil)
	_ intake.ShipmentTaker   = (*vendure.Shop)(nil)
	_ intake.ShipmentChanger = (*vendure.Shop)(nil)
	_ intake.CancelAnswerer  = (*vendure.Shop)(nil)
	_ intake.Refunder        = (*vendure.Shop)(nil)
)

func secret(password string) string {
	text, _ := json.Marshal(map[string]string{"username": realshop.Username, "password": password, "hook_secret": realshop.HookSecret})
	return string(text)
}

func connect(t *testing.T, url, secret string) *vendure.Shop {
	t.Helper()
	options, _ := json.Marshal(map[string]string{"url": url})
	c, err := vendure.New(intake.Settings{Account: "webshop", Options: options, Secret: secret})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheConnectorKeepsTheContractAtARealShop(t *testing.T) {
	shop := realshop.Start(t, "")
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, "<html>parked</html>") }))
	t.Cleanup(elsewhere.Close)
	channeltest.Run(t, func(t *testing.T) channeltest.Fixture {
		wire := &line{}
		c := connect(t, shop.Admin(), secret(realshop.Password))
		c.Through(wire)
		return channeltest.Fixture{
			Channel:  c,
			WrongKey: connect(t, shop.Admin(), secret("wrong")), Elsewhere: connect(t, elsewhere.URL, secret("any")),
			Sell:   func(n int) ([]string, error) { return sell(shop, n) },
			Change: func(code string) error { return shop.Move(code, "莫干山路 1 号") },
			Now:    time.Now,
			Busy: func() {
				wire.mu.Lock()
				defer wire.mu.Unlock()
				wire.reply = said(http.StatusTooManyRequests, "slow down", "Retry-After", "7")
			},
			LoseAnswer: func() { wire.loseAnswerTo(lastWrite(t)) },
			Sign:       sign,
			Body: func(code string) []byte {
				return fmt.Appendf(nil, `{"type":"OrderStateTransitionEvent","order":%q}`, code)
			},
			SKU: "SKU-0007", Stock: func() (int64, error) { on, allocated, err := shop.Stock("SKU-0007"); return on - allocated, err },
			Lines: func(string) ([]intake.ShippedLine, error) {
				return []intake.ShippedLine{{LineNo: 1, SKU: "SKU-0001", Quantity: 1}}, nil
			},
			Shipments: func(code string) (int, error) {
				o, err := shop.Order(code)
				return count(err, func() int { return len(live(o)) })
			},
			Waybill: func(code string) (string, error) {
				o, err := shop.Order(code)
				if err != nil || len(live(o)) != 1 {
					return "", fmt.Errorf("%d fulfilments stand (%w)", len(live(o)), err)
				}
				return live(o)[0], nil
			},
			Answers: func(code string) (int, error) {
				o, err := shop.Order(code)
				return count(err, func() int { return len(o.History.Items) })
			},
			Refunds: func(code string) (int, error) {
				o, err := shop.Order(code)
				return count(err, func() int { return len(o.Payments[0].Refunds) })
			},
			Without: map[string]string{channeltest.PullUnreadable: "a real shop cannot be made to talk nonsense; TestAnOrderThatCannotBeReadIsKept does it with a recorded answer"},
		}
	})
}

// live are the waybills of the fulfilments that were not called off.
func live(o *realshop.Order) (waybills []string) {
	if o == nil {
		return nil
	}
	for _, f := range o.Fulfillments {
		if f.State == "Shipped" {
			waybills = append(waybills, f.TrackingCode)
		}
	}
	return waybills
}

// lastWrite is the call that completes what a chapter asks for. A parcel takes two; the loss of the first is a test of its own.
func lastWrite(t *testing.T) string {
	for _, chapter := range []string{channeltest.ShipLost, channeltest.ShipChanged} {
		if strings.HasSuffix(t.Name(), strings.ReplaceAll(chapter, " ", "_")) {
			return "transitionFulfillmentToState"
		}
	}
	return "refundOrder"
}

func sell(shop *realshop.Shop, n int) (list []string, err error) {
	for range n {
		code, err := shop.Buy(realshop.AtOnce, realshop.Item{SKU: "SKU-0001", Quantity: 1})
		if err != nil {
			return nil, err
		}
		list = append(list, code)
	}
	return list, nil
}

func count(err error, n func() int) (int, error) {
	if err != nil {
		return 0, err
	}
	return n(), nil
}

// sign makes a message as the shop's plugin does.
func sign(body []byte, at time.Time) intake.Message {
	key, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(realshop.HookSecret, "whsec_"))
	id, stamp := "msg_1", strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + stamp + "." + string(body)))
	headers := map[string]string{"webhook-id": id, "webhook-timestamp": stamp, "webhook-signature": "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))}
	return intake.Message{Header: func(name string) string { return headers[name] }, Body: body}
}

func TestAParcelWhoseFirstCallWasLostIsOneParcelAtARealShop(t *testing.T) {
	shop := realshop.Start(t, "")
	c, wire := connect(t, shop.Admin(), secret(realshop.Password)), &line{}
	c.Through(wire)
	code, err := shop.Buy(realshop.AtOnce, realshop.Item{SKU: "SKU-0001", Quantity: 3})
	if err != nil {
		t.Fatal(err)
	}
	p := intake.ShippedParcel{OrderNo: code, Parcel: "P-1", Carrier: "SF", Waybill: "SF1", Lines: []intake.ShippedLine{{LineNo: 1, Quantity: 1}, {LineNo: 1, Quantity: 1}}}
	wire.loseAnswerTo("addFulfillmentToOrder")
	if _, err := c.TakeShipment(t.Context(), p); !errors.Is(err, intake.ErrUncertain) {
		t.Fatalf("a lost answer is %v, want a doubt", err)
	}
	if _, found, err := c.FindShipment(t.Context(), p); err != nil || found {
		t.Fatalf("a parcel that the shop does not call shipped is found: %v %v", found, err)
	}
	if _, err := c.TakeShipment(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	var made struct{ CreateApiKey struct{ APIKey string } }
	if err := shop.Ask(`mutation { createApiKey(input: {roleIds: ["1"], translations: [{languageCode: en, name: "packhorse"}]}) { apiKey } }`, nil, &made); err != nil {
		t.Fatal(err)
	}
	byKey := connect(t, shop.Admin(), made.CreateApiKey.APIKey)
	if _, found, err := byKey.FindShipment(t.Context(), p); err != nil || !found {
		t.Fatalf("with an API key: %v, %v", found, err)
	}
	o, err := shop.Order(code)
	if err != nil || len(o.Fulfillments) != 1 || o.Fulfillments[0].State != "Shipped" || o.Fulfillments[0].TrackingCode != "SF1" || o.State != "PartiallyShipped" {
		t.Fatalf("the shop has %+v (%v), want one parcel shipped with two of three", o, err)
	}
}

// What was sold between our last look and the push is not given back to the buyers.
func TestStockDoesNotGiveBackWhatWeHaveNotHeardOf(t *testing.T) {
	shop := realshop.Start(t, "")
	c := connect(t, shop.Admin(), secret(realshop.Password))
	sells := func(want int64) {
		t.Helper()
		if err := must(c.TakeStock(t.Context(), []intake.StockLevel{{SKU: "SKU-0003", Quantity: 20}}))[0]; err != nil {
			t.Fatal(err)
		}
		if on, allocated, err := shop.Stock("SKU-0003"); err != nil || on-allocated != want {
			t.Errorf("the shop sells %d (%v), want %d", on-allocated, err, want)
		}
	}
	buy := func(n int) string {
		return must(shop.Buy(realshop.AtOnce, realshop.Item{SKU: "SKU-0003", Quantity: n}))
	}
	buy(1)
	sells(20) // nothing was pulled yet: it is not known who knows what
	page := must(c.Pull(t.Context(), ""))
	sells(20)
	buy(2)
	hinted := buy(3)
	sells(15)
	must(c.Fetch(t.Context(), []string{hinted}))
	sells(18)
	must(c.Pull(t.Context(), page.Cursor))
	sells(20)
}

func must[T any](out T, err error) T {
	if err != nil {
		panic(err)
	}
	return out
}

// The shop's own plugin calls; what it says is verified, and the order it names is there.
func TestTheMessagesOfARealShopNameTheirOrders(t *testing.T) {
	var c *vendure.Shop
	heard := make(chan string, 100)
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		hint, err := c.Hint(r.Context(), intake.Message{Header: r.Header.Get, Body: body}, time.Now())
		if err != nil || hint.ID == "" || len(hint.Orders) != 1 {
			t.Errorf("%s: %+v, %v", body, hint, err)
			return
		}
		heard <- hint.Orders[0]
	}))
	t.Cleanup(receiver.Close)
	shop := realshop.Start(t, receiver.URL)
	c = connect(t, shop.Admin(), secret(realshop.Password))
	code := must(shop.Buy(realshop.Later, realshop.Item{SKU: "SKU-0001", Quantity: 2}))
	wait := func(what string, want func(intake.Document) bool) {
		t.Helper()
		for late := time.After(20 * time.Second); ; {
			select {
			case said := <-heard:
				list := must(c.Fetch(t.Context(), []string{said}))
				if said == code && len(list) == 1 && want(list[0].Document) {
					return
				}
			case <-late:
				t.Fatalf("no message told that the order was %s", what)
			}
		}
	}
	wait("placed", func(d intake.Document) bool { return d.PaymentStatus == "authorized" })
	if err := shop.Settle(code); err != nil {
		t.Fatal(err)
	}
	wait("paid", func(d intake.Document) bool { return d.PaymentStatus == "paid" })
	if err := shop.Move(code, "莫干山路 1 号"); err != nil {
		t.Fatal(err)
	}
	wait("moved", func(d intake.Document) bool { return strings.Contains(d.Address, "莫干山路") })
	if err := shop.Refund(code, 100); err != nil {
		t.Fatal(err)
	}
	if err := shop.Cancel(code, 0, 0); err != nil {
		t.Fatal(err)
	}
	wait("called off", func(d intake.Document) bool { return d.Cancelled })
}
