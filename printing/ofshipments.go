package printing

import "github.com/packhorse/packhorse/internal/db"

// JobsOf lists the print jobs of some shipments, oldest first.
func JobsOf(tx *db.Tx, shipments []int64) (map[int64][]*Job, error) {
	if len(shipments) == 0 {
		return map[int64][]*Job{}, nil
	}
	return jobsOf(tx, shipments)
}
