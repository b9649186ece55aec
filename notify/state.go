package notify

import (
	"fmt"
	"slices"
)

// move changes a state as its table allows. What it does not allow is a mistake of the program, not of a person.
func move(table map[string][]string, state *string, to string) error {
	if *state == to {
		return nil
	}
	if !slices.Contains(table[*state], to) {
		return fmt.Errorf("notify: what is %s cannot become %s", *state, to)
	}
	*state = to
	return nil
}
