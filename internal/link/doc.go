// Package link makes the addresses under which customers reach what is theirs, without a log-in.
//
// It owns their form: what is reached, of which company, and the signature that proves that the address came from us. It does
// not own the pages behind them (api/public) nor the messages they stand in (notify).
//
// Words. A link is an address; its token is the last part of it: the number of the thing, and the mark of the installation's key over
// company, sort and number. Whoever holds a link of one sort cannot make one of another.
package link
