package api

import (
	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/ship"
)

// CarrierLogin is how a carrier is called.
type CarrierLogin struct {
	Carrier   string `json:"carrier" doc:"its code in rates and on waybills"`
	Kind      string `json:"kind" doc:"which adapter"`
	Address   string `json:"address" doc:"of the carrier's interface"`
	Key       string `json:"key" doc:"the name the carrier knows us by"`
	HasSecret bool   `json:"has_secret" doc:"the secret itself is never given back"`
	Enabled   bool   `json:"enabled" doc:"one that is not is not called"`
	UpdatedAt string `json:"updated_at"`
	UpdatedBy string `json:"updated_by"`
}

// CarrierLogins are all of them.
type CarrierLogins struct {
	Logins []CarrierLogin `json:"logins"`
	Kinds  []string       `json:"kinds" doc:"the adapters there are"`
}

// CarrierLoginInput is a log-in as it shall be from now on.
type CarrierLoginInput struct {
	Carrier string `json:"carrier"`
	Kind    string `json:"kind"`
	Address string `json:"address,omitempty"`
	Key     string `json:"key,omitempty"`
	Secret  string `json:"secret,omitempty" doc:"sealed, and never given back; empty keeps the one there is"`
	Enabled bool   `json:"enabled"`
}

// CarrierName names the log-in with a carrier.
type CarrierName struct {
	Carrier string `json:"carrier"`
}

// CarrierAnswer is how a carrier answered.
type CarrierAnswer struct {
	Powers    []string `json:"powers" doc:"what it can do beyond waybills: quote areas balance collect"`
	Waybills  *int64   `json:"waybills,omitempty" doc:"left, where they are bought in advance"`
	Suspended int      `json:"suspended" doc:"areas it does not serve now"`
}

// ParcelTrial is a parcel that nobody has packed.
type ParcelTrial struct {
	Node       string `json:"node" doc:"code of the warehouse it would leave from"`
	WeightG    int64  `json:"weight_g" minimum:"1"`
	LengthMM   int64  `json:"length_mm,omitempty" minimum:"0"`
	WidthMM    int64  `json:"width_mm,omitempty" minimum:"0"`
	HeightMM   int64  `json:"height_mm,omitempty" minimum:"0"`
	Province   string `json:"province"`
	City       string `json:"city,omitempty"`
	Kind       string `json:"kind,omitempty" enum:"normal,presale,cod,exchange,reship,gift,dropship" doc:"of the order; normal without it"`
	PromisedBy string `json:"promised_by,omitempty" format:"date-time"`
}

// CarrierChoice is who would get a parcel, and why nobody else.
type CarrierChoice struct {
	Found    bool         `json:"found" doc:"somebody takes it; then the first of the services gets it"`
	Why      string       `json:"why" doc:"as a sentence"`
	Currency string       `json:"currency"`
	Services []AskedOfOne `json:"services" doc:"those that can take it first, the best of them first"`
}

// AskedOfOne is what one service says of a parcel.
type AskedOfOne struct {
	Carrier     string `json:"carrier"`
	Service     string `json:"service"`
	Takes       bool   `json:"takes" doc:"it could carry the parcel"`
	Cost        string `json:"cost,omitempty" doc:"freight"`
	DaysP50     int    `json:"days_p50,omitempty" doc:"to the door, of half the parcels"`
	DaysP90     int    `json:"days_p90,omitempty" doc:"of nine in ten"`
	ChargeableG int64  `json:"chargeable_g,omitempty" doc:"the larger of weight and volume"`
	LateDays    int    `json:"late_days,omitempty" doc:"beyond the promise"`
	Why         string `json:"why,omitempty" doc:"why it does not get the parcel, as a sentence"`
	Calls       bool   `json:"calls" doc:"it is asked for waybills through its interface; without one a person brings the number"`
}

func (s *Server) carrierLogins() {
	query(s, route{path: "/v1/carriers/logins", tag: "shipping", id: "list-carrier-logins", scope: access.Admin, summary: "How carriers are called",
		about: "The log-ins that people keep. Carriers the program was started with (carrier-url) are not among them; a log-in for the same code goes before."}, (*call).listLogins)
	command(s, route{path: "/v1/carriers/logins", tag: "shipping", id: "save-carrier-login", scope: access.Admin, summary: "Say how a carrier is called from now on",
		about: "It adds one or changes the one there is; no process has to be started again. Problems: ship.login_carrier, ship.login_kind, carrier.base_url, seal.missing, seal.wrong."}, (*call).saveLogin)
	command(s, route{path: "/v1/carriers/logins/test", tag: "shipping", id: "test-carrier-login", scope: access.Admin, summary: "Call a carrier by its log-in, and change nothing there",
		about: "Problems: ship.no_login, seal.missing, seal.wrong, carrier.credentials, carrier.unreachable, carrier.uncertain, carrier.busy."}, (*call).testLogin)
	command(s, route{path: "/v1/carriers/try", tag: "shipping", id: "try-carriers", scope: access.StockRead, summary: "What each carrier takes for a parcel, and who would get it",
		about: "As if it stood packed at the warehouse now: by the rates, suspensions, cut-offs and the ladder that hold there. Nothing is written. Problems: http.node, http.time, required, ship.try_weight, ship.try_size."}, (*call).tryCarriers)
}

func shownLogin(l ship.Login) CarrierLogin {
	return CarrierLogin{Carrier: l.Carrier, Kind: l.Kind, Address: l.Address, Key: l.Key, HasSecret: l.HasSecret, Enabled: l.Enabled, UpdatedAt: at(l.UpdatedAt), UpdatedBy: l.UpdatedBy}
}

func (c *call) listLogins() (CarrierLogins, error) {
	out := CarrierLogins{Logins: []CarrierLogin{}, Kinds: c.Logins.Kinds()}
	list, err := c.Logins.List(c.ctx)
	for _, l := range list {
		out.Logins = append(out.Logins, shownLogin(l))
	}
	return out, err
}

func (c *call) saveLogin(in CarrierLoginInput) (CarrierLogin, error) {
	l, err := c.Logins.SaveLogin(c.ctx, c.once, c.actor(), ship.Login{Carrier: in.Carrier, Kind: in.Kind, Address: in.Address, Key: in.Key, Enabled: in.Enabled}, in.Secret)
	if err != nil {
		return CarrierLogin{}, err
	}
	return shownLogin(l), nil
}

func (c *call) testLogin(in CarrierName) (CarrierAnswer, error) {
	a, err := c.Logins.Test(c.ctx, in.Carrier)
	out := CarrierAnswer{Powers: notNil(a.Powers), Suspended: a.Suspended}
	if a.Limited {
		out.Waybills = &a.Waybills
	}
	return out, err
}

func (c *call) tryCarriers(in ParcelTrial) (CarrierChoice, error) {
	node, err := c.nodeNamed(in.Node)
	if err != nil {
		return CarrierChoice{}, err
	}
	promised, err := microsOf("promised_by", in.PromisedBy)
	if err != nil {
		return CarrierChoice{}, err
	}
	choice, err := c.Ship.Try(c.ctx, ship.TryIn{NodeID: node, WeightG: in.WeightG, MM: [3]int64{in.LengthMM, in.WidthMM, in.HeightMM}, Province: in.Province, City: in.City,
		Kind: in.Kind, PromisedBy: promised})
	if err != nil {
		return CarrierChoice{}, err
	}
	return c.choice(choice), nil
}

// choice tells a choice as a list of what each service says, those first that can take the parcel.
func (c *call) choice(x ship.Choice) CarrierChoice {
	out := CarrierChoice{Found: x.Found(), Why: words.Render(c.lang(), x.Why.Code, x.Why.Params), Currency: c.Currency, Services: []AskedOfOne{}}
	able := x.Fallback
	if x.Found() {
		able = append([]ship.Option{x.Option}, able...)
	}
	known := map[[2]string]int{}
	for _, o := range able {
		known[[2]string{o.Carrier, o.Service}] = len(out.Services)
		out.Services = append(out.Services, AskedOfOne{Carrier: o.Carrier, Service: o.Service, Takes: true, Cost: money.Format(o.Cost, o.Currency), DaysP50: o.DaysP50, DaysP90: o.DaysP90,
			ChargeableG: o.ChargeableG, LateDays: o.LateDays, Calls: c.Ship.Calls(o.Carrier)})
	}
	for _, r := range x.Rejected {
		why := words.Render(c.lang(), r.Code, r.Params)
		if i, can := known[[2]string{r.Carrier, r.Service}]; can {
			out.Services[i].Why = why
			continue
		}
		out.Services = append(out.Services, AskedOfOne{Carrier: r.Carrier, Service: r.Service, Why: why, Calls: c.Ship.Calls(r.Carrier)})
	}
	return out
}
