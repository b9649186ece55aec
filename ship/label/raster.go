package label

import (
	"bytes"
	"fmt"
	"image"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// painter turns texts into pictures of black and white dots. It is not for use by several at once.
type painter struct {
	ruler ruler
	faces map[sized]font.Face
}

type sized struct {
	face face
	size float64
}

func (p *painter) face(f face, size float64) (font.Face, error) {
	key := sized{f, size}
	if known, ok := p.faces[key]; ok {
		return known, nil
	}
	made, err := opentype.NewFace(parsed()[f], &opentype.FaceOptions{Size: size * dots, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, err
	}
	if p.faces == nil {
		p.faces = map[sized]font.Face{}
	}
	p.faces[key] = made
	return made, nil
}

// text writes a text as a picture that is as large as its box at most.
func (p *painter) text(b *bytes.Buffer, t set) error {
	w, h := dot(t.w), min(dot(t.h), dot(t.size*leading*float64(len(t.lines)))+1)
	picture := image.NewAlpha(image.Rect(0, 0, w, h))
	for i, line := range t.lines {
		x := 0.0
		if t.middle {
			x = (t.w - p.ruler.width(line, t.size, t.heavy)) / 2
		}
		base := t.size * (leading*float64(i) + 0.95)
		for _, r := range runs(line, t.heavy) {
			f, err := p.face(r.face, t.size)
			if err != nil {
				return err
			}
			d := font.Drawer{Dst: picture, Src: image.Opaque, Face: f, Dot: fixed.P(dot(x), dot(base))}
			d.DrawString(r.text)
			x += p.ruler.width(r.text, t.size, t.heavy)
		}
	}
	fmt.Fprintf(b, "^FO%d,%d", dot(t.x), dot(t.y))
	graphic(b, picture)
	b.WriteString("^FS")
	return nil
}

// graphic writes a picture as ^GFA, each row packed: a letter says how often the digit behind it comes, a comma that the
// rest of the row is white, a colon that it is as the row above.
func graphic(b *bytes.Buffer, picture *image.Alpha) {
	size := picture.Bounds().Size()
	bytesPerRow := (size.X + 7) / 8
	fmt.Fprintf(b, "^GFA,%d,%d,%d,", bytesPerRow*size.Y, bytesPerRow*size.Y, bytesPerRow)
	last := ""
	for y := range size.Y {
		row := hexRow(picture, y, bytesPerRow)
		if row == last {
			b.WriteByte(':')
			continue
		}
		pack(b, row)
		last = row
	}
}

func hexRow(picture *image.Alpha, y, bytesPerRow int) string {
	row := make([]byte, bytesPerRow)
	for x := range picture.Bounds().Dx() {
		if picture.AlphaAt(x, y).A >= 0x70 {
			row[x/8] |= 0x80 >> (x % 8)
		}
	}
	return fmt.Sprintf("%X", row)
}

func pack(b *bytes.Buffer, row string) {
	white := strings.TrimRight(row, "0")
	for i := 0; i < len(white); {
		n := i
		for n < len(white) && white[n] == white[i] {
			n++
		}
		repeat(b, n-i)
		b.WriteByte(white[i])
		i = n
	}
	if len(white) < len(row) {
		b.WriteByte(',')
	}
}

// repeat writes a count: G to Y are 1 to 19, g to z are 20 to 400, which is more than a row has digits. One is not said.
func repeat(b *bytes.Buffer, n int) {
	if n >= 20 {
		b.WriteByte(byte('g' + n/20 - 1))
	}
	if rest := n % 20; rest > 0 && n > 1 {
		b.WriteByte(byte('G' + rest - 1))
	}
}
