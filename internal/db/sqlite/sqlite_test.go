package sqlite

import (
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func open(t *testing.T) *Conn {
	t.Helper()
	c, err := Open(filepath.Join(t.TempDir(), "a file?.db"), "journal_mode(wal)", "foreign_keys(on)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func prepare(t *testing.T, c *Conn, text string) *Stmt {
	t.Helper()
	s, err := c.Prepare(text)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Whatever is bound comes back, in whatever order statements of any length follow each other.
func TestWhatIsBoundComesBack(t *testing.T) {
	c := open(t)
	must(t, c.Exec("CREATE TABLE v (n INTEGER NOT NULL, a TEXT NOT NULL, b TEXT NOT NULL, f REAL NOT NULL, yes INTEGER NOT NULL) STRICT"))
	put := prepare(t, c, "INSERT INTO v (n, a, b, f, yes) VALUES (?1, ?2, ?3, ?4, ?5)")
	get := prepare(t, c, "SELECT n, a, b, f, yes FROM v")
	drop := prepare(t, c, "DELETE FROM v")
	rapid.Check(t, func(t *rapid.T) {
		n, f, yes := rapid.Int64().Draw(t, "n"), rapid.Float64().Draw(t, "f"), rapid.Bool().Draw(t, "yes")
		a := rapid.StringN(0, 400, -1).Draw(t, "a")
		b := rapid.SampledFrom([]string{"", "\x00", "x\x00y", "李明", strings.Repeat("长", 3000)}).Draw(t, "b")
		if err := put.Run([]any{n, a, b, f, yes}); err != nil {
			t.Fatal(err)
		}
		if c.Changes() != 1 {
			t.Fatalf("%d rows were written", c.Changes())
		}
		row, err := get.Step()
		if err != nil || !row {
			t.Fatal(row, err)
		}
		gotN, _ := get.Int(0)
		gotA, _ := get.Text(1)
		gotB, _ := get.Text(2)
		gotF, _ := get.Float(3)
		gotYes, _ := get.Int(4)
		if gotN != n || gotA != a || gotB != b || gotF != f || (gotYes == 1) != yes {
			t.Fatalf("bound %v %q %q %v %v, read %v %q %q %v %v", n, a, b, f, yes, gotN, gotA, gotB, gotF, gotYes)
		}
		if _, fits := get.Int(1); fits {
			t.Fatal("a text was read as a number")
		}
		get.Reset()
		if err := drop.Run(nil); err != nil {
			t.Fatal(err)
		}
	})
}

func TestFailuresSayWhatIsWrong(t *testing.T) {
	c := open(t)
	must(t, c.Exec("CREATE TABLE one (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT; INSERT INTO one VALUES (1, 'a')"))
	put := prepare(t, c, "INSERT INTO one VALUES (?1, ?2)")
	for _, row := range [][]any{{1, "b"}, {2, "a"}} {
		if err := put.Run(row); !Duplicate(err) {
			t.Errorf("%v: %v is no duplicate", row, err)
		}
	}
	if err := put.Run([]any{2, 7}); err != nil {
		t.Errorf("a number is a text to SQLite: %v", err)
	}
	if err := put.Run([]any{3, nil}); err == nil || Duplicate(err) || !strings.Contains(err.Error(), "NOT NULL") {
		t.Errorf("NULL: %v", err)
	}
	if err := put.Run([]any{3, []byte("x")}); err == nil || !strings.Contains(err.Error(), "uint8") {
		t.Errorf("bytes: %v", err)
	}
	if err := put.Run([]any{4, "d", 5}); err == nil {
		t.Error("a third argument for two places was taken")
	}
	if _, err := c.Prepare("SELECT missing FROM one"); err == nil || !strings.Contains(err.Error(), "no such column") {
		t.Errorf("unknown column: %v", err)
	}
	if err := put.Run([]any{5, "e"}); err != nil {
		t.Errorf("after failures the statement does not work: %v", err)
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none", "x.db")); err == nil || !strings.Contains(err.Error(), "unable to open") {
		t.Errorf("a folder that is missing: %v", err)
	}
}

func TestATransactionThatFindsTheDiskFullIsOver(t *testing.T) {
	c := open(t)
	must(t, c.Exec("CREATE TABLE heap (x TEXT)"))
	must(t, c.Exec("PRAGMA max_page_count = 8"))
	if c.Begun() {
		t.Fatal("before it began")
	}
	must(t, c.Exec("BEGIN"))
	if !c.Begun() {
		t.Fatal("it did not begin")
	}
	var err error
	for range 100 {
		if err = c.Exec("INSERT INTO heap VALUES (hex(randomblob(2000)))"); err != nil {
			break
		}
	}
	if !Full(err) || c.Begun() {
		t.Errorf("%v, open %v", err, c.Begun())
	}
	must(t, c.Exec("PRAGMA max_page_count = 1000; INSERT INTO heap VALUES ('room')"))
}
