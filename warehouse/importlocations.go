package warehouse

import (
	"context"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/load"
	"github.com/packhorse/packhorse/internal/sheet"
)

// locationHeader lists the columns of the location file, in the order in which it is written.
var locationHeader = []string{"warehouse", "zone", "location", "kind", "aisle", "bay", "level", "x_m", "y_m", "pick_seq"}

var locationFile = sheet.Columns{
	Required: []string{"warehouse", "location", "kind"},
	Optional: []string{"zone", "aisle", "bay", "level", "x_m", "y_m", "pick_seq"},
}

const (
	maxRack   = 100_000
	maxSeq    = 100_000_000
	maxMetres = 10_000
)

// ImportLocations reads a location file. The good rows go in, the bad are listed; a column that the file does not have
// stays as it is stored. x_m and y_m are metres, kept to the millimetre. dryRun and progress are as in ImportWarehouses.
//
// Rejections besides those of sheet: warehouse.unknown, warehouse.kind, warehouse.reserved_code, warehouse.metres.
func (s *Service) ImportLocations(ctx context.Context, r *sheet.Reader, dryRun bool, progress func(done int)) (sheet.Answer, error) {
	if err := r.Expect(locationFile); err != nil {
		return sheet.Answer{}, err
	}
	has := r.Given(locationFile)
	f := load.File[address, placed]{
		DB: s.db, Event: "warehouse.imported.v1", What: "locations", Dry: dryRun,
		Read:  placedOf,
		Key:   func(p placed) address { return address{p.warehouse, p.Code} },
		Name:  func(p placed) string { return p.Code },
		Equal: samePlace,
		Learn: learnLocations,
		Over:  func(stored, want placed) placed { return overLocation(has, stored, want) },
		Fresh: func(want placed) placed { return want },
		Write: func(tx *db.Tx, want placed, fresh bool) {
			if fresh {
				want.ID = tx.NewID()
			}
			writeLocation(tx, want.Location)
		},
	}
	return f.Run(ctx, r, progress)
}

// address is what a location is known by in files.
type address struct{ warehouse, code string }

// placed is a location as a row says it.
type placed struct {
	Location
	warehouse string
}

// samePlace compares what two rows say; ids do not count.
func samePlace(a, b placed) bool {
	b.ID, b.NodeID = a.ID, a.NodeID
	return a == b
}

func placedOf(r sheet.Row) (placed, *fault.Fault) {
	if f := r.Fault(); f != nil {
		return placed{}, f
	}
	c := r.Cells()
	c.Note(r.Require(locationFile.Required...))
	p := placed{warehouse: c.Text("warehouse", maxCode), Location: Location{
		Zone: c.Line("zone", maxCode), Code: c.Line("location", maxCode), Kind: Kind(strings.ToLower(c.Text("kind", maxCode))),
		Aisle: c.Count("aisle", maxRack), Bay: c.Count("bay", maxRack), Level: c.Count("level", maxRack),
		XMM: c.Scaled("x_m", 3, maxMetres, "warehouse.metres"), YMM: c.Scaled("y_m", 3, maxMetres, "warehouse.metres"),
		PickSeq: c.Count("pick_seq", maxSeq),
	}}
	c.Note(badKind(p.Location))
	return p, c.Fault()
}

func badKind(l Location) *fault.Fault {
	switch l.Kind {
	case "": // an empty cell is missing, and said so
		return nil
	case KindPick, KindReserve, KindStage, KindDock, KindQuarantine:
	default:
		return fault.Invalidf("kind", "warehouse.kind", "%q is none of pick, reserve, stage, dock and quarantine", string(l.Kind)).With("value", string(l.Kind))
	}
	if want, special := ownKind(l.Code); special && want != l.Kind {
		return fault.Invalidf("kind", "warehouse.reserved_code", "%s is the %s of every node and cannot be a %s; give this location another code", l.Code, want, l.Kind).
			With("code", l.Code).With("kind", string(want)).With("value", string(l.Kind))
	}
	return nil
}

func overLocation(has sheet.Given, stored, want placed) placed {
	w, s := &want.Location, stored.Location
	w.ID, w.NodeID = s.ID, s.NodeID
	sheet.Keep(has("zone"), &w.Zone, s.Zone)
	sheet.Keep(has("aisle"), &w.Aisle, s.Aisle)
	sheet.Keep(has("bay"), &w.Bay, s.Bay)
	sheet.Keep(has("level"), &w.Level, s.Level)
	sheet.Keep(has("x_m"), &w.XMM, s.XMM)
	sheet.Keep(has("y_m"), &w.YMM, s.YMM)
	sheet.Keep(has("pick_seq"), &w.PickSeq, s.PickSeq)
	return want
}

// learnLocations finds the nodes that rows name, fills them in, and reads the locations that exist.
func learnLocations(tx *db.Tx, drafts []placed, lock bool) (map[address]placed, map[int]*fault.Fault, error) {
	nodes, err := Nodes(tx)
	if err != nil {
		return nil, nil, err
	}
	byCode, byID := map[string]int64{}, map[int64]string{}
	var ids []int64
	for _, n := range nodes {
		byCode[n.Code], byID[n.ID] = n.ID, n.Code
		ids = append(ids, n.ID)
	}
	refused := map[int]*fault.Fault{}
	var codes []string
	for i := range drafts {
		id, known := byCode[drafts[i].warehouse]
		if !known {
			refused[i] = fault.Invalidf("warehouse", "warehouse.unknown", "there is no warehouse %s; import the warehouses first", drafts[i].warehouse).
				With("code", drafts[i].warehouse)
		}
		drafts[i].NodeID = id
		codes = append(codes, drafts[i].Code)
	}
	sql := selByCodes
	if lock {
		sql = lockByCodes
	}
	list, err := db.All(tx.Query(sql, ids, codes), readLocation)
	stored := make(map[address]placed, len(list))
	for _, l := range list {
		stored[address{byID[l.NodeID], l.Code}] = placed{l, byID[l.NodeID]}
	}
	return stored, refused, err
}
