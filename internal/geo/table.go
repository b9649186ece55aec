package geo

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed cities.csv
var cityFile []byte

//go:embed brazil.csv
var brazilFile []byte

//go:embed countries.csv
var countryFile []byte

// City is a Chinese city of prefecture rank, or Hong Kong, Macau and two cities of Taiwan.
type City struct {
	Province  string // full name: 浙江省
	Name      string // full name: 嘉兴市; a municipality bears its province's name
	Lat, Lng  int64  // micro-degrees
	Weight    int64  // residents in hundred thousands, roughly: how much demand to expect there, no census
	Districts []string
}

// Country is one point and one time zone of a country: those of its principal city.
type Country struct {
	Code     string // ISO 3166-1 alpha-2
	Lat, Lng int64  // micro-degrees
	TimeZone string // IANA name
}

type point struct{ lat, lng int64 }

// atlas is the tables with their indexes; read once, never written again.
type atlas struct {
	cities    []City
	provinces map[string]point // country/province key
	cityAt    map[string]point // country/province key/city key
	countries map[string]Country
}

var load = sync.OnceValue(func() *atlas {
	a := &atlas{provinces: map[string]point{}, cityAt: map[string]point{}, countries: map[string]Country{}}
	for _, r := range records(cityFile) {
		a.cities = append(a.cities, City{
			Province: r[0], Name: r[1], Lat: micro(r[2]), Lng: micro(r[3]), Weight: whole(r[4]),
			Districts: strings.FieldsFunc(r[5], func(c rune) bool { return c == '|' }),
		})
	}
	a.indexCities()
	for _, r := range records(brazilFile) {
		p := point{micro(r[3]), micro(r[4])}
		a.provinces["BR/"+provinceKey(r[0])] = p
		a.provinces["BR/"+provinceKey(r[1])] = p
	}
	for _, r := range records(countryFile) {
		a.countries[r[0]] = Country{Code: r[0], Lat: micro(r[1]), Lng: micro(r[2]), TimeZone: r[3]}
	}
	return a
})

// indexCities enters every city, and every province at the centre of its people: that is where its parcels go.
func (a *atlas) indexCities() {
	type sum struct{ lat, lng, weight int64 }
	sums := map[string]sum{}
	for _, c := range a.cities {
		key := "CN/" + provinceKey(c.Province)
		a.cityAt[key+"/"+cityKey(c.Name)] = point{c.Lat, c.Lng}
		s := sums[key]
		sums[key] = sum{s.lat + c.Lat*c.Weight, s.lng + c.Lng*c.Weight, s.weight + c.Weight}
	}
	for key, s := range sums {
		a.provinces[key] = point{s.lat / s.weight, s.lng / s.weight}
	}
}

// Cities lists the Chinese cities in the order of the table: by province, the capital first. The slice is the caller's.
func Cities() []City { return slices.Clone(load().cities) }

// records reads an embedded table without its header. The tables are part of the program: a broken one is a
// programming mistake that the first test finds, hence the panic.
func records(file []byte) [][]string {
	rows, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("geo: embedded table: %v", err))
	}
	return rows[1:]
}

func micro(text string) int64 {
	degrees, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic(fmt.Sprintf("geo: embedded table: %v", err))
	}
	return int64(math.Round(degrees * 1e6))
}

func whole(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		panic(fmt.Sprintf("geo: embedded table: %v", err))
	}
	return n
}
