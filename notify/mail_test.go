package notify

import (
	"os"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/link"
)

func TestAMailLeadsToItsPageAndLooksLikeIt(t *testing.T) {
	tokens, err := os.ReadFile("../web/src/shared/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, Email)
		h.s.page = mailPage(string(tokens))
		evil := wang
		evil.Name = `<script>alert(1)</script>`
		key := h.order(evil, "order.received.v1")
		h.emit(db.Event{Kind: "order.held.v1", Order: key, Params: map[string]any{"reason": "review.address"}})
		h.collect()
		h.work()
		if len(h.mail.taken) != 2 {
			t.Fatalf("%d mails", len(h.mail.taken))
		}
		for i, sort := range []link.Sort{link.Track, link.Confirm} {
			l := h.mail.taken[i]
			if other := h.mail.taken[1-i]; strings.Contains(other.Text, "/"+string(sort)+"/") {
				l = other // both are due at once
			}
			start := strings.Index(l.Text, "https://shop.example/"+string(sort)+"/default/")
			if start < 0 {
				t.Fatalf("no link in %s", l.Text)
			}
			address := strings.Fields(l.Text[start:])[0]
			token := address[strings.LastIndexByte(address, '/')+1:]
			if got, err := (link.Maker{Company: "default", Key: sealing}).Read(sort, token); err != nil || got != key {
				t.Errorf("%s leads to %d, %v", address, got, err)
			}
			if !strings.Contains(l.HTML, `href="`+address+`"`) || !strings.Contains(l.HTML, "background:#0b5cd6") || strings.Contains(l.HTML, "var(") || strings.Contains(l.HTML, "ZgotmplZ") {
				t.Errorf("the page of the mail: %s", l.HTML)
			}
			if strings.Contains(l.HTML, "<script") {
				t.Errorf("a script in %s", l.HTML)
			}
		}
	})
}

func TestATextWithItsOwnLinkGetsNoSecondAndAnSMSNoneItDoesNotAskFor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, Email)
		if _, err := h.s.SaveTemplate(t.Context(), nil, "user:op", Template{Notice: Received, Channel: Email, Language: "zh-CN", Subject: "s", Body: "look: {link} !"}); err != nil {
			t.Fatal(err)
		}
		h.order(wang, "order.received.v1")
		h.collect()
		h.work()
		if l := h.mail.taken[0]; strings.Count(l.Text, "/track/") != 1 || strings.Count(l.HTML, "/track/") != 1 {
			t.Errorf("%s", l.Text)
		}
	})
	b, err := builtin(Shipped, SMS, "en")
	if r, err2 := b.Render(sample); err != nil || err2 != nil || strings.Contains(r.Subject, "https://") {
		t.Errorf("%q %v %v", r.Subject, err, err2)
	}
}
