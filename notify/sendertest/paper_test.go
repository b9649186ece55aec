package sendertest

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/notify"
)

// paper is a channel in memory. Honest as it stands; each flaw breaks one promise.
type paper struct {
	flaw   string
	next   string
	number int
	mails  []Arrived
}

func (p *paper) Send(ctx context.Context, l notify.Letter) (string, error) {
	if err := ctx.Err(); err != nil && p.flaw != "sends what was given up" {
		return "", notify.Later(err.Error())
	}
	if strings.ContainsAny(l.Subject, "\r\n") && p.flaw != "takes any subject" || strings.ContainsAny(l.To, "\r\n") && p.flaw != "takes any address" {
		return "", notify.Refused("more than one line")
	}
	next := p.next
	p.next = ""
	switch {
	case next == "refuse" && p.flaw == "hopes after a refusal":
		return "", notify.Later("no")
	case next == "refuse":
		return "", notify.Refused("no")
	case next == "defer" && p.flaw == "refuses what may be sent later":
		return "", notify.Refused("busy")
	case next == "defer":
		return "", notify.Later("busy")
	}
	a := Arrived{ID: l.ID, To: l.To, Subject: l.Subject, Text: l.Text, HTML: l.HTML}
	if p.flaw == "numbers every attempt" {
		p.number++
		a.ID += fmt.Sprint(p.number)
	}
	if p.flaw == "loses letters beyond ASCII" {
		a.Subject = strings.ToValidUTF8(strings.Map(func(r rune) rune { return r & 0x7f }, l.Subject), "?")
	}
	p.mails = append(p.mails, a)
	if next == "lose" && p.flaw != "calls silence a refusal" {
		return "", notify.Uncertain(io.EOF)
	} else if next == "lose" {
		return "", notify.Refused("no answer")
	}
	return a.ID, nil
}

func bench(flaw string) Bench {
	p := &paper{flaw: flaw}
	return Bench{Sender: p, To: "wang@example.com", Inbox: func() []Arrived { return p.mails }, Defer: func() { p.next = "defer" },
		Refuse: func() { p.next = "refuse" }, LoseAnswer: func() { p.next = "lose" }}
}

func TestAnHonestSenderPasses(t *testing.T) { Run(t, func(*testing.T) Bench { return bench("") }) }

func TestEveryFlawIsFoundByItsChapter(t *testing.T) {
	for flaw, chapter := range map[string]string{
		"loses letters beyond ASCII":     "a letter arrives as it was written",
		"numbers every attempt":          "a second attempt bears the same number",
		"hopes after a refusal":          "a refusal is for good",
		"refuses what may be sent later": "what is put off may be sent later",
		"calls silence a refusal":        "silence is no refusal",
		"takes any subject":              "a subject cannot write a header",
		"takes any address":              "an address cannot write a header",
		"sends what was given up":        "a call that was given up ends",
	} {
		for _, c := range chapters {
			b := bench(flaw)
			ctx, cancel := context.WithCancel(t.Context())
			err := c.Play(ctx, b)
			cancel()
			if (err != nil) != (c.Name == chapter) {
				t.Errorf("%s: the chapter %q says %v", flaw, c.Name, err)
			}
		}
	}
}
