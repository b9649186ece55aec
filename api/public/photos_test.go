package public_test

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/internal/link"
	"github.com/packhorse/packhorse/pack/packtest"
)

// snapshot is a picture in one colour, with words of a camera in front of it and of somebody else behind.
func snapshot(t *testing.T, shade uint8) []byte {
	t.Helper()
	p := image.NewGray(image.Rect(0, 0, 300, 200))
	for i := range p.Pix {
		p.Pix[i] = shade
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, nil); err != nil {
		t.Fatal(err)
	}
	raw := b.Bytes()
	words := append([]byte{0xff, 0xfe, 0, 21}, "GPS 30.27, 120.155 "...)
	return append(append(append([]byte{}, raw[:2]...), append(words, raw[2:]...)...), "<script>alert(1)</script>"...)
}

// sends posts answers and pictures as a browser does.
func (h *house) sends(path string, answers url.Values, pictures ...[]byte) shown {
	h.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for name, values := range answers {
		for _, v := range values {
			if err := form.WriteField(name, v); err != nil {
				h.t.Fatal(err)
			}
		}
	}
	if len(pictures) == 0 {
		pictures = [][]byte{nil} // nobody chose one
	}
	for i, raw := range pictures {
		name := ""
		if raw != nil {
			name = fmt.Sprintf("../../IMG_%d.jpg", i)
		}
		part, err := form.CreateFormFile("photo", name)
		if err == nil {
			_, err = part.Write(raw)
		}
		if err != nil {
			h.t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		h.t.Fatal(err)
	}
	return h.sendBody("POST", path, &b, "Content-Type", form.FormDataContentType())
}

var (
	smallPicture = regexp.MustCompile(`<img src="([^"]+\?size=small)" alt="([^"]+)"`)
	dropPicture  = regexp.MustCompile(`name="drop" value="(\d+)"`)
)

// picture fetches a picture; nil where the answer is none.
func (h *house) picture(path string) image.Image {
	h.t.Helper()
	res, err := h.browser.Get(h.server.URL + path)
	if err != nil {
		h.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		return nil
	}
	if bytes.Contains(raw, []byte("GPS")) || bytes.Contains(raw, []byte("script")) || res.Header.Get("Content-Type") != "image/jpeg" {
		h.t.Errorf("%s still has what was hidden in it, or is %s", path, res.Header.Get("Content-Type"))
	}
	p, err := jpeg.Decode(bytes.NewReader(raw))
	if err != nil {
		h.t.Error(err)
	}
	return p
}

func TestACustomerShowsWhatIsBrokenAndOnlyWhoHoldsTheLinkSeesIt(t *testing.T) {
	each(t, func(h *house) {
		o := h.delivered(packtest.Line{SKU: "MUG", Quantity: 2})
		base := h.path(link.Return, o)
		s := h.post(base, url.Values{"step": {"items"}, "q1": {"1"}})
		h.wants(s, 200, "2 of 5", "Up to 3 pictures")
		s = h.wants(h.sends(s.url.RequestURI(), url.Values{"step": {"reason"}, "add": {"1"}, "note": {"See the handle"}}, snapshot(t, 10), snapshot(t, 90)), 200, "2 of 5", "See the handle")
		if n := len(smallPicture.FindAllString(s.raw, -1)); n != 2 {
			t.Fatalf("%d pictures are shown: %s", n, s.raw)
		}
		drop := dropPicture.FindStringSubmatch(s.raw)[1]
		s = h.wants(h.sends(s.url.RequestURI(), url.Values{"step": {"reason"}, "drop": {drop}, "reason": {"damaged"}, "note": {"See the handle"}}), 200, "2 of 5")
		if n := len(smallPicture.FindAllString(s.raw, -1)); n != 1 {
			t.Fatalf("%d pictures are left", n)
		}
		bad := map[string][]byte{"JPEG and PNG": []byte("<svg onload=alert(1)>"), "cannot be read": snapshot(t, 20)[:400], "up to 12 MB": append(snapshot(t, 20), make([]byte, 50<<20)...)}
		for says, raw := range bad {
			h.wants(h.sends(s.url.RequestURI(), url.Values{"step": {"reason"}, "reason": {"damaged"}}, raw), 422, "2 of 5", says)
		}
		h.wants(h.sends(s.url.RequestURI(), url.Values{"step": {"reason"}, "reason": {"damaged"}}, snapshot(t, 30), snapshot(t, 50), snapshot(t, 70)), 422, "up to 3 pictures")
		h.wants(h.sends(s.url.RequestURI(), url.Values{"step": {"reason"}}, snapshot(t, 30)), 422, "reason")
		s = h.wants(h.sends(s.url.RequestURI(), url.Values{"step": {"reason"}, "reason": {"damaged"}}, snapshot(t, 200)), 200, "3 of 5")
		s = h.post(s.url.RequestURI(), url.Values{"step": {"wish"}, "kind": {"refund"}})
		h.wants(s, 200, "5 of 5", "Pictures")
		h.wants(h.get("/return/default/"+strings.Repeat("0", 40)+"/photos/pho_0000000000000"), 404)
		s = h.wants(h.post(s.url.RequestURI(), url.Values{"step": {"check"}}), 200, "Pictures")
		list := smallPicture.FindAllStringSubmatch(s.raw, -1)
		if len(list) != 2 || list[1][2] != "Picture 2" {
			t.Fatalf("the page of the return shows %v", list)
		}
		small, large := h.picture(list[0][1]), h.picture(strings.TrimSuffix(list[0][1], "?size=small"))
		if small == nil || large == nil || small.Bounds().Dx() != 160 || large.Bounds().Dx() != 300 {
			t.Errorf("%v %v", small, large)
		}
		other := h.delivered(packtest.Line{SKU: "TEE", Quantity: 1})
		if h.picture(strings.Replace(list[0][1], base, h.path(link.Return, other), 1)) != nil || h.picture(strings.Replace(list[0][1], base, h.path(link.Track, o), 1)) != nil {
			t.Error("another link leads to the picture")
		}
		cases, err := h.after.Cases(t.Context(), aftersales.Filter{OrderID: o.ID}, 0, 0)
		if err != nil || len(cases) != 1 || cases[0].Note != "" {
			t.Errorf("%+v %v", cases, err)
		}
	})
}

func TestAStrangersFormWithPicturesIsNotRead(t *testing.T) {
	each(t, func(h *house) {
		o := h.delivered(packtest.Line{SKU: "MUG", Quantity: 1})
		base := h.path(link.Return, o)
		h.wants(h.sends(base+"x", url.Values{"step": {"reason"}}, snapshot(t, 1)), 404)
		torn := strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\r\n\xff\xd8\xff")
		h.wants(h.sendBody("POST", base, torn, "Content-Type", "multipart/form-data; boundary=x"), 503)
		h.wants(h.sendBody("POST", base, strings.NewReader(""), "Content-Type", "multipart/form-data"), 503)
		h.wants(h.sendBody("POST", base, strings.NewReader("--x\r\n\r\n--x--"), "Content-Type", "multipart/form-data; boundary=x", "Sec-Fetch-Site", "cross-site"), 403)
	})
}
