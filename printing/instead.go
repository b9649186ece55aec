package printing

import (
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/ship"
)

var (
	lockOf   = db.NewSQL(`SELECT ` + jobColumns + ` FROM printing_job WHERE shipment_id = $1 AND state = 'queued' ORDER BY id FOR UPDATE`)
	takeOver = db.Change("printing_job", "id bigint, shipment bigint", 1, "shipment_id = x.shipment", "t.id = x.id AND t.state = 'queued'")
)

// Instead gives the place in the queue to the label of another carrier: the labels of a wave lie in the order of the walk, also
// those that fell to the next rung of the ladder. What was printed already stays what it was. It is given to ship, and runs in the
// transaction that asks the other carrier.
func (s *Service) Instead(tx *db.Tx, old, sh *ship.Shipment) error {
	list, err := db.All(tx.Query(lockOf, old.ID), scanJob)
	for _, j := range list {
		tx.Put(takeOver, j.ID, sh.ID)
	}
	return err
}
