// Package gs1 reads the numbers and bar codes of the GS1 General Specifications.
//
// It owns check digits, the one form in which trade item numbers are compared (GTIN-14),
// and element strings: what a GS1-128, GS1 DataMatrix or GS1 QR code says, application
// identifier by application identifier. It does not own what a code stands for in a
// warehouse: the catalogue, locations and waybills decide that.
//
// A scanner's bytes are read, never the text printed under a symbol: parentheses are for people.
package gs1
