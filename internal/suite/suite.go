// Package suite plays the chapters of a contract against whatever claims to fill it. The contracts themselves, with
// what stands in their chapters, are in carriertest, channeltest and sendertest.
package suite

import (
	"context"
	"testing"
	"time"
)

// Chapter is one promise. Play returns what went wrong instead of failing a test, so that a suite can itself be tested on
// benches that break one promise each.
type Chapter[Bench any] struct {
	Name string
	Play func(ctx context.Context, b Bench) error
}

// Run plays every chapter against a bench of its own: no chapter sees what another has done. without names those that a
// bench cannot play, each with the reason; Run fails when it names one that there is not. longest is how long a chapter may
// take, in wall time.
func Run[Bench any](t *testing.T, chapters []Chapter[Bench], longest time.Duration, factory func(t *testing.T) Bench, without func(Bench) map[string]string) {
	known := map[string]bool{}
	for _, c := range chapters {
		known[c.Name] = true
		t.Run(c.Name, func(t *testing.T) {
			b := factory(t)
			if reason, ok := without(b)[c.Name]; ok {
				t.Skip(reason)
			}
			ctx, cancel := context.WithTimeout(t.Context(), longest)
			defer cancel()
			if err := c.Play(ctx, b); err != nil {
				t.Fatal(err)
			}
		})
	}
	for name := range without(factory(t)) {
		if !known[name] {
			t.Errorf("Without names the chapter %q, which does not exist", name)
		}
	}
}
