package label

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// droid is packed: it is the largest piece of the program by far.
//
//go:embed font/DroidSansFallback.ttf.gz
var droid []byte

// face is one of the typefaces a label is set in.
type face int

const (
	regular face = iota
	bold
	wide // Chinese, Japanese, Korean; in one weight
	faces
)

// unpacked is the typeface of Chinese, Japanese and Korean.
var unpacked = sync.OnceValue(func() []byte {
	r, err := gzip.NewReader(bytes.NewReader(droid))
	if err != nil {
		panic(err) // it is part of the program
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		panic(err)
	}
	return raw
})

// fileOf is a typeface as a file.
func fileOf(f face) []byte {
	switch f {
	case bold:
		return gobold.TTF
	case wide:
		return unpacked()
	default:
		return goregular.TTF
	}
}

// parsed are the typefaces, read once.
var parsed = sync.OnceValue(func() (out [faces]*sfnt.Font) {
	for f := range faces {
		raw := fileOf(f)
		one, err := sfnt.Parse(raw)
		if err != nil {
			panic(err) // they are part of the program
		}
		out[f] = one
	}
	return out
})

// faceOf chooses the typeface that has a character; ok is false when none has.
func faceOf(r rune, heavy bool) (f face, ok bool) {
	fonts, b := parsed(), sfnt.Buffer{}
	f = regular
	if heavy {
		f = bold
	}
	for _, f := range []face{f, wide} {
		if g, err := fonts[f].GlyphIndex(&b, r); err == nil && g != 0 {
			return f, true
		}
	}
	return f, false
}

func drawable(r rune) bool { _, ok := faceOf(r, false); return ok }

// em is the size that characters are measured at.
const em = 1000

// ruler measures texts. It remembers what it measured, and is not for use by several at once.
type ruler struct {
	buffer sfnt.Buffer
	known  map[glyph]int
}

type glyph struct {
	face face
	r    rune
}

// advance is how wide a character is, in thousandths of the size.
func (u *ruler) advance(f face, r rune) int {
	if w, ok := u.known[glyph{f, r}]; ok {
		return w
	}
	fonts := parsed()
	g, err := fonts[f].GlyphIndex(&u.buffer, r)
	if err != nil {
		return em
	}
	a, err := fonts[f].GlyphAdvance(&u.buffer, g, fixed.I(em), font.HintingNone)
	if err != nil {
		return em
	}
	if u.known == nil {
		u.known = map[glyph]int{}
	}
	u.known[glyph{f, r}] = a.Ceil()
	return a.Ceil()
}

// width of a text at a size, in the unit of the size.
func (u *ruler) width(text string, size float64, heavy bool) float64 {
	sum := 0
	for _, r := range text {
		f, _ := faceOf(r, heavy)
		sum += u.advance(f, r)
	}
	return float64(sum) * size / em
}

// run is a part of a line that is set in one typeface.
type run struct {
	face face
	text string
}

func runs(text string, heavy bool) (out []run) {
	for _, r := range text {
		f, _ := faceOf(r, heavy)
		if n := len(out); n > 0 && out[n-1].face == f {
			out[n-1].text += string(r)
			continue
		}
		out = append(out, run{f, string(r)})
	}
	return out
}
