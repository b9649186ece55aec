package photo

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"github.com/packhorse/packhorse/internal/fault"
)

// scene is red at the top left, blue at the bottom right, and grey elsewhere.
func scene(w, h int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{128, 128, 128, 255}
			switch {
			case x < w/2 && y < h/2:
				c = color.RGBA{230, 20, 20, 255}
			case x >= w/2 && y >= h/2:
				c = color.RGBA{20, 20, 230, 255}
			}
			p.SetRGBA(x, y, c)
		}
	}
	return p
}

func asJPEG(t testing.TB, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// held puts an Exif part with an orientation, and words of the camera, behind the first marker of a JPEG.
func held(raw []byte, turn uint16) []byte {
	tiff := binary.BigEndian.AppendUint32([]byte("MM\x00*"), 8)
	tiff = binary.BigEndian.AppendUint16(tiff, 1)
	tiff = binary.BigEndian.AppendUint16(tiff, orientationTag)
	tiff = binary.BigEndian.AppendUint16(tiff, 3)
	tiff = binary.BigEndian.AppendUint32(tiff, 1)
	tiff = binary.BigEndian.AppendUint16(tiff, turn)
	body := append([]byte("Exif\x00\x00"), tiff...)
	body = append(body, "\x00\x00GPS 30.2741 120.1551 camera of Wang Fang"...)
	part := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(body)+2))
	return append(append(append([]byte{}, raw[:2]...), append(part, body...)...), raw[2:]...)
}

func near(t *testing.T, what string, got color.Color, want color.RGBA) {
	t.Helper()
	r, g, b, _ := got.RGBA()
	far := func(have uint32, w uint8) bool { d := int(have>>8) - int(w); return d < -40 || d > 40 }
	if far(r, want.R) || far(g, want.G) || far(b, want.B) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

var red, blue = color.RGBA{230, 20, 20, 255}, color.RGBA{20, 20, 230, 255}

func TestAPictureIsSeenAsItWasHeldAndAsSmallAsAskedFor(t *testing.T) {
	plain := asJPEG(t, scene(200, 100))
	for turn, want := range map[uint16]struct {
		w, h      int
		red, blue image.Point
	}{
		1: {100, 50, image.Pt(10, 10), image.Pt(90, 40)}, 2: {100, 50, image.Pt(90, 10), image.Pt(10, 40)},
		3: {100, 50, image.Pt(90, 40), image.Pt(10, 10)}, 4: {100, 50, image.Pt(10, 40), image.Pt(90, 10)},
		5: {50, 100, image.Pt(10, 10), image.Pt(40, 90)}, 6: {50, 100, image.Pt(40, 10), image.Pt(10, 90)},
		7: {50, 100, image.Pt(40, 90), image.Pt(10, 10)}, 8: {50, 100, image.Pt(10, 90), image.Pt(40, 10)},
		9: {100, 50, image.Pt(10, 10), image.Pt(90, 40)},
	} {
		out, err := Clean(held(plain, turn), 100, 400)
		if err != nil || len(out) != 2 || out[0].Width != want.w || out[0].Height != want.h || max(out[1].Width, out[1].Height) != 200 {
			t.Fatalf("%d: %+v %v", turn, out, err)
		}
		p, err := jpeg.Decode(bytes.NewReader(out[0].JPEG))
		if err != nil {
			t.Fatal(err)
		}
		near(t, "red", p.At(want.red.X, want.red.Y), red)
		near(t, "blue", p.At(want.blue.X, want.blue.Y), blue)
	}
}

func TestNothingIsKeptButWhatIsSeen(t *testing.T) {
	hidden := []byte("<script>alert(1)</script> Wang Fang, GPS 30.2741")
	glass := image.NewNRGBA(image.Rect(0, 0, 9, 9)) // nothing but glass, and white behind it
	for name, raw := range map[string][]byte{
		"what a camera writes": held(asJPEG(t, scene(60, 40)), 6),
		"a page behind a JPEG": append(asJPEG(t, scene(60, 40)), hidden...),
		"a page behind a PNG":  append(asPNG(t, glass), hidden...),
	} {
		out, err := Clean(raw, 1600)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if bytes.Contains(out[0].JPEG, []byte("Exif")) || bytes.Contains(out[0].JPEG, []byte("Wang")) || bytes.Contains(out[0].JPEG, []byte("script")) {
			t.Errorf("%s is still there", name)
		}
		if again, err := Clean(out[0].JPEG, 1600); err != nil || again[0].Width != out[0].Width {
			t.Errorf("%s: %v %+v", name, err, again)
		}
	}
	out, err := Clean(asPNG(t, glass), 9)
	if err != nil {
		t.Fatal(err)
	}
	p, err := jpeg.Decode(bytes.NewReader(out[0].JPEG))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "glass", p.At(4, 4), color.RGBA{255, 255, 255, 255})
}

// claims is a PNG whose head says a size, and that ends there.
func claims(w, h uint32, depth byte) []byte {
	head := append([]byte("IHDR"), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)...)
	head = append(head, depth, 6, 0, 0, 0)
	out := binary.BigEndian.AppendUint32([]byte("\x89PNG\r\n\x1a\n"), 13)
	out = append(out, head...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(head))
}

func TestWhatIsNoPictureOrTooLargeIsRefused(t *testing.T) {
	sound := asJPEG(t, scene(400, 300))
	large := bytes.Clone(sound)
	i := bytes.Index(large, []byte{0xff, 0xc0})
	binary.BigEndian.PutUint16(large[i+5:], 30_000)
	binary.BigEndian.PutUint16(large[i+7:], 30_000)
	for name, c := range map[string]struct {
		raw  []byte
		code string
	}{
		"nothing":                         {nil, "photo.kind"},
		"words":                           {[]byte("<svg onload=alert(1)>"), "photo.kind"},
		"a moving picture":                {[]byte("GIF89a\x01\x00\x01\x00"), "photo.kind"},
		"a bomb of 30,000 × 30,000, JPEG": {large, "photo.large"},
		"a bomb of 30,000 × 30,000, PNG":  {claims(30_000, 30_000, 8), "photo.large"},
		"a line without an end":           {claims(1<<31-1, 1<<31-1, 8), "photo.broken"}, // image/png refuses it itself
		"16 bits a colour":                {claims(5_000, 4_000, 16), "photo.large"},
		"50 MB":                           {append(bytes.Clone(sound), make([]byte, 50<<20)...), "photo.heavy"},
		"half of it":                      {sound[:len(sound)/2], "photo.broken"},
		"its head":                        {sound[:3], "photo.broken"},
		"a PNG that ends":                 {claims(10, 10, 8), "photo.broken"},
		"a thousand scans":                {append(bytes.Clone(sound[:len(sound)-2]), bytes.Repeat([]byte("\xff\xda\x00\x02"), 1000)...), "photo.broken"},
	} {
		out, err := Clean(c.raw, 1600)
		f, ok := fault.As(err)
		if out != nil || !ok || f.Code != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzWhateverIsSentIsRefusedOrAPictureOfItsSides(f *testing.F) {
	f.Add(asJPEG(f, scene(20, 10)))
	f.Add(held(asJPEG(f, scene(7, 3)), 6))
	f.Add(asPNG(f, scene(5, 5)))
	f.Add(claims(30_000, 30_000, 8))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > 1<<16 {
			return
		}
		if n := orientation(raw); n < 1 || n > 8 {
			t.Fatalf("orientation %d", n)
		}
		out, err := Clean(raw, 64)
		if _, ok := fault.As(err); err != nil && !ok {
			t.Fatalf("failed: %v", err)
		}
		for _, p := range out {
			head, err := jpeg.DecodeConfig(bytes.NewReader(p.JPEG))
			if err != nil || head.Width != p.Width || head.Height != p.Height || max(p.Width, p.Height) > 64 {
				t.Fatalf("%+v %v", head, err)
			}
		}
	})
}
