package route

import "sync"

// maxRows is up to how many cross aisles every tour is found exactly: five blocks. With each further cross aisle the
// number of states grows about fivefold.
const maxRows = 6

// state is what a partial tour, swept from left to right, looks like from the crossings that are still open: one in
// each row (cross aisle). It is canonical: parts are numbered as they are first met.
type state struct {
	part [maxRows]int8  // which connected part the row's crossing belongs to, from 1; 0: not visited
	loan [maxRows]int16 // how many edges the crossing still owes: 1 when its degree is odd
	done bool           // the walk is complete; nothing may follow
}

// action is one elementary step: laying edges in one block of an aisle, or from one crossing to the next column.
type action uint8

// The actions of a block, on the two crossings at its ends, and those of one crossing.
const (
	passOnce  action = iota // through the block once
	passTwice               // and back: joins the two ends
	fromBelow               // in from the lower end and back
	fromAbove               // in from the upper end and back
	fromBoth                // from both ends, around a gap
	touch                   // the walk comes past the crossing
	end                     // the walk begins or ends at the crossing
	stay                    // nothing leads to the next column
	cross                   // over to the next column once
	crossBack               // over and back
	actions
)

// nowhere is the successor of a state that an action does not fit.
const nowhere = -1

// automaton holds the states of partial tours on a floor with some number of rows, and what each action makes of
// them. It depends on nothing but the number of rows and is never changed once it is made.
//
// It is the dynamic programme of Ratliff and Rosenthal (1983) for two rows, of Roodbergen and de Koster (2001) for
// three, and of Cambazard and Catusse (2018) and Pansart, Catusse and Cambazard (2018) for any number: parity of the
// degree of every crossing and a partition of the visited ones that cannot cross itself.
type automaton struct {
	rows   int
	states []state
	next   [actions][maxRows][]int16 // by action, row (the lower one for blocks) and state
}

// first is the state of a tour that has not begun.
const first = 0

// closedWalks are the automata of walks that end where they began; openWalks those with two different ends.
var (
	closedWalks = automata(0)
	openWalks   = automata(2)
)

func automata(ends int) (all [maxRows + 1]func() *automaton) {
	for rows := 1; rows <= maxRows; rows++ {
		all[rows] = sync.OnceValue(func() *automaton { return newAutomaton(rows, ends) })
	}
	return all
}

// newAutomaton finds every state that can be reached, from the empty tour.
func newAutomaton(rows, ends int) *automaton {
	a := &automaton{rows: rows, states: []state{{}}}
	index := map[state]int16{{}: first}
	for s := 0; s < len(a.states); s++ {
		for do := range actions {
			for row := range a.rowsOf(do) {
				to := int16(nowhere)
				if t, ok := a.states[s].after(do, row); ok && t.ends() <= ends && (ends > 0 || do != end) {
					known := false
					if to, known = index[t]; !known {
						to = int16(len(a.states))
						index[t] = to
						a.states = append(a.states, t)
					}
				}
				a.next[do][row] = append(a.next[do][row], to)
			}
		}
	}
	return a
}

func (a *automaton) rowsOf(do action) int {
	if do < touch {
		return a.rows - 1
	}
	return a.rows
}

// ends counts the parts in which the walk begins or ends: those with an odd number of odd crossings.
func (s state) ends() (n int) {
	var odd [maxRows + 1]int16
	for row, p := range s.part {
		odd[p] ^= s.loan[row]
	}
	for _, o := range odd {
		n += int(o)
	}
	return n
}

// after is the state that an action leads to; ok is false when it may not be taken.
func (s state) after(do action, row int) (t state, ok bool) {
	if s.done {
		return s, do == stay
	}
	switch do {
	case passOnce, passTwice:
		s.visit(row)
		s.visit(row + 1)
		s.join(s.part[row], s.part[row+1])
		if do == passOnce {
			s.loan[row] ^= 1
			s.loan[row+1] ^= 1
		}
	case fromBelow, touch:
		s.visit(row)
	case fromAbove:
		s.visit(row + 1)
	case fromBoth:
		s.visit(row)
		s.visit(row + 1)
	case end:
		s.visit(row)
		s.loan[row] ^= 1
	case cross:
		return s, s.loan[row] == 1
	case crossBack:
		return s, s.loan[row] == 0 && s.part[row] != 0
	case stay:
		return s.leave(row)
	}
	return s.canonical(), true
}

// visit gives a crossing that was not visited a part of its own.
func (s *state) visit(row int) {
	if s.part[row] == 0 {
		s.part[row] = maxRows + 1 + int8(row) // made canonical later
	}
}

func (s *state) join(p, q int8) {
	for row := range s.part {
		if s.part[row] == q {
			s.part[row] = p
		}
	}
}

// leave ends the walk's business at a crossing: it must owe nothing, and its part must go on elsewhere or be all.
func (s state) leave(row int) (state, bool) {
	own := s.part[row]
	if own == 0 {
		return s, true
	}
	if s.loan[row] != 0 {
		return s, false
	}
	s.part[row] = 0
	goesOn, others := false, false
	for _, p := range s.part {
		goesOn = goesOn || p == own
		others = others || p != 0
	}
	if !goesOn && others {
		return s, false
	}
	s.done = !goesOn
	return s.canonical(), true
}

func (s state) canonical() state {
	var name [2*maxRows + 1]int8
	next := int8(1)
	for row, p := range s.part {
		if p == 0 {
			continue
		}
		if name[p] == 0 {
			name[p] = next
			next++
		}
		s.part[row] = name[p]
	}
	return s
}
