package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"
)

// bar shows how far something is: on a terminal only, and only when it takes longer than a second.
type bar struct {
	out   io.Writer // nil where nobody looks
	what  string
	start time.Time
	drawn time.Time
}

func newBar(what string) *bar {
	b := &bar{what: what, start: time.Now()}
	if term.IsTerminal(int(os.Stderr.Fd())) {
		b.out = os.Stderr
	}
	return b
}

const barWidth = 30

// show draws done units; share is 0 to 1, or below 0 where it is not known.
func (b *bar) show(done int, share float64) {
	now := time.Now()
	if b.out == nil || now.Sub(b.start) < time.Second || now.Sub(b.drawn) < 100*time.Millisecond {
		return
	}
	b.drawn = now
	line := fmt.Sprintf("%s %d", b.what, done)
	if share >= 0 {
		full := int(min(share, 1) * barWidth)
		line = fmt.Sprintf("%s [%s%s] %3.0f%% %d", b.what, strings.Repeat("#", full), strings.Repeat(".", barWidth-full), min(share, 1)*100, done)
	}
	fmt.Fprintf(b.out, "\r%s\x1b[K", line)
}

// end clears the line.
func (b *bar) end() {
	if b.out != nil && !b.drawn.IsZero() {
		fmt.Fprint(b.out, "\r\x1b[K")
	}
}
