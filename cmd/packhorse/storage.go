package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/packhorse/packhorse/api"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// explain makes a full disk a fault, and remembers it: until a write works again the installation is not ready.
func (in *Installation) explain(err error) error {
	switch _, said := fault.As(err); {
	case err == nil || errors.Is(err, api.ErrStorageFull):
		return err
	case db.Full(err):
		in.full.Store(true)
		return fmt.Errorf("%w: %w", api.ErrStorageFull, err)
	case db.Away(err) && !said:
		return fmt.Errorf("%w: %w", api.ErrStorageAway, err)
	}
	return err
}

// probeEvery is how often, in wall time, a server that is asked whether it is ready tries to write.
const probeEvery = 30 * time.Second

// room reports whether the companies can be written to. It tries when that was not known for a while, and each time after
// the disk was full, and writes the least there is: an idempotency key, which is forgotten with the others.
func (in *Installation) room(ctx context.Context, apps map[string]*App) error {
	now, last := time.Now().UnixNano(), in.probed.Load()
	if !in.full.Swap(false) && now-last < int64(probeEvery) {
		return nil
	}
	in.probed.Store(now)
	for _, a := range apps {
		key := db.Once{Key: fmt.Sprintf("readyz/%d", a.DB.NewID())}
		_, err := db.Command(ctx, a.DB, &key, func(*db.Tx) (bool, error) { return true, nil })
		if err != nil {
			in.probed.Store(0) // look again at once
			return in.explain(err)
		}
	}
	return nil
}
