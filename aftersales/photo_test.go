package aftersales_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"testing"
	"time"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/pack/packtest"
)

// shot is a picture in one colour.
func shot(t *testing.T, shade uint8) []byte {
	t.Helper()
	p := image.NewGray(image.Rect(0, 0, 40, 20))
	for i := range p.Pix {
		p.Pix[i] = shade
	}
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (w *desk) addPhoto(order int64, shade uint8) int64 {
	w.t.Helper()
	key, err := w.after.AddPhoto(w.t.Context(), order, shot(w.t, shade))
	if err != nil {
		w.t.Fatal(err)
	}
	return key
}

func (w *desk) loose(order int64, ids ...int64) (n int) {
	w.t.Helper()
	list, err := w.after.LoosePhotos(w.t.Context(), order, ids)
	if err != nil {
		w.t.Fatal(err)
	}
	return len(list)
}

func TestPicturesWaitForTheirCaseAreItsThreeAndGoWithThePerson(t *testing.T) {
	each(t, func(w *desk) {
		o, other := w.delivered(packtest.Line{SKU: "MUG", Quantity: 2}), w.delivered(packtest.Line{SKU: "TEE", Quantity: 1})
		var ids []int64
		for i := range uint8(4) {
			ids = append(ids, w.addPhoto(o.ID, 50*i))
		}
		if again := w.addPhoto(o.ID, 50); again != ids[1] {
			t.Error("the same picture is kept twice")
		}
		strange := w.addPhoto(other.ID, 50)
		if err := w.after.DropPhoto(t.Context(), other.ID, ids[0]); err != nil || w.loose(o.ID, ids...) != 4 || w.loose(other.ID, ids...) != 0 {
			t.Fatalf("the link of another order takes pictures away or sees them: %v", err)
		}
		if err := w.after.DropPhoto(t.Context(), o.ID, ids[0]); err != nil || w.loose(o.ID, ids...) != 3 {
			t.Fatalf("a picture stays: %v", err)
		}
		c := w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Return, Reason: "damaged", Photos: append([]int64{strange}, ids...), Actor: "customer"})
		list, err := w.after.Photos(t.Context(), c.ID)
		if err != nil || len(list) != 3 || w.loose(o.ID, ids...) != 0 || w.loose(other.ID, strange) != 1 {
			t.Fatalf("%+v %v", list, err)
		}
		for _, small := range []bool{true, false} {
			p, raw, err := w.after.Photo(t.Context(), ids[1], small)
			if err != nil || p.CaseID != c.ID || p.Width != 40 {
				t.Fatalf("%+v %v", p, err)
			}
			if _, err := jpeg.Decode(bytes.NewReader(raw)); err != nil {
				t.Error(err)
			}
		}
		if err := w.after.DropPhoto(t.Context(), o.ID, ids[1]); err != nil {
			t.Fatal(err)
		}
		w.DB.Clock().Advance(aftersales.PhotoDraft + time.Hour)
		if _, err := w.after.LapseStep(t.Context()); err != nil || w.loose(other.ID, strange) != 0 {
			t.Errorf("a picture waits for ever: %v", err)
		}
		w.told(o.ID)
		w.update(func(tx *db.Tx) error {
			if n, err := aftersales.ErasePhotos(tx, []int64{o.ID, other.ID}); err != nil || n != 3 {
				t.Errorf("%d pictures are erased: %v", n, err)
			}
			return nil
		})
		_, _, err = w.after.Photo(t.Context(), ids[1], false)
		wantFault(t, err, "aftersales.no_photo")
	})
}

func TestAnOrderHasRoomForSoManyPicturesOnly(t *testing.T) {
	each(t, func(w *desk) {
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 30})
		first := w.addPhoto(o.ID, 0)
		for i := range 12 {
			w.addPhoto(o.ID, uint8(10+i*4))
		}
		if w.loose(o.ID, first) != 0 {
			t.Error("pictures that nobody asked with pile up")
		}
		for i := range 10 {
			in := aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Return, Lines: []aftersales.Asked{{LineNo: 1, Quantity: 1}}, Actor: "customer"}
			for j := range 3 {
				key, err := w.after.AddPhoto(t.Context(), o.ID, shot(t, uint8(60+6*i+2*j)))
				if err != nil {
					wantFault(t, err, "aftersales.photos_order")
					return
				}
				in.Photos = append(in.Photos, key)
			}
			w.open(in)
		}
		_, err := w.after.AddPhoto(t.Context(), o.ID, shot(t, 255))
		wantFault(t, err, "aftersales.photos_order")
	})
}
