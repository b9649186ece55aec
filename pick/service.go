package pick

import (
	"sync"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/warehouse"
)

// most is how many commands are written in one transaction.
const most = 256

// Service holds the use cases of picking.
type Service struct {
	db      *db.DB
	release *db.Batch[ReleaseIn, Released]
	confirm *db.Batch[ConfirmIn, Confirmed]

	mu      sync.Mutex
	grounds map[int64]ground // by node
}

// New makes the service.
func New(d *db.DB) *Service {
	s := &Service{db: d, grounds: map[int64]ground{}}
	s.release = db.NewBatch(d, most, s.releaseMany)
	s.confirm = db.NewBatch(d, most, s.confirmMany)
	return s
}

// ground is what every walk at a node needs to know: where it begins and ends, and how deep the aisles are.
type ground struct {
	stage       warehouse.Location
	front, back int64 // y of the first and last place in an aisle, millimetres
	readAt      time.Time
}

// fresh is how long a ground is trusted. The stage of a node never changes; the racks are moved on weekends.
const fresh = 10 * time.Minute

// selDepth reads how far the racks of a node reach, from the locations of warehouse.
var selDepth = db.NewSQL(`SELECT COALESCE(min(y_mm), 0), COALESCE(max(y_mm), 0) FROM warehouse_location WHERE node_id = $1 AND aisle > 0`)

// survey gives the grounds of nodes, from memory where they are known. A stage that is made now is not
// remembered: the transaction may still be taken back.
func (s *Service) survey(tx *db.Tx, nodes []int64) (map[int64]ground, error) {
	out := make(map[int64]ground, len(nodes))
	for _, node := range nodes {
		if g, ok := s.known(node, tx.Now()); ok {
			out[node] = g
			continue
		}
		g := ground{readAt: tx.Now()}
		if _, err := tx.Query(selDepth, node).One(&g.front, &g.back); err != nil {
			return nil, err
		}
		found, err := warehouse.LocationsByCodes(tx, node, []string{warehouse.StageCode})
		if err != nil {
			return nil, err
		}
		var there bool
		if g.stage, there = found[warehouse.StageCode]; there {
			s.remember(node, g)
		} else if g.stage, err = warehouse.Stage(tx, node); err != nil {
			return nil, err
		}
		out[node] = g
	}
	return out, nil
}

func (s *Service) known(node int64, now time.Time) (ground, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g, ok := s.grounds[node]
	return g, ok && now.Sub(g.readAt).Abs() < fresh
}

func (s *Service) remember(node int64, g ground) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.grounds[node] = g
}

// stageOf answers inventory.Pick from surveyed grounds.
func stageOf(grounds map[int64]ground) func(node int64) int64 {
	return func(node int64) int64 { return grounds[node].stage.ID }
}
