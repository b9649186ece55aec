package public

import (
	"context"
	"slices"
	"strconv"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/link"
)

// shownPhoto is a picture on a page: a small one that leads to the large one.
type shownPhoto struct {
	Key           string
	Small, Large  string // addresses
	Name          string
	Width, Height int64 // of the small one, so that the page does not move when it comes
}

// smallBox is what a small picture fits into on a page, in points of the page.
const smallBox = 96

// showPhoto answers with a picture of the order of the link: nobody who does not hold the link of the order gets it.
func (p *Pages) showPhoto(v *visit) error {
	o, err := v.order(link.Return)
	if err != nil {
		return err
	}
	key, err := id.Parse(aftersales.PhotoPrefix, v.r.PathValue("photo"))
	if err != nil {
		return errNoCase
	}
	found, jpeg, err := v.AfterSales.Photo(v.r.Context(), key, v.r.URL.Query().Get("size") == "small")
	if err == nil && found.OrderID != o.ID {
		err = aftersales.NoPhoto(key)
	}
	if err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("X-Robots-Tag", "noindex")
	h.Set("Content-Type", "image/jpeg")
	h.Set("Content-Length", strconv.Itoa(len(jpeg)))
	_, _ = v.w.Write(jpeg) // a customer who went away cannot be told anything
	return nil
}

// shownPhotos are pictures as a page shows them.
func (v *visit) shownPhotos(list []aftersales.Photo) (out []shownPhoto) {
	for i, p := range list {
		path := v.base() + "/photos/" + id.Show(aftersales.PhotoPrefix, p.ID)
		one := shownPhoto{Key: strconv.FormatInt(p.ID, 10), Large: path, Small: path + "?size=small", Name: v.Say("public.photo", "n", i+1),
			Width: smallBox, Height: smallBox}
		if most := max(p.Width, p.Height); most > 0 {
			one.Width, one.Height = max(1, p.Width*smallBox/most), max(1, p.Height*smallBox/most)
		}
		out = append(out, one)
	}
	return out
}

// draftPhotos are the pictures of the draft that are still there.
func (a *asking) draftPhotos(ctx context.Context) ([]shownPhoto, error) {
	list, err := a.AfterSales.LoosePhotos(ctx, a.order.ID, a.draft.Photos)
	return a.shownPhotos(list), err
}

func (d *draft) addPhoto(key int64) {
	if !slices.Contains(d.Photos, key) {
		d.Photos = append(d.Photos, key)
	}
}

// dropPhoto takes a picture out; false where there is none such.
func (d *draft) dropPhoto(key int64) bool {
	i := slices.Index(d.Photos, key)
	if i >= 0 {
		d.Photos = slices.Delete(d.Photos, i, i+1)
	}
	return i >= 0
}
