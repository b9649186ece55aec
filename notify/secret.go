package notify

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/seal"
)

// sealPlace is where the secrets of an endpoint stand: at another endpoint they do not open.
func (e *Endpoint) sealPlace() string {
	return "notify_endpoint.secret " + id.Show(EndpointPrefix, e.ID)
}

// sealSeconds is how long a delivery waits, in wall time, whose secret cannot be read: somebody has to bring the key.
const sealSeconds = int64(600)

// secrets are what a delivery is signed with, the newest first. Faults: seal.missing, seal.wrong, with the seconds after which
// to look again.
func (s *Service) secrets(e *Endpoint, now int64) (list []string, err error) {
	texts := []string{e.secret}
	if e.old != "" && now < e.oldUntil {
		texts = append(texts, e.old)
	}
	for _, text := range texts {
		secret, err := s.set.Key.Open(e.sealPlace(), text)
		if err != nil {
			return nil, fault.New(fault.TooMany, fault.Code(err), "%s", err.Error()).With("seconds", sealSeconds)
		}
		list = append(list, secret)
	}
	return list, nil
}

var lockEndpoints = db.NewSQL(`SELECT ` + endpointColumns + ` FROM notify_endpoint ORDER BY id FOR UPDATE`)

// Sealed reports whether any endpoint has a secret that was sealed, by whatever key.
func (s *Service) Sealed(ctx context.Context) (sealed bool, err error) {
	list, err := s.Endpoints(ctx)
	for _, e := range list {
		sealed = sealed || seal.Sealed(e.secret) || seal.Sealed(e.old)
	}
	return sealed, err
}

// SealSecrets seals what older versions wrote in the clear, and proves that all the others open. It returns how many endpoints it
// sealed. Faults: seal.missing, seal.wrong; those endpoints that open are told all the same.
func (s *Service) SealSecrets(ctx context.Context) (sealed int, err error) {
	var wrong error
	err = s.db.Update(ctx, func(tx *db.Tx) error {
		sealed, wrong = 0, nil
		list, err := db.All(tx.Query(lockEndpoints), scanEndpoint)
		for _, e := range list {
			changed, bad := s.sealOne(e)
			if changed {
				e.save(tx)
				sealed++
			}
			if bad != nil && wrong == nil {
				wrong = bad
			}
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	return sealed, wrong
}

// sealOne seals both secrets of an endpoint where they are in the clear.
func (s *Service) sealOne(e *Endpoint) (changed bool, err error) {
	for _, text := range []*string{&e.secret, &e.old} {
		secret, bad := s.set.Key.Open(e.sealPlace(), *text)
		if bad == nil && secret != "" && !seal.Sealed(*text) {
			var sealed string
			if sealed, bad = s.set.Key.Seal(e.sealPlace(), secret); bad == nil {
				*text, changed = sealed, true
			}
		}
		if bad != nil {
			err = bad
		}
	}
	return changed, err
}
