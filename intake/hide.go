package intake

import "github.com/packhorse/packhorse/order"

// hide masks the recipient of a platform that gives a token in his place, and reports whether something had to be: such a
// platform masks by itself, and where it, or a connector in between, sends plain text all the same, that is not ours to keep.
// The document is one that cleaned made, so it is changed in place.
func (d *Document) hide() bool {
	if d.RecipientToken == "" {
		return false
	}
	mask := order.Recipient{Name: d.RecipientName, Phone: d.Phone, Email: d.Email, Address: d.Address}.Masked()
	if mask.Name == d.RecipientName && mask.Phone == d.Phone && mask.Email == d.Email && mask.Address == d.Address {
		return false
	}
	d.RecipientName, d.Phone, d.Email, d.Address = mask.Name, mask.Phone, mask.Email, mask.Address
	return true
}
