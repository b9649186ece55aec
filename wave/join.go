package wave

import (
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/wave/batching"
	"github.com/packhorse/packhorse/wave/shape"
)

// Joins is where a late fulfilment goes, in millimetres of walking.
type Joins struct {
	Walk  int   // position among the open walks
	Extra int64 // by how much that walk becomes longer
	Alone int64 // length of a walk of its own
}

// Join finds the open walk that a fulfilment which came late should be added to: one with room, of its zones, in which it is late for
// its collection by less, or else adds less to the way than a walk of its own. ok is false where there is none, where
// fulfilments are taken as they come, where it would be walked alone for its size, and where there is no floor.
func (g Ground) Join(method string, open [][]Candidate, late Candidate) (j Joins, ok bool) {
	if len(g.Floor.CrossAisles) != 2 || g.Trolley.Rule != Shortest || method == ByShape && bulky(late) {
		return j, false
	}
	var list []Candidate
	var sets [][]int
	for _, walk := range open {
		var set []int
		for _, c := range walk {
			c.Zones = tidy(c.Zones)
			set = append(set, len(list))
			list = append(list, c)
		}
		sets = append(sets, set)
	}
	late.Zones = tidy(late.Zones)
	place, err := batching.Join(g.problem(append(list, late), 0), sets, len(list))
	if err != nil || place.Batch < 0 {
		return j, false
	}
	return Joins{place.Batch, int64(place.Extra), int64(place.Alone)}, true
}

func bulky(c Candidate) bool {
	c.Order.Timed = false
	return shape.Split([]shape.Order{c.Order}, shape.Usual())[0] == shape.Bulky
}

// joinable is how old a wave may be that late fulfilments still join.
const joinable = 24 * time.Hour

var (
	selAlike = db.NewSQL(`SELECT id, orders FROM wave_wave WHERE template_id = $1 AND cutoff_at = $2 AND id >= $3 ORDER BY id DESC LIMIT 50`)
	addWave  = db.Change("wave_wave", "id bigint, orders bigint, lines bigint, metres bigint, plain_metres bigint, seconds bigint, plain_seconds bigint", 1,
		"orders = t.orders + x.orders, lines = t.lines + x.lines, metres = t.metres + x.metres, plain_metres = t.plain_metres + x.plain_metres, "+
			"seconds = t.seconds + x.seconds, plain_seconds = t.plain_seconds + x.plain_seconds", "t.id = x.id")
	addDivision = db.Change("wave_division", "wave_id bigint, fulfilments bigint, mm bigint, first_come_mm bigint", 1,
		"fulfilments = t.fulfilments + x.fulfilments, mm = t.mm + x.mm, first_come_mm = t.first_come_mm + x.first_come_mm", "t.wave_id = x.wave_id")
)

// Alike finds the waves of the last day that the template of a new one released for the same cut-off, and how many more
// fulfilments each may hold; none for a wave that was put together by hand.
func Alike(tx *db.Tx, w Wave) (room map[int64]int64, err error) {
	room = map[int64]int64{}
	if w.TemplateID == 0 {
		return room, nil
	}
	t, err := TemplateByID(tx, w.TemplateID)
	if err != nil {
		return nil, err
	}
	rows := tx.Query(selAlike, w.TemplateID, w.CutoffAt, id.Floor(tx.Now().Add(-joinable).UnixMicro()))
	for rows.Next() {
		var key, orders int64
		rows.Scan(&key, &orders)
		if orders < t.MaxOrders {
			room[key] = t.MaxOrders - orders
		}
	}
	return room, rows.Close()
}

// Enlarge adds what late fulfilments bring to a wave that was recorded: orders, lines and predictions of more, and of its division, where
// it has one, fulfilments and lengths.
func Enlarge(tx *db.Tx, key int64, more Wave, divided Division) error {
	tx.Put(addWave, key, more.Orders, more.Lines, more.Metres, more.PlainMetres, more.Seconds, more.PlainSeconds)
	has, err := DivisionsOf(tx, []int64{key})
	if _, there := has[key]; there {
		tx.Put(addDivision, key, divided.Fulfilments, divided.Millimetres, divided.FirstCome)
	}
	return err
}
