package main

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"os"
	"time"

	"github.com/packhorse/packhorse/connect/sim/shop"
	"github.com/packhorse/packhorse/internal/clock"
)

type simShopCmd struct {
	Listen  string        `help:"Address." default:"127.0.0.1:9200"`
	Secret  string        `help:"Of both directions: whsec_ and at least 16 bytes in base64." default:"whsec_c2ltdWxhdGVkLXNob3Atc2VjcmV0" env:"PACKHORSE_SIM_SECRET"`
	Push    string        `help:"Where it sends its orders, such as http://127.0.0.1:8080/hooks/default/webshop; without, it is asked for them at /orders."`
	SKU     []string      `name:"sku" help:"What it sells; may be repeated." default:"TEA-100"`
	Every   time.Duration `help:"Business time between two orders; 0 sells only when asked at /sell." default:"1m"`
	Orders  int           `help:"Sell so many by itself, then no more; 0 is no limit." default:"0"`
	Cancels float64       `help:"Share of the orders whose customers change their minds, 0 to 1." default:"0"`
	Faults  float64       `help:"Share of calls that go wrong, 0 to 1: busy, broken, answers that are lost." default:"0"`
	Seed    uint64        `help:"Of customers and faults." default:"1"`
	Clock   string        `help:"Of the business: real, fixed:TIME or xN." default:"real"`
	JSON    bool          `name:"json" help:"Print the address as one JSON object."`
}

// Run serves until it is told to stop.
func (c *simShopCmd) Run(ctx context.Context) error {
	clk, err := clock.Parse(c.Clock)
	if err != nil {
		return err
	}
	to, err := url.Parse(c.Push)
	switch {
	case c.Faults < 0 || c.Faults > 1:
		return errors.New("--faults must be between 0 and 1")
	case c.Cancels < 0 || c.Cancels > 1:
		return errors.New("--cancels must be between 0 and 1")
	case c.Every < 0 || c.Orders < 0:
		return errors.New("--every and --orders cannot be below 0")
	case c.Every > 0 && clk.Standing():
		return errors.New("under a clock that stands no time passes between two orders: add --every 0s and ask it at /sell")
	case err != nil || c.Push != "" && (to.Host == "" || to.Scheme != "http" && to.Scheme != "https"):
		return errors.New("--push must be an address like http://127.0.0.1:8080/hooks/default/webshop")
	}
	s, err := shop.New(shop.Config{Seed: c.Seed, Clock: clk, Secret: c.Secret, SKUs: c.SKU, Every: c.Every, Orders: c.Orders, Cancels: c.Cancels, Faults: c.Faults, Push: c.Push})
	if err != nil {
		return err
	}
	go s.Run(ctx, slog.New(slog.NewTextHandler(os.Stderr, nil)))
	return simulate(ctx, "shop", c.Listen, c.JSON, s)
}
