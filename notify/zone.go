package notify

import (
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/geo"
)

// regions are the zones of provinces whose country has several. The key is the country and the code or the name of the
// province, in lower case.
var regions = zones(map[string]string{
	"America/New_York":    "us:ct connecticut,de delaware,fl florida,ga georgia,in indiana,ky kentucky,me maine,md maryland,ma massachusetts,mi michigan,nh new hampshire,nj new jersey,ny new york,nc north carolina,oh ohio,pa pennsylvania,ri rhode island,sc south carolina,vt vermont,va virginia,wv west virginia,dc district of columbia",
	"America/Chicago":     "us:al alabama,ar arkansas,il illinois,ia iowa,ks kansas,la louisiana,mn minnesota,ms mississippi,mo missouri,ne nebraska,nd north dakota,ok oklahoma,sd south dakota,tn tennessee,tx texas,wi wisconsin",
	"America/Denver":      "us:co colorado,id idaho,mt montana,nm new mexico,ut utah,wy wyoming",
	"America/Phoenix":     "us:az arizona",
	"America/Los_Angeles": "us:ca california,nv nevada,or oregon,wa washington",
	"America/Anchorage":   "us:ak alaska",
	"Pacific/Honolulu":    "us:hi hawaii",
	"America/Toronto":     "ca:on ontario,qc quebec",
	"America/Winnipeg":    "ca:mb manitoba",
	"America/Regina":      "ca:sk saskatchewan",
	"America/Edmonton":    "ca:ab alberta,nt northwest territories",
	"America/Vancouver":   "ca:bc british columbia",
	"America/Halifax":     "ca:ns nova scotia,nb new brunswick,pe prince edward island",
	"America/St_Johns":    "ca:nl newfoundland and labrador",
	"Australia/Sydney":    "au:nsw new south wales,act australian capital territory",
	"Australia/Melbourne": "au:vic victoria",
	"Australia/Brisbane":  "au:qld queensland",
	"Australia/Adelaide":  "au:sa south australia",
	"Australia/Darwin":    "au:nt northern territory",
	"Australia/Perth":     "au:wa western australia",
	"Australia/Hobart":    "au:tas tasmania",
	"America/Manaus":      "br:am amazonas,rr roraima,ro rondônia,mt mato grosso,ms mato grosso do sul",
	"America/Rio_Branco":  "br:ac acre",
	"Atlantic/Canary":     "es:gc las palmas,tf santa cruz de tenerife",
	"Atlantic/Azores":     "pt:20 açores",
})

// zones turns the table around: "us:tx" and "us:texas" to the zone.
func zones(table map[string]string) map[string]string {
	out := map[string]string{}
	for zone, text := range table {
		country, list, _ := strings.Cut(text, ":")
		for _, p := range strings.Split(list, ",") {
			code, name, _ := strings.Cut(p, " ")
			out[country+":"+code], out[country+":"+name] = zone, zone
		}
	}
	return out
}

// zoneOf is the clock on the recipient's wall: by province where the country has several, by country, or else fallback.
func zoneOf(country, province string, fallback *time.Location) *time.Location {
	country, province = strings.ToLower(strings.TrimSpace(country)), strings.ToLower(strings.TrimSpace(province))
	name := regions[country+":"+province]
	if name == "" {
		if c, ok := geo.CountryOf(strings.ToUpper(country)); ok {
			name = c.TimeZone
		}
	}
	if name == "" {
		return fallback
	}
	if zone, err := time.LoadLocation(name); err == nil {
		return zone
	}
	return fallback
}
