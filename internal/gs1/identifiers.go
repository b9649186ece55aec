package gs1

import "strings"

// identifierLength gives the number of digits of an application identifier from its first two
// (GS1 General Specifications, 3.2); 0 where none begins so.
func identifierLength(start string) int {
	switch start[:2] {
	case "00", "01", "02", "03", "10", "11", "12", "13", "15", "16", "17", "20", "21", "22", "30", "37",
		"90", "91", "92", "93", "94", "95", "96", "97", "98", "99":
		return 2
	case "23", "24", "25", "40", "41", "42", "71":
		return 3
	case "31", "32", "33", "34", "35", "36", "39", "43", "70", "72", "80", "81", "82":
		return 4
	}
	return 0
}

// fixedLength gives the length of values that need no separator (GS1 General Specifications,
// figure 7.8.5-2: element strings with predefined length); 0 for all others.
func fixedLength(identifier string) int {
	switch identifier[:2] {
	case "00":
		return 18
	case "01", "02", "03":
		return 14
	case "11", "12", "13", "15", "16", "17":
		return 6
	case "20":
		return 2
	case "31", "32", "33", "34", "35", "36":
		return 6
	case "41":
		return 13
	}
	return 0
}

// longest is the greatest length of a value whose end is marked by a separator.
func longest(identifier string) int {
	switch identifier {
	case "10", "21", "22":
		return 20
	case "30", "37":
		return 8
	}
	return 90
}

// alphabet is the character set 82 of GS1 plus what set 39 adds to it: nothing else is in a value.
const alphabet = `!"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz#`

// spelled reports whether a value is made of characters that GS1 allows.
func spelled(value string) bool {
	return value != "" && strings.Trim(value, alphabet) == ""
}
