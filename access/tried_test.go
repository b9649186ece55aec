package access

import (
	"testing"

	"github.com/packhorse/packhorse/internal/fault"
)

func TestWhatIsSoonGuessedCanBeTriedFewTimesAndRightOnesAreTakenBack(t *testing.T) {
	each(t, func(t *testing.T, d *Directory) {
		for range 30 { // right each time: the door stays open
			if err := d.Try(t.Context(), "order a", "10.0.0.1"); err != nil {
				t.Fatal(err)
			}
			if err := d.Right(t.Context(), "order a", "10.0.0.1"); err != nil {
				t.Fatal(err)
			}
		}
		closed := false
		for range freeByAccount + 2 {
			closed = fault.Code(d.Try(t.Context(), "order a", "10.0.0.2")) == "access.locked" || closed
		}
		if !closed {
			t.Error("four digits can be tried for ever")
		}
		if err := d.Try(t.Context(), "order b", "10.0.0.3"); err != nil {
			t.Errorf("another order from elsewhere: %v", err)
		}
	})
}
