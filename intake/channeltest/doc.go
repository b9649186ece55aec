// Package channeltest is the suite every connector of a shop must pass, and a shop to try what stands on connectors.
//
// It owns the promises of intake.Channel and its powers that can be checked from outside: that no order is missing, what a
// repeated call gives, what is found after an answer was lost, how a bad key or a silent shop reads. It does not own the
// wire format of any shop; that is tested beside each connector with recorded answers.
//
// A chapter about a power that the connector lacks is skipped by itself. Any other chapter that a connector cannot play is
// named in Fixture.Without with the reason; none is left out silently.
//
// Shop is a shop in memory with every power. It loses answers and is busy when told to.
package channeltest
