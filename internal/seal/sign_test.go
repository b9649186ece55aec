package seal

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

func TestATextIsKnownAgainOnlyUnderItsKeyAtItsPlaceAndUnchanged(t *testing.T) {
	mine, other := key(t), key(t)
	rapid.Check(t, func(t *rapid.T) {
		place, text := rapid.StringN(0, 20, -1).Draw(t, "place"), rapid.StringN(0, 40, -1).Draw(t, "text")
		mark, err := mine.Sign(place, text)
		if err != nil || len(mark) != 26 {
			t.Fatalf("%q: %v", mark, err)
		}
		if err := mine.Signed(place, text, mark); err != nil {
			t.Fatalf("its own: %v", err)
		}
		for _, wrong := range []error{other.Signed(place, text, mark), mine.Signed(place+"x", text, mark), mine.Signed(place, text+"x", mark),
			mine.Signed(place, text, ""), mine.Signed(place, text, mark[:25])} {
			if !errors.Is(wrong, ErrWrong) {
				t.Fatalf("taken, or refused for another reason: %v", wrong)
			}
		}
	})
	if _, err := (&Key{}).Sign("p", "t"); !errors.Is(err, ErrMissing) {
		t.Errorf("without a key: %v", err)
	}
}
