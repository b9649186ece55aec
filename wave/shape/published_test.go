package shape

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/pick/route"
)

// poolSize is how many orders wait at once.
const poolSize = 200

// TestWhatRecognisingTheShapeSavesOnPublishedOrders reads private data sets that are not part of the repository. For pools of
// 200 orders as they came it works out the share of each shape and what its method saves over order by order, and holds the tables of
// docs/bench/decisions.md against that; both sides walk the shortest tours, and nothing is batched but in the order in which it came.
func TestWhatRecognisingTheShapeSavesOnPublishedOrders(t *testing.T) {
	t.Run("retail", func(t *testing.T) { told(t, retail(t)) })
	t.Run("olist", func(t *testing.T) { told(t, olist(t)) })
}

// told fails where the document says otherwise than what comes out.
func told(t *testing.T, orders []Order) {
	said, err := os.ReadFile("../../docs/bench/decisions.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range table(t, orders) {
		if !strings.Contains(string(said), "\n"+row+"\n") {
			t.Errorf("docs/bench/decisions.md does not say: %s", row)
		}
	}
}

// figures sums what the pools came to.
type figures struct {
	orders      int
	cost, plain Cost
	methods     map[Method]int
}

// table works out the rows, as they are in the document.
func table(t *testing.T, orders []Order) (rows []string) {
	f := warehouse(orders)
	shapesOf := map[Shape]*figures{}
	all := figures{orders: len(orders)}
	for pool := range slices.Chunk(orders, poolSize) {
		plan, err := Decide(f, pool, Usual(), Steady())
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range plan.Parts {
			s := shapesOf[p.Shape]
			if s == nil {
				s = &figures{methods: map[Method]int{}}
				shapesOf[p.Shape] = s
			}
			s.orders += len(p.Orders)
			s.methods[p.Method] += len(p.Orders)
			s.cost.Add(p.Cost)
			s.plain.Add(p.Plain)
		}
		all.cost.Add(plan.Cost)
		all.plain.Add(plan.Plain)
	}
	for _, s := range shapes {
		if v := shapesOf[s]; v != nil {
			rows = append(rows, fmt.Sprintf("| %s | %.1f %% | %s | %s | %s | %s | %s |", map[Shape]string{Bulky: "bulky", HotSKU: "hot SKU", Single: "single item", MultiLine: "multi-line"}[s],
				100*float64(v.orders)/float64(all.orders), v.pickedBy(), thousands(v.cost.MM/1000), thousands(v.plain.MM/1000), thousands(v.cost.Seconds/60), thousands(v.plain.Seconds/60)))
		}
	}
	less := func(now, plain int) string {
		return fmt.Sprintf("%s (**−%.0f %%**)", thousands(plain), 100*float64(plain-now)/float64(plain))
	}
	return append(rows, fmt.Sprintf("| together | | | %s | %s | %s | %s |", thousands(all.cost.MM/1000), less(all.cost.MM/1000, all.plain.MM/1000),
		thousands(all.cost.Seconds/60), less(all.cost.Seconds/60, all.plain.Seconds/60)))
}

// pickedBy names the methods, the one for most orders first.
func (f *figures) pickedBy() string {
	methods := slices.SortedFunc(maps.Keys(f.methods), func(a, b Method) int { return f.methods[b] - f.methods[a] })
	var said []string
	for _, m := range methods {
		name := strings.ReplaceAll(string(m), "_", " ")
		if len(methods) > 1 {
			name += " (" + thousands(f.methods[m]) + ")"
		}
		said = append(said, name)
	}
	return strings.Join(said, ", ")
}

// thousands writes a number as the document does.
func thousands(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return thousands(n/1000) + fmt.Sprintf(",%03d", n%1000)
}

// warehouse gives every SKU a place of its own, in the order of their numbers: 0.5 m of shelf on either side of aisles
// of 50 m, 3 m apart, between two cross aisles.
func warehouse(orders []Order) route.Floor {
	const places, step = 100, 500 // a side
	var most int64
	for _, o := range orders {
		for i := range o.Lines {
			l := &o.Lines[i]
			most = max(most, l.SKU)
			l.At = route.Stop{Aisle: int(l.SKU/(2*places)) + 1, Y: int(l.SKU%places)*step + step/2}
		}
	}
	f := route.Floor{CrossAisles: []int{0, places * step}}
	for a := range most/(2*places) + 1 {
		f.Aisles = append(f.Aisles, int(a)*3000)
	}
	return f
}

// rows reads a CSV with a header; each is called with a way to ask for a column.
func rows(t *testing.T, path string, packed bool, each func(column func(string) string)) {
	t.Helper()
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the published orders are not on this machine")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var in io.Reader = file
	if packed {
		if in, err = gzip.NewReader(file); err != nil {
			t.Fatal(err)
		}
	}
	c := csv.NewReader(in)
	header, err := c.Read()
	if err != nil {
		t.Fatal(err)
	}
	for {
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		each(func(name string) string { return row[slices.Index(header, name)] })
	}
}

// book collects lines into orders, in the order of their first lines, and numbers the SKUs.
type book struct {
	orders []Order
	at     map[string]int
	skus   map[string]int64
}

func newBook() *book { return &book{at: map[string]int{}, skus: map[string]int64{}} }

func (b *book) add(order, sku string, quantity, ml, g int) {
	i, known := b.at[order]
	if !known {
		i = len(b.orders)
		b.at[order] = i
		b.orders = append(b.orders, Order{})
	}
	n, known := b.skus[sku]
	if !known {
		n = int64(len(b.skus))
		b.skus[sku] = n
	}
	o := &b.orders[i]
	o.Lines = append(o.Lines, Line{SKU: n, Quantity: quantity})
	o.ML += ml * quantity
	o.G += g * quantity
}

// retail knows no sizes: every unit is taken as a tenth of a litre and 50 g, as small gifts are.
func retail(t *testing.T) []Order {
	b := newBook()
	rows(t, "../../../shared/data/retail/online_retail_to_2011-09.csv.gz", true, func(column func(string) string) {
		q, err := strconv.Atoi(column("Quantity"))
		if err != nil || q <= 0 || column("InvoiceNo")[0] == 'C' {
			return
		}
		b.add(column("InvoiceNo"), column("StockCode"), q, 100, 50)
	})
	return b.orders
}

func olist(t *testing.T) []Order {
	type size struct{ ml, g int }
	sizes := map[string]size{}
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	rows(t, "../../../shared/data/orders/olist_catalog.csv", false, func(column func(string) string) {
		mm3 := number(column("length_mm")) * number(column("width_mm")) * number(column("height_mm"))
		sizes[column("sku")] = size{mm3 / 1000, number(column("weight_g"))}
	})
	b := newBook()
	rows(t, "../../../shared/data/orders/olist_orders.csv", false, func(column func(string) string) {
		s := sizes[column("sku")]
		b.add(column("order_no"), column("sku"), max(1, number(column("quantity"))), s.ml, s.g)
	})
	return b.orders
}
