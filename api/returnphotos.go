package api

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/internal/id"
)

// CasePhotos lists what the customer showed of a case.
type CasePhotos struct {
	Photos []CasePhoto `json:"photos"`
}

// CasePhoto is a picture, without the picture.
type CasePhoto struct {
	ID      string `json:"id"`
	Path    string `json:"path" doc:"of the picture; with ?size=small of a small one"`
	Width   int64  `json:"width" doc:"points"`
	Height  int64  `json:"height" doc:"points"`
	Bytes   int64  `json:"bytes"`
	AddedAt string `json:"added_at"`
}

func (s *Server) returnPhotos() {
	query(s, route{path: "/v1/returns/{id}/photos", tag: "returns", id: "list-case-photos", scope: access.OrdersRead, summary: "The pictures the customer sent with a case, in their order",
		about: "Up to three. Each was drawn anew when it came: nothing is in it but what is seen. Problem: aftersales.not_found."}, (*call).casePhotos)
	query(s, route{path: "/v1/returns/{id}/photos/{photo}", tag: "returns", id: "get-case-photo", scope: access.OrdersRead, summary: "A picture the customer sent, as JPEG",
		about:  "Problems: aftersales.not_found, aftersales.no_photo.",
		params: []*huma.Param{text("size", "small: up to 160 points on the longer side; without it up to 1,600", "small")}}, (*call).casePhoto)
}

func (c *call) casePhotos() (CasePhotos, error) {
	out := CasePhotos{Photos: []CasePhoto{}}
	key, err := c.idParam("id", aftersales.Prefix)
	if err != nil {
		return out, err
	}
	list, err := c.AfterSales.Photos(c.ctx, key)
	for _, p := range list {
		name := id.Show(aftersales.PhotoPrefix, p.ID)
		out.Photos = append(out.Photos, CasePhoto{ID: name, Path: "/v1/returns/" + id.Show(aftersales.Prefix, key) + "/photos/" + name,
			Width: p.Width, Height: p.Height, Bytes: p.Bytes, AddedAt: at(p.AddedAt)})
	}
	return out, err
}

// casePhoto answers with a picture of the case that the path names: whoever may see the case may see it.
func (c *call) casePhoto() (Empty, error) {
	of, err := c.idParam("id", aftersales.Prefix)
	if err != nil {
		return Empty{}, err
	}
	key, err := c.idParam("photo", aftersales.PhotoPrefix)
	if err != nil {
		return Empty{}, err
	}
	p, jpeg, err := c.AfterSales.Photo(c.ctx, key, c.req.URL.Query().Get("size") == "small")
	if err == nil && p.CaseID != of {
		err = aftersales.NoPhoto(key)
	}
	if err != nil {
		return Empty{}, err
	}
	c.out.Header().Set("Content-Security-Policy", "default-src 'none'")
	write(c.out, http.StatusOK, "image/jpeg", jpeg)
	c.answered = true
	return Empty{}, nil
}
