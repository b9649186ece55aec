package sendertest

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/packhorse/packhorse/internal/suite"
	"github.com/packhorse/packhorse/notify"
)

var chapters = []suite.Chapter[Bench]{
	{Name: "a letter arrives as it was written", Play: arrives},
	{Name: "a second attempt bears the same number", Play: sameNumber},
	{Name: "a refusal is for good", Play: refusal},
	{Name: "what is put off may be sent later", Play: putOff},
	{Name: "silence is no refusal", Play: silence},
	{Name: "a subject cannot write a header", Play: subjectHeader},
	{Name: "an address cannot write a header", Play: addressHeader},
	{Name: "a call that was given up ends", Play: givenUp},
}

func letter(b Bench) notify.Letter {
	return notify.Letter{ID: "msg_0am90kcdc0000", To: b.To, Language: "zh-CN", Subject: "订单 W-1001 已发货", Text: "王芳，您好：\n\n运单号：ZT2006",
		HTML: "<p>王芳，您好：</p>\n<p>运单号：ZT2006 &lt;script&gt;</p>\n"}
}

func arrives(ctx context.Context, b Bench) error {
	l := letter(b)
	if _, err := b.Sender.Send(ctx, l); err != nil {
		return err
	}
	in := b.Inbox()
	if len(in) != 1 {
		return fmt.Errorf("%d letters arrived, want 1", len(in))
	}
	got := in[0]
	switch {
	case got.To != l.To:
		return fmt.Errorf("to %q, want %q", got.To, l.To)
	case got.Subject != l.Subject:
		return fmt.Errorf("subject %q, want %q", got.Subject, l.Subject)
	case !strings.Contains(flat(got.Text), flat(l.Text)):
		return fmt.Errorf("text %q, want %q", got.Text, l.Text)
	case got.HTML != "" && flat(got.HTML) != flat(l.HTML):
		return fmt.Errorf("HTML %q, want %q", got.HTML, l.HTML)
	}
	return nil
}

// flat forgets how lines end.
func flat(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

func sameNumber(ctx context.Context, b Bench) error {
	for range 2 {
		if _, err := b.Sender.Send(ctx, letter(b)); err != nil {
			return err
		}
	}
	in := b.Inbox()
	if len(in) == 0 || len(in) > 2 {
		return fmt.Errorf("%d letters arrived, want one or two", len(in))
	}
	if in[0].ID == "" || in[0].ID != in[len(in)-1].ID {
		return fmt.Errorf("numbers %q and %q; a receiver cannot tell that they are one", in[0].ID, in[len(in)-1].ID)
	}
	return nil
}

func refusal(ctx context.Context, b Bench) error {
	b.Refuse()
	_, err := b.Sender.Send(ctx, letter(b))
	if !errors.Is(err, notify.ErrRefused) {
		return fmt.Errorf("%v, want a refusal", err)
	}
	return nil
}

func putOff(ctx context.Context, b Bench) error {
	b.Defer()
	if _, err := b.Sender.Send(ctx, letter(b)); !errors.Is(err, notify.ErrLater) {
		return fmt.Errorf("%v, want later", err)
	}
	if _, err := b.Sender.Send(ctx, letter(b)); err != nil {
		return fmt.Errorf("the second attempt: %w", err)
	}
	if n := len(b.Inbox()); n != 1 {
		return fmt.Errorf("%d letters arrived, want 1", n)
	}
	return nil
}

func silence(ctx context.Context, b Bench) error {
	b.LoseAnswer()
	if _, err := b.Sender.Send(ctx, letter(b)); !errors.Is(err, notify.ErrUncertain) {
		return fmt.Errorf("%v, want uncertain: the letter may have been taken", err)
	}
	return nil
}

func subjectHeader(ctx context.Context, b Bench) error {
	l := letter(b)
	l.Subject = "hello\r\nBcc: thief@example.com\r\n\r\nother text"
	return nothingWritten(ctx, b, l)
}

func addressHeader(ctx context.Context, b Bench) error {
	l := letter(b)
	l.To += "\r\nBcc: thief@example.com"
	return nothingWritten(ctx, b, l)
}

func nothingWritten(ctx context.Context, b Bench, l notify.Letter) error {
	if _, err := b.Sender.Send(ctx, l); !errors.Is(err, notify.ErrRefused) {
		return fmt.Errorf("%v, want a refusal", err)
	}
	if n := len(b.Inbox()); n != 0 {
		return fmt.Errorf("%d letters arrived, want none", n)
	}
	return nil
}

func givenUp(ctx context.Context, b Bench) error {
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := b.Sender.Send(ctx, letter(b)); err == nil || errors.Is(err, notify.ErrRefused) {
		return fmt.Errorf("%v, want an error that is no refusal", err)
	}
	return nil
}
