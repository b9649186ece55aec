package access

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Key is an API key as it can be listed: the text itself is nowhere.
type Key struct {
	Name      string
	Scopes    []Scope
	Reach     Reach
	CreatedAt int64 // UTC microseconds
	RevokedAt int64 // 0 = in use
}

// errUnknown tells nothing about why: whoever guesses learns nothing.
var errUnknown = fault.New(fault.Unknown, "access.unknown", "the log-in or key is not known, or the password is wrong")

const keyPrefix = "phk_"

var (
	insKey = db.Insert("api_key", "hash text, company_id bigint, name text, scopes text, created_at bigint, revoked_at bigint")
	selKey = db.NewSQL(`SELECT c.name, k.name, k.scopes, COALESCE(r.nodes, '[]'), COALESCE(r.shops, '[]'), COALESCE(r.owners, '[]')
		FROM api_key k JOIN company c ON c.id = k.company_id LEFT JOIN access_key_reach r ON r.hash = k.hash WHERE k.hash = $1 AND k.revoked_at = 0`)
	selKeys = db.NewSQL(`SELECT k.name, k.scopes, COALESCE(r.nodes, '[]'), COALESCE(r.shops, '[]'), COALESCE(r.owners, '[]'), k.created_at, k.revoked_at
		FROM api_key k LEFT JOIN access_key_reach r ON r.hash = k.hash WHERE k.company_id = $1 ORDER BY k.created_at, k.name`)
	insReach  = db.Insert("access_key_reach", "hash text, nodes text, shops text, owners text")
	selLive   = db.NewSQL(`SELECT hash FROM api_key WHERE company_id = $1 AND name = $2 AND revoked_at = 0`)
	revokeKey = db.Change("api_key", "hash text, at bigint", 1, "revoked_at = x.at", "t.hash = x.hash AND t.revoked_at = 0")
)

// CreateKey makes a key and returns its text, which is stored nowhere and cannot be shown again. The name is
// how events call it; it is unique among the keys in use. Faults: access.company_unknown, access.key_name, access.key_exists.
func (d *Directory) CreateKey(ctx context.Context, company, name string, scopes []Scope) (string, error) {
	return d.CreateKeyWithin(ctx, company, name, scopes, Reach{})
}

// CreateKeyWithin is CreateKey for a key that reaches only a part of the company. Fault also: access.reach.
func (d *Directory) CreateKeyWithin(ctx context.Context, company, name string, scopes []Scope, reach Reach) (string, error) {
	if name == "" || len(name) > 64 || strings.ContainsAny(name, "\x00\n\r\t") {
		return "", fault.Invalidf("name", "access.key_name", "a key needs a name of up to 64 characters")
	}
	if _, err := ParseScopes(FormatScopes(scopes)); err != nil {
		return "", err
	}
	if err := reach.check(); err != nil {
		return "", err
	}
	text := keyPrefix + company + "_" + secret()
	err := d.act(ctx, func(tx *db.Tx) error {
		c, err := findCompany(tx, company)
		if err != nil {
			return err
		}
		var hash string
		taken, err := tx.Query(selLive, c.ID, name).One(&hash)
		if err != nil {
			return err
		}
		if taken {
			return fault.New(fault.Conflict, "access.key_exists", "a key named %q is in use; revoke it or choose another name", name).With("name", name)
		}
		tx.Put(insKey, hashKey(text), c.ID, name, FormatScopes(scopes), tx.Micros(), 0)
		if !reach.Whole() {
			nodes, shops, owners := reach.columns()
			tx.Put(insReach, hashKey(text), nodes, shops, owners)
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	return text, nil
}

// Keys lists the keys of a company, oldest first, revoked ones too.
func (d *Directory) Keys(ctx context.Context, company string) (list []Key, err error) {
	err = d.db.View(ctx, func(tx *db.Tx) error {
		c, err := findCompany(tx, company)
		if err != nil {
			return err
		}
		list, err = db.All(tx.Query(selKeys, c.ID), func(r *db.Rows) (k Key) {
			var scopes, nodes, shops, owners string
			r.Scan(&k.Name, &scopes, &nodes, &shops, &owners, &k.CreatedAt, &k.RevokedAt)
			k.Reach = readReach(nodes, shops, owners)
			k.Scopes, _ = ParseScopes(scopes) // written by CreateKey
			return k
		})
		return err
	})
	return list, err
}

// RevokeKey ends a key. Other processes may accept it for as long as they remember a proof (ProofTime).
// Faults: access.company_unknown, access.key_unknown.
func (d *Directory) RevokeKey(ctx context.Context, company, name string) error {
	return d.RevokeKeyOnce(ctx, nil, company, name)
}

// keepOnce is how long the directory keeps an idempotency key, as long as a company does.
const keepOnce = 7 * 24 * time.Hour

// RevokeKeyOnce is RevokeKey under an idempotency key, which may be nil: repeated, it does not end a new key of the
// same name.
func (d *Directory) RevokeKeyOnce(ctx context.Context, once *db.Once, company, name string) error {
	_, err := db.Command(ctx, d.db, once, func(tx *db.Tx) (struct{}, error) {
		if err := revoke(tx, company, name); err != nil {
			return struct{}{}, err
		}
		d.note.write(tx)
		if !once.Keyed() {
			return struct{}{}, nil
		}
		return struct{}{}, tx.ForgetKeys(tx.Now().Add(-keepOnce).UnixMicro()) // so few are written that each clears up
	})
	if err == nil {
		d.proofs.forget()
	}
	return err
}

func revoke(tx *db.Tx, company, name string) error {
	c, err := findCompany(tx, company)
	if err != nil {
		return err
	}
	var hash string
	found, err := tx.Query(selLive, c.ID, name).One(&hash)
	if err != nil {
		return err
	}
	if !found {
		return KeyUnknown(name)
	}
	tx.Put(revokeKey, hash, tx.Micros())
	return nil
}

// KeyUnknown is the fault for a key that is not in use, or not the caller's to end.
func KeyUnknown(name string) error {
	return fault.New(fault.NotFound, "access.key_unknown", "there is no key named %q in use", name).With("name", name)
}

// Authenticate says who a key belongs to. A proof is remembered for ProofTime. Fault: access.unknown.
func (d *Directory) Authenticate(ctx context.Context, key string) (Principal, error) {
	return d.proofs.of(key, func() (Principal, error) { return d.checkKey(ctx, key) })
}

func (d *Directory) checkKey(ctx context.Context, key string) (p Principal, err error) {
	if !strings.HasPrefix(key, keyPrefix) || len(key) > 128 {
		return p, errUnknown
	}
	var name, scopes, nodes, shops, owners string
	var found bool
	err = d.db.View(ctx, func(tx *db.Tx) error {
		found, err = tx.Query(selKey, hashKey(key)).One(&p.Company, &name, &scopes, &nodes, &shops, &owners)
		return err
	})
	if err != nil {
		return Principal{}, err
	}
	if !found {
		return Principal{}, errUnknown
	}
	list, err := ParseScopes(scopes)
	p.Name, p.Rights = "key:"+name, []Right{{Scopes: list, Reach: readReach(nodes, shops, owners)}}
	return p, err
}

// hashKey needs no salt and no cost: a key has 160 random bits.
func hashKey(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}
