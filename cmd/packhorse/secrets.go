package main

import (
	"context"
	"path/filepath"

	"github.com/packhorse/packhorse/internal/config"
	"github.com/packhorse/packhorse/internal/seal"
)

// secretFile is the key of the secrets in a data folder. It is in no database and no back-up.
const secretFile = "secret.key"

// secretKey is the key that secrets are sealed with: that of the settings, or of the data folder. It may be absent. A file that
// is no key is told, and counts as absent: everything that needs none goes on.
func (in *Installation) secretKey() (*seal.Key, error) {
	if in.Config.SecretKey != "" {
		return seal.Parse(in.Config.SecretKey)
	}
	if in.Config.Data == "" {
		return &seal.Key{}, nil
	}
	k, err := seal.Load(keyPath(in.Config))
	if err != nil {
		in.Log.Error("the key of the secrets cannot be read; put the right file back and start again", "error", err)
		return &seal.Key{}, nil
	}
	return k, nil
}

func keyPath(cfg config.Config) string { return filepath.Join(cfg.Data, secretFile) }

// keepSecrets makes the key of a data folder that has sealed nothing yet, seals what older versions wrote in the clear, and
// tells when secrets do not open. Where the key is missing or wrong, only what needs those secrets stands still.
func (in *Installation) keepSecrets(ctx context.Context, apps ...*App) error {
	sealed := false
	for _, a := range apps {
		shops, err := a.Channels.Sealed(ctx)
		if err != nil {
			return err
		}
		endpoints, err := a.Notify.Sealed(ctx)
		if err != nil {
			return err
		}
		carriers, err := a.Logins.Sealed(ctx)
		if err != nil {
			return err
		}
		sealed = sealed || shops || endpoints || carriers
	}
	if !in.secrets.Present() && !sealed && in.Config.Data != "" {
		made, err := seal.Make(keyPath(in.Config))
		if err != nil {
			in.Log.Error("the key of the secrets cannot be made", "error", err)
			return nil
		}
		*in.secrets = *made
	}
	for _, a := range apps {
		shops, wrong := a.Channels.SealSecrets(ctx)
		endpoints, also := a.Notify.SealSecrets(ctx)
		if wrong == nil {
			wrong = also
		}
		if wrong != nil {
			in.Log.Error("secrets cannot be used", "company", a.Company.Name, "error", wrong)
		}
		if n := shops + endpoints; n > 0 {
			in.Log.Info("secrets of an older version were sealed", "company", a.Company.Name, "count", n)
		}
	}
	return nil
}
