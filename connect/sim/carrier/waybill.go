package carrier

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

const (
	prefix = "PH"
	digits = 12
)

// number draws a waybill for a reference: from the seed and the reference, not from a counter, so that
// concurrent bookings get the same numbers in every run. taken resolves the rare collision.
func number(seed uint64, reference string, taken func(string) bool) string {
	rng := rand.New(rand.NewPCG(seed, hash("waybill", reference)))
	for {
		serial := fmt.Sprintf("%0*d", digits, rng.Uint64N(1_000_000_000_000))
		if w := prefix + serial + string(check(serial)); !taken(w) {
			return w
		}
	}
}

// check is the GS1 mod-10 digit: weights 3, 1, 3 … from the right (GS1 General Specifications, check digit calculation).
func check(serial string) byte {
	sum := 0
	for i := range len(serial) {
		d := int(serial[len(serial)-1-i] - '0')
		if i%2 == 0 {
			d *= 3
		}
		sum += d
	}
	return byte('0' + (10-sum%10)%10)
}

// wellFormed tells a mistyped number from one we never gave.
func wellFormed(waybill string) bool {
	serial, ok := strings.CutPrefix(waybill, prefix)
	if !ok || len(serial) != digits+1 || strings.Trim(serial, "0123456789") != "" {
		return false
	}
	return check(serial[:digits]) == serial[digits]
}

// sortCode is the three-part code of the sorters: city, district, courier (三段码).
func sortCode(to address) string {
	city, district := hash(to.Province, to.City), hash(to.Province, to.City, to.District)
	courier := hash(to.Province, to.City, to.District, to.Address)
	return fmt.Sprintf("%03d-%c%02d-%03d", 100+city%900, 'A'+byte(district%26), district/26%100, courier%1000)
}
