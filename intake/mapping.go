package intake

import (
	"context"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Called is what a channel calls goods.
type Called struct{ Channel, Code string }

// Mapping says which of our SKUs a channel means by a code that the catalogue does not have.
type Mapping struct {
	Called
	SKU   int64
	At    int64 // when it was said, UTC microseconds
	Actor string
}

const longestCode = 200 // of a code, in characters

var (
	putMapping = db.Upsert("intake_mapping", "channel text, code text, sku_id bigint, at bigint, actor text", 2,
		"sku_id = excluded.sku_id, at = excluded.at, actor = excluded.actor")
	delMapping  = db.NewSQL(`DELETE FROM intake_mapping WHERE channel = $1 AND code = $2`)
	selMeant    = db.NewSQL(`SELECT channel, code, sku_id, at, actor FROM intake_mapping WHERE channel = ANY($1) AND code = ANY($2)`)
	selMappings = db.NewSQL(`SELECT channel, code, sku_id, at, actor FROM intake_mapping WHERE channel = $1 AND code > $2 ORDER BY code LIMIT $3`)
)

func scanMapping(r *db.Rows) (m Mapping) {
	r.Scan(&m.Channel, &m.Code, &m.SKU, &m.At, &m.Actor)
	return m
}

// Mappings lists what was said of a channel, by code behind one.
func Mappings(tx *db.Tx, channel, after string, limit int) ([]Mapping, error) {
	return db.All(tx.Query(selMappings, channel, after, limit), scanMapping)
}

// Meanings says which SKUs channels mean. What nobody has said is missing from the map.
func Meanings(tx *db.Tx, list []Called) (map[Called]int64, error) {
	out := map[Called]int64{}
	if len(list) == 0 {
		return out, nil
	}
	var channels, codes []string
	for _, c := range list {
		channels, codes = append(channels, c.Channel), append(codes, c.Code)
	}
	slices.Sort(channels)
	slices.Sort(codes)
	found, err := db.All(tx.Query(selMeant, slices.Compact(channels), slices.Compact(codes)), scanMapping)
	for _, m := range found {
		out[m.Called] = m.SKU
	}
	return out, err
}

// SaveMapping says what a channel means from now on; orders that wait for it go back to the rules (review.Recheck). once may be nil. Faults:
// intake.mapping_code, intake.mapping_known for a code of the catalogue, intake.mapping_sku.
func (s *Service) SaveMapping(ctx context.Context, once *db.Once, actor string, m Mapping) (Mapping, error) {
	if n := utf8.RuneCountInString(m.Code); m.Channel == "" || n == 0 || n > longestCode || strings.ContainsFunc(m.Code+m.Channel, unicode.IsControl) {
		return Mapping{}, fault.Invalidf("code", "intake.mapping_code", "say the channel, and its code in 1 to %d characters", longestCode).With("max", longestCode)
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Mapping, error) {
		known, err := catalog.ByCodes(tx, []string{m.Code})
		if err != nil {
			return Mapping{}, err
		}
		if _, ours := known[m.Code]; ours {
			return Mapping{}, fault.New(fault.Conflict, "intake.mapping_known", "%s is a SKU of the catalogue, and means that", m.Code).With("code", m.Code)
		}
		skus, err := catalog.ByIDs(tx, []int64{m.SKU})
		if err != nil {
			return Mapping{}, err
		}
		sku, ok := skus[m.SKU]
		if !ok {
			return Mapping{}, fault.Invalidf("sku", "intake.mapping_sku", "there is no such SKU; choose one of the catalogue")
		}
		m.At, m.Actor = tx.Micros(), actor
		tx.Put(putMapping, m.Channel, m.Code, m.SKU, m.At, m.Actor)
		tx.Emit(db.Event{Kind: "intake.mapped.v1", Subject: m.SKU, Actor: actor, Params: map[string]any{"channel": m.Channel, "called": m.Code, "sku": sku.Code}})
		return m, nil
	})
}

// RemoveMapping forgets what a channel means by a code; orders that have their SKU keep it. once may be nil. Fault: intake.mapping_unknown.
func (s *Service) RemoveMapping(ctx context.Context, once *db.Once, actor string, c Called) error {
	_, err := db.Command(ctx, s.db, once, func(tx *db.Tx) (struct{}, error) {
		gone, err := tx.Exec(delMapping, c.Channel, c.Code)
		if err == nil && gone == 0 {
			err = fault.New(fault.NotFound, "intake.mapping_unknown", "nothing is said of %s at %s", c.Code, c.Channel).With("code", c.Code).With("channel", c.Channel)
		}
		if err == nil {
			tx.Emit(db.Event{Kind: "intake.unmapped.v1", Actor: actor, Params: map[string]any{"channel": c.Channel, "called": c.Code}})
		}
		return struct{}{}, err
	})
	return err
}

// learnMeanings asks what channels mean by the codes of a round that the catalogue does not have.
func (r *round) learnMeanings() (err error) {
	var unknown []Called
	for _, it := range r.items {
		for _, l := range it.said.order.Lines {
			if _, ok := r.skus[l.SKU]; !ok && (it.step == stepCreate || it.step == stepChange) {
				unknown = append(unknown, Called{it.said.order.Channel, l.SKU})
			}
		}
	}
	r.meant, err = Meanings(r.tx, unknown)
	return err
}

// skusOf are the SKUs by the codes of a channel.
func (r *round) skusOf(channel string) map[string]catalog.SKU {
	if len(r.meant) == 0 {
		return r.skus
	}
	own := maps.Clone(r.skus)
	for c, sku := range r.meant {
		if c.Channel == channel {
			own[c.Code] = catalog.SKU{ID: sku, Code: c.Code}
		}
	}
	return own
}
