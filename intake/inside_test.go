package intake

import "time"

// LeaseFor changes how long a turn is held, in wall time.
func LeaseFor(s *Channels, d time.Duration) { s.lease = d }
