package ceiling

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"
)

// DefaultBuyers is the number of buyers who want the hot SKU at once when the caller names none.
const DefaultBuyers = 64

// maxCombined bounds how many waiting buyers one commit serves.
const maxCombined = 256

const hotSKU, hotWarehouse = int64(1), int64(1)

// Hot is what a run on one SKU in one warehouse came to.
type Hot struct {
	GrantsPerSecond float64 // until the last unit was granted
	Granted         int     // always the units there were
	Refused         int     // requests after the last unit
	Commits         int
	P99             time.Duration // a buyer's wait for a grant
}

// HotSQLite sells `units` units of one SKU to `buyers` buyers who ask for one after the other until they are refused, on a
// fresh file under dir. Whoever waits is served together: one guarded update of the balance, and a reservation and an event
// for each grant, in one durable commit; when the stock does not last for all, the first come are served. Buyers below 1 are
// DefaultBuyers. It fails when units is below 1, when the file cannot be written, or when the books do not agree with the
// grants.
func HotSQLite(ctx context.Context, dir string, buyers, units int) (hot Hot, err error) {
	if units < 1 {
		return Hot{}, errors.New("ceiling: at least one unit is needed")
	}
	file, err := openFile(ctx, dir, hotSeed(units))
	if err != nil {
		return Hot{}, err
	}
	defer func() { err = errors.Join(err, file.close()) }()
	hot, err = sell(ctx, buyers, units, file.grant)
	if err != nil {
		return Hot{}, err
	}
	return hot, prove(hotBooks, hot.Granted, file.count)
}

// HotPostgres is HotSQLite in a schema of its own in the database at url: one connection, and one statement that updates
// the balance and writes the reservations and events of the grants.
func HotPostgres(ctx context.Context, url string, buyers, units int) (hot Hot, err error) {
	if units < 1 {
		return Hot{}, errors.New("ceiling: at least one unit is needed")
	}
	schema, err := openSchema(ctx, url, hotSeed(units))
	if err != nil {
		return Hot{}, err
	}
	defer func() { err = errors.Join(err, schema.close(ctx)) }()
	hot, err = sell(ctx, buyers, units, func(wanted int, next int64) (int, error) { return schema.grant(ctx, wanted, next) })
	if err != nil {
		return Hot{}, err
	}
	return hot, prove(hotBooks, hot.Granted, schema.count(ctx))
}

// grantFunc makes up to `wanted` grants durable, with ids from `next` on, and says how many. After an error none counts.
type grantFunc func(wanted int, next int64) (int, error)

// buyer waits for one answer at a time.
type buyer struct {
	answer chan bool
	waits  []time.Duration
}

// sell runs the buyers against the one who combines their requests.
func sell(ctx context.Context, buyers, units int, grant grantFunc) (Hot, error) {
	if buyers < 1 {
		buyers = DefaultBuyers
	}
	queue, crowd := make(chan *buyer, max(buyers, maxCombined)), make([]*buyer, buyers)
	var asking sync.WaitGroup
	for i := range crowd {
		crowd[i] = &buyer{answer: make(chan bool, 1)}
		asking.Go(func() { crowd[i].buy(ctx, queue) })
	}
	go func() {
		asking.Wait()
		close(queue)
	}()
	hot, err := combine(queue, units, grant)
	if err = errors.Join(err, ctx.Err()); err != nil {
		return Hot{}, err
	}
	hot.P99 = p99(crowd)
	return hot, nil
}

// buy asks until it is refused or called off.
func (b *buyer) buy(ctx context.Context, queue chan<- *buyer) {
	for ctx.Err() == nil {
		start := time.Now()
		queue <- b
		if !<-b.answer {
			return
		}
		b.waits = append(b.waits, time.Since(start))
	}
}

// combine serves everybody who waits in one commit, until nobody asks any more. There is no timer: while one commit
// is flushed the next group gathers. After a failure, selling a unit that was never there included, everybody is refused.
func combine(queue <-chan *buyer, units int, grant grantFunc) (hot Hot, err error) {
	start := time.Now()
	last := start
	waiting := make([]*buyer, 0, maxCombined)
	for first := range queue {
		waiting = gather(append(waiting[:0], first), queue)
		granted := 0
		if err == nil {
			granted, err = grant(len(waiting), int64(hot.Granted)+1)
		}
		if err == nil && hot.Granted+granted > units {
			err = fmt.Errorf("ceiling: oversold: %d grants of %d units", hot.Granted+granted, units)
		}
		if err != nil {
			granted = 0
		}
		if granted > 0 {
			hot.Granted += granted
			hot.Commits++
			last = time.Now()
		}
		hot.Refused += len(waiting) - granted
		for i, b := range waiting {
			b.answer <- i < granted
		}
	}
	hot.GrantsPerSecond = float64(hot.Granted) / max(last.Sub(start), 1).Seconds()
	return hot, err
}

// gather takes who else waits already. Those just answered get one turn of the processor to ask again: they are runnable,
// and would otherwise be split over two commits.
func gather(waiting []*buyer, queue <-chan *buyer) []*buyer {
	runtime.Gosched()
	for len(waiting) < maxCombined {
		select {
		case b, open := <-queue:
			if !open {
				return waiting
			}
			waiting = append(waiting, b)
		default:
			return waiting
		}
	}
	return waiting
}

func p99(crowd []*buyer) time.Duration {
	var waits []time.Duration
	for _, b := range crowd {
		waits = append(waits, b.waits...)
	}
	if len(waits) == 0 {
		return 0
	}
	slices.Sort(waits)
	return waits[len(waits)*99/100]
}
