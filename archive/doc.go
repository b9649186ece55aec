// Package archive moves the history of settled orders out of the database into a file.
//
// It owns which history may go and the form of the file: JSON, one object a line. The first line says what the file is,
// the last how much is in it; between them is one event or one document a line, as it was stored. It does not own
// orders, events or documents; their packages read and cut them.
//
// What goes: the events of settled orders but their first, decisions with them, and the bodies of documents that later
// ones have replaced. What stays: the order with its lines, parcels, shipments and scans, the document it follows, its
// first event, and one event that tells of the archive. The ledger stays whole.
//
// Words: settled is an order to which nothing is left to do (order.Settled). To cut is to take rows out that a
// finished file has.
package archive
