// Package notify tells customers what becomes of their orders, and other programs what happens here.
//
// Owns: which event is told to whom over which channel (the policy), the texts and their versions, the ledger of what
// was told, quiet hours, who does not want to hear more, and the endpoints of outgoing webhooks with their deliveries.
// Does not own: the events themselves and their order (internal/db), how a mail or an HTTP request travels
// (connect/message), what an operator has to look after (casework), what the selling channel is told (report).
//
// Words: a notice is a sort of message ("shipped"); a message is one notice to one recipient over one channel; an
// endpoint is the address of a program that follows events; a delivery is one event on its way to one endpoint; a
// lane is the order of an endpoint's deliveries: in a lane nothing overtakes.
//
// The source of everything is the event log, read below the oldest transaction that is still open. A page of events, the
// messages that follow from it and the place up to which it was read are one commit, and a message has a dedupe
// key, so that it is written once however often the process is killed. Sending is a leased job: intent, call and
// outcome are apart. A process that dies between the call and the outcome sends again, because SMTP cannot be asked
// what became of a mail; both copies carry the same Message-ID (a webhook: the same webhook-id), by which the receiver
// tells that they are one.
//
// The files notice.go, quiet.go, zone.go and template.go are pure: values in, values out.
package notify
