package aftersales

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/photo"
	"github.com/packhorse/packhorse/order"
)

// PhotoPrefix begins the ids of pictures as people see them.
const PhotoPrefix = "pho"

// How many pictures there are, and how long.
const (
	PhotosMost  = 3                   // of one case
	photosOrder = 30                  // of an order, with all its cases
	photosLoose = 4 * PhotosMost      // of an order, of cases that nobody has asked for
	PhotoDraft  = 14 * 24 * time.Hour // how long a picture waits for its case
)

// Longest sides of what is kept, in points: to look at, and to see in a list.
const (
	photoSide = 1600
	smallSide = 160
)

// Photo is a picture that a customer sent with a wish, without the picture.
type Photo struct {
	ID            int64
	OrderID       int64
	CaseID        int64 // 0 while nobody has asked
	Width, Height int64 // in points
	Bytes         int64 // of the JPEG
	AddedAt       int64
}

const photoColumns = `id, order_id, case_id, width, height, bytes, added_at`

var (
	insPhoto = db.Insert("aftersales_photo", "id bigint, order_id bigint, case_id bigint, width bigint, height bigint, bytes bigint, sum text, small text, body text, added_at bigint")

	selPhotosOrder = db.NewSQL(`SELECT ` + photoColumns + `, sum FROM aftersales_photo WHERE order_id = $1 ORDER BY id`)
	selPhotosCase  = db.NewSQL(`SELECT ` + photoColumns + ` FROM aftersales_photo WHERE case_id = $1 AND case_id <> 0 ORDER BY id`)
	selPhotosLoose = db.NewSQL(`SELECT ` + photoColumns + ` FROM aftersales_photo WHERE id = ANY($1) AND order_id = $2 AND case_id = 0 ORDER BY id`)
	selPhotoBody   = db.NewSQL(`SELECT ` + photoColumns + `, body FROM aftersales_photo WHERE id = $1`)
	selPhotoSmall  = db.NewSQL(`SELECT ` + photoColumns + `, small FROM aftersales_photo WHERE id = $1`)

	claimPhotos  = db.NewSQL(`UPDATE aftersales_photo SET case_id = $1 WHERE id = ANY($2) AND case_id = 0`)
	dropPhotos   = db.NewSQL(`DELETE FROM aftersales_photo WHERE id = ANY($1) AND order_id = $2 AND case_id = 0`)
	lapsePhotos  = db.NewSQL(`DELETE FROM aftersales_photo WHERE added_at < $1 AND case_id = 0`)
	erasedPhotos = db.NewSQL(`DELETE FROM aftersales_photo WHERE order_id = ANY($1)`)
)

// stored is a picture with a text of its row: the mark of what is seen, or the JPEG.
type stored struct {
	Photo
	text string
}

func (p *Photo) places() []any {
	return []any{&p.ID, &p.OrderID, &p.CaseID, &p.Width, &p.Height, &p.Bytes, &p.AddedAt}
}

func scanPhoto(r *db.Rows) (p Photo) { r.Scan(p.places()...); return p }

func scanStored(r *db.Rows) (p stored) { r.Scan(append(p.places(), &p.text)...); return p }

// AddPhoto keeps a picture for a case of the order that nobody has asked for yet, and returns its id; the same picture is kept once. What
// was sent is drawn anew first (package photo), which takes time and memory: callers let few through at once. Faults: those of photo.Clean,
// order.not_found, aftersales.photos_order.
func (s *Service) AddPhoto(ctx context.Context, orderID int64, raw []byte) (key int64, err error) {
	made, err := photo.Clean(raw, photoSide, smallSide)
	if err != nil {
		return 0, err
	}
	sum := sha256.Sum256(made[0].JPEG)
	mark := hex.EncodeToString(sum[:])
	err = s.db.Update(ctx, func(tx *db.Tx) error {
		if _, err := order.LockOne(tx, orderID); err != nil {
			return err
		}
		all, err := db.All(tx.Query(selPhotosOrder, orderID), scanStored)
		if err != nil {
			return err
		}
		var loose []int64
		for _, p := range all {
			if p.CaseID == 0 && p.text == mark {
				key = p.ID
				return nil
			}
			if p.CaseID == 0 {
				loose = append(loose, p.ID)
			}
		}
		if len(all) >= photosOrder {
			return fault.New(fault.Conflict, "aftersales.photos_order", "an order has up to %d pictures; tell us the rest in words", photosOrder).With("most", photosOrder)
		}
		if len(loose) >= photosLoose { // somebody tries pictures out: the first give way
			if _, err := tx.Exec(dropPhotos, loose[:len(loose)-photosLoose+1], orderID); err != nil {
				return err
			}
		}
		key = tx.NewID()
		tx.Put(insPhoto, key, orderID, 0, made[0].Width, made[0].Height, len(made[0].JPEG), mark, encoded(made[1].JPEG), encoded(made[0].JPEG), tx.Micros())
		return nil
	})
	return key, err
}

func encoded(raw []byte) string { return base64.StdEncoding.EncodeToString(raw) }

// LoosePhotos are those of some pictures that are of the order and of no case yet, in the order they came.
func (s *Service) LoosePhotos(ctx context.Context, orderID int64, ids []int64) (list []Photo, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		list, err = db.All(tx.Query(selPhotosLoose, ids, orderID), scanPhoto)
		return err
	})
	return list, err
}

// DropPhoto takes away a picture of the order that is of no case yet; one that is not there, or of a case, stays as it is.
func (s *Service) DropPhoto(ctx context.Context, orderID, key int64) error {
	return s.db.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(dropPhotos, []int64{key}, orderID)
		return err
	})
}

// Photos lists the pictures of a case. Fault: aftersales.not_found.
func (s *Service) Photos(ctx context.Context, caseID int64) (list []Photo, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		if _, err := caseByID(tx, caseID); err != nil {
			return err
		}
		list, err = db.All(tx.Query(selPhotosCase, caseID), scanPhoto)
		return err
	})
	return list, err
}

// Photo reads a picture, as large as it is kept or small. Whoever shows it sees to it that the order, or the case, may be seen. Fault:
// aftersales.no_photo.
func (s *Service) Photo(ctx context.Context, key int64, small bool) (p Photo, jpeg []byte, err error) {
	from := selPhotoBody
	if small {
		from = selPhotoSmall
	}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		list, err := db.All(tx.Query(from, key), scanStored)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return NoPhoto(key)
		}
		p = list[0].Photo
		jpeg, err = base64.StdEncoding.DecodeString(list[0].text)
		return err
	})
	return p, jpeg, err
}

// NoPhoto is the fault about a picture that is not there, or not the asker's to see.
func NoPhoto(key int64) *fault.Fault {
	return fault.New(fault.NotFound, "aftersales.no_photo", "there is no picture %s here", id.Show(PhotoPrefix, key)).With("photo", id.Show(PhotoPrefix, key))
}

// claim gives pictures that were sent ahead to their case. One that has lapsed meanwhile is left out.
func (c *Case) claim(tx *db.Tx, photos []int64) (n int, err error) {
	if len(photos) == 0 {
		return 0, nil
	}
	list, err := db.All(tx.Query(selPhotosLoose, photos, c.OrderID), scanPhoto)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	var ids []int64
	for _, p := range list[:min(len(list), PhotosMost)] {
		ids = append(ids, p.ID)
	}
	_, err = tx.Exec(claimPhotos, c.ID, ids)
	return len(ids), err
}

// lapsePhotosStep forgets pictures whose case nobody asked for in time.
func (s *Service) lapsePhotosStep(ctx context.Context) error {
	return s.db.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(lapsePhotos, tx.Now().Add(-PhotoDraft).UnixMicro())
		return err
	})
}

// ErasePhotos takes away the pictures of some orders, and returns how many there were.
func ErasePhotos(tx *db.Tx, orders []int64) (int64, error) {
	if len(orders) == 0 {
		return 0, nil
	}
	return tx.Exec(erasedPhotos, orders)
}
