package access

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// signedIn makes a member and signs in.
func signedIn(t *testing.T, d *Directory, g Grant) Session {
	t.Helper()
	if _, _, err := d.Ensure(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	if err := d.AddMember(t.Context(), FirstCompany, "anna", "a good password", g); err != nil {
		t.Fatal(err)
	}
	s, err := d.SignIn(t.Context(), "anna", "a good password", "10.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestASessionIsItsTokenAndEndsWhenItIsSaid(t *testing.T) {
	each(t, func(t *testing.T, d *Directory) {
		ctx := t.Context()
		s := signedIn(t, d, Grant{Role: "packer", Reach: Reach{Nodes: []string{"JX"}}})
		p, err := d.Resume(ctx, s.Token)
		if err != nil || p.Name != "user:anna" || p.Rights[0].Role != "packer" || !p.Person() || !p.Where(Work).Node("JX") || p.Where(Work).Node("GZ") || p.May(Admin) {
			t.Fatalf("%+v %v", p, err)
		}
		if !FitsCSRF(s.Token, s.CSRF) || FitsCSRF(s.Token, "") || FitsCSRF(s.Token+"x", s.CSRF) {
			t.Error("the token that goes with the session fits wrong")
		}
		for _, wrong := range []string{"", "phs_x", s.Token + "x", strings.ToLower(s.Token), hashKey(s.Token)} {
			if _, err := d.Resume(ctx, wrong); fault.Code(err) != "access.session_over" {
				t.Errorf("%q: %v", wrong, err)
			}
		}
		if err := d.Join(ctx, "anna", FirstCompany, Grant{Role: "auditor"}); err != nil {
			t.Fatal(err)
		}
		if p, err := d.Resume(ctx, s.Token); err != nil || p.Rights[0].Role != "auditor" || !p.Where(Audit).Whole() {
			t.Errorf("the new grant does not hold: %+v %v", p, err)
		}
		if err := errors.Join(d.SignOut(ctx, s.Token), d.SignOut(ctx, s.Token)); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Resume(ctx, s.Token); fault.Code(err) != "access.session_over" {
			t.Errorf("after signing out: %v", err)
		}
	})
}

func TestWhateverEndsAnAccountEndsItsSessions(t *testing.T) {
	for name, end := range map[string]func(*testing.T, *Directory) error{
		"everywhere": func(t *testing.T, d *Directory) error { return d.SignOutEverywhere(t.Context(), "anna") },
		"password": func(t *testing.T, d *Directory) error {
			return d.ChangePassword(t.Context(), FirstCompany, "anna", "a good password", "a better password", "")
		},
		"disabled": func(t *testing.T, d *Directory) error { return d.Disable(t.Context(), "anna") },
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, d *Directory) {
				s := signedIn(t, d, Grant{Role: "picker"})
				if _, err := d.Resume(t.Context(), s.Token); err != nil {
					t.Fatal(err)
				}
				if err := end(t, d); err != nil {
					t.Fatal(err)
				}
				if _, err := d.Resume(t.Context(), s.Token); fault.Code(err) != "access.session_over" {
					t.Errorf("%v", err)
				}
			})
		})
	}
}

func TestASessionEndsIdleAndInTheEndInAnyCase(t *testing.T) {
	each(t, func(t *testing.T, d *Directory) {
		ctx := t.Context()
		s := signedIn(t, d, Grant{Role: "picker"})
		move := func(created, seen time.Duration) {
			err := d.db.Update(ctx, func(tx *db.Tx) error {
				_, err := tx.Exec(ageSession, hashKey(s.Token), tx.Now().Add(-created).UnixMicro(), tx.Now().Add(-seen).UnixMicro())
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			d.proofs.forget()
		}
		move(5*time.Hour, UsualSessions.Idle-time.Minute)
		if _, err := d.Resume(ctx, s.Token); err != nil {
			t.Fatalf("before it is idle: %v", err)
		}
		d.proofs.forget()
		if _, err := d.Resume(ctx, s.Token); err != nil {
			t.Errorf("the last request was not noted: %v", err)
		}
		move(5*time.Hour, UsualSessions.Idle+time.Minute)
		if _, err := d.Resume(ctx, s.Token); fault.Code(err) != "access.session_over" {
			t.Errorf("idle: %v", err)
		}
		move(UsualSessions.Life+time.Minute, 0)
		if _, err := d.Resume(ctx, s.Token); fault.Code(err) != "access.session_over" {
			t.Errorf("at the end: %v", err)
		}
	})
}

var ageSession = db.NewSQL(`UPDATE access_session SET created_at = $2, seen_at = $3 WHERE hash = $1`)

func TestABucketFillsWithTime(t *testing.T) {
	now := time.Unix(1_000_000, 0)
	l := NewLimiter(10, 20)
	l.now = func() time.Time { return now }
	took := func(who string) (n int) {
		for l.Take(who) == nil {
			n++
		}
		return n
	}
	if n := took("a"); n != 20 {
		t.Errorf("a burst of %d", n)
	}
	if n := took("b"); n != 20 {
		t.Errorf("b has %d", n)
	}
	now = now.Add(500 * time.Millisecond)
	if n := took("a"); n != 5 {
		t.Errorf("%d after half a second", n)
	}
	now = now.Add(time.Hour)
	if n := took("a"); n != 20 {
		t.Errorf("%d after an hour", n)
	}
	if NewLimiter(0, 5).Take("a") != nil {
		t.Error("no limit limits")
	}
}

func TestAReachIsReadBackAndHoldsWhatItSays(t *testing.T) {
	r := Reach{Nodes: []string{"JX"}, Shops: []string{"taobao/one", "web"}, Owners: []string{Own, "Acme, Inc."}}
	if got := readReach(r.columns()); got.Node("GZ") || !got.Node("JX") || got.Shop("taobao", "two") || got.Shop("taobao", "") || !got.Shop("taobao", "one") ||
		!got.Shop("web", "any") || !got.Owner("") || !got.Owner("Acme, Inc.") || got.Owner("Acme") || got.Whole() {
		t.Errorf("%+v", got)
	}
	if got := readReach("broken", "[]", "[]"); got.Whole() || got.Node("JX") {
		t.Errorf("what cannot be read reaches %+v", got)
	}
	for _, bad := range []Reach{{Nodes: []string{""}}, {Shops: []string{"a\n"}}, {Owners: []string{strings.Repeat("x", 129)}}, {Nodes: make([]string, 201)}} {
		if fault.Code(bad.check()) != "access.reach" {
			t.Errorf("%v was taken", bad)
		}
	}
}

func TestTheAuditLogIsReadFromTheNewestDown(t *testing.T) {
	each(t, func(t *testing.T, d *Directory) {
		ctx := t.Context()
		if _, _, err := d.Ensure(ctx, ""); err != nil {
			t.Fatal(err)
		}
		company, err := d.OpenCompany(ctx, FirstCompany)
		if err != nil {
			t.Fatal(err)
		}
		defer company.Close()
		err = company.Update(ctx, func(tx *db.Tx) error {
			Record(tx, Entry{Actor: "user:anna", Act: "save-rule", Object: "r1", Fields: "expr"})
			Record(tx, Entry{Actor: "user:bob", Act: "reveal-order", Object: "ord_1", Purpose: "legal", Note: strings.Repeat("界", 2000)})
			Record(tx, Entry{Actor: "user:anna", Act: "reveal-order", Object: "ord_2"})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for f, want := range map[AuditFilter]string{{}: "ord_2 ord_1 r1", {Actor: "user:anna"}: "ord_2 r1", {Act: "reveal-order"}: "ord_2 ord_1", {Object: "ord_1"}: "ord_1", {Object: "none"}: ""} {
			var got []string
			err := company.View(ctx, func(tx *db.Tx) error {
				for before := int64(0); ; {
					page, err := Entries(tx, f, before, 1)
					if err != nil || len(page) == 0 {
						return err
					}
					got, before = append(got, page[0].Object), page[0].ID
					if len(page[0].Note) > longestEntry || page[0].At == 0 {
						t.Errorf("%+v", page[0])
					}
				}
			})
			if err != nil || strings.Join(got, " ") != want {
				t.Errorf("%+v: %v, want %s (%v)", f, got, want, err)
			}
		}
	})
}
