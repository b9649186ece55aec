package label_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/ship/label"
)

// read gives what a decoder of pictures finds in one, code by code.
func read(t *testing.T, picture string) []string {
	t.Helper()
	need(t, "zbarimg", "install zbar-tools")
	out, err := exec.Command("zbarimg", "--quiet", "--raw", "--nodbus", picture).CombinedOutput()
	if err != nil {
		t.Fatalf("nothing to read in %s: %v\n%s", picture, err, out)
	}
	return strings.Fields(string(out))
}

func need(t *testing.T, command, advice string) {
	t.Helper()
	if _, err := exec.LookPath(command); err != nil {
		t.Skipf("there is no %s: %s", command, advice)
	}
}

// keep is the folder pictures are left in for somebody to look at; a temporary one otherwise.
func keep(t *testing.T) string {
	if dir := os.Getenv("PACKHORSE_LABEL_PICTURES"); dir != "" {
		return dir
	}
	return t.TempDir()
}

// renderPDF draws the pages of a document as a printer of 203 dpi would.
func renderPDF(t *testing.T, labels ...label.Label) []string {
	t.Helper()
	need(t, "pdftoppm", "install poppler-utils")
	var b bytes.Buffer
	if err := label.PDF(&b, labels...); err != nil {
		t.Fatal(err)
	}
	dir := keep(t)
	file := filepath.Join(dir, "labels.pdf")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("pdftoppm", "-r", "203", "-gray", "-png", file, filepath.Join(dir, "pdf")).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return pictures(t, filepath.Join(dir, "pdf-*.png"), len(labels))
}

func pictures(t *testing.T, pattern string, want int) []string {
	t.Helper()
	list, _ := filepath.Glob(pattern)
	if len(list) != want {
		t.Fatalf("%d pictures, want %d", len(list), want)
	}
	slices.Sort(list)
	return list
}

// rendererVersion is pinned: what it draws is what the test compares.
const rendererVersion = "zpl-renderer-js@3.4.0"

// renderer is a folder in which the ZPL renderer is installed, kept between runs.
func renderer(t *testing.T) string {
	t.Helper()
	need(t, "node", "install Node 20")
	need(t, "npm", "install npm")
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Skipf("there is no folder to install the ZPL renderer in: %v", err)
	}
	dir := filepath.Join(cache, "packhorse-test", rendererVersion)
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "zpl-renderer-js", "package.json")); err == nil {
		return dir
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	install := exec.Command("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", dir, rendererVersion)
	if out, err := install.CombinedOutput(); err != nil {
		t.Skipf("the ZPL renderer cannot be installed, npm is not to be reached: %v %s", err, out)
	}
	return dir
}

// renderZPL draws labels with somebody else's reading of ZPL.
func renderZPL(t *testing.T, labels ...label.Label) []string {
	t.Helper()
	var b bytes.Buffer
	if err := label.ZPL(&b, labels...); err != nil {
		t.Fatal(err)
	}
	dir, script := keep(t), filepath.Join("testdata", "render.mjs")
	file := filepath.Join(dir, "labels.zpl")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	script, err := filepath.Abs(script)
	if err != nil {
		t.Fatal(err)
	}
	draw := exec.Command("node", script, file, filepath.Join(dir, "zpl"))
	draw.Dir = renderer(t)
	if out, err := draw.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return pictures(t, filepath.Join(dir, "zpl-*.png"), len(labels))
}
