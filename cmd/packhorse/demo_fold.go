package main

import (
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// plainWidth is how wide a text is where no terminal says otherwise.
const plainWidth = 80

// widthOf is how many places a line of the output has.
func widthOf(out io.Writer) int {
	if f, ok := out.(*os.File); ok {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil {
			return max(40, width)
		}
	}
	return plainWidth
}

// closing may not begin a line (禁则).
const closing = "，。；：、）？！”%"

// fold breaks a text into lines of a width on the terminal. It breaks at a space, or between two characters of which one
// is wide; what goes on is indented by more than the first line was.
func fold(text string, width int) string {
	indent := strings.Repeat(" ", len(text)-len(strings.TrimLeft(text, " "))+4)
	var lines []string
	rest := []rune(text)
	for {
		cut := breakAt(rest, width)
		if cut == len(rest) {
			return strings.Join(append(lines, string(rest)), "\n")
		}
		lines = append(lines, strings.TrimRight(string(rest[:cut]), " "))
		rest = []rune(indent + strings.TrimLeft(string(rest[cut:]), " "))
	}
}

// breakAt is where a line that is too wide ends; its length where it fits, or where nothing can be broken.
func breakAt(line []rune, width int) int {
	used, best, begun := 0, 0, false
	for i, r := range line {
		if begun && i > 0 && mayBreak(line[i-1], r) {
			best = i
		}
		begun = begun || r != ' '
		if used += cells(r); used > width && best > 0 {
			return best
		}
	}
	return len(line)
}

func mayBreak(before, after rune) bool {
	if before == ' ' {
		return after != ' '
	}
	return (cells(before) == 2 || cells(after) == 2) && after != ' ' && !strings.ContainsRune(closing, after) && before != '（' && before != '“'
}
