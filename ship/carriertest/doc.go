// Package carriertest is the suite every carrier adapter must pass.
//
// It owns the promises of ship.Carrier that can be checked from outside: what a repeated booking gives, what is
// found after an answer was lost, when a void is refused, how a track is ordered. It does not own the wire format
// of any carrier; that is tested beside each adapter with recorded answers.
//
// An adapter that cannot play a chapter names it in Bench.Without with the reason, which is then printed as the
// reason of the skip. A chapter is never left out silently.
package carriertest
