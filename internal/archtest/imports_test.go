package archtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// contracts names, for each sort of adapter, the capability whose contract it fills.
var contracts = map[string]string{
	"carrier": "ship", "channel": "intake", "message": "notify", "printer": "printing", "device": "pick",
}

// edge is what only the edge and the storage may touch: HTTP, drivers, brokers.
var edge = []string{"net/http", "database/sql", "github.com/jackc/pgx", "modernc.org/sqlite", "github.com/nats-io",
	"github.com/go-chi", "github.com/danielgtaylor/huma"}

// moving is what a pure decision must not know: time limits, storage, the outside.
var moving = []string{"context", "database/sql", "net", "os", "io/fs", "log", "math/rand"}

func TestImportsGoUpStream(t *testing.T) {
	var all []string
	for _, u := range units(t) {
		all = append(all, importFindings(u.path, u.imports)...)
	}
	report(t, all)
}

func TestTheImportRulesCanFail(t *testing.T) {
	for _, c := range []struct{ from, imported, want string }{
		{"allocation", "./pick", "down-stream"},
		{"pick", "./pick", ""},
		{"pick", "./allocation", ""},
		{"wave", "./pick/route", ""}, // a pure library knows nothing, so anybody may know it
		{"order", "./api", "outside"},
		{"order", "./seed", "outside"},
		{"order", "net/http", "edge"},
		{"order", "github.com/jackc/pgx/v5", "edge"},
		{"order", "net/url", ""},
		{"internal/db", "./order", "plumbing"},
		{"internal/db", "./internal/clock", ""},
		{"internal/db", "modernc.org/sqlite", ""},
		{"pack/carton", "./order", "pure"},
		{"pack/carton", "./internal/db", "pure"},
		{"pack/carton", "./internal/fault", ""},
		{"pack/carton", "context", "pure"},
		{"pack/carton", "os/exec", "pure"},
		{"connect/carrier/sf", "./ship", ""},
		{"connect/carrier/sf", "./ship/carriertest", ""},
		{"connect/carrier/sf", "./order", "contract"},
		{"connect/carrier/sf", "./connect/sim/carrier", "contract"},
		{"connect/sim/shop", "./seed", ""},
		{"connect/sim/shop", "./intake", "simulator"},
		{"connect/fax/x", "./order", "unknown sort"},
		{"api", "./pick", ""},
		{"api", "./connect/carrier/sf", "only cmd"},
		{"api", "github.com/jackc/pgx/v5", "storage"},
		{"seed", "./order", "seed"},
		{"cmd/packhorse", "./connect/carrier/sf", ""},
		{"ship", "./cmd/packhorse", "outside"},
	} {
		got := importFindings(c.from, []string{c.imported})
		if c.want == "" && len(got) > 0 {
			t.Errorf("%s may import %s, but: %v", c.from, c.imported, got)
		}
		if c.want != "" {
			mustFind(t, got, c.want)
		}
	}
}

// importFindings judges one package by what it imports.
func importFindings(path string, imports []string) (out []string) {
	top, rest, _ := strings.Cut(path, "/")
	for _, i := range imports {
		ours, own := strings.CutPrefix(i, "./")
		bad := ""
		switch _, capability := stageOf(path); {
		case slices.Contains(pure, path):
			bad = pureMay(ours, i, own)
		case top == "internal":
			if own && !under(ours, "internal") {
				bad = "internal is plumbing and knows no capability"
			}
		case capability:
			bad = capabilityMay(path, ours, i, own)
		case top == "connect":
			bad = adapterMay(rest, ours, own)
		case top == "api":
			bad = edgeMay(ours, i, own)
		case top == "seed" || top == "web":
			if own && !under(ours, "internal") {
				bad = top + " stands beside the business: it imports internal only"
			}
		}
		if bad != "" {
			out = append(out, fmt.Sprintf("%s imports %s: %s", path, i, bad))
		}
	}
	return out
}

func pureMay(ours, i string, own bool) string {
	switch {
	case own && !slices.Contains([]string{"internal/fault", "internal/words", "internal/money"}, ours) && !slices.Contains(pure, ours):
		return "a pure library knows internal/{fault,words,money} and other pure libraries only"
	case !own && slices.ContainsFunc(moving, func(m string) bool { return under(i, m) }):
		return "a pure library has no context, storage, network, files or chance"
	}
	return ""
}

func capabilityMay(path, ours, i string, own bool) string {
	if !own {
		if slices.ContainsFunc(edge, func(e string) bool { return under(i, e) }) {
			return "a capability does not touch the edge (HTTP, drivers, brokers)"
		}
		return ""
	}
	if under(ours, "internal") || slices.Contains(pure, ours) {
		return ""
	}
	mine, _ := stageOf(path)
	theirs, capability := stageOf(ours)
	top, _, _ := strings.Cut(path, "/")
	switch {
	case !capability:
		return "that is outside the business"
	case theirs > mine:
		return fmt.Sprintf("stage %d may not know stage %d: that is down-stream", mine, theirs)
	case theirs == mine && !under(ours, top):
		return "two capabilities have one stage number"
	}
	return ""
}

func adapterMay(rest, ours string, own bool) string {
	if !own || under(ours, "internal") {
		return ""
	}
	sort, _, _ := strings.Cut(rest, "/")
	if sort == "sim" {
		if under(ours, "seed") || under(ours, "connect/sim") {
			return ""
		}
		return "a simulator stands for the world outside and knows seed only"
	}
	contract, known := contracts[sort]
	switch {
	case !known:
		return "an adapter of an unknown sort; name its contract in archtest"
	case !under(ours, contract):
		return "an adapter imports " + contract + ", whose contract it fills, and nothing else of ours"
	}
	return ""
}

func edgeMay(ours, i string, own bool) string {
	switch {
	case own && (under(ours, "connect") || under(ours, "cmd") || under(ours, "seed") || under(ours, "test")):
		return "only cmd wires that"
	case !own && slices.ContainsFunc([]string{"database/sql", "github.com/jackc/pgx", "modernc.org/sqlite"}, func(e string) bool { return under(i, e) }):
		return "the only door to storage is internal/db"
	}
	return ""
}

// under tells whether path is folder or inside it.
func under(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}
