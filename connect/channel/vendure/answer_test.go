package vendure_test

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/fault"

	"github.com/packhorse/packhorse/connect/channel/vendure"
)

func TestEveryAnswerHasItsMeaning(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		body   string
		read   error
		write  error
	}{
		"no right":              {200, `{"errors":[{"message":"no","extensions":{"code":"FORBIDDEN"}}],"data":null}`, intake.ErrCredentials, intake.ErrCredentials},
		"no entrance":           {401, ``, intake.ErrCredentials, intake.ErrCredentials},
		"slow down":             {429, ``, intake.ErrBusy, intake.ErrBusy},
		"another machine":       {200, `<html>`, intake.ErrUnreachable, intake.ErrUncertain},
		"broken inside":         {200, `{"errors":[{"message":"boom","extensions":{"code":"INTERNAL_SERVER_ERROR"}}],"data":null}`, intake.ErrUnreachable, intake.ErrUncertain},
		"not understood":        {400, `{"errors":[{"message":"what","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}`, intake.ErrUnreachable, intake.ErrRefused},
		"a gate that timed out": {504, `upstream`, intake.ErrUnreachable, intake.ErrUncertain},
		"nothing at all":        {200, `{"data":null}`, intake.ErrUnreachable, intake.ErrUncertain},
	} {
		wire := &line{}
		shop := connect(t, "http://127.0.0.1:1/admin-api", "an API key")
		shop.Through(wire)
		wire.reply = said(c.status, c.body)
		if _, err := shop.Pull(t.Context(), ""); !errors.Is(err, c.read) {
			t.Errorf("%s, asked: %v, want %v", name, err, c.read)
		}
		shop.Through(&script{said(200, `{"data":{"orders":{"items":[{"id":"1","state":"PaymentSettled","lines":[{"id":"1"}],"fulfillments":[]}]}}}`), said(c.status, c.body)})
		p := intake.ShippedParcel{OrderNo: "A", Parcel: "P", Lines: []intake.ShippedLine{{LineNo: 1, Quantity: 1}}}
		if _, err := shop.TakeShipment(t.Context(), p); !errors.Is(err, c.write) {
			t.Errorf("%s, told: %v, want %v", name, err, c.write)
		}
	}
}

// script answers one call after the other.
type script []*http.Response

// RoundTrip gives the next answer.
func (s *script) RoundTrip(*http.Request) (*http.Response, error) {
	next := (*s)[0]
	*s = (*s)[1:]
	return next, nil
}

func TestABusyShopSaysHowLong(t *testing.T) {
	shop := connect(t, "http://127.0.0.1:1/admin-api", "an API key")
	shop.Through(&line{reply: said(429, "", "Retry-After", "7")})
	_, err := shop.Pull(t.Context(), "")
	if f, ok := fault.As(err); !ok || f.Params["seconds"] != int64(7) {
		t.Errorf("%v does not say 7 seconds", err)
	}
}

func TestASilentAddressIsUnreachableAlsoForAReport(t *testing.T) {
	shop := connect(t, "http://127.0.0.1:1/admin-api", "an API key")
	if _, err := shop.TakeShipment(t.Context(), intake.ShippedParcel{OrderNo: "A", Parcel: "P"}); !errors.Is(err, intake.ErrUnreachable) {
		t.Errorf("%v: a call that never left is no doubt", err)
	}
}

func TestAnOrderThatCannotBeReadIsKept(t *testing.T) {
	shop := connect(t, "http://127.0.0.1:1/admin-api", "an API key")
	good := func(code string) string {
		return fmt.Sprintf(`{"code":%q,"orderPlacedAt":"2026-03-02T08:00:00Z","state":"PaymentSettled"}`, code)
	}
	list := `{"data":{"orders":{"items":[` + good("A") + `,{"code":17},` + good("B") + `]},"globalSettings":{"serverConfig":{"moneyStrategyPrecision":2}}}}`
	empty := `{"data":{"orders":{"items":[]}}}`
	shop.Through(&script{said(200, list), said(200, empty), said(200, empty), said(200, empty)})
	page, err := shop.Pull(t.Context(), "")
	if err != nil || len(page.Documents) != 3 {
		t.Fatalf("%d documents (%v), want 3", len(page.Documents), err)
	}
	bad := page.Documents[1]
	if !errors.Is(bad.Err, intake.ErrUnreadable) || bad.Raw != `{"code":17}` || page.Documents[2].Document.OrderNo != "B" {
		t.Errorf("%+v", page.Documents)
	}
}

func TestWrongSettingsAreNamed(t *testing.T) {
	for name, c := range map[string]struct{ options, secret, want string }{
		"no address":      {`{}`, "key", "vendure.url"},
		"not texts":       {`{"url":17}`, "key", "vendure.options"},
		"a spelling":      {`{"url":"https://shop.example/admin-api","chanel_token":"x"}`, "key", "vendure.options"},
		"no secret":       {`{"url":"https://shop.example/admin-api"}`, "", "vendure.secret"},
		"no password":     {`{"url":"https://shop.example/admin-api"}`, `{"username":"u"}`, "vendure.secret"},
		"broken JSON":     {`{"url":"https://shop.example/admin-api"}`, `{"api_key":`, "vendure.secret"},
		"a short hook":    {`{"url":"https://shop.example/admin-api"}`, `{"api_key":"k","hook_secret":"whsec_AAAA"}`, "vendure.hook_secret"},
		"all as it ought": {`{"url":"https://shop.example/admin-api"}`, "key", ""},
	} {
		_, err := vendure.New(intake.Settings{Options: []byte(c.options), Secret: c.secret})
		if got := fault.Code(err); got != c.want {
			t.Errorf("%s: %q (%v), want %q", name, got, err, c.want)
		}
	}
}

func TestALogInThatRanOutIsRenewedOnce(t *testing.T) {
	in := func(token string) *http.Response {
		return said(200, `{"data":{"login":{"__typename":"CurrentUser"}}}`, "vendure-auth-token", token)
	}
	no := func() *http.Response {
		return said(200, `{"errors":[{"message":"no","extensions":{"code":"FORBIDDEN"}}],"data":null}`)
	}
	shop := connect(t, "http://127.0.0.1:1/admin-api", `{"username":"u","password":"p"}`)
	shop.Through(&script{in("a"), no(), in("b"), said(200, `{"data":{"orders":{"totalItems":3}}}`)})
	if n, err := shop.Count(t.Context(), time.Unix(0, 0), time.Unix(1, 0)); n != 3 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	shop.Through(&script{no(), in("c"), no()})
	if _, err := shop.Count(t.Context(), time.Unix(0, 0), time.Unix(1, 0)); !errors.Is(err, intake.ErrCredentials) {
		t.Errorf("refused again after a fresh log-in: %v", err)
	}
}
