package label

import (
	"io"
	"strconv"
	"time"

	"github.com/go-pdf/fpdf"
)

// Manifest is the list that a carrier signs for, in the words of its reader. Texts may be in any script and of any length.
type Manifest struct {
	Title, Number string
	Facts         [][2]string // caption and value, one line each
	Head          [4]string   // over the number of a row and its three cells
	Rows          [][3]string // waybill, service, weight
	Sum           string
	Sign          [2]string // what the two lines at the end are for
	Page          func(no, of int) string
}

// A4 upright, in millimetres.
const (
	a4Width, a4Height = 210.0, 297.0
	a4Margin          = 15.0
	a4Inner           = a4Width - 2*a4Margin
	rowHeight         = 6.5
	factHeight        = 6.0
	bodyEnd           = a4Height - 22 // rows end above; the number of the page stands below
	signHeight        = 34            // the sums and the two lines
)

// columns of a manifest: where each begins, and how wide it is.
var columns = [4]struct{ x, w float64 }{{a4Margin, 14}, {a4Margin + 16, 84}, {a4Margin + 102, 50}, {a4Margin + 154, a4Inner - 154}}

// ManifestPDF writes a manifest on pages of A4, each with its head, the last with the sums and the lines to sign on. The bytes
// depend on the manifest only.
func ManifestPDF(w io.Writer, m Manifest) error {
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: fpdf.SizeType{Wd: a4Width, Ht: a4Height}})
	doc.SetCreationDate(time.Unix(0, 0).UTC())
	doc.SetModificationDate(time.Unix(0, 0).UTC())
	doc.SetCatalogSort(true)
	doc.SetAutoPageBreak(false, 0)
	doc.SetMargins(0, 0, 0)
	d := &pdf{doc: doc}
	pages := m.pages()
	no := 0
	for i, rows := range pages {
		y := d.top(m)
		for _, r := range rows {
			no++
			d.manifestRow(y, no, r)
			y += rowHeight
		}
		if i == len(pages)-1 {
			d.bottom(m, y)
		}
		d.put(a4Margin, a4Height-15, a4Inner, 6, m.Page(i+1, len(pages)), 3, false)
	}
	return doc.Output(w)
}

// bodyBegin is where the rows of a page begin.
func (m Manifest) bodyBegin() float64 {
	return a4Margin + 12 + factHeight*float64(len(m.Facts)) + 3 + rowHeight
}

// pages deals the rows out. There is one page at least, and the last leaves room for the lines to sign on.
func (m Manifest) pages() (out [][][3]string) {
	fit := max(1, int((bodyEnd-m.bodyBegin())/rowHeight))
	last := max(1, int((bodyEnd-signHeight-m.bodyBegin())/rowHeight))
	rows := m.Rows
	for len(rows) > last {
		n := min(fit, len(rows))
		out = append(out, rows[:n])
		rows = rows[n:]
	}
	return append(out, rows)
}

// top begins a page and gives where its rows begin.
func (d *pdf) top(m Manifest) float64 {
	d.doc.AddPage()
	d.doc.SetLineWidth(0.2)
	d.put(a4Margin, a4Margin, 100, 10, m.Title, 8, true)
	d.put(a4Margin+110, a4Margin+2, a4Inner-110, 8, m.Number, 4, false)
	y := a4Margin + 12.0
	for _, f := range m.Facts {
		d.put(a4Margin, y, 40, factHeight, f[0], 3.6, true)
		d.put(a4Margin+42, y, a4Inner-42, factHeight, f[1], 3.6, false)
		y += factHeight
	}
	y += 3
	for i, c := range columns {
		d.put(c.x, y, c.w, rowHeight, m.Head[i], 3.4, true)
	}
	y += rowHeight
	d.doc.Line(a4Margin, y-1, a4Width-a4Margin, y-1)
	return y
}

func (d *pdf) manifestRow(y float64, no int, r [3]string) {
	for i, text := range [4]string{strconv.Itoa(no), r[0], r[1], r[2]} {
		d.put(columns[i].x, y, columns[i].w, rowHeight, text, 3.6, false)
	}
}

func (d *pdf) bottom(m Manifest, y float64) {
	d.doc.Line(a4Margin, y, a4Width-a4Margin, y)
	d.put(a4Margin, y+1.5, a4Inner, 7, m.Sum, 4.4, true)
	for i, what := range m.Sign {
		x, w := a4Margin+float64(i)*115, 105.0-float64(i)*40
		d.doc.Line(x, y+25, x+w, y+25)
		d.put(x, y+26, w, 6, what, 3, false)
	}
}

// put sets a text in a box, as large as fits.
func (d *pdf) put(x, y, w, h float64, text string, most float64, heavy bool) {
	if s := d.ruler.fit(box{x: x, y: y, w: w, h: h, text: text, most: most, least: 1.8, heavy: heavy}); len(s.lines) > 0 {
		d.text(s)
	}
}
