package ship

import (
	"errors"
	"io"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
)

func TestADetailedFaultIsStillTheSentinelCallersCompareWith(t *testing.T) {
	area := Address{Province: "新疆", City: "乌鲁木齐"}
	for _, c := range []struct{ detailed, sentinel error }{
		{Uncertain(io.EOF), ErrUncertain},
		{Unreachable(io.EOF), ErrUnreachable},
		{Busy(time.Second), ErrBusy},
		{SuspendedArea(area, "疫情"), ErrSuspended},
		{Refused("too heavy"), ErrRefused},
		{Credentials("clock"), ErrCredentials},
		{UnknownWaybill("X1"), ErrUnknownWaybill},
	} {
		if !errors.Is(c.detailed, c.sentinel) {
			t.Errorf("%v is not %v", c.detailed, c.sentinel)
		}
		f, _ := fault.As(c.detailed)
		for _, lang := range words.Languages {
			if !words.Has(lang, f.Code) {
				t.Errorf("%s has no sentence in %s", f.Code, lang)
			}
		}
	}
	if errors.Is(Uncertain(io.EOF), ErrUnreachable) {
		t.Error("uncertain must not look like unreachable: one may be sent again, the other not")
	}
	if !errors.Is(Uncertain(io.EOF), io.EOF) {
		t.Error("the log loses what was seen")
	}
}

func TestTheTimeToWaitIsRoundedUpAndOnlyABusyCarrierHasOne(t *testing.T) {
	if d, ok := RetryAfter(Busy(1200 * time.Millisecond)); !ok || d != 2*time.Second {
		t.Errorf("1.2 s became %v, %v", d, ok)
	}
	for _, err := range []error{nil, io.EOF, ErrBusy, ErrUncertain} {
		if d, ok := RetryAfter(err); ok {
			t.Errorf("%v asks to wait %v", err, d)
		}
	}
}

func TestASuspensionCoversItsAreaFromItsFirstMomentUntilItsLast(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2026, 3, d, 0, 0, 0, 0, time.UTC) }
	city := Suspension{Province: "新疆", City: "喀什", From: day(2), Until: day(5)}
	whole := Suspension{Province: "新疆", From: day(2)}
	kashi, urumqi := Address{Province: "新疆", City: "喀什"}, Address{Province: "新疆", City: "乌鲁木齐"}
	for _, c := range []struct {
		name string
		s    Suspension
		to   Address
		at   time.Time
		want bool
	}{
		{"the day before", city, kashi, day(1), false},
		{"the first moment", city, kashi, day(2), true},
		{"the moment it ends", city, kashi, day(5), false},
		{"another city", city, urumqi, day(3), false},
		{"the whole province", whole, urumqi, day(3), true},
		{"until further notice", whole, urumqi, day(30), true},
		{"another province", whole, Address{Province: "浙江"}, day(3), false},
	} {
		if got := c.s.Covers(c.to, c.at); got != c.want {
			t.Errorf("%s: covered %v, want %v", c.name, got, c.want)
		}
	}
}
