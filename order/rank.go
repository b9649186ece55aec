package order

// Rank is where an order stands in the queues, as it was last weighed: the smaller goes first. The priority is in the high
// bits of both numbers; below it is the deadline in Due, and in Fine what is left of the largest amount.
type Rank struct{ Due, Fine int64 }

const (
	rankBits = 53
	// most is the last of the low bits: the deadline of what has none (the year 2255), and the largest amount.
	most = 1<<rankBits - 1
	// Priorities beyond these bounds count as the bound.
	leastPriority, mostPriority = -256, 255
)

// Rank puts an urgency into two numbers.
func (u Urgency) Rank() Rank {
	first := (mostPriority - min(max(u.Priority, leastPriority), mostPriority)) << rankBits
	due := int64(most)
	if u.Deadline != 0 {
		due = min(max(u.Deadline, 0), most-1)
	}
	return Rank{Due: first + due, Fine: first + most - min(max(u.FineAtRisk, 0), most)}
}

// Deadline is the earlier last moment of its order, UTC microseconds; 0 = it has none.
func (r Rank) Deadline() int64 {
	if due := r.Due & most; due != most {
		return due
	}
	return 0
}

// FineAtRisk is the fine that could still be saved when the order was last weighed, minor units.
func (r Rank) FineAtRisk() int64 { return most - r.Fine&most }
