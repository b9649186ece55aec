// Package wave decides what is released together, and how it will be picked.
//
// It owns the templates by which work is released towards the cut-offs of the carriers, the waves that were
// released, the grouping of fulfilments into walks, and how walks go at a node: trolley, way and pace. It does not bind goods to locations (inventory), and it
// makes no tasks: pick does both in one transaction, asking here what belongs together.
package wave
