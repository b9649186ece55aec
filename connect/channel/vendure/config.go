package vendure

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/telemetry"
)

// Kind is the name of this connector in accounts.
const Kind = "vendure"

const defaultTimeout = 20 * time.Second

// options are the settings of an account that anybody may see.
type options struct {
	URL           string `json:"url"`            // of the admin API: https://shop.example/admin-api
	ChannelToken  string `json:"channel_token"`  // of the shop's channel; empty is its default channel
	StockLocation string `json:"stock_location"` // id of the location whose stock we say; empty is the first
}

// secrets are those that nobody may see. An account's secret is this as JSON, or the API key alone.
type secrets struct {
	APIKey     string `json:"api_key"`
	Username   string `json:"username"` // with Password, where the shop gives no API keys
	Password   string `json:"password"`
	HookSecret string `json:"hook_secret"` // whsec_…; empty where the shop does not call us
}

// Shop is an account with one Vendure shop. It is safe for concurrent use.
type Shop struct {
	account, shop string
	options       options
	secrets       secrets
	hookKey       []byte
	begin         time.Time
	http          *http.Client
	session       session
	told          told
}

// New makes the connector of an account; it sends nothing. Faults: vendure.options, vendure.url, vendure.secret,
// vendure.hook_secret.
func New(s intake.Settings) (*Shop, error) {
	out := &Shop{account: s.Account, shop: s.Shop, begin: s.Begin, http: &http.Client{
		Timeout:   defaultTimeout,
		Transport: telemetry.Client(nil),
		// A key is meant for one address; a redirect is an answer we do not understand.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	text := json.NewDecoder(bytes.NewReader(s.Options))
	text.DisallowUnknownFields() // a setting with a misspelt name would be left out silently
	if err := text.Decode(&out.options); err != nil {
		return nil, fault.Invalidf("settings", "vendure.options", "the settings of a Vendure shop are texts: url, channel_token, stock_location")
	}
	u, err := url.Parse(out.options.URL)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, fault.Invalidf("settings.url", "vendure.url", "%q is not the address of an admin API like https://shop.example/admin-api", out.options.URL).With("value", out.options.URL)
	}
	if out.secrets, err = readSecrets(s.Secret); err != nil {
		return nil, err
	}
	if out.hookKey, err = hookKey(out.secrets.HookSecret); err != nil {
		return nil, err
	}
	return out, nil
}

func readSecrets(text string) (secrets, error) {
	text = strings.TrimSpace(text)
	out := secrets{APIKey: text}
	if strings.HasPrefix(text, "{") {
		out = secrets{}
		if json.Unmarshal([]byte(text), &out) != nil {
			out = secrets{}
		}
	}
	if out.APIKey == "" && (out.Username == "" || out.Password == "") {
		return out, fault.Invalidf("secret", "vendure.secret", "the secret of a Vendure shop is an API key, or JSON with api_key, or username and password, and hook_secret")
	}
	return out, nil
}

// hookKey reads the key of Standard Webhooks; no key when there is no secret.
func hookKey(secret string) ([]byte, error) {
	if secret == "" {
		return nil, nil
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil || len(key) < 16 {
		return nil, fault.Invalidf("secret", "vendure.hook_secret", "the secret of hooks is whsec_ and at least 16 bytes in base64")
	}
	return key, nil
}
