package allocation

import "slices"

// Batch is what came of serving orders together.
type Batch struct {
	Decisions []Decision // one for each order, in the order given
	Plain     []Decision // what Decide says of the same problem
	Named     []bool     // orders that the plan speaks of, or that are served otherwise because of it
	Together  bool       // the plan was better; else Decisions are Plain

	held bool // nothing of the plan had become stale
}

// Follow serves the orders like Decide, but those that a plan speaks of as the plan says. Advice that no longer holds (the
// goods or the room are gone, the order has changed) is left aside, and that order is served from what the others leave. The
// outcome is compared with that of Decide: it is taken only where every order gets at least what it would get there, and
// more ships or the same costs less. What Decide ships from plain nodes ships from there, and nothing else does.
func Follow(p Problem, plan *Plan) Batch {
	out := Batch{Plain: Decide(p), Named: make([]bool, len(p.Orders)), held: true}
	out.Decisions = out.Plain
	for i := range p.Orders {
		out.Named[i] = plan.named[p.Orders[i].ID]
	}
	f := follower{p: &p, plan: plan, plain: out.Plain, fresh: newBoard(&p), stale: make([]bool, len(p.Orders))}
	f.fresh.kept = true
	for range mostAttempts {
		found := f.serve()
		if again := f.setAside(found); again {
			continue
		}
		out.held = !slices.Contains(f.stale, true)
		if f.better(found) {
			out.Decisions, out.Together = found, true
			for i := range found {
				out.Named[i] = out.Named[i] || !samePlace(&found[i], &out.Plain[i])
			}
			f.explain(&out)
		}
		return out
	}
	out.held = false
	return out
}

// mostAttempts bounds how often advice is set aside because an order would get less than from the plain rule.
const mostAttempts = 3

// follower brings a plan together with a problem.
type follower struct {
	p     *Problem
	plan  *Plan
	plain []Decision
	fresh *board // on which nothing is ever taken: what orders cost, and could have, before the others
	stale []bool // advice that does not hold
}

// serve gives the advised orders what the plan says, and the others what is left, in the order given.
func (f *follower) serve() []Decision {
	left := newBoard(f.p)
	out, done := slices.Clone(f.plain), left.keep(f.plain)
	for i := range f.p.Orders {
		o := &f.p.Orders[i]
		list := f.plan.advice[o.ID]
		if len(list) == 0 || f.stale[i] || done[i] {
			continue
		}
		r := f.fresh.open(o)
		parts := r.advised(list, left)
		if f.stale[i] = parts == nil; parts == nil {
			continue
		}
		d := Decision{Order: o.ID, Strategy: f.p.Strategy}
		d.Parcels, d.BackOrders = r.fill(parts)
		d.Cost = r.cost(&d)
		left.draw(r.wants, parts)
		out[i], done[i] = d, true
	}
	for i := range f.p.Orders {
		if !done[i] {
			out[i] = left.open(&f.p.Orders[i]).decide()
		}
	}
	return out
}

// advised is the order's part of a plan; nil where it cannot be had any more. r stands on the untouched board.
func (r *request) advised(list []advised, left *board) []part {
	parts := make([]part, 0, len(list))
	var units int64
	for _, a := range list {
		at, known := slices.BinarySearchFunc(r.sites, a.node, func(s site, node int64) int { return int(min(max(s.node.ID-node, -1), 1)) })
		if !known || !r.offers[at].helps() || left.sites[at].left == 0 {
			return nil
		}
		p := part{&r.offers[at], make([]int64, len(r.wants))}
		found := 0
		for i, w := range r.wants {
			n := a.units[w.line.SKU]
			if n > left.row(at)[w.sku] {
				return nil
			}
			if n > 0 {
				found++
			}
			p.take[i] = n
			units += n
		}
		if found < len(a.units) {
			return nil // it no longer asks for all of that
		}
		parts = append(parts, p)
	}
	slices.SortFunc(parts, func(x, y part) int { return x.offer.site - y.offer.site })
	if len(parts) > r.limit || r.exceeds(parts) || units < r.units && (r.limit == 1 || r.p.ShipComplete) {
		return nil
	}
	return parts
}

// exceeds reports whether parts ship more of something than is asked for.
func (r *request) exceeds(parts []part) bool {
	for i, w := range r.wants {
		var n int64
		for _, p := range parts {
			n += p.take[i]
		}
		if n > w.asked {
			return true
		}
	}
	return false
}

// setAside leaves out the advice of orders that would get less than from the plain rule, and reports whether there was any.
// Should an order without advice get less, the others have to give way: all of them.
func (f *follower) setAside(found []Decision) (again bool) {
	all := false
	for i := range found {
		if !lessOwed(&found[i], &f.plain[i]) {
			again = true
			if f.stale[i] || len(f.plan.advice[f.p.Orders[i].ID]) == 0 {
				all = true
			}
			f.stale[i] = true
		}
	}
	for i := range f.stale {
		f.stale[i] = f.stale[i] || all
	}
	return again
}

// lessOwed reports whether d leaves no more of any line than the plain decision.
func lessOwed(d, plain *Decision) bool {
	for _, b := range d.BackOrders {
		if !slices.ContainsFunc(plain.BackOrders, func(x BackOrder) bool { return x.Line == b.Line && x.SKU == b.SKU && x.Quantity >= b.Quantity }) {
			return false
		}
	}
	return true
}

// better reports whether more ships, or the same costs less.
func (f *follower) better(found []Decision) bool {
	s := compare(f.p, found, f.plain, nil)
	return s.MoreUnits > 0 || s.Chosen < s.Plain
}
