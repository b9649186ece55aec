package cups

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/telemetry"
	"github.com/packhorse/packhorse/printing"
)

// States of a printer and of a job (RFC 8011 §5.4.11, §5.3.7).
const (
	printerStopped = 5

	jobCanceled  = 7
	jobAborted   = 8
	jobCompleted = 9
)

// named is the mark of a document of which no number is known yet: it is asked for by its name.
const named = "name"

// between is how soon a job is looked at again, in wall time.
const between = 200 * time.Millisecond

// Printer is one queue of a print server.
type Printer struct {
	queue  string // as IPP names it
	post   string // as HTTP does
	format string
	client *http.Client
}

// New makes the adapter. Fault: printing.address.
func New(p printing.Place) (printing.Printer, error) {
	u, err := url.Parse(p.Address)
	if err != nil || u.Scheme != "ipp" && u.Scheme != "ipps" || u.Host == "" || len(u.Path) < 2 || u.User != nil {
		return nil, printing.BadAddress(p.Address, "ipp://127.0.0.1:631/printers/LABELS")
	}
	post := *u
	post.Scheme = map[string]string{"ipp": "http", "ipps": "https"}[u.Scheme]
	if u.Port() == "" {
		post.Host += ":631"
	}
	format := "application/vnd.cups-raw"
	if p.Format == printing.PDF {
		format = "application/pdf"
	}
	return &Printer{queue: p.Address, post: post.String(), format: format, client: &http.Client{Transport: telemetry.Client(nil)}}, nil
}

// call sends a message and reads the answer. Errors: printing.ErrUnreachable when it did not leave, printing.ErrUncertain
// when no answer came.
func (p *Printer) call(ctx context.Context, message io.Reader) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.post, message)
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("Content-Type", "application/ipp")
	resp, err := p.client.Do(req)
	var dial *net.OpError
	switch {
	case errors.As(err, &dial) && dial.Op == "dial":
		return answer{}, printing.Unreached(err)
	case err != nil:
		return answer{}, printing.Unsure(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return answer{}, printing.Refused(resp.Status)
	}
	raw, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return answer{}, printing.Unsure(err)
	}
	a, err := read(raw)
	if err != nil {
		return answer{}, printing.Unsure(err)
	}
	return a, nil
}

// Status asks how the queue is.
func (p *Printer) Status(ctx context.Context) (printing.Status, error) {
	b := request(getPrinterAttributes, p.queue)
	attribute(b, tagKeyword, "requested-attributes", "printer-state")
	attribute(b, tagKeyword, "", "printer-state-reasons")
	attribute(b, tagKeyword, "", "printer-is-accepting-jobs")
	b.WriteByte(endOfGroups)
	a, err := p.call(ctx, b)
	if err == nil {
		err = a.refusal()
	}
	if err != nil {
		return printing.Status{}, printing.Unreached(err)
	}
	st := printing.Status{Condition: printing.Ready, Mark: named}
	for _, g := range a.groups[1:] {
		st.Condition = condition(g.number("printer-state"), g.number("printer-is-accepting-jobs") == 1, g.texts("printer-state-reasons"))
	}
	return st, nil
}

func condition(state int, accepting bool, reasons []string) string {
	says := func(what string) bool {
		return slices.ContainsFunc(reasons, func(r string) bool { return strings.HasPrefix(r, what) && !strings.HasSuffix(r, "-warning") })
	}
	switch {
	case says("media-empty"), says("media-needed"):
		return printing.PaperOut
	case says("cover-open"), says("door-open"):
		return printing.HeadOpen
	case says("offline"), says("connecting-to-device"):
		return printing.Unreachable
	case says("paused"), state == printerStopped, !accepting:
		return printing.Stopped
	}
	return printing.Ready
}

// Send gives the document to the queue under its name, and waits until the server says that it is printed.
func (p *Printer) Send(ctx context.Context, d printing.Document) (printing.Receipt, error) {
	b := request(printJob, p.queue)
	attribute(b, tagName, "job-name", d.Name)
	attribute(b, tagMIME, "document-format", p.format)
	b.WriteByte(endOfGroups)
	a, err := p.call(ctx, io.MultiReader(b, bytes.NewReader(d.Bytes)))
	if err != nil {
		return printing.Receipt{}, err
	}
	if err := a.refusal(); err != nil {
		return printing.Receipt{}, printing.Refused(err.Error())
	}
	mark := named
	for _, g := range a.groups {
		if n := g.number("job-id"); g.tag == jobGroup && n > 0 {
			mark = strconv.Itoa(n)
		}
	}
	for {
		f, err := p.Fate(ctx, d.Name, mark)
		switch {
		case err == nil && f != printing.Pending:
			return printing.Receipt{Fate: f, Mark: named}, nil
		case ctx.Err() != nil:
			return printing.Receipt{Fate: printing.Pending, Mark: mark}, nil
		}
		select {
		case <-ctx.Done():
		case <-time.After(between):
		}
	}
}

// Fate asks for a document by the number that the server gave it; where the answer was lost that gave it, by its name.
func (p *Printer) Fate(ctx context.Context, name, mark string) (printing.Fate, error) {
	if number, err := strconv.Atoi(mark); err == nil {
		return p.numbered(ctx, number)
	}
	hidden := false
	for _, which := range []string{"not-completed", "completed"} {
		list, err := p.list(ctx, which)
		if err != nil {
			return "", printing.Unreached(err)
		}
		for _, g := range list {
			names := g.texts("job-name")
			if slices.Contains(names, name) {
				return fate(g.number("job-state")), nil
			}
			hidden = hidden || len(names) == 0
		}
	}
	if hidden {
		return printing.Unknown, nil // the server keeps the names of old jobs to itself
	}
	return printing.Not, nil
}

func fate(state int) printing.Fate {
	switch state {
	case jobCompleted:
		return printing.Out
	case jobCanceled, jobAborted, 0:
		return printing.Unknown // a person or the server ended it: a part may be on paper
	}
	return printing.Pending
}

func (p *Printer) numbered(ctx context.Context, number int) (printing.Fate, error) {
	b := request(getJobAttributes, p.queue)
	integer(b, "job-id", number)
	attribute(b, tagKeyword, "requested-attributes", "job-state")
	b.WriteByte(endOfGroups)
	a, err := p.call(ctx, b)
	if err != nil {
		return "", printing.Unreached(err)
	}
	for _, g := range a.groups {
		if g.tag == jobGroup {
			return fate(g.number("job-state")), nil
		}
	}
	return printing.Unknown, nil // it has forgotten the number
}

// list is what the queue holds, or has held.
func (p *Printer) list(ctx context.Context, which string) (jobs []group, err error) {
	b := request(getJobs, p.queue)
	attribute(b, tagKeyword, "which-jobs", which)
	attribute(b, tagKeyword, "requested-attributes", "job-name")
	attribute(b, tagKeyword, "", "job-state")
	b.WriteByte(endOfGroups)
	a, err := p.call(ctx, b)
	if err == nil {
		err = a.refusal()
	}
	for _, g := range a.groups {
		if g.tag == jobGroup {
			jobs = append(jobs, g)
		}
	}
	return jobs, err
}
