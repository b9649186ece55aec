// Package printing gets labels onto paper: each once, in order, and again only when somebody says why.
//
// It owns printers, the queue of each, print jobs with what became of them, and the contract that adapters of printers
// fill. It does not own what a label looks like (ship/label) or the waybill on it (ship).
//
// Words. A job is sent (已发送) when its bytes have gone to the printer, and printed (已打印) when the printer says so, or
// a person, or the scan at the dock: nobody scans a label that does not exist. A job of which nobody can say is uncertain
// (待确认). A reprint (补打) is a second copy of a label, with a reason and a name.
//
// A label in the queue whose parcel has left, was opened again or lost its waybill is dropped, and the job says which.
//
// One label is on its way to a printer at a time. Before it goes, the printer's count of labels is written down beside it
// (the mark). When the line breaks, the count tells afterwards whether it came out: then it goes on, or the label is sent
// again. A printer that does not count leaves the label uncertain, and the operator is asked; none is sent twice unasked.
package printing
