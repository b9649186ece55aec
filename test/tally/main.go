// Command tally reads the streams of `go test -json` and tells what matters: one line a package, the whole
// output of what failed, every skipped test with its reason, and last the line
//
//	N passed, N failed, N skipped
//
// It ends with 1 when anything failed. A test that has subtests is counted by them.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
)

func main() {
	steps := flag.Int("steps", 0, "how many checks ran before the tests")
	failed := flag.String("failed", "", "which of them failed, divided by semicolons")
	skipped := flag.String("skipped", "", "what could not be run and why, divided by semicolons")
	flag.Parse()

	t := newTally(os.Stdout)
	t.before(*steps, list(*failed), list(*skipped))
	if err := t.read(os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, "tally:", err)
		os.Exit(1)
	}
	if !t.finish() {
		os.Exit(1)
	}
}

func list(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ';' })
}
