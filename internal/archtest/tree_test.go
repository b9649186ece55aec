package archtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

const module = "github.com/packhorse/packhorse/"

// unit is one package of the repository, without its tests.
type unit struct {
	path    string   // below the module: "pick/route"
	imports []string // ours below the module with "./" before them, the others as they are written
	files   []source
}

// source is one Go file, parsed.
type source struct {
	name   string // "pick/route/floor.go"
	lines  int
	syntax *ast.File
}

// listed is what we read of `go list -json`.
type listed struct {
	Dir, ImportPath string
	GoFiles         []string
	IgnoredGoFiles  []string // for other systems
	Imports         []string
}

// repository reads every package once for all tests.
var repository = sync.OnceValues(func() ([]unit, error) {
	cmd := exec.Command("go", "list", "-json=Dir,ImportPath,GoFiles,IgnoredGoFiles,Imports", "./...")
	cmd.Dir = root
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, errors.Join(err, errors.New(stderr.String()))
	}
	var units []unit
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var l listed
		if err := dec.Decode(&l); err == io.EOF {
			return units, nil
		} else if err != nil {
			return nil, err
		}
		u, err := l.read()
		if err != nil {
			return nil, err
		}
		units = append(units, u)
	}
})

// root is the folder of the module; tests run in the folder of their package.
const root = "../.."

func (l listed) read() (unit, error) {
	u := unit{path: strings.TrimPrefix(l.ImportPath, module)}
	for _, i := range l.Imports {
		if ours, ok := strings.CutPrefix(i, module); ok {
			i = "./" + ours
		}
		u.imports = append(u.imports, i)
	}
	for _, name := range append(l.GoFiles, l.IgnoredGoFiles...) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(l.Dir, name))
		if err != nil {
			return u, err
		}
		f, err := parse(u.path+"/"+name, string(raw))
		if err != nil {
			return u, err
		}
		u.files = append(u.files, f)
	}
	return u, nil
}

func parse(name, text string) (source, error) {
	tree, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
	return source{name, strings.Count(text, "\n"), tree}, err
}

func units(t *testing.T) []unit {
	t.Helper()
	all, err := repository()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// made parses a made-up package of one file.
func made(t *testing.T, path, text string) unit {
	t.Helper()
	f, err := parse(path+"/made.go", text)
	if err != nil {
		t.Fatal(err)
	}
	return unit{path: path, files: []source{f}}
}

func report(t *testing.T, findings []string) {
	t.Helper()
	for _, f := range findings {
		t.Error(f)
	}
}

// mustFind fails when a rule shown a mistake does not name it.
func mustFind(t *testing.T, findings []string, want string) {
	t.Helper()
	for _, f := range findings {
		if strings.Contains(f, want) {
			return
		}
	}
	t.Errorf("no finding says %q; the rule found %q", want, findings)
}

func read(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root, path))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
