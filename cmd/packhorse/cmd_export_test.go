package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAnOrderFileComesBackAsItWentIn(t *testing.T) {
	data := t.TempDir()
	in := file(t, "orders.csv", "order_no,placed_at,sku,quantity,unit_price,currency,recipient_name,address,buyer_note\n"+
		"S-1,2026-03-01T09:30:00+08:00,A,2,12.5,CNY,李四,工业路 1 号,\"two\nlines\"\nS-1,,B,1,3,,,,\nS-2,2026-03-01T09:31:00+08:00,A,1,12.5,CNY,Li,1 Road,\n")
	if code, _, errs := command(t, "import", "orders", in, "--channel", "web", "--shop", "main", "--data", data); code != 0 {
		t.Fatal(errs)
	}
	for _, ending := range []string{".csv", ".xlsx"} {
		back := filepath.Join(t.TempDir(), "back"+ending)
		code, out, errs := command(t, "export", "orders", back, "--channel", "web", "--shop", "main", "--data", data, "--json", "--reveal", "migration")
		var got struct {
			Kind, File              string
			Orders, Rows, Cancelled int
		}
		if err := json.Unmarshal([]byte(out), &got); err != nil || code != 0 || got.Kind != "orders" || got.File != back || got.Orders != 2 || got.Rows != 3 || got.Cancelled != 0 {
			t.Fatalf("%d %+v %v %q", code, got, err, errs)
		}
		if code, out, _ := command(t, "import", "orders", back, "--channel", "web", "--shop", "main", "--data", data); code != 0 ||
			!strings.Contains(out, "0 created, 0 updated, 2 unchanged, 0 rejected") {
			t.Errorf("%s: %d %q", ending, code, out)
		}
	}
	all := filepath.Join(t.TempDir(), "all.csv")
	if code, out, errs := command(t, "export", "orders", all, "--data", data); code != 0 || !strings.Contains(out, "2 orders in 3 rows; 0 cancelled orders left out") {
		t.Errorf("%d %q %q", code, out, errs)
	}
	if text, err := os.ReadFile(all); err != nil || !strings.Contains(string(text), "\nweb,main,S-2,") {
		t.Errorf("%v\n%s", err, text)
	}
	masked, err := os.ReadFile(all)
	if err != nil || !strings.Contains(string(masked), "recipient_name_masked") || strings.Contains(string(masked), "李四") || strings.Contains(string(masked), "工业路") {
		t.Errorf("people are in a file nobody gave a purpose for: %v\n%s", err, masked)
	}
	if code, _, errs := command(t, "import", "orders", all, "--channel", "web", "--shop", "main", "--data", data); code == 0 {
		t.Errorf("masks were imported over what they hide: %q", errs)
	}
	for _, args := range [][]string{{"orders", all, "--reveal", "fun"}, {"orders", all, "--shop", "main"}, {"catalog", all, "--channel", "web"}} {
		if code, out, errs := command(t, append([]string{"export", "--data", data}, args...)...); code == 0 || out != "" || strings.Count(errs, "\n") != 1 {
			t.Errorf("%v: %d %q %q", args, code, out, errs)
		}
	}
}
