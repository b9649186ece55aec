package pick_test

import (
	"testing"

	"github.com/packhorse/packhorse/pick"
)

// BenchmarkReleaseAndPick takes fulfilments of two lines through both stages, a full batch in one transaction.
func BenchmarkReleaseAndPick(b *testing.B) {
	for name, one := range map[string]bool{"bulk": false, "single": true} {
		b.Run(name, func(b *testing.B) { releaseAndPick(b, one) })
	}
}

func releaseAndPick(b *testing.B, one bool) {
	w := open(b, sqlite(b))
	var releases []pick.ReleaseIn
	for range b.N {
		releases = append(releases, pick.ReleaseIn{FulfilmentID: w.allocated(want{"BOWL", 1}, want{"CUP", 1})})
	}
	b.ResetTimer()
	if one {
		for _, in := range releases {
			w.release(in.FulfilmentID)
			if _, err := w.pick.Confirm(ctx, nil, pick.ConfirmIn{FulfilmentID: in.FulfilmentID}); err != nil {
				b.Fatal(err)
			}
		}
		return
	}
	for _, r := range w.pick.ReleaseAll(ctx, releases) {
		if r.Err != nil {
			b.Fatal(r.Err)
		}
	}
	confirms := make([]pick.ConfirmIn, len(releases))
	for i, in := range releases {
		confirms[i].FulfilmentID = in.FulfilmentID
	}
	for _, r := range w.pick.ConfirmAll(ctx, confirms) {
		if r.Err != nil {
			b.Fatal(r.Err)
		}
	}
}
