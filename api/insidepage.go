package api

import (
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

// lookedMost bounds how many rows one page of a narrowed caller looks at; a page that ends there is short and names a cursor.
const lookedMost = 5_000

// insidePage reads a list on until a page of what is inside is full. read gives up to n rows behind a place, place is where a row
// stands, and keep leaves what is inside. next is the place behind the page; 0 where nothing follows.
func insidePage[T any](c *call, after int64, limit int, read func(after int64, n int) ([]T, error), place func(T) int64, keep func(*db.Tx, []T) ([]T, error)) (page []T, next int64, err error) {
	if c.area.Whole() {
		if page, err = read(after, limit); len(page) == limit {
			next = place(page[limit-1])
		}
		return page, next, err
	}
	for looked := 0; looked < lookedMost; {
		list, err := read(after, pageMax)
		if err != nil || len(list) == 0 {
			return page, 0, err
		}
		after, looked = place(list[len(list)-1]), looked+len(list)
		full := len(list) == pageMax
		err = c.DB.View(c.ctx, func(tx *db.Tx) error { list, err = keep(tx, list); return err })
		if err != nil {
			return nil, 0, err
		}
		if room := limit - len(page); len(list) > room || full && len(list) == room {
			page = append(page, list[:room]...)
			return page, place(page[limit-1]), nil
		}
		if page = append(page, list...); !full {
			return page, 0, nil
		}
	}
	return page, after, nil
}

// byOrder keeps what belongs to orders inside.
func byOrder[T any](c *call, orderOf func(T) int64) func(*db.Tx, []T) ([]T, error) {
	return func(tx *db.Tx, list []T) ([]T, error) { return insideOrders(c, tx, list, orderOf) }
}

// byPart keeps what belongs to fulfilments inside.
func byPart[T any](c *call, partOf func(T) int64) func(*db.Tx, []T) ([]T, error) {
	return func(tx *db.Tx, list []T) ([]T, error) {
		ids := make([]int64, len(list))
		for i, x := range list {
			ids[i] = partOf(x)
		}
		found, err := order.Fulfilments(tx, sorted(ids))
		if err != nil {
			return nil, err
		}
		parts := make([]*order.Fulfilment, 0, len(found))
		for _, f := range found {
			parts = append(parts, f)
		}
		inside := map[int64]bool{}
		if parts, err = c.insideParts(tx, parts); err != nil {
			return nil, err
		}
		for _, f := range parts {
			inside[f.ID] = true
		}
		var out []T
		for _, x := range list {
			if inside[partOf(x)] {
				out = append(out, x)
			}
		}
		return out, nil
	}
}

// nextCursor shows the place behind a page.
func (c *call) nextCursor(prefix string, next int64) string {
	if next == 0 {
		return ""
	}
	return c.showPlace(id.Show(prefix, next), next)
}

// newestByNode lists what a node has, or all nodes that the caller reaches, newest first. A node is asked by its id; 0 is all.
func newestByNode[T any](c *call, n *names, node int64, limit int, read func(node int64) ([]T, error), key func(T) int64) (list []T, err error) {
	if node != 0 || c.area.Whole() {
		return read(node)
	}
	for _, x := range n.nodes {
		part, err := read(x.ID)
		if err != nil {
			return nil, err
		}
		list = append(list, part...)
	}
	return firstByID(list, limit, func(x T) int64 { return -key(x) }), nil
}
