package seed

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// spoil makes a recipient malformed in one of the four ways that reviewers meet every day.
func spoil(r *rand.Rand, rec Recipient) Recipient {
	switch r.IntN(4) {
	case 0:
		rec.City, rec.District = "", ""
	case 1:
		rec.Address = one(r, []string{"家里", "3号楼", "公司前台", "老地方", "村口"})
	case 2:
		rec = mask(rec) // and no token behind it: nobody can read it
	case 3:
		rec.Phone = one(r, []string{rec.Phone[:7], "12345678901", "0000", "无"})
	}
	return rec
}

// mask hides name, phone and door as platforms do; the regions stay in clear.
func mask(rec Recipient) Recipient {
	name := []rune(rec.Name)
	rec.Name = string(name[0]) + strings.Repeat("*", len(name)-1)
	if len(rec.Phone) >= 11 {
		rec.Phone = rec.Phone[:3] + "****" + rec.Phone[7:11]
	}
	if address := []rune(rec.Address); len(address) > 3 {
		rec.Address = string(address[:3]) + "****"
	}
	return rec
}

// token is an opaque stand-in for a recipient, the same for the same person in the same shop.
func token(shop string, rec Recipient) string {
	return fmt.Sprintf("tk_%016x%016x", hash("token", shop, rec.Name, rec.Phone, rec.Address), hash("token2", shop, rec.Phone))
}
