package access

import (
	"testing"

	"github.com/packhorse/packhorse/internal/fault"
)

func TestAForgottenPasswordIsReplacedAndTheOldOneFitsNoMore(t *testing.T) {
	each(t, func(t *testing.T, d *Directory) {
		ctx := t.Context()
		_, first, err := d.Ensure(ctx, "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Login(ctx, "admin", first.Password, ""); err != nil { // its proof is remembered now
			t.Fatal(err)
		}
		other := NewPassword()
		if err := d.SetPassword(ctx, "admin", other); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Login(ctx, "admin", first.Password, ""); fault.Code(err) != "access.unknown" {
			t.Errorf("the old password: %v", err)
		}
		if p, err := d.Login(ctx, "admin", other, ""); err != nil || !p.May(Admin) {
			t.Errorf("the new one: %+v %v", p, err)
		}
		if err := d.SetPassword(ctx, "admin", "short"); fault.Code(err) != "access.password_short" {
			t.Errorf("a short one: %v", err)
		}
		if err := d.SetPassword(ctx, "nobody", other); fault.Code(err) != "access.login_unknown" {
			t.Errorf("nobody's: %v", err)
		}
	})
}

func TestADisabledAccountComesInNoMoreUntilItGetsAPassword(t *testing.T) {
	each(t, func(t *testing.T, d *Directory) {
		ctx := t.Context()
		if _, _, err := d.Ensure(ctx, ""); err != nil {
			t.Fatal(err)
		}
		password := NewPassword()
		if err := d.AddMember(ctx, FirstCompany, "anna", password, Grant{Role: "packer"}); err != nil {
			t.Fatal(err)
		}
		if p, err := d.Login(ctx, "anna", password, ""); err != nil || p.Allow(Work) != nil || p.May(Admin) {
			t.Fatalf("%+v %v", p, err)
		}
		for range 2 { // once more changes nothing
			if err := d.Disable(ctx, "anna"); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := d.Login(ctx, "anna", password, ""); fault.Code(err) != "access.unknown" {
			t.Errorf("disabled: %v", err)
		}
		list, err := d.Members(ctx, FirstCompany)
		if err != nil || len(list) != 2 || list[0].Login != "admin" || list[0].Disabled || list[1].Grants[0].Role != "packer" || !list[1].Disabled {
			t.Errorf("%+v %v", list, err)
		}
		if err := d.SetPassword(ctx, "anna", password); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Login(ctx, "anna", password, ""); err != nil {
			t.Errorf("with a password again: %v", err)
		}
	})
}

func TestAMemberIsAddedWholeOrNotAtAll(t *testing.T) {
	each(t, func(t *testing.T, d *Directory) {
		ctx := t.Context()
		if _, _, err := d.Ensure(ctx, ""); err != nil {
			t.Fatal(err)
		}
		for _, c := range [][4]string{{"default", "bob", "king", "access.role"}, {"none", "bob", "picker", "access.company_unknown"},
			{"default", "admin", "picker", "access.login_taken"}, {"default", "Bob", "picker", "access.login"}} {
			if err := d.AddMember(ctx, c[0], c[1], NewPassword(), Grant{Role: c[2]}); fault.Code(err) != c[3] {
				t.Errorf("%v: %v", c, err)
			}
		}
		if err := d.SetPassword(ctx, "bob", NewPassword()); fault.Code(err) != "access.login_unknown" {
			t.Errorf("an account stayed behind: %v", err)
		}
		if list, err := d.Members(ctx, FirstCompany); err != nil || len(list) != 1 {
			t.Errorf("%+v %v", list, err)
		}
	})
}
