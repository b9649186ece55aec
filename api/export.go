package api

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
)

// ExportInput says which list is wanted as a file.
type ExportInput struct {
	List    string            `json:"list" doc:"the operation that lists it: list-orders"`
	Query   map[string]string `json:"query,omitempty" doc:"its parameters, as the list has them, also one that stands in its address; limit and cursor count for nothing"`
	Format  string            `json:"format,omitempty" enum:"xlsx,csv" doc:"xlsx without it"`
	Zone    string            `json:"zone,omitempty" doc:"in which times are written, such as Asia/Shanghai; UTC without it"`
	Purpose string            `json:"purpose,omitempty" enum:"customer_request,address_correction,delivery_problem,carrier_claim,fraud_check,legal,migration" doc:"of orders: people in plain text, for this; needs the scope pii"`
}

// Export is a list on its way into a file.
type Export struct {
	ID      string `json:"id"`
	List    string `json:"list"`
	Format  string `json:"format"`
	State   string `json:"state" enum:"waiting,running,done,failed,cancelled"`
	Rows    int64  `json:"rows" doc:"written until now"`
	Bytes   int64  `json:"bytes,omitempty" doc:"of the file"`
	File    string `json:"file,omitempty" doc:"its name"`
	MadeAt  string `json:"made_at"`
	By      string `json:"by"`
	Code    string `json:"code,omitempty" doc:"of what went wrong"`
	Failure string `json:"failure,omitempty" doc:"as a sentence"`
	Request string `json:"request,omitempty" doc:"the request that asked for it, as the log has it"`
}

// ExportList are the exports of the caller.
type ExportList struct {
	Exports []Export `json:"exports" doc:"the newest first"`
}

const (
	exportPrefix = "exp"
	exportWait   = time.Second // a file that is ready so soon is answered as done
)

// States of an export.
const (
	exportWaiting   = "waiting"
	exportRunning   = "running"
	exportDone      = "done"
	exportFailed    = "failed"
	exportCancelled = "cancelled"
)

func (s *Server) exporting() {
	lists := fmt.Sprint(exportNames())
	command(s, route{path: "/v1/exports", tag: "exports", id: "export-list", summary: "Write what a list shows into an XLSX or CSV file",
		about: "Every row of the list, under the rights of the caller at this list: what is masked on the screen is masked in the file. Who took which list with which filter, and how many rows, is in the audit log " +
			"before the file can be had. What is ready within a second is answered as done, everything else with 202; ask for it by its id. A file is kept for an hour by the process that wrote it, and not over its restart. " +
			"An Idempotency-Key counts for nothing. Lists: " + lists + ". Problems: export.list, export.zone, export.too_many, privacy.purpose, access.denied, and those of the list."},
		(*call).exportList)
	query(s, route{path: "/v1/exports", tag: "exports", id: "list-exports", summary: "The exports of the caller, the newest first", params: []*huma.Param{}},
		func(c *call) (ExportList, error) { return ExportList{Exports: c.server.exports.of(c)}, nil })
	query(s, route{path: "/v1/exports/{id}", tag: "exports", id: "get-export", summary: "How far an export is", about: "Problem: export.not_found."},
		func(c *call) (Export, error) {
			x, err := c.export()
			if err != nil {
				return Export{}, err
			}
			return x.shown(c.lang()), nil
		})
	query(s, route{path: "/v1/exports/{id}/file", tag: "exports", id: "get-export-file", summary: "The file of an export", about: "Problems: export.not_found, export.not_ready, access.denied."},
		(*call).exportFile)
	command(s, route{path: "/v1/exports/{id}/cancel", tag: "exports", id: "cancel-export", summary: "Stop an export and throw its file away", about: "Problem: export.not_found."},
		func(c *call, _ Empty) (Export, error) {
			x, err := c.export()
			if err != nil {
				return Export{}, err
			}
			x.cancel()
			return x.shown(c.lang()), nil
		})
}

func exportNames() (names []string) {
	for name := range exported {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (c *call) exportList(in ExportInput) (Export, error) {
	list, ok := exported[in.List]
	if !ok {
		return Export{}, fault.Invalidf("list", "export.list", "%q cannot be exported; what can is %v", in.List, exportNames()).With("list", in.List)
	}
	zone, err := time.LoadLocation(in.Zone)
	if err != nil {
		return Export{}, fault.Invalidf("zone", "export.zone", "%q is no time zone; write it like Asia/Shanghai", in.Zone).With("zone", in.Zone)
	}
	lc, err := c.atList(in, list)
	if err != nil {
		return Export{}, err
	}
	w := &writing{call: lc, list: list, zone: zone, lang: c.lang()}
	if w.plain, err = c.forPurpose(in); err != nil {
		return Export{}, err
	}
	if in.Format == "" {
		in.Format = "xlsx"
	}
	x, err := c.server.exports.begin(c, in, w)
	if err != nil {
		return Export{}, err
	}
	select {
	case <-x.over:
	case <-time.After(exportWait):
		c.status = http.StatusAccepted
	case <-c.ctx.Done():
	}
	return x.shown(c.lang()), x.refused()
}

// forPurpose reports whether people are written in plain text.
func (c *call) forPurpose(in ExportInput) (bool, error) {
	if in.Purpose == "" {
		return false, nil
	}
	if !slices.Contains(access.Purposes, in.Purpose) || in.List != "list-orders" {
		return false, fault.Invalidf("purpose", "privacy.purpose", "say what for: one of %v", access.Purposes).With("value", in.Purpose)
	}
	if err := c.who.Allow(access.PII); err != nil {
		return false, err
	}
	if !c.plain() { // elsewhere than where they may see the orders
		return false, c.who.AllowWithin(access.PII, access.Reach{})
	}
	return true, nil
}

// atList is the caller at the list: with the rights, the reach and the filter that the list would be asked with. What a list refuses is
// refused here.
func (c *call) atList(in ExportInput, list exportedList) (*call, error) {
	q := url.Values{}
	req := &http.Request{Method: http.MethodGet, URL: &url.URL{Path: "/"}, Header: c.req.Header.Clone(), RemoteAddr: c.req.RemoteAddr}
	path := ""
	for name, value := range in.Query {
		switch {
		case name == list.path:
			path = "/{" + name + "}"
			req.SetPathValue(name, value)
		case name != "cursor" && name != "limit" && value != "":
			q.Set(name, value)
		}
	}
	lc := &call{Services: c.Services, ctx: c.ctx, server: c.server, req: req, who: c.who, area: c.who.Where(list.scope)}
	lc.ask(q, "")
	if err := c.who.Allow(list.scope); err != nil {
		return nil, err
	}
	return lc, lc.withinReach(&route{id: in.List, method: http.MethodGet, path: path, scope: list.scope})
}

// ask makes the call one for a page of the list.
func (c *call) ask(filter url.Values, cursor string) {
	q := url.Values{}
	for name, values := range filter {
		q[name] = values
	}
	q.Set("limit", strconv.Itoa(pageMax))
	if cursor != "" {
		q.Set("cursor", cursor)
	}
	c.req.URL.RawQuery = q.Encode()
}

// export finds an export of the caller in the path.
func (c *call) export() (*export, error) {
	key, err := c.idParam("id", exportPrefix)
	if err != nil {
		return nil, err
	}
	x := c.server.exports.find(key)
	if x == nil || x.by != c.who.Name || x.company != c.who.Company {
		return nil, fault.New(fault.NotFound, "export.not_found", "there is no export %s here; files are kept for an hour", id.Show(exportPrefix, key)).With("export", id.Show(exportPrefix, key))
	}
	return x, nil
}

func (c *call) exportFile() (Empty, error) {
	x, err := c.export()
	if err != nil {
		return Empty{}, err
	}
	if err := c.who.Allow(x.scope); err != nil {
		return Empty{}, err
	}
	if x.purpose != "" {
		if err := c.who.Allow(access.PII); err != nil {
			return Empty{}, err
		}
	}
	file, size, ok := x.ready()
	if !ok {
		return Empty{}, fault.New(fault.Conflict, "export.not_ready", "the file is not written yet")
	}
	h := c.out.Header()
	h.Set("Content-Disposition", "attachment; filename="+strconv.Quote(x.file))
	h.Set("Content-Type", paperKinds[x.format])
	h.Set("Content-Length", strconv.FormatInt(size, 10))
	h.Set("Cache-Control", "no-store")
	c.answered = true
	if _, err := io.Copy(c.out, io.NewSectionReader(file, 0, size)); err != nil {
		c.log().InfoContext(c.ctx, "the file of an export was not taken to its end", "export", x.file, "error", err)
	}
	return Empty{}, nil
}

// scratch is a file without a name: nothing is left of it when the process ends, however it ends.
func scratch() (*os.File, error) {
	f, err := os.CreateTemp("", "packhorse-export-*")
	if err == nil {
		_ = os.Remove(f.Name()) // where an open file cannot be removed it goes when it is closed
	}
	return f, err
}

// filterOf tells a filter in one line, for the audit log.
func filterOf(query map[string]string) string {
	var parts []string
	for name, value := range query {
		if value != "" && name != "cursor" && name != "limit" {
			parts = append(parts, name+"="+value)
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, " ")
}
