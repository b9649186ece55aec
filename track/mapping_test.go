package track

import (
	"slices"
	"testing"
)

func TestTheCodesOfKuaidi100MeanWhatTheyDoInTheTrade(t *testing.T) {
	want := map[Status][]string{
		StatusPending:        {"101", "102"},
		StatusPickedUp:       {"1", "103"},
		StatusInTransit:      {"0", "1001", "1002", "1003", "7", "12"},
		StatusOutForDelivery: {"5"},
		StatusReadyForPickup: {"501"},
		StatusDelivered:      {"3", "301", "302", "303", "304"},
		StatusDeliveryFailed: {"14"},
		StatusOnHold:         {"2", "8", "10", "11", "13"},
		StatusReturnToSender: {"4", "6"},
		StatusCancelled:      {"401"},
	}
	total := 0
	for status, codes := range want {
		total += len(codes)
		for _, code := range codes {
			for _, carrier := range []string{"kuaidi100", "sim"} {
				if got, _, ok := Map(carrier, code); got != status || !ok {
					t.Errorf("%s %s: %s, %v, want %s", carrier, code, got, ok, status)
				}
			}
		}
	}
	if total != len(kuaidi100) {
		t.Errorf("the table has %d codes, %d are checked", len(kuaidi100), total)
	}
}

func TestAReasonNamesWhoCanDoSomethingAboutIt(t *testing.T) {
	families := []string{"carrier", "retailer", "consignee", "customs", "weather", "other"}
	for code, m := range kuaidi100 {
		if m.Reason != ReasonNone && !slices.Contains(families, m.Reason.Family()) {
			t.Errorf("%s: the reason %s is of no family", code, m.Reason)
		}
	}
	for code, want := range map[string]Reason{
		"14": ReasonConsigneeRefused, "13": ReasonCustomsFailed, "2": ReasonCarrierException, "401": ReasonRetailerVoided, "3": ReasonNone,
	} {
		if _, got, _ := Map("kuaidi100", code); got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
}

func TestACodeNobodyPublishedIsUnknownAndNotGuessed(t *testing.T) {
	for _, c := range [][2]string{{"kuaidi100", "399"}, {"kuaidi100", ""}, {"kuaidi100", "1 "}, {"nobody", "3"}, {"", "3"}} {
		if status, reason, ok := Map(c[0], c[1]); status != StatusUnknown || reason != ReasonNone || ok {
			t.Errorf("%s %q: %s, %q, %v", c[0], c[1], status, reason, ok)
		}
	}
}
