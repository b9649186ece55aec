package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/packhorse/packhorse/archive"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
)

// archiveShowCmd reads an archive back.
type archiveShowCmd struct {
	File  string `arg:"" help:"The archive." type:"existingfile"`
	Order string `help:"Only this order: its number in the shop, or its id." placeholder:"NO"`
	JSON  bool   `name:"json" help:"The lines as they are in the file."`
}

// Run proves the file before it shows anything.
func (c *archiveShowCmd) Run(ctx context.Context) error {
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	n, err := archive.Prove(f, "")
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	out := bufio.NewWriterSize(os.Stdout, 1<<16)
	s := shown{cmd: c, json: json.NewEncoder(out), out: out}
	if err := archive.Read(f, "", func(l archive.Line) error { return cmp.Or(ctx.Err(), s.line(l)) }); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	switch {
	case c.Order != "" && len(s.ids) == 0:
		return fmt.Errorf("%s has nothing of an order %s", c.File, c.Order)
	case c.Order == "" && !c.JSON:
		sayCounts(n)
	}
	return nil
}

// shown goes through a file line by line.
type shown struct {
	cmd  *archiveShowCmd
	json *json.Encoder
	out  *bufio.Writer

	ids  []int64 // of the orders that are asked for, their fulfilments and shipments
	open bool    // the lines are of such an order
}

func (s *shown) line(l archive.Line) error {
	if l.Order != nil {
		s.open = s.cmd.Order == "" || s.cmd.Order == l.Order.Number || s.cmd.Order == id.Show(order.Prefix, l.Order.ID)
		if s.open && s.cmd.Order != "" {
			s.ids = append(append(append(s.ids, l.Order.ID), l.Order.Fulfilments...), l.Order.Shipments...)
		}
	}
	if s.cmd.Order != "" && !s.asked(l) {
		return nil
	}
	if s.cmd.JSON {
		return s.json.Encode(l)
	}
	return s.say(l)
}

// asked tells whether a line is of an order that is asked for.
func (s *shown) asked(l archive.Line) bool {
	if e := l.Entry; e != nil {
		return slices.Contains(s.ids, e.Ref) || slices.Contains(s.ids, e.FromContainer) || slices.Contains(s.ids, e.ToContainer)
	}
	return s.open && l.Head == nil && l.End == nil
}

func (s *shown) say(l archive.Line) (err error) {
	switch {
	case l.Head != nil:
		_, err = fmt.Fprintf(s.out, "%s, settled before %s, taken at %s\n", l.Head.Company, moment(l.Head.Before), moment(l.Head.TakenAt))
	case l.Order != nil:
		_, err = fmt.Fprintf(s.out, "%s  %s %s %s\n", id.Show(order.Prefix, l.Order.ID), l.Order.Channel, l.Order.Shop, l.Order.Number)
	case l.Event != nil:
		var params map[string]any
		_ = json.Unmarshal(l.Event.Params, &params) // events hold objects; without one the sentence has gaps
		_, err = fmt.Fprintf(s.out, "  %s  %s  %s\n", moment(l.Event.At), l.Event.Actor, words.Render("en", "event."+l.Event.Kind, params))
	case l.Document != nil:
		_, err = fmt.Fprintf(s.out, "  %s  document, revision %d, %s: %s\n", moment(l.Document.ReceivedAt), l.Document.Revision, l.Document.Outcome, l.Document.Body)
	case l.Entry != nil:
		e := l.Entry
		_, err = fmt.Fprintf(s.out, "  %s  %s  %d × %s  %s → %s\n", moment(e.At), e.Cause, e.Quantity, e.SKU, e.From, e.To)
	}
	return err
}

func moment(micros int64) string { return time.UnixMicro(micros).UTC().Format(time.RFC3339) }
