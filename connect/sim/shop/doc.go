// Package shop is a shop that does not exist: it sells by itself, sends its orders or is asked for them, takes reports of
// parcels, stock and answers, and has the faults a real one has.
//
// It owns its own wire format, which is that of any shop behind the webhook connector, and knows nothing of ours: whatever
// reaches it comes over HTTP. State is in memory and ends with the process. The same seed gives the same orders.
//
// Every call bears the three headers of Standard Webhooks 1.0 and is verified as a platform does: the signature, its age
// on the wall clock, whether the order is known, whether it contains what is said to be in the parcel, whether the parcel
// bears the waybill that is changed. A repetition, known by webhook-id, gets the first answer.
//
//	GET  /orders?cursor=&limit=  the orders and what became of them, in order: {"orders":[…],"cursor":"…","more":true}
//	POST /told                   {"type":"shipment|shipment.find|shipment.change|stock|cancel_answer","data":{…}}
//
// Two more are for who tries it, on loopback, and are not signed:
//
//	POST /sell?n=3               customers buy; POST /cancel?order_no=… has one change their mind
//	GET  /state                  what was sold, what is said of each order, and what the stock is
package shop
