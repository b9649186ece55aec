package public

import (
	"context"
	"net/http"

	"github.com/go-chi/chi/v5"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/link"
	"github.com/packhorse/packhorse/notify"
	"github.com/packhorse/packhorse/review"
	"github.com/packhorse/packhorse/track"
)

// House is a company as its customers meet it.
type House struct {
	DB         *db.DB
	Links      link.Maker
	AfterSales *aftersales.Service
	Review     *review.Service
	Track      *track.Service
	Notify     *notify.Service
}

// Options are what the pages stand on. None may be nil.
type Options struct {
	House     func(company string) (House, bool)
	Tokens    string                                                                  // the colours and sizes of all screens, as CSS
	Client    func(*http.Request) string                                              // the address a request comes from
	Encrypted func(*http.Request) bool                                                // the browser speaks TLS
	Foreign   func(*http.Request) error                                               // the error for a form that a page of another site sent
	Try       func(ctx context.Context, name, from string) error                      // counts a guess; the error while there were too many
	Right     func(ctx context.Context, name, from string) error                      // takes back a guess that was right
	Strange   *access.Limiter                                                         // how often one address may show links that are not ours; nil: any number
	Failed    func(http.ResponseWriter, *http.Request, error) (status int, id string) // writes an error down; the status, and its number for people
}

// Pages answers customers. It is safe for concurrent use.
type Pages struct {
	options Options
	look    look
	uploads uploads
}

// New makes the pages.
func New(o Options) *Pages { return &Pages{options: o, look: newLook(o.Tokens), uploads: newUploads()} }

// Route puts the pages where their links lead.
func (p *Pages) Route(r chi.Router) {
	for path, pair := range map[string]struct{ get, post func(*visit) error }{
		"/track/{company}":                         {p.showFind, p.find},
		"/track/{company}/{token}":                 {p.showTrack, nil},
		"/return/{company}/{token}":                {p.showReturn, p.nextStep},
		"/return/{company}/{token}/{case}":         {p.showCase, p.changeCase},
		"/return/{company}/{token}/photos/{photo}": {p.showPhoto, nil},
		"/confirm/{company}/{token}":               {p.showConfirm, p.confirm},
		"/unsubscribe/{company}/{token}":           {p.showFarewell, p.farewell},
	} {
		r.Get(path, p.handle(pair.get))
		if pair.post != nil {
			r.Post(path, p.handle(pair.post))
		}
	}
}

// maxForm bounds what a form sends.
const maxForm = 16 << 10

func (p *Pages) handle(do func(*visit) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := &visit{pages: p, w: w, r: r, page: page{Lang: languageOf(r), lang: r.URL.Query().Get("lang"), Here: r.URL, CSS: p.look.css}}
		if err := p.admit(v, do); err != nil {
			v.fail(err)
		}
	}
}

func (p *Pages) admit(v *visit, do func(*visit) error) error {
	company := v.r.PathValue("company")
	house, known := p.options.House(company)
	if !known {
		return p.strange(v, link.ErrUnknown)
	}
	v.House, v.Company = house, company
	policy, err := house.Notify.Policy(v.r.Context())
	if err != nil {
		return err
	}
	v.Shop = policy.Shop
	if v.r.Method == http.MethodPost && !withFiles(v.r) {
		v.r.Body = http.MaxBytesReader(v.w, v.r.Body, maxForm)
		if err := v.r.ParseForm(); err != nil {
			return errForm
		}
	}
	return p.strange(v, do(v))
}

// strange counts a link that is not ours against its address.
func (p *Pages) strange(v *visit, err error) error {
	if f, ok := fault.As(err); ok && f.Kind == fault.NotFound && p.options.Strange != nil {
		if slow := p.options.Strange.Take(p.options.Client(v.r)); slow != nil {
			return slow
		}
	}
	return err
}
