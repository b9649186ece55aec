package aftersales_test

import (
	"context"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/packhorse/packhorse/connect/carrier/sim"
	server "github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/ship"
)

// simulated is a carrier of the simulator, and its adapter.
func simulated(t *testing.T, d *db.DB, cfg server.Config) ship.Carrier {
	t.Helper()
	cfg.Clock, cfg.AppKey, cfg.Secret = d.Clock(), "shop", "secret"
	s := httptest.NewServer(server.New(cfg))
	t.Cleanup(s.Close)
	c, err := sim.New(sim.Config{BaseURL: s.URL, AppKey: "shop", Secret: "secret", Timeout: 2 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// lossy loses answers after the carrier has acted.
type lossy struct {
	ship.Carrier
	books, finds, lose int
}

func (c *lossy) Book(ctx context.Context, r ship.BookRequest) (ship.Booking, error) {
	c.books++
	b, err := c.Carrier.Book(ctx, r)
	if c.lose > 0 {
		c.lose--
		return ship.Booking{}, ship.ErrUncertain
	}
	return b, err
}

func (c *lossy) Find(ctx context.Context, reference string) (ship.Booking, bool, error) {
	c.finds++
	return c.Carrier.Find(ctx, reference)
}
