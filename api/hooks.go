package api

import (
	"net/http"
	"time"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/fault"
)

// Heard says what became of a message of a shop.
type Heard struct {
	Outcome string       `json:"outcome" enum:"taken,repeated" doc:"repeated: it was taken before, and nothing was done"`
	Changed int          `json:"changed" doc:"orders it said something new about"`
	Fetch   int          `json:"fetch,omitempty" doc:"orders that are asked for because of it"`
	Refused []HeardOrder `json:"refused,omitempty" doc:"orders that were kept and not followed, such as a revision that came late"`
}

// HeardOrder is why an order of a message was not followed.
type HeardOrder struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

func (s *Server) hooks() {
	direct[map[string]any](s, route{path: "/hooks/{company}/{channel}", tag: "channels", id: "take-hook", open: true,
		summary: "A message of a shop, signed as its connector wants it",
		about: "Answered when it is in the inbox; orders it only names are fetched afterwards. The same message again is answered 200 and does nothing. " +
			"Errors: 401 hook.signature, hook.stale; 404 channel.not_found, channel.no_hook; 409 channel.disabled; 413; 422 hook.unreadable and those of create-order."},
		(*call).takeHook)
}

func (c *call) takeHook() (Heard, error) {
	name := c.req.PathValue("channel")
	if c.Services = c.server.options.Companies(c.req.PathValue("company")); c.Services == nil {
		return Heard{}, fault.New(fault.NotFound, "channel.not_found", "there is no shop account %s", name).With("channel", name)
	}
	h, err := c.Channels.Hook(c.ctx, name, intake.Message{Header: c.req.Header.Get, Body: c.body}, time.Now())
	if err != nil {
		return Heard{}, err
	}
	out := Heard{Outcome: "taken", Changed: h.Changed, Fetch: h.Fetch}
	if h.Repeated {
		out.Outcome = "repeated"
	}
	if h.Fetch > 0 {
		c.status = http.StatusAccepted
	}
	for _, f := range h.Refused {
		out.Refused = append(out.Refused, HeardOrder{Code: f.Code, Text: sentence(f, c.lang())})
	}
	return out, nil
}
