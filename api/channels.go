package api

import (
	"encoding/json"
	"net/http"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
)

// Channel is one shop behind one connector.
type Channel struct {
	ID        string          `json:"id"`
	Name      string          `json:"name" doc:"the channel of its orders"`
	Shop      string          `json:"shop,omitempty" doc:"the shop of its orders"`
	Kind      string          `json:"kind" doc:"which connector"`
	Settings  json.RawMessage `json:"settings" doc:"as its connector reads them; without the secret"`
	HasSecret bool            `json:"has_secret" doc:"the secret itself is never given back"`
	Lang      string          `json:"lang" enum:"en,zh-CN" doc:"in which sentences go to the shop"`
	Enabled   bool            `json:"enabled"`
	ReportAt  string          `json:"report_at" enum:"print,weigh,handover" doc:"when it is told of a parcel"`
	StockPush bool            `json:"stock_push" doc:"it is told what it may sell"`
	BeginAt   string          `json:"begin_at" doc:"orders placed before are not asked for"`
	EveryS    int64           `json:"every_s" doc:"seconds between two pulls"`
	CreatedAt string          `json:"created_at"`
	State     ChannelState    `json:"state"`
}

// ChannelState is how it goes with a shop.
type ChannelState struct {
	LastPullAt string `json:"last_pull_at,omitempty"`
	LastOKAt   string `json:"last_ok_at,omitempty"`
	NextPullAt string `json:"next_pull_at,omitempty"`
	LagS       int64  `json:"lag_s" doc:"how far behind the shop we are while there is more to pull; 0 when there is not"`
	Failures   int64  `json:"failures" doc:"in a row"`
	Code       string `json:"code,omitempty" doc:"why the last pull failed"`
	Text       string `json:"text,omitempty" doc:"the same as a sentence"`
}

// ChannelList lists shops.
type ChannelList struct {
	Channels []Channel `json:"channels"`
	Kinds    []string  `json:"kinds" doc:"the connectors there are"`
}

// ChannelInput is what somebody says of a shop. What is left out of an edit stays.
type ChannelInput struct {
	Name      string          `json:"name,omitempty" doc:"small letters, digits, hyphens; cannot be changed, like shop, kind and begin_at"`
	Shop      string          `json:"shop,omitempty"`
	Kind      string          `json:"kind,omitempty"`
	Settings  json.RawMessage `json:"settings,omitempty"`
	Secret    string          `json:"secret,omitempty" doc:"kept, and never given back"`
	Lang      string          `json:"lang,omitempty" enum:"en,zh-CN"`
	Enabled   *bool           `json:"enabled,omitempty" doc:"true when left out of a new one"`
	ReportAt  string          `json:"report_at,omitempty" enum:"print,weigh,handover"`
	StockPush *bool           `json:"stock_push,omitempty"`
	BeginAt   string          `json:"begin_at,omitempty" format:"date-time" doc:"now when left out"`
	EveryS    int64           `json:"every_s,omitempty"`
}

// ChannelTest is how a shop answered.
type ChannelTest struct {
	Powers    []string `json:"powers" doc:"what it can do beyond telling orders: hook fetch count stock shipment shipment_change cancel_answer refund"`
	Documents int      `json:"documents" doc:"orders on the page that would come next; none of them was kept"`
	More      bool     `json:"more"`
}

func (s *Server) channels() {
	query(s, route{path: "/v1/channels", tag: "channels", id: "list-channels", scope: access.OrdersRead, summary: "The shops, and how it goes with them",
		about: "Errors: those of every request."}, func(c *call) (ChannelList, error) {
		list, err := c.Channels.List(c.ctx)
		out := ChannelList{Channels: []Channel{}, Kinds: c.Channels.Kinds()}
		for _, a := range list {
			if c.area.Shop(a.Name, a.Shop) {
				out.Channels = append(out.Channels, c.channel(a))
			}
		}
		return out, err
	})
	command(s, route{path: "/v1/channels", tag: "channels", id: "add-channel", scope: access.Admin, summary: "Add a shop",
		about: "It is pulled at once. Errors: channel.name, channel.name_taken, channel.kind, channel.settings, channel.lang, channel.report_at, channel.every, and those of the connector."},
		func(c *call, in ChannelInput) (Channel, error) {
			if !c.area.Shop(in.Name, in.Shop) {
				return Channel{}, c.notYours(in.Name)
			}
			e, err := in.onto(&intake.Account{Enabled: true})
			if err != nil {
				return Channel{}, err
			}
			a, err := c.Channels.Add(c.ctx, c.once, c.actor(), e)
			c.status = http.StatusCreated
			return c.channelOr(a, err)
		})
	query(s, route{path: "/v1/channels/{id}", tag: "channels", id: "get-channel", scope: access.OrdersRead, summary: "One shop, and how it goes with it",
		about: "Errors: channel.not_found."}, onChannel(func(c *call, key int64) (Channel, error) {
		return c.channelOr(c.Channels.Get(c.ctx, key))
	}))
	command(s, route{method: http.MethodPut, path: "/v1/channels/{id}", tag: "channels", id: "edit-channel", scope: access.Admin,
		summary: "Change a shop, or switch it off", about: "An empty secret keeps the one there is. Errors: channel.not_found, channel.identity, and those of add-channel."},
		on(intake.ChannelPrefix, func(c *call, key int64, in ChannelInput) (Channel, error) {
			was, err := c.Channels.Get(c.ctx, key)
			if err != nil {
				return Channel{}, err
			}
			e, err := in.onto(was)
			if err != nil {
				return Channel{}, err
			}
			return c.channelOr(c.Channels.Change(c.ctx, c.once, c.actor(), e))
		}))
	command(s, route{path: "/v1/channels/{id}/test", tag: "channels", id: "test-channel", scope: access.Admin, summary: "Ask a shop for the next page, and keep nothing of it",
		about: "Errors: channel.not_found, channel.credentials, channel.busy, channel.unreachable, and those of the connector."},
		on(intake.ChannelPrefix, func(c *call, key int64, _ Empty) (ChannelTest, error) {
			t, err := c.Channels.Test(c.ctx, key)
			return ChannelTest{Powers: t.Powers, Documents: t.Documents, More: t.More}, err
		}))
	s.channelReports()
	s.hooks()
}

// onChannel reads the account's id out of the path.
func onChannel[Out any](do func(*call, int64) (Out, error)) func(*call) (Out, error) {
	return func(c *call) (out Out, err error) {
		key, err := c.idParam("id", intake.ChannelPrefix)
		if err != nil {
			return out, err
		}
		return do(c, key)
	}
}

// onto lays what was said over an account.
func (in ChannelInput) onto(a *intake.Account) (intake.Edit, error) {
	e := intake.Edit{Account: *a, Secret: in.Secret}
	begin, err := microsOf("begin_at", in.BeginAt)
	for _, f := range []struct {
		to   *string
		said string
	}{{&e.Name, in.Name}, {&e.Shop, in.Shop}, {&e.Kind, in.Kind}, {&e.Lang, in.Lang}, {&e.ReportAt, in.ReportAt}} {
		if f.said != "" {
			*f.to = f.said
		}
	}
	if begin != 0 {
		e.BeginAt = begin
	}
	if in.EveryS != 0 {
		e.EveryS = in.EveryS
	}
	if len(in.Settings) > 0 {
		e.Settings = in.Settings
	}
	if in.Enabled != nil {
		e.Enabled = *in.Enabled
	}
	if in.StockPush != nil {
		e.StockPush = *in.StockPush
	}
	return e, err
}

func (c *call) channelOr(a *intake.Account, err error) (Channel, error) {
	if err != nil {
		return Channel{}, err
	}
	return c.channel(a), nil
}

func (c *call) channel(a *intake.Account) Channel {
	out := Channel{ID: id.Show(intake.ChannelPrefix, a.ID), Name: a.Name, Shop: a.Shop, Kind: a.Kind, Settings: a.Settings, HasSecret: a.HasSecret, Lang: a.Lang,
		Enabled: a.Enabled, ReportAt: a.ReportAt, StockPush: a.StockPush, BeginAt: at(a.BeginAt), EveryS: a.EveryS, CreatedAt: at(a.CreatedAt),
		State: ChannelState{LastPullAt: at(a.LastPullAt), LastOKAt: at(a.LastOKAt), NextPullAt: at(a.NextPullAt), LagS: a.Lag / 1e6, Failures: a.Failures, Code: a.LastError}}
	if a.LastError != "" {
		out.State.Text = words.Render(c.lang(), a.LastError, nil)
	}
	return out
}
