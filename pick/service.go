package pick

import (
	"sync"
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/warehouse"
	"github.com/packhorse/packhorse/wave"
)

// most is how many commands are written in one transaction.
const most = 256

// Service holds the use cases of picking.
type Service struct {
	db      *db.DB
	release *db.Batch[ReleaseIn, Released]
	confirm *db.Batch[ConfirmIn, Confirmed]

	// Foresee is told of every fulfilment that is released, in its transaction, before anybody picks it. Nil is nobody; it is set
	// before the service is used.
	Foresee func(tx *db.Tx, f *order.Fulfilment, skus map[int64]catalog.SKU) error

	mu     sync.Mutex
	depths map[int64]depth // by node

	released func(tx *db.Tx, w wave.Wave, inOrder []int64) error // nil is nobody
}

// New makes the service. released is told of every wave, in the transaction that releases it, with its fulfilments in the
// order in which the walks come to them; it may be nil.
func New(d *db.DB, released func(tx *db.Tx, w wave.Wave, inOrder []int64) error) *Service {
	s := &Service{db: d, released: released, depths: map[int64]depth{}}
	s.release = db.NewBatch(d, most, s.releaseMany)
	s.confirm = db.NewBatch(d, most, s.confirmMany)
	return s
}

// ground is what every walk at a node needs to know: where it begins and ends, and how deep the aisles are.
type ground struct {
	stage       warehouse.Location
	front, back int64 // y of the first and last place in an aisle, millimetres
}

// depth is how far the racks of a node reach.
type depth struct {
	front, back int64
	readAt      time.Time
}

// place is a stage in the memory of the transaction.
type place struct {
	warehouse.Location
	readAt time.Time
}

// fresh is how long what was read of a node is trusted: racks are moved on weekends.
const fresh = 10 * time.Minute

func young(readAt, now time.Time) bool { return now.Sub(readAt).Abs() < fresh }

// stages is the kind under which db remembers the stage of a node.
const stages = "pick.stage"

var selDepth = db.NewSQL(`SELECT COALESCE(min(y_mm), 0), COALESCE(max(y_mm), 0) FROM warehouse_location WHERE node_id = $1 AND aisle > 0`)

// survey gives the grounds of nodes.
func (s *Service) survey(tx *db.Tx, nodes []int64) (map[int64]ground, error) {
	out := make(map[int64]ground, len(nodes))
	for _, node := range nodes {
		d, err := s.depthOf(tx, node)
		if err != nil {
			return nil, err
		}
		stage, err := stageAt(tx, node)
		if err != nil {
			return nil, err
		}
		out[node] = ground{stage, d.front, d.back}
	}
	return out, nil
}

// stageAt gives the stage of a node and makes it where there is none. Goods are booked there, so it is remembered by the
// database only, which forgets what a transaction that is taken back has found.
func stageAt(tx *db.Tx, node int64) (warehouse.Location, error) {
	if kept, ok := tx.Recall(stages, node); ok {
		if p := kept.(place); young(p.readAt, tx.Now()) {
			return p.Location, nil
		}
	}
	found, err := warehouse.LocationsByCodes(tx, node, []string{warehouse.StageCode})
	if err != nil {
		return warehouse.Location{}, err
	}
	l, there := found[warehouse.StageCode]
	if !there {
		return warehouse.Stage(tx, node)
	}
	tx.Keep(stages, node, place{l, tx.Now()})
	return l, nil
}

// depthOf is remembered by the service: it only shapes the walk, and a wrong one costs some steps.
func (s *Service) depthOf(tx *db.Tx, node int64) (depth, error) {
	s.mu.Lock()
	d, ok := s.depths[node]
	s.mu.Unlock()
	if ok && young(d.readAt, tx.Now()) {
		return d, nil
	}
	d = depth{readAt: tx.Now()}
	if _, err := tx.Query(selDepth, node).One(&d.front, &d.back); err != nil {
		return d, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.depths[node] = d
	return d, nil
}

// stageOf answers inventory.Pick from surveyed grounds.
func stageOf(grounds map[int64]ground) func(node int64) int64 {
	return func(node int64) int64 { return grounds[node].stage.ID }
}
