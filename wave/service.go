package wave

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/warehouse"
)

// Service holds the use cases of templates and the list of waves. Releasing is pick's.
type Service struct{ db *db.DB }

// New makes the service.
func New(d *db.DB) *Service { return &Service{db: d} }

// SaveTemplate creates a template (ID 0) or makes a known one say what t says, and returns it as it is stored. actor is
// who asks, as in events; once may be nil. Faults: wave.node, wave.template_not_found, and those of a field that holds
// what it must not.
func (s *Service) SaveTemplate(ctx context.Context, once *db.Once, actor string, t Template) (Template, error) {
	t.Carriers, t.Zones, t.LabelAt = tidy(t.Carriers), tidy(t.Zones), cmp.Or(t.LabelAt, AtCheck)
	if f := t.validate(); f != nil {
		return Template{}, f
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Template, error) {
		if err := exists(tx, t); err != nil {
			return Template{}, err
		}
		saved := t // the transaction may run more than once
		if saved.ID == 0 {
			saved.ID = tx.NewID()
		}
		return saved, save(tx, actor, saved)
	})
}

// EnableTemplate switches a template on or off. Fault: wave.template_not_found.
func (s *Service) EnableTemplate(ctx context.Context, once *db.Once, actor string, key int64, enabled bool) (Template, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Template, error) {
		t, err := one(tx, lockTemplate, key)
		if err != nil || t.Enabled == enabled {
			return t, err
		}
		t.Enabled = enabled
		return t, save(tx, actor, t)
	})
}

func exists(tx *db.Tx, t Template) error {
	if t.ID != 0 {
		if _, err := one(tx, lockTemplate, t.ID); err != nil {
			return err
		}
	}
	return nodeExists(tx, t.NodeID)
}

func nodeExists(tx *db.Tx, key int64) error {
	nodes, err := warehouse.Nodes(tx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(nodes, func(n warehouse.Node) bool { return n.ID == key }) {
		return fault.Invalidf("node", "wave.node", "there is no such warehouse; name one that exists")
	}
	return nil
}

func save(tx *db.Tx, actor string, t Template) error {
	writeTemplate(tx, t)
	tx.Emit(db.Event{Kind: "wave.template_saved.v1", Subject: t.ID, Actor: actor,
		Params: map[string]any{"name": t.Name, "enabled": t.Enabled}})
	return nil
}

// Templates lists all templates, oldest first.
func (s *Service) Templates(ctx context.Context) (list []Template, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		list, err = db.All(tx.Query(selTemplates), readTemplate)
		return err
	})
	return list, err
}

// Waves lists waves, newest first, of one node or (0) of all, behind a wave id (0 = from the newest).
func (s *Service) Waves(ctx context.Context, node, before int64, limit int) (list []Wave, err error) {
	if before == 0 {
		before = math.MaxInt64
	}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		list, err = db.All(tx.Query(selWaves, before, node, limit), readWave)
		return err
	})
	return list, err
}
