package api

import (
	"net/http"
	"slices"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/warehouse"
)

// Person is an account with what it may do in the company.
type Person struct {
	Login     string         `json:"login"`
	Grants    []access.Grant `json:"grants"`
	Disabled  bool           `json:"disabled"`
	CreatedAt string         `json:"created_at,omitempty"`
}

// People lists the accounts of the company.
type People struct {
	People []Person `json:"people"`
}

// GrantsInput is what somebody may do, and where: all of it, about one thing those grants whose reach covers it.
type GrantsInput struct {
	Grants []access.Grant `json:"grants" minItems:"1" maxItems:"20"`
}

// PersonInput is a new account.
type PersonInput struct {
	Login    string `json:"login"`
	Password string `json:"password" minLength:"12" doc:"to be changed by the person"`
	GrantsInput
}

func (s *Server) people() {
	query(s, route{path: "/v1/users", tag: "access", id: "list-users", scope: access.Admin, summary: "The people of the company, with roles and reach",
		about: "Problems: access.denied."}, (*call).listPeople)
	command(s, route{path: "/v1/users", tag: "access", id: "create-user", scope: access.Admin, summary: "Make an account",
		about: "Nobody gives away more than they may themselves. Problems: access.login, access.login_taken, access.password_short, access.grants, access.role, access.reach, warehouse.not_there, access.denied."},
		func(c *call, in PersonInput) (Person, error) {
			if err := c.mayGrant(in.Grants); err != nil {
				return Person{}, err
			}
			return Person{Login: in.Login, Grants: in.Grants}, c.directory().AddMember(c.ctx, c.who.Company, in.Login, in.Password, in.Grants...)
		})
	command(s, route{method: http.MethodPut, path: "/v1/users/{login}", tag: "access", id: "grant-user", scope: access.Admin, summary: "Say anew what somebody may do, and where",
		about: "It holds at once; other processes notice within ten seconds. Problems: access.login_unknown, access.grants, access.role, access.reach, warehouse.not_there, access.oneself, access.denied."},
		func(c *call, in GrantsInput) (Person, error) {
			if err := c.mayGrant(in.Grants); err != nil {
				return Person{}, err
			}
			login := c.req.PathValue("login")
			if err := c.ownPerson(login); err != nil {
				return Person{}, err
			}
			if err := c.keepsAdmin(login, in.Grants); err != nil {
				return Person{}, err
			}
			return Person{Login: login, Grants: in.Grants}, c.directory().Join(c.ctx, login, c.who.Company, in.Grants...)
		})
	command(s, route{path: "/v1/users/{login}/sign-out", tag: "access", id: "sign-out-user", scope: access.Admin, summary: "End all sessions of somebody",
		about: "Problems: access.login_unknown."}, func(c *call, _ Empty) (Done, error) {
		login := c.req.PathValue("login")
		if err := c.ownPerson(login); err != nil {
			return Done{}, err
		}
		return Done{Status: "done"}, c.directory().SignOutEverywhere(c.ctx, login)
	})
	s.peopleState()
}

func (c *call) listPeople() (People, error) {
	out := People{People: []Person{}}
	list, err := c.members()
	for _, m := range list {
		out.People = append(out.People, Person{Login: m.Login, Grants: m.Grants, Disabled: m.Disabled, CreatedAt: at(m.CreatedAt)})
	}
	return out, err
}

// members are the people who work nowhere but where the caller administers.
func (c *call) members() ([]access.Member, error) {
	list, err := c.server.options.Access.Members(c.ctx, c.who.Company)
	return slices.DeleteFunc(list, func(m access.Member) bool {
		return slices.ContainsFunc(m.Grants, func(g access.Grant) bool { return !c.area.Contains(g.Reach) })
	}), err
}

// mayGrant refuses to give away what the caller does not have, or not there, and what is nowhere. Faults: access.denied,
// warehouse.not_there, warehouse.none_yet.
func (c *call) mayGrant(list []access.Grant) error {
	for _, g := range list {
		if err := c.knownNodes("grants", g.Reach); err != nil {
			return err
		}
		scopes, err := access.RoleScopes(g.Role)
		if err != nil {
			return err
		}
		for _, wanted := range append(scopes[:len(scopes):len(scopes)], access.Admin) {
			if err := c.who.AllowWithin(wanted, g.Reach); err != nil {
				return err
			}
		}
	}
	return nil
}

// knownNodes refuses a reach to warehouses that are not there: whoever has it would see nothing, and nobody would know why.
func (c *call) knownNodes(field string, r access.Reach) error {
	if len(r.Nodes) == 0 || !c.area.Contains(r) { // of warehouses elsewhere nothing is told
		return nil
	}
	return c.DB.View(c.ctx, func(tx *db.Tx) error { return warehouse.Known(tx, field, r.Nodes) })
}

// ownPerson refuses log-ins that are not of the company, or not the caller's to administer: who works for another is none of their
// business. Fault: access.login_unknown.
func (c *call) ownPerson(login string) error {
	list, err := c.members()
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(list, func(m access.Member) bool { return m.Login == login }) {
		return access.LoginUnknown(login)
	}
	return nil
}
