package carton

import (
	"strings"
	"testing"
)

const written = `{"cartons":[{"id":"S","kind":"box","inner_mm":[100,100,100],"max_g":5000,"tare_g":20,"cost":50}],
"freight":{"divisor":6000,"first_g":1000,"first":300,"step_g":500,"step":100},
"items":[{"sku":"a","quantity":2,"mm":[100,100,50],"g":10,"stackable":true,"remark":"passed over"}]}
`

func TestProblemsAreReadOneAfterTheOther(t *testing.T) {
	list, err := ReadJSON(strings.NewReader("\uFEFF" + written + "\n" + written))
	if err != nil || len(list) != 2 || list[1].Items[0].MM != [3]int{100, 100, 50} || list[0].Freight.Step != 100 {
		t.Fatalf("%+v, %v", list, err)
	}
}

func TestAFileThatIsNoProblemIsRefusedWithLineAndField(t *testing.T) {
	for spoilt, want := range map[string]string{
		"":         "line 1: the JSON ends too soon",
		"[]":       "line 1: an object is expected",
		"7":        "line 1: an object is expected",
		"{\n\"x\"": "line 2: the JSON ends too soon",
		"{\n;}":    "line 2: no JSON",
		written + strings.Replace(written, `"quantity":2`, `"quantity":"two"`, 1): "line 6: items.quantity must be a int, not a string",
		strings.Replace(written, `"quantity":2`, `"quantity":0`, 1):               "items[0].quantity: SKU \"a\" needs a quantity",
		strings.Replace(written, `"quantity":2`, `"quantity":1000000`, 1):         "at most 20000 units",
		strings.Replace(written, `[100,100,100]`, `[100,0,100]`, 1):               "cartons[0].inner_mm: carton \"S\" needs",
	} {
		if _, err := ReadJSON(strings.NewReader(spoilt)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", spoilt, err, want)
		}
	}
}

func FuzzReadJSON(f *testing.F) {
	f.Add(written)
	f.Add(`{"cartons":[{"id":"M","kind":"mailer","inner_mm":[1,2,3]}],"items":[{"sku":"a","quantity":3,"soft":true,"group":"x"}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		list, err := ReadJSON(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, p := range list {
			if err := Verify(p, Choose(p, Options{Effort: 1000})); err != nil {
				t.Fatal(err)
			}
		}
	})
}
