package smtp

import (
	"errors"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/notify"
	"github.com/packhorse/packhorse/notify/sendertest"
)

func TestSMTPIsASender(t *testing.T) {
	sendertest.Run(t, func(t *testing.T) sendertest.Bench {
		k, address := serve(t, true)
		return sendertest.Bench{Sender: sender(t, address), To: "wang@example.com", Inbox: k.inbox,
			Defer:      func() { k.answer(450, "mailbox busy") },
			Refuse:     func() { k.answer(550, "no such user") },
			LoseAnswer: func() { k.mu.Lock(); defer k.mu.Unlock(); k.lose = true }}
	})
}

func letter() notify.Letter {
	return notify.Letter{ID: "msg_1", To: "wang@example.com", Language: "en", Subject: "s", Text: "t", HTML: "<p>t</p>", Unsubscribe: "https://shop.example/unsubscribe/a/b"}
}

func TestAMailCarriesItsNumberAndTheWayOut(t *testing.T) {
	k, address := serve(t, false)
	reference, err := sender(t, address).Send(t.Context(), letter())
	if err != nil {
		t.Fatal(err)
	}
	h := k.inbox()[0].Header
	for name, want := range map[string]string{"Message-Id": "<msg_1@shop.example>", "List-Unsubscribe": "<https://shop.example/unsubscribe/a/b>",
		"List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Auto-Submitted": "auto-generated", "Content-Language": "en"} {
		if h[name] != want {
			t.Errorf("%s: %q, want %q", name, h[name], want)
		}
	}
	if "<"+reference+">" != h["Message-Id"] {
		t.Errorf("reference %q", reference)
	}
}

func TestTheWordsOfARefusalAreKept(t *testing.T) {
	k, address := serve(t, false)
	k.answer(552, "quota exceeded")
	_, err := sender(t, address).Send(t.Context(), letter())
	if !errors.Is(err, notify.ErrRefused) || !strings.Contains(err.Error(), "552") || !strings.Contains(err.Error(), "quota exceeded") || strings.Contains(err.Error(), "wang") {
		t.Errorf("%v", err)
	}
}

func TestAnAddressBeyondASCIINeedsAServerThatTakesIt(t *testing.T) {
	l := letter()
	l.To = "王芳@example.com"
	k, address := serve(t, true)
	if _, err := sender(t, address).Send(t.Context(), l); err != nil || k.inbox()[0].To != l.To {
		t.Errorf("with SMTPUTF8: %v, %+v", err, k.inbox())
	}
	_, address = serve(t, false)
	if _, err := sender(t, address).Send(t.Context(), l); !errors.Is(err, notify.ErrRefused) || !strings.Contains(err.Error(), "SMTPUTF8") {
		t.Errorf("without: %v", err)
	}
}

func TestWhatIsNoAddressIsRefusedBeforeAnybodyIsCalled(t *testing.T) {
	s := sender(t, "127.0.0.1:1")
	for _, to := range []string{"", "wang", "wang@", "a@b.example, c@d.example", "Wang <wang@example.com>", "wang@example.com>\r\nRCPT TO:<x@y.example", "wang@example.com\x00", "wang@exam ple.com"} {
		l := letter()
		l.To = to
		if _, err := s.Send(t.Context(), l); !errors.Is(err, notify.ErrRefused) {
			t.Errorf("%q: %v", to, err)
		}
	}
	if _, err := s.Send(t.Context(), letter()); !errors.Is(err, notify.ErrLater) {
		t.Errorf("nobody there: %v", err)
	}
}

func TestTLSIsDemandedUnlessItIsSaidOtherwise(t *testing.T) {
	k, address := serve(t, false)
	s, err := New(Config{URL: "smtp://" + address, From: "orders@shop.example"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Send(t.Context(), letter()); !errors.Is(err, notify.ErrLater) || len(k.inbox()) != 0 {
		t.Errorf("%v, %d mails in the clear", err, len(k.inbox()))
	}
}

func TestSettingsThatCannotWorkAreRefused(t *testing.T) {
	for _, c := range []Config{{URL: "http://x", From: "a@b.example"}, {URL: "smtp://", From: "a@b.example"}, {URL: "smtp://x:99999999", From: "a@b.example"},
		{URL: "smtp://x?tls=perhaps", From: "a@b.example"}, {URL: "smtp://x", From: "nobody"}} {
		if _, err := New(c); err == nil {
			t.Errorf("%+v is taken", c)
		}
	}
	if _, err := New(Config{URL: "smtp://u:secret@x:port", From: "a@b.example"}); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("the password is told: %v", err)
	}
}

func FuzzALetterWritesNoHeader(f *testing.F) {
	f.Add("a@b.example", "s", "t")
	f.Add("a@b.example\r\nBcc: x@y.example", "s\nX: y", "t\r\n.\r\nMAIL")
	f.Add("\"a\r\n\"@b.example", "\u2028", "")
	s, err := New(Config{URL: "smtp://127.0.0.1:1?tls=none", From: "orders@shop.example"})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, to, subject, text string) {
		m, _, err := s.compose(notify.Letter{ID: "msg_1", To: to, Subject: subject, Text: text, HTML: "<p></p>"})
		if err != nil {
			return
		}
		var b strings.Builder
		if _, err := m.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(b.String(), "\r\n\r\n")
		for _, name := range []string{"\r\nBcc:", "\r\nX:"} {
			if strings.Contains(head, name) {
				t.Fatalf("head %q", head)
			}
		}
	})
}
