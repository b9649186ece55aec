package notify

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
)

// addressOf is where a customer is reached over a channel; empty where they are not. An address that the platform masks
// is none.
func addressOf(channel string, r order.Recipient) string {
	address := ""
	switch channel {
	case Email:
		address = strings.TrimSpace(r.Email)
	case SMS:
		address = strings.TrimSpace(r.Phone)
	}
	if strings.Contains(address, "*") {
		return ""
	}
	return address
}

// fingerprint is an address as the ledger keeps it: the same for the same address, and not to be read back by looking.
func fingerprint(channel, address string) string {
	if address == "" {
		return ""
	}
	sum := sha256.Sum256([]byte("packhorse notify\n" + channel + "\n" + strings.ToLower(address)))
	return hex.EncodeToString(sum[:16])
}

// mask shows enough of an address to tell it from another one of the same customer.
func mask(address string) string {
	local, domain, mail := strings.Cut(address, "@")
	letters := []rune(local)
	switch {
	case len(letters) == 0:
		return ""
	case mail:
		return string(letters[:1]) + "***@" + domain
	case len(letters) < 7:
		return "***"
	}
	return string(letters[:3]) + "****" + string(letters[len(letters)-4:])
}

// everything stands for all notices in a subscription, but for those that must be sent.
const everything Notice = "*"

var (
	insSubscription = db.Upsert("notify_subscription", "recipient text, notice text, token text, stopped_at bigint", 2, "")
	selSubscription = db.NewSQL(`SELECT notice, token, stopped_at FROM notify_subscription WHERE recipient = $1 AND notice = ANY($2)`)
	selToken        = db.NewSQL(`SELECT recipient, notice, stopped_at FROM notify_subscription WHERE token = $1`)
	stopIt          = db.Change("notify_subscription", "recipient text, notice text, at bigint", 2, "stopped_at = x.at", "t.recipient = x.recipient AND t.notice = x.notice")
)

// subscription is the token of a recipient for one notice, made the first time; stopped tells that they want no more of it, or
// of anything. A notice that must be sent has none, and is never stopped.
func subscription(tx *db.Tx, recipient string, n Notice) (token string, stopped bool, err error) {
	if n.MustSend() {
		return "", false, nil
	}
	if token, stopped, err = subscribed(tx, recipient, n); err != nil || token != "" {
		return token, stopped, err
	}
	tx.Put(insSubscription, recipient, string(n), newToken(), 0)
	return subscribed(tx, recipient, n)
}

func subscribed(tx *db.Tx, recipient string, n Notice) (token string, stopped bool, err error) {
	rows := tx.Query(selSubscription, recipient, []string{string(n), string(everything)})
	for rows.Next() {
		var notice, key string
		var at int64
		rows.Scan(&notice, &key, &at)
		if notice == string(n) {
			token = key
		}
		stopped = stopped || at > 0
	}
	return token, stopped, rows.Close()
}

func newToken() string {
	var raw [20]byte
	_, _ = rand.Read(raw[:]) // never fails: it ends the program rather
	return strings.ToLower(base32.StdEncoding.EncodeToString(raw[:]))
}
