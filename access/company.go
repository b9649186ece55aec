package access

import (
	"context"
	"regexp"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Company is one company of the installation.
type Company struct {
	ID        int64
	Name      string
	CreatedAt int64 // UTC microseconds
}

// A name becomes a file name, a schema name and a part of every key.
var companyName = regexp.MustCompile(`^[a-z][a-z0-9]{0,39}$`)

var (
	selCompanies = db.NewSQL(`SELECT id, name, created_at FROM company ORDER BY name`)
	selCompany   = db.NewSQL(`SELECT id, name, created_at FROM company WHERE name = $1`)
	insCompany   = db.Insert("company", "id bigint, name text, created_at bigint")
)

func readCompany(r *db.Rows) (c Company) {
	r.Scan(&c.ID, &c.Name, &c.CreatedAt)
	return c
}

// Companies lists all companies by name.
func (d *Directory) Companies(ctx context.Context) (list []Company, err error) {
	err = d.db.View(ctx, func(tx *db.Tx) error {
		list, err = db.All(tx.Query(selCompanies), readCompany)
		return err
	})
	return list, err
}

// Pick finds the company that a command means: the named one, or the only one when no name is given.
// Faults: access.company_unknown, access.company_needed when there are several.
func (d *Directory) Pick(ctx context.Context, name string) (Company, error) {
	list, err := d.Companies(ctx)
	if err != nil {
		return Company{}, err
	}
	if name == "" && len(list) == 1 {
		return list[0], nil
	}
	if name == "" && len(list) > 1 {
		return Company{}, fault.Invalidf("company", "access.company_needed", "there are %d companies here; say which with --company", len(list)).
			With("count", len(list))
	}
	for _, c := range list {
		if c.Name == name {
			return c, nil
		}
	}
	return Company{}, unknownCompany(name)
}

func unknownCompany(name string) *fault.Fault {
	return fault.New(fault.NotFound, "access.company_unknown", "there is no company %q here", name).With("company", name)
}

// CreateCompany adds a company; its database is made when it is first opened. Faults: access.company_name,
// access.company_exists.
func (d *Directory) CreateCompany(ctx context.Context, name string) (Company, error) {
	if !companyName.MatchString(name) || name == "directory" {
		return Company{}, fault.Invalidf("company", "access.company_name",
			"%q cannot be the name of a company: use up to 40 small letters and digits, a letter first", name).With("company", name)
	}
	c, err := db.Command(ctx, d.db, nil, func(tx *db.Tx) (Company, error) {
		c := Company{ID: tx.NewID(), Name: name, CreatedAt: tx.Micros()}
		tx.Put(insCompany, c.ID, c.Name, c.CreatedAt)
		return c, nil
	})
	if db.Duplicate(err) {
		err = fault.New(fault.Conflict, "access.company_exists", "there is a company %q already", name).With("company", name)
	}
	return c, err
}

// OpenCompany opens the database of a company that the directory knows, and makes it at the first time
// where Place.Create is set. The caller closes it. Error: db.ErrMissing.
func (d *Directory) OpenCompany(ctx context.Context, name string) (*db.DB, error) {
	return db.Open(ctx, d.place.options(name, db.Company, d.place.Create))
}

var (
	delKeyReach   = db.NewSQL(`DELETE FROM access_key_reach WHERE hash IN (SELECT hash FROM api_key WHERE company_id IN (SELECT id FROM company WHERE name = $1))`)
	delSessions   = db.NewSQL(`DELETE FROM access_session WHERE company_id IN (SELECT id FROM company WHERE name = $1)`)
	delCompany    = db.NewSQL(`DELETE FROM company WHERE name = $1`)
	delCompanyKey = db.NewSQL(`DELETE FROM api_key WHERE company_id IN (SELECT id FROM company WHERE name = $1)`)
	delMembership = db.NewSQL(`DELETE FROM access_role WHERE company_id IN (SELECT id FROM company WHERE name = $1)`)
)

// DropCompany removes a company of a PostgreSQL installation with all its data, its keys and memberships. It
// is for demonstrations and measurements: nothing asks twice.
func (d *Directory) DropCompany(ctx context.Context, name string) error {
	if err := db.Drop(ctx, d.place.URL, "packhorse_"+name); err != nil {
		return err
	}
	return d.db.Update(ctx, func(tx *db.Tx) error {
		for _, s := range []*db.SQL{delKeyReach, delCompanyKey, delSessions, delMembership, delCompany} {
			if _, err := tx.Exec(s, name); err != nil {
				return err
			}
		}
		return nil
	})
}

func findCompany(tx *db.Tx, name string) (c Company, err error) {
	found, err := tx.Query(selCompany, name).One(&c.ID, &c.Name, &c.CreatedAt)
	if err == nil && !found {
		err = unknownCompany(name)
	}
	return c, err
}
