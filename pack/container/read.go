package container

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
)

// ReadBR reads problems in the form of Bischoff and Ratcliff: how many; then for each its number and seed, the container's
// length, width and height, the number of types, and for every type its number, three dimensions each with a 1 where it may
// stand vertical, and the quantity. The error names the line and what was expected there.
func ReadBR(r io.Reader) ([]Problem, error) {
	in := words{scan: bufio.NewScanner(r)}
	in.scan.Buffer(nil, 1<<20)
	count := in.number("number of problems", 0, 1_000_000)
	var list []Problem
	for range count {
		p := in.problem()
		if in.err != nil {
			break
		}
		if err := p.Validate(); err != nil {
			return nil, fmt.Errorf("problem %s, before line %d: %w", p.ID, in.line+1, err)
		}
		list = append(list, p)
	}
	if in.err == nil && in.next() {
		in.err = fmt.Errorf("line %d: %q after the last of %d problems", in.line, in.word, count)
	}
	if in.err != nil {
		return nil, in.err
	}
	return list, nil
}

// words reads a text word by word and knows the line.
type words struct {
	scan *bufio.Scanner
	rest []string
	word string
	line int
	err  error
}

func (w *words) next() bool {
	for len(w.rest) == 0 {
		if !w.scan.Scan() {
			return false
		}
		w.line++
		w.rest = fields(w.scan.Text())
	}
	w.word, w.rest = w.rest[0], w.rest[1:]
	return true
}

// fields splits at blanks; a byte order mark is one.
func fields(text string) []string {
	var list []string
	word := ""
	for _, r := range text + " " {
		switch r {
		case ' ', '\t', '\r', '\v', '\f', '\uFEFF':
			if word != "" {
				list, word = append(list, word), ""
			}
		default:
			word += string(r)
		}
	}
	return list
}

// number reads a whole number between least and most; after the first mistake it gives 0.
func (w *words) number(what string, least, most int) int {
	if w.err != nil {
		return 0
	}
	if !w.next() {
		if w.err = w.scan.Err(); w.err == nil {
			w.err = fmt.Errorf("line %d: the file ends where the %s is expected", w.line, what)
		}
		return 0
	}
	n, err := strconv.Atoi(w.word)
	if err != nil || n < least || n > most {
		w.err = fmt.Errorf("line %d: the %s must be a whole number between %d and %d, not %q", w.line, what, least, most, w.word)
		return 0
	}
	return n
}

const anyNumber = 1 << 62

func (w *words) problem() Problem {
	p := Problem{ID: strconv.Itoa(w.number("problem number", -anyNumber, anyNumber))}
	w.number("seed", -anyNumber, anyNumber)
	for axis, name := range [3]string{"container length", "container width", "container height"} {
		p.Container[axis] = w.number(name, 1, Longest)
	}
	for range w.number("number of box types", 0, MostType) {
		b := Box{Type: w.number("box type", -anyNumber, anyNumber)}
		for i := range 3 {
			b.Size[i] = w.number("box dimension", 1, Longest)
			b.Upright[i] = w.number("vertical flag", 0, 1) == 1
		}
		b.Quantity = w.number("box quantity", 0, MostBox)
		p.Boxes = append(p.Boxes, b)
	}
	return p
}
