package manual

import (
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/ship/carriertest"
)

func TestTheManualCarrierKeepsTheContractAsFarAsPaperCan(t *testing.T) {
	const nobody = "nobody stands behind the manual carrier: "
	carriertest.Run(t, func(*testing.T) carriertest.Bench {
		return carriertest.Bench{
			Carrier: Carrier{},
			Request: func(ref string) ship.BookRequest { return ship.BookRequest{Reference: ref, Waybill: "F-" + ref} },
			Advance: func(time.Duration) {},
			Without: map[string]string{
				carriertest.FindBooked:      nobody + "it keeps no bookings",
				carriertest.LostAnswer:      nobody + "no answer can be lost",
				carriertest.VoidUnknown:     nobody + "it does not know which numbers were given",
				carriertest.VoidCollected:   nobody + "it does not hear of the pick-up",
				carriertest.TrackOrder:      nobody + "it has no scans",
				carriertest.RefuseSuspended: nobody + "it publishes no areas",
				carriertest.EmptyAccount:    nobody + "it has no account",
				carriertest.Crowded:         nobody + "it is never busy",
				carriertest.LostVoid:        nobody + "no answer can be lost",
				carriertest.SuspendedLater:  nobody + "it publishes no areas",
			},
		}
	})
}

func TestWithoutANumberThePersonIsToldToGiveOne(t *testing.T) {
	for given, code := range map[string]string{
		"":                      "carrier.waybill_missing",
		"  \t":                  "carrier.waybill_missing",
		"７７３１":                  "carrier.waybill_form",
		"SF 1234":               "carrier.waybill_form",
		strings.Repeat("1", 41): "carrier.waybill_form",
	} {
		_, err := Carrier{}.Book(t.Context(), ship.BookRequest{Reference: "1", Waybill: given})
		f, ok := fault.As(err)
		if !ok || f.Code != code || f.Field != "waybill" {
			t.Errorf("%q: %v, want the fault %s on the field waybill", given, err, code)
			continue
		}
		for _, lang := range words.Languages {
			if s := words.Render(lang, f.Code, f.Params); strings.Contains(s, "{") || s == f.Code {
				t.Errorf("%s in %s reads %q", f.Code, lang, s)
			}
		}
	}
}

func TestATypedNumberIsCleanedAsAScannerWouldReadIt(t *testing.T) {
	b, err := Carrier{}.Book(t.Context(), ship.BookRequest{Waybill: " sf1234567890-01 "})
	if err != nil || b.Waybill != "SF1234567890-01" {
		t.Errorf("got %q, %v", b.Waybill, err)
	}
}
