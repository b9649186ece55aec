package ship

import (
	"context"
	"errors"
	"io"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/warehouse"
)

// ladderHeader lists the columns of the ladder file, in the order in which it is written.
var ladderHeader = []string{"warehouse", "level", "carrier", "service"}

var ladderFile = sheet.Columns{Required: []string{"carrier"}, Optional: []string{"warehouse", "level", "service"}}

// ladderRows is what a file says of one ladder.
type ladderRows struct {
	Ladder
	rungs []Rung
	first int // the row that names it first
	bad   bool
}

// ImportLadders reads a ladder file: one row for each rung, the lowest first; an empty warehouse is every one, an empty level
// every order. The unit is the ladder: one that the file names is afterwards as the file says, one bad row keeps the whole of it
// out, and those that the file does not name stay. dryRun decides everything and writes nothing. progress, which may be nil, is
// told the rows read so far. The counts are of ladders.
//
// Rejections besides those of sheet: ship.ladder_form, ship.ladder_level, ship.ladder_warehouse.
func (s *Service) ImportLadders(ctx context.Context, r *sheet.Reader, dryRun bool, progress func(done int)) (sheet.Answer, error) {
	var a sheet.Answer
	if err := r.Expect(ladderFile); err != nil {
		return a, err
	}
	var nodes []warehouse.Node
	err := s.db.View(ctx, func(tx *db.Tx) (err error) { nodes, err = warehouse.Nodes(tx); return err })
	if err != nil {
		return a, err
	}
	list, err := readLadders(r, nodes, &a)
	if err != nil {
		return a, err
	}
	if progress != nil {
		progress(a.Rows)
	}
	if err := s.storeLadders(ctx, list, dryRun, &a); err != nil {
		return a, err
	}
	sheet.SortRejections(a.Rejected)
	return a, nil
}

func readLadders(r *sheet.Reader, nodes []warehouse.Node, a *sheet.Answer) (list []*ladderRows, err error) {
	at := map[Ladder]*ladderRows{}
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		a.Rows++
		l, rung, f := rungRow(row, nodes)
		if f != nil {
			a.Rejected = append(a.Rejected, sheet.Reject(row.Number, f)...)
		}
		if at[l] == nil {
			at[l] = &ladderRows{Ladder: l, first: row.Number}
			list = append(list, at[l])
		}
		at[l].bad = at[l].bad || f != nil
		at[l].rungs = append(at[l].rungs, rung)
	}
	list = slices.DeleteFunc(list, func(l *ladderRows) bool { return l.bad })
	return slices.DeleteFunc(list, func(l *ladderRows) bool {
		f, wrong := fault.As(l.mistake(l.rungs))
		if wrong {
			a.Rejected = append(a.Rejected, sheet.Reject(l.first, f)...)
		}
		return wrong
	}), nil
}

// noNode stands for a warehouse that nobody can read out of a row: its ladder is no other.
const noNode = -1

// rungRow reads one row.
func rungRow(r sheet.Row, nodes []warehouse.Node) (l Ladder, rung Rung, f *fault.Fault) {
	if f := r.Fault(); f != nil {
		return Ladder{Node: noNode}, rung, f
	}
	c := r.Cells()
	c.Note(r.Require(ladderFile.Required...))
	code := c.Line("warehouse", maxName)
	l.Level = c.Line("level", maxName)
	rung = Rung{Carrier: c.Line("carrier", maxName), Service: c.Line("service", maxName)}
	if code != "" {
		i := slices.IndexFunc(nodes, func(n warehouse.Node) bool { return n.Code == code })
		if i < 0 {
			c.Note(fault.Invalidf("warehouse", "ship.ladder_warehouse", "there is no warehouse %s", code).With("value", code))
			l.Node = noNode
			return l, rung, c.Fault()
		}
		l.Node = nodes[i].ID
	}
	return l, rung, c.Fault()
}

func (s *Service) storeLadders(ctx context.Context, list []*ladderRows, dry bool, a *sheet.Answer) error {
	var created, updated, unchanged int
	work := func(tx *db.Tx) error {
		created, updated, unchanged = 0, 0, 0
		had, err := Ladders(tx)
		if err != nil {
			return err
		}
		for _, l := range list {
			was := had[l.Ladder]
			switch {
			case slices.Equal(was, l.rungs):
				unchanged++
				continue
			case len(was) > 0:
				updated++
			default:
				created++
			}
			if dry {
				continue
			}
			if err := l.save(tx, "import", l.rungs); err != nil {
				return err
			}
		}
		return nil
	}
	run := s.db.Update
	if dry {
		run = s.db.View
	}
	err := run(ctx, work)
	if err == nil {
		a.Created, a.Updated, a.Unchanged = created, updated, unchanged
	}
	return err
}

// ExportLadders writes the ladder file that ImportLadders reads back without a change. The caller closes w.
func (s *Service) ExportLadders(ctx context.Context, w *sheet.Writer) error {
	var all map[Ladder][]Rung
	var nodes []warehouse.Node
	err := s.db.View(ctx, func(tx *db.Tx) (err error) {
		if all, err = Ladders(tx); err != nil {
			return err
		}
		nodes, err = warehouse.Nodes(tx)
		return err
	})
	if err != nil {
		return err
	}
	if err := w.Write(ladderHeader); err != nil {
		return err
	}
	for _, n := range append([]warehouse.Node{{}}, nodes...) {
		for _, level := range levels {
			for _, r := range all[Ladder{n.ID, level}] {
				if err := w.Write([]string{n.Code, level, r.Carrier, r.Service}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
