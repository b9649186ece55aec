package ship

import (
	"maps"
	"slices"
)

// Callable are the carriers that can be called, by the code that rates and waybills bear: those of the company's log-ins, and those
// the program was started with. Where a code has a log-in, only that counts.
type Callable struct {
	fixed  map[string]Carrier
	logins *Logins
}

// Calling makes one of the carriers the program was started with and of the log-ins; nil = none are kept.
func Calling(fixed map[string]Carrier, logins *Logins) Callable { return Callable{fixed, logins} }

// Get is the carrier with a code; nil when it cannot be called.
func (c Callable) Get(code string) Carrier {
	if l, kept := c.logins.at(code); kept {
		return l.carrier
	}
	return c.fixed[code]
}

// Codes are those that can be called, sorted.
func (c Callable) Codes() []string {
	codes := slices.Collect(maps.Keys(c.fixed))
	for code := range c.logins.all() {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return slices.DeleteFunc(slices.Compact(codes), func(code string) bool { return c.Get(code) == nil })
}

// Kind is the adapter of a carrier's log-in; empty for one without.
func (c Callable) Kind(code string) string {
	l, _ := c.logins.at(code)
	return l.kind
}

// Calls reports whether a carrier is asked for waybills through its interface; without one a person brings the number.
func (s *Service) Calls(carrier string) bool {
	return carrier != ByHand && s.carriers.Get(carrier) != nil
}
