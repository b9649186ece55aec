package api

import (
	"net/http"

	"github.com/packhorse/packhorse/access"
)

// Person is an account with what it may do in the company.
type Person struct {
	Login     string       `json:"login"`
	Role      string       `json:"role"`
	Reach     access.Reach `json:"reach" doc:"empty lists are everything"`
	Disabled  bool         `json:"disabled"`
	CreatedAt string       `json:"created_at,omitempty"`
}

// People lists the accounts of the company.
type People struct {
	People []Person `json:"people"`
}

// GrantInput is what somebody may do, and where.
type GrantInput struct {
	Role  string       `json:"role" enum:"admin,manager,reviewer,warehouse_manager,picker,packer,service,auditor,integration"`
	Reach access.Reach `json:"reach,omitzero"`
}

// PersonInput is a new account.
type PersonInput struct {
	Login    string `json:"login"`
	Password string `json:"password" minLength:"12" doc:"to be changed by the person"`
	GrantInput
}

func (s *Server) people() {
	query(s, route{path: "/v1/users", tag: "access", id: "list-users", scope: access.Admin, summary: "The people of the company, with role and reach",
		about: "Problems: access.denied."}, func(c *call) (People, error) {
		list, err := s.options.Access.Members(c.ctx, c.who.Company)
		out := People{People: make([]Person, len(list))}
		for i, m := range list {
			out.People[i] = Person{Login: m.Login, Role: m.Role, Reach: m.Reach, Disabled: m.Disabled, CreatedAt: at(m.CreatedAt)}
		}
		return out, err
	})
	command(s, route{path: "/v1/users", tag: "access", id: "create-user", scope: access.Admin, summary: "Make an account",
		about: "Nobody gives away more than they may themselves. Problems: access.login, access.login_taken, access.password_short, access.role, access.reach, access.denied."},
		func(c *call, in PersonInput) (Person, error) {
			g, err := c.mayGrant(in.GrantInput)
			if err != nil {
				return Person{}, err
			}
			return Person{Login: in.Login, Role: g.Role, Reach: g.Reach}, s.options.Access.AddMember(c.ctx, c.who.Company, in.Login, in.Password, g)
		})
	command(s, route{method: http.MethodPut, path: "/v1/users/{login}", tag: "access", id: "grant-user", scope: access.Admin, summary: "Say anew what somebody may do, and where",
		about: "It holds at once; other processes notice within ten seconds. Problems: access.login_unknown, access.role, access.reach, access.denied."},
		func(c *call, in GrantInput) (Person, error) {
			g, err := c.mayGrant(in)
			if err != nil {
				return Person{}, err
			}
			login := c.req.PathValue("login")
			if err := c.ownPerson(login); err != nil {
				return Person{}, err
			}
			return Person{Login: login, Role: g.Role, Reach: g.Reach}, s.options.Access.Join(c.ctx, login, c.who.Company, g)
		})
	command(s, route{path: "/v1/users/{login}/sign-out", tag: "access", id: "sign-out-user", scope: access.Admin, summary: "End all sessions of somebody",
		about: "Problems: access.login_unknown."}, func(c *call, _ Empty) (Done, error) {
		login := c.req.PathValue("login")
		if err := c.ownPerson(login); err != nil {
			return Done{}, err
		}
		return Done{Status: "done"}, s.options.Access.SignOutEverywhere(c.ctx, login)
	})
}

// mayGrant refuses to give away what the caller does not have.
func (c *call) mayGrant(in GrantInput) (access.Grant, error) {
	scopes, err := access.RoleScopes(in.Role)
	if err != nil {
		return access.Grant{}, err
	}
	for _, wanted := range scopes {
		if err := c.who.Allow(wanted); err != nil {
			return access.Grant{}, err
		}
	}
	return access.Grant{Role: in.Role, Reach: in.Reach}, nil
}

// ownPerson refuses log-ins that are not of the company: who works for another is none of its business. Fault: access.login_unknown.
func (c *call) ownPerson(login string) error {
	list, err := c.server.options.Access.Members(c.ctx, c.who.Company)
	if err != nil {
		return err
	}
	for _, m := range list {
		if m.Login == login {
			return nil
		}
	}
	return access.LoginUnknown(login)
}
