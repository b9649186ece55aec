package warehouse

import (
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Known refuses the first code that no node bears, and names those that there are; field is where the codes were typed. Faults:
// warehouse.not_there, and warehouse.none_yet while there is no node at all.
func Known(tx *db.Tx, field string, codes []string) error {
	if len(codes) == 0 {
		return nil
	}
	nodes, err := Nodes(tx)
	if err != nil {
		return err
	}
	known := make([]string, len(nodes))
	for i, n := range nodes {
		known[i] = n.Code
	}
	slices.Sort(known)
	for _, code := range codes {
		switch {
		case slices.Contains(known, code):
		case len(known) == 0:
			return fault.Invalidf(field, "warehouse.none_yet", "there is no warehouse %q, for there is none yet; import or add it first", code).With("node", code)
		default:
			return fault.Invalidf(field, "warehouse.not_there", "there is no warehouse %q; there are %s", code, strings.Join(known, ", ")).With("node", code).With("known", known)
		}
	}
	return nil
}
