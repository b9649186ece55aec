package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/internal/config"
	"github.com/packhorse/packhorse/internal/seal"
)

const shopSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

// served runs a server until do has returned, and gives the key to ask it with.
func served(t *testing.T, cfg config.Config, key string, do func(s *site)) (used string) {
	t.Helper()
	t.Run("served", func(t *testing.T) {
		s := startSite(t, cfg)
		if s.key == "" {
			s.key = key
		}
		used = s.key
		do(s)
	})
	return used
}

func webshop(s *site) { s.do("POST", "/v1/channels", aWebshop) }

const aWebshop = `{"name":"web","kind":"webhook","secret":"` + shopSecret + `","settings":{"url":"http://127.0.0.1:1/told"}}`

// without wants a request to be refused because of a key of secrets.
func (s *site) without(code, method, path, body string) {
	s.t.Helper()
	if status, got := s.try(method, path, body); status != http.StatusServiceUnavailable || got != code {
		s.t.Errorf("%s %s: %d %s, want %s", method, path, status, got, code)
	}
}

// hasClear names the files of a folder that hold a text.
func hasClear(t *testing.T, folder, text string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if strings.Contains(string(raw), text) {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestASecretIsInNoFileOfTheDataAndTheKeyInNoBackup(t *testing.T) {
	cfg := testConfig(t)
	key := served(t, cfg, "", webshop)
	path := filepath.Join(cfg.Data, secretFile)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key may be read by others: %v %v", info.Mode(), err)
	}
	file := filepath.Join(t.TempDir(), "b.packhorse")
	if code, out, said := command(t, "backup", file, "--data", cfg.Data); code != 0 {
		t.Fatalf("%d %s %s", code, out, said)
	}
	for _, folder := range []string{cfg.Data, filepath.Dir(file)} {
		if names := hasClear(t, folder, strings.TrimPrefix(shopSecret, "whsec_")); len(names) > 0 {
			t.Errorf("the secret stands in %v", names)
		}
	}
	if names := hasClear(t, filepath.Dir(file), strings.TrimSpace(string(raw))); len(names) > 0 {
		t.Errorf("the key stands in the back-up %v", names)
	}
	to := testConfig(t)
	to.Data = filepath.Join(t.TempDir(), "restored")
	if code, out, said := command(t, "restore", file, "--data", to.Data); code != 0 {
		t.Fatalf("%d %s %s", code, out, said)
	}
	if _, err := os.Stat(filepath.Join(to.Data, secretFile)); err == nil {
		t.Error("restoring made another key, under which no secret opens")
	}
	served(t, to, key, func(s *site) {
		s.without("seal.missing", "POST", "/v1/webhooks", `{"url":"https://erp.example/hooks"}`)
		s.do("POST", "/v1/orders", shopOrder("A-1")) // everything else runs
	})
	if err := os.WriteFile(filepath.Join(to.Data, secretFile), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	served(t, to, key, func(s *site) { s.do("POST", "/v1/webhooks", `{"url":"https://erp.example/hooks"}`) })
}

func TestAKeyThatIsNoneStopsOnlyWhatNeedsIt(t *testing.T) {
	cfg := testConfig(t)
	if err := os.WriteFile(filepath.Join(cfg.Data, secretFile), []byte("none\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	served(t, cfg, "", func(s *site) {
		s.without("seal.missing", "POST", "/v1/channels", aWebshop)
		s.do("POST", "/v1/orders", shopOrder("A-1"))
	})
	cfg.SecretKey = seal.NewText()
	served(t, cfg, "", func(*site) {})
}

func TestOnPostgreSQLTheKeyIsASetting(t *testing.T) {
	cfg := testConfig(t)
	cfg.Data, cfg.DB = "", freshDatabase(t)
	key := served(t, cfg, "", func(s *site) {
		s.without("seal.missing", "POST", "/v1/channels", aWebshop)
	})
	cfg.SecretKey = seal.NewText()
	served(t, cfg, key, webshop)
	cfg.SecretKey = seal.NewText()
	served(t, cfg, key, func(s *site) {
		list := s.do("GET", "/v1/channels", "")["channels"].([]any)
		s.without("seal.wrong", "POST", "/v1/channels/"+list[0].(map[string]any)["id"].(string)+"/test", "")
		s.do("POST", "/v1/orders", shopOrder("A-1"))
	})
}
