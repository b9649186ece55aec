package ceiling

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// postgresURL is the database to measure; a server is not part of every machine.
func postgresURL(t *testing.T) string {
	t.Helper()
	url := os.Getenv("PACKHORSE_TEST_POSTGRES")
	if url == "" {
		t.Skip("PACKHORSE_TEST_POSTGRES names no PostgreSQL server (postgres://…)")
	}
	return url
}

func TestALifeIsThirtySixRowsInSixStages(t *testing.T) {
	want := [stages]int{intake: 4, review: 2, allocate: 10, pick: 6, pack: 5, ship: 9}
	total := 0
	for s, rows := range want {
		ops := newOrder(7).live(nil, stage(s), 1, 1)
		if len(ops) != rows {
			t.Errorf("stage %d writes %d rows, want %d", s, len(ops), rows)
		}
		total += len(ops)
	}
	if total != RowsPerOrder {
		t.Errorf("a life has %d rows, want %d", total, RowsPerOrder)
	}
}

func TestEveryOrderWantsTwoDifferentSKUsThatAreInStock(t *testing.T) {
	for id := range int64(200_000) { // equal SKUs by chance would show some twenty times
		o := newOrder(id + 1)
		if o.skus[0] == o.skus[1] {
			t.Fatalf("order %d wants SKU %d twice", o.id, o.skus[0])
		}
		if min(o.skus[0], o.skus[1], o.warehouse) < 1 || max(o.skus[0], o.skus[1]) > skus || o.warehouse > warehouses {
			t.Fatalf("order %+v wants what there is not", o)
		}
	}
}

func TestASetKeepsEveryUnitAndSortsItsKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.Int64Range(1, 4)
		want, rows := map[[2]int64]int64{}, [][]any{}
		for range rapid.IntRange(1, 30).Draw(t, "rows") {
			a, b, q := key.Draw(t, "sku"), key.Draw(t, "warehouse"), key.Draw(t, "quantity")
			want[[2]int64{a, b}] += q
			rows = append(rows, []any{a, b, q})
		}
		folded := summed(rows, 2)
		if len(folded) != len(want) {
			t.Fatalf("%d rows for %d keys", len(folded), len(want))
		}
		last := [2]int64{}
		for _, row := range folded {
			k := [2]int64{row[0].(int64), row[1].(int64)}
			if k[0] < last[0] || k[0] == last[0] && k[1] <= last[1] {
				t.Fatalf("%v after %v", k, last)
			}
			if row[2] != want[k] {
				t.Fatalf("%v has %d units, want %d", k, row[2], want[k])
			}
			last = k
		}
	})
}

func TestSQLiteLivesLeaveThirtySixRowsPerOrder(t *testing.T) {
	dir := t.TempDir()
	life, err := SQLite(t.Context(), dir, 250, 100)
	expectLife(t, life, err, 250, 18)
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestPostgresLivesLeaveThirtySixRowsPerOrder(t *testing.T) {
	life, err := Postgres(t.Context(), postgresURL(t), 850, 100, 4)
	expectLife(t, life, err, 850, 54)
}

func expectLife(t *testing.T, life Life, err error, orders, commits int) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", life)
	if life.Orders != orders || life.RowsPerOrder != RowsPerOrder || life.Commits != commits || life.OrdersPerSecond <= 0 {
		t.Errorf("got %+v, want %d orders of %d rows in %d commits", life, orders, RowsPerOrder, commits)
	}
}

func TestTheBooksNoticeAMissingRow(t *testing.T) {
	file, err := openFile(t.Context(), t.TempDir(), stockSeed())
	if err != nil {
		t.Fatal(err)
	}
	defer file.close()
	var r run
	if err := file.live(t.Context(), &r, 3, 2); err != nil {
		t.Fatal(err)
	}
	if err := prove(lifeBooks, 3, file.count); err != nil {
		t.Fatal(err)
	}
	if _, err := file.conn.ExecContext(t.Context(), "DELETE FROM event WHERE id = 4"); err != nil {
		t.Fatal(err)
	}
	if err := prove(lifeBooks, 3, file.count); err == nil || !strings.Contains(err.Error(), "17 found, 18 expected") {
		t.Errorf("a deleted event: %v", err)
	}
}

func TestEverySQLiteTableIsStrict(t *testing.T) {
	file, err := openFile(t.Context(), t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer file.close()
	strict, err := file.count("SELECT count(*) FROM pragma_table_list WHERE strict = 1")
	if err != nil || int(strict) != len(tables) {
		t.Errorf("%d of %d tables are STRICT (%v)", strict, len(tables), err)
	}
}

func TestAGuardThatHitsNoRowStopsTheRun(t *testing.T) {
	file, err := openFile(t.Context(), t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer file.close()
	var r run
	if err := file.live(t.Context(), &r, 1, 1); err == nil || !strings.Contains(err.Error(), "0 rows instead of one") {
		t.Errorf("reserving without stock: %v", err)
	}
}

func TestARunThatIsCalledOffFails(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := SQLite(ctx, t.TempDir(), 10, 10); err == nil {
		t.Error("SQLite answered although it was called off")
	}
	if _, err := HotSQLite(ctx, t.TempDir(), 4, 10); err == nil {
		t.Error("HotSQLite answered although it was called off")
	}
}

// hotRuns are stocks below, at and above what one group of buyers takes.
var hotRuns = []struct{ buyers, units int }{{64, 1}, {64, 64}, {64, 1000}, {300, 700}, {1, 5}}

func TestTheHotSKUSellsExactlyItsUnitsOnSQLite(t *testing.T) {
	for _, c := range hotRuns {
		hot, err := HotSQLite(t.Context(), t.TempDir(), c.buyers, c.units)
		expectHot(t, hot, err, c.buyers, c.units)
	}
}

func TestTheHotSKUSellsExactlyItsUnitsOnPostgres(t *testing.T) {
	url := postgresURL(t)
	for _, c := range hotRuns {
		hot, err := HotPostgres(t.Context(), url, c.buyers, c.units)
		expectHot(t, hot, err, c.buyers, c.units)
	}
}

func expectHot(t *testing.T, hot Hot, err error, buyers, units int) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", hot)
	if hot.Granted != units || hot.Refused != buyers || hot.GrantsPerSecond <= 0 {
		t.Errorf("%d buyers, %d units: %+v", buyers, units, hot)
	}
}

func TestTheDiskMakesSomeWritesDurable(t *testing.T) {
	if got := Fdatasync(t.TempDir()); got < 1 {
		t.Errorf("%v writes a second", got)
	}
	if got := Fdatasync(filepath.Join(t.TempDir(), "missing")); got != 0 {
		t.Errorf("%v writes a second in a folder that is not there", got)
	}
}
