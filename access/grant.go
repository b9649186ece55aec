package access

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Grant is a part of what an account may do in a company: a role, and where it holds. An account has one or several.
type Grant struct {
	Role  string `json:"role" enum:"admin,manager,reviewer,warehouse_manager,picker,packer,service,auditor,integration"`
	Reach Reach  `json:"reach,omitzero" doc:"empty lists are everything"`
}

// MaxGrants is how many grants an account can have in a company.
const MaxGrants = 20

var (
	insRole  = db.Insert("access_role", "account_id bigint, company_id bigint, no bigint, role text, nodes text, shops text, owners text")
	delRoles = db.NewSQL(`DELETE FROM access_role WHERE account_id = $1 AND company_id = $2`)
	selRoles = db.NewSQL(`SELECT c.name, m.role, m.nodes, m.shops, m.owners FROM access_role m JOIN company c ON c.id = m.company_id WHERE m.account_id = $1 ORDER BY c.name, m.no`)
)

func checkGrants(list []Grant) error {
	if len(list) == 0 || len(list) > MaxGrants {
		return fault.Invalidf("grants", "access.grants", "an account has from 1 to %d grants in a company", MaxGrants).With("max", MaxGrants)
	}
	for _, g := range list {
		if err := knownRole(g.Role); err != nil {
			return err
		}
		if err := g.Reach.check(); err != nil {
			return err
		}
	}
	return nil
}

// Join makes an account a member of a company with some grants, instead of those it had there. It holds at once here, and in other
// processes as soon as they forget a proof (ProofTime). Faults: access.grants, access.role, access.reach, access.login_unknown,
// access.company_unknown.
func (d *Directory) Join(ctx context.Context, login, company string, grants ...Grant) error {
	if err := checkGrants(grants); err != nil {
		return err
	}
	err := d.act(ctx, func(tx *db.Tx) error {
		account, _, err := findAccount(tx, login)
		if err != nil {
			return err
		}
		c, err := findCompany(tx, company)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(delRoles, account, c.ID); err != nil {
			return err
		}
		grantAll(tx, account, c.ID, grants)
		return nil
	})
	if err == nil {
		d.proofs.forget()
	}
	return err
}

func grantAll(tx *db.Tx, account, company int64, grants []Grant) {
	for i, g := range grants {
		nodes, shops, owners := g.Reach.columns()
		tx.Put(insRole, account, company, i+1, g.Role, nodes, shops, owners)
	}
}

// member is an account in one company, with its grants there.
type member struct {
	account        int64
	login, company string
	grants         []Grant
}

func (m member) principal() Principal {
	p := Principal{Company: m.company, Name: personPrefix + m.login}
	for _, g := range m.grants {
		p.Rights = append(p.Rights, Right{Role: g.Role, Scopes: roles[g.Role], Reach: g.Reach})
	}
	return p
}

// membersOf lists the companies of an account, by name.
func membersOf(tx *db.Tx, account int64, login string) (list []member, err error) {
	rows := tx.Query(selRoles, account)
	for rows.Next() {
		var company, nodes, shops, owners string
		var g Grant
		rows.Scan(&company, &g.Role, &nodes, &shops, &owners)
		g.Reach = readReach(nodes, shops, owners)
		if len(list) == 0 || list[len(list)-1].company != company {
			list = append(list, member{account: account, login: login, company: company})
		}
		last := &list[len(list)-1]
		last.grants = append(last.grants, g)
	}
	return list, rows.Close()
}
