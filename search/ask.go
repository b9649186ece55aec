package search

import (
	"strings"
	"unicode"

	"github.com/packhorse/packhorse/internal/fault"
)

// wanted is one part of what is asked for: an order fits when it has one of the terms, or one that begins with one of
// the tails.
type wanted struct{ terms, tails []string }

const (
	longestText = 200 // bytes of a query
	mostWanted  = 16  // parts of it
)

// question is what a person typed, read in two ways. An order must fit every part.
type question struct {
	whole []wanted // what stands together is one number or code: SO-2026-0001; nil where that makes no difference
	parts []wanted // each of its words is enough by itself: 2026, tea-earl
}

// ask reads what a person typed. Faults: search.short, search.long.
func ask(text string, personal bool) (q question, err error) {
	if len(text) > longestText {
		return q, fault.Invalidf("q", "search.long", "search for at most %d characters", longestText).With("max", longestText)
	}
	characters, joined := 0, false
	for _, chunk := range strings.Fields(numbersClosed(text)) {
		parts := split(chunk)
		var loose []wanted
		whole, words := "", 0
		for _, p := range parts {
			characters += len(p.runes)
			if p.script {
				for _, pair := range pairs(p.runes) {
					loose = append(loose, wanted{terms: either(spelled(pair), personal)})
				}
				continue
			}
			words++
			whole += string(p.runes)
			loose = append(loose, wordWanted(p.runes, personal))
		}
		q.parts = append(q.parts, loose...)
		if words == len(parts) && words > 1 {
			joined = true
			loose = []wanted{{terms: either(spelled([]rune(whole)), personal)}}
		}
		q.whole = append(q.whole, loose...)
	}
	if characters < 2 {
		return q, fault.Invalidf("q", "search.short", "search for at least two characters of a name, a number, a waybill or a SKU")
	}
	if !joined {
		q.whole = nil
	}
	q.whole, q.parts = q.whole[:min(len(q.whole), mostWanted)], q.parts[:min(len(q.parts), mostWanted)]
	return q, nil
}

// wordWanted is a word as a whole, and where it is a number also the end of one.
func wordWanted(word []rune, personal bool) wanted {
	w := wanted{terms: either(spelled(word), personal)}
	for _, n := range numbers(word) {
		if len(n) == len(word) {
			w.tails = append(w.tails, codeTail+n)
			if personal {
				w.tails = append(w.tails, personalTail+n)
			}
		}
	}
	return w
}

func either(term string, personal bool) []string {
	if personal {
		return []string{codeWord + term, personalWord + term}
	}
	return []string{codeWord + term}
}

// numbersClosed joins groups of digits, when the text is nothing but a number written in groups: a telephone number.
func numbersClosed(text string) string {
	joined := closed(text)
	for _, r := range joined {
		if !unicode.IsDigit(r) {
			return text
		}
	}
	return joined
}
