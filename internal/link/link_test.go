package link

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/internal/seal"
)

func maker(t interface{ Fatal(...any) }, company string) Maker {
	k, err := seal.Parse(seal.NewText())
	if err != nil {
		t.Fatal(err)
	}
	return Maker{Company: company, Base: "https://shop.example/", Key: k}
}

func TestALinkLeadsToItsOwnThingOfItsOwnCompanyOnly(t *testing.T) {
	mine := maker(t, "default")
	other := mine
	other.Company = "second"
	stranger := maker(t, "default")
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.Int64Range(0, 1<<62).Draw(t, "key")
		path, err := mine.Path(Track, key)
		token, ours := strings.CutPrefix(path, "/track/default/")
		if err != nil || !ours {
			t.Fatalf("%s: %v", path, err)
		}
		if got, err := mine.Read(Track, token); err != nil || got != key {
			t.Fatalf("%d, %v", got, err)
		}
		for name, read := range map[string]func() (int64, error){
			"another sort":    func() (int64, error) { return mine.Read(Confirm, token) },
			"another company": func() (int64, error) { return other.Read(Track, token) },
			"another key":     func() (int64, error) { return stranger.Read(Track, token) },
			"capitals":        func() (int64, error) { return mine.Read(Track, strings.ToUpper(token)+"1") },
			"cut off":         func() (int64, error) { return mine.Read(Track, token[:len(token)-1]) },
		} {
			if _, err := read(); !errors.Is(err, ErrUnknown) {
				t.Fatalf("%s: %v", name, err)
			}
		}
	})
	if got, path := mine.URL(Return, 7), "https://shop.example/return/default/"; !strings.HasPrefix(got, path) {
		t.Errorf("%s", got)
	}
}

func TestWithoutAKeyOrAnAddressThereAreNoLinks(t *testing.T) {
	for _, m := range []Maker{{Company: "default", Base: "https://x"}, {Company: "default", Base: "https://x", Key: &seal.Key{}}} {
		if _, err := m.Path(Track, 1); !errors.Is(err, seal.ErrMissing) || m.URL(Track, 1) != "" {
			t.Errorf("%v %q", err, m.URL(Track, 1))
		}
	}
	m := maker(t, "default")
	m.Base = ""
	if u := m.URL(Track, 1); u != "" {
		t.Error(u)
	}
}

func FuzzNoTokenThatWasTouchedIsRead(f *testing.F) {
	m := maker(f, "default")
	good, _ := m.token(Track, 42)
	f.Add(good)
	f.Add("")
	f.Add(strings.ToUpper(good))
	f.Fuzz(func(t *testing.T, token string) {
		if _, err := m.Read(Track, token); err == nil && token != good {
			t.Errorf("%q was read", token)
		}
	})
}
