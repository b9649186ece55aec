package main

import (
	"context"
	"time"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/ship"
)

// wireAfterSales makes what takes goods and money back; it returns the jobs that ask carriers and shops.
func (a *App) wireAfterSales(d *db.DB, carriers map[string]ship.Carrier) map[string]job.Handler {
	a.AfterSales = aftersales.New(d, a.Intake, carriers, aftersales.Settings{Refunder: a.refunder, Logins: a.Logins, Currency: a.Currency})
	return a.AfterSales.Handlers()
}

// refunder finds the connector that sold an order, if it can carry refunds out. An account that is switched off cannot.
func (a *App) refunder(ctx context.Context, channel, shop string) (intake.Refunder, error) {
	accounts, err := a.Channels.List(ctx)
	if err != nil {
		return nil, err
	}
	for _, account := range accounts {
		if account.Name != channel || account.Shop != shop || !account.Enabled {
			continue
		}
		c, err := a.Channels.Connector(account)
		if err != nil {
			return nil, err
		}
		pays, _ := c.(intake.Refunder)
		return pays, nil
	}
	return nil, nil
}

// afterSalesSteps are the steps that end the waiting for goods.
func (a *App) afterSalesSteps() []step {
	return []step{{"lapse-returns", nil, time.Hour, a.AfterSales.LapseStep, 0}}
}
