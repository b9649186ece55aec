package inventory

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Buffer is what a channel may not see of the stock: a number of units and a share, whichever hides more.
// SKU 0 speaks of every SKU that has no buffer of its own.
type Buffer struct {
	Channel  string
	SKU      int64
	Quantity int64
	Percent  int64
}

// BufferSaved is the event of another buffer; its subject is the SKU, 0 = any that has none of its own.
const BufferSaved = "stock.buffered.v1"

var (
	putBuffer  = db.Upsert("inventory_buffer", "channel text, sku_id bigint, quantity bigint, percent bigint", 2, "quantity = excluded.quantity, percent = excluded.percent")
	delBuffer  = db.NewSQL(`DELETE FROM inventory_buffer WHERE channel = $1 AND sku_id = $2`)
	selBuffers = db.NewSQL(`SELECT channel, sku_id, quantity, percent FROM inventory_buffer WHERE channel = $1 AND sku_id > $2 ORDER BY sku_id LIMIT $3`)
	selBuffer  = db.NewSQL(`SELECT channel, sku_id, quantity, percent FROM inventory_buffer WHERE channel = $1 AND sku_id = ANY($2)`)
)

// Offer is what may be sold of a SKU: over all nodes, and what one channel is told.
type Offer struct {
	SKU       int64
	OnHand    int64
	Reserved  int64
	Blocked   int64
	Available int64 // can be promised
	Offered   int64 // to the channel, after its buffer
}

// Offers reads what a channel may sell of some SKUs. An empty channel has no buffer.
func Offers(tx *db.Tx, channel string, skus []int64) ([]Offer, error) {
	return OffersLess(tx, channel, skus, nil)
}

// OffersLess is Offers where some units will be taken before anybody can promise them: by SKU, they are no longer available to the
// channel, and its buffer hides its part of the rest.
func OffersLess(tx *db.Tx, channel string, skus []int64, taken map[int64]int64) ([]Offer, error) {
	balances, err := Balances(tx, skus)
	if err != nil {
		return nil, err
	}
	return offers(tx, channel, skus, balances, taken)
}

// OffersOf is Offers of some balances of the SKUs only, such as those of a few nodes.
func OffersOf(tx *db.Tx, channel string, skus []int64, balances []Balance) ([]Offer, error) {
	return offers(tx, channel, skus, balances, nil)
}

func offers(tx *db.Tx, channel string, skus []int64, balances []Balance, taken map[int64]int64) ([]Offer, error) {
	at := make(map[int64]int, len(skus))
	out := make([]Offer, len(skus))
	for i, sku := range skus {
		at[sku], out[i].SKU = i, sku
	}
	for _, b := range balances {
		o := &out[at[b.SKU]]
		o.OnHand += b.OnHand
		o.Reserved += b.Reserved
		o.Blocked += b.Blocked
		o.Available += max(0, b.Available())
	}
	buffers := map[int64]Buffer{}
	if channel != "" {
		rows := tx.Query(selBuffer, channel, append([]int64{0}, skus...))
		for rows.Next() {
			var b Buffer
			rows.Scan(&b.Channel, &b.SKU, &b.Quantity, &b.Percent)
			buffers[b.SKU] = b
		}
		if err := rows.Close(); err != nil {
			return nil, err
		}
	}
	for i := range out {
		b, own := buffers[out[i].SKU]
		if !own {
			b = buffers[0]
		}
		out[i].Offered = b.leave(max(0, out[i].Available-taken[out[i].SKU]))
	}
	return out, nil
}

// leave is what a channel sees of available units. The share hidden is rounded up: the buffer protects.
func (b Buffer) leave(available int64) int64 {
	hidden := max(b.Quantity, (available*b.Percent+99)/100)
	return max(0, available-hidden)
}

// Buffers lists what a channel may not see, by SKU behind one; the buffer of all other SKUs is the first.
func Buffers(tx *db.Tx, channel string, after int64, limit int) ([]Buffer, error) {
	return db.All(tx.Query(selBuffers, channel, after, limit), func(r *db.Rows) (b Buffer) {
		r.Scan(&b.Channel, &b.SKU, &b.Quantity, &b.Percent)
		return b
	})
}

// SaveBuffer sets what a channel may not see; the channel is told its stock anew. once may be nil. Faults: required, inventory.quantity,
// inventory.percent.
func (s *Service) SaveBuffer(ctx context.Context, once *db.Once, actor string, b Buffer) (Buffer, error) {
	if b.Channel == "" {
		return b, fault.Invalidf("channel", "required", "say which channel the buffer is for")
	}
	if b.Quantity < 0 || b.Quantity > maxQuantity {
		return b, fault.Invalidf("quantity", "inventory.quantity", "the buffer is between 0 and %d units", int64(maxQuantity))
	}
	if b.Percent < 0 || b.Percent > 100 {
		return b, fault.Invalidf("percent", "inventory.percent", "the buffer is between 0 and 100 percent")
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Buffer, error) {
		tx.Put(putBuffer, b.Channel, b.SKU, b.Quantity, b.Percent)
		b.tell(tx, actor)
		return b, nil
	})
}

// RemoveBuffer lets the buffer of all other SKUs hold for a SKU again. once may be nil.
func (s *Service) RemoveBuffer(ctx context.Context, once *db.Once, actor, channel string, sku int64) error {
	_, err := db.Command(ctx, s.db, once, func(tx *db.Tx) (struct{}, error) {
		_, err := tx.Exec(delBuffer, channel, sku)
		Buffer{Channel: channel, SKU: sku}.tell(tx, actor)
		return struct{}{}, err
	})
	return err
}

func (b Buffer) tell(tx *db.Tx, actor string) {
	tx.Emit(db.Event{Kind: BufferSaved, Subject: b.SKU, Actor: actor, Params: map[string]any{"channel": b.Channel, "quantity": b.Quantity, "percent": b.Percent}})
}
