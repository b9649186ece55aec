package review

import (
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/cost"
	celenv "cel.dev/cel-go/common/env"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/ext"

	"github.com/packhorse/packhorse/internal/money"
)

// The largest order for which an expression must stay within maxCost, and the cost itself in CEL's
// units (about one for each step, 0.2 µs each). It admits a dozen walks over the lines and forbids a walk within a walk.
const (
	maxCost      = 200_000
	maxLines     = 1_000
	maxText      = 500
	maxFindings  = 16
	maxNodes     = 500
	maxDepth     = 24
	maxNesting   = 2 // filter(…).map(…) counts as two
	maxRegexSize = 500
)

// newEnv declares what an expression may say: the facts with their types, the standard functions, and
// money(amount, currency) that writes minor units as "12.50". dyn is taken away, because it would turn a
// mistyped field from an error at the desk into an error in the night.
func newEnv() (*cel.Env, error) {
	return cel.NewCustomEnv(
		cel.StdLib(cel.StdLibSubset(&celenv.LibrarySubset{ExcludeFunctions: []*celenv.Function{{Name: "dyn"}}})),
		ext.NativeTypes(cel.NativeTypeFor[Order](ext.ParseStructTag("json")),
			cel.NativeTypeFor[Buyer](ext.ParseStructTag("json")),
			cel.NativeTypeFor[Recipient](ext.ParseStructTag("json")),
			cel.NativeTypeFor[Line](ext.ParseStructTag("json")),
			cel.NativeTypeFor[Risk](ext.ParseStructTag("json")),
			cel.NativeTypeFor[Address](ext.ParseStructTag("json"))),
		cel.Variable("order", cel.ObjectType("review.Order")),
		cel.Variable("buyer", cel.ObjectType("review.Buyer")),
		cel.Variable("recipient", cel.ObjectType("review.Recipient")),
		cel.Variable("lines", cel.ListType(cel.ObjectType("review.Line"))),
		cel.Variable("risk", cel.ObjectType("review.Risk")),
		cel.Variable("address", cel.ObjectType("review.Address")),
		cel.Function("money", cel.Overload("money_int_string", []*cel.Type{cel.IntType, cel.StringType}, cel.StringType,
			cel.BinaryBinding(writeMoney))),
		cel.HomogeneousAggregateLiterals(),
		cel.ParserExpressionSizeLimit(MaxExpression),
		cel.ParserRecursionLimit(maxDepth),
		cel.ParserErrorRecoveryLimit(4),
		cel.ExpressionNodeLimit(maxNodes),
		cel.RegexProgramSizeLimit(maxRegexSize),
		cel.ASTValidators(cel.ValidateComprehensionNestingLimit(maxNesting), cel.ValidateRegexLiterals()),
	)
}

func writeMoney(amount, currency ref.Val) ref.Val {
	return types.String(money.Format(int64(amount.(types.Int)), string(currency.(types.String))))
}

// sizes tells the cost estimate how large the facts can be.
type sizes struct{}

// EstimateSize bounds lists and texts by what an order can hold. A field is known by being selected, also
// from a line that came through a filter, where CEL has lost its path.
func (sizes) EstimateSize(node cost.AstNode) *cost.SizeEstimate {
	var most uint64
	field := node.Expr() != nil && node.Expr().Kind() == ast.SelectKind || len(node.Path()) > 1
	switch {
	case field && node.Type().Kind() == types.StringKind:
		most = maxText
	case field && node.Type().Kind() == types.ListKind:
		most = maxFindings
	case slices.Equal(node.Path(), []string{"lines"}):
		most = maxLines
	default:
		return nil
	}
	s := cost.RangedSizeEstimate(0, most)
	return &s
}

// shortTexts are functions whose result is short whatever goes in; CEL itself assumes the worst.
var shortTexts = []string{"money_int_string", "int64_to_string", "uint64_to_string", "double_to_string", "bool_to_string",
	"duration_to_string", "timestamp_to_string"}

// EstimateCallCost leaves every other function at CEL's own estimate.
func (sizes) EstimateCallCost(_, overload string, _ *cost.AstNode, _ []cost.AstNode) *cost.CallEstimate {
	if !slices.Contains(shortTexts, overload) {
		return nil
	}
	short := cost.RangedSizeEstimate(0, 64)
	return cost.NewCallEstimate(cost.FixedCostEstimate(1), &short)
}

// activation answers an expression's names straight from the facts; nothing is copied into maps.
type activation struct {
	facts   *Facts
	adapter types.Adapter
	lines   ref.Val // made when the first rule walks over the lines, shared by the others
}

// ResolveName implements cel.Activation.
func (a *activation) ResolveName(name string) (any, bool) {
	switch name {
	case "order":
		return &a.facts.Order, true
	case "buyer":
		return &a.facts.Buyer, true
	case "recipient":
		return &a.facts.Recipient, true
	case "risk":
		return &a.facts.Risk, true
	case "address":
		return &a.facts.Address, true
	case "lines":
		return a.list(), true
	}
	return nil, false
}

// Parent implements cel.Activation: there is none.
func (a *activation) Parent() cel.Activation { return nil }

func (a *activation) list() ref.Val {
	if a.lines == nil {
		all := make([]ref.Val, len(a.facts.Lines))
		for i := range a.facts.Lines {
			all[i] = a.adapter.NativeToValue(&a.facts.Lines[i])
		}
		a.lines = types.NewRefValList(a.adapter, all)
	}
	return a.lines
}
