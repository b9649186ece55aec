package label_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/ship/label"
)

func manifest(rows int) label.Manifest {
	m := label.Manifest{Title: "交接单", Number: "man_0123456789abc", Facts: [][2]string{{"快递公司", "中通快递"}, {"仓库", "嘉兴一号仓"}, {"交接时间", "2026-03-02"}, {"交接人", "李雷"}},
		Head: [4]string{"序号", "运单号", "产品", "重量（kg）"}, Sum: fmt.Sprintf("共 %d 件", rows), Sign: [2]string{"快递员签收（姓名、签字）", "日期时间"},
		Page: func(no, of int) string { return fmt.Sprintf("第 %d 页，共 %d 页", no, of) }}
	for i := range rows {
		m.Rows = append(m.Rows, [3]string{fmt.Sprintf("ZT%08d", i), "标快", "0.450"})
	}
	return m
}

// spoken is what a reader of PDF files finds on the pages, page by page.
func spoken(t *testing.T, m label.Manifest) []string {
	t.Helper()
	need(t, "pdftotext", "install poppler-utils")
	var b, again bytes.Buffer
	for _, out := range []*bytes.Buffer{&b, &again} {
		if err := label.ManifestPDF(out, m); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("the same manifest twice is not the same file")
	}
	file := filepath.Join(keep(t), fmt.Sprintf("manifest%d.pdf", len(m.Rows)))
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-layout", file, "-").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	pages := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
	for i := range pages {
		pages[i] = tight(pages[i])
	}
	return pages
}

// tight leaves the spaces out: how many stand between two typefaces is the reader's guess.
func tight(text string) string { return strings.Join(strings.Fields(text), "") }

func TestAManifestNamesEveryParcelOnceAndIsSignedAtItsEnd(t *testing.T) {
	for rows, want := range map[int]int{0: 1, 1: 1, 25: 1, 40: 2, 200: 7} {
		m := manifest(rows)
		pages := spoken(t, m)
		if len(pages) != want {
			t.Errorf("%d parcels on %d pages, want %d", rows, len(pages), want)
		}
		all := strings.Join(pages, "\n")
		for _, r := range m.Rows {
			if strings.Count(all, r[0]) != 1 {
				t.Errorf("of %d parcels, %s stands there %d times", rows, r[0], strings.Count(all, r[0]))
			}
		}
		for i, page := range pages {
			for _, text := range []string{"中通快递", "嘉兴一号仓", "李雷", "man_0123456789abc", m.Page(i+1, len(pages))} {
				if !strings.Contains(page, tight(text)) {
					t.Errorf("page %d does not say %q:\n%s", i+1, text, page)
				}
			}
			if last := i == len(pages)-1; last != strings.Contains(page, "快递员签收") || last != strings.Contains(page, tight(m.Sum)) {
				t.Errorf("page %d of %d: the sums and the signature belong on the last", i+1, len(pages))
			}
		}
	}
}

func TestWhateverStandsOnAManifestStaysInItsPlace(t *testing.T) {
	m := manifest(3)
	m.Rows[1] = [3]string{strings.Repeat("W", 300), strings.Repeat("且", 200), "\x00\u202e^XA"}
	m.Facts[0][1] = strings.Repeat("很长的名字", 100)
	if pages := spoken(t, m); len(pages) != 1 || !strings.Contains(pages[0], "ZT00000002") {
		t.Errorf("%q", pages)
	}
}
