package notify

import (
	"html/template"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/internal/seal"
)

// Settings are what does not change while the process runs.
type Settings struct {
	Senders map[string]Sender // by channel; a channel without one reaches nobody
	Poster  Poster            // nil = webhooks are not sent
	Company string            // its name, for public addresses and as the source of events
	Public  string            // address under which customers reach this server, "https://shop.example"; empty = no links
	Key     *seal.Key         // what the secrets of endpoints are sealed with, and links to customers' pages are signed
	Tokens  string            // colours of the customers' pages, as CSS, for mails
	// Show renders an event as the API shows it.
	Show func(db.Fact) []byte
}

// Service holds the use cases of telling.
type Service struct {
	db   *db.DB
	set  Settings
	page *template.Template // of mails
}

// New makes the service.
func New(d *db.DB, set Settings) *Service {
	s := &Service{d, set, mailPage(set.Tokens)}
	d.Follow("notify", s.collectPlace)
	d.Follow("webhooks", s.endpointPlaces)
	return s
}

// Handlers are the jobs that send, by kind.
func (s *Service) Handlers() map[string]job.Handler {
	return map[string]job.Handler{sendJob: s.runSend, postJob: s.runPost}
}

// wallSeconds turns a span of business time into the whole seconds to wait for it, for a job that is put off.
func (s *Service) wallSeconds(d time.Duration) int64 {
	if !s.db.Clock().Standing() {
		d = s.db.Clock().Wall(d)
	}
	return int64((d + time.Second - 1) / time.Second)
}
