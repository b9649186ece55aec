package api

import (
	"slices"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/fault"
)

// PasswordInput gives somebody another password.
type PasswordInput struct {
	Password string `json:"password,omitempty" doc:"empty: one that nobody can guess is made, and told once"`
}

// ResetPassword is a password at the only moment at which its text is known.
type ResetPassword struct {
	Login    string `json:"login"`
	Password string `json:"password,omitempty" doc:"of one that was made; stored nowhere"`
}

// Role is a name for what somebody may do.
type Role struct {
	Role   string         `json:"role"`
	Scopes []access.Scope `json:"scopes" doc:"* is everything"`
}

// RoleList lists the roles there are.
type RoleList struct {
	Roles []Role `json:"roles"`
}

// peopleState are the acts on somebody who has an account already.
func (s *Server) peopleState() {
	query(s, route{path: "/v1/roles", tag: "access", id: "list-roles", scope: access.Admin, summary: "The roles, and what each may do", about: "Problems: access.denied."},
		func(c *call) (RoleList, error) {
			out := RoleList{}
			for _, name := range access.Roles() {
				scopes, err := access.RoleScopes(name)
				if err != nil {
					return out, err
				}
				out.Roles = append(out.Roles, Role{Role: name, Scopes: scopes})
			}
			return out, nil
		})
	command(s, route{path: "/v1/users/{login}/disable", tag: "access", id: "disable-user", scope: access.Admin, summary: "Let somebody in no more",
		about: "Their sessions end; enable-user takes it back. Problems: access.login_unknown, access.elsewhere, access.oneself, access.denied."},
		func(c *call, _ Empty) (Done, error) {
			login, err := c.theirs()
			if err == nil && c.oneself(login) {
				err = errOneself
			}
			if err != nil {
				return Done{}, err
			}
			return Done{Status: "done"}, c.directory().DisableMember(c.ctx, c.who.Company, login)
		})
	command(s, route{path: "/v1/users/{login}/enable", tag: "access", id: "enable-user", scope: access.Admin, summary: "Let somebody in again, with the password they had",
		about: "Problems: access.login_unknown, access.elsewhere, access.denied."},
		func(c *call, _ Empty) (Done, error) {
			login, err := c.theirs()
			if err != nil {
				return Done{}, err
			}
			return Done{Status: "done"}, c.directory().EnableMember(c.ctx, c.who.Company, login)
		})
	command(s, route{path: "/v1/users/{login}/password", tag: "access", id: "reset-password", scope: access.Admin, summary: "Give somebody another password",
		about: "Their sessions end, and whoever was disabled is let in again. Nobody takes over an account that may do more than they do. " +
			"Problems: access.login_unknown, access.elsewhere, access.password_short, access.password_long, access.denied."},
		func(c *call, in PasswordInput) (ResetPassword, error) {
			login, err := c.theirs()
			if err != nil {
				return ResetPassword{}, err
			}
			out, password := ResetPassword{Login: login}, in.Password
			if password == "" {
				password = access.NewPassword()
				out.Password = password
			}
			if err := c.directory().ResetPassword(c.ctx, c.who.Company, login, password); err != nil {
				return ResetPassword{}, err
			}
			return out, nil
		})
}

var errOneself error = fault.New(fault.Conflict, "access.oneself", "nobody locks themselves out; ask another administrator")

// oneself reports whether a log-in is that of whoever asks.
func (c *call) oneself(login string) bool {
	return c.who.Name == "user:"+login
}

// theirs is the log-in of the path, where the caller administers that person, and may do all that they may. Faults:
// access.login_unknown, access.denied.
func (c *call) theirs() (string, error) {
	list, err := c.members()
	if err != nil {
		return "", err
	}
	login := c.req.PathValue("login")
	i := slices.IndexFunc(list, func(m access.Member) bool { return m.Login == login })
	if i < 0 {
		return "", access.LoginUnknown(login)
	}
	return login, c.mayGrant(list[i].Grants)
}

// keepsAdmin refuses that administrators take the right to administer from themselves: nobody might be left who has it.
func (c *call) keepsAdmin(login string, grants []access.Grant) error {
	if !c.oneself(login) {
		return nil
	}
	for _, g := range grants {
		scopes, err := access.RoleScopes(g.Role)
		if err != nil {
			return err
		}
		if slices.Contains(scopes, access.Everything) && g.Reach.Whole() {
			return nil
		}
	}
	if !c.who.Where(access.Admin).Whole() {
		return nil // somebody else administers the whole
	}
	return errOneself
}
