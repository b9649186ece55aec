package seal

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func key(t interface{ Fatal(...any) }) *Key {
	k, err := Parse(NewText())
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestASecretOpensOnlyUnderItsKeyAndAtItsPlace(t *testing.T) {
	mine, other := key(t), key(t)
	rapid.Check(t, func(t *rapid.T) {
		secret, place := rapid.StringN(1, 60, -1).Draw(t, "secret"), rapid.String().Draw(t, "place")
		sealed, err := mine.Seal(place, secret)
		if err != nil || !Sealed(sealed) || len(secret) > 3 && strings.Contains(sealed, secret) {
			t.Fatalf("%q: %v", sealed, err)
		}
		if got, err := mine.Open(place, sealed); err != nil || got != secret {
			t.Fatalf("opens as %q, %v", got, err)
		}
		if again, _ := mine.Seal(place, secret); again == sealed {
			t.Fatal("the same secret twice looks the same")
		}
		if _, err := other.Open(place, sealed); !errors.Is(err, ErrWrong) {
			t.Fatalf("another key: %v", err)
		}
		if _, err := mine.Open(place+"x", sealed); !errors.Is(err, ErrWrong) {
			t.Fatalf("another place: %v", err)
		}
		if _, err := (&Key{}).Open(place, sealed); !errors.Is(err, ErrMissing) {
			t.Fatalf("no key: %v", err)
		}
	})
}

func TestWithoutAKeyNothingIsSealedAndWhatNeverWasIsRead(t *testing.T) {
	none := &Key{}
	if _, err := none.Seal("p", "s"); !errors.Is(err, ErrMissing) || none.Present() {
		t.Error(err)
	}
	if got, err := none.Seal("p", ""); got != "" || err != nil {
		t.Errorf("nothing is sealed as %q, %v", got, err)
	}
	for _, k := range []*Key{none, key(t)} {
		if got, err := k.Open("p", "whsec_old"); got != "whsec_old" || err != nil {
			t.Errorf("a secret of an older version: %q %v", got, err)
		}
	}
}

func TestAKeyIsMadeOnceForItsOwnerOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret.key")
	if k, err := Load(path); err != nil || k.Present() {
		t.Fatalf("a key out of no file: %v", err)
	}
	made, err := Make(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if _, err := Make(path); err == nil {
		t.Error("a key was written over")
	}
	read, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	sealed, _ := made.Seal("p", "s")
	if got, err := read.Open("p", sealed); got != "s" || err != nil {
		t.Errorf("%q %v", got, err)
	}
	if err := os.WriteFile(path, []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("a file that is no key: %v", err)
	}
}

func FuzzASealedTextThatWasTouchedNeverOpens(f *testing.F) {
	k := key(f)
	good, _ := k.Seal("p", "secret")
	f.Add(good)
	f.Add(form + k.mark + ":")
	f.Add(form)
	f.Fuzz(func(t *testing.T, text string) {
		if got, err := k.Open("p", text); err == nil && Sealed(text) && got != "secret" {
			t.Errorf("%q opens as %q", text, got)
		}
	})
}
