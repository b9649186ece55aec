// Package load brings a table into the database: row by row read, chunk by chunk decided and stored.
//
// It owns the manner that all imports share: the good rows go in, the bad are listed; the first row about a
// thing counts, the same again changes nothing; a second import of the same file changes nothing; a dry run
// decides and writes nothing.
package load

import (
	"context"
	"errors"
	"io"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/sheet"
)

// File says how one kind of file comes in: what a row says, by what it is known, and how it is stored.
type File[K comparable, T any] struct {
	DB    *db.DB
	Event string // kind of the event of a chunk that wrote something
	What  string // for the event: "skus", "locations", …
	Dry   bool
	Read  func(sheet.Row) (T, *fault.Fault)
	Key   func(T) K
	Name  func(T) string
	Equal func(stored, want T) bool

	// Learn reads what is stored of the drafts, and refuses those that cannot be stored: by their place in the list.
	Learn func(tx *db.Tx, drafts []T, lock bool) (stored map[K]T, refused map[int]*fault.Fault, err error)
	Over  func(stored, want T) T                // fills what the file does not speak of
	Fresh func(want T) T                        // fills what a new one has
	Write func(tx *db.Tx, want T, fresh bool)   // stores one; or
	Store func(tx *db.Tx, created, updated []T) // stores a chunk, where rows touch the same balances

	seen   map[K]draft[T] // what earlier rows have settled
	answer sheet.Answer
}

type draft[T any] struct {
	row  int
	says T
}

// verdict is what becomes of a chunk of rows.
type verdict[K comparable, T any] struct {
	created, updated []T
	unchanged        int
	refused          []sheet.Rejection
	settled          map[K]draft[T]
}

// Chunk is how many rows go into one transaction: few enough that orders do not wait behind an import.
const Chunk = 500

// Run reads the table to its end. progress, which may be nil, hears how many rows are done.
func (f *File[K, T]) Run(ctx context.Context, r *sheet.Reader, progress func(int)) (sheet.Answer, error) {
	f.seen = map[K]draft[T]{}
	for end := false; !end; {
		drafts, last, err := f.readChunk(r)
		if err != nil {
			return f.answer, err
		}
		if err := f.apply(ctx, drafts); err != nil {
			return f.answer, err
		}
		if progress != nil {
			progress(f.answer.Rows)
		}
		end = last
	}
	sheet.SortRejections(f.answer.Rejected)
	return f.answer, nil
}

func (f *File[K, T]) readChunk(r *sheet.Reader) (good []draft[T], end bool, err error) {
	for range Chunk {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return good, true, nil
		}
		if err != nil {
			return nil, true, err
		}
		f.answer.Rows++
		says, bad := f.Read(row)
		if bad != nil {
			f.answer.Rejected = append(f.answer.Rejected, sheet.Reject(row.Number, bad)...)
			continue
		}
		good = append(good, draft[T]{row.Number, says})
	}
	return good, false, nil
}

// tries bounds how often a chunk is decided again because somebody else wrote the same rows meanwhile.
const tries = 3

func (f *File[K, T]) apply(ctx context.Context, drafts []draft[T]) error {
	var v verdict[K, T]
	decide := func(tx *db.Tx) (err error) { v, err = f.decide(tx, drafts); return err }
	var err error
	if f.Dry {
		err = f.DB.View(ctx, decide)
	} else {
		for try := 1; try == 1 || try <= tries && (db.Duplicate(err) || errors.Is(err, db.ErrGuard)); try++ {
			err = f.DB.Update(ctx, func(tx *db.Tx) error {
				if err := decide(tx); err != nil {
					return err
				}
				f.store(tx, v)
				return nil
			})
		}
	}
	if err != nil {
		return err
	}
	f.answer.Created += len(v.created)
	f.answer.Updated += len(v.updated)
	f.answer.Unchanged += v.unchanged
	f.answer.Rejected = append(f.answer.Rejected, v.refused...)
	for k, d := range v.settled {
		f.seen[k] = d
	}
	return nil
}

// decide sorts rows into new, changed, unchanged and refused, in their order. The first row about a
// thing counts; the same again changes nothing, anything else is refused.
func (f *File[K, T]) decide(tx *db.Tx, drafts []draft[T]) (verdict[K, T], error) {
	v := verdict[K, T]{settled: map[K]draft[T]{}}
	says := make([]T, len(drafts))
	for i, d := range drafts {
		says[i] = d.says
	}
	stored, refused, err := f.Learn(tx, says, !f.Dry)
	if err != nil {
		return v, err
	}
	for i, d := range drafts {
		d.says = says[i] // learn may have filled it in
		k := f.Key(d.says)
		before, twice := f.seen[k]
		if !twice {
			before, twice = v.settled[k]
		}
		switch bad := refused[i]; {
		case bad != nil:
			v.refused = append(v.refused, sheet.Reject(d.row, bad)...)
		case twice && f.Equal(before.says, d.says):
			v.unchanged++
		case twice:
			v.refused = append(v.refused, sheet.Reject(d.row, duplicate(f.Name(d.says), before.row))...)
		default:
			v.settled[k] = d
			had, exists := stored[k]
			v.sort(f, had, d.says, exists)
		}
	}
	return v, nil
}

func (v *verdict[K, T]) sort(f *File[K, T], had, want T, exists bool) {
	if !exists {
		v.created = append(v.created, f.Fresh(want))
		return
	}
	if want = f.Over(had, want); f.Equal(had, want) {
		v.unchanged++
		return
	}
	v.updated = append(v.updated, want)
}

func (f *File[K, T]) store(tx *db.Tx, v verdict[K, T]) {
	if f.Store != nil {
		f.Store(tx, v.created, v.updated)
	} else {
		for _, w := range v.created {
			f.Write(tx, w, true)
		}
		for _, w := range v.updated {
			f.Write(tx, w, false)
		}
	}
	if len(v.created)+len(v.updated) > 0 {
		tx.Emit(db.Event{Kind: f.Event,
			Params: map[string]any{"what": f.What, "created": len(v.created), "updated": len(v.updated)}})
	}
}

func duplicate(code string, row int) *fault.Fault {
	return fault.New(fault.Invalid, "sheet.duplicate_row", "row %d is about %s too and says something else; keep one of them", row, code).
		With("first", row).With("code", code)
}
