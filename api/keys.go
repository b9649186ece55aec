package api

import (
	"cmp"
	"slices"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
)

// Key is an API key as it can be listed.
type Key struct {
	Name      string         `json:"name"`
	Scopes    []access.Scope `json:"scopes"`
	Reach     access.Reach   `json:"reach" doc:"empty lists are everything"`
	CreatedAt string         `json:"created_at"`
	RevokedAt string         `json:"revoked_at,omitempty"`
}

// Keys lists the keys of the company.
type Keys struct {
	Keys []Key `json:"keys"`
}

// KeyInput asks for a key.
type KeyInput struct {
	Name   string         `json:"name"`
	Scopes []access.Scope `json:"scopes"`
	Reach  access.Reach   `json:"reach,omitzero" doc:"to what the key is narrowed; nothing is the whole company"`
}

// NewKey is a key at the only moment at which its text is known.
type NewKey struct {
	Name string `json:"name"`
	Key  string `json:"key" doc:"shown once, stored nowhere"`
}

// Revoked names a key that ended.
type Revoked struct {
	Name string `json:"name"`
}

func (s *Server) keys() {
	query(s, route{path: "/v1/keys", tag: "access", id: "list-keys", scope: access.Admin, summary: "The API keys of the company"},
		func(c *call) (Keys, error) {
			list, err := c.ownKeys()
			out := Keys{Keys: make([]Key, len(list))}
			for i, k := range list {
				out.Keys[i] = Key{Name: k.Name, Scopes: k.Scopes, Reach: k.Reach, CreatedAt: at(k.CreatedAt), RevokedAt: at(k.RevokedAt)}
			}
			return out, err
		})
	command(s, route{path: "/v1/keys", tag: "access", id: "create-key", scope: access.Admin, summary: "Make an API key",
		about: "The answer is not kept under an Idempotency-Key, because the text of a key is stored nowhere; a second request of the same name is refused."},
		func(c *call, in KeyInput) (NewKey, error) {
			if err := c.knownNodes("reach", in.Reach); err != nil {
				return NewKey{}, err
			}
			for _, wanted := range in.Scopes { // nobody gives away more than they have
				if err := cmp.Or(c.who.AllowWithin(wanted, in.Reach), c.who.AllowWithin(access.Admin, in.Reach)); err != nil {
					return NewKey{}, err
				}
			}
			key, err := c.directory().CreateKeyWithin(c.ctx, c.who.Company, in.Name, in.Scopes, in.Reach)
			return NewKey{Name: in.Name, Key: key}, err
		})
	command(s, route{path: "/v1/keys/{name}/revoke", tag: "access", id: "revoke-key", scope: access.Admin, summary: "End an API key"},
		func(c *call, _ Empty) (Revoked, error) {
			name := c.req.PathValue("name")
			if !c.area.Whole() {
				list, err := c.ownKeys()
				if err != nil {
					return Revoked{}, err
				}
				if !slices.ContainsFunc(list, func(k access.Key) bool { return k.Name == name }) {
					return Revoked{}, access.KeyUnknown(name)
				}
			}
			return Revoked{Name: name}, c.inDirectory(func(once *db.Once) error {
				return c.directory().RevokeKeyOnce(c.ctx, once, c.who.Company, name)
			})
		})
}

// ownKeys are the keys that reach nothing but where the caller administers.
func (c *call) ownKeys() ([]access.Key, error) {
	list, err := c.server.options.Access.Keys(c.ctx, c.who.Company)
	return slices.DeleteFunc(list, func(k access.Key) bool { return !c.area.Contains(k.Reach) }), err
}
