package carrier

import (
	"time"

	"github.com/packhorse/packhorse/internal/clock"
)

// Config is one simulated carrier. The zero value of every field but Secret is usable.
type Config struct {
	Seed   uint64
	Clock  *clock.Clock // business time; nil is the real clock
	AppKey string
	Secret string

	// Balance is how many waybills the account may still take; 0 is no limit. A void gives nothing back.
	Balance int
	// Areas without service.
	Areas []Area
	// Issuers are the platforms whose recipient tokens this carrier can resolve.
	Issuers []string

	Fates  Fates
	Faults Faults
	// StepTime is the business time between two scans on the road; 0 is six hours.
	StepTime time.Duration
	// RatePerSecond is how many calls are answered in a second of wall time, with a burst of the same size; 0 is no limit.
	RatePerSecond int
}

// Area is a province, or one city of it, without service from From until Until.
type Area struct {
	Province string    `json:"province"`
	City     string    `json:"city"`  // empty: the whole province
	From     time.Time `json:"from"`  // zero: since ever
	Until    time.Time `json:"until"` // zero: until further notice
	Reason   string    `json:"reason"`
}

// Fates are the shares, 0 to 1, of parcels that do not simply arrive. What is left goes to the door in time.
type Fates struct {
	Late    float64 // no first scan for days, a silent stop on the road, or an announced one
	Lost    float64 // a last scan on the road, and then nothing ever
	Refused float64 // refused at the door and carried back to the sender
	Locker  float64 // put into a locker or a station, and fetched from there
}

// Everyday are fates as a parcel carrier may have them on an ordinary day: not measured, but of the right order.
func Everyday() Fates { return Fates{Late: 0.06, Lost: 0.002, Refused: 0.015, Locker: 0.35} }

// Faults are the shares, 0 to 1, of calls that go wrong on the wire. They are drawn by call and attempt, so a
// call that failed may pass when it is repeated.
type Faults struct {
	Timeout     float64 // the call is carried out, and the answer never comes
	ServerError float64 // 500; half of them before the call is carried out, half after
	Busy        float64 // 429 although the rate is kept
	Duplicate   float64 // a track that tells a scan twice

	// Silence is how long, in wall time, a timed-out call keeps its connection before it is cut.
	Silence time.Duration
}

func (c Config) withDefaults() Config {
	if c.Clock == nil {
		c.Clock = clock.Real()
	}
	if c.StepTime <= 0 {
		c.StepTime = 6 * time.Hour
	}
	return c
}

func (a Area) covers(to address, at time.Time) bool {
	return short(a.Province) == short(to.Province) && (a.City == "" || a.City == to.City) &&
		!at.Before(a.From) && (a.Until.IsZero() || at.Before(a.Until))
}
