package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/packhorse/packhorse/api"
	"github.com/packhorse/packhorse/internal/db/sqlite"
	"github.com/packhorse/packhorse/internal/fault"
)

// smallDisk is a folder on a file system of its own with room for little more than an empty company.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=12m"); err != nil {
		t.Skipf("no file system can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fill takes all room that is left, and gives back what makes room again.
func fill(t *testing.T, dir string) (room func()) {
	t.Helper()
	path := filepath.Join(dir, "ballast")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	block := make([]byte, 4096)
	for err == nil {
		_, err = f.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	f.Close()
	return func() {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

// try sends a request and gives the status and the code of the answer, if it has one.
func (s *site) try(method, path, body string) (int, string) {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), method, "http://"+s.server.Address()+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+s.key)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, _ := io.ReadAll(res.Body)
	var said struct {
		Code    string `json:"code"`
		Results []struct {
			Problem struct {
				Code string `json:"code"`
			} `json:"problem"`
		} `json:"results"`
	}
	_ = json.Unmarshal(raw, &said) // an answer without a code has none
	if len(said.Results) == 1 {
		said.Code = said.Results[0].Problem.Code
	}
	return res.StatusCode, said.Code
}

func TestAFullDiskIsToldAndOverWhenThereIsRoomAgain(t *testing.T) {
	cfg := testConfig(t)
	cfg.Data, cfg.Role = smallDisk(t), "api"
	s := startSite(t, cfg)
	if status, code := s.try("GET", "/readyz", ""); status != http.StatusOK {
		t.Fatalf("before: %d %s", status, code)
	}
	room := fill(t, cfg.Data)
	status, code := 0, ""
	for i := 0; i < 3000 && status < 300; i++ { // the write-ahead log may have some room left in itself
		status, code = s.try("POST", "/v1/orders", shopOrder(fmt.Sprintf("F-%d", i)))
	}
	if status != http.StatusInsufficientStorage || code != "storage.full" {
		t.Fatalf("a command on a full disk: %d %s", status, code)
	}
	if status, code := s.try("POST", "/v1/orders/bulk", `{"orders":[`+shopOrder("B-1")+`]}`); code != "storage.full" {
		t.Errorf("a bulk on a full disk: %d %s", status, code)
	}
	if status, code := s.try("GET", "/readyz", ""); status < 500 || code != "storage.full" {
		t.Errorf("/readyz on a full disk: %d %s", status, code)
	}
	if status, code := s.try("GET", "/v1/orders", ""); status != http.StatusOK {
		t.Errorf("reads go on: %d %s", status, code)
	}
	room()
	if status, code := s.try("GET", "/readyz", ""); status != http.StatusOK {
		t.Errorf("/readyz with room again: %d %s", status, code)
	}
	if status, code := s.try("POST", "/v1/orders", shopOrder("after")); status != http.StatusCreated {
		t.Errorf("a command with room again: %d %s", status, code)
	}
}

func code(err error) string {
	var p *pgconn.PgError
	if errors.As(err, &p) {
		return p.Code
	}
	return ""
}

func TestEveryStorageSaysFullInItsOwnWay(t *testing.T) {
	for _, c := range []struct {
		err  error
		full bool
	}{
		{fmt.Errorf("%w in INSERT", &sqlite.Error{Code: 13}), true},
		{fmt.Errorf("commit: %w", &pgconn.PgError{Code: "53100"}), true},
		{&os.PathError{Op: "write", Err: syscall.ENOSPC}, true},
		{&sqlite.Error{Code: 5}, false},
		{&pgconn.PgError{Code: "53200"}, false},
		{fmt.Errorf("read: %w", &pgconn.PgError{Code: "57P01"}), false},
		{&pgconn.PgError{Code: "57P03"}, false},
		{&pgconn.PgError{Code: "57014"}, false},
		{fault.New(fault.Conflict, "conflict", "x"), false},
	} {
		in := &Installation{}
		got := in.explain(c.err)
		if away := errors.Is(got, api.ErrStorageAway); away != strings.HasPrefix(code(c.err), "57P") {
			t.Errorf("%v is away: %v", c.err, away)
		}
		if errors.Is(got, api.ErrStorageFull) != c.full || in.full.Load() != c.full || !errors.Is(got, c.err) {
			t.Errorf("%v: %v", c.err, got)
		}
	}
}
