package photo

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"

	"github.com/packhorse/packhorse/internal/fault"
)

// What is taken.
const (
	MostBytes  = 12 << 20    // of a file: what a telephone makes of 25 million points, and some
	MostPoints = 25_000_000  // of a picture
	mostHeld   = 100_000_000 // bytes of a decoded picture: of half as many points with 16 bits a colour, or in a JPEG that comes in scans
	mostScans  = 64          // of a JPEG: each goes over the whole picture, and a camera needs ten
)

// quality of what is written, on the scale of image/jpeg.
const quality = 80

// Picture is a JPEG with nothing in it but what is seen.
type Picture struct {
	Width, Height int
	JPEG          []byte
}

// Clean draws a picture anew, once for each of the longest sides that are asked for, in points; a picture that is smaller stays as small.
// It takes memory for the whole picture, up to some 180 MB: callers let few through at a time. Faults: photo.kind, photo.heavy,
// photo.large, photo.broken.
func Clean(raw []byte, longest ...int) ([]Picture, error) {
	if len(raw) > MostBytes {
		return nil, fault.New(fault.TooLarge, "photo.heavy", "a picture has up to %d MB", MostBytes>>20).With("most", MostBytes>>20)
	}
	src, turn, err := decode(raw)
	if err != nil {
		return nil, err
	}
	out := make([]Picture, 0, len(longest))
	for _, most := range longest {
		seen := turned(shrunk(src, most), turn)
		var b bytes.Buffer
		if err := jpeg.Encode(&b, seen, &jpeg.Options{Quality: quality}); err != nil {
			return nil, err
		}
		out = append(out, Picture{Width: seen.Rect.Dx(), Height: seen.Rect.Dy(), JPEG: b.Bytes()})
	}
	return out, nil
}

var errBroken = fault.New(fault.Invalid, "photo.broken", "this picture cannot be read; take it anew, or send another")

// decode reads a picture whose head has been looked at first: a few bytes can claim to be larger than any memory.
func decode(raw []byte) (src image.Image, turn int, err error) {
	read, size := jpeg.Decode, jpeg.DecodeConfig
	switch {
	case bytes.HasPrefix(raw, []byte("\xff\xd8\xff")):
		turn = orientation(raw)
		if bytes.Count(raw, []byte("\xff\xda")) > mostScans {
			return nil, 0, errBroken
		}
	case bytes.HasPrefix(raw, []byte("\x89PNG\r\n\x1a\n")):
		read, size = png.Decode, png.DecodeConfig
	default:
		return nil, 0, fault.New(fault.Invalid, "photo.kind", "only pictures of the kinds JPEG and PNG are taken")
	}
	head, err := size(bytes.NewReader(raw))
	if err != nil {
		return nil, 0, errBroken
	}
	if head.Width <= 0 || head.Height <= 0 || head.ColorModel == color.CMYKModel {
		return nil, 0, errBroken // paper has four colours, a camera never
	}
	if points := int64(head.Width) * int64(head.Height); points > MostPoints || points*pointBytes(raw, head.ColorModel) > mostHeld {
		return nil, 0, fault.New(fault.TooLarge, "photo.large", "this picture has %d × %d points; up to %d million are taken", head.Width, head.Height, MostPoints/1_000_000).
			With("width", head.Width).With("height", head.Height).With("most", MostPoints/1_000_000)
	}
	if src, err = read(bytes.NewReader(raw)); err != nil {
		return nil, 0, errBroken
	}
	return src, turn, nil
}

// pointBytes is what a point takes in memory. All parts of a JPEG that comes in scans are held until the last of them.
func pointBytes(raw []byte, m color.Model) int64 {
	if bytes.Contains(raw, []byte("\xff\xc2")) && raw[0] == 0xff {
		return 8
	}
	switch m {
	case color.NRGBA64Model, color.RGBA64Model, color.Gray16Model:
		return 8
	}
	return 4
}
