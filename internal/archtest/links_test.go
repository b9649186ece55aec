package archtest

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// link is a relative link of a document, without its anchor.
var link = regexp.MustCompile(`\]\(([^):#\s]+)(?:#[^)]*)?\)`)

func TestLinksInTheDocumentsLeadSomewhere(t *testing.T) {
	var names []string
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/*/*.md", "changelog/*/*.md"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	exists := func(path string) bool { _, err := os.Stat(path); return err == nil }
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		report(t, linkFindings(name, string(raw), exists))
	}
	none := func(string) bool { return false }
	mustFind(t, linkFindings("docs/a.md", "see [b](adr/b.md#why)", none), "docs/adr/b.md")
	if got := linkFindings("docs/a.md", "[x](https://example.org/y) [z](#here)", none); len(got) > 0 {
		t.Errorf("links out of the repository are not followed, but: %v", got)
	}
}

func TestEveryDecisionIsInTheList(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(root, "docs/adr/0*.md"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no decisions: %v", err)
	}
	list := read(t, "docs/adr/README.md")
	for _, name := range names {
		if !strings.Contains(list, "("+filepath.Base(name)+")") {
			t.Errorf("docs/adr/README.md does not list %s", filepath.Base(name))
		}
	}
}

func linkFindings(name, text string, exists func(string) bool) (out []string) {
	for _, m := range link.FindAllStringSubmatch(text, -1) {
		if path := filepath.Join(filepath.Dir(name), m[1]); !exists(path) {
			out = append(out, fmt.Sprintf("%s: %s leads to %s, which is not there", name, m[0], path))
		}
	}
	return out
}
