package search

import (
	"context"
	"math"

	"github.com/packhorse/packhorse/internal/db"
)

// Service keeps the index of one company and answers from it. It is safe for concurrent use, also by several processes.
type Service struct{ db *db.DB }

// New makes the service.
func New(d *db.DB) *Service {
	d.Follow("search", func(tx *db.Tx) ([]db.Cursor, error) {
		at, err := standing(tx)
		return []db.Cursor{at.Cursor}, err
	})
	return &Service{db: d}
}

// Query is what somebody looks for.
type Query struct {
	Text     string
	Personal bool  // may be found by name and telephone number
	Before   int64 // only orders older than this one; 0 = from the newest
	Limit    int   // at most this many

	// Keep leaves out what the caller may not see; nil keeps everything. It gets ids in their order and returns those
	// that remain in the same order.
	Keep func(tx *db.Tx, orders []int64) ([]int64, error)
}

// Found is a page of orders, newest first.
type Found struct {
	Orders []int64
	Next   int64 // Before of the next page; 0 = there is none
}

// reach is how many pages are looked through for one answer where Keep leaves out most: then a short page names the next.
const reach = 8

// Find lists the orders that fit every part of the text; where some order has a number or code as it was typed, only such
// orders. Faults: search.short, search.long.
func (s *Service) Find(ctx context.Context, q Query) (found Found, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error { found, err = FindIn(tx, q); return err })
	return found, err
}

// read chooses how the text is meant: a code that some order has as it stands is that code, and not its words. It is also
// what makes a number quick to find: its words, such as the letters that all numbers begin with, are in every order.
func read(tx *db.Tx, q Query) ([]wanted, error) {
	asked, err := ask(q.Text, q.Personal)
	if err != nil || asked.whole == nil {
		return asked.parts, err
	}
	known, err := find(tx, asked.whole, math.MaxInt64, 1)
	if len(known) > 0 {
		return asked.whole, err
	}
	return asked.parts, err
}

// FindIn is Find inside a transaction, for those who read the orders as well.
func FindIn(tx *db.Tx, q Query) (found Found, err error) {
	parts, err := read(tx, q)
	if err != nil {
		return found, err
	}
	before := q.Before
	if before == 0 {
		before = math.MaxInt64
	}
	for range reach {
		page, err := find(tx, parts, before, q.Limit)
		if err != nil {
			return found, err
		}
		more := len(page) == q.Limit
		if more {
			before = page[len(page)-1]
		}
		if q.Keep != nil && len(page) > 0 {
			if page, err = q.Keep(tx, page); err != nil {
				return found, err
			}
		}
		if room := q.Limit - len(found.Orders); len(page) > room {
			page, more = page[:room], true
			before = page[room-1]
		}
		found.Orders = append(found.Orders, page...)
		if !more {
			return found, nil
		}
		if len(found.Orders) == q.Limit {
			break
		}
	}
	found.Next = before
	return found, nil
}
