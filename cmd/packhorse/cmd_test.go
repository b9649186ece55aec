package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/internal/sheet"
)

// command runs the binary's main in this process and gives what it wrote.
func command(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	read := func(file **os.File) func() string {
		was := *file
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		*file = w
		text := make(chan string)
		go func() { raw, _ := io.ReadAll(r); text <- string(raw) }()
		return func() string { *file = was; w.Close(); return <-text }
	}
	out, errs := read(&os.Stdout), read(&os.Stderr)
	code = run(t.Context(), args)
	return code, out(), errs()
}

func file(t *testing.T, name, text string) string {
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAnImportSaysWhatItDidAndTheSecondDoesNothing(t *testing.T) {
	data := filepath.Join(t.TempDir(), "new", "data")
	csv := file(t, "catalog.csv", "sku,title,weight_g\nA,Tea,100\nB,Cup,-5\n")
	for _, want := range []sheet.Answer{{Created: 1}, {Unchanged: 1}} {
		code, out, errs := command(t, "import", "catalog", csv, "--data", data, "--json")
		var got sheet.Answer
		if err := json.Unmarshal([]byte(out[strings.LastIndex(strings.TrimSpace(out), "\n")+1:]), &got); err != nil || code != 0 {
			t.Fatalf("%d %v %q %q", code, err, out, errs)
		}
		if got.Rows != 2 || got.Created != want.Created || got.Unchanged != want.Unchanged || len(got.Rejected) != 1 {
			t.Errorf("%+v", got)
		}
		if first := want.Created == 1; strings.Contains(errs, "phk_default_") != first || strings.Contains(out, "phk_") {
			t.Errorf("the key is shown once, on standard error: %q %q", out, errs)
		}
	}
	if code, _, errs := command(t, "import", "catalog", csv, "--data", data, "--strict"); code != 2 || strings.Count(errs, "\n") != 1 {
		t.Errorf("strict: %d %q", code, errs)
	}
	back := filepath.Join(t.TempDir(), "back.xlsx")
	if code, _, errs := command(t, "export", "catalog", back, "--data", data); code != 0 {
		t.Fatalf("%s", errs)
	}
	if code, out, _ := command(t, "import", "catalog", back, "--data", data); code != 0 || !strings.Contains(out, "1 unchanged, 0 rejected") {
		t.Errorf("%d %q", code, out)
	}
}

func TestADryRunWritesNothing(t *testing.T) {
	data := t.TempDir()
	csv := file(t, "catalog.csv", "sku,title\nA,Tea\n")
	for range 2 {
		if code, out, errs := command(t, "import", "catalog", csv, "--data", data, "--dry-run"); code != 0 || !strings.Contains(out, "1 row, 1 created") {
			t.Errorf("%d %q %q", code, out, errs)
		}
	}
}

func TestCommandsRefuseInOneLineAndMakeNothing(t *testing.T) {
	none := filepath.Join(t.TempDir(), "none")
	csv := file(t, "orders.csv", "order_no\n")
	for name, args := range map[string][]string{
		"check without data":     {"check", "--data", none},
		"dump without data":      {"dump", "orders", "--data", none, "--json"},
		"export without data":    {"export", "catalog", "x.csv", "--data", none},
		"no place":               {"check"},
		"two places":             {"check", "--data", none, "--db", "postgres://h/d"},
		"orders without channel": {"import", "orders", csv, "--data", none},
		"no such kind":           {"import", "gold", csv, "--data", none},
		"no such file":           {"import", "orders", none, "--channel", "c", "--data", none},
		"no such command":        {"fly"},
		"bad clock":              {"serve", "--clock", "slow", "--data", none},
		"bad role":               {"serve", "--role", "king", "--data", none},
	} {
		code, out, errs := command(t, args...)
		if code == 0 || strings.Count(strings.TrimSpace(errs), "\n") > 0 || errs == "" || out != "" {
			t.Errorf("%s: %d %q %q", name, code, out, errs)
		}
	}
	if _, err := os.Stat(none); err == nil {
		t.Error("a folder was made")
	}
}

func TestWhileAServerRunsAWriterIsRefusedAndReadersAreNot(t *testing.T) {
	cfg := testConfig(t)
	s := startSite(t, cfg)
	s.furnish()
	csv := file(t, "catalog.csv", "sku,title\nA,Tea\n")
	code, _, errs := command(t, "import", "catalog", csv, "--data", cfg.Data)
	if code == 0 || !strings.Contains(errs, s.server.Address()) || !strings.Contains(errs, "serve") || strings.Count(errs, "\n") != 1 {
		t.Errorf("%d %q", code, errs)
	}
	code, out, errs := command(t, "check", "--data", cfg.Data, "--json")
	if code != 0 || !strings.HasPrefix(out, `{"clean":true,`) {
		t.Errorf("%d %q %q", code, out, errs)
	}
	if code, out, errs := command(t, "dump", "balances", "--data", cfg.Data, "--json"); code != 0 || bytes.Count([]byte(out), []byte("\n")) != 2 {
		t.Errorf("%d %q %q", code, out, errs)
	}
}

func TestAKeyIsMadeListedAndRevoked(t *testing.T) {
	data := t.TempDir()
	command(t, "import", "catalog", file(t, "c.csv", "sku,title\nA,Tea\n"), "--data", data)
	code, out, errs := command(t, "key", "create", "shop", "--scopes", "orders:write", "--data", data)
	if code != 0 || !strings.HasPrefix(out, "phk_default_") {
		t.Fatalf("%d %q %q", code, out, errs)
	}
	if code, _, _ := command(t, "key", "revoke", "shop", "--data", data); code != 0 {
		t.Error("not revoked")
	}
	if _, out, _ := command(t, "key", "list", "--data", data); !strings.Contains(out, "shop\torders:write\trevoked") {
		t.Errorf("%q", out)
	}
}
