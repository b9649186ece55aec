package warehouse

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/load"
	"github.com/packhorse/packhorse/internal/sheet"
)

// nodeHeader lists the columns of the warehouse file, in the order in which it is written.
var nodeHeader = []string{"code", "name", "timezone", "country", "province", "city", "district", "address", "lat", "lng",
	"capacity_orders_day", "handling_cost", "cutoffs", "priority", "open"}

var nodeFile = sheet.Columns{
	Required: []string{"code", "timezone"},
	Optional: append([]string{"name"}, nodeHeader[3:]...),
}

const (
	maxCapacity = 100_000_000
	maxPriority = 1_000_000
)

// ImportWarehouses reads a warehouse file. The good rows go in, the bad are listed; a column that the file
// does not have stays as it is stored. Besides the usual columns, priority (smaller goes first) and open (0 or 1; empty says
// nothing, and a new node is open) are read. A new node gets its STAGE, QUARANTINE and DOCK. dryRun decides
// everything and writes nothing. progress, which may be nil, is told the rows read so far.
//
// Rejections besides those of sheet: warehouse.timezone, warehouse.country, warehouse.latitude, warehouse.longitude,
// warehouse.half_a_place, warehouse.cutoff, warehouse.cutoffs_too_many.
func (s *Service) ImportWarehouses(ctx context.Context, r *sheet.Reader, dryRun bool, progress func(done int)) (sheet.Answer, error) {
	if err := r.Expect(nodeFile); err != nil {
		return sheet.Answer{}, err
	}
	has := r.Given(nodeFile)
	zones := map[string]*time.Location{}
	f := load.File[string, nodeDraft]{
		DB: s.db, Event: "warehouse.imported.v1", What: "warehouses", Dry: dryRun,
		Read:  func(row sheet.Row) (nodeDraft, *fault.Fault) { return nodeOf(row, s.currency, zones) },
		Key:   func(n nodeDraft) string { return n.Code },
		Name:  func(n nodeDraft) string { return n.Code },
		Equal: func(a, b nodeDraft) bool { return a.equal(b.Node) },
		Learn: learnNodes,
		Over:  func(stored, want nodeDraft) nodeDraft { return overNode(has, stored, want) },
		Fresh: func(want nodeDraft) nodeDraft { want.Open = want.Open || !want.saysOpen; return want },
		Store: storeNodes,
	}
	return f.Run(ctx, r, progress)
}

// nodeDraft is a node as a row says it.
type nodeDraft struct {
	Node
	saysOpen bool
}

func nodeOf(r sheet.Row, currency string, zones map[string]*time.Location) (nodeDraft, *fault.Fault) {
	if f := r.Fault(); f != nil {
		return nodeDraft{}, f
	}
	c := r.Cells()
	c.Note(r.Require(nodeFile.Required...))
	n := Node{
		Code: c.Line("code", maxCode), Name: c.Text("name", maxText), Timezone: c.Text("timezone", maxCode), Country: strings.ToUpper(c.Text("country", maxCode)),
		Province: c.Text("province", maxCode), City: c.Text("city", maxCode), District: c.Text("district", maxCode), Address: c.Text("address", maxText),
		Lat: c.Scaled("lat", 6, 90, "warehouse.latitude"), Lng: c.Scaled("lng", 6, 180, "warehouse.longitude"),
		CapacityOrdersDay: c.Count("capacity_orders_day", maxCapacity), HandlingCost: c.Amount("handling_cost", currency), Priority: c.Count("priority", maxPriority),
	}
	n.Name = cmp.Or(n.Name, n.Code)
	c.Note(halfAPlace(r))
	c.Note(badCountry(n.Country))
	c.Note(badZone(n.Timezone, zones))
	var f *fault.Fault
	n.Cutoffs, f = ParseCutoffs(r.Get("cutoffs"))
	c.Note(f)
	n.Open = c.Flag("open")
	return nodeDraft{n, r.Get("open") != ""}, c.Fault()
}

// halfAPlace refuses half a place on earth: with one coordinate the node would lie in the Atlantic.
func halfAPlace(r sheet.Row) *fault.Fault {
	if (r.Get("lat") == "") == (r.Get("lng") == "") {
		return nil
	}
	return halfPlace()
}

func halfPlace() *fault.Fault {
	return fault.Invalidf("lat", "warehouse.half_a_place", "lat and lng must both be filled in, or both be empty")
}

func badCountry(code string) *fault.Fault {
	if code == "" || len(code) == 2 && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		return nil
	}
	return fault.Invalidf("country", "warehouse.country", "%q is not a country code of two letters (ISO 3166-1), such as CN", code).With("value", code)
}

// badZone asks the time zone database. Local would be the server's own zone, which says nothing about the node.
func badZone(name string, zones map[string]*time.Location) *fault.Fault {
	if name == "" || zones[name] != nil { // an empty cell is missing, and said so
		return nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		return fault.Invalidf("timezone", "warehouse.timezone", "%q is not a time zone such as Asia/Shanghai", name).With("value", name)
	}
	zones[name] = zone
	return nil
}

func overNode(has sheet.Given, stored, want nodeDraft) nodeDraft {
	w, s := &want.Node, stored.Node
	w.ID = s.ID
	sheet.Keep(has("name"), &w.Name, s.Name)
	sheet.Keep(has("country"), &w.Country, s.Country)
	sheet.Keep(has("province"), &w.Province, s.Province)
	sheet.Keep(has("city"), &w.City, s.City)
	sheet.Keep(has("district"), &w.District, s.District)
	sheet.Keep(has("address"), &w.Address, s.Address)
	sheet.Keep(has("lat"), &w.Lat, s.Lat)
	sheet.Keep(has("lng"), &w.Lng, s.Lng)
	sheet.Keep(has("capacity_orders_day"), &w.CapacityOrdersDay, s.CapacityOrdersDay)
	sheet.Keep(has("handling_cost"), &w.HandlingCost, s.HandlingCost)
	sheet.Keep(has("cutoffs"), &w.Cutoffs, s.Cutoffs)
	sheet.Keep(has("priority"), &w.Priority, s.Priority)
	sheet.Keep(want.saysOpen, &w.Open, s.Open)
	return want
}

func learnNodes(tx *db.Tx, drafts []nodeDraft, lock bool) (map[string]nodeDraft, map[int]*fault.Fault, error) {
	codes := make([]string, len(drafts))
	for i, d := range drafts {
		codes[i] = d.Code
	}
	sql := selNodesByCode
	if lock {
		sql = lockNodes
	}
	list, err := readNodes(tx.Query(sql, codes))
	stored := make(map[string]nodeDraft, len(list))
	for _, n := range list {
		stored[n.Code] = nodeDraft{Node: n}
	}
	return stored, nil, err
}

// storeNodes writes the nodes of a chunk, and tells every process that there are others now.
func storeNodes(tx *db.Tx, created, updated []nodeDraft) {
	for _, n := range created {
		writeDraft(tx, n, true)
	}
	for _, n := range updated {
		writeDraft(tx, n, false)
	}
	if len(created)+len(updated) > 0 {
		tx.Put(putSetting, VersionSetting, strconv.FormatInt(tx.NewID(), 36), tx.Micros(), "system")
	}
}

func writeDraft(tx *db.Tx, want nodeDraft, fresh bool) {
	n := want.Node
	if fresh {
		n.ID = tx.NewID()
	}
	writeNode(tx, n)
	if !fresh {
		return
	}
	for _, l := range own {
		l.ID, l.NodeID = tx.NewID(), n.ID
		writeLocation(tx, l)
	}
}
