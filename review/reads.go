package review

import (
	"slices"
	"strings"

	"cel.dev/cel-go/common/ast"
)

// shown lists the fields of a person that a decision record may carry. A record outlives the person's
// data, so names, phones, streets, IP addresses and tokens never get into it.
var shown = map[string][]string{
	"buyer":     nil,
	"recipient": {"country", "province", "city", "district", "masked", "has_token"},
}

// freeText is what the buyer wrote; phones and addresses are common in it.
const freeText = "buyer_note"

// reads lists the fields of the facts that an expression names and a record may show, as paths like
// "order.total", and reports whether it touches a person's data that must not be shown.
func reads(checked *ast.AST) (paths []string, personal bool) {
	whole := 0 // a person named without a field could be passed on and opened later
	ast.PostOrderVisit(checked.Expr(), ast.NewExprVisitor(func(e ast.Expr) {
		switch e.Kind() {
		case ast.IdentKind:
			if _, private := shown[rootName(e)]; private {
				whole++
			}
		case ast.SelectKind:
			of, field := e.AsSelect().Operand(), e.AsSelect().FieldName()
			allowed, private := shown[rootName(of)]
			if private {
				whole--
			}
			switch {
			case field == freeText || private && !slices.Contains(allowed, field):
				personal = true
			case of.Kind() == ast.IdentKind:
				paths = append(paths, rootName(of)+"."+field)
			}
		}
	}))
	return paths, personal || whole > 0
}

// rootName is the name an expression begins with, empty for anything but a name. ".order" is order, too.
func rootName(e ast.Expr) string {
	if e.Kind() != ast.IdentKind {
		return ""
	}
	return strings.TrimPrefix(e.AsIdent(), ".")
}
