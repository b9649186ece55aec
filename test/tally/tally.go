package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// event is one line of `go test -json`, or our own: a section begins.
type event struct {
	Action      string
	Package     string
	ImportPath  string // of build output
	Test        string
	Elapsed     float64
	Output      string
	FailedBuild string
}

// tally counts the outcomes of several streams.
type tally struct {
	out                     io.Writer
	passed, failed, skipped int
	broken, reasons         []string // names of what failed; skipped tests with their reasons

	section string
	running map[string]*run // by package
	builds  map[string]string
}

// run is what is known of a package that is still being tested.
type run struct {
	output  map[string]*strings.Builder // by test; "" is the package itself
	outcome map[string]string
	order   []string
}

func newTally(out io.Writer) *tally {
	return &tally{out: out, running: map[string]*run{}, builds: map[string]string{}}
}

// before counts the checks that ran ahead of the tests.
func (t *tally) before(steps int, failed, skipped []string) {
	t.passed += steps - len(failed)
	t.failed += len(failed)
	t.broken = append(t.broken, failed...)
	t.skipped += len(skipped)
	t.reasons = append(t.reasons, skipped...)
}

func (t *tally) read(in io.Reader) error {
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			t.line(line)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// line takes one event. What is no event is shown as it is: a compiler or the go command has something to say.
func (t *tally) line(raw []byte) {
	var e event
	if json.Unmarshal(raw, &e) != nil {
		fmt.Fprintf(t.out, "%s", raw)
		return
	}
	switch {
	case e.Action == "section":
		t.section = e.Output
		fmt.Fprintln(t.out, "== "+e.Output)
	case e.Action == "build-output":
		t.builds[e.ImportPath] += e.Output
	case e.Package != "":
		t.take(e)
	}
}

func (t *tally) take(e event) {
	r := t.running[e.Package]
	if r == nil {
		r = &run{output: map[string]*strings.Builder{}, outcome: map[string]string{}}
		t.running[e.Package] = r
	}
	switch e.Action {
	case "output":
		if r.output[e.Test] == nil {
			r.output[e.Test] = &strings.Builder{}
		}
		r.output[e.Test].WriteString(e.Output)
	case "pass", "fail", "skip":
		if e.Test == "" {
			t.close(e, r)
			return
		}
		r.outcome[e.Test] = e.Action
		r.order = append(r.order, e.Test)
	}
}

// close counts a package when its end is told.
func (t *tally) close(e event, r *run) {
	delete(t.running, e.Package)
	failedBefore := t.failed
	parents := map[string]bool{}
	for name := range r.outcome {
		for i := strings.LastIndexByte(name, '/'); i > 0; i = strings.LastIndexByte(name[:i], '/') {
			parents[name[:i]] = true
		}
	}
	for _, name := range r.order {
		outcome := r.outcome[name]
		switch {
		case outcome == "fail":
			fmt.Fprint(t.out, r.text(name))
			if !parents[name] {
				t.fail(e.Package + " " + name)
			}
		case parents[name]:
		case outcome == "skip":
			t.skipped++
			t.reasons = append(t.reasons, t.named(e.Package)+" "+name+": "+reason(r.text(name)))
		default:
			t.passed++
		}
	}
	if e.Action == "fail" && t.failed == failedBefore { // it did not compile, panicked, or ran out of time
		fmt.Fprint(t.out, t.builds[e.FailedBuild], r.text(""))
		for name := range r.output {
			if name != "" && r.outcome[name] == "" {
				fmt.Fprint(t.out, r.text(name))
			}
		}
		t.fail(e.Package)
	}
	if e.Action != "skip" { // a package without tests is no news
		fmt.Fprintf(t.out, "%-4s %s %.1fs\n", e.Action, t.named(e.Package), e.Elapsed)
	}
}

func (t *tally) fail(name string) {
	t.failed++
	t.broken = append(t.broken, t.named(name))
}

func (t *tally) named(name string) string {
	if t.section != "" {
		return name + " (" + t.section + ")"
	}
	return name
}

func (r *run) text(test string) string {
	if b := r.output[test]; b != nil {
		return b.String()
	}
	return ""
}

// reason is what a skipped test said, without the frame that the testing package puts around it.
func reason(output string) string {
	var said []string
	for _, line := range strings.Split(output, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "===") || strings.HasPrefix(line, "---") {
			continue
		}
		if place, text, ok := strings.Cut(line, ": "); ok && strings.Contains(place, ".go:") {
			line = text
		}
		said = append(said, line)
	}
	if len(said) == 0 {
		return "no reason given"
	}
	return strings.Join(said, " ")
}

// finish prints the end and reports whether all is well.
func (t *tally) finish() bool {
	for name, r := range t.running { // the stream broke off
		fmt.Fprint(t.out, r.text(""))
		t.fail(name + " (no end)")
	}
	section := func(title string, list []string) {
		if len(list) > 0 {
			fmt.Fprintf(t.out, "\n%s:\n  %s\n", title, strings.Join(list, "\n  "))
		}
	}
	section("Skipped", t.reasons)
	section("Failed", t.broken)
	fmt.Fprintf(t.out, "\n%d passed, %d failed, %d skipped\n", t.passed, t.failed, t.skipped)
	return t.failed == 0 && t.passed > 0
}
