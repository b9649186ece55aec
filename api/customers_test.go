package api

import (
	"strings"
	"testing"
)

func TestStaffGetTheAddressesOfACustomersPagesAndTheyOpen(t *testing.T) {
	w := newWorld(t)
	id := w.want(201, "POST", "/v1/orders", anOrder).body["id"].(string)
	links := w.want(200, "GET", "/v1/orders/"+id+"/links", "").body
	for _, sort := range []string{"track", "return", "confirm"} {
		path, _ := links[sort].(string)
		if !strings.HasPrefix(path, "/"+sort+"/default/") {
			t.Fatalf("%s: %q", sort, path)
		}
		page := w.want(200, "GET", path, "", "Authorization", "")
		if text := string(page.raw); !strings.Contains(text, "A-1") || strings.Contains(text, "文三路") || strings.Contains(text, "13812345678") {
			t.Errorf("%s shows %s", path, text)
		}
		if w.want(404, "GET", path+"x", "", "Authorization", "").header.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: an answer without a policy", path)
		}
	}
	w.want(404, "GET", "/v1/orders/ord_0000000000001/links", "")
	if links["find"] != "/track/default" {
		t.Errorf("find %v", links["find"])
	}
}
