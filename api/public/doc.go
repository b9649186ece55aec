// Package public is what customers see of a company without a log-in: where their parcels are, returns, the address an order waits for,
// and the end of messages.
//
// It owns the pages, which are whole without scripts, and what they tell of an order and what not: names and addresses are masked. It
// does not own the links that lead to them (internal/link), the acts behind its forms (aftersales, review, notify), nor who may knock
// how often (access).
//
// Words. A page is one address a customer opens. The head of a page is its first line: what matters most now. A draft is a return that
// is not asked for yet; it travels sealed in the address and in a cookie, and is nowhere here.
package public
