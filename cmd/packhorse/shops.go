package main

import (
	"context"
	"time"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/connect/channel/vendure"
	"github.com/packhorse/packhorse/connect/channel/webhook"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/report"
)

// connectors are the kinds of shops that accounts can choose.
func connectors() map[string]intake.Connector {
	return map[string]intake.Connector{"webhook": webhook.New, "vendure": connector(vendure.New)}
}

// connector makes of a constructor that gives its own type one that gives any.
func connector[C intake.Channel](made func(intake.Settings) (C, error)) intake.Connector {
	return func(s intake.Settings) (intake.Channel, error) {
		c, err := made(s)
		if err != nil {
			return nil, err
		}
		return c, nil
	}
}

// wireShops makes what asks shops and tells them; it returns the jobs that do.
func (a *App) wireShops(d *db.DB) map[string]job.Handler {
	a.Channels = intake.NewChannels(d, a.Intake, connectors(), a.Installation.secrets)
	a.Report = report.New(d, a.Channels, a.Catalog, report.Settings{Origins: aftersales.Origins})
	return a.Report.Handlers()
}

// shopSteps are the steps that ask shops and tell them.
func (a *App) shopSteps() []step {
	return []step{
		{"pull-shops", []string{intake.Hinted, "channel.saved.v1"}, missedWake, a.Channels.Step, 0},
		{"follow-for-shops", nil, missedWake, a.Report.Follow, report.PageSize},
		{"stock-for-shops", nil, missedWake, a.Report.Stock, 0},
		{"uncollected", nil, 10 * time.Minute, a.Report.Watch, 0},
		{"forget-messages", nil, time.Hour, func(ctx context.Context) (int, error) { return 0, a.Channels.ForgetMessages(ctx) }, 0},
	}
}
