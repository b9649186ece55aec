package api

import (
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/review"
)

// Exception is an order that waits for a person.
type Exception struct {
	OrderSummary
	Cause        string   `json:"cause" doc:"one word for why it waits"`
	Reasons      []string `json:"reasons" doc:"what stops it, as sentences"`
	ClaimedBy    string   `json:"claimed_by,omitempty" doc:"who has it open"`
	ClaimedUntil string   `json:"claimed_until,omitempty" doc:"when others may open it; of a case that was put off, when it comes back"`
}

// ExceptionPage is a page of the queue, the nearest deadline first.
type ExceptionPage struct {
	Exceptions []Exception `json:"exceptions"`
	NextCursor string      `json:"next_cursor,omitempty"`
}

// CauseCount is how many cases have a cause, as text: "17" or "1000+".
type CauseCount struct {
	Cause string `json:"cause"`
	Count string `json:"count"`
}

// ExceptionFigures are the figures of the queue.
type ExceptionFigures struct {
	Left          string       `json:"left" doc:"cases that wait for a decision: 17 or 1000+"`
	Causes        []CauseCount `json:"causes" doc:"of those that wait for a decision, then of those that were put aside"`
	Decided       int          `json:"decided" doc:"cases that were opened and decided in the last 24 hours, at most 1,000"`
	MedianSeconds float64      `json:"median_seconds" doc:"from opening to decision; 0 = none was decided"`
	Passed        int64        `json:"passed" doc:"of reviewed: went on without anybody"`
	Reviewed      int64        `json:"reviewed" doc:"orders of the last 24 hours, the newest 2,000"`
}

func (s *Server) exceptions() {
	causes := []any{""}
	for _, cause := range slices.Concat(review.Causes, review.Aside) {
		causes = append(causes, cause)
	}
	query(s, route{path: "/v1/exceptions", tag: "review", id: "list-exceptions", scope: access.OrdersRead, summary: "What waits for a person, the nearest deadline first",
		about: "An order is one case, whatever stops it. Without a cause: all that wait for a decision; what a person holds (parked) or put off (snoozed) is asked for by name. " +
			"Of each reason the oldest 1,000 orders are looked at. Problems: unknown_value, http.limit, http.cursor.",
		params: append(paging(), text("cause", "", causes...))}, (*call).listExceptions)
	query(s, route{path: "/v1/exceptions/counts", tag: "review", id: "count-exceptions", scope: access.OrdersRead,
		summary: "How much waits for a person, how fast it goes, and how much needs nobody", params: []*huma.Param{}}, (*call).countExceptions)
}

func (c *call) listExceptions() (out ExceptionPage, err error) {
	limit, err := c.limit()
	if err != nil {
		return out, err
	}
	after, err := c.rankCursor()
	if err != nil {
		return out, err
	}
	cause := c.query("cause")
	out.Exceptions = []Exception{}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		cases, err := c.casesInside(tx)
		if err != nil {
			return err
		}
		page := slices.DeleteFunc(cases.List, func(x review.Case) bool { return !belongs(cause, x.Cause) || !x.After(after) })
		if len(page) > limit {
			page = page[:limit]
			out.NextCursor = showRank(page[limit-1].Place)
		}
		out.Exceptions, err = c.shownExceptions(tx, page)
		return err
	})
	return out, err
}

// belongs reports whether a case of a cause belongs to what somebody asks for.
func belongs(want, cause string) bool {
	if want == "" {
		return !slices.Contains(review.Aside, cause)
	}
	return want == cause
}

// casesInside are the open cases that the caller reaches.
func (c *call) casesInside(tx *db.Tx) (review.Cases, error) {
	cases, err := review.OpenCases(tx)
	if err != nil {
		return cases, err
	}
	cases.List, err = insideOrders(c, tx, cases.List, func(x review.Case) int64 { return x.ID })
	return cases, err
}

func (c *call) shownExceptions(tx *db.Tx, page []review.Case) ([]Exception, error) {
	ids := make([]int64, len(page))
	for i, x := range page {
		ids[i] = x.ID
	}
	found, err := order.Summaries(tx, ids)
	if err != nil {
		return nil, err
	}
	list, err := c.summaries(tx, found)
	if err != nil {
		return nil, err
	}
	holds, err := order.Holds(tx, ids)
	if err != nil {
		return nil, err
	}
	owed, n, err := c.owed(tx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Exception, len(list))
	for i, o := range list {
		x := page[i]
		out[i] = Exception{OrderSummary: o, Cause: x.Cause, Reasons: c.reasonsOf(n, holds[x.ID], owed[x.ID]), ClaimedBy: x.Claim.Who, ClaimedUntil: at(x.Claim.Until)}
	}
	return out, nil
}

// owed reads what some orders are owed, with the names of the goods.
func (c *call) owed(tx *db.Tx, ids []int64) (map[int64][]order.BackOrder, *names, error) {
	owed, err := order.BackOrders(tx, ids)
	if err != nil {
		return nil, nil, err
	}
	n, err := c.names(tx)
	if err != nil {
		return nil, nil, err
	}
	var skus []int64
	for _, list := range owed {
		for _, b := range list {
			skus = append(skus, b.SKUID)
		}
	}
	return owed, n, n.learnSKUs(tx, skus)
}

// reasonsOf are what stops an order, in sentences.
func (c *call) reasonsOf(n *names, holds []*order.Hold, owed []order.BackOrder) []string {
	out := []string{}
	for _, h := range holds {
		if h.Live() {
			out = append(out, review.HoldReason{Code: h.Reason, Params: h.Params}.Text(c.lang()))
		}
	}
	for _, b := range owed {
		out = append(out, words.Render(c.lang(), "review.owed", map[string]any{"sku": n.sku(b.SKUID), "n": b.Quantity}))
	}
	return out
}

func (c *call) countExceptions() (out ExceptionFigures, err error) {
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		cases, err := c.casesInside(tx)
		if err != nil {
			return err
		}
		n := map[string]int64{}
		var left int64
		for _, x := range cases.List {
			n[x.Cause]++
			if belongs("", x.Cause) {
				left++
			}
		}
		out.Left = countText(left, cases.More)
		for _, cause := range slices.Concat(review.Causes, review.Aside) {
			out.Causes = append(out.Causes, CauseCount{Cause: cause, Count: countText(n[cause], cases.More && n[cause] >= review.CountTo)})
		}
		pace, err := review.PaceLately(tx)
		if err != nil {
			return err
		}
		out.Decided, out.MedianSeconds = pace.Decided, float64(pace.Median)/1e6
		share, err := review.PassedLately(tx)
		out.Passed, out.Reviewed = share.Passed, share.Reviewed
		return err
	})
	return out, err
}

func countText(n int64, more bool) string { return order.Count{N: n, More: more}.String() }
