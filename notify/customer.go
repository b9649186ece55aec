package notify

import (
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
)

// Clock is the clock on a recipient's wall, as far as country and province tell; else that of the first warehouse.
func Clock(tx *db.Tx, r order.Recipient) (*time.Location, error) {
	home, err := homeZone(tx)
	if err != nil {
		return nil, err
	}
	return zoneOf(r.Country, r.Province, home), nil
}

// AsksAddress reports whether a hold for that reason waits for the customer to say where the order shall go.
func AsksAddress(reason string) bool {
	return strings.Contains(reason, "address") && !strings.Contains(reason, "same_address")
}
