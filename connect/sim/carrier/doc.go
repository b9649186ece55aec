// Package carrier is a carrier that does not exist: an HTTP server with signed JSON calls, waybills, suspended
// areas, parcels that travel with its clock, and the faults a real one has.
//
// It owns its own wire format, tariff and tracks, and knows nothing of ours: whatever reaches it comes over HTTP,
// so the adapter in front of it is exercised like any other. State is in memory and ends with the process.
//
// The same seed and the same bookings give the same waybills, prices and tracks, in whatever order the calls
// arrive. Parcels travel in business time; the age of signatures and the rate limit are measured on the wall clock.
//
// Every call is a POST of one JSON object with three headers: X-App-Key, X-Timestamp (Unix seconds) and
// X-Signature, the lower-case hex of HMAC-SHA256(secret, timestamp + body). Every answer, good or bad, is one JSON object; a
// bad one has "code" and "message".
//
//	/v1/book     take a waybill; idempotent by reference
//	/v1/find     the live booking of a reference
//	/v1/void     give a waybill back, until pick-up
//	/v1/collect  the parcels were handed over: their journey begins
//	/v1/track    the scans so far, newest first
//	/v1/quote    price and days
//	/v1/areas    where there is no service now
//	/v1/balance  how many waybills the account may still take
package carrier
