package warehouse

import "time"

// NextCutoff is the first cut-off of a carrier strictly after a moment, by the clock on the node's wall; with carrier
// "" of any carrier. It is the zero time when there is none: that carrier collects at all hours.
func (n Node) NextCutoff(at time.Time, carrier string) time.Time {
	zone := n.location()
	year, month, day := at.In(zone).Date()
	for ahead := range 3 { // a zone may skip a whole day, as Samoa did when it changed sides
		var next time.Time
		for _, c := range n.Cutoffs {
			if carrier != "" && c.Carrier != carrier {
				continue
			}
			if t := moment(year, month, day+ahead, c.Minute, zone); t.After(at) && (next.IsZero() || t.Before(next)) {
				next = t
			}
		}
		if !next.IsZero() {
			return next
		}
	}
	return time.Time{}
}

// CutoffPassed reports whether the last cut-off of the node's day is over: what is promised now leaves
// tomorrow. At the minute of the cut-off it is over. A node without cut-offs is never late.
func (n Node) CutoffPassed(at time.Time) bool {
	if len(n.Cutoffs) == 0 {
		return false
	}
	latest := 0
	for _, c := range n.Cutoffs {
		latest = max(latest, c.Minute)
	}
	zone := n.location()
	year, month, day := at.In(zone).Date()
	return !at.Before(moment(year, month, day, latest, zone))
}

// Day is the node's calendar day that holds a moment: from start up to, not including, end. It has 23 or 25 hours
// when the clocks change.
func (n Node) Day(at time.Time) (start, end time.Time) {
	zone := n.location()
	year, month, day := at.In(zone).Date()
	return moment(year, month, day, 0, zone), moment(year, month, day+1, 0, zone)
}

// location is the time zone. A name that cannot be loaded was refused by the import; UTC is what is left.
func (n Node) location() *time.Location {
	if n.zone != nil {
		return n.zone
	}
	if zone, err := time.LoadLocation(n.Timezone); err == nil {
		return zone
	}
	return time.UTC
}

// moment is when the clock on the wall shows a minute of a day. When clocks go back and show it twice it
// is the first time, because a carrier does not come again; when they go forward over it, the moment they do.
// time.Date leaves both open.
func moment(year int, month time.Month, day, minute int, zone *time.Location) time.Time {
	wall := time.Date(year, month, day, 0, minute, 0, 0, time.UTC)
	_, before := wall.Add(-36 * time.Hour).In(zone).Zone()
	_, after := wall.Add(36 * time.Hour).In(zone).Zone()
	early := wall.Add(-time.Duration(max(before, after)) * time.Second)
	late := wall.Add(-time.Duration(min(before, after)) * time.Second)
	for _, t := range []time.Time{early, late} {
		if shows(t.In(zone), wall) {
			return t.In(zone)
		}
	}
	jump, _ := late.In(zone).ZoneBounds()
	return jump
}

func shows(local, wall time.Time) bool {
	_, offset := local.Zone()
	return local.Add(time.Duration(offset) * time.Second).Equal(wall)
}
