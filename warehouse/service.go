package warehouse

import (
	"cmp"

	"github.com/packhorse/packhorse/internal/db"
)

// Service holds the use cases of nodes and locations.
type Service struct {
	db       *db.DB
	currency string
}

// New makes the service. currency is the company's, in which files say handling costs; CNY when empty.
func New(d *db.DB, currency string) *Service {
	return &Service{db: d, currency: cmp.Or(currency, "CNY")}
}
