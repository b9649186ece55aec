package api

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/order"
)

// party is a part of a company: a warehouse, a shop and an owner of goods, with something of everything. All its names are made of ours.
type party struct {
	*world
	rename func(string) string
}

// theirs spells what is ours as it is called with others.
func theirs(text string) string {
	return strings.NewReplacer("OUR", "THEIR", "ourshop", "theirshop", "ourbranch", "theirbranch", "我们的", "他们的", "6901234567892", "6900000000014", "王芳", "李雷", "13812345678", "13900000000", "文三路 100 号 3 单元 502 室", "解放路 7 号 1 单元 101 室").Replace(text)
}

// newOurs makes a company with one party, ours.
func newOurs(t testing.TB) *ours {
	w := newWorld(t)
	w.want(http.StatusOK, "POST", "/v1/imports/rates", "carrier,service,from_region,to_region,first_g,first_price,step_g,step_price,volumetric_divisor,days_p50,days_p90,currency\n"+
		"manual,standard,浙江省,浙江省,1000,8.00,500,2.00,6000,1,2,CNY\n")
	o := &ours{world: w, ids: map[string]string{}, names: map[string]string{"node": "OURNODE", "sku": "OURSKU", "owner": "OUROWNER", "channel": "ourshop", "shop": "ourbranch",
		"external_no": "OUR-1", "location": "OURPLACE", "carrier": "manual", "waybill": "OURWAYBILL", "code": "6901234567892", "q": "OUR-1", "actor": "key:first"}}
	(&party{w, func(text string) string { return text }}).settleDown()
	o.collect()
	return o
}

func (p *party) make(status int, path, body string) reply {
	p.t.Helper()
	return p.want(status, "POST", path, p.rename(body))
}

// settleDown makes everything of the party: four orders are led as far as the floor. One is held, one is released, one is picked and
// stopped, one has left and comes back.
func (p *party) settleDown() {
	p.make(http.StatusOK, "/v1/imports/warehouses", "code,name,timezone,country,province,city,district,address,lat,lng,capacity_orders_day,handling_cost,cutoffs\n"+
		"OURNODE,我们的仓库,Asia/Shanghai,CN,浙江省,嘉兴市,嘉善县,工业路 1 号,30.84,120.92,0,1.00,SF=16:00\n")
	p.make(http.StatusOK, "/v1/imports/locations", "warehouse,location,zone,kind,aisle,bay,level,x_m,y_m,pick_seq\nOURNODE,OURPLACE,A,pick,1,1,1,1,1,1\n")
	p.make(http.StatusOK, "/v1/skus", `{"sku":"OURSKU","owner":"OUROWNER","title":"我们的茶","barcodes":"6901234567892","weight_g":300,"price":"10.00","mm":[100,80,60]}`)
	p.make(http.StatusOK, "/v1/stock", `{"kind":"receipt","sku":"OURSKU","node":"OURNODE","location":"OURPLACE","quantity":50}`)
	p.make(http.StatusCreated, "/v1/channels", `{"name":"ourshop","shop":"ourbranch","kind":"webhook","secret":"`+hookSecret+`","settings":{"url":"http://127.0.0.1:1/ourshop"}}`)
	document := strings.NewReplacer("webshop", "ourshop", `"order_no"`, `"shop":"ourbranch","order_no"`, "S1", "OURSKU", `"paid",`, `"paid","paid_amount":"20.00",`).Replace(anOrder)
	var orders []string
	for i := range 4 {
		r := p.make(http.StatusCreated, "/v1/orders", strings.Replace(document, "A-1", fmt.Sprintf("OUR-%d", i+1), 1))
		orders = append(orders, r.body["id"].(string))
	}
	p.settle()
	p.lead(orders)
	p.back(orders[0])
}

func (p *party) settle() {
	for range 3 {
		if _, err := p.services.Review.Step(p.t.Context()); err != nil {
			p.t.Fatal(err)
		}
		if _, err := p.allocation.Step(p.t.Context()); err != nil {
			p.t.Fatal(err)
		}
	}
}

// lead releases three fulfilments and takes one of them out of the house.
func (p *party) lead(orders []string) {
	of := func(i int) string {
		r := p.want(http.StatusOK, "GET", "/v1/orders/"+orders[i], "")
		return r.body["fulfilments"].([]any)[0].(map[string]any)["id"].(string)
	}
	p.make(http.StatusOK, "/v1/wave-templates", `{"node":"OURNODE","name":"我们的模板","method":"discrete","max_orders":5,"minutes_before_cutoff":30}`)
	p.make(http.StatusOK, "/v1/printers", `{"node":"OURNODE","name":"OURPRINTER","kind":"raw","address":"127.0.0.1:1","format":"zpl","enabled":true}`)
	p.make(http.StatusOK, "/v1/fulfilments/"+of(0)+"/release", "")
	p.make(http.StatusOK, "/v1/waves", `{"fulfilments":["`+of(1)+`"],"method":"discrete"}`)
	p.make(http.StatusOK, "/v1/fulfilments/"+of(3)+"/release", "")
	for _, i := range []int{0, 1} {
		p.make(http.StatusOK, "/v1/fulfilments/"+of(i)+"/pick", "")
	}
	packed := p.make(http.StatusOK, "/v1/fulfilments/"+of(0)+"/pack", "")
	p.make(http.StatusOK, "/v1/fulfilments/"+of(0)+"/ship", `{"carrier":"manual","waybill":"OURWAYBILL"}`)
	p.make(http.StatusOK, "/v1/parcels/"+packed.body["parcels"].([]any)[0].(map[string]any)["id"].(string)+"/print", "")
	p.make(http.StatusOK, "/v1/orders/"+orders[1]+"/cancel", `{"reason":"customer"}`)
	p.make(http.StatusOK, "/v1/orders/"+orders[2]+"/hold", `{"reason":"order.hold.manual","note":"我们的理由，电话 13812345678"}`)
}

// back asks for a return and for money, and pools a parcel that nobody knows.
func (p *party) back(sold string) {
	c := p.make(http.StatusOK, "/v1/orders/"+sold+"/returns", `{"kind":"return","reason":"damaged","note":"我们的茶碎了"}`)
	key := c.body["id"].(string)
	if c.body["status"] == "requested" {
		p.make(http.StatusOK, "/v1/returns/"+key+"/approve", "")
	}
	p.make(http.StatusOK, "/v1/returns/"+key+"/refund", `{"reason":"我们的理由","lines":[{"line_no":1,"amount":"5.00"}]}`)
	p.make(http.StatusOK, "/v1/unknown-parcels", `{"node":"OURNODE","waybill":"OURUNKNOWN","note":"我们的包裹"}`)
}

// idsShown are all ids that an all-seeing key is shown.
func (w *world) idsShown() (list []string) {
	add := func(_, text string) {
		if prefix, rest, ok := strings.Cut(text, "_"); ok && len(prefix) == 3 && len(rest) == 13 {
			list = append(list, text)
		}
	}
	for _, op := range w.operations() {
		if op.method == "GET" && !strings.Contains(op.path, "{") && op.OperationID != "stream-events" {
			texts("", w.do("GET", op.path+"?limit=500", "").body, add)
		}
	}
	for _, x := range w.want(http.StatusOK, "GET", "/v1/orders?limit=500", "").body["orders"].([]any) {
		texts("", w.want(http.StatusOK, "GET", "/v1/orders/"+x.(map[string]any)["id"].(string), "").body, add)
	}
	return slices.Compact(slices.Sorted(slices.Values(list)))
}

// collect gathers ids and names of ours.
func (o *ours) collect() {
	o.secrets = o.idsShown()
	for _, text := range o.secrets {
		if prefix, _, _ := strings.Cut(text, "_"); o.ids[prefix] == "" {
			o.ids[prefix] = text
		}
	}
	for _, prefix := range []string{order.Prefix, "ful", "tsk", "shp", "prc", "hld", "wtp", "wav", "rma", "rfd", "stp", "ptr", "prj", "unk", "chn", "man"} {
		if o.ids[prefix] == "" {
			o.t.Fatalf("nothing of the sort %s was made: the test looks at nothing", prefix)
		}
	}
	o.secrets = append(o.secrets, "OUR-", "OURNODE", "OURSKU", "OUROWNER", "OURPLACE", "OURWAYBILL", "OURPRINTER", "OURUNKNOWN", "ourshop", "我们的", "王*", "王芳", "****5678", "13812345678")
}
