package photo

import (
	"image"
	"image/color"
	"image/draw"
)

// shrunk draws a picture on white so that its longest side has at most so many points. Each point is the mean of those it stands for.
// The rows of one point at a time are drawn, so that a large picture is not held twice.
func shrunk(src image.Image, longest int) *image.RGBA {
	from := src.Bounds()
	w, h := from.Dx(), from.Dy()
	to := image.Rect(0, 0, w, h)
	if most := max(w, h); most > longest {
		to.Max = image.Pt(max(1, w*longest/most), max(1, h*longest/most))
	}
	out := image.NewRGBA(to)
	strip := image.NewRGBA(image.Rect(0, 0, w, h/to.Dy()+1))
	for y := range to.Dy() {
		top, bottom := span(y, h, to.Dy())
		rows := image.Rect(0, 0, w, bottom-top)
		draw.Draw(strip, rows, image.White, image.Point{}, draw.Src)
		draw.Draw(strip, rows, src, image.Pt(from.Min.X, from.Min.Y+top), draw.Over)
		for x := range to.Dx() {
			left, right := span(x, w, to.Dx())
			out.SetRGBA(x, y, mean(strip, image.Rect(left, 0, right, bottom-top)))
		}
	}
	return out
}

// span is what point i of so many stands for among more.
func span(i, all, points int) (from, to int) {
	from, to = i*all/points, (i+1)*all/points
	return from, max(to, from+1)
}

func mean(p *image.RGBA, r image.Rectangle) color.RGBA {
	var red, green, blue, n uint32
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := p.Pix[p.PixOffset(r.Min.X, y) : p.PixOffset(r.Max.X-1, y)+4]
		for i := 0; i+3 < len(row); i += 4 {
			red, green, blue, n = red+uint32(row[i]), green+uint32(row[i+1]), blue+uint32(row[i+2]), n+1
		}
	}
	return color.RGBA{uint8(red / n), uint8(green / n), uint8(blue / n), 255}
}

// turned is a picture as it is seen, for a value of the tag Orientation (TIFF 6.0, Exif 2.32): 1 as it is, 3 upside down, 6 a quarter to
// the right, 8 to the left; 2, 4, 5, 7 are those in a mirror.
func turned(p *image.RGBA, turn int) *image.RGBA {
	if turn < 2 || turn > 8 {
		return p
	}
	w, h := p.Rect.Dx(), p.Rect.Dy()
	to := image.Rect(0, 0, w, h)
	if turn >= 5 {
		to.Max = image.Pt(h, w)
	}
	out := image.NewRGBA(to)
	for y := range to.Dy() {
		for x := range to.Dx() {
			fx, fy := x, y
			if turn >= 5 {
				fx, fy = y, x
			}
			if turn == 2 || turn == 3 || turn == 7 || turn == 8 {
				fx = w - 1 - fx
			}
			if turn == 3 || turn == 4 || turn == 6 || turn == 7 {
				fy = h - 1 - fy
			}
			out.SetRGBA(x, y, p.RGBAAt(fx, fy))
		}
	}
	return out
}
