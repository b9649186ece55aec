package main

import (
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/internal/words"
)

// A company has lived, and a reader asks the API about everything that happened.
func TestWhatPeopleReadOfALivedCompanyIsSentences(t *testing.T) {
	c := demoCmd{Orders: 120, Seed: 1, Exit: true, anyPort: true, out: io.Discard, Lang: "en", node: 61}
	w, err := c.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	if err := c.drive(t.Context(), w); err != nil {
		t.Fatal(err)
	}
	r := reader{t: t, w: w, kinds: map[string]bool{}}
	for _, lang := range words.Languages {
		for _, order := range r.orders() {
			r.timeline(lang, order)
			r.order(lang, order)
		}
	}
	if len(r.kinds) < 15 {
		t.Errorf("only %d kinds of events were read: %v", len(r.kinds), r.kinds)
	}
	r.feed()
}

// reader asks the API of a demo.
type reader struct {
	t     *testing.T
	w     *world
	kinds map[string]bool
}

func (r *reader) get(lang, path string, into any) {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), http.MethodGet, r.w.url+path, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+r.w.app.First.Key)
	req.Header.Set("Accept-Language", lang)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	if err := json.NewDecoder(res.Body).Decode(into); err != nil || res.StatusCode != http.StatusOK {
		r.t.Fatalf("%s: %d %v", path, res.StatusCode, err)
	}
}

func (r *reader) orders() (list []string) {
	for cursor := ""; ; {
		var page struct {
			Orders []struct {
				ID string `json:"id"`
			} `json:"orders"`
			Next string `json:"next_cursor"`
		}
		r.get("en", "/v1/orders?limit=100&cursor="+cursor, &page)
		for _, o := range page.Orders {
			list = append(list, o.ID)
		}
		if cursor = page.Next; cursor == "" {
			return list
		}
	}
}

func (r *reader) timeline(lang, order string) {
	var line struct {
		Events []struct {
			Kind string `json:"kind"`
			Text string `json:"text"`
		} `json:"events"`
	}
	r.get(lang, "/v1/orders/"+order+"/timeline", &line)
	for _, e := range line.Events {
		r.kinds[e.Kind] = true
		r.sentence(lang, e.Kind, e.Text)
	}
}

func (r *reader) order(lang, order string) {
	var o struct {
		Standing struct {
			Label string `json:"label_text"`
			Why   string `json:"why_text"`
			Next  string `json:"next_text"`
		} `json:"standing"`
		Holds []struct {
			Reason string `json:"reason"`
			Text   string `json:"text"`
		} `json:"holds"`
	}
	r.get(lang, "/v1/orders/"+order, &o)
	r.sentence(lang, "label", o.Standing.Label)
	r.sentence(lang, "why", o.Standing.Why)
	r.sentence(lang, "next", o.Standing.Next)
	for _, h := range o.Holds {
		r.sentence(lang, h.Reason, h.Text)
	}
}

var (
	rawCode  = regexp.MustCompile(`\b[a-z]+(_[a-z]+)*\.[a-z_.]*[a-z]\b|\b[a-z]+(_[a-z]+)+\b`)
	thing    = regexp.MustCompile(`\b(ord|ful|tsk|cnt|shp|par|hld|wav)_[0-9a-z]+`)
	unfilled = regexp.MustCompile(`\{[^}]*\}`)
	oneOfMny = regexp.MustCompile(`\b1 (units|orders|lines|parcels|reasons|rules|days|hours|times)\b`)
)

// sentence fails for a text that shows how it was made.
func (r *reader) sentence(lang, of, text string) {
	r.t.Helper()
	bare := thing.ReplaceAllString(text, "")
	switch {
	case text == "":
		r.t.Errorf("%s: %s says nothing", lang, of)
	case rawCode.MatchString(bare) || unfilled.MatchString(bare) || oneOfMny.MatchString(bare) || strings.ContainsAny(text, "|"):
		r.t.Errorf("%s: %s reads %q", lang, of, text)
	}
}

var longNumber = regexp.MustCompile(`[:\[,]\s*\d{17,}`)

// feed reads the whole log: a number that JavaScript cannot hold exactly is an id that was lost on the way.
func (r *reader) feed() {
	var page struct {
		Events []struct {
			Kind   string          `json:"kind"`
			Params json.RawMessage `json:"params"`
		} `json:"events"`
		Next string `json:"next_cursor"`
	}
	for after := ""; ; after = page.Next {
		page.Events = nil
		r.get("en", "/v1/events?limit=500&after="+after, &page)
		for _, e := range page.Events {
			if longNumber.Match(e.Params) {
				r.t.Errorf("%s: %s", e.Kind, e.Params)
				return
			}
		}
		if len(page.Events) == 0 {
			return
		}
	}
}
