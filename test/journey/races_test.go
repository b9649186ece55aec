package journey

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	road "github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/ship"
)

var updateRaces = flag.Bool("update-races", false, "write docs/flow/races.md anew from what happens")

// racePage is where the outcomes are written down for people.
var racePage = filepath.Join("..", "..", "docs", "flow", "races.md")

// race is an order on its way, against which something comes.
type race struct {
	*house
	account *account // of its carrier; only for parcels that are collected unscanned
	no      int
	stage   string
	key     int64
	work    int64 // its fulfilment; 0 while it has none
	doc     intake.Document
	bins    map[string]int64 // what was blocked before
	codes   map[string]bool  // stops and refusals that were seen
}

// raceStages is how far an order may be.
var raceStages = []string{"waiting", "allocated", "released", "picking", "picked", "packed", "labelled", "collected unscanned", "handed over", "in transit"}

// raceEvents is what may come against it.
var raceEvents = []struct {
	name string
	do   func(r *race) error
}{
	{"cancel the order", func(r *race) error { r.doc.Cancelled = true; return r.send() }},
	{"cancel a line", func(r *race) error { r.doc.Lines = r.doc.Lines[:1]; return r.send() }},
	{"refund before shipping", func(r *race) error { r.doc.PaymentStatus = "refunded"; return r.send() }},
	{"new address", func(r *race) error { r.doc.Address = "文二路 77 号 1 单元 101 室"; return r.send() }},
	{"quantity down", func(r *race) error { r.doc.Lines[0].Quantity = 1; return r.send() }},
	{"reminder", func(r *race) error {
		_, err := r.Flow.Remind(context.Background(), nil, r.key, "user:ann")
		return err
	}},
}

func (r *race) send() error { _, err := r.receive(r.doc); return err }

func TestWhatComesAgainstAParcelEndsAsThePageSays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		account := openAccount(t, d, road.Config{Seed: 5})
		h := found(t, d, map[string]ship.Carrier{"ZTO": account})
		h.furnish()
		h.stock("HZ,A-1,MUG,good,,,1000", "HZ,A-2,TEE,good,,,1000")
		codes := map[string]bool{}
		var page strings.Builder
		no := 0
		for _, stage := range raceStages {
			fmt.Fprintf(&page, "\n## %s%s\n\n| Event | Answer to the shop | Order | Stock | Waybill | Money | Next scan |\n| --- | --- | --- | --- | --- | --- | --- |\n", strings.ToUpper(stage[:1]), stage[1:])
			for _, e := range raceEvents {
				no++
				r := &race{house: h, account: account, no: no, stage: stage, codes: codes}
				r.begin()
				err := e.do(r)
				r.wait()
				fmt.Fprintf(&page, "| %s | %s | %s | %s | %s | %s | %s |\n", e.name, r.answer(err), r.head(), r.stock(), r.waybill(), r.money(), r.scan())
				r.settle()
				h.clean(stage + ": " + e.name)
				r.atRest()
			}
		}
		golden(t, raceHead+page.String()+glossary(codes))
	})
}

const raceHead = `# What comes against a parcel, and how it ends

Made by ` + "`go test ./test/journey -run AgainstAParcel -update-races`" + ` from an order of two mugs and a shirt (30.00, paid) on
both databases; the books are proven after every line. Stock is what of its three units is promised, and what went to
quarantine. The next scan is what the next pair of hands is told: the picker's handheld, the packing bench, the
request for a label, or the dock. "Collected unscanned" is a labelled parcel that a courier took along before anybody
scanned it at the dock: before such a parcel is cancelled, opened or sent elsewhere its carrier is asked, and after a cancel the
return of what travels is expected in after-sales.
`

func golden(t *testing.T, text string) {
	t.Helper()
	if *updateRaces {
		if err := os.WriteFile(racePage, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	have, err := os.ReadFile(racePage)
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != text {
		t.Errorf("docs/flow/races.md is not what happens; run go test ./test/journey -run AgainstAParcel -update-races\n%s", text)
	}
}

// glossary spells the codes out.
func glossary(codes map[string]bool) string {
	var out strings.Builder
	out.WriteString("\n## The codes\n\n")
	for _, code := range sortedCodes(codes) {
		fmt.Fprintf(&out, "- `%s`: %s\n", code, words.Render("en", code, map[string]any{"bin": "QUARANTINE", "goods": "TEE × 1", "paid": "30.00", "total": "20.00", "currency": "CNY"}))
	}
	return out.String()
}

func sortedCodes(codes map[string]bool) (list []string) {
	for c := range codes {
		list = append(list, c)
	}
	slices.Sort(list)
	return list
}

// begin sells the order and brings it to its stage.
func (r *race) begin() { r.beginWith("浙江省", item("MUG", 2), item("TEE", 1)) }

func (r *race) beginWith(province string, lines ...intake.Line) {
	r.t.Helper()
	ctx := context.Background()
	r.bins = r.blocked()
	r.doc = sold(9000+r.no, province, lines...)
	r.key = taken(r.house, r.doc).OrderID
	r.doc.Lines = slices.Clone(r.doc.Lines)
	if r.stage == "waiting" {
		_, err := r.Review.Step(ctx)
		must(r.house, 0, err)
		return
	}
	r.settle()
	r.work = rows[int64](r.house, workOf, r.key)[0]
	to, early := map[string]string{"allocated": order.Allocated, "released": order.Released, "picking": order.Released, "picked": order.Picked}[r.stage]
	if !early {
		to = order.Packed
	}
	r.upTo(r.work, to)
	switch r.stage {
	case "allocated", "released", "picked":
	case "picking":
		task := rows[int64](r.house, taskOf, r.work)[0]
		_, err := r.Pick.Confirm(ctx, nil, pick.ConfirmIn{TaskID: task, Lines: []pick.ConfirmLine{{Seq: 2, Picked: 1}}, Picker: "bob"})
		must(r.house, 0, err)
	default:
		r.toTheRoad()
	}
}

func (r *race) toTheRoad() {
	ctx := context.Background()
	if r.stage == "packed" {
		return
	}
	_, err := r.Ship.Label(ctx, nil, ship.LabelIn{FulfilmentID: r.work, Actor: "user:eve"})
	must(r.house, 0, err)
	r.wait()
	switch r.stage {
	case "collected unscanned":
		r.collected()
		fallthrough
	case "labelled":
		return
	}
	m, err := r.Ship.HandOver(ctx, nil, ship.HandOverIn{Fulfilments: []int64{r.work}, Actor: "user:eve"})
	if must(r.house, m, err); len(m.Handed) != 1 {
		r.t.Fatalf("%+v", m)
	}
	r.wait()
	if r.stage == "in transit" {
		r.DB.Clock().Advance(7 * time.Hour)
		_, err := r.Track.Poll(ctx)
		must(r.house, 0, err)
	}
}

// collected is a courier who takes the parcel along that nobody has scanned at the dock.
func (r *race) collected() {
	_, number, _ := strings.Cut(rows[string](r.house, shipmentsFor, r.key)[0], " ")
	must(r.house, 0, r.account.Collect(context.Background(), []string{number}))
}

// wait lets the jobs run over their pauses.
func (r *race) wait() {
	for range 2 {
		r.settle()
		r.DB.Clock().Advance(2 * time.Second)
	}
	r.settle()
}
