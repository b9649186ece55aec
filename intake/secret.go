package intake

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/seal"
)

// place is where the secret of an account stands: under another account's name it does not open.
func (a *Account) place() string { return "intake_channel.secret " + a.Name }

var (
	lockSecrets = db.NewSQL(`SELECT ` + accountColumns + ` FROM intake_channel WHERE secret <> '' ORDER BY id FOR UPDATE`)
	sealAccount = db.Change("intake_channel", "id bigint, secret text", 1, "secret = x.secret", "t.id = x.id")
)

// Sealed reports whether any account has a secret that was sealed, by whatever key.
func (s *Channels) Sealed(ctx context.Context) (sealed bool, err error) {
	list, err := s.List(ctx)
	for _, a := range list {
		sealed = sealed || seal.Sealed(a.secret)
	}
	return sealed, err
}

// SealSecrets seals what older versions wrote in the clear, and proves that all the others open. It returns how many it sealed.
// Faults: seal.missing, seal.wrong; those accounts that open work all the same.
func (s *Channels) SealSecrets(ctx context.Context) (sealed int, err error) {
	var wrong error
	err = s.db.Update(ctx, func(tx *db.Tx) error {
		sealed, wrong = 0, nil
		list, err := db.All(tx.Query(lockSecrets), scanAccount)
		for _, a := range list {
			secret, bad := s.key.Open(a.place(), a.secret)
			if bad == nil && !seal.Sealed(a.secret) {
				if a.secret, bad = s.key.Seal(a.place(), secret); bad == nil {
					tx.Put(sealAccount, a.ID, a.secret)
					sealed++
				}
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
