// Package track says where a parcel is and whether somebody must look after it.
//
// Owns: the twelve statuses and the reasons beside them, what each carrier's codes mean, how a parcel's status
// follows from its scans, and what is late. Does not own: the waybill and the hand-over (ship), the case that is
// opened for a late parcel (casework), what the customer is told (notify).
//
// Words: a scan is a line as the carrier told it; an event is a scan with a meaning. A scan whose code we do not
// know is kept word for word with StatusUnknown, and changes nothing.
//
// The files status.go, mapping.go and late.go are pure: values in, values out.
package track
