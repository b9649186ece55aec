package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func write(t *testing.T, text string) string {
	path := filepath.Join(t.TempDir(), "packhorse.conf")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAFlagGoesBeforeTheEnvironmentAndThatBeforeTheFile(t *testing.T) {
	file, err := File(write(t, "# a comment\nlisten = 127.0.0.1:1\nrole=api\nlog-level = \"warn\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	env := Environment([]string{"PACKHORSE_LISTEN=127.0.0.1:2", "PACKHORSE_ROLE=worker", "PACKHORSE_TEST_POSTGRES=x", "HOME=/"})
	c, err := Load(file, env, Flags(map[string]string{"listen": "127.0.0.1:3", "role": ""}))
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:3" || c.Role != "worker" || c.LogLevel != "warn" || c.Clock != "real" {
		t.Errorf("%+v", c)
	}
}

func TestAllMistakesAreToldAtOnceWithTheirPlace(t *testing.T) {
	file, err := File(write(t, "listn = x\nlisten = nowhere\n"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = Load(file, Environment([]string{"PACKHORSE_NODE=99"}),
		Flags(map[string]string{"role": "king", "clock": "slow", "data": "a", "db": "postgres://u:secret@h/d", "shutdown": "-1s"}))
	if err == nil {
		t.Fatal("taken")
	}
	for _, want := range []string{"line 1", "line 2", "PACKHORSE_NODE", "--role", "--clock", "--shutdown", "both data and db"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %v", want, err)
		}
	}
	_, err = Load(Flags(map[string]string{"db": "mysql://u:secret@h/d"}))
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("a password in a message, or none: %v", err)
	}
}

func TestABrokenFileNamesItsLines(t *testing.T) {
	_, err := File(write(t, "listen\nrole=all\nrole=api\n"))
	if err == nil || !strings.Contains(err.Error(), "line 1") || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("%v", err)
	}
	if _, err := File("/does/not/exist"); err == nil {
		t.Error("a missing file was read")
	}
}

func TestTheDefaultsAreValid(t *testing.T) {
	if _, err := Load(); err != nil {
		t.Error(err)
	}
}
