package review

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestTheRecordOfADecisionTellsNobodyWhoThePersonIs(t *testing.T) {
	f := Facts{Buyer: Buyer{ID: "buyer-7", IP: "203.0.113.9", Token: "OAID-7"}, Recipient: Recipient{Name: "王芳", Phone: "13812345678", Address: "文三路 100 号", Postcode: "310000", City: "杭州市"},
		Order: Order{BuyerNote: "ring at Wang's"}}
	s := &RuleSet{inputs: inputs([]string{"buyer.id", "buyer.ip", "buyer.token", "recipient.name", "recipient.phone", "recipient.address", "recipient.postcode", "recipient.city", "order.buyer_note"})}
	raw, err := json.Marshal(s.read(&f))
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"buyer-7", "203.0", "OAID", "王芳", "13812345678", "文三路", "310000", "Wang"} {
		if strings.Contains(string(raw), secret) {
			t.Errorf("%s is in %s", secret, raw)
		}
	}
	for _, kept := range []string{"王*", "138****5678", "杭州市", `"buyer.token":"***"`} {
		if !strings.Contains(string(raw), kept) {
			t.Errorf("%s is not in %s", kept, raw)
		}
	}
}
