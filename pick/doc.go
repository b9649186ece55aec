// Package pick brings goods from their locations to the packing stage.
//
// It owns pick tasks and their lines, from the release that makes them to the last scan: the walk, the scans and
// their checks, who picks what, short picks. It does not decide which work is released together (wave), what stands
// where (inventory), nor what happens when goods are missing or an order is cancelled (flow): for those it
// gives functions that run in the caller's transaction.
//
// A task is one walk; a line is one visit for one piece of a reservation: (fulfilment, fulfilment_seq, part)
// names both. While a line is open its goods are booked in their bin, however many were already scanned into
// the tote; they move to the stage when the line is closed. A fulfilment has at most one open task.
//
// A walk of totals brings single items unsorted in one tote: a line of it stands for all lines of the same goods at the same place.
//
// Locks are taken in this order: fulfilments, then tasks. Lines belong to their task.
package pick
