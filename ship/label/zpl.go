package label

import (
	"bytes"
	"fmt"
	"io"
)

// ZPL writes labels for a thermal printer of 203 dpi, 100 × 150 mm: one ^XA … ^XZ each, with nothing behind the last.
// The codes are drawn by the printer, every text is a picture. Faults: as those of PDF; nothing is written then.
func ZPL(w io.Writer, labels ...Label) error {
	var b bytes.Buffer
	p := &painter{}
	for _, l := range labels {
		if err := p.label(&b, l); err != nil {
			return err
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

func (p *painter) label(b *bytes.Buffer, l Label) error {
	if err := l.check(); err != nil {
		return err
	}
	s, err := bars(l.Waybill)
	if err != nil {
		return err
	}
	page := lay(&p.ruler, l)
	fmt.Fprintf(b, "^XA^CI28^PW%d^LL%d^LH0,0", Width*dots, Height*dots)
	for _, y := range page.rules {
		fmt.Fprintf(b, "^FO%d,%d^GB%d,2,2^FS", dot(margin), dot(y), dot(inner))
	}
	for _, t := range page.texts {
		if err := p.text(b, t); err != nil {
			return err
		}
	}
	// The letters of a waybill and of a code were checked: none of them means anything to the printer.
	x := dot(page.bar.x) + (dot(page.bar.w)-s.dots*len(s.modules))/2
	fmt.Fprintf(b, "^FO%d,%d^BY%d^BCN,%d,N,N,N,A^FD%s^FS", x, dot(page.bar.y), s.dots, dot(page.bar.h), l.Waybill)
	if l.Code != "" {
		rows, err := square(l.Code)
		if err != nil {
			return err
		}
		n := max(1, min(10, dot(page.code.w)/len(rows)))
		fmt.Fprintf(b, "^FO%d,%d^BQN,2,%d^FDMA,%s^FS", dot(page.code.x), dot(page.code.y)-10, n, l.Code)
	}
	b.WriteString("^XZ")
	return nil
}

func dot(mm float64) int { return int(mm*dots + 0.5) }
