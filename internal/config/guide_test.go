package config

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

var guideRow = regexp.MustCompile("(?m)^\\| `([a-z-]+)` \\| (?:`([^`]*)`)? ?\\| ([^|]+) \\|$")

// The guide is the list people configure by: it names every setting, no other, and its defaults are the program's.
func TestTheGuideNamesEverySettingWithItsDefault(t *testing.T) {
	for _, name := range []string{"configuration.md", "configuration.zh-CN.md"} {
		raw, err := os.ReadFile("../../docs/guide/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range guideFindings(string(raw)) {
			t.Errorf("%s: %s", name, f)
		}
	}
	for text, want := range map[string]string{
		"":                                     "data is missing",
		"| `datum` | | x |":                    "datum is no setting",
		"| `listen` | `0.0.0.0:1` | x |":       "listen has another default",
		"| `listen` | | x |":                   "listen has a default",
		"| `company` | `a` | x |":              "company has another default",
		"| `data` | | x |\n| `data` | | x |\n": "data is there twice",
	} {
		if got := strings.Join(guideFindings(text), "\n"); !strings.Contains(got, want) {
			t.Errorf("%q: nothing says %q", text, want)
		}
	}
}

func guideFindings(text string) (out []string) {
	said := map[string]bool{}
	for _, row := range guideRow.FindAllStringSubmatch(text, -1) {
		name, value := row[1], row[2]
		if said[name] {
			out = append(out, name+" is there twice")
		}
		said[name] = true
		out = append(out, defaultFindings(name, value)...)
	}
	for _, s := range settings {
		if !said[s.name] {
			out = append(out, s.name+" is missing")
		}
	}
	return out
}

func defaultFindings(name, value string) []string {
	for _, s := range settings {
		if s.name != name {
			continue
		}
		c := Default()
		if value == "" {
			if !fieldOf(c, name).IsZero() {
				return []string{name + " has a default"}
			}
			return nil
		}
		if err := s.into(&c, value); err != nil || !reflect.DeepEqual(c, Default()) {
			return []string{name + " has another default"}
		}
		return nil
	}
	return []string{name + " is no setting"}
}

// fieldOf finds the field that a setting fills: it bears its name.
func fieldOf(c Config, name string) reflect.Value {
	return reflect.ValueOf(c).FieldByNameFunc(func(field string) bool {
		return strings.EqualFold(field, strings.ReplaceAll(name, "-", ""))
	})
}
