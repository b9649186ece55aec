// Package vendure reads orders from a Vendure shop and tells it of stock, parcels, answers and refunds, over the shop's
// admin API. It fills intake.Channel and every power.
//
// It owns the wire format of that shop on our side: log-in, what each answer means, and how nothing is missed although
// the shop has no list of changes (see place). It keeps nothing but the log-in, and decides nothing about orders.
//
// Words. An order's number is its code in the shop. A scan is a walk through one list of the shop's orders; all scans
// together are a round. An order is open until the shop calls it shipped, delivered or cancelled.
package vendure
