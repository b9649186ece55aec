package label

import (
	"io"
	"time"

	"github.com/go-pdf/fpdf"
)

const pointsPerMM = 72 / 25.4

var families = [faces]string{regular: "go", bold: "gobold", wide: "droid"}

// PDF writes labels as a document of one page each, 100 × 150 mm. The bytes depend on the labels only. Faults: those of
// a code that cannot be drawn, label.code and label.code_too_long; nothing is written then.
func PDF(w io.Writer, labels ...Label) error {
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: fpdf.SizeType{Wd: Width, Ht: Height}})
	doc.SetCreationDate(time.Unix(0, 0).UTC())
	doc.SetModificationDate(time.Unix(0, 0).UTC())
	doc.SetCatalogSort(true)
	doc.SetAutoPageBreak(false, 0)
	doc.SetMargins(0, 0, 0)
	d := &pdf{doc: doc}
	for _, l := range labels {
		if err := d.page(l); err != nil {
			return err
		}
	}
	return doc.Output(w)
}

// pdf is a document in the making.
type pdf struct {
	doc    *fpdf.Fpdf
	ruler  ruler
	loaded [faces]bool // only the typefaces that are used are read: the wide one is large
}

func (d *pdf) page(l Label) error {
	if err := l.check(); err != nil {
		return err
	}
	p := lay(&d.ruler, l)
	d.doc.AddPage()
	d.doc.SetLineWidth(0.3)
	for _, y := range p.rules {
		d.doc.Line(margin, y, Width-margin, y)
	}
	for _, t := range p.texts {
		d.text(t)
	}
	if err := d.bars(p.bar, l.Waybill); err != nil {
		return err
	}
	if l.Code == "" {
		return nil
	}
	return d.square(p.code, l.Code)
}

func (d *pdf) text(t set) {
	for i, line := range t.lines {
		x := t.x
		if t.middle {
			x += (t.w - d.ruler.width(line, t.size, t.heavy)) / 2
		}
		base := t.y + t.size*(leading*float64(i)+0.95)
		for _, r := range runs(line, t.heavy) {
			d.use(r.face)
			d.doc.SetFont(families[r.face], "", t.size*pointsPerMM)
			d.doc.Text(x, base, r.text)
			x += d.ruler.width(r.text, t.size, t.heavy)
		}
	}
}

func (d *pdf) use(f face) {
	if !d.loaded[f] {
		d.doc.AddUTF8FontFromBytes(families[f], "", fileOf(f))
		d.loaded[f] = true
	}
}

func (d *pdf) bars(a area, waybill string) error {
	s, err := bars(waybill)
	if err != nil {
		return err
	}
	module := float64(s.dots) / dots
	x := a.x + (a.w-module*float64(len(s.modules)))/2
	d.row(s.modules, x, a.y, module, a.h)
	return nil
}

func (d *pdf) square(a area, code string) error {
	rows, err := square(code)
	if err != nil {
		return err
	}
	module := a.w / float64(len(rows))
	for i, r := range rows {
		d.row(r, a.x, a.y+module*float64(i), module, module)
	}
	return nil
}

// row draws the black runs of a row as bars.
func (d *pdf) row(modules []bool, x, y, module, h float64) {
	for i := 0; i < len(modules); {
		n := i
		for n < len(modules) && modules[n] == modules[i] {
			n++
		}
		if modules[i] {
			d.doc.Rect(x+module*float64(i), y, module*float64(n-i), h, "F")
		}
		i = n
	}
}
