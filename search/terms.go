package search

import (
	"encoding/hex"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Sorts of terms. Each is the first letter of its terms, so that a query can leave out the personal ones.
const (
	codeWord     = "c"
	codeTail     = "d"
	personalWord = "p"
	personalTail = "q"
)

const (
	leastTail = 4  // digits; fewer fit too many numbers
	longest   = 64 // characters of a word; what is behind is not looked at
	mostTerms = 400
)

// Facts are what an order is found by.
type Facts struct {
	Codes    []string // numbers of the order, waybills, SKUs
	Personal []string // the recipient's name
	Phones   []string
}

// Terms makes the line that is indexed: the same on both engines, in ASCII, separated by single spaces.
func Terms(f Facts) string {
	var all []string
	for _, text := range f.Codes {
		all = append(all, marked(codeWord, codeTail, text)...)
	}
	for _, text := range f.Personal {
		all = append(all, marked(personalWord, personalTail, text)...)
	}
	for _, text := range f.Phones {
		all = append(all, marked(personalWord, personalTail, closed(text))...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	return strings.Join(all[:min(len(all), mostTerms)], " ")
}

// marked are the terms of one text: its words, all of them in one where there are several, and its numbers from the end.
func marked(word, tail, text string) (out []string) {
	parts := split(text)
	whole := ""
	for _, p := range parts {
		if p.script {
			for _, pair := range pairs(p.runes) {
				out = append(out, word+spelled(pair))
			}
			continue
		}
		whole += string(p.runes)
		out = append(out, withTails(word, tail, p.runes)...)
	}
	if runes := []rune(whole); len(runes) <= longest && whole != "" {
		out = append(out, withTails(word, tail, runes)...)
	}
	return out
}

func withTails(word, tail string, runes []rune) []string {
	out := []string{word + spelled(runes)}
	for _, n := range numbers(runes) {
		out = append(out, tail+n)
	}
	return out
}

// part is a run of one script: characters that are read in pairs, or a word.
type part struct {
	runes  []rune
	script bool
}

// split takes a text apart. Case, width and accents do not count: whoever searches does not know how it was written.
func split(text string) (out []part) {
	open := false
	for _, r := range plainly(text) {
		paired := unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
		if !paired && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			open = false
			continue
		}
		if !open || out[len(out)-1].script != paired {
			out, open = append(out, part{script: paired}), true
		}
		if last := &out[len(out)-1]; len(last.runes) < longest {
			last.runes = append(last.runes, r)
		}
	}
	return out
}

func plainly(text string) string {
	open := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(text))
	return norm.NFC.String(open)
}

// pairs are the neighbouring pairs of a run; a run of one is itself.
func pairs(run []rune) (out [][]rune) {
	for i := 0; i+1 < len(run); i++ {
		out = append(out, run[i:i+2])
	}
	if len(run) == 1 {
		out = append(out, run)
	}
	return out
}

// numbers are the runs of at least four digits in a word, each from its end, so that a tail is a beginning.
func numbers(word []rune) (out []string) {
	var run []rune
	for _, r := range append(slices.Clone(word), ' ') {
		if r >= '0' && r <= '9' {
			run = append(run, r)
			continue
		}
		if len(run) >= leastTail {
			slices.Reverse(run)
			out = append(out, string(run))
		}
		run = nil
	}
	return out
}

// spelled writes a word in ASCII letters and digits: what no tokenizer of either engine takes apart or leaves out, of
// whatever age its tables of characters are.
func spelled(word []rune) string {
	text := string(word)
	for i := 0; i < len(text); i++ {
		if text[i] >= 0x80 {
			return "x" + hex.EncodeToString([]byte(text))
		}
	}
	return text
}

// closed takes out what people put between the digits of a telephone number.
func closed(phone string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -().+/", r) {
			return -1
		}
		return r
	}, phone)
}
