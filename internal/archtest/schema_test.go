package archtest

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// owners names the tables that do not begin with the name of their package.
var owners = map[string]string{
	"event":            "internal/db",
	"event_base":       "internal/db",
	"idempotency":      "internal/db",
	"memory_version":   "internal/db",
	"schema_migration": "internal/db",
	"job":              "internal/job",
	"company":          "access",
	"account":          "access",
	"membership":       "access",
	"api_key":          "access",
	"setting":          everybody,
}

// everybody owns a table whose rows are named by the package that reads and writes them.
const everybody = "*"

// table is one CREATE TABLE.
type table struct {
	name string
	body string
}

var (
	createTable = regexp.MustCompile(`(?ms)^CREATE TABLE (?:IF NOT EXISTS )?(\w+) \((.*?)\n\)`)
	columnLine  = regexp.MustCompile(`(?m)^  ([a-z_0-9]+) ([A-Z]+)(.*)$`)
	constraint  = regexp.MustCompile(`CONSTRAINT (\w+)`)
	comment     = regexp.MustCompile(`--.*`)
	elsewhere   = regexp.MustCompile(`(?i)\b(TRIGGER|SEQUENCE|SERIAL|DEFAULT|REFERENCES|now\(\)|CURRENT_TIMESTAMP)\b`)
)

// migrations reads the text of every migration.
func migrations(t *testing.T) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(root, "internal/db/migrations/*/*.sql"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no migrations: %v", err)
	}
	var all strings.Builder
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(raw)
	}
	return all.String()
}

func tables(ddl string) (out []table) {
	for _, m := range createTable.FindAllStringSubmatch(comment.ReplaceAllString(ddl, ""), -1) {
		out = append(out, table{m[1], m[2]})
	}
	return out
}

func TestTheSchemaIsWrittenInThreeTypes(t *testing.T) {
	report(t, schemaFindings(migrations(t)))
	mustFind(t, schemaFindings("CREATE TABLE order_x (\n  at TIMESTAMP NOT NULL\n);"), "TIMESTAMP")
	mustFind(t, schemaFindings("CREATE TABLE order_x (\n  at BIGINT\n);"), "NOT NULL")
	mustFind(t, schemaFindings("CREATE TABLE order_x (\n  at BIGINT NOT NULL DEFAULT 0\n);"), "DEFAULT")
	mustFind(t, schemaFindings("CREATE TABLE order_x (\n  a TEXT NOT NULL,\n  CHECK (a <> '')\n);"), "no name")
	mustFind(t, schemaFindings("CREATE TABLE order_x (\n  a TEXT NOT NULL,\n  CONSTRAINT a CHECK (a <> '')\n);"), "begins with")
	mustFind(t, schemaFindings("CREATE TABLE order_x (\n  at BIGINT NOT NULL\n);\nALTER TABLE order_x ADD COLUMN b TIMESTAMP NOT NULL DEFAULT now();"), "DEFAULT")
	mustFind(t, schemaFindings(""), "no tables")
}

// addColumn is the one place for a DEFAULT: what the rows that are there already hold in a new column.
var addColumn = regexp.MustCompile(`(?m)^ALTER TABLE \w+ ADD COLUMN \w+ (BIGINT|BOOLEAN|TEXT) NOT NULL DEFAULT ('\w*'|\d+|TRUE|FALSE);$`)

func schemaFindings(ddl string) (out []string) {
	all := tables(ddl)
	if len(all) == 0 {
		return []string{"no tables were read: the rule looks at nothing"}
	}
	if m := elsewhere.FindString(addColumn.ReplaceAllString(comment.ReplaceAllString(ddl, ""), "")); m != "" {
		out = append(out, fmt.Sprintf("the schema says %s: values are made by the application", m))
	}
	for _, tb := range all {
		for _, c := range columnLine.FindAllStringSubmatch(tb.body, -1) {
			if !slices.Contains([]string{"BIGINT", "BOOLEAN", "TEXT"}, c[2]) {
				out = append(out, fmt.Sprintf("%s.%s is %s; only BIGINT, BOOLEAN and TEXT mean the same on both engines", tb.name, c[1], c[2]))
			}
			if !strings.Contains(c[3], "NOT NULL") && !strings.Contains(c[3], "PRIMARY KEY") {
				out = append(out, fmt.Sprintf("%s.%s may be NULL; write NOT NULL and store 0 or ''", tb.name, c[1]))
			}
		}
		for _, line := range strings.Split(tb.body, "\n") {
			line = strings.TrimSpace(line)
			if strings.HasPrefix(line, "CHECK") || strings.HasPrefix(line, "UNIQUE") || strings.HasPrefix(line, "PRIMARY KEY") {
				out = append(out, fmt.Sprintf("%s: a constraint has no name and cannot be widened later: %s", tb.name, line))
			}
		}
		for _, c := range constraint.FindAllStringSubmatch(tb.body, -1) {
			if !strings.HasPrefix(c[1], tb.name+"_") {
				out = append(out, fmt.Sprintf("%s: the name of a constraint begins with the table's, not %s", tb.name, c[1]))
			}
		}
	}
	return out
}

// ownerOf is the package that writes a table: the one its name begins with, or the one in the list.
func ownerOf(name string) string {
	if o := owners[name]; o != "" {
		return o
	}
	prefix, _, _ := strings.Cut(name, "_")
	return prefix
}

func TestEveryTableHasAnOwner(t *testing.T) {
	have := map[string]bool{everybody: true}
	for _, u := range units(t) {
		have[u.path] = true
	}
	report(t, ownerFindings(tables(migrations(t)), have))
	mustFind(t, ownerFindings([]table{{name: "misc_thing"}}, have), "misc_thing: no package misc")
	mustFind(t, ownerFindings([]table{{name: "job"}}, map[string]bool{}), "job: no package internal/job")
}

func ownerFindings(all []table, have map[string]bool) (out []string) {
	for _, tb := range all {
		if o := ownerOf(tb.name); !have[o] {
			out = append(out, fmt.Sprintf("%s: no package %s", tb.name, o))
		}
	}
	return out
}
