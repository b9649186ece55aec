package api

import (
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
)

// Queueing is how the company sorts what waits.
type Queueing struct {
	Sort  string                 `json:"sort" enum:"deadline,fine" doc:"the order in which waves take what waits, after priority"`
	Fines map[string]ChannelFine `json:"fines" doc:"by channel; * is every other"`
}

// ChannelFine is what a channel takes for one late order.
type ChannelFine struct {
	ShipBy    string `json:"ship_by" doc:"not handed over in time"`
	CollectBy string `json:"collect_by" doc:"no first scan of the carrier in time"`
}

func (s *Server) queueing() {
	query(s, route{path: "/v1/queueing", tag: "orders", id: "get-queueing", scope: access.OrdersRead, summary: "How the company sorts what waits",
		about: "By deadline and without fines where nobody has said anything.", params: []*huma.Param{}}, (*call).getQueueing)
	command(s, route{path: "/v1/queueing", tag: "orders", id: "save-queueing", scope: access.Admin, summary: "Say what a late order costs at each channel",
		about: "Amounts are decimal text in the company's currency. What waits is weighed anew in the background, a hundred thousand orders within a minute. " +
			"Problems: order.sort, order.fine, http.amount."}, (*call).saveQueueing)
}

// sorting is the order of a queue as a parameter of its list.
func sorting(about string) *huma.Param { return text("sort", about, order.ByDeadline, order.ByFine) }

// showRank writes a place in a sorted queue.
func showRank(p order.Place) string {
	return strconv.FormatInt(p.Fine, 36) + "." + strconv.FormatInt(p.Due, 36) + "." + strconv.FormatInt(p.ID, 36)
}

// rankCursor reads a cursor that is a place in a sorted queue; the beginning without one.
func (c *call) rankCursor() (order.Place, error) {
	text := c.query("cursor")
	if text == "" {
		return order.Place{}, nil
	}
	parts := strings.Split(text, ".")
	if len(parts) != 3 {
		return order.Place{}, badCursor()
	}
	var n [3]int64
	for i, p := range parts {
		v, err := strconv.ParseInt(p, 36, 64)
		if err != nil || v < 0 {
			return order.Place{}, badCursor()
		}
		n[i] = v
	}
	return order.Place{Rank: order.Rank{Fine: n[0], Due: n[1]}, ID: n[2]}, nil
}

func (c *call) getQueueing() (out Queueing, err error) {
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		q, err := order.ReadQueueing(tx)
		out = Queueing{Sort: q.Sort, Fines: map[string]ChannelFine{}}
		for channel, f := range q.Fines {
			if channel != "*" && !c.area.Shop(channel, "") {
				continue
			}
			out.Fines[channel] = ChannelFine{money.Format(f.ShipBy, c.Currency), money.Format(f.CollectBy, c.Currency)}
		}
		return err
	})
	return out, err
}

func (c *call) saveQueueing(in Queueing) (Queueing, error) {
	q := order.Queueing{Sort: in.Sort, Fines: order.Fines{}}
	for channel, f := range in.Fines {
		shipBy, err := amountOf("fines", f.ShipBy, c.Currency)
		if err != nil {
			return in, err
		}
		collectBy, err := amountOf("fines", f.CollectBy, c.Currency)
		if err != nil {
			return in, err
		}
		q.Fines[channel] = order.Fine{ShipBy: shipBy, CollectBy: collectBy}
	}
	return db.Command(c.ctx, c.DB, c.once, func(tx *db.Tx) (Queueing, error) { return in, q.Save(tx, c.actor()) })
}

// amountOf reads an amount that may be left out.
func amountOf(field, text, currency string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	v, err := money.Parse(text, currency)
	if err != nil {
		return 0, badAmount(field, err)
	}
	return v, nil
}
