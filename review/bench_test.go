package review

import "testing"

func goodFacts() Facts {
	return Facts{
		Order: Order{ID: 7, Channel: "taobao", Shop: "flagship", Kind: "normal", Currency: "CNY", Total: 25800, PaidAmount: 25800,
			Payment: "paid", ItemCount: 3, LineCount: 2, AgeMinutes: 12},
		Buyer: Buyer{ID: "b-1", IP: "203.0.113.9", Token: "oaid-1"},
		Recipient: Recipient{Name: "张三", Phone: "13800138000", Country: "CN", Province: "浙江省", City: "杭州市",
			District: "西湖区", Address: "文三路 478 号 3 幢 502 室"},
		Lines: []Line{
			{SKU: "A-1", Quantity: 1, UnitPrice: 12900, Mapped: true, FloorPrice: 9900, KnownWeight: true},
			{SKU: "A-2", Quantity: 2, UnitPrice: 6450, Mapped: true, KnownWeight: true},
		},
		Risk:    Risk{SameIP: 1},
		Address: Address{Complete: true},
	}
}

func BenchmarkEvaluateDefaults(b *testing.B) {
	set, err := Compile(Defaults(DefaultThresholds()))
	if err != nil {
		b.Fatal(err)
	}
	facts := goodFacts()
	b.ReportAllocs()
	for b.Loop() {
		if v := set.Evaluate(facts); !v.Pass {
			b.Fatal(v)
		}
	}
}
