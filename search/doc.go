// Package search finds orders by what a person has at hand: the number of the order, a waybill, a SKU, the end of a
// telephone number, a name or two characters of it.
//
// It owns the terms that an order is found by and the index of them, which follows the event log beside the work: no
// command waits for it, and an order can be found some seconds after it came. The index is derived; Rebuild makes
// it again while orders flow. It does not own orders, who may see which of them (Query.Keep), or lists by state.
//
// Words:
//
//   - A term is a piece of text that is looked up as a whole: a word, two neighbouring characters of Chinese, Japanese
//     or Korean, or a number read from its end.
//   - A tail is the end of a number, four digits or more.
//   - A term is personal when it is of the recipient. Who may not see personal data does not find by it either.
package search
