package api

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/ship/label"
)

// paperKinds are the media types of a paper's file.
var paperKinds = map[string]string{"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "pdf": "application/pdf"}

func (c *call) paperFile() (Empty, error) {
	format := c.query("format")
	if format == "" {
		format = "csv"
	}
	if paperKinds[format] == "" {
		return Empty{}, fault.Invalidf("format", "ship.manifest_format", "a manifest is written as csv, xlsx or pdf")
	}
	key, err := c.idParam("id", ship.PaperPrefix)
	if err != nil {
		return Empty{}, err
	}
	p, lines, err := c.Ship.PaperOf(c.ctx, key)
	if err != nil {
		return Empty{}, err
	}
	n, err := c.allNames()
	if err != nil {
		return Empty{}, err
	}
	name := id.Show(ship.PaperPrefix, key) + "." + format
	var body bytes.Buffer
	if format == "pdf" {
		err = label.ManifestPDF(&body, c.manifest(p, lines, n))
	} else {
		err = writePaper(&body, name, p, lines, n)
	}
	if err != nil {
		return Empty{}, err
	}
	c.out.Header().Set("Content-Disposition", "attachment; filename="+strconv.Quote(name))
	write(c.out, http.StatusOK, paperKinds[format], body.Bytes())
	c.answered = true
	return Empty{}, nil
}

func writePaper(out io.Writer, name string, p ship.Paper, lines []ship.PaperLine, n *names) error {
	w, err := sheet.NewWriter(out, name)
	if err != nil {
		return err
	}
	if err := ship.WritePaper(w, p, lines, n.node(p.NodeID), n.zone(p.NodeID)); err != nil {
		return err
	}
	return w.Close()
}

// manifest is a paper in the words of its reader.
func (c *call) manifest(p ship.Paper, lines []ship.PaperLine, n *names) label.Manifest {
	say := func(what string, params map[string]any) string {
		return words.Render(c.lang(), "ship.manifest."+what, params)
	}
	when := p.Day
	if when == "" {
		when = time.UnixMicro(p.HandedAt).In(n.zone(p.NodeID)).Format("2006-01-02 15:04 MST")
	}
	weight := func(g int64) string {
		if g == 0 {
			return ""
		}
		return strconv.FormatFloat(float64(g)/1000, 'f', 3, 64)
	}
	m := label.Manifest{Title: say("title", nil), Number: id.Show(ship.PaperPrefix, p.ID),
		Facts: [][2]string{{say("carrier", nil), p.Carrier}, {say("node", nil), n.node(p.NodeID)}, {say("at", nil), when}, {say("by", nil), p.HandedBy}},
		Head:  [4]string{say("no", nil), say("waybill", nil), say("service", nil), say("weight", nil)},
		Sum:   say("sum", map[string]any{"parcels": p.Parcels, "kg": weight(p.WeightG)}), Sign: [2]string{say("sign", nil), say("date", nil)},
		Page: func(no, of int) string { return say("page", map[string]any{"no": no, "of": of}) }}
	for _, l := range lines {
		m.Rows = append(m.Rows, [3]string{l.Waybill, l.Service, weight(l.WeightG)})
	}
	return m
}

// zone is the time zone of a node; UTC where it has none.
func (n *names) zone(key int64) *time.Location {
	for _, x := range n.nodes {
		if x.ID == key {
			if zone, err := time.LoadLocation(x.Timezone); err == nil {
				return zone
			}
		}
	}
	return time.UTC
}
