package wave

import (
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/warehouse"
)

// Due is a template that releases now, and the cut-off it does so for.
type Due struct {
	Template Template
	Cutoff   time.Time // zero = for no cut-off
}

// CutoffAt is the cut-off as it is stored; 0 = none.
func (d Due) CutoffAt() int64 {
	if d.Cutoff.IsZero() {
		return 0
	}
	return d.Cutoff.UnixMicro()
}

// DueNow lists the enabled templates whose time has come at a moment: the nearest cut-off first, those for no
// cut-off last.
func DueNow(tx *db.Tx, now time.Time) ([]Due, error) {
	templates, err := db.All(tx.Query(selTemplates), readTemplate)
	if err != nil || len(templates) == 0 {
		return nil, err
	}
	nodes, err := warehouse.Nodes(tx)
	if err != nil {
		return nil, err
	}
	var list []Due
	for _, t := range templates {
		i := slices.IndexFunc(nodes, func(n warehouse.Node) bool { return n.ID == t.NodeID })
		if i < 0 {
			continue
		}
		if cutoff, due := t.Due(nodes[i], now); due {
			list = append(list, Due{t, cutoff})
		}
	}
	slices.SortStableFunc(list, func(a, b Due) int {
		if a.Cutoff.IsZero() != b.Cutoff.IsZero() {
			if a.Cutoff.IsZero() {
				return 1
			}
			return -1
		}
		return a.Cutoff.Compare(b.Cutoff)
	})
	return list, nil
}

// CutoffOf is the next cut-off of a template as it is stored; 0 = none.
func CutoffOf(tx *db.Tx, t Template) (int64, error) {
	nodes, err := warehouse.Nodes(tx)
	if err != nil {
		return 0, err
	}
	i := slices.IndexFunc(nodes, func(n warehouse.Node) bool { return n.ID == t.NodeID })
	if i < 0 {
		return 0, nil
	}
	return Due{Cutoff: t.NextCutoff(nodes[i], tx.Now())}.CutoffAt(), nil
}
