package access

import (
	"context"
	"errors"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// each runs a test on a fresh folder and on a fresh PostgreSQL database.
func each(t *testing.T, test func(t *testing.T, d *Directory)) {
	open := func(t *testing.T, p Place) *Directory {
		p.Create, p.Clock = true, clock.Real()
		d, err := OpenDirectory(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { d.Close() })
		return d
	}
	t.Run("sqlite", func(t *testing.T) { test(t, open(t, Place{Dir: t.TempDir()})) })
	t.Run("postgres", func(t *testing.T) { test(t, open(t, Place{URL: freshDatabase(t)})) })
}

func freshDatabase(t *testing.T) string {
	server := os.Getenv("PACKHORSE_TEST_POSTGRES")
	if server == "" {
		t.Skip("no PostgreSQL: PACKHORSE_TEST_POSTGRES is not set (make test sets it)")
	}
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	name := "access_" + strings.ToLower(secret())
	run := func(sql string) error {
		c, err := pgx.Connect(context.Background(), server)
		if err != nil {
			return err
		}
		defer c.Close(context.Background())
		_, err = c.Exec(context.Background(), sql)
		return err
	}
	if err := run("CREATE DATABASE " + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = run("DROP DATABASE " + name + " WITH (FORCE)") })
	u.Path = "/" + name
	return u.String()
}

func TestANewInstallationHasOneCompanyOneAdministratorAndOneKey(t *testing.T) {
	each(t, func(t *testing.T, d *Directory) {
		ctx := t.Context()
		c, first, err := d.Ensure(ctx, "")
		if err != nil || first == nil || c.Name != FirstCompany {
			t.Fatalf("%v %v %v", c, first, err)
		}
		p, err := d.Authenticate(ctx, first.Key)
		if err != nil || p.Company != FirstCompany || p.Name != "key:first" || !p.May(Admin) {
			t.Fatalf("key: %+v %v", p, err)
		}
		p, err = d.Login(ctx, first.Login, first.Password, "")
		if err != nil || p.Name != "user:admin" || !p.May(Admin) {
			t.Fatalf("log-in: %+v %v", p, err)
		}
		if again, made, err := d.Ensure(ctx, ""); err != nil || made != nil || again.ID != c.ID {
			t.Fatalf("the second start made %+v, %v", made, err)
		}
		company, err := d.OpenCompany(ctx, c.Name)
		if err != nil {
			t.Fatal(err)
		}
		company.Close()
	})
}

func TestWhoeverIsWrongLearnsNothing(t *testing.T) {
	each(t, func(t *testing.T, d *Directory) {
		ctx := t.Context()
		_, first, err := d.Ensure(ctx, "nord")
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"", "phk_nord_x", first.Key + "x", strings.ToLower(first.Key), strings.Repeat("phk_", 100)} {
			if _, err := d.Authenticate(ctx, key); fault.Code(err) != "access.unknown" {
				t.Errorf("key %q: %v", key, err)
			}
		}
		for _, l := range [][2]string{{"admin", "wrong"}, {"nobody", first.Password}, {"admin@other", first.Password}, {"", ""}} {
			if _, err := d.Login(ctx, l[0], l[1], ""); fault.Code(err) != "access.unknown" {
				t.Errorf("log-in %v: %v", l, err)
			}
		}
	})
}

func TestAKeyDoesWhatItsScopesSayUntilItIsRevoked(t *testing.T) {
	each(t, func(t *testing.T, d *Directory) {
		ctx := t.Context()
		if _, _, err := d.Ensure(ctx, ""); err != nil {
			t.Fatal(err)
		}
		key, err := d.CreateKey(ctx, FirstCompany, "floor", []Scope{Work, StockRead})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.CreateKey(ctx, FirstCompany, "floor", []Scope{Work}); fault.Code(err) != "access.key_exists" {
			t.Errorf("a second key of the name: %v", err)
		}
		p, err := d.Authenticate(ctx, key)
		if err != nil || p.Allow(Work) != nil || fault.Code(p.Allow(OrdersWrite)) != "access.denied" {
			t.Fatalf("%+v %v", p, err)
		}
		if err := d.RevokeKey(ctx, FirstCompany, "floor"); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Authenticate(ctx, key); fault.Code(err) != "access.unknown" {
			t.Errorf("a revoked key: %v", err)
		}
		keys, err := d.Keys(ctx, FirstCompany)
		if err != nil || len(keys) != 2 || keys[1].RevokedAt == 0 {
			t.Errorf("%+v %v", keys, err)
		}
		if _, err := d.CreateKey(ctx, FirstCompany, "floor", []Scope{Work}); err != nil {
			t.Errorf("the name of a revoked key is free again: %v", err)
		}
	})
}

func TestAPersonInTwoCompaniesSaysWhich(t *testing.T) {
	each(t, func(t *testing.T, d *Directory) {
		ctx := t.Context()
		_, first, err := d.Ensure(ctx, "nord")
		if err != nil {
			t.Fatal(err)
		}
		_, second, err := d.Ensure(ctx, "sued")
		if err != nil || second.Login != "" {
			t.Fatalf("%+v %v", second, err)
		}
		if _, err := d.Login(ctx, "admin", first.Password, ""); fault.Code(err) != "access.unknown" {
			t.Errorf("without a company: %v", err)
		}
		if p, err := d.Login(ctx, "admin@sued", first.Password, ""); err != nil || p.Company != "sued" {
			t.Errorf("%+v %v", p, err)
		}
		if _, err := d.Pick(ctx, ""); fault.Code(err) != "access.company_needed" {
			t.Errorf("pick: %v", err)
		}
		if err := d.Join(ctx, "admin", "sued", Grant{Role: "king"}); fault.Code(err) != "access.role" {
			t.Errorf("join: %v", err)
		}
	})
}

func TestNamesThatCannotBeFilesOrSchemasAreRefused(t *testing.T) {
	each(t, func(t *testing.T, d *Directory) {
		for _, name := range []string{"", "directory", "../x", "A", "a b", "a_b", "1a", strings.Repeat("a", 41)} {
			if _, err := d.CreateCompany(t.Context(), name); fault.Code(err) != "access.company_name" {
				t.Errorf("%q: %v", name, err)
			}
		}
		if err := d.CreateAccount(t.Context(), "bob", "short"); fault.Code(err) != "access.password_short" {
			t.Errorf("short password: %v", err)
		}
	})
}

func TestADirectoryThatIsNotThereIsNotMade(t *testing.T) {
	dir := t.TempDir() + "/none"
	if _, err := OpenDirectory(t.Context(), Place{Dir: dir, Clock: clock.Real()}); !errors.Is(err, db.ErrMissing) {
		t.Errorf("opened: %v", err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("made")
	}
}

func TestScopesAreReadBackAsWritten(t *testing.T) {
	for _, s := range Scopes {
		got, err := ParseScopes(FormatScopes([]Scope{s, Work}))
		if err != nil || got[0] != s {
			t.Errorf("%s: %v %v", s, got, err)
		}
	}
	for _, bad := range []string{"", " , ", "orders", "orders:read;work"} {
		if _, err := ParseScopes(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}
