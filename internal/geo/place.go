package geo

import (
	"math"
	"strings"
)

// Place finds the centre of a place in micro-degrees: the city; failing that, the province at the centre of its
// people (in Brazil, at the state's capital). A country without a table of provinces answers with its principal city.
// In China and Brazil a province that cannot be read gives ok = false, since a wrong point would send the parcel from
// the wrong side of the country. Names may lack their rank (浙江, 嘉兴), and Brazilian states go by code or name.
func Place(country, province, city string) (lat, lng int64, ok bool) {
	a := load()
	country, province = homeOf(strings.ToUpper(strings.TrimSpace(country)), province)
	key := country + "/" + provinceKey(province)
	if p, found := a.cityAt[key+"/"+cityKey(city)]; found {
		return p.lat, p.lng, true
	}
	if p, found := a.provinces[key]; found {
		return p.lat, p.lng, true
	}
	c, found := a.countries[country]
	if !found || country == "CN" || country == "BR" {
		return 0, 0, false
	}
	return c.Lat, c.Lng, true
}

// homeOf reads the regions that have a country code of their own but stand in the Chinese table.
func homeOf(country, province string) (home, name string) {
	switch country {
	case "HK":
		return "CN", "香港"
	case "MO":
		return "CN", "澳门"
	case "TW":
		return "CN", "台湾"
	}
	return country, province
}

// CountryOf finds a country by its ISO 3166-1 alpha-2 code.
func CountryOf(code string) (Country, bool) {
	c, ok := load().countries[strings.ToUpper(strings.TrimSpace(code))]
	return c, ok
}

// earthMetres is the mean radius of the earth (IUGG).
const earthMetres = 6_371_009

// Metres is the great-circle distance between two points in micro-degrees, by the haversine formula (Sinnott 1984,
// "Virtues of the Haversine"), which keeps its precision for neighbours.
func Metres(lat1, lng1, lat2, lng2 int64) int64 {
	const radians = math.Pi / 180 / 1e6
	φ1, φ2 := float64(lat1)*radians, float64(lat2)*radians
	sinLat := math.Sin((φ2 - φ1) / 2)
	sinLng := math.Sin(float64(lng2-lng1) * radians / 2)
	h := sinLat*sinLat + math.Cos(φ1)*math.Cos(φ2)*sinLng*sinLng
	return int64(math.Round(2 * earthMetres * math.Asin(math.Sqrt(min(h, 1)))))
}
