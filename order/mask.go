package order

import "strings"

// What is shown of personal data to whoever has no reason to see more: the region in clear, because work is planned by it,
// and of the rest as much as two people on the telephone need to agree which order they mean.

// masked is how a hidden address is written.
const masked = "***"

// Masked is the recipient as answers and exports show it. A platform's recipient, which came masked, stays as it is; twice is
// the same as once. The token is left out: it is a key to the plain text.
func (r Recipient) Masked() Recipient {
	r.Name, r.Phone, r.Email = MaskName(r.Name), MaskPhone(r.Phone), MaskEmail(r.Email)
	r.Address, r.Postcode, r.Token = maskAll(r.Address), maskPostcode(r.Postcode), ""
	return r
}

// MaskName leaves the first character.
func MaskName(name string) string {
	if name == "" || strings.Contains(name, "*") {
		return name
	}
	for _, first := range name {
		return string(first) + "*"
	}
	return name
}

// MaskPhone leaves the first three and the last four digits of a whole number, and less of a short one.
func MaskPhone(phone string) string {
	if phone == "" || strings.Contains(phone, "*") {
		return phone
	}
	digits := strings.Map(func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}, phone)
	switch n := len(digits); {
	case n >= 10:
		return digits[:3] + "****" + digits[n-4:]
	case n >= 6:
		return "****" + digits[n-2:]
	}
	return masked
}

// MaskEmail leaves the first character and the domain.
func MaskEmail(email string) string {
	if email == "" || strings.Contains(email, "*") {
		return email
	}
	at := strings.LastIndexByte(email, '@')
	if at <= 0 {
		return masked
	}
	for _, first := range email {
		return string(first) + masked + email[at:]
	}
	return masked
}

func maskAll(text string) string {
	if text == "" || strings.Contains(text, "*") {
		return text
	}
	return masked
}

// maskPostcode leaves the district of the post: in some countries a whole code is a dozen doors.
func maskPostcode(code string) string {
	if runes := []rune(code); len(runes) > 3 && !strings.Contains(code, "*") {
		return string(runes[:3]) + masked
	}
	return code
}

// Unmasked is r with what stands in it as the mask of known put back: somebody who read a masked recipient and sends it back
// with one field corrected means the others as they are.
func (r Recipient) Unmasked(known Recipient) Recipient {
	mask := known.Masked()
	back := func(field *string, mask, plain string) {
		if *field == mask && strings.Contains(mask, "*") {
			*field = plain
		}
	}
	back(&r.Name, mask.Name, known.Name)
	back(&r.Phone, mask.Phone, known.Phone)
	back(&r.Email, mask.Email, known.Email)
	back(&r.Address, mask.Address, known.Address)
	back(&r.Postcode, mask.Postcode, known.Postcode)
	if r.Token == "" && r.Issuer != "" && r.Issuer == known.Issuer {
		r.Token = known.Token
	}
	return r
}
