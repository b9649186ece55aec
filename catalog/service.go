package catalog

import (
	"cmp"
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Service holds the use cases of the catalogue.
type Service struct {
	db       *db.DB
	currency string
}

// New makes the service. currency is the company's, in which files say cost and price; CNY when empty.
func New(d *db.DB, currency string) *Service {
	return &Service{db: d, currency: cmp.Or(currency, "CNY")}
}

// Filter narrows a list of SKUs; empty fields do not.
type Filter struct {
	Query string // how the code begins
	Owner string
}

// Place is a position in the list of SKUs: behind the SKU with this code and owner. The zero Place is the beginning.
type Place struct{ Code, Owner string }

// last is behind every text that people type: it closes the range of a prefix.
const last = "\U0010FFFF"

// List reads up to limit entries behind a place, by code and owner. next is where the following page
// begins, and zero after the last one.
func (s *Service) List(ctx context.Context, f Filter, after Place, limit int) (page []Entry, next Place, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		page, err = list(tx, f, after, limit)
		return err
	})
	if err == nil && len(page) == limit && limit > 0 {
		next = page[limit-1].place()
	}
	return page, next, err
}

func list(tx *db.Tx, f Filter, after Place, limit int) ([]Entry, error) {
	skus, err := db.All(tx.Query(selPage, f.Query, f.Query+last, f.Owner, after.Code, after.Owner, limit), readSKU)
	if err != nil {
		return nil, err
	}
	return withBarcodes(tx, skus)
}

func (e Entry) place() Place { return Place{e.SKU.Code, e.SKU.Owner} }

// Get reads one entry. Fault: catalog.not_found.
func (s *Service) Get(ctx context.Context, id int64) (Entry, error) {
	var found []Entry
	err := s.db.View(ctx, func(tx *db.Tx) error {
		skus, err := db.All(tx.Query(selSKUs, []int64{id}), readSKU)
		if err != nil {
			return err
		}
		found, err = withBarcodes(tx, skus)
		return err
	})
	if err != nil {
		return Entry{}, err
	}
	if len(found) == 0 {
		return Entry{}, fault.New(fault.NotFound, "catalog.not_found", "there is no such SKU")
	}
	return found[0], nil
}

// Save creates the SKU of an owner and code, or makes it say what e says, bar codes included; the id in e does
// not count, an empty owner is the company itself. It returns the entry as it is stored. actor is who asks, as in
// events; once may be nil. Faults: barcode_taken, and those of a field that holds what it must not.
func (s *Service) Save(ctx context.Context, once *db.Once, actor string, e Entry) (Entry, error) {
	e.SKU.Owner = cmp.Or(e.SKU.Owner, Self)
	e.SKU.ID = 0
	if f := e.validate(); f != nil {
		return Entry{}, f
	}
	saved, err := db.Command(ctx, s.db, once, func(tx *db.Tx) (Entry, error) { return save(tx, actor, e) })
	if db.Duplicate(err) {
		return Entry{}, db.ErrGuard // somebody has created it or taken the bar code since it was read
	}
	return saved, err
}

func save(tx *db.Tx, actor string, e Entry) (Entry, error) {
	drafts := []draft{{entry: e}}
	k, err := learn(tx, drafts, true)
	if err != nil {
		return Entry{}, err
	}
	k.given = everything
	v := k.judge(drafts)
	if len(v.blocked) > 0 {
		return Entry{}, v.blocked[0].fault
	}
	if len(v.plans) == 0 {
		return k.stored[e.SKU.key()], nil
	}
	write(tx, v.plans)
	want := v.plans[0].want
	tx.Emit(db.Event{Kind: "catalog.saved.v1", Subject: want.SKU.ID, Actor: actor,
		Params: map[string]any{"sku": want.SKU.Code, "owner": want.SKU.Owner, "new": v.plans[0].fresh}})
	return want, nil
}
