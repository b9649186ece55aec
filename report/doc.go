// Package report tells shops what happened: parcels that were sent, answers to what they asked, what they may still sell.
//
// It owns the messages to shops (report_message), how far the event log was followed for them (report_place), and what each
// shop was told of each SKU (report_stock). It does not own the accounts and their connectors (intake), nor the words
// of any shop (connect/channel).
//
// Words. A message is one thing that a shop is to be told, once: a parcel (shipment), an answer (cancel_answer), or what
// it may sell (stock). It is queued until the shop took it (sent). When an answer was lost it is uncertain: the shop
// is asked before it is sent again. One that was refused, or tried too often, has failed and waits for a person.
// A change is another waybill of a parcel that the shop knows: a message of its own.
// A parcel is uncollected when the shop was told of it and the carrier has not scanned it since.
//
// The manner. Follow reads the event log behind a place that moves in the same transaction that writes the messages, so
// that each event makes its message once. A leased job calls the shop for each message. The stock is no
// message for each change: a SKU that changed is marked, and the marked ones are told together.
package report
