package webhook

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	sim "github.com/packhorse/packhorse/connect/sim/shop"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/intake/channeltest"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/fault"
)

// selling is a simulated shop that sells tea, two orders a page.
func selling(t *testing.T) (*sim.Server, string) {
	shop, err := sim.New(sim.Config{Seed: 1, Clock: clock.Fixed(time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)), Secret: vectorSecret, SKUs: []string{"TEA"}, Page: 2})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(shop)
	t.Cleanup(server.Close)
	return shop, server.URL
}

func connector(t *testing.T, secret, url string) intake.Channel {
	options, err := json.Marshal(map[string]string{"url": url + "/told", "pull_url": url + "/orders?shop=1"})
	if err != nil {
		t.Fatal(err)
	}
	made, err := New(intake.Settings{Account: "web", Options: options, Secret: secret})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestTheConnectorPassesTheSuite(t *testing.T) {
	html := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>log in</html>")) }))
	t.Cleanup(html.Close)
	channeltest.Run(t, func(t *testing.T) channeltest.Fixture {
		shop, url := selling(t)
		return channeltest.Fixture{Channel: connector(t, vectorSecret, url), Sell: func(n int) ([]string, error) { return shop.Sell(n), nil },
			Change:   func(order string) error { shop.Cancel(order); return nil },
			Spoil:    func() error { shop.Publish(map[string]any{"order_no": 7, "lines": "none"}); return nil },
			WrongKey: connector(t, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx", url), Elsewhere: connector(t, vectorSecret, html.URL),
			Busy: shop.Busy, LoseAnswer: shop.LoseAnswer, Sign: signed,
			Body: func(order string) []byte {
				return []byte(`{"order_no":"` + order + `","placed_at":"2026-03-02T04:00:00Z","currency":"CNY"}`)
			},
			SKU: "TEA", Stock: func() (int64, error) { return shop.State().Stock["TEA"], nil },
			Lines: func(string) ([]intake.ShippedLine, error) {
				return []intake.ShippedLine{{LineNo: 1, SKU: "TEA", Quantity: 1}}, nil
			},
			Waybill:   func(order string) (string, error) { return shop.State().Orders[order].Waybills[0], nil },
			Shipments: func(order string) (int, error) { return shop.State().Orders[order].Parcels, nil },
			Answers:   func(order string) (int, error) { return len(shop.State().Orders[order].Answers), nil },
		}
	})
}

func signed(body []byte, at time.Time) intake.Message {
	stamp := strconv.FormatInt(at.Unix(), 10)
	keys, _ := secrets(vectorSecret)
	headers := map[string]string{headerID: "msg_" + stamp, headerTime: stamp, headerSignature: signature(keys[0], "msg_"+stamp, stamp, body)}
	return intake.Message{Header: func(n string) string { return headers[n] }, Body: body}
}

func TestWhatAShopAnswersBadlyMeansWhatACallerCanActOn(t *testing.T) {
	for _, c := range []struct {
		status int
		body   string
		want   error
	}{
		{200, "<html>", intake.ErrUnreachable}, {302, "", intake.ErrUnreachable}, {404, "<html>", intake.ErrUnreachable}, {404, `{}`, intake.ErrUnknownOrder},
		{401, `{}`, intake.ErrCredentials}, {403, "<html>", intake.ErrCredentials}, {409, `{"message":"closed"}`, intake.ErrRefused},
		{429, "", intake.ErrBusy}, {500, "<html>", intake.ErrUncertain}, {502, `{}`, intake.ErrUncertain}, {200, `[1]`, intake.ErrUncertain},
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(c.status)
			_, _ = w.Write([]byte(c.body))
		}))
		made, err := New(intake.Settings{Options: []byte(`{"url":"` + s.URL + `"}`), Secret: vectorSecret})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := made.(intake.ShipmentTaker).TakeShipment(t.Context(), intake.ShippedParcel{Parcel: "prc_1"}); fault.Code(err) != fault.Code(c.want) {
			t.Errorf("%d %s: %v, want %v", c.status, c.body, err, c.want)
		}
		s.Close()
	}
}

func TestAnAccountWithoutAnAddressIsOnlyListenedTo(t *testing.T) {
	made, err := New(intake.Settings{Options: []byte(`{}`), Secret: vectorSecret})
	if err != nil {
		t.Fatal(err)
	}
	if powers := intake.Powers(made); len(powers) != 1 || powers[0] != "hook" {
		t.Errorf("%v", powers)
	}
	if page, err := made.Pull(t.Context(), "x"); err != nil || len(page.Documents) != 0 || page.More {
		t.Errorf("%+v %v", page, err)
	}
	for options, code := range map[string]string{`{"url":"shop"}`: "webhook.url", `{"url":1}`: "webhook.settings", `{"pull_url":"ftp://x/y"}`: "webhook.url"} {
		if _, err := New(intake.Settings{Options: []byte(options), Secret: vectorSecret}); fault.Code(err) != code {
			t.Errorf("%s: %v", options, err)
		}
	}
}
