package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/clock"
)

// typed gives a command its standard input.
func typed(t *testing.T, text string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	f, err := os.Open(file(t, "typed", text))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	was := os.Stdin
	os.Stdin = f
	defer func() { os.Stdin = was }()
	return command(t, args...)
}

// comesIn reports whether a password opens an account of the data.
func comesIn(t *testing.T, data, login, password string) bool {
	t.Helper()
	d, err := access.OpenDirectory(t.Context(), access.Place{Dir: data, Clock: clock.Real()})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	_, err = d.Login(t.Context(), login, password, "")
	return err == nil
}

func TestALostPasswordOfTheAdministratorIsReplaced(t *testing.T) {
	data := t.TempDir()
	command(t, "import", "catalog", file(t, "c.csv", "sku,title\nA,Tea\n"), "--data", data)
	code, out, errs := command(t, "user", "password", "admin", "--data", data)
	login, password, _ := strings.Cut(strings.TrimSpace(out), "\t")
	if code != 0 || login != "admin" || !comesIn(t, data, "admin", password) {
		t.Fatalf("%d %q %q", code, out, errs)
	}
	code, out, errs = typed(t, "a long enough one\n", "user", "password", "admin", "--stdin", "--data", data)
	if code != 0 || strings.Contains(out+errs, "a long enough one") || comesIn(t, data, "admin", password) || !comesIn(t, data, "admin", "a long enough one") {
		t.Errorf("%d %q %q", code, out, errs)
	}
	for _, refused := range [][]string{{"", "admin"}, {"short\n", "admin"}, {"a long enough one\n", "nobody"}} {
		code, out, errs := typed(t, refused[0], "user", "password", refused[1], "--stdin", "--data", data)
		if code == 0 || out != "" || strings.Count(errs, "\n") != 1 {
			t.Errorf("%q: %d %q %q", refused, code, out, errs)
		}
	}
}

func TestAnAccountIsAddedListedAndDisabled(t *testing.T) {
	data := t.TempDir()
	command(t, "import", "catalog", file(t, "c.csv", "sku,title\nA,Tea\n"), "--data", data)
	code, out, errs := command(t, "user", "add", "anna", "--role", "picker", "--data", data, "--json")
	var made account
	if err := json.Unmarshal([]byte(out), &made); code != 0 || err != nil || made.Login != "anna" || len(made.Grants) != 1 || made.Grants[0].Role != "picker" || made.Company != "default" {
		t.Fatalf("%d %v %q %q", code, err, out, errs)
	}
	if !comesIn(t, data, "anna", made.Password) {
		t.Error("the password that was shown does not open the account")
	}
	if code, _, errs := command(t, "user", "add", "anna", "--data", data); code == 0 || strings.Count(errs, "\n") != 1 {
		t.Errorf("the same log-in again: %d %q", code, errs)
	}
	if code, _, errs := command(t, "user", "add", "bob", "--role", "king", "--data", data); code == 0 || !strings.Contains(errs, "admin, auditor") {
		t.Errorf("a role that is none: %d %q", code, errs)
	}
	if code, out, _ := command(t, "user", "disable", "anna", "--data", data); code != 0 || !strings.Contains(out, "anna") || comesIn(t, data, "anna", made.Password) {
		t.Errorf("%d %q", code, out)
	}
	if _, out, _ := command(t, "user", "list", "--data", data); out != "admin\tadmin\teverywhere\tin use\nanna\tpicker\teverywhere\tdisabled\n" {
		t.Errorf("%q", out)
	}
	_, out, _ = command(t, "user", "list", "--data", data, "--json")
	var list struct{ Users []listedUser }
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list.Users) != 2 || !list.Users[1].Disabled || list.Users[0].CreatedAt == "" {
		t.Errorf("%v %q", err, out)
	}
}

func TestAnAccountHasSeveralGrantsUntilItIsGivenOthers(t *testing.T) {
	data := t.TempDir()
	const refused = "there is no warehouse \"NOWHERE\"; there are CD, SH"
	command(t, "import", "warehouses", file(t, "w.csv", "code,name,timezone,country,province,city,district,address,lat,lng,capacity_orders_day,handling_cost,cutoffs\n"+
		"SH,上海仓,Asia/Shanghai,CN,上海市,上海市,嘉定区,工业路 1 号,31.38,121.25,0,1.00,SF=16:00\nCD,成都仓,Asia/Shanghai,CN,四川省,成都市,双流区,物流路 2 号,30.57,103.92,0,1.00,SF=16:00\n"), "--data", data)
	if code, _, errs := command(t, "user", "add", "anna", "--role", "picker", "--node", "NOWHERE", "--data", data); code == 0 || !strings.Contains(errs, refused) {
		t.Errorf("a warehouse that is not there: %d %q", code, errs)
	}
	command(t, "user", "add", "anna", "--role", "picker", "--node", "SH", "--data", data)
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--also", "--role", "manager", "--node", "CD", "--shop", "web"}, "anna\tpicker\tSH\tin use\nanna\tmanager\tCD web\tin use\n"},
		{[]string{"--role", "auditor"}, "anna\tauditor\teverywhere\tin use\n"},
	} {
		if code, _, errs := command(t, append([]string{"user", "grant", "anna", "--data", data}, c.args...)...); code != 0 {
			t.Errorf("%v: %d %q", c.args, code, errs)
		}
		if _, out, _ := command(t, "user", "list", "--data", data); out != "admin\tadmin\teverywhere\tin use\n"+c.want {
			t.Errorf("%v: %q", c.args, out)
		}
	}
}

func TestAccountsAreNotMadeWhereThereAreNoDataNorBesideAServer(t *testing.T) {
	none := filepath.Join(t.TempDir(), "none")
	if code, _, errs := command(t, "user", "password", "admin", "--data", none); code == 0 || strings.Count(errs, "\n") != 1 {
		t.Errorf("%d %q", code, errs)
	}
	if _, err := os.Stat(none); err == nil {
		t.Error("a folder was made")
	}
	cfg := testConfig(t)
	s := startSite(t, cfg)
	if code, _, errs := command(t, "user", "add", "anna", "--data", cfg.Data); code == 0 || !strings.Contains(errs, s.server.Address()) {
		t.Errorf("%d %q", code, errs)
	}
	if code, out, errs := command(t, "user", "list", "--data", cfg.Data); code != 0 || !strings.HasPrefix(out, "admin\t") {
		t.Errorf("beside a server it can be listed: %d %q %q", code, out, errs)
	}
}
