package archtest

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sentences are the words of one language: area → code → sentence.
type sentences map[string]map[string]string

const locales = "internal/words/locales"

func TestBothLanguagesHaveTheSameWords(t *testing.T) {
	en, zh := language(t, "en"), language(t, "zh-CN")
	report(t, wordFindings(en, zh))
	one := func(code, text string) sentences { return sentences{"order": {code: text}} }
	mustFind(t, wordFindings(one("a", "x"), sentences{}), "order: a has no zh-CN")
	mustFind(t, wordFindings(sentences{}, one("a", "x")), "order: a has no en")
	mustFind(t, wordFindings(one("a", "{n} left"), one("a", "还剩")), "order: a says")
	mustFind(t, wordFindings(one("a", "x"), one("a", " ")), "order: a is empty")
	twice := sentences{"order": {"a": "x"}, "pick": {"a": "x"}}
	mustFind(t, wordFindings(twice, twice), "a is in order and in pick")
}

func language(t *testing.T, lang string) sentences {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(root, locales, lang, "*.json"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no words in %s: %v", lang, err)
	}
	all := sentences{}
	for _, name := range names {
		area := strings.TrimSuffix(filepath.Base(name), ".json")
		m := map[string]string{}
		if err := json.Unmarshal([]byte(read(t, filepath.Join(locales, lang, area+".json"))), &m); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[area] = m
	}
	return all
}

var placeholder = regexp.MustCompile(`\{\w+\}`)

func wordFindings(en, zh sentences) (out []string) {
	place := map[string]string{}
	for _, area := range slices.Sorted(maps.Keys(en)) {
		for _, code := range slices.Sorted(maps.Keys(en[area])) {
			if other, ok := place[code]; ok {
				out = append(out, fmt.Sprintf("%s is in %s and in %s", code, other, area))
			}
			place[code] = area
			theirs, ok := zh[area][code]
			if !ok {
				out = append(out, fmt.Sprintf("%s: %s has no zh-CN", area, code))
				continue
			}
			out = append(out, sentenceFindings(area, code, en[area][code], theirs)...)
		}
	}
	for _, area := range slices.Sorted(maps.Keys(zh)) {
		for _, code := range slices.Sorted(maps.Keys(zh[area])) {
			if _, ok := en[area][code]; !ok {
				out = append(out, fmt.Sprintf("%s: %s has no en", area, code))
			}
		}
	}
	return out
}

func sentenceFindings(area, code, en, zh string) (out []string) {
	if strings.TrimSpace(en) == "" || strings.TrimSpace(zh) == "" {
		out = append(out, fmt.Sprintf("%s: %s is empty in one language", area, code))
	}
	if a, b := params(en), params(zh); !slices.Equal(a, b) {
		out = append(out, fmt.Sprintf("%s: %s says %v in en and %v in zh-CN", area, code, a, b))
	}
	return out
}

func params(sentence string) []string {
	all := placeholder.FindAllString(sentence, -1)
	slices.Sort(all)
	return slices.Compact(all)
}

var eventKind = regexp.MustCompile(`^[a-z_]+\.[a-z_]+\.v\d+$`)

func TestEveryEventHasASentence(t *testing.T) {
	have := map[string]bool{}
	for _, area := range language(t, "en") {
		for code := range area {
			have[code] = true
		}
	}
	seen := 0
	for _, u := range units(t) {
		if _, ok := stageOf(u.path); !ok && !under(u.path, "internal") {
			continue // it names kinds to follow them, and emits none
		}
		kinds := kindsOf(u)
		seen += len(kinds)
		report(t, eventFindings(u.path, kinds, have))
	}
	if seen < 10 {
		t.Errorf("only %d kinds of events were read: the rule looks at nothing", seen)
	}
	kinds := kindsOf(made(t, "order", "package p\nvar e = db.Event{Kind: \"order.lost.v1\"}\n"))
	mustFind(t, eventFindings("order", kinds, have), "order.lost.v1 has no sentence")
}

// kindsOf lists the string literals of a package that look like the kind of an event.
func kindsOf(u unit) (out []string) {
	for _, f := range u.files {
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok {
				if text, err := strconv.Unquote(lit.Value); err == nil && eventKind.MatchString(text) {
					out = append(out, text)
				}
			}
			return true
		})
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func eventFindings(path string, kinds []string, have map[string]bool) (out []string) {
	for _, k := range kinds {
		if !have["event."+k] {
			out = append(out, fmt.Sprintf("%s: %s has no sentence; write \"event.%s\" in both languages", path, k, k))
		}
	}
	return out
}
