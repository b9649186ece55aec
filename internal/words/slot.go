package words

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A slot is a place in a sentence that a parameter fills:
//
//	{units}                 the value as it is
//	{place?}                the same, but it may be missing: then nothing stands there
//	{status:track.status}   the value is a name of an area: the words of track.status.<value>
//	{reason:}               the value is a code: its own sentence, made of the parameter "params" beside it
//	{units|unit|units}      the word that goes with the number: the first for one, the second for any other
//
// A value that has no words is shown as it is: ugly, but nothing is hidden.
var slot = regexp.MustCompile(`\{(\w+)(\?)?(?:(:)([\w.]*))?(?:\|([^|{}]*)\|([^|{}]*))?\}`)

// deepest bounds sentences inside sentences: a code may come from outside and name the sentence it stands in.
const deepest = 3

// filler fills the slots of one sentence.
type filler struct {
	lang   string
	params map[string]any
	depth  int
	empty  bool // a slot was left empty: no space of it may stay
}

func (f *filler) sentence(text string) string {
	out := slot.ReplaceAllStringFunc(text, func(m string) string {
		said := f.fill(slot.FindStringSubmatch(m))
		f.empty = f.empty || said == ""
		return said
	})
	if f.empty {
		out = strings.TrimRight(strings.ReplaceAll(out, "  ", " "), " ")
	}
	return out
}

// fill writes one slot: the whole of it, name, "?", ":", area, word for one, word for many.
func (f *filler) fill(s []string) string {
	v, ok := f.params[s[1]]
	switch {
	case !ok && s[2] != "":
		return ""
	case !ok && f.depth > 0:
		return "…" // the outer sentence does not know what the inner one is made of
	case s[5] != "" || s[6] != "":
		return f.word(v, s[5], s[6])
	case !ok:
		return s[0]
	case s[3] != "":
		return f.name(s[4], v)
	}
	return f.plain(v)
}

// word agrees with a number. A number that is not known is many.
func (f *filler) word(v any, one, many string) string {
	if n, err := strconv.ParseFloat(Plain(v), 64); err == nil && n == 1 {
		return one
	}
	return many
}

// name is what people call a code, a list of codes, or a Text that went through JSON.
func (f *filler) name(area string, v any) string {
	switch x := v.(type) {
	case Text:
		return f.inner(x.Code, x.Params)
	case map[string]any:
		code, _ := x["code"].(string)
		params, _ := x["params"].(map[string]any)
		return f.inner(code, params)
	case []string, []any:
		return f.list(x, func(v any) string { return f.name(area, v) })
	}
	value := fmt.Sprint(v)
	params, ok := f.params["params"].(map[string]any)
	if !ok {
		params = f.params
	}
	if area != "" {
		last := value[strings.LastIndexByte(value, '.')+1:]
		for _, code := range []string{area + "." + value, area + "." + last} {
			if Has(f.lang, code) {
				return f.inner(code, params)
			}
		}
	}
	if Has(f.lang, value) {
		return f.inner(value, params)
	}
	return f.plain(v)
}

func (f *filler) inner(code string, params map[string]any) string {
	text, ok := catalog[f.lang][code]
	if !ok || f.depth == deepest {
		return code
	}
	in := filler{lang: f.lang, params: params, depth: f.depth + 1}
	return in.sentence(text)
}

func (f *filler) plain(v any) string {
	switch x := v.(type) {
	case string:
		return moment(x)
	case []string, []any:
		return f.list(v, Plain)
	}
	return Plain(v)
}

// moment is a time as people read it, to the minute and in UTC; what is none stays as it is.
func moment(text string) string {
	if len(text) < len("2006-01-02T15:04:05Z") || text[10] != 'T' {
		return text
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return text
	}
	return at.UTC().Format("2006-01-02 15:04 UTC")
}

// list joins as the language does.
func (f *filler) list(v any, show func(any) string) string {
	var parts []string
	switch x := v.(type) {
	case []string:
		for _, s := range x {
			parts = append(parts, show(s))
		}
	case []any:
		for _, s := range x {
			parts = append(parts, show(s))
		}
	}
	if f.lang == "zh-CN" {
		return strings.Join(parts, "、")
	}
	return strings.Join(parts, ", ")
}
