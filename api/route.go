package api

import (
	"encoding/json"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
)

// route is one operation: what the router, the OpenAPI document and the meter know of it.
type route struct {
	method, path string
	tag          string
	id           string // operationId
	summary      string
	about        string       // longer description
	scope        access.Scope // empty: for everybody who is known
	open         bool         // for strangers too
	params       []*huma.Param
	limit        int64        // bytes of the body; 0 is single
	file         bool         // the body is a file, not JSON
	input        reflect.Type // of the body; nil without one
	output       reflect.Type

	audited bool // no event says who did it
	gauges  *gauges
}

// query is an operation that reads.
func query[Out any](s *Server, r route, do func(*call) (Out, error)) {
	r.method, r.output = http.MethodGet, reflect.TypeFor[Out]()
	s.add(&r, func(c *call) (any, error) { return do(c) })
}

// command is an operation that does something, with a JSON body.
func command[In, Out any](s *Server, r route, do func(*call, In) (Out, error)) {
	if r.method == "" {
		r.method = http.MethodPost
	}
	r.input, r.output = reflect.TypeFor[In](), reflect.TypeFor[Out]()
	s.add(&r, func(c *call) (any, error) {
		var in In
		if err := decode(c.body, &in); err != nil {
			return nil, err
		}
		return do(c, in)
	})
}

// direct is an operation that reads its body itself; In is for the document.
func direct[In, Out any](s *Server, r route, do func(*call) (Out, error)) {
	r.method, r.input, r.output = http.MethodPost, reflect.TypeFor[In](), reflect.TypeFor[Out]()
	s.add(&r, func(c *call) (any, error) { return do(c) })
}

// add puts a route into the router and the document.
func (s *Server) add(r *route, do func(*call) (any, error)) {
	r.gauges = s.meter.of(r.method, r.path)
	r.audited = r.method != http.MethodGet && !eventTells[r.id]
	s.describe(r)
	s.router.MethodFunc(r.method, r.path, func(w http.ResponseWriter, req *http.Request) {
		if rec, ok := w.(*recorder); ok {
			rec.route = r
		}
		c := &call{ctx: req.Context(), server: s, req: req, out: w}
		out, err := s.perform(c, r, do)
		if err != nil {
			s.refuse(w, req, err)
			return
		}
		if !c.answered {
			s.answer(c, out)
		}
	})
}

// perform is the way to the service: who asks, what, was it asked before.
func (s *Server) perform(c *call, r *route, do func(*call) (any, error)) (any, error) {
	if !r.open {
		if err := s.authenticate(c, r.scope); err != nil {
			return nil, err
		}
	}
	if r.input != nil {
		var err error
		if c.body, err = readBody(c.out, c.req, max(r.limit, single)); err != nil {
			return nil, err
		}
		if !r.file {
			if err := checkJSON(c.body); err != nil {
				return nil, err
			}
		}
	}
	if err := c.withinReach(r); err != nil {
		return nil, err
	}
	if r.audited {
		e := c.entry(r.id, objectOf(c, r))
		c.audit = &e
	}
	if r.method == http.MethodPost && !r.open {
		if err := c.readKey(); err != nil {
			return nil, err
		}
	}
	c.besides()
	out, err := do(c)
	c.record(err == nil && r.audited)
	return out, err
}

func (s *Server) answer(c *call, out any) {
	body, err := json.Marshal(out)
	if err != nil {
		s.refuse(c.out, c.req, err)
		return
	}
	if c.once != nil && c.once.Replayed {
		c.out.Header().Set("Idempotency-Replayed", "true")
	}
	if c.status == 0 {
		c.status = http.StatusOK
	}
	write(c.out, c.status, "application/json", body)
}
