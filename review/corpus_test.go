package review

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// labelled reads addresses with labelled spans: one sign and its label a line, an empty line between addresses.
func labelled(t *testing.T) []map[string]string {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "shared", "data", "address", "dev.txt"))
	if err != nil {
		t.Skip("the labelled Chinese addresses are not on this machine: ", err)
	}
	defer file.Close()
	all := []map[string]string{{}}
	for in := bufio.NewScanner(file); in.Scan(); {
		sign, label, ok := strings.Cut(strings.TrimSpace(in.Text()), " ")
		if !ok {
			all = append(all, map[string]string{})
			continue
		}
		_, kind, _ := strings.Cut(label, "-")
		last := all[len(all)-1]
		if kind != "prov" && kind != "city" && kind != "district" {
			kind = "detail"
			if slices.Contains([]string{"roadno", "houseno", "poi", "subpoi", "community", "road"}, label[2:]) {
				last["door"] = "yes"
			}
		}
		last[kind] += sign
	}
	return all
}

func TestRealAddressesAreSeldomDoubted(t *testing.T) {
	var judged, doubted, unknown int
	for _, a := range labelled(t) {
		if a["prov"] != "" {
			if _, ok := provinceOf(a["prov"]); !ok {
				unknown++
				t.Logf("unknown province %q", a["prov"])
			}
		}
		if a["door"] == "" {
			continue
		}
		judged++
		r := Recipient{Country: "CN", Province: "浙江省", City: a["city"], District: a["district"], Address: a["detail"]}
		var found Address
		if checkDetail(&found, r); len(found.Problems) > 0 {
			doubted++
			t.Logf("%v: %s", found.Problems, a["detail"])
		}
	}
	t.Logf("%d of %d addresses doubted, %d provinces unknown", doubted, judged, unknown)
	if judged < 1000 || doubted*100 > judged || unknown > 5 {
		t.Fatalf("%d of %d doubted, %d provinces unknown", doubted, judged, unknown)
	}
}
