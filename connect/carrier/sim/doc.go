// Package sim books and tracks with the simulated carrier of connect/sim/carrier over HTTP. It fills ship.Carrier
// and every optional power.
//
// It owns the wire format of that carrier on our side: signing, time-outs, the meaning of each answer. It does not
// decide when to book again, and keeps nothing: after ship.ErrUncertain it is the caller who asks with Find.
//
// Reads are repeated a few times within the caller's deadline. Writes are sent once.
package sim
