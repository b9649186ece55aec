package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/sheet"
)

const (
	exportsAtOnce = 2  // side by side in a process; people in the warehouse come first
	exportsKept   = 20 // of one caller, over or not
	exportKept    = time.Hour
)

// exports are those that this process writes or keeps.
type exports struct {
	mu    sync.Mutex
	all   map[int64]*export
	lanes chan struct{}
}

func newExports() *exports {
	return &exports{all: map[int64]*export{}, lanes: make(chan struct{}, exportsAtOnce)}
}

// export is one list on its way into a file. What changes is guarded by mu.
type export struct {
	id                            int64
	by, company, list, format     string
	file, madeAt, purpose, filter string
	request, address              string
	scope                         access.Scope
	over                          chan struct{} // closed when nothing more comes
	stop                          context.CancelFunc

	mu    sync.Mutex
	state string
	rows  int64
	size  int64
	out   *os.File
	err   error
}

// begin puts an export on its way. Fault: export.too_many.
func (e *exports) begin(c *call, in ExportInput, w *writing) (*export, error) {
	ctx, stop := context.WithCancel(context.WithoutCancel(c.ctx))
	now := c.DB.Clock().Now()
	x := &export{id: c.DB.NewID(), by: c.who.Name, company: c.who.Company, list: in.List, format: in.Format, madeAt: at(now.UnixMicro()), purpose: in.Purpose,
		filter: filterOf(in.Query), address: c.server.clientOf(c.req), scope: w.list.scope, over: make(chan struct{}), stop: stop, state: exportWaiting,
		file: strings.TrimPrefix(in.List, "list-") + now.In(w.zone).Format("-2006-01-02-1504.") + in.Format}
	if rec, ok := c.out.(*recorder); ok {
		x.request = rec.id
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	mine, last := 0, (*export)(nil)
	for _, other := range e.all {
		if other.by == x.by && other.company == x.company {
			if mine++; other.isOver() && (last == nil || other.id < last.id) {
				last = other
			}
		}
	}
	if mine >= exportsKept && last == nil {
		stop()
		return nil, fault.New(fault.TooMany, "export.too_many", "%d exports are on their way; wait for one or cancel it", mine).With("count", mine)
	}
	if mine >= exportsKept {
		delete(e.all, last.id)
		last.cancel()
	}
	e.all[x.id] = x
	w.call.ctx = ctx
	go e.run(x, w, c.server)
	return x, nil
}

// run writes the export when a lane is free, and forgets it after its time.
func (e *exports) run(x *export, w *writing, s *Server) {
	defer time.AfterFunc(exportKept, func() {
		e.mu.Lock()
		delete(e.all, x.id)
		e.mu.Unlock()
		x.cancel()
	})
	defer close(x.over)
	defer x.stop()
	ended := make(chan struct{})
	defer close(ended)
	go func() {
		select {
		case <-s.options.Closing:
			x.stop()
		case <-ended:
		}
	}()
	select {
	case e.lanes <- struct{}{}:
		defer func() { <-e.lanes }()
		err := x.write(w)
		if err != nil {
			err = s.explained(err)
		}
		if x.finish(err); err != nil && problem(err, "").Status >= http.StatusInternalServerError && w.call.ctx.Err() == nil {
			s.options.Log.Error("export failed", "request", x.request, "list", x.list, "error", err)
		}
	case <-w.call.ctx.Done():
		x.finish(w.call.ctx.Err())
	}
}

// write writes every page of the list. The file may be had when it is whole and on record.
func (x *export) write(w *writing) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the export of %s panicked: %v\n%s", x.list, p, debug.Stack())
		}
	}()
	out, err := scratch()
	if err != nil {
		return err
	}
	x.mu.Lock()
	x.state, x.out = exportRunning, out
	x.mu.Unlock()
	listing, err := sheet.NewListing(out, x.file, w.head())
	if err != nil {
		return err
	}
	err = errors.Join(x.pages(w, listing), listing.Close())
	if err != nil {
		return err
	}
	info, err := out.Stat()
	if err != nil {
		return err
	}
	x.mu.Lock()
	x.size = info.Size()
	x.mu.Unlock()
	return x.record(w)
}

func (x *export) pages(w *writing, out *sheet.Listing) error {
	filter := w.call.req.URL.Query()
	for cursor, first := "", true; first || cursor != ""; first = false {
		if err := w.call.ctx.Err(); err != nil {
			return err
		}
		w.call.ask(filter, cursor)
		rows, next, err := w.list.page(w)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := out.Add(row); err != nil {
				return err
			}
		}
		if next == cursor && next != "" {
			return fmt.Errorf("the list %s does not go on behind %s", x.list, url.QueryEscape(cursor))
		}
		cursor = next
		x.mu.Lock()
		x.rows += int64(len(rows))
		x.mu.Unlock()
	}
	return nil
}

// record writes into the audit log who took what, before anybody can have it.
func (x *export) record(w *writing) error {
	e := access.Entry{Actor: x.by, Act: "export-list", Object: x.list, Fields: strings.Join(w.codes(), " "), Purpose: x.purpose, Address: x.address, Request: x.request,
		Note: strings.TrimSpace(fmt.Sprintf("%s rows=%d format=%s", x.filter, x.rows, x.format))}
	return w.call.DB.Update(w.call.ctx, func(tx *db.Tx) error { access.Record(tx, e); return nil })
}

func (x *export) finish(err error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	switch {
	case x.state == exportCancelled:
	case err == nil:
		x.state = exportDone
	case errors.Is(err, context.Canceled):
		x.state = exportCancelled
	default:
		x.state, x.err = exportFailed, err
	}
	if x.state != exportDone {
		x.drop()
	}
}

// cancel stops the export; of one that is done it throws the file away.
func (x *export) cancel() {
	x.stop()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.state == exportDone {
		x.drop()
	}
	if x.state != exportFailed {
		x.state = exportCancelled
	}
}

// drop lets go of the file; whoever reads it now reads no further.
func (x *export) drop() {
	if x.out == nil {
		return
	}
	name := x.out.Name()
	_ = x.out.Close()
	_ = os.Remove(name) // gone already, but where an open file could not be removed
	x.out, x.size = nil, 0
}

func (x *export) isOver() bool {
	select {
	case <-x.over:
		return true
	default:
		return false
	}
}

// ready gives the file when it is whole.
func (x *export) ready() (*os.File, int64, bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.out, x.size, x.state == exportDone
}

func (x *export) shown(lang string) Export {
	x.mu.Lock()
	defer x.mu.Unlock()
	out := Export{ID: id.Show(exportPrefix, x.id), List: x.list, Format: x.format, State: x.state, Rows: x.rows, MadeAt: x.madeAt, By: x.by, Request: x.request}
	if x.state == exportDone {
		out.Bytes, out.File = x.size, x.file
	}
	if x.err != nil {
		p := problem(x.err, lang)
		out.Code, out.Failure = p.Code, p.Detail
	}
	return out
}

// refused is the fault for which the list could not be written, if it is known by now.
func (x *export) refused() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.err
}

func (e *exports) find(key int64) *export {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.all[key]
}

// of lists the exports of the caller, the newest first.
func (e *exports) of(c *call) []Export {
	e.mu.Lock()
	var mine []*export
	for _, x := range e.all {
		if x.by == c.who.Name && x.company == c.who.Company {
			mine = append(mine, x)
		}
	}
	e.mu.Unlock()
	slices.SortFunc(mine, func(a, b *export) int { return int(min(max(b.id-a.id, -1), 1)) })
	out := make([]Export, len(mine))
	for i, x := range mine {
		out[i] = x.shown(c.lang())
	}
	return out
}
