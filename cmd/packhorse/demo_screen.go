package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/warehouse"
)

// screen shows the run: on a terminal drawn in place, elsewhere one line for every part of the business day.
type screen struct {
	out    io.Writer
	w      *world
	live   bool
	drawn  time.Time // of the wall clock
	lines  int       // on the terminal now
	part   string    // of the business day, shown last
	widest int
	nodes  map[int64]string
}

func newScreen(ctx context.Context, c *demoCmd, w *world) *screen {
	s := &screen{out: c.out, w: w, live: watched(c.out) && !c.Exit, widest: widthOf(c.out), nodes: map[int64]string{}}
	_ = w.app.DB.View(ctx, func(tx *db.Tx) error { // without names the queues have none
		list, err := warehouse.Nodes(tx)
		for _, n := range list {
			s.nodes[n.ID] = n.Code
		}
		return err
	})
	return s
}

func (s *screen) say(code string, params map[string]any) string {
	return words.Render(s.w.lang, code, params)
}

// draw shows where everything stands.
func (s *screen) draw() {
	if !s.live {
		s.line()
		return
	}
	if time.Since(s.drawn) < 80*time.Millisecond {
		return
	}
	s.drawn = time.Now()
	text := s.picture()
	if s.lines > 0 {
		fmt.Fprintf(s.out, "\x1b[%dA\x1b[J", s.lines)
	}
	s.lines = strings.Count(text, "\n")
	io.WriteString(s.out, text)
}

// end leaves the last picture where it is.
func (s *screen) end() {
	if s.live {
		s.drawn = time.Time{}
		s.draw()
	}
}

// local is the business time where the company is.
func (s *screen) local() time.Time { return s.w.clock().Now().In(opening().Location()) }

// parts of a business day.
func partOf(hour int) string {
	switch {
	case hour < 8:
		return "night"
	case hour < 12:
		return "morning"
	case hour < 18:
		return "afternoon"
	}
	return "evening"
}

func (s *screen) line() {
	now := s.local()
	part := now.Format(time.DateOnly) + partOf(now.Hour())
	if part == s.part {
		return
	}
	s.part = part
	c := s.w.board.column
	text := s.say("demo.progress", map[string]any{"time": now.Format("01-02 15:04"), "orders": len(s.w.board.orders), "held": c["held"], "owed": c["backordered"],
		"indoors": s.w.board.indoors(), "road": c["handed_over"] + c["in_transit"], "delivered": c["delivered"], "returned": c["returned"], "cancelled": c["cancelled"]})
	if watched(s.out) { // in a file a moment is a line
		text = fold(text, s.widest)
	}
	fmt.Fprintln(s.out, text)
}

func (s *screen) picture() string {
	var t strings.Builder
	b, took := s.w.board, time.Since(s.w.began)
	line := func(text string) { t.WriteString(clip(text, s.widest) + "\n") }
	line(s.say("demo.head", map[string]any{"time": s.local().Format("2006-01-02 15:04"), "orders": len(b.orders), "events": b.events,
		"rate": perSecond(len(b.orders), took), "seconds": fmt.Sprintf("%.0f", took.Seconds())}))
	most := 1
	for _, c := range columns {
		most = max(most, b.column[c])
	}
	for _, c := range columns {
		width := b.column[c] * 30 / most
		line(fmt.Sprintf("  %s %5d %s", pad(s.say("demo.column."+c, nil), 14), b.column[c], strings.Repeat("█", width)))
	}
	for _, n := range slices.Sorted(maps.Keys(b.nodes)) {
		text := "  " + pad(s.nodes[n], 6)
		for _, state := range []string{"allocated", "released", "picked", "packed", "handed_over"} {
			text += fmt.Sprintf(" %s %d ", s.say("demo.column."+state, nil), b.nodes[n][state])
		}
		line(text)
	}
	for _, f := range b.latest {
		line("  " + time.UnixMicro(f.At).In(opening().Location()).Format("15:04") + " " + s.sentence(f))
	}
	return t.String()
}

// sentence tells an event, with the order it is about.
func (s *screen) sentence(f db.Fact) string {
	var params map[string]any
	_ = json.Unmarshal([]byte(f.Params), &params) // events hold objects
	text := words.Render(s.w.lang, "event."+f.Kind, params)
	if f.Order != 0 {
		text = id.Show(order.Prefix, f.Order) + " " + text
	}
	return strings.ReplaceAll(text, "\n", " ")
}

// pad fills a text up to a width on the terminal, where a Chinese character takes two places.
func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-wide(text)))
}

func wide(text string) int {
	n := 0
	for _, r := range text {
		n += cells(r)
	}
	return n
}

func cells(r rune) int {
	if r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 || r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60) {
		return 2
	}
	return 1
}

// clip cuts a text to a width on the terminal: a line that wraps would break the picture.
func clip(text string, width int) string {
	used := 0
	for i, r := range text {
		if used += cells(r); used > width {
			return text[:i]
		}
	}
	return text
}
