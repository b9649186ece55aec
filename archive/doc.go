// Package archive moves the history of settled orders out of the database into a file, and reads such a file.
//
// It owns which history may go and the form of the file: JSON, one object a line. The first line says what the file is,
// the last how much is in it, with the SHA-256 of all before. Between them is, order by order, one line for the order and
// one for each of its events and documents as it was stored; then one for each entry of the ledger, with the codes of its SKU and
// locations, so that the file can be read without the database. It does not own orders, events, documents or the
// ledger; their packages read and cut them.
//
// What goes: the events of settled orders but their first, decisions with them, and the bodies of documents that later
// ones have replaced; and the entries of the ledger before the day. What stays: the order with its lines, parcels,
// shipments and scans, the document it follows, its first event, and one event that tells of the archive. Of the ledger
// stay the entries of fulfilments whose orders are not settled, those of returns and of units put back on a shelf, and an
// opening balance for each side, so that it adds up to the same stock from that day on.
//
// Words: settled is an order to which nothing is left to do (order.Settled). To cut is to take rows out that a
// finished file has.
package archive
