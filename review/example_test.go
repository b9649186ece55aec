package review_test

import (
	"fmt"
	"time"

	"github.com/packhorse/packhorse/review"
)

func Example() {
	rules, err := review.Compile(review.Defaults(review.DefaultThresholds()))
	if err != nil {
		fmt.Println(err)
		return
	}
	window, err := review.NewWindow(review.DefaultWindow())
	if err != nil {
		fmt.Println(err)
		return
	}
	now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	facts := review.Facts{
		Order:     review.Order{ID: 1, Kind: "normal", Currency: "CNY", Total: 9900, PaidAmount: 9900, Payment: "paid"},
		Recipient: review.Recipient{Country: "CN", Province: "浙江省", City: "杭州市", Address: "文三路 478 号"},
		Lines:     []review.Line{{SKU: "A-1", Quantity: 1, UnitPrice: 9900, Mapped: true}},
	}
	facts.Address = review.CheckAddress(facts.Recipient)
	facts.Risk = window.Count(now, review.FeaturesOf(facts))
	window.Add(now, review.FeaturesOf(facts))

	verdict := rules.Evaluate(facts)
	fmt.Println(verdict.Pass)
	for _, hold := range verdict.Holds {
		fmt.Println(hold.Rule, "–", hold.Text("en"))
	}
	// Output:
	// false
	// address – The address is incomplete; missing: phone.
}
