// Package telemetry makes the program's log and its traces. It owns the form of a line and of a span, and the way to the
// collector; it does not own what is worth one.
//
// Personal data belong into neither: parts of the program tell ids, codes and counts. An address that is called is
// told by its host, never by its path.
//
// Traces are off where nobody configured a collector. Then no context carries one, and Start and Begin find nothing and
// make nothing: they allocate no memory.
//
// Words:
//
//   - A span is one stretch of work, with a beginning, an end and an outcome. A trace is the tree of those that follow from
//     one request.
//   - A place is where a span stands in its trace, written as a W3C traceparent. It is what is sent along with a call, and kept
//     with a job until somebody does it.
package telemetry
