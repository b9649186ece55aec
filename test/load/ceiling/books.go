package ceiling

import "fmt"

// entry is one figure of the books after a run: a portable query of one integer, and what it must be for each order.
type entry struct {
	what, query string
	perOrder    int64
}

// lifeBooks is what whole lives leave behind. Reservations are gone and the stock sold has left both books.
var lifeBooks = []entry{
	{"orders handed over", "SELECT count(*) FROM orders WHERE status = 5", 1},
	{"order lines", "SELECT count(*) FROM order_line", 2},
	{"events", "SELECT count(*) FROM event", 6},
	{"reservations left", "SELECT count(*) FROM reservation", 0},
	{"pick tasks done", "SELECT count(*) FROM pick_task WHERE status = 1", 2},
	{"packages", "SELECT count(*) FROM package", 1},
	{"package lines", "SELECT count(*) FROM package_line", 2},
	{"shipments", "SELECT count(*) FROM shipment", 1},
	{"stock moves", "SELECT count(*) FROM stock_move", 2},
	{"units still reserved", "SELECT CAST(sum(reserved) AS BIGINT) FROM balance", 0},
	{"units gone from balances", fmt.Sprintf("SELECT CAST(sum(%d - on_hand) AS BIGINT) FROM balance", ampleStock), 2},
	{"units still allocated in bins", "SELECT CAST(sum(alloc) AS BIGINT) FROM bin_stock", 0},
	{"units gone from bins", fmt.Sprintf("SELECT CAST(sum(%d - qty) AS BIGINT) FROM bin_stock", ampleStock), 2},
}

// hotBooks is what one grant of the hot SKU leaves behind.
var hotBooks = []entry{
	{"units reserved", "SELECT CAST(sum(reserved) AS BIGINT) FROM balance", 1},
	{"reservations", "SELECT count(*) FROM reservation", 1},
	{"events", "SELECT count(*) FROM event", 1},
}

// prove compares the books with what was done: a ceiling that did not write everything is too high.
func prove(books []entry, done int, count func(query string) (int64, error)) error {
	for _, e := range books {
		found, err := count(e.query)
		if err != nil {
			return fmt.Errorf("ceiling: count %s: %w", e.what, err)
		}
		if want := e.perOrder * int64(done); found != want {
			return fmt.Errorf("ceiling: %s: %d found, %d expected after %d", e.what, found, want, done)
		}
	}
	return nil
}
