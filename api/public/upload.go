package public

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/photo"
)

// What a form with pictures sends at most: more than is taken, so that somebody whose pictures are too large is told so, and does not
// lose the line in the middle.
const (
	maxUpload = 64 << 20
	mostParts = 40
)

// uploads bound what pictures of strangers take of the machine.
type uploads struct {
	reading chan struct{} // as many are read at once; more are sent away
	drawing chan struct{} // as many are drawn anew at once; more wait
}

func newUploads() uploads {
	return uploads{reading: make(chan struct{}, 8), drawing: make(chan struct{}, 1)}
}

var (
	errForm = fault.New(fault.TooLarge, "public.form", "the form could not be read; go back and send it again")
	errBusy = fault.New(fault.TooMany, "public.photos_busy", "many pictures are coming in right now; wait a minute and send yours again")
	errMany = fault.New(fault.Invalid, "public.photos_most", "you can add up to %d pictures; the others were left out", aftersales.PhotosMost).With("most", aftersales.PhotosMost)
)

// withFiles reports whether a request brings a form with files, which only the pages read that ask for some.
func withFiles(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && kind == "multipart/form-data"
}

// takeFiles reads a form with pictures. Each goes to keep when it has come whole, and is not held after that. What is wrong with one is said
// in the end, when everything else is taken; keep's errors that are no faults end it. Nothing is written to disk.
func takeFiles(form *multipart.Reader, keep func(raw []byte) error) (values url.Values, wrong *fault.Fault, err error) {
	values = url.Values{}
	for range mostParts {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return values, wrong, nil
		}
		if err != nil {
			return values, wrong, errForm
		}
		if part.FileName() == "" {
			text, err := io.ReadAll(io.LimitReader(part, maxForm+1))
			if err != nil || len(text) > maxForm {
				return values, wrong, errForm
			}
			if part.FormName() != "photo" { // a file that nobody chose has no name
				values.Add(part.FormName(), string(text))
			}
			continue
		}
		raw, err := io.ReadAll(io.LimitReader(part, photo.MostBytes+1))
		if err != nil {
			return values, wrong, errForm
		}
		if _, err := io.Copy(io.Discard, part); err != nil {
			return values, wrong, errForm
		}
		if len(raw) == 0 || part.FormName() != "photo" {
			continue
		}
		err = keep(raw)
		if f, ok := fault.As(err); ok {
			wrong = f
		} else if err != nil {
			return values, wrong, err
		}
	}
	return values, wrong, errForm
}

// takePhotos reads the form of a step that brings pictures: its answers become the request's, its pictures those of the draft.
func (a *asking) takePhotos() (wrong *fault.Fault, err error) {
	u := a.pages.uploads
	select {
	case u.reading <- struct{}{}:
		defer func() { <-u.reading }()
	default:
		return nil, errBusy
	}
	a.r.Body = http.MaxBytesReader(a.w, a.r.Body, maxUpload)
	form, err := a.r.MultipartReader()
	if err != nil {
		return nil, errForm
	}
	a.r.PostForm, wrong, err = takeFiles(form, a.keepPhoto)
	return wrong, err
}

// keepPhoto takes one picture into the draft.
func (a *asking) keepPhoto(raw []byte) error {
	if len(a.draft.Photos) >= aftersales.PhotosMost {
		return errMany
	}
	ctx := a.r.Context()
	select {
	case a.pages.uploads.drawing <- struct{}{}:
		defer func() { <-a.pages.uploads.drawing }()
	case <-ctx.Done():
		return ctx.Err()
	}
	key, err := a.AfterSales.AddPhoto(ctx, a.order.ID, raw)
	if err == nil {
		a.draft.addPhoto(key)
	}
	return err
}

// dropPhoto takes out the picture that the form names.
func (a *asking) dropPhoto(form url.Values) error {
	key, err := strconv.ParseInt(form.Get("drop"), 10, 64)
	if err != nil || !a.draft.dropPhoto(key) {
		return nil
	}
	return a.AfterSales.DropPhoto(a.r.Context(), a.order.ID, key)
}
