package money

import "strings"

// exponents holds the currencies of ISO 4217 with the decimals of their minor unit: what an order can be paid in.
// Precious metals, funds and codes for tests are no such currencies. Those that ended since 2020 stay: orders of their
// time still come from files.
var exponents = func() map[string]int32 {
	all := make(map[string]int32, 192)
	for decimals, codes := range []string{
		0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
		2: `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUC
			CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES
			KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR
			NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS
			TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG ZWL`,
		3: "BHD IQD JOD KWD LYD OMR TND",
	} {
		for _, code := range strings.Fields(codes) {
			all[code] = int32(decimals)
		}
	}
	return all
}()

// Valid reports whether code is a currency of ISO 4217, in capital letters.
func Valid(code string) bool {
	_, ok := exponents[code]
	return ok
}

// Exponent is the number of decimals of a currency; 2 for what is none.
func Exponent(code string) int32 {
	if e, ok := exponents[code]; ok {
		return e
	}
	return 2
}
