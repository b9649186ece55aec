package ship_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pack/packtest"
	"github.com/packhorse/packhorse/ship"
)

func TestWhatStandsAtTheDockIsListedByCarrierUntilItLeaves(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newStage(t, d, nil)
		list := s.packed(t, packtest.Of("MUG"), packtest.Of("MUG"), packtest.Of("MUG"))
		node := list[0].NodeID
		for i, f := range list {
			s.forced(t, f.ID, f.OrderID, ship.Shipment{Carrier: []string{"SF", "SF", "ZTO"}[i], Waybill: string(rune('A' + i)), Status: ship.Labelled, Tracking: ship.Pending})
		}
		lanes, first, second := s.dock(t, node)
		if len(lanes) != 2 || lanes[0].Carrier != "SF" || lanes[0].Parcels != 2 || lanes[1].Parcels != 1 || lanes[0].Since == 0 {
			t.Errorf("%+v", lanes)
		}
		if len(first) != 1 || len(second) != 1 || first[0].Shipment.Waybill != "A" || second[0].Shipment.Waybill != "B" || first[0].WeightG == 0 {
			t.Errorf("%+v %+v", first, second)
		}
		if _, err := s.ship.HandOver(t.Context(), nil, ship.HandOverIn{Waybills: []string{"A"}, Node: node}); err != nil {
			t.Fatal(err)
		}
		if lanes, _, _ = s.dock(t, node); lanes[0].Parcels != 1 {
			t.Errorf("%+v", lanes)
		}
	})
}

// dock reads the lanes of a node, and the parcels of SF one by one.
func (s *stage) dock(t *testing.T, node int64) (lanes []ship.Lane, first, second []ship.AtDock) {
	t.Helper()
	err := s.DB.View(t.Context(), func(tx *db.Tx) (err error) {
		if lanes, err = ship.LanesAtDock(tx, node); err != nil {
			return err
		}
		if first, err = ship.ParcelsAtDock(tx, node, "SF", 0, 1); err != nil {
			return err
		}
		second, err = ship.ParcelsAtDock(tx, node, "SF", first[0].Shipment.ID, 1)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return lanes, first, second
}

func TestParcelsInTroubleAreFoundByWhatIsWrong(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newStage(t, d, nil)
		shipments := []ship.Shipment{
			{Status: ship.HandedOver, Tracking: "in_transit"},
			{Status: ship.HandedOver, Tracking: "in_transit", Late: "track.late.lost track.late.promise"},
			{Status: ship.HandedOver, Tracking: "in_transit", Late: "track.late.moving track.late.promise"},
			{Status: ship.HandedOver, Tracking: "in_transit", Late: "track.late.promise"},
			{Status: ship.HandedOver, Tracking: "delivery_failed"},
			{Status: ship.HandedOver, Tracking: "return_to_sender"},
			{Status: ship.Closed, Tracking: "delivered", Late: "track.late.promise"},
			{Status: ship.Failed, Tracking: ship.Pending},
		}
		var of [][]packtest.Line
		for range shipments {
			of = append(of, packtest.Of("MUG"))
		}
		list := s.packed(t, of...)
		for i, sh := range shipments {
			sh.Carrier, sh.Waybill = "SF", string(rune('A'+i))
			if sh.Status == ship.Failed {
				sh.Waybill = ""
			}
			s.forced(t, list[i].ID, list[i].OrderID, sh)
		}
		want := map[string]int64{"any": 5, "lost": 1, "stuck": 1, "promise": 3, "failed": 1, "returning": 1, "unlabelled": 1}
		if got := s.troubles(t, list[0].NodeID); !maps.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
		if got := s.troubles(t, 4711); slices.Max(slices.Collect(maps.Values(got))) != 0 {
			t.Errorf("elsewhere: %v", got)
		}
		last := list[len(list)-1]
		s.forced(t, last.ID, last.OrderID, ship.Shipment{Carrier: "ZTO", Waybill: "Z", Status: ship.Labelled, Tracking: ship.Pending})
		if got := s.troubles(t, 0)["unlabelled"]; got != 0 {
			t.Errorf("%d have no waybill after another carrier gave one", got)
		}
	})
}

// forced writes a shipment of the first parcel of a fulfilment as a test needs it.
func (s *stage) forced(t *testing.T, fulfilment, order int64, sh ship.Shipment) {
	t.Helper()
	put := db.Insert("ship_shipment", "id bigint, order_id bigint, fulfilment_id bigint, parcel_id bigint, node_id bigint, carrier text, service text, waybill text, status text, "+
		"cost bigint, currency text, tracking text, reason text, late text, last_scan_at bigint, next_poll_at bigint, promised_by bigint, handed_over_at bigint, delivered_at bigint, created_at bigint, updated_at bigint")
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		found, err := pack.ParcelsOf(tx, []int64{fulfilment})
		if err != nil {
			return err
		}
		parcels := found[fulfilment]
		tx.Put(put, tx.NewID(), order, fulfilment, parcels[0].ID, parcels[0].NodeID, sh.Carrier, "standard", sh.Waybill, sh.Status, 500, "CNY", sh.Tracking, "", sh.Late,
			0, 0, 0, 0, 0, tx.Micros(), tx.Micros())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// troubles counts the views, and holds each list against its count.
func (s *stage) troubles(t *testing.T, node int64) (counts map[string]int64) {
	t.Helper()
	err := s.DB.View(t.Context(), func(tx *db.Tx) (err error) {
		if counts, err = ship.CountTrouble(tx, node); err != nil {
			return err
		}
		for view, n := range counts {
			var listed int64
			for after := int64(0); ; {
				page, next, err := ship.InTrouble(tx, ship.Trouble{View: view, Node: node, Carrier: "SF"}, after, 2)
				if err != nil {
					return err
				}
				if listed += int64(len(page)); next == 0 {
					break
				}
				after = next
			}
			if listed != n {
				t.Errorf("%s: %d are counted and %d listed", view, n, listed)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return counts
}

// selPlan is the list of all trouble as InTrouble asks for it, and the count.
var selPlan = []*db.SQL{
	db.NewSQL(`EXPLAIN QUERY PLAN SELECT * FROM ship_shipment WHERE status = 'handed_over' AND (late <> '' OR tracking IN ('delivery_failed', 'delivery_delayed', 'on_hold', 'return_to_sender'))
	  AND (node_id = $1 OR $1 = 0) AND (carrier = $2 OR $2 = '') AND id > $3 ORDER BY id LIMIT $4`),
	db.NewSQL(`EXPLAIN QUERY PLAN SELECT count(*) FROM (SELECT 1 FROM ship_shipment WHERE status = 'handed_over' AND (late <> '' OR tracking IN ('delivery_failed', 'delivery_delayed', 'on_hold', 'return_to_sender'))
	  AND (node_id = $1 OR $1 = 0) LIMIT $4 + length($2) + $3) x`),
}

func TestTroubleIsReadFromItsIndexAndNotFromAllShipments(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon))
	for _, q := range selPlan {
		var plan string
		err := d.View(t.Context(), func(tx *db.Tx) error {
			rows := tx.Query(q, int64(0), "", int64(0), 50)
			for rows.Next() {
				var id, parent, unused int64
				var detail string
				rows.Scan(&id, &parent, &unused, &detail)
				plan += detail + "\n"
			}
			return rows.Close()
		})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(plan, "ship_shipment_trouble (status=?") || strings.Contains(plan, "TEMP B-TREE") {
			t.Error(plan)
		}
	}
}
