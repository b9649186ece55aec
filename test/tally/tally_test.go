package main

import (
	"strings"
	"testing"
)

func lines(all ...string) string { return strings.Join(all, "\n") + "\n" }

func TestTheTally(t *testing.T) {
	for _, c := range []struct {
		name, in string
		well     bool
		want     []string
	}{
		{"a passed test", lines(
			`{"Action":"pass","Package":"p","Test":"TestA"}`, `{"Action":"pass","Package":"p","Elapsed":1.2}`),
			true, []string{"pass p 1.2s", "1 passed, 0 failed, 0 skipped"}},
		{"a skipped subtest is told with its reason, its parent is not counted", lines(
			`{"Action":"output","Package":"p","Test":"TestA/postgres","Output":"=== RUN   TestA/postgres\n"}`,
			`{"Action":"output","Package":"p","Test":"TestA/postgres","Output":"    dbtest.go:43: no PostgreSQL: not set\n"}`,
			`{"Action":"output","Package":"p","Test":"TestA/postgres","Output":"    --- SKIP: TestA/postgres (0.00s)\n"}`,
			`{"Action":"skip","Package":"p","Test":"TestA/postgres"}`, `{"Action":"pass","Package":"p","Test":"TestA/sqlite"}`,
			`{"Action":"pass","Package":"p","Test":"TestA"}`, `{"Action":"pass","Package":"p"}`),
			true, []string{"p TestA/postgres: no PostgreSQL: not set", "1 passed, 0 failed, 1 skipped"}},
		{"a failed test shows its output", lines(
			`{"Action":"output","Package":"p","Test":"TestA","Output":"a_test.go:1: lost a parcel\n"}`,
			`{"Action":"fail","Package":"p","Test":"TestA"}`, `{"Action":"fail","Package":"p"}`),
			false, []string{"lost a parcel", "Failed:\n  p TestA", "0 passed, 1 failed, 0 skipped"}},
		{"a package that does not compile has failed", lines(
			`{"Action":"pass","Package":"q","Test":"TestB"}`, `{"Action":"pass","Package":"q"}`,
			`{"ImportPath":"p [p.test]","Action":"build-output","Output":"p/a.go:3: undefined: x\n"}`,
			`{"Action":"fail","Package":"p","FailedBuild":"p [p.test]"}`),
			false, []string{"undefined: x", "1 passed, 1 failed, 0 skipped"}},
		{"a panic outside any test has failed", lines(
			`{"Action":"output","Package":"p","Test":"TestA","Output":"panic: no goods\n"}`, `{"Action":"fail","Package":"p"}`),
			false, []string{"panic: no goods", "0 passed, 1 failed, 0 skipped"}},
		{"a stream that breaks off has failed", lines(`{"Action":"start","Package":"p"}`),
			false, []string{"p (no end)", "1 failed"}},
		{"the section is named", lines(
			`{"Action":"section","Output":"race detector"}`, `{"Action":"pass","Package":"p","Test":"TestA"}`, `{"Action":"pass","Package":"p"}`),
			true, []string{"== race detector", "p (race detector)"}},
		{"nothing at all is not well", "", false, []string{"0 passed, 0 failed, 0 skipped"}},
		{"what is no event is shown", lines("go: cannot find module"), false, []string{"go: cannot find module"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out strings.Builder
			y := newTally(&out)
			if err := y.read(strings.NewReader(c.in)); err != nil {
				t.Fatal(err)
			}
			if well := y.finish(); well != c.well {
				t.Errorf("all well: %v, want %v", well, c.well)
			}
			for _, want := range c.want {
				if !strings.Contains(out.String(), want) {
					t.Errorf("no %q in:\n%s", want, out.String())
				}
			}
			if !strings.HasSuffix(out.String(), " skipped\n") {
				t.Errorf("the tally is not the last line:\n%s", out.String())
			}
		})
	}
}

func TestTheChecksBeforeTheTestsAreCounted(t *testing.T) {
	var out strings.Builder
	y := newTally(&out)
	y.before(3, list("gofmt"), list("no C compiler: no race detector"))
	if y.finish() {
		t.Error("gofmt failed, but all is called well")
	}
	if want := "2 passed, 1 failed, 1 skipped\n"; !strings.HasSuffix(out.String(), want) {
		t.Errorf("want %q at the end of:\n%s", want, out.String())
	}
}
