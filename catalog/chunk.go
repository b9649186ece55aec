package catalog

import (
	"context"
	"errors"
	"io"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/sheet"
)

// chunk is how many rows go into one transaction: few enough that orders do not wait behind an import.
const chunk = 500

// readChunk reads the next rows of a file. end is true with the last of them; an error is final for the file.
func readChunk[T any](r *sheet.Reader, answer *sheet.Answer, read func(sheet.Row) (T, *fault.Fault)) (good []T, end bool, err error) {
	for range chunk {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return good, true, nil
		}
		if err != nil {
			return nil, true, err
		}
		answer.Rows++
		v, f := read(row)
		if f != nil {
			answer.Rejected = append(answer.Rejected, sheet.Reject(row.Number, f)...)
			continue
		}
		good = append(good, v)
	}
	return good, false, nil
}

// tries bounds how often a chunk is decided again because somebody else wrote the same SKUs meanwhile.
const tries = 3

func update(ctx context.Context, d *db.DB, fn func(*db.Tx) error) error {
	for try := 1; ; try++ {
		err := d.Update(ctx, fn)
		if err == nil || try == tries || !(db.Duplicate(err) || errors.Is(err, db.ErrGuard)) {
			return err
		}
	}
}
