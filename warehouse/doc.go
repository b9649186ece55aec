// Package warehouse knows the places: nodes that ship, and the locations in them.
//
// It owns nodes (address, time zone, capacity, handling cost, cut-offs), their calendar, locations with
// their coordinates, and the warehouse and location files in both directions. It does not own what lies in
// a location (inventory), the way through the aisles (pick/route), or which node serves an order (allocation).
//
// Words. A node (仓) is a building that ships. A location (库位) is a place in it that can be scanned: a pick
// face, a reserve place, a stage where goods stand between two steps, a dock, or quarantine, from where nothing
// is sold. A cut-off (截单) is when a carrier collects for the last time: what is ready before it leaves today.
//
// Every node has three locations of its own from the start: STAGE, where picked goods stand, QUARANTINE and DOCK.
package warehouse
