package main

import (
	"encoding/json"
	"os"
	"time"
)

// solveCmd runs the decision libraries on files, without a company: one JSON object a problem on standard
// output, in input order, complete enough for a stranger to verify it.
type solveCmd struct {
	Route    solveRouteCmd    `cmd:"" help:"Walk pickers past their stops, the shortest way."`
	Pack     solvePackCmd     `cmd:"" help:"Load a container, or choose the cartons of an order and where everything stands in them."`
	Cartons  solveCartonsCmd  `cmd:"" help:"Propose which sizes of cartons to keep, from what was sent."`
	Batch    solveBatchCmd    `cmd:"" help:"Divide orders into walks, so that the walks together are short."`
	Allocate solveAllocateCmd `cmd:"" help:"Decide over a waiting batch at once: which node ships what."`
}

// effort is how much work a solver may put into one problem.
type effort struct {
	Time    time.Duration `help:"Per problem: the best answer found by then. 0: the solver's own measure." placeholder:"1s"`
	Threads int           `help:"How many threads a problem may use." default:"1"`
	Seed    uint64        `help:"The same seed gives the same answer where the work, not the time, is what ends it." default:"1"`
	Lang    string        `help:"Language of what is explained." enum:"zh,en" default:"en"`
}

// answer writes one solved problem.
func answer(v any) error { return json.NewEncoder(os.Stdout).Encode(v) }
