package intake_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/intake/channeltest"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/seal"
)

var (
	selSecret = db.NewSQL(`SELECT secret FROM intake_channel WHERE name = $1`)
	oldSecret = db.NewSQL(`UPDATE intake_channel SET secret = $2 WHERE name = $1`)
)

func (m *market) secretOf(name string) (text string) {
	m.Helper()
	m.update(func(tx *db.Tx) error { _, err := tx.Query(selSecret, name).One(&text); return err })
	return text
}

// under is the shops as a process with another key would open them.
func (m *market) under(k *seal.Key) *intake.Channels {
	return intake.NewChannels(m.db, m.inbox, map[string]intake.Connector{"test": func(s intake.Settings) (intake.Channel, error) {
		return m.shop.Connector(s.Secret), nil
	}}, k)
}

func TestTheSecretOfAShopStandsSealedInTheDatabase(t *testing.T) {
	eachMarket(t, func(m *market) {
		if text := m.secretOf("mall"); !seal.Sealed(text) || strings.Contains(text, channeltest.Key) {
			m.Errorf("the database has %q", text)
		}
		m.shop.Sell(1, "A", 1)
		if n := m.step(m.channels); n != 1 {
			m.Errorf("with its sealed secret the shop tells %d orders, want 1", n)
		}
		e := intake.Edit{Account: *m.account, Secret: "another"}
		if _, err := m.channels.Change(ctx, nil, "user:test", e); err != nil {
			m.Fatal(err)
		}
		if text := m.secretOf("mall"); !seal.Sealed(text) {
			m.Errorf("after an edit the database has %q", text)
		}
		m.step(m.channels)
		if a := m.state(); a.LastError != "channel.credentials" {
			m.Errorf("the new secret is not used: %+v", a)
		}
	})
}

func TestASecretOfAnOlderVersionWorksAndIsSealed(t *testing.T) {
	eachMarket(t, func(m *market) {
		m.update(func(tx *db.Tx) error { _, err := tx.Exec(oldSecret, "mall", channeltest.Key); return err })
		none := m.under(&seal.Key{})
		m.shop.Sell(1, "A", 1)
		if n := m.step(none); n != 1 {
			m.Fatalf("without a key an older shop tells %d orders, want 1", n)
		}
		if n, err := none.SealSecrets(ctx); n != 0 || !errors.Is(err, seal.ErrMissing) {
			m.Errorf("sealed %d without a key: %v", n, err)
		}
		e := intake.Edit{Account: *m.account}
		e.EveryS = 120
		if _, err := none.Change(ctx, nil, "user:test", e); err != nil {
			m.Errorf("an edit that leaves the secret alone: %v", err)
		}
		if sealed, err := m.channels.Sealed(ctx); sealed || err != nil {
			m.Errorf("in the clear it is said to be sealed: %v", err)
		}
		for _, want := range []int{1, 0} {
			if n, err := m.channels.SealSecrets(ctx); n != want || err != nil {
				m.Errorf("sealed %d, %v, want %d", n, err, want)
			}
		}
		if text := m.secretOf("mall"); !seal.Sealed(text) {
			m.Errorf("the database has %q", text)
		}
	})
}

func TestUnderAnotherKeyAShopWaitsAndTheOthersGoOn(t *testing.T) {
	eachMarket(t, func(m *market) {
		other, err := seal.Parse(seal.NewText())
		if err != nil {
			m.Fatal(err)
		}
		second := m.under(other)
		if _, err := second.Add(ctx, nil, "user:test", intake.Edit{Account: intake.Account{Name: "stall", Kind: "test", Enabled: true}, Secret: channeltest.Key}); err != nil {
			m.Fatal(err)
		}
		if n, err := second.SealSecrets(ctx); n != 0 || !errors.Is(err, seal.ErrWrong) {
			m.Errorf("%d, %v", n, err)
		}
		m.shop.Sell(1, "A", 1)
		if n := m.step(second); n != 1 {
			m.Errorf("%d orders came by the shop whose secret opens, want 1", n)
		}
		if a := m.state(); a.LastError != "seal.wrong" {
			m.Errorf("%+v", a)
		}
		e := intake.Edit{Account: *m.account}
		if _, err := second.Change(ctx, nil, "user:test", e); !errors.Is(err, seal.ErrWrong) {
			m.Errorf("an account that works with what nobody can read: %v", err)
		}
		e.Enabled = false
		if _, err := second.Change(ctx, nil, "user:test", e); err != nil {
			m.Errorf("it cannot even be switched off: %v", err)
		}
		e.Enabled, e.Secret = true, channeltest.Key
		if _, err := second.Change(ctx, nil, "user:test", e); err != nil {
			m.Errorf("the secret cannot be entered again: %v", err)
		}
		m.step(second)
		if a := m.state(); a.LastError != "" {
			m.Errorf("%+v", a)
		}
	})
}
