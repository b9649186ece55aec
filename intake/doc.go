// Package intake turns what a channel says into one clean order, exactly once.
//
// It owns the document (one order as a channel says it), the rules a document must keep, the order file, and
// the inbox (table intake_document): every document that said something new, with what became of it. API, file,
// webhook and poll all come through the same door, so that it does not matter which of them was first, or how
// often each came.
//
// It owns the shops too: their accounts (intake_channel), the contract that connectors fill (Channel), when each is pulled, the
// messages they send by themselves, what of it could not be read, and the proof by hour that no order is missing.
//
// It does not decide what shops are told (report), whether an order may be worked on (review), nor what to do about goods that are in work
// already when the channel changes its mind (flow, which it asks in the same transaction; see Amendment).
//
// Words. A document's identity is channel, shop and the order number there; its content is compared by Hash.
// A revision is a place in the inbox: each document that said something new takes the next one, the refused
// too. The external revision is the channel's own count, where it has one; an older one than we have is stale.
// An account is one shop behind one connector; its turn is one round of calls to it, under a lease. A hint is a
// message that names orders to look at; the truth is what is fetched. An hour is complete when the shop counts no more
// orders in it than we hold.
package intake
