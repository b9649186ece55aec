package label

import (
	"fmt"
	"image"
	"strings"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/code128"
	"github.com/boombuler/barcode/qr"

	"github.com/packhorse/packhorse/internal/fault"
)

// Width and Height of a label, in millimetres.
const (
	Width  = 100
	Height = 150
)

const (
	margin = 4.0
	inner  = Width - 2*margin
)

// page is a label laid out: texts that are set, rules, and where the codes stand. Millimetres from the upper left.
type page struct {
	texts []set
	rules []float64 // y of lines across
	bar   area
	code  area // zero when there is none
}

type area struct{ x, y, w, h float64 }

// lay puts a label on its page. Boxes do not overlap, and a text never leaves its box.
func lay(u *ruler, l Label) page {
	c := l.Captions
	boxes := []box{
		{x: margin, y: 4, w: 66, h: 11, text: join(" ", l.Carrier, l.Service), most: 7, least: 2.6, heavy: true},
		{x: 76, y: 4, w: 20, h: 11, text: count(l), most: 7, least: 2.6, heavy: true},
		{x: margin, y: 17, w: inner, h: 20, text: l.Sort, most: 15, least: 3, heavy: true, middle: true},
		{x: margin, y: 57, w: inner, h: 6, text: l.Waybill, most: 4.6, least: 2.4, middle: true},
		{x: margin, y: 67, w: 12, h: 30, text: c.To, most: 6.4, least: 2.4, heavy: true},
		{x: 17, y: 67, w: 79, h: 10, text: join("  ", l.Recipient.Name, l.Recipient.Phone), most: 5.4, least: 2.4, heavy: true},
		{x: 17, y: 77.5, w: 79, h: 20, text: l.Recipient.Address, most: 4.8, least: 2.2},
		{x: margin, y: 101, w: 12, h: 13, text: c.From, most: 3.6, least: 2.2, heavy: true},
		{x: 17, y: 101, w: 79, h: 5, text: join("  ", l.Sender.Name, l.Sender.Phone), most: 3.4, least: 2.2},
		{x: 17, y: 106, w: 79, h: 8.5, text: l.Sender.Address, most: 3.2, least: 2.2},
		{x: margin, y: 117.5, w: 60, h: 5.5, text: join(": ", c.Order, l.Order), most: 3.6, least: 2.2},
		{x: margin, y: 123.5, w: 60, h: 11.5, text: join(": ", c.Goods, l.Goods), most: 3.4, least: 2.2},
		{x: margin, y: 135.5, w: 60, h: 5, text: join(": ", c.Node, l.Node), most: 3.2, least: 2.2},
		{x: margin, y: 141, w: 60, h: 5, text: l.Note, most: 3, least: 2.2},
	}
	p := page{rules: []float64{38, 65, 99, 115.5}, bar: area{margin, 40.5, inner, 16}}
	if l.Code != "" {
		p.code = area{68, 118, 28, 28}
	}
	for _, b := range boxes {
		if s := u.fit(b); len(s.lines) > 0 {
			p.texts = append(p.texts, s)
		}
	}
	return p
}

func count(l Label) string {
	if l.Of == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", l.No, l.Of)
}

// join puts something between texts, and leaves out those that are empty; a caption without its text too.
func join(between string, texts ...string) string {
	var list []string
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			list = append(list, t)
		}
	}
	if between == ": " && len(list) < len(texts) {
		return ""
	}
	return strings.Join(list, between)
}

// Dots of a thermal printer at 203 dpi: 8 in a millimetre.
const (
	dots     = 8
	barDots  = Width*dots - 2*margin*dots
	leastBar = 2 // dots: a narrower line is not read reliably
	mostBar  = 4
)

// strip is a row of the bar code: true is black.
type strip struct {
	modules []bool
	dots    int // of one module
}

// bars are the waybill as Code 128. Fault: label.code_too_long.
func bars(waybill string) (strip, error) {
	c, err := code128.Encode(waybill)
	if err != nil {
		return strip{}, fault.Invalidf("waybill", "label.code", "%q cannot be a bar code: %v", waybill, err).With("value", waybill)
	}
	s := strip{modules: row(c, 0)}
	if s.dots = min(mostBar, barDots/len(s.modules)); s.dots < leastBar {
		return strip{}, fault.Invalidf("waybill", "label.code_too_long", "the waybill %s is too long for a bar code on a label of %d mm", waybill, Width).
			With("value", waybill).With("width", int64(Width))
	}
	return s, nil
}

func row(c barcode.Barcode, y int) []bool {
	b := c.Bounds()
	out := make([]bool, b.Dx())
	for x := range out {
		out[x] = black(c, b.Min.X+x, b.Min.Y+y)
	}
	return out
}

func black(c image.Image, x, y int) bool { r, _, _, _ := c.At(x, y).RGBA(); return r == 0 }

// square is the code of the parcel as QR, row by row.
func square(code string) ([][]bool, error) {
	c, err := qr.Encode(code, qr.M, qr.Auto)
	if err != nil {
		return nil, err
	}
	out := make([][]bool, c.Bounds().Dy())
	for y := range out {
		out[y] = row(c, y)
	}
	return out, nil
}
