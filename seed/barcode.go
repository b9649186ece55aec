package seed

import "fmt"

// ean13 is a number of the range 290, which GS1 leaves to companies for use inside (restricted circulation), with its
// check digit. That way no made-up SKU bears the barcode of somebody's real goods.
func ean13(item int) string {
	body := fmt.Sprintf("290%09d", item)
	return body + string(rune('0'+checkDigit(body)))
}

// checkDigit weighs the digits 1, 3, 1, 3 … from the left of twelve (GS1 General Specifications, section 7.9).
func checkDigit(body string) int {
	sum := 0
	for i, d := range body {
		weight := 1
		if i%2 == 1 {
			weight = 3
		}
		sum += weight * int(d-'0')
	}
	return (10 - sum%10) % 10
}
