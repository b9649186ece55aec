package label

import (
	"strings"
	"unicode"
)

// box is a text on the label, in millimetres. Whatever the text, it stays inside.
type box struct {
	x, y, w, h  float64
	text        string
	most, least float64 // size of the letters
	heavy       bool
	middle      bool // set in the middle of the width; otherwise at the left
}

// set is a box whose text is broken into lines.
type set struct {
	box
	size  float64
	lines []string
}

// leading is the distance of two lines in sizes.
const leading = 1.2

// smaller is by how much a text shrinks from one try to the next, in millimetres.
const smaller = 0.2

// fit breaks a text at the largest size at which it stays in its box. At the smallest the rest is cut.
func (u *ruler) fit(b box) set {
	b.text = clean(b.text)
	for size := b.most; ; size = max(size-smaller, b.least) {
		lines := u.wrap(b.text, b.w, size, b.heavy)
		room := max(1, int(b.h/(size*leading)+0.001))
		if len(lines) <= room && size*leading <= b.h+0.001 {
			return set{b, size, lines}
		}
		if size <= b.least {
			return set{b, size, u.cut(lines[:min(room, len(lines))], b, size)}
		}
	}
}

// cut ends the last line with an ellipsis.
func (u *ruler) cut(lines []string, b box, size float64) []string {
	last := []rune(lines[len(lines)-1])
	for len(last) > 0 && u.width(string(last)+"…", size, b.heavy) > b.w {
		last = last[:len(last)-1]
	}
	lines[len(lines)-1] = string(last) + "…"
	return lines
}

// wrap breaks a text into lines of at most w: at spaces, between ideographs, and inside a word that is too long.
func (u *ruler) wrap(text string, w, size float64, heavy bool) (lines []string) {
	line := ""
	for _, p := range pieces(text) {
		if u.width(strings.TrimRight(line+p, " "), size, heavy) <= w {
			line += p
			continue
		}
		if line = strings.TrimRight(line, " "); line != "" {
			lines = append(lines, line)
		}
		line = ""
		for _, r := range p {
			if line != "" && u.width(strings.TrimRight(line+string(r), " "), size, heavy) > w {
				lines = append(lines, line)
				line = ""
			}
			line += string(r)
		}
	}
	if line = strings.TrimRight(line, " "); line != "" {
		lines = append(lines, line)
	}
	return lines
}

// pieces are what a line may be broken between: words with the space behind them, and single ideographs.
func pieces(text string) (out []string) {
	word := ""
	for _, r := range text {
		word += string(r)
		if r == ' ' || ideograph(r) {
			if trimmed := strings.TrimSuffix(word, string(r)); ideograph(r) && trimmed != "" {
				out = append(out, trimmed)
				word = string(r)
			}
			out = append(out, word)
			word = ""
		}
	}
	if word != "" {
		out = append(out, word)
	}
	return out
}

func ideograph(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}
