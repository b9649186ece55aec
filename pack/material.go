package pack

import (
	"context"
	"strings"
	"unicode"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/pack/carton"
)

// Own stands in place of a carton: the goods travel in the packaging they came in.
const Own = "own"

// Carton is a type of packaging. Sizes are inner ones; walls count as nothing.
type Carton struct {
	Code    string
	Kind    carton.Kind
	MM      [3]int64 // length, width, height
	MaxG    int64    // gross; 0 = no limit
	TareG   int64
	Cost    int64 // of one, minor units
	Enabled bool  // is it proposed
}

// usual is what most packing benches in China have: numbered postal boxes and courier bags. It holds until the first
// carton is saved.
var usual = []Carton{
	{"M1", carton.Mailer, [3]int64{280, 200, 30}, 1500, 15, 25, true},
	{"M2", carton.Mailer, [3]int64{380, 280, 60}, 3000, 25, 40, true},
	{"M3", carton.Mailer, [3]int64{500, 400, 100}, 5000, 45, 70, true},
	{"B1", carton.Box, [3]int64{180, 120, 80}, 3000, 60, 60, true},
	{"B2", carton.Box, [3]int64{230, 160, 120}, 5000, 95, 85, true},
	{"B3", carton.Box, [3]int64{290, 200, 150}, 8000, 150, 120, true},
	{"B4", carton.Box, [3]int64{350, 250, 180}, 12000, 230, 165, true},
	{"B5", carton.Box, [3]int64{420, 310, 240}, 18000, 350, 230, true},
	{"B6", carton.Box, [3]int64{530, 380, 290}, 25000, 520, 330, true},
	{"B7", carton.Box, [3]int64{680, 480, 400}, 30000, 840, 490, true},
}

var (
	selCartons = db.NewSQL(`SELECT code, kind, length_mm, width_mm, height_mm, max_g, tare_g, cost, enabled FROM pack_carton ORDER BY code`)
	putCarton  = db.Upsert("pack_carton", "code text, kind text, length_mm bigint, width_mm bigint, height_mm bigint, max_g bigint, tare_g bigint, cost bigint, enabled boolean", 1,
		"kind = excluded.kind, length_mm = excluded.length_mm, width_mm = excluded.width_mm, height_mm = excluded.height_mm, "+
			"max_g = excluded.max_g, tare_g = excluded.tare_g, cost = excluded.cost, enabled = excluded.enabled")
)

// Cartons lists the packaging by code, or the usual range where none was ever saved.
func Cartons(tx *db.Tx) ([]Carton, error) {
	list, err := stored(tx)
	if err == nil && len(list) == 0 {
		list = append(list, usual...)
	}
	return list, err
}

func stored(tx *db.Tx) ([]Carton, error) {
	return db.All(tx.Query(selCartons), func(r *db.Rows) (c Carton) {
		var kind string
		r.Scan(&c.Code, &kind, &c.MM[0], &c.MM[1], &c.MM[2], &c.MaxG, &c.TareG, &c.Cost, &c.Enabled)
		c.Kind = carton.Kind(kind)
		return c
	})
}

// SaveCarton adds a carton or makes the one with its code say what c says. The first one saved brings the usual
// range with it, so that nothing disappears. Faults: pack.carton_code, pack.carton_kind, pack.carton_size.
func (s *Service) SaveCarton(ctx context.Context, once *db.Once, actor string, c Carton) error {
	if f := c.mistake(); f != nil {
		return f
	}
	_, err := db.Command(ctx, s.db, once, func(tx *db.Tx) (struct{}, error) {
		had, err := stored(tx)
		if err != nil {
			return struct{}{}, err
		}
		if len(had) == 0 {
			for _, u := range usual {
				u.put(tx)
			}
		}
		c.put(tx)
		tx.Emit(db.Event{Kind: "pack.carton_saved.v1", Actor: actor, Params: map[string]any{"carton": c.Code}})
		return struct{}{}, nil
	})
	return err
}

func (c Carton) put(tx *db.Tx) {
	forgetBench(tx)
	tx.Put(putCarton, c.Code, string(c.Kind), c.MM[0], c.MM[1], c.MM[2], c.MaxG, c.TareG, c.Cost, c.Enabled)
}

// The largest carton is a pallet.
const (
	maxMM = 3_000
	maxG  = 2_000_000
)

func (c Carton) mistake() error {
	switch {
	case c.Code == "" || c.Code == Own || len(c.Code) > 40 || strings.ContainsFunc(c.Code, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }):
		return fault.Invalidf("code", "pack.carton_code", "%q cannot be the code of a carton: up to 40 characters without space, and not %q", c.Code, Own).
			With("value", c.Code)
	case c.Kind != carton.Box && c.Kind != carton.Mailer:
		return fault.Invalidf("kind", "pack.carton_kind", "%q is neither box nor mailer", c.Kind).With("value", string(c.Kind))
	case min(c.MM[0], c.MM[1], c.MM[2]) < 1 || max(c.MM[0], c.MM[1], c.MM[2]) > maxMM,
		c.MaxG < 0 || c.MaxG > maxG || c.TareG < 0 || c.TareG > maxG || c.MaxG > 0 && c.TareG >= c.MaxG,
		c.Cost < 0 || c.Cost > money.MaxMinor:
		return fault.Invalidf("inner_mm", "pack.carton_size", "the sizes of carton %s must be between 1 and %d mm, its tare below its limit of weight, its cost not negative", c.Code, maxMM).
			With("carton", c.Code).With("max", maxMM)
	}
	return nil
}
