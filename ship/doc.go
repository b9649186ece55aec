// Package ship gives parcels to carriers: which carrier, its waybill, the hand-over at the dock.
//
// It owns carrier choice and rate cards, suspensions (停发), shipments with their waybills, the contract that carrier
// adapters fill, and the moment in which goods leave the book. It does not own parcels and weights (pack), where a
// parcel is afterwards (track), or the printing of labels.
//
// Words. A shipment is one parcel under one waybill, or what another order has in that parcel (a rider); a parcel may have had several, of which one lives. Labelled
// (取号) is to have a number; handed over (交接) is that the carrier has the parcel. Two ways lead there: the
// number in hand (pre-printed forms, or booked on the carrier's own pages) goes by Ship in one step; a carrier with
// an interface is asked by Label, in three: the intent is written, a job makes the call, the outcome is written.
//
// A ladder (快递顺位) says whom a node asks, one after the other, for orders of one service level (cash on delivery, express,
// a kind) or for all; without one the rates decide. A paper (交接单) is what a carrier signs for: of one hand-over, or of a
// day for what left without a scan. An account is what a carrier counts our waybills by; a log-in (接口账号) is how a carrier is
// called, kept by people, its secret sealed.
//
// able.go, choose.go, rate.go, reason.go and region.go are pure: values in, values out.
package ship
