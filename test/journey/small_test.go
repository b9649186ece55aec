package journey

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
)

// The small company: two warehouses, five SKUs of which one lies in lots and one is a bundle, two carriers.
var small = []struct {
	kind string
	text []byte
}{
	{"warehouses", text("code,name,timezone,country,province,city,district,address,lat,lng,capacity_orders_day,handling_cost,cutoffs",
		"HZ,杭州仓,Asia/Shanghai,CN,浙江省,杭州市,余杭区,仓前街道1号,30.27,120.15,0,1.00,ZTO=18:00",
		"GZ,广州仓,Asia/Shanghai,CN,广东省,广州市,天河区,体育西路1号,23.13,113.26,0,1.20,ZTO=18:00")},
	{"locations", text("warehouse,zone,location,kind,aisle,bay,level,x_m,y_m,pick_seq",
		"HZ,A,A-1,pick,1,1,1,1,1,1", "HZ,A,A-2,pick,1,2,1,1,2,2", "HZ,R,R-1,reserve,2,1,1,5,1,9",
		"GZ,A,A-1,pick,1,1,1,1,1,1", "GZ,A,A-2,pick,1,2,1,1,2,2")},
	{"catalog", text("sku,title,barcodes,weight_g,length_mm,width_mm,height_mm,price,shelf_life_days",
		"MUG,Mug,2900000000018,400,120,100,100,10.00,", "TEE,Shirt,2900000000025,180,250,180,20,10.00,", "PEN,Pen,2900000000032,20,150,10,10,10.00,",
		"CAKE,Cake,2900000000049,300,150,150,60,10.00,90", "SET,Mug and two pens,,,,,,10.00,")},
	{"bundles", text("bundle_sku,component_sku,quantity", "SET,MUG,1", "SET,PEN,2")},
	{"rates", text("carrier,service,from_region,to_region,first_g,first_price,step_g,step_price,volumetric_divisor,days_p50,days_p90,currency",
		"ZTO,standard,浙江省,*,1000,5.00,1000,2.00,8000,2,3,CNY", "ZTO,standard,广东省,*,1000,6.00,1000,2.00,8000,3,4,CNY",
		"SF,standard,浙江省,*,1000,12.00,1000,4.00,8000,1,2,CNY", "SF,standard,广东省,*,1000,13.00,1000,4.00,8000,1,2,CNY")},
}

func (h *house) furnish() {
	h.t.Helper()
	for _, f := range small {
		h.read(f.kind, f.text)
	}
}

// stock lays goods in, as rows of the stock file behind "warehouse,location,sku,quality,lot,expires_on,quantity".
func (h *house) stock(lines ...string) {
	h.t.Helper()
	h.read("stock", text(append([]string{"warehouse,location,sku,quality,lot,expires_on,quantity"}, lines...)...))
}

// furnished is a file with the small company in it, made once and copied for everybody who wants one.
var furnished = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "journey")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "company.db")
	d, err := db.Open(context.Background(), db.Options{Path: path, Create: true, Kind: db.Company, Clock: clock.Fixed(dbtest.Noon)})
	if err != nil {
		return nil, err
	}
	found(alarm{}, d, nil).furnish()
	if err := d.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// alarm is a judge where no test is.
type alarm struct{}

func (alarm) Helper()                           {}
func (alarm) Errorf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
func (alarm) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

// engine makes databases with the small company, one for each sequence of a property.
type engine struct {
	name  string
	tries int // sequences in a full run
	make  func(t *testing.T) (db.Options, bool)
}

// engines are both; furnished tells whether the company is in it already.
var engines = []engine{
	{"sqlite", 40, func(t *testing.T) (db.Options, bool) {
		raw, err := furnished()
		if err != nil {
			t.Fatal(err)
		}
		o := dbtest.SQLite(t)
		if err := os.WriteFile(o.Path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		return o, true
	}},
	{"postgres", 12, func(t *testing.T) (db.Options, bool) { return dbtest.Postgres(t), false }},
}

// each runs a test on the small company of both engines.
func each(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := found(t, d, nil)
		h.furnish()
		test(t, h)
	})
}

// sequences says how many sequences a property tries, a few in a short run.
func sequences(t *testing.T, n int) {
	t.Helper()
	if testing.Short() {
		n = max(3, n/8) * 5 // of which the library takes a fifth
	}
	f := flag.Lookup("rapid.checks")
	if f.Value.String() != f.DefValue {
		return // somebody asks for a number of their own
	}
	if err := f.Value.Set(strconv.Itoa(n)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Value.Set(f.DefValue) })
}
