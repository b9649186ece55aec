package pick

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
)

func TestATaskMovesOnlyAsTheTableSays(t *testing.T) {
	for from, next := range taskStates {
		for to := range taskStates {
			task := Task{ID: 1, Status: from}
			err := task.move(to)
			if allowed := to == from || slices.Contains(next, to); allowed != (err == nil) || !allowed && fault.Code(err) != "pick.task_state" {
				t.Errorf("%s to %s: %v", from, to, err)
			}
			if err != nil && (task.Status != from || task.touched) {
				t.Errorf("%s to %s was refused and happened all the same", from, to)
			}
		}
	}
}

func TestALineMovesOnlyAsTheTableSays(t *testing.T) {
	for from, next := range lineStates {
		for to := range lineStates {
			refused := func() (refused bool) {
				defer func() { refused = recover() != nil }()
				l := Line{Status: from, Quantity: 2}
				l.move(to, 1)
				return false
			}()
			if allowed := to == from || slices.Contains(next, to); allowed == refused {
				t.Errorf("%s to %s: allowed %v, refused %v", from, to, allowed, refused)
			}
		}
	}
}

func TestEveryStateHasAWord(t *testing.T) {
	for _, lang := range words.Languages {
		for s := range taskStates {
			if !words.Has(lang, "pick.task."+s) {
				t.Errorf("%s: no word for a task that is %s", lang, s)
			}
		}
		for s := range lineStates {
			if !words.Has(lang, "pick.line."+s) {
				t.Errorf("%s: no word for a line that is %s", lang, s)
			}
		}
	}
}

// However lines are closed, the task is open exactly as long as one of them is, done when something was picked or
// found short, and cancelled when all were called off.
func TestATaskFollowsItsLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		task := Task{Status: Ready}
		for i := range rapid.IntRange(1, 6).Draw(t, "lines") {
			task.lines = append(task.lines, &Line{Seq: int64(i + 1), Quantity: 5, Status: Open})
		}
		for _, i := range rapid.Permutation(indices(len(task.lines))).Draw(t, "order") {
			if !task.open() {
				t.Fatal("closed while lines are open")
			}
			l := task.lines[i]
			l.move(rapid.SampledFrom([]string{Picked, Short, Cancelled}).Draw(t, "to"), 5)
			if l.Status == Picked {
				if err := task.begin(rapid.SampledFrom([]string{"", "wang"}).Draw(t, "picker")); err != nil {
					t.Fatal(err)
				}
			}
			if err := task.settle(); err != nil {
				t.Fatal(err)
			}
			if task.Status == Started && task.Picker == "" {
				t.Fatal("a walk that nobody walks: no picker would ever be given it")
			}
		}
		cancelled := !slices.ContainsFunc(task.lines, func(l *Line) bool { return l.Status != Cancelled })
		if task.open() || cancelled != (task.Status == Cancelled) {
			t.Fatalf("%s", task.Status)
		}
	})
}

func indices(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}
