package api

import (
	"net/http"
	"strings"
	"testing"
)

func TestWhatWasShippedByHandIsOnTheManifestOfTheDayAndItsPaper(t *testing.T) {
	w := newOurs(t)
	list := w.want(http.StatusOK, "GET", "/v1/manifests?node=OURNODE&carrier=manual", "").body["manifests"].([]any)
	if len(list) != 1 {
		t.Fatalf("%d manifests, want that of the day", len(list))
	}
	m := list[0].(map[string]any)
	if day, _ := m["day"].(string); len(day) != len("2026-03-02") || m["parcels"] != 1.0 || m["weight_g"] == 0.0 {
		t.Errorf("%v", m)
	}
	path := "/v1/manifests/" + m["id"].(string)
	if r := w.want(http.StatusOK, "GET", path, ""); !strings.Contains(string(r.raw), `"waybill":"OURWAYBILL"`) {
		t.Errorf("%s", r.raw)
	}
	for format, want := range map[string]string{"": "OURWAYBILL", "?format=csv": "OURWAYBILL", "?format=xlsx": "PK", "?format=pdf": "%PDF-"} {
		if r := w.want(http.StatusOK, "GET", path+"/file"+format, ""); !strings.Contains(string(r.raw), want) {
			t.Errorf("%s: %.80q", format, r.raw)
		}
	}
	if r := w.want(http.StatusUnprocessableEntity, "GET", path+"/file?format=doc", ""); r.code() == "" {
		t.Errorf("%s", r.raw)
	}
}
