// Package review decides whether an order may go on by itself: it passes, is held for a person, or is rejected.
//
// It owns the rules (typed expressions with versions and priority), the facts a rule may ask about, the
// check of an address, the window in which repeated buyers are counted, and the verdict that says which
// rule fired and which did not. It does not own the order, its holds or its recipient (package order),
// the stock (inventory) or the choice of a node (allocation).
//
// The decision is pure: facts in, verdict out. It has no clock, no database and no context; the same rules
// and the same facts give the same verdict, today and in a back-test. Service brings it together with what
// is stored: its Step takes the orders that wait, its other methods are what a person decides.
//
//	rules, err := review.Compile(review.Defaults(review.DefaultThresholds()))
//	facts.Address = review.CheckAddress(facts.Recipient)
//	facts.Risk = window.Count(now, review.FeaturesOf(facts))
//	verdict := rules.Evaluate(facts)
//
// Words: a rule fires when its expression is true; a hold stops the order until somebody or something
// releases it; a masked recipient is one whose platform shows us only stars and an opaque token.
package review
