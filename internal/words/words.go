// Package words turns codes into sentences.
//
// Decisions, faults, timeline entries and notices are stored as a code and
// parameters; the text is rendered in the reader's language when it is read. So a
// sentence can be mended after the fact, and nothing stored is in one language only.
package words

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"sort"
	"strings"
)

//go:embed locales/*/*.json
var files embed.FS

// Languages that every code must have.
var Languages = []string{"en", "zh-CN"}

var catalog = load()

// Text is a code with what its sentence is made of.
type Text struct {
	Code   string         `json:"code"`
	Params map[string]any `json:"params,omitempty"`
}

// load reads locales/<language>/<area>.json; a code belongs to one area.
func load() map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, lang := range Languages {
		m := map[string]string{}
		names, _ := fs.Glob(files, "locales/"+lang+"/*.json")
		for _, name := range names {
			raw, err := files.ReadFile(name)
			if err != nil {
				panic(err)
			}
			if err := json.Unmarshal(raw, &m); err != nil {
				panic(fmt.Sprintf("%s: %v", name, err))
			}
		}
		all[lang] = m
	}
	return all
}

// Language picks the catalogue for an Accept-Language header or a --lang flag; English when in doubt.
func Language(tag string) string {
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(tag)), "zh") {
		return "zh-CN"
	}
	return "en"
}

// Render writes the sentence for code in lang; what may stand in a sentence is told at slot. A code without a
// sentence is shown as the code and its parameters: ugly, but nothing is hidden.
func Render(lang, code string, params map[string]any) string {
	lang = Language(lang)
	s, ok := catalog[lang][code]
	if !ok {
		return bare(code, params)
	}
	f := filler{lang: lang, params: params}
	return f.sentence(s)
}

// Has reports whether code has a sentence in lang.
func Has(lang, code string) bool { _, ok := catalog[lang][code]; return ok }

// Codes lists every code of lang, sorted.
func Codes(lang string) []string {
	var out []string
	for c := range catalog[lang] {
		out = append(out, c)
	}
	sort.Strings(out)
	return out
}

// Plain shows a parameter without Go's or JSON's decoration.
func Plain(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case string:
		return x
	case float64:
		if x == float64(int64(x)) {
			return fmt.Sprint(int64(x))
		}
	case []any:
		parts := make([]string, len(x))
		for i := range x {
			parts[i] = Plain(x[i])
		}
		return strings.Join(parts, ", ")
	case []string:
		return strings.Join(x, ", ")
	}
	return fmt.Sprint(v)
}

func bare(code string, params map[string]any) string {
	if len(params) == 0 {
		return code
	}
	keys := make([]string, 0, len(params))
	for k := range params {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = k + "=" + Plain(params[k])
	}
	return code + " (" + strings.Join(parts, ", ") + ")"
}
