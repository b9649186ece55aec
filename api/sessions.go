package api

import (
	"net/http"
	"strings"
	"time"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/fault"
)

// SignIn is a log-in with its password.
type SignIn struct {
	Login    string `json:"login" doc:"or log-in@company where there are several"`
	Password string `json:"password"`
}

// Me is who asks, and what they may do where.
type Me struct {
	Company   string         `json:"company"`
	Name      string         `json:"name" doc:"as events say it: user:… or key:…"`
	Scopes    []access.Scope `json:"scopes" doc:"of all rights together"`
	Rights    []access.Right `json:"rights" doc:"what may be done where; about one thing those count whose reach covers it"`
	CSRFToken string         `json:"csrf_token,omitempty" doc:"of a session; to be sent as X-CSRF-Token with whatever changes something"`
	Expires   string         `json:"expires_at,omitempty" doc:"of a new session, at the latest"`
	Now       string         `json:"now" doc:"the moment the company works by, which is not the wall's in a demo"`
	Currency  string         `json:"currency" doc:"of the company"`
}

// NewPassword replaces a password.
type NewPassword struct {
	Old string `json:"old"`
	New string `json:"new" minLength:"12"`
}

// Done says that there is nothing more to say.
type Done struct {
	Status string `json:"status" doc:"done"`
}

func (s *Server) sessions() {
	command(s, route{path: "/v1/session", tag: "access", id: "begin-session", open: true, summary: "Sign in with a password, for browsers",
		about: "The answer sets an HttpOnly cookie, and gives the token that must come with every request that changes something. After five wrong passwords for an " +
			"account, or twenty from an address, one waits, each time twice as long, up to 15 minutes. Problems: access.unknown, access.locked, access.foreign_page."},
		(*call).signIn)
	query(s, route{path: "/v1/session", tag: "access", id: "who-am-i", summary: "Who asks, with which rights; for a key too",
		about: "Problems: access.unknown, access.session_over."}, func(c *call) (Me, error) { return c.me(c.who, c.token()), nil })
	command(s, route{method: http.MethodDelete, path: "/v1/session", tag: "access", id: "sign-out", summary: "End this session",
		about: "Problems: access.not_a_session, access.csrf."}, (*call).signOut)
	command(s, route{path: "/v1/session/everywhere", tag: "access", id: "sign-out-everywhere", summary: "End all sessions of the person who asks",
		about: "Problems: access.not_a_person."}, (*call).signOutEverywhere)
	command(s, route{path: "/v1/session/password", tag: "access", id: "change-password", summary: "Another password for the person who asks",
		about: "All sessions of the person end, this one too. Problems: access.unknown (the old one is wrong), access.password_short, access.not_a_person."}, (*call).changePassword)
}

// token is the session's, empty where the caller came with another credential.
func (c *call) token() string {
	if c.req.Header.Get("Authorization") != "" {
		return ""
	}
	return sessionOf(c.req)
}

func (c *call) me(p access.Principal, token string) Me {
	me := Me{Company: p.Company, Name: p.Name, Scopes: notNil(p.Scopes()), Rights: notNil(p.Rights), Currency: c.Currency,
		Now: at(c.DB.Clock().Now().UnixMicro())}
	if token != "" {
		me.CSRFToken = access.CSRF(token)
	}
	return me
}

func (c *call) signIn(in SignIn) (Me, error) {
	if err := sameSite(c.req); err != nil {
		return Me{}, err
	}
	from := c.server.clientOf(c.req)
	session, err := c.directory().SignIn(c.ctx, in.Login, in.Password, from)
	if err != nil {
		return Me{}, c.server.strange(c.req, err)
	}
	c.who = session.Who
	if c.Services = c.server.options.Companies(c.who.Company); c.Services == nil {
		return Me{}, fault.New(fault.Denied, "access.company_elsewhere", "this server does not serve the company %s", c.who.Company).With("company", c.who.Company)
	}
	c.setCookie(session.Token, time.UnixMicro(session.Expires))
	me := c.me(session.Who, session.Token)
	me.Expires = at(session.Expires)
	return me, nil
}

// setCookie gives the browser a session, or with an empty token takes it away.
func (c *call) setCookie(token string, until time.Time) {
	cookie := &http.Cookie{Name: sessionCookie, Value: token, Path: "/", Expires: until, HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: c.server.encrypted(c.req)}
	if token == "" {
		cookie.MaxAge = -1
	}
	http.SetCookie(c.out, cookie)
}

func (c *call) signOut(Empty) (Done, error) {
	token := c.token()
	if token == "" {
		return Done{}, fault.New(fault.Conflict, "access.not_a_session", "there is no session to end: the request came with a key or a password")
	}
	c.setCookie("", time.Unix(1, 0))
	return Done{Status: "done"}, c.directory().SignOut(c.ctx, token)
}

// login is the log-in of the person who asks. Fault: access.not_a_person.
func (c *call) login() (string, error) {
	name, ok := strings.CutPrefix(c.who.Name, "user:")
	if !ok {
		return "", fault.New(fault.Conflict, "access.not_a_person", "a key has no password and no sessions")
	}
	return name, nil
}

func (c *call) signOutEverywhere(Empty) (Done, error) {
	login, err := c.login()
	if err != nil {
		return Done{}, err
	}
	return Done{Status: "done"}, c.directory().SignOutEverywhere(c.ctx, login)
}

func (c *call) changePassword(in NewPassword) (Done, error) {
	login, err := c.login()
	if err != nil {
		return Done{}, err
	}
	return Done{Status: "done"}, c.directory().ChangePassword(c.ctx, c.who.Company, login, in.Old, in.New, c.server.clientOf(c.req))
}
