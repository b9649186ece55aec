package webhook

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/telemetry"
)

// options are the settings of an account, beside the secret.
type options struct {
	URL     string `json:"url"`      // where the shop takes our messages; empty: it takes none
	PullURL string `json:"pull_url"` // where its orders can be asked for; empty: it only sends
}

// Listener is a shop that sends its orders and takes no messages. It is safe for concurrent use.
type Listener struct {
	keys [][]byte
	pull string
	http *http.Client
}

// Shop is a Listener that takes our messages as well.
type Shop struct {
	*Listener
	url string
}

// callTime bounds one call, in wall time.
const callTime = 20 * time.Second

// New makes the connector of one account: a Shop where url is set, a Listener otherwise. It sends nothing. Faults:
// webhook.settings, webhook.url, webhook.secret.
func New(s intake.Settings) (intake.Channel, error) {
	var o options
	if len(s.Options) > 0 {
		if err := json.Unmarshal(s.Options, &o); err != nil {
			return nil, fault.Invalidf("settings", "webhook.settings", "the settings of this connector are url and pull_url, both texts")
		}
	}
	for _, address := range []string{o.URL, o.PullURL} {
		u, err := url.Parse(address)
		if address != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
			return nil, fault.Invalidf("settings", "webhook.url", "%q is not an address like https://shop.example/packhorse", address).With("value", address)
		}
	}
	keys, err := secrets(s.Secret)
	if err != nil {
		return nil, err
	}
	l := &Listener{keys: keys, pull: o.PullURL, http: &http.Client{
		Timeout:   callTime,
		Transport: telemetry.Client(nil),
		// A signed call is meant for one address; a redirect is an answer we do not understand.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	if o.URL == "" {
		return l, nil
	}
	return &Shop{l, o.URL}, nil
}

// Hint verifies a message; its body is one order, whole.
func (l *Listener) Hint(_ context.Context, m intake.Message, now time.Time) (intake.Hint, error) {
	id, err := verify(l.keys, m, now)
	if err != nil {
		return intake.Hint{}, err
	}
	if !json.Valid(m.Body) {
		return intake.Hint{}, intake.ErrUnreadable
	}
	return intake.Hint{ID: id, Documents: []intake.Pulled{read(m.Body)}}, nil
}

func read(body []byte) intake.Pulled {
	d, err := intake.Decode(body)
	return intake.Pulled{Document: d, Raw: string(body), Err: err}
}

// pageSize is how many orders are asked for at once.
const pageSize = "100"

// Pull asks for orders where the shop has an address for that: {"orders":[…],"cursor":"…","more":true}. Otherwise there is
// nothing to pull: the shop sends.
func (l *Listener) Pull(ctx context.Context, cursor string) (intake.Page, error) {
	if l.pull == "" {
		return intake.Page{Cursor: cursor}, nil
	}
	u, err := url.Parse(l.pull)
	if err != nil {
		return intake.Page{}, err
	}
	q := u.Query()
	q.Set("cursor", cursor)
	q.Set("limit", pageSize)
	u.RawQuery = q.Encode()
	var said struct {
		Orders []json.RawMessage `json:"orders"`
		Cursor string            `json:"cursor"`
		More   bool              `json:"more"`
	}
	if err := l.call(ctx, http.MethodGet, u.String(), newID("pull"), nil, &said); err != nil {
		return intake.Page{}, sure(err)
	}
	page := intake.Page{Cursor: said.Cursor, More: said.More}
	for _, body := range said.Orders {
		page.Documents = append(page.Documents, read(body))
	}
	return page, nil
}
