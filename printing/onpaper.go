package printing

import (
	"slices"

	"github.com/packhorse/packhorse/internal/db"
)

// OnPaper says which of some shipments have a label on paper, or one that may be: the printer has it and does not say.
func OnPaper(tx *db.Tx, shipments []int64) (map[int64]bool, error) {
	jobs, err := jobsOf(tx, shipments)
	out := make(map[int64]bool, len(jobs))
	for key, list := range jobs {
		out[key] = slices.ContainsFunc(list, func(j *Job) bool { return j.State == Sent || j.State == Printed })
	}
	return out, err
}
