package main

import (
	"time"

	"github.com/packhorse/packhorse/api"
	"github.com/packhorse/packhorse/connect/message/smtp"
	"github.com/packhorse/packhorse/connect/message/webhook"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/internal/link"
	"github.com/packhorse/packhorse/notify"
	"github.com/packhorse/packhorse/web"
)

// wireTelling makes what tells customers and other programs. It has a worker of its own: a mail server or an endpoint
// that takes its time must not keep a label waiting.
func (a *App) wireTelling(d *db.DB, parallel int) error {
	conf := a.Installation.Config
	senders := map[string]notify.Sender{}
	if conf.SMTPURL != "" {
		mails, err := smtp.New(smtp.Config{URL: conf.SMTPURL, From: conf.SMTPFrom})
		if err != nil {
			return err
		}
		senders[notify.Email] = mails
	}
	a.Links = link.Maker{Company: a.Company.Name, Base: conf.PublicURL, Key: a.Installation.secrets}
	a.Notify = notify.New(d, notify.Settings{Senders: senders, Poster: webhook.New(webhook.Config{Private: conf.WebhookPrivate}),
		Company: a.Company.Name, Key: a.Installation.secrets, Public: conf.PublicURL, Tokens: web.Tokens(), Show: api.EventBody})
	a.telling = job.NewWorker(d, parallel, a.Notify.Handlers())
	return nil
}

// tellingSteps are what goes on by itself to tell what happened.
func (a *App) tellingSteps() []step {
	return []step{
		{"notify", nil, missedWake, a.Notify.Collect, 0},
		{"follow", nil, missedWake, a.Notify.Follow, 0},
		{"send", []string{job.Due}, missedWake, a.telling.Step, 0},
		{"forget-deliveries", nil, time.Hour, a.Notify.Forget, 0},
	}
}
