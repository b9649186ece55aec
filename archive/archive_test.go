package archive

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/check"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
)

var insDocument = db.Insert("intake_document", "id bigint, channel text, shop text, external_id text, revision bigint, external_revision bigint, hash text, source text, received_at bigint, order_id bigint, outcome text, body text")

// take makes an order with three events and two documents, of which the second is followed.
func take(t *testing.T, d *db.DB, no, review string) (key int64) {
	t.Helper()
	err := d.Update(t.Context(), func(tx *db.Tx) error {
		o := &order.Order{Channel: "shop", ExternalNo: no, Kind: "normal", Currency: "CNY", Recipient: order.Recipient{Name: "王芳"},
			Axes:  order.Axes{Payment: "paid", Review: review, Fulfilment: "none", Delivery: "none", AfterSale: "none"},
			Lines: []order.Line{{No: 1, SKU: "TEA", Quantity: 1}}}
		order.Create(tx, o)
		key = o.ID
		for revision, outcome := range []string{"created", "amended"} {
			tx.Put(insDocument, tx.NewID(), "shop", "", no, revision+1, 0, no+outcome, "api", tx.Micros(), key, outcome, `{"note":"`+outcome+`"}`)
		}
		for _, kind := range []string{"order.received.v1", "order.amended.v1", "review.rejected.v1"} {
			tx.Emit(db.Event{Kind: kind, Order: key, Params: map[string]string{"why": "小明"}})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func standing(t *testing.T, d *db.DB, key int64) (kinds string, bodies int) {
	t.Helper()
	err := d.View(t.Context(), func(tx *db.Tx) error {
		past, err := tx.Past([]int64{key})
		for _, e := range past {
			kinds += e.Kind + " "
		}
		if err != nil {
			return err
		}
		o, err := order.ByIDs(tx, []int64{key})
		if err != nil {
			return err
		}
		left, err := intake.SupersededOf(tx, "shop", "", o[key].ExternalNo, key)
		bodies = len(left)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return kinds, bodies
}

func TestTheHistoryOfSettledOrdersMovesIntoTheFile(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		settled, open := take(t, d, "A-1", "rejected"), take(t, d, "A-2", "pending")
		var early, file bytes.Buffer
		if n, err := Write(t.Context(), d, "nord", dbtest.Noon.UnixMicro(), &early); err != nil || n != (Counts{}) {
			t.Errorf("what is not old enough: %+v %v", n, err)
		}
		before := dbtest.Noon.Add(time.Hour).UnixMicro()
		n, err := Write(t.Context(), d, "nord", before, &file)
		if err != nil || n != (Counts{Orders: 1, Events: 2, Documents: 1}) {
			t.Fatalf("%+v %v", n, err)
		}
		if kinds, bodies := standing(t, d, settled); strings.Count(kinds, " ") != 3 || bodies != 1 {
			t.Errorf("writing changed something: %s %d", kinds, bodies)
		}
		if got, err := Prove(bytes.NewReader(file.Bytes()), "nord"); err != nil || got != n {
			t.Fatalf("%+v %v", got, err)
		}
		for range 2 { // again after an interruption
			if err := Cut(t.Context(), d, "nord", "a.jsonl", bytes.NewReader(file.Bytes())); err != nil {
				t.Fatal(err)
			}
			if kinds, bodies := standing(t, d, settled); kinds != "order.received.v1 order.archived.v1 " || bodies != 0 {
				t.Errorf("left: %s, %d documents", kinds, bodies)
			}
		}
		if kinds, bodies := standing(t, d, open); strings.Count(kinds, " ") != 3 || bodies != 1 {
			t.Errorf("an open order lost something: %s %d", kinds, bodies)
		}
		if again, err := Write(t.Context(), d, "nord", before, io.Discard); err != nil || again != (Counts{}) {
			t.Errorf("a second archive finds %+v %v", again, err)
		}
	})
}

func TestAFileThatIsNotWholeCutsNothing(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon))
	take(t, d, "A-1", "rejected")
	var file bytes.Buffer
	if _, err := Write(t.Context(), d, "nord", dbtest.Noon.AddDate(100, 0, 0).UnixMicro(), &file); err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(file.String(), "\n")
	for name, text := range map[string]string{
		"cut":          strings.Join(lines[:len(lines)-2], ""),
		"a line less":  lines[0] + strings.Join(lines[2:], ""),
		"goes on":      file.String() + lines[1],
		"empty":        "",
		"no JSON":      lines[0] + "{\n",
		"another form": strings.Replace(file.String(), Form, "other/1", 1),
		"a word":       strings.Replace(file.String(), "小明", "小红", 1), // as much of everything as there was
	} {
		if _, err := Prove(strings.NewReader(text), "nord"); !errors.Is(err, ErrBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Prove(bytes.NewReader(file.Bytes()), "sued"); !errors.Is(err, ErrBroken) {
		t.Errorf("of another company: %v", err)
	}
}

// move books goods from one side to another.
func move(t *testing.T, d *db.DB, m inventory.Move) {
	t.Helper()
	m.SKU, m.Quantity = 7, 1
	if err := d.Update(t.Context(), func(tx *db.Tx) error { return inventory.Post(tx, m) }); err != nil {
		t.Fatal(err)
	}
}

func TestTheLedgerOfSettledOrdersMovesIntoTheFileWithThem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		bin, supplier := inventory.Place{Node: 1, Location: 1, Quality: inventory.Good}, inventory.Outside(inventory.Supplier)
		for _, review := range []string{"rejected", "pending"} {
			f := &order.Fulfilment{OrderID: take(t, d, review, review), NodeID: 1, Status: order.Allocated}
			if err := d.Update(t.Context(), func(tx *db.Tx) error { order.AddFulfilment(tx, f); return nil }); err != nil {
				t.Fatal(err)
			}
			move(t, d, inventory.Move{From: supplier, To: bin, Cause: "receipt"})
			move(t, d, inventory.Move{From: bin, To: inventory.Place{Node: 1, Location: 2, Container: f.ID, Quality: inventory.Good}, Cause: "pick", Ref: f.ID})
		}
		before := dbtest.Noon.Add(time.Hour).UnixMicro()
		var file bytes.Buffer
		n, err := Write(t.Context(), d, "nord", before, &file)
		if err != nil || n != (Counts{Orders: 1, Events: 2, Documents: 1, Entries: 3}) { // not what was picked for the open one
			t.Fatalf("%+v %v", n, err)
		}
		var entries []Entry
		err = Read(bytes.NewReader(file.Bytes()), "", func(l Line) error {
			if l.Entry != nil {
				entries = append(entries, *l.Entry)
			}
			return nil
		})
		if err != nil || entries[0].From != "supplier" || entries[0].Cause != "receipt" || entries[1].Cause != "pick" || entries[1].Ref == 0 {
			t.Errorf("%+v %v", entries, err)
		}
		for range 2 {
			if err := Cut(t.Context(), d, "nord", "a.jsonl", bytes.NewReader(file.Bytes())); err != nil {
				t.Fatal(err)
			}
			var dump bytes.Buffer
			if err := check.Dump(t.Context(), d, "ledger", &dump); err != nil {
				t.Fatal(err)
			}
			if text := dump.String(); strings.Count(text, "\n") != 3 || strings.Count(text, `"cause":"opening"`) != 2 || strings.Count(text, `"cause":"pick"`) != 1 {
				t.Errorf("the ledger that is left:\n%s", text)
			}
		}
	})
}
