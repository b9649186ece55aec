package warehouse

import (
	"context"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Edit is what somebody says of a node by hand. What is nil stays as it is, or empty in a new one.
type Edit struct {
	Code string
	New  bool // there is none of this code yet

	Name, Timezone, Country, Province, City, District, Address *string
	Lat, Lng                                                   *int64 // micro-degrees; together
	CapacityOrdersDay, HandlingCost, Priority                  *int64
	Open                                                       *bool
	Cutoffs                                                    *[]Cutoff
}

// SaveNode adds a node or changes one. A new one is open unless the edit says otherwise, and gets its STAGE, QUARANTINE and DOCK.
// once may be nil. Faults: warehouse.unknown, warehouse.code_taken, warehouse.text, warehouse.out_of_range, and those of the file:
// warehouse.timezone, warehouse.country, warehouse.half_a_place, warehouse.latitude, warehouse.longitude.
func (s *Service) SaveNode(ctx context.Context, once *db.Once, actor string, e Edit) (Node, error) {
	saved, err := db.Command(ctx, s.db, once, func(tx *db.Tx) (Node, error) {
		found, err := readNodes(tx.Query(lockNodes, []string{e.Code}))
		if err != nil {
			return Node{}, err
		}
		n := Node{Code: e.Code, Name: e.Code, Open: true}
		switch {
		case e.New && len(found) > 0:
			return Node{}, codeTaken(e.Code)
		case !e.New && len(found) == 0:
			return Node{}, fault.New(fault.NotFound, "warehouse.unknown", "there is no warehouse %s; import the warehouses first", e.Code).With("code", e.Code)
		case !e.New:
			n = found[0]
		}
		e.onto(&n)
		if f := e.check(n); f != nil {
			return Node{}, f
		}
		created, updated := []nodeDraft{{Node: n}}, []nodeDraft(nil)
		if !e.New {
			created, updated = updated, created
		}
		storeNodes(tx, created, updated)
		tx.Emit(db.Event{Kind: "warehouse.saved.v1", Subject: n.ID, Actor: actor, Params: map[string]any{"warehouse": n.Code, "open": n.Open}})
		return n, nil
	})
	if db.Duplicate(err) {
		return Node{}, codeTaken(e.Code) // somebody added it at the same moment
	}
	return saved, err
}

func codeTaken(code string) error {
	return fault.New(fault.Conflict, "warehouse.code_taken", "there is a warehouse %s already", code).With("code", code)
}

// onto lays what was said over a node.
func (e Edit) onto(n *Node) {
	for to, said := range map[*string]*string{&n.Name: e.Name, &n.Timezone: e.Timezone, &n.Country: e.Country, &n.Province: e.Province, &n.City: e.City,
		&n.District: e.District, &n.Address: e.Address} {
		if said != nil {
			*to = strings.TrimSpace(*said)
		}
	}
	for to, said := range map[*int64]*int64{&n.Lat: e.Lat, &n.Lng: e.Lng, &n.CapacityOrdersDay: e.CapacityOrdersDay, &n.HandlingCost: e.HandlingCost,
		&n.Priority: e.Priority} {
		if said != nil {
			*to = *said
		}
	}
	if e.Open != nil {
		n.Open = *e.Open
	}
	if e.Cutoffs != nil {
		n.Cutoffs = *e.Cutoffs
	}
	if n.Name == "" {
		n.Name = n.Code
	}
	n.Country = strings.ToUpper(n.Country)
}

// check finds every mistake of a node that a person made.
func (e Edit) check(n Node) *fault.Fault {
	list := []*fault.Fault{
		textOf("code", n.Code, 1, maxCode), textOf("name", n.Name, 1, maxText), textOf("province", n.Province, 0, maxCode), textOf("city", n.City, 0, maxCode),
		textOf("district", n.District, 0, maxCode), textOf("address", n.Address, 0, maxText), textOf("timezone", n.Timezone, 1, maxCode),
		badCountry(n.Country), badZone(n.Timezone, map[string]*time.Location{}),
		between("capacity_orders_day", n.CapacityOrdersDay, maxCapacity), between("handling_cost", n.HandlingCost, maxCost), between("priority", n.Priority, maxPriority),
		degrees("lat", "warehouse.latitude", n.Lat, 90), degrees("lng", "warehouse.longitude", n.Lng, 180),
	}
	if (e.Lat == nil) != (e.Lng == nil) {
		list = append(list, halfPlace())
	}
	return fault.Join(list...)
}

const maxCost = 1_000_000_000_000

func textOf(field, text string, least, most int) *fault.Fault {
	if n := utf8.RuneCountInString(text); n < least || n > most || !utf8.ValidString(text) || text != strings.TrimSpace(text) || strings.ContainsFunc(text, unicode.IsControl) {
		return fault.Invalidf(field, "warehouse.text", "%s has %d to %d characters on one line", field, least, most).With("min", least).With("max", most)
	}
	return nil
}

func between(field string, n, most int64) *fault.Fault {
	if n < 0 || n > most {
		return fault.Invalidf(field, "warehouse.out_of_range", "%d is not between 0 and %d", n, most).With("value", n).With("max", most)
	}
	return nil
}

func degrees(field, code string, micro, most int64) *fault.Fault {
	if micro < -most*1e6 || micro > most*1e6 {
		return fault.Invalidf(field, code, "%s is not between -%d and %d", strconv.FormatFloat(float64(micro)/1e6, 'f', -1, 64), most, most).
			With("value", strconv.FormatFloat(float64(micro)/1e6, 'f', -1, 64)).With("max", most)
	}
	return nil
}
