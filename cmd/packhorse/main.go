// Command packhorse is the whole product in one binary: the server, its tools, and its proofs.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	_ "time/tzdata" // nodes have time zones, and not every machine knows them

	"github.com/alecthomas/kong"
)

// version is set by the release build.
var version = "dev"

// commands are what the binary can do; every one answers --help.
type commands struct {
	Demo    demoCmd    `cmd:"" help:"Run a made-up company through the real code, from order to doorstep."`
	Serve   serveCmd   `cmd:"" help:"Run the server: HTTP, and the work that goes on by itself."`
	Import  importCmd  `cmd:"" help:"Read a file into a company."`
	Export  exportCmd  `cmd:"" help:"Write what an import reads, as CSV or XLSX by the file's ending."`
	Check   checkCmd   `cmd:"" help:"Prove the books; exit 1 and the guilty rows when they are wrong."`
	Dump    dumpCmd    `cmd:"" help:"Write rows as JSON, one a line, so that an outsider can recompute what check claims."`
	Backup  backupCmd  `cmd:"" help:"Copy everything into one file, while it is in use."`
	Restore restoreCmd `cmd:"" help:"Make an installation from such a file where none is, and prove its books."`
	Archive archiveCmd `cmd:"" help:"Move the history of settled orders and the old ledger into a file, or read one."`
	Key     keyCmd     `cmd:"" help:"Make, list and revoke API keys."`
	User    userCmd    `cmd:"" help:"Add and list accounts, give them a new password, disable them."`
	Bench   benchCmd   `cmd:"" help:"Measure this machine: lives, a hot SKU, reads."`
	Sim     simCmd     `cmd:"" help:"Run a simulator of the outside world as a server of its own."`
	Solve   solveCmd   `cmd:"" help:"Run the decision libraries on files."`
	OpenAPI openapiCmd `cmd:"" name:"openapi" help:"Write the document of the API, or its types for TypeScript."`

	Version kong.VersionFlag `help:"Print the version."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:]))
}

// failure is an error with the exit code it asks for. A nil error ends quietly: the output has said it.
type failure struct {
	code int
	err  error
}

func (f failure) Error() string {
	if f.err == nil {
		return ""
	}
	return f.err.Error()
}

// run is main with its arguments, and gives the exit code.
func run(ctx context.Context, args []string) int {
	var c commands
	parser := kong.Must(&c, kong.Name("packhorse"), kong.Description("Orders in, parcels out."),
		kong.Vars{"version": version}, kong.ConfigureHelp(kong.HelpOptions{Compact: true}), kong.BindTo(ctx, (*context.Context)(nil)))
	parsed, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintln(os.Stderr, "packhorse:", err)
		return 2
	}
	err = parsed.Run()
	var f failure
	switch {
	case err == nil:
		return 0
	case errors.As(err, &f):
		if f.err != nil {
			fmt.Fprintln(os.Stderr, "packhorse:", line(f.err))
		}
		return f.code
	}
	fmt.Fprintln(os.Stderr, "packhorse:", line(err))
	return 1
}

// line is an error on one line; what drivers and joined errors say twice is said once.
func line(err error) string {
	var parts []string
	for _, part := range strings.Split(err.Error(), "\n") {
		if part = strings.TrimSpace(part); part != "" && !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return strings.ReplaceAll(strings.Join(parts, "; "), ":; ", ": ")
}
