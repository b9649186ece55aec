package review_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/review"
)

// workers are two processes on one database, as only PostgreSQL allows; on the second desk nothing is stored anew.
func workers(t *testing.T) (a, b *desk) {
	o, c := dbtest.Postgres(t), clock.Fixed(dbtest.Noon)
	a = newDesk(t, dbtest.Open(t, o, c))
	o.Node = 1
	d := dbtest.Open(t, o, c)
	return a, &desk{t, d, review.New(d, review.Settings{}), a.sku}
}

func TestTwoWorkersSeeEachOthersOrdersInTheWindow(t *testing.T) {
	limits := review.DefaultThresholds()
	for name, c := range map[string]struct {
		limit  int
		share  func(o *order.Order)
		reason string
	}{
		"phone":   {limits.SamePhone, func(o *order.Order) { o.Recipient.Phone = "13900001111" }, "review.same_phone"},
		"ip":      {limits.SameIP, func(o *order.Order) { o.Buyer.IP = "203.0.113.9" }, "review.same_ip"},
		"address": {limits.SameAddress, func(o *order.Order) { o.Recipient.Address = "文三路 99 号" }, "review.same_address"},
		// A platform that hides its customers: no IP address, stars for the address, and a token that says who it is.
		"token of a masked recipient": {limits.SameToken, func(o *order.Order) {
			o.Buyer.IP, o.Buyer.Token = "", "oaid-1"
			o.Recipient.Phone, o.Recipient.Address, o.Recipient.Token = "139****1111", "文三路***", "oaid-1"
		}, "review.same_token"},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := workers(t)
			turn := []*desk{a, b}
			for i := range c.limit + 1 {
				o := a.good(i)
				c.share(o)
				turn[i%2].add(o)
				turn[i%2].step()
				a.db.Clock().Advance(time.Millisecond) // ids grow with time; within a millisecond they are of equal age
				a.want(o, order.ReviewPassed, order.FulfilmentWaiting)
			}
			for i, k := range turn {
				o := k.good(100 + i)
				c.share(o)
				k.add(o)
				k.step()
				k.want(o, order.ReviewHeld, order.FulfilmentNone, c.reason)
			}
		})
	}
}

func TestMaskedOrdersOfDifferentBuyersShareNothingAcrossWorkers(t *testing.T) {
	a, b := workers(t)
	for i := range 30 {
		k := []*desk{a, b}[i%2]
		o := k.good(i)
		token := fmt.Sprint("oaid-", i)
		o.Buyer.IP, o.Buyer.Token = "", token
		o.Recipient.Phone, o.Recipient.Address, o.Recipient.Token = "139****1111", "文三路***", token
		k.add(o)
		k.step()
		k.want(o, order.ReviewPassed, order.FulfilmentWaiting)
	}
}

// While one worker is still at its orders, another decides over later ones: it must count those it cannot take.
func TestAWorkerCountsTheOrdersThatAnotherIsDecidingOver(t *testing.T) {
	a, b := workers(t)
	limit := review.DefaultThresholds().SamePhone
	a.step() // both have been at work for a while
	b.step()
	var first []*order.Order
	for i := range limit + 1 {
		o := a.good(i)
		o.Recipient.Phone = "13900001111"
		first = append(first, o)
	}
	a.add(first...)
	last := b.good(100)
	last.Recipient.Phone = "13900001111"
	taken, decided, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		done <- a.db.Update(context.Background(), func(tx *db.Tx) error {
			_, err := order.TakePending(tx, 256)
			close(taken)
			<-decided
			return err
		})
	}()
	<-taken
	func() {
		defer close(decided)
		a.db.Clock().Advance(time.Second)
		b.add(last)
		b.step()
		b.want(last, order.ReviewHeld, order.FulfilmentNone, "review.same_phone")
	}()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	a.step()
	for _, o := range first {
		a.want(o, order.ReviewPassed, order.FulfilmentWaiting)
	}
}

// A sale: more orders of other processes than one page came in the moment before.
func TestManyOrdersOfOthersAreReadPageByPage(t *testing.T) {
	a, b := workers(t)
	a.step() // a knows what stood in the books before
	limits := review.DefaultThresholds()
	crowd := make([]*order.Order, 4_200)
	for i := range crowd {
		crowd[i] = b.good(i)
		crowd[i].Review, crowd[i].Fulfilment = order.ReviewPassed, order.FulfilmentWaiting
		if i >= len(crowd)-limits.SamePhone-1 {
			crowd[i].Recipient.Phone = "13900001111"
		}
	}
	b.add(crowd...)
	a.db.Clock().Advance(100 * time.Millisecond) // so many ids reach into the next milliseconds
	last := a.good(9_999)
	last.Recipient.Phone = "13900001111"
	a.add(last)
	a.step()
	a.want(last, order.ReviewHeld, order.FulfilmentNone, "review.same_phone")
}
