package notify

import "time"

// Quiet are the hours of the day, by the recipient's own clock, in which nobody is written to. Both are minutes after
// midnight; the same twice is no quiet at all. A window may go over midnight.
type Quiet struct {
	From int
	To   int
}

// Until is when a message that is due at the moment at may be sent: at itself, or the end of the quiet hours it falls
// into. It is never earlier than at. Where a clock is put forward over the end, the first moment after it counts.
func (q Quiet) Until(at time.Time, zone *time.Location) time.Time {
	local := at.In(zone)
	minute := local.Hour()*60 + local.Minute()
	if !q.covers(minute) {
		return at
	}
	day := local.Day()
	if minute >= q.To {
		day++ // the window began before midnight
	}
	end := time.Date(local.Year(), local.Month(), day, q.To/60, q.To%60, 0, 0, zone)
	if end.Before(at) {
		return at // the hour that comes twice in autumn
	}
	return end
}

func (q Quiet) covers(minute int) bool {
	switch {
	case q.From == q.To:
		return false
	case q.From < q.To:
		return minute >= q.From && minute < q.To
	}
	return minute >= q.From || minute < q.To
}
