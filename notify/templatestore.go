package notify

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/words"
)

var (
	insTemplate = db.Insert("notify_template", "notice text, channel text, language text, version bigint, subject text, body text, html text, created_at bigint, created_by text")
	selTemplate = db.NewSQL(`SELECT notice, channel, language, version, subject, body, html FROM notify_template
	  WHERE notice = $1 AND channel = $2 AND language = $3 ORDER BY notice, channel, language, version DESC LIMIT $4`)
)

func scanTemplate(r *db.Rows) (t Template) {
	var notice string
	r.Scan(&notice, &t.Channel, &t.Language, &t.Version, &t.Subject, &t.Body, &t.HTML)
	t.Notice = Notice(notice)
	return t
}

// templateOf is the text that holds now: the newest version of the shop, or else the built-in one. A version without any
// text stands for the built-in one.
func templateOf(tx *db.Tx, n Notice, channel, language string) (Template, error) {
	saved, err := db.All(tx.Query(selTemplate, string(n), channel, language, 1), scanTemplate)
	if err != nil {
		return Template{}, err
	}
	if len(saved) == 1 && saved[0].Subject != "" {
		return saved[0], nil
	}
	t, err := builtin(n, channel, language)
	if len(saved) == 1 {
		t.Version = saved[0].Version
	}
	return t, err
}

// Templates lists the text that holds now of every notice, channel and language.
func (s *Service) Templates(ctx context.Context) (list []Template, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		list = nil
		for _, n := range Notices {
			for _, c := range Channels {
				for _, l := range words.Languages {
					t, err := templateOf(tx, n, c, l)
					if err != nil {
						return err
					}
					list = append(list, t)
				}
			}
		}
		return nil
	})
	return list, err
}

// TemplateVersions lists what the shop saved of one text, the newest first.
func (s *Service) TemplateVersions(ctx context.Context, n Notice, channel, language string, limit int) (list []Template, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		list, err = db.All(tx.Query(selTemplate, string(n), channel, language, limit), scanTemplate)
		return err
	})
	return list, err
}

// SaveTemplate adds a version, which holds for every message sent from now on; one without subject, body and HTML brings
// the built-in text back. Faults: those of a text that cannot be rendered (notify.template_…).
func (s *Service) SaveTemplate(ctx context.Context, once *db.Once, actor string, t Template) (Template, error) {
	back := t.Subject == "" && t.Body == "" && t.HTML == ""
	checked := t
	if back {
		checked.Subject = "-"
	}
	if err := checked.check(); err != nil {
		return Template{}, err
	}
	saved, err := db.Command(ctx, s.db, once, func(tx *db.Tx) (Template, error) {
		have, err := templateOf(tx, t.Notice, t.Channel, t.Language)
		if err != nil {
			return Template{}, err
		}
		t.Version = have.Version + 1
		tx.Put(insTemplate, string(t.Notice), t.Channel, t.Language, t.Version, t.Subject, t.Body, t.HTML, tx.Micros(), actor)
		tx.Emit(db.Event{Kind: "notify.template_saved.v1", Actor: actor,
			Params: map[string]any{"notice": t.Notice, "channel": t.Channel, "language": t.Language, "version": t.Version}})
		return t, nil
	})
	if db.Duplicate(err) {
		return Template{}, db.ErrGuard // somebody saved the same text at the same moment
	}
	return saved, err
}

// sample is a made-up order.
var sample = map[string]string{"name": "王芳", "order_no": "W-1001", "shop": "Packhorse", "goods": "绿茶 × 2",
	"carrier": "ZTO", "waybill": "ZT20260302001", "date": "2026-03-05", "amount": "35.00 CNY", "link": "https://shop.example/track/default/0"}

// Preview renders a text with made-up values, without saving it. Faults: as SaveTemplate.
func (s *Service) Preview(t Template) (Rendered, error) {
	if err := t.check(); err != nil {
		return Rendered{}, err
	}
	return s.tried(t, sample)
}
