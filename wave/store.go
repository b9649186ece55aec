package wave

import (
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
)

// Prefixes of the ids people see.
const (
	Prefix         = "wav"
	TemplatePrefix = "wtp"
)

// Wave is what was released together.
type Wave struct {
	ID         int64
	NodeID     int64
	TemplateID int64 // 0 = put together by hand
	Method     string
	Orders     int64 // fulfilments in it
	Lines      int64 // pick lines in it
	CutoffAt   int64 // UTC microseconds; 0 = for no cut-off
	ReleasedAt int64
	ReleasedBy string

	// Predicted when it was released; 0 = the locations have no coordinates, or it is older than predictions.
	Metres       int64 // of all its walks
	PlainMetres  int64 // had every fulfilment been walked for by itself
	Seconds      int64 // walking, finding, taking, sorting
	PlainSeconds int64
}

const (
	templateColumns = `id, node_id, name, method, carriers, zones, minutes_before_cutoff, max_orders, enabled, label_at`
	waveColumns     = `id, node_id, template_id, method, orders, lines, cutoff_at, released_at, released_by, metres, plain_metres, seconds, plain_seconds`
)

var (
	putTemplate = db.Upsert("wave_template", "id bigint, node_id bigint, name text, method text, carriers text, zones text, minutes_before_cutoff bigint, max_orders bigint, enabled boolean, label_at text", 1,
		"node_id = excluded.node_id, name = excluded.name, method = excluded.method, carriers = excluded.carriers, zones = excluded.zones, "+
			"minutes_before_cutoff = excluded.minutes_before_cutoff, max_orders = excluded.max_orders, enabled = excluded.enabled, label_at = excluded.label_at")
	insWave = db.Insert("wave_wave", "id bigint, node_id bigint, template_id bigint, method text, orders bigint, lines bigint, cutoff_at bigint, released_at bigint, released_by text, metres bigint, plain_metres bigint, seconds bigint, plain_seconds bigint")

	selTemplates = db.NewSQL(`SELECT ` + templateColumns + ` FROM wave_template ORDER BY id`)
	selTemplate  = db.NewSQL(`SELECT ` + templateColumns + ` FROM wave_template WHERE id = $1`)
	lockTemplate = db.NewSQL(`SELECT ` + templateColumns + ` FROM wave_template WHERE id = $1 FOR UPDATE`)
	selWave      = db.NewSQL(`SELECT ` + waveColumns + ` FROM wave_wave WHERE id = $1`)
	selWaves     = db.NewSQL(`SELECT ` + waveColumns + ` FROM wave_wave WHERE id < $1 AND (node_id = $2 OR $2 = 0) ORDER BY id DESC LIMIT $3`)
)

func readTemplate(r *db.Rows) (t Template) {
	var carriers, zones string
	r.Scan(&t.ID, &t.NodeID, &t.Name, &t.Method, &carriers, &zones, &t.MinutesBeforeCutoff, &t.MaxOrders, &t.Enabled, &t.LabelAt)
	t.Carriers, t.Zones = split(carriers), split(zones)
	return t
}

func split(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ";")
}

func writeTemplate(tx *db.Tx, t Template) {
	tx.Put(putTemplate, t.ID, t.NodeID, t.Name, t.Method, strings.Join(t.Carriers, ";"), strings.Join(t.Zones, ";"),
		t.MinutesBeforeCutoff, t.MaxOrders, t.Enabled, t.LabelAt)
}

func readWave(r *db.Rows) (w Wave) {
	r.Scan(&w.ID, &w.NodeID, &w.TemplateID, &w.Method, &w.Orders, &w.Lines, &w.CutoffAt, &w.ReleasedAt, &w.ReleasedBy,
		&w.Metres, &w.PlainMetres, &w.Seconds, &w.PlainSeconds)
	return w
}

// Record writes a wave. Its id was made by the caller, who needs it in the fulfilments; the moment is the transaction's.
func Record(tx *db.Tx, w Wave) {
	tx.Put(insWave, w.ID, w.NodeID, w.TemplateID, w.Method, w.Orders, w.Lines, w.CutoffAt, tx.Micros(), w.ReleasedBy,
		w.Metres, w.PlainMetres, w.Seconds, w.PlainSeconds)
}

// TemplateByID reads one template. Fault: wave.template_not_found.
func TemplateByID(tx *db.Tx, key int64) (Template, error) { return one(tx, selTemplate, key) }

// ByID reads one wave. Fault: wave.not_found.
func ByID(tx *db.Tx, key int64) (Wave, error) {
	list, err := db.All(tx.Query(selWave, key), readWave)
	if err != nil {
		return Wave{}, err
	}
	if len(list) == 0 {
		shown := id.Show(Prefix, key)
		return Wave{}, fault.New(fault.NotFound, "wave.not_found", "there is no wave %s", shown).With("wave", shown)
	}
	return list[0], nil
}

func one(tx *db.Tx, sql *db.SQL, key int64) (Template, error) {
	list, err := db.All(tx.Query(sql, key), readTemplate)
	if err != nil {
		return Template{}, err
	}
	if len(list) == 0 {
		shown := id.Show(TemplatePrefix, key)
		return Template{}, fault.New(fault.NotFound, "wave.template_not_found", "there is no wave template %s", shown).With("template", shown)
	}
	return list[0], nil
}
