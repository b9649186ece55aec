package public

import (
	"bytes"
	"errors"
	"mime/multipart"
	"testing"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/photo"
)

func FuzzAFormWithPicturesIsReadOrRefused(f *testing.F) {
	f.Add([]byte("--x\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\r\n\xff\xd8\xff\r\n--x\r\nContent-Disposition: form-data; name=\"step\"\r\n\r\nreason\r\n--x--\r\n"))
	f.Add([]byte("--x\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"\"\r\n\r\n\r\n--x--"))
	f.Add(bytes.Repeat([]byte("--x\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n1\r\n"), 60))
	f.Fuzz(func(t *testing.T, body []byte) {
		kept := 0
		values, wrong, err := takeFiles(multipart.NewReader(bytes.NewReader(body), "x"), func(raw []byte) error {
			if kept++; len(raw) == 0 || len(raw) > photo.MostBytes+1 {
				t.Fatalf("%d bytes", len(raw))
			}
			_, err := photo.Clean(raw, 32)
			return err
		})
		if err != nil && !errors.Is(err, errForm) {
			t.Fatal(err)
		}
		if wrong != nil && (kept == 0 || fault.Kind(0) == wrong.Kind) {
			t.Fatalf("%d pictures, %v", kept, wrong)
		}
		for name, list := range values {
			if name == "photo" || len(list) > mostParts {
				t.Fatalf("%s: %d answers", name, len(list))
			}
		}
	})
}
