package insight_test

import (
	"testing"
	"time"

	"github.com/packhorse/packhorse/insight"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
)

// What figures say of a company that lives is told by the tests of the API; here both engines must understand every question.
func TestBothEnginesCountAndListEveryFigure(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := insight.New(d)
		now := d.Clock().Now()
		for range 2 { // the second time from memory
			hours, err := s.Hours(t.Context(), now.Add(-48*time.Hour), now.Add(time.Hour))
			if err != nil || len(hours) != 49 || len(hours[0].Counts) != 0 {
				t.Fatalf("%d hours, %v", len(hours), err)
			}
		}
		err := d.View(t.Context(), func(tx *db.Tx) error {
			for _, figure := range insight.Figures {
				list, next, err := insight.Rows(tx, insight.Ask{Figure: figure, Node: 1, Part: "x", From: now.Add(-time.Hour), To: now, Limit: 10})
				if err != nil || len(list) != 0 || next != 0 {
					t.Errorf("%s: %v %d %v", figure, list, next, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		if _, err := s.Hours(t.Context(), now, now.Add(-time.Hour)); fault.Code(err) != "insight.span" {
			t.Errorf("backwards: %v", err)
		}
	})
}
