package api

import (
	"encoding/json"
	"net/http"
	"testing"
)

func TestAHandheldIsGivenAllThatItNeedsToWorkWithoutANetwork(t *testing.T) {
	o := newOurs(t)
	var list WalkList
	decodeInto(t, o.want(http.StatusOK, "GET", "/pda/v1/tasks?node=OURNODE", ""), &list)
	if len(list.Mine) != 0 || len(list.Ready) != 1 || list.Ready[0].Lines != 1 || list.Ready[0].Units != 2 || list.Ready[0].Orders != 1 {
		t.Fatalf("%+v", list)
	}
	key := list.Ready[0].ID
	o.want(http.StatusOK, "POST", "/v1/tasks/"+key+"/start", `{}`)
	decodeInto(t, o.want(http.StatusOK, "GET", "/pda/v1/tasks?node=OURNODE", ""), &list)
	if len(list.Mine) != 1 || len(list.Ready) != 0 {
		t.Errorf("%+v", list)
	}
	var walk Walk
	decodeInto(t, o.want(http.StatusOK, "GET", "/pda/v1/tasks/"+key, ""), &walk)
	line := walk.Lines[0]
	if line.Location != "OURPLACE" || line.Zone != "A" || line.Tote != 1 || line.Blocked != "" || len(walk.Totes) != 1 || walk.Totes[0].Fulfilment != line.Fulfilment {
		t.Errorf("%+v", walk)
	}
	if g := walk.Goods; len(g) != 1 || g[0].SKU != "OURSKU" || len(g[0].Codes) != 1 || g[0].Codes[0].Factor != 1 {
		t.Errorf("%+v", g)
	}
	o.want(http.StatusNotFound, "GET", "/pda/v1/tasks/tsk_0000000000000", "")
	if r := o.do("GET", "/pda/v1/tasks?node=NOWHERE", ""); r.code() != "http.node" {
		t.Errorf("%s", r.raw)
	}
}

func TestAShortPickIsToldWithItsReason(t *testing.T) {
	o := newOurs(t)
	var list WalkList
	decodeInto(t, o.want(http.StatusOK, "GET", "/pda/v1/tasks?node=OURNODE", ""), &list)
	path := "/v1/tasks/" + list.Ready[0].ID + "/short"
	if r := o.do("POST", path, `{"line":1,"picked":1,"reason":"bored"}`); r.code() != "unknown_value" {
		t.Errorf("%s", r.raw)
	}
	o.want(http.StatusOK, "POST", path, `{"line":1,"picked":1,"reason":"damaged"}`)
}

func decodeInto(t *testing.T, r reply, out any) {
	t.Helper()
	if err := json.Unmarshal(r.raw, out); err != nil {
		t.Fatal(err)
	}
}
