package channeltest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/packhorse/packhorse/intake"
)

// moment is the wall clock of the chapters about messages: what signs and what verifies is told it.
var moment = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

// most bounds how many pages one pull may have: a cursor that does not move would never end.
const most = 1000

// pulled gathers every page from a place on.
func (f Fixture) pulled(ctx context.Context, cursor string) (all []intake.Pulled, end string, err error) {
	for range most {
		page, err := f.Channel.Pull(ctx, cursor)
		if err != nil {
			return nil, "", fmt.Errorf("pull at %q: %w", cursor, err)
		}
		all = append(all, page.Documents...)
		if page.More && page.Cursor == cursor {
			return nil, "", fmt.Errorf("there is more, and the cursor stays at %q: the pull would never end", cursor)
		}
		if cursor = page.Cursor; !page.More {
			return all, cursor, nil
		}
	}
	return nil, "", fmt.Errorf("after %d pages there is still more", most)
}

func numbers(list []intake.Pulled) map[string]intake.Document {
	out := map[string]intake.Document{}
	for _, p := range list {
		if p.Err == nil {
			out[p.Document.OrderNo] = p.Document
		}
	}
	return out
}

func wantAll(list []intake.Pulled, want []string) error {
	have := numbers(list)
	for _, n := range want {
		d, ok := have[n]
		if !ok {
			return fmt.Errorf("the order %s was sold and not pulled: it would be lost", n)
		}
		d.Channel, d.Shop = "channel", "" // the engine writes both
		if err := d.Validate(); err != nil {
			return fmt.Errorf("the document of %s is not valid: %w", n, err)
		}
	}
	return nil
}

func (f Fixture) sold(n int) ([]string, error) {
	if f.Sell == nil {
		return nil, errors.New("the fixture cannot sell; name the chapter in Without if the shop cannot")
	}
	return f.Sell(n)
}

func (f Fixture) soldOne() (string, error) {
	list, err := f.sold(1)
	if err != nil {
		return "", fmt.Errorf("sell: %w", err)
	}
	return list[0], nil
}

func pullAll(ctx context.Context, f Fixture) error {
	want, err := f.sold(7)
	if err != nil {
		return err
	}
	list, _, err := f.pulled(ctx, "")
	if err != nil {
		return err
	}
	return wantAll(list, want)
}

func pullAgain(ctx context.Context, f Fixture) error {
	if _, err := f.sold(3); err != nil {
		return err
	}
	first, _, err := f.pulled(ctx, "")
	if err != nil {
		return err
	}
	second, _, err := f.pulled(ctx, "")
	if err != nil {
		return err
	}
	again := numbers(second)
	for n, d := range numbers(first) {
		other, ok := again[n]
		if !ok {
			return fmt.Errorf("the order %s came once and not again from the same place: a page that was lost could not be repeated", n)
		}
		if d.Hash() != other.Hash() {
			return fmt.Errorf("nothing happened to the order %s, and its document changed: every pull would be a revision", n)
		}
	}
	return nil
}

func pullOnward(ctx context.Context, f Fixture) error {
	if _, err := f.sold(2); err != nil {
		return err
	}
	_, cursor, err := f.pulled(ctx, "")
	if err != nil {
		return err
	}
	for round := range 3 {
		want, err := f.sold(2)
		if err != nil {
			return err
		}
		var list []intake.Pulled
		if list, cursor, err = f.pulled(ctx, cursor); err != nil {
			return err
		}
		if err := wantAll(list, want); err != nil {
			return fmt.Errorf("round %d: %w", round, err)
		}
	}
	return nil
}

func pullChange(ctx context.Context, f Fixture) error {
	n, err := f.soldOne()
	if err != nil {
		return err
	}
	list, cursor, err := f.pulled(ctx, "")
	if err != nil {
		return err
	}
	before := numbers(list)[n]
	if f.Change == nil {
		return errors.New("the fixture cannot change an order")
	}
	if err := f.Change(n); err != nil {
		return fmt.Errorf("change: %w", err)
	}
	if list, _, err = f.pulled(ctx, cursor); err != nil {
		return err
	}
	after, ok := numbers(list)[n]
	if !ok {
		return fmt.Errorf("the order %s changed and did not come again", n)
	}
	if before.Hash() == after.Hash() {
		return fmt.Errorf("the order %s changed, and its document did not", n)
	}
	return nil
}

func pullUnreadable(ctx context.Context, f Fixture) error {
	if f.Spoil == nil {
		return errors.New("the fixture cannot spoil an order")
	}
	before, err := f.sold(1)
	if err != nil {
		return err
	}
	if err := f.Spoil(); err != nil {
		return fmt.Errorf("spoil: %w", err)
	}
	after, err := f.sold(1)
	if err != nil {
		return err
	}
	list, _, err := f.pulled(ctx, "")
	if err != nil {
		return fmt.Errorf("one order that cannot be read stopped all: %w", err)
	}
	for _, p := range list {
		if p.Err != nil && p.Raw == "" {
			return errors.New("what could not be read is not there word for word")
		}
		if p.Err != nil {
			return wantAll(list, append(before, after...))
		}
	}
	return errors.New("the order that cannot be read was left out silently")
}

func refusal(name string, c intake.Channel, ctx context.Context, want error) error {
	if c == nil {
		return fmt.Errorf("the fixture has no connector for: %s", name)
	}
	if _, err := c.Pull(ctx, ""); !errors.Is(err, want) {
		return fmt.Errorf("%s: got %v, want %v", name, err, want)
	}
	return nil
}

func wrongKey(ctx context.Context, f Fixture) error {
	return refusal("a wrong key", f.WrongKey, ctx, intake.ErrCredentials)
}

func elsewhere(ctx context.Context, f Fixture) error {
	return refusal("an address that is not the shop's", f.Elsewhere, ctx, intake.ErrUnreachable)
}

func busy(ctx context.Context, f Fixture) error {
	if f.Busy == nil {
		return errors.New("the fixture cannot make the shop busy")
	}
	f.Busy()
	return refusal("a busy shop", f.Channel, ctx, intake.ErrBusy)
}

func fetchOrders(ctx context.Context, f Fixture) error {
	want, err := f.sold(2)
	if err != nil {
		return err
	}
	list, err := f.Channel.(intake.Fetcher).Fetch(ctx, append(want, "NEVER-SOLD-1"))
	if err != nil {
		return fmt.Errorf("fetch: %w: an unknown order is missing, no error", err)
	}
	if err := wantAll(list, want); err != nil {
		return err
	}
	if len(numbers(list)) != len(want) {
		return fmt.Errorf("asked for %v and one nobody sold, got %d documents", want, len(list))
	}
	return nil
}

func countOrders(ctx context.Context, f Fixture) error {
	if f.Now == nil {
		return errors.New("the fixture has no clock")
	}
	from, to := f.Now().Add(-time.Hour), f.Now().Add(time.Hour)
	counter := f.Channel.(intake.Counter)
	before, err := counter.Count(ctx, from, to)
	if err != nil {
		return err
	}
	if _, err := f.sold(3); err != nil {
		return err
	}
	after, err := counter.Count(ctx, from, to)
	if err != nil || after != before+3 {
		return fmt.Errorf("3 orders were sold; the shop counted %d before and %d after (%v)", before, after, err)
	}
	if n, err := counter.Count(ctx, to, to.Add(time.Hour)); err != nil || n != 0 {
		return fmt.Errorf("the shop counts %d orders in the future (%v)", n, err)
	}
	return nil
}

// message is one about a fresh order, signed by the shop's own hand.
func (f Fixture) message(at time.Time) (order string, m intake.Message, err error) {
	if f.Sign == nil || f.Body == nil {
		return "", m, errors.New("the fixture cannot sign messages")
	}
	if order, err = f.soldOne(); err != nil {
		return "", m, err
	}
	return order, f.Sign(f.Body(order), at), nil
}

func hookTaken(ctx context.Context, f Fixture) error {
	now := moment
	order, m, err := f.message(now)
	if err != nil {
		return err
	}
	h := f.Channel.(intake.Hinter)
	hint, err := h.Hint(ctx, m, now)
	if err != nil {
		return fmt.Errorf("a good message: %w", err)
	}
	again, err := h.Hint(ctx, m, now)
	if err != nil || hint.ID == "" || again.ID != hint.ID {
		return fmt.Errorf("one message has the ids %q and %q (%v): its repetition would not be known", hint.ID, again.ID, err)
	}
	if _, whole := numbers(hint.Documents)[order]; whole {
		return nil
	}
	for _, n := range hint.Orders {
		if n == order {
			return nil
		}
	}
	return fmt.Errorf("the message about %s names %v", order, hint.Orders)
}

func hookForged(ctx context.Context, f Fixture) error {
	now := moment
	_, m, err := f.message(now)
	if err != nil {
		return err
	}
	m.Body = append(bytes.Clone(m.Body), ' ')
	if _, err := f.Channel.(intake.Hinter).Hint(ctx, m, now); !errors.Is(err, intake.ErrSignature) {
		return fmt.Errorf("a body that was not signed gave %v, want ErrSignature", err)
	}
	m.Header = func(string) string { return "" }
	if _, err := f.Channel.(intake.Hinter).Hint(ctx, m, now); !errors.Is(err, intake.ErrSignature) {
		return fmt.Errorf("a message without headers gave %v, want ErrSignature", err)
	}
	return nil
}

func hookStale(ctx context.Context, f Fixture) error {
	now := moment
	_, m, err := f.message(now)
	if err != nil {
		return err
	}
	if _, err := f.Channel.(intake.Hinter).Hint(ctx, m, now.Add(time.Hour)); !errors.Is(err, intake.ErrStale) {
		return fmt.Errorf("a message that was signed an hour ago gave %v, want ErrStale", err)
	}
	return nil
}

func hookUnreadable(ctx context.Context, f Fixture) error {
	if f.Sign == nil {
		return errors.New("the fixture cannot sign messages")
	}
	now := moment
	if _, err := f.Channel.(intake.Hinter).Hint(ctx, f.Sign([]byte("no JSON"), now), now); !errors.Is(err, intake.ErrUnreadable) {
		return fmt.Errorf("a message that is no JSON gave %v, want ErrUnreadable", err)
	}
	return nil
}
