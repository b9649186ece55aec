package vendure

import "net/http"

// Through makes a shop's calls go over another line, for tests of what happens on it.
func (s *Shop) Through(line http.RoundTripper) { s.http.Transport = line }
