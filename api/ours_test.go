package api

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

// ours is a company with something of everything, and what must not be seen of it.
type ours struct {
	*world
	ids     map[string]string // by prefix
	secrets []string
	names   map[string]string // what our things are called, by the name of a parameter or field
}

// newOurs leads orders as far as the floor: one waits, one is released, one is packed and shipped.
func newOurs(t testing.TB) *ours {
	w := newWorld(t)
	w.want(http.StatusOK, "POST", "/v1/imports/warehouses", "code,name,timezone,country,province,city,district,address,lat,lng,capacity_orders_day,handling_cost,cutoffs\n"+
		"OURNODE,我们的仓库,Asia/Shanghai,CN,浙江省,嘉兴市,嘉善县,工业路 1 号,30.84,120.92,0,1.00,SF=16:00\n")
	w.want(http.StatusOK, "POST", "/v1/imports/locations", "warehouse,location,zone,kind,aisle,bay,level,x_m,y_m,pick_seq\nOURNODE,OURPLACE,A,pick,1,1,1,1,1,1\n")
	w.want(http.StatusOK, "POST", "/v1/skus", `{"sku":"OURSKU","owner":"OUROWNER","title":"我们的茶","barcodes":"6901234567892","weight_g":300,"price":"10.00","mm":[100,80,60]}`)
	w.want(http.StatusOK, "POST", "/v1/imports/rates", "carrier,service,from_region,to_region,first_g,first_price,step_g,step_price,volumetric_divisor,days_p50,days_p90,currency\n"+
		"manual,standard,浙江省,浙江省,1000,8.00,500,2.00,6000,1,2,CNY\n")
	w.want(http.StatusOK, "POST", "/v1/stock", `{"kind":"receipt","sku":"OURSKU","node":"OURNODE","location":"OURPLACE","quantity":50}`)
	o := &ours{world: w, ids: map[string]string{}, names: map[string]string{"node": "OURNODE", "sku": "OURSKU", "owner": "OUROWNER", "channel": "ourshop", "shop": "ourbranch",
		"external_no": "OUR-1", "location": "OURPLACE", "carrier": "manual", "waybill": "OURWAYBILL", "code": "6901234567892", "q": "OUR-1", "actor": "key:first"}}
	document := strings.NewReplacer("webshop", "ourshop", `"order_no"`, `"shop":"ourbranch","order_no"`, "S1", "OURSKU", `"paid",`, `"paid","paid_amount":"20.00",`).Replace(anOrder)
	for i := range 3 {
		w.want(http.StatusCreated, "POST", "/v1/orders", strings.Replace(document, "A-1", fmt.Sprintf("OUR-%d", i+1), 1))
	}
	o.settle()
	o.lead()
	o.collect()
	return o
}

func (o *ours) settle() {
	for range 3 {
		if _, err := o.services.Review.Step(o.t.Context()); err != nil {
			o.t.Fatal(err)
		}
		if _, err := o.allocation.Step(o.t.Context()); err != nil {
			o.t.Fatal(err)
		}
	}
}

// lead releases two fulfilments, and takes one of them out of the house.
func (o *ours) lead() {
	list := o.want(http.StatusOK, "GET", "/v1/fulfilments", "").body["fulfilments"].([]any)
	if len(list) != 3 {
		o.t.Fatalf("%d fulfilments", len(list))
	}
	of := func(i int) string { return list[i].(map[string]any)["id"].(string) }
	o.want(http.StatusOK, "POST", "/v1/wave-templates", `{"node":"OURNODE","name":"我们的模板","method":"discrete","max_orders":5,"minutes_before_cutoff":30}`)
	o.want(http.StatusOK, "POST", "/v1/fulfilments/"+of(0)+"/release", "")
	o.want(http.StatusOK, "POST", "/v1/waves", `{"fulfilments":["`+of(1)+`"],"method":"discrete"}`)
	o.want(http.StatusOK, "POST", "/v1/fulfilments/"+of(0)+"/pick", "")
	o.want(http.StatusOK, "POST", "/v1/fulfilments/"+of(0)+"/pack", "")
	o.want(http.StatusOK, "POST", "/v1/fulfilments/"+of(0)+"/ship", `{"carrier":"manual","waybill":"OURWAYBILL"}`)
	held := list[2].(map[string]any)["order"].(string)
	o.want(http.StatusOK, "POST", "/v1/orders/"+held+"/hold", `{"reason":"order.hold.manual","note":"我们的理由"}`)
}

// collect gathers ids and names of ours from what an all-seeing key is shown.
func (o *ours) collect() {
	add := func(text string) {
		if prefix, rest, ok := strings.Cut(text, "_"); ok && len(prefix) == 3 && len(rest) == 13 {
			o.secrets = append(o.secrets, text)
			if o.ids[prefix] == "" {
				o.ids[prefix] = text
			}
		}
	}
	for _, path := range []string{"/v1/orders", "/v1/events?limit=500", "/v1/fulfilments", "/v1/tasks", "/v1/waves", "/v1/wave-templates", "/v1/audit"} {
		texts(o.want(http.StatusOK, "GET", path, "").body, add)
	}
	for _, path := range []string{"/v1/orders/" + o.ids[order.Prefix]} {
		texts(o.want(http.StatusOK, "GET", path, "").body, add)
	}
	list := o.want(http.StatusOK, "GET", "/v1/orders", "").body["orders"].([]any)
	for _, x := range list {
		texts(o.want(http.StatusOK, "GET", "/v1/orders/"+x.(map[string]any)["id"].(string), "").body, add)
	}
	for _, prefix := range []string{"ord", "ful", "tsk", "shp", "prc", "hld", "wtp", "wav"} {
		if o.ids[prefix] == "" {
			o.t.Fatalf("nothing of the sort %s was made: the test looks at nothing", prefix)
		}
	}
	o.secrets = append(slices.Compact(slices.Sorted(slices.Values(o.secrets))), "OUR-", "OURNODE", "OURSKU", "OUROWNER", "OURPLACE", "OURWAYBILL", "ourshop", "我们的", "王*", "王芳", "****5678", "13812345678")
}

// operation is one line of the document.
type operation struct {
	method, path string
	*huma.Operation
}

func (w *world) operations() (list []operation) {
	for path, item := range w.server.open.Paths {
		for method, op := range map[string]*huma.Operation{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "DELETE": item.Delete, "PATCH": item.Patch} {
			if op != nil {
				list = append(list, operation{method, path, op})
			}
		}
	}
	slices.SortFunc(list, func(a, b operation) int { return strings.Compare(a.path+a.method, b.path+b.method) })
	return list
}

// target is the path of an operation about our things: every parameter names something of ours.
func (o *ours) target(op operation) string {
	path, query := op.path, []string{}
	for _, p := range op.Parameters {
		switch p.In {
		case "path":
			path = strings.Replace(path, "{"+p.Name+"}", o.value(op, p.Name), 1)
		case "query":
			if v := o.names[p.Name]; v != "" {
				query = append(query, p.Name+"="+v)
			}
		}
	}
	if len(query) > 0 {
		path += "?" + strings.Join(query, "&")
	}
	return path
}

// about says which of our things an operation with {id} is about, by the first part of its path.
var about1 = map[string]string{"orders": "ord", "fulfilments": "ful", "tasks": "tsk", "shipments": "shp", "holds": "hld", "parcels": "prc", "waves": "wav", "wave-templates": "wtp", "counts": "cnt"}

func (o *ours) value(op operation, name string) string {
	area := strings.Split(strings.TrimPrefix(op.path, "/"), "/")[1]
	if name == "id" {
		if v := o.ids[about1[area]]; v != "" {
			return v
		}
		return id.Show("xxx", 7)
	}
	if v := o.names[name]; v != "" {
		return v
	}
	return "first"
}

// body is a body about our things: whatever a field is called, it names one of ours.
func (o *ours) body(op operation) string {
	if op.RequestBody == nil {
		return ""
	}
	media := op.RequestBody.Content["application/json"]
	if media == nil {
		return "sku,title\nX,Y\n"
	}
	return o.json(media.Schema, "", 0)
}

func (o *ours) json(s *huma.Schema, name string, depth int) string {
	s = resolve(o.server.open, s)
	switch {
	case s == nil || depth > 6:
		return "null"
	case s.Type == huma.TypeObject:
		var fields []string
		for field, sub := range s.Properties {
			fields = append(fields, fmt.Sprintf("%q:%s", field, o.json(sub, field, depth+1)))
		}
		return "{" + strings.Join(fields, ",") + "}"
	case s.Type == huma.TypeArray:
		return "[" + o.json(s.Items, name, depth+1) + "]"
	case s.Type == huma.TypeInteger || s.Type == huma.TypeNumber:
		return "1"
	case s.Type == huma.TypeBoolean:
		return "false"
	case len(s.Enum) > 0:
		return fmt.Sprintf("%q", s.Enum[0])
	}
	named := map[string]string{"task": "tsk", "fulfilment": "ful", "fulfilments": "ful", "order": "ord", "orders": "ord", "template": "wtp", "shipments": "shp", "hold": "hld", "wave": "wav", "id": "ful"}
	if v := o.ids[named[name]]; v != "" {
		return fmt.Sprintf("%q", v)
	}
	if v := o.names[name]; v != "" {
		return fmt.Sprintf("%q", v)
	}
	return `"x"`
}

// leaks lists what of ours is in an answer and was not in the question.
func (o *ours) leaks(question string, r reply) (out []string) {
	for _, s := range o.secrets {
		if strings.Contains(string(r.raw), s) && !strings.Contains(question, s) {
			out = append(out, s)
		}
	}
	return out
}

// see sends an operation about our things, and one about nothing, with a credential, and reports what of ours comes back.
func (o *ours) see(t *testing.T, who, credential string, op operation, allowed func(operation, reply) string) {
	t.Helper()
	for _, q := range [][2]string{{o.target(op), o.body(op)}, {o.blank(op), ""}} {
		r := o.do(op.method, q[0], q[1], "Authorization", credential)
		if found := o.leaks(q[0]+q[1], r); len(found) > 0 {
			t.Errorf("%s: %s %s shows %q: %.300s", who, op.method, q[0], found, r.raw)
		}
		if r.status >= 500 {
			t.Errorf("%s: %s %s: %d %.300s", who, op.method, q[0], r.status, r.raw)
		}
		if wrong := allowed(op, r); wrong != "" {
			t.Errorf("%s: %s %s %s: %s: %.300s", who, op.method, q[0], q[1], wrong, r.raw)
		}
	}
}

func (o *ours) blank(op operation) string {
	path := op.path
	for _, p := range op.Parameters {
		if p.In == "path" {
			path = strings.Replace(path, "{"+p.Name+"}", "x", 1)
		}
	}
	return path
}
