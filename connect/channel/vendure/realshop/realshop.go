// Package realshop runs a real Vendure shop for tests: it installs the published packages once into a cache, starts the
// shop on loopback with seed data (SKU-0001 to SKU-0010 with 1000 each, LAST-10 with 10, in CNY), buys in it and ends it.
//
// It owns the counterpart and nothing of Packhorse. Where the shop cannot be installed the test is skipped with the reason.
package realshop

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// What the shop is started with.
const (
	Username   = "superadmin"
	Password   = "shop-admin-1"
	HookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
)

const (
	installTime = 4 * time.Minute
	startTime   = 2 * time.Minute
)

// Shop is one running shop.
type Shop struct {
	t      testing.TB
	folder string
	port   int
	hook   string
	cmd    *exec.Cmd
	tokens tokens

	customers atomic.Int64
}

// Start starts a fresh shop that lives as long as the test. hook is a URL it calls on every event; empty for none.
func Start(t testing.TB, hook string) *Shop {
	t.Helper()
	if testing.Short() {
		t.Skip("a real shop takes a while to start")
	}
	install(t)
	s := &Shop{t: t, folder: t.TempDir(), port: freePort(t), hook: hook}
	s.Run()
	t.Cleanup(s.Stop)
	return s
}

// Admin is the address of the admin API.
func (s *Shop) Admin() string { return s.url("admin-api") }

func (s *Shop) url(path string) string { return fmt.Sprintf("http://127.0.0.1:%d/%s", s.port, path) }

// Run starts a shop that was stopped, with what it knew.
func (s *Shop) Run() {
	s.t.Helper()
	cmd := exec.Command("bash", script(), "run", s.folder, fmt.Sprint(s.port))
	cmd.Env = append(os.Environ(), "HOOK_URL="+s.hook, "HOOK_SECRET="+HookSecret, "END_WITH_PARENT=1")
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err == nil {
		_, err = cmd.StdinPipe() // closes when this process ends, however it ends
	}
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		s.t.Fatalf("start the shop: %v", err)
	}
	s.cmd = cmd
	ready := make(chan bool, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if lines.Text() == "READY" {
				ready <- true
			}
		}
		close(ready)
	}()
	select {
	case ok := <-ready:
		if ok {
			return
		}
	case <-time.After(startTime):
	}
	s.Stop()
	s.t.Fatalf("the shop did not start: %s", said.String())
}

// Stop ends the shop as a power cut would; its folder stays.
func (s *Shop) Stop() {
	if s.cmd == nil {
		return
	}
	_ = s.cmd.Process.Kill() // it may have ended by itself
	_ = s.cmd.Wait()
	s.cmd = nil
}

func install(t testing.TB) {
	t.Helper()
	if why := installed(); why != "" {
		t.Skip(why)
	}
}

// installed installs the packages once in a process and says why it could not; empty when they are there.
var installed = sync.OnceValue(func() string {
	for _, program := range []string{"bash", "node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			return fmt.Sprintf("a real Vendure shop needs %s, which is not installed", program)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), installTime)
	defer cancel()
	if said, err := exec.CommandContext(ctx, "bash", script(), "install").CombinedOutput(); err != nil {
		return fmt.Sprintf("Vendure could not be installed with npm: %v: %s", err, lastLines(string(said)))
	}
	return ""
})

func lastLines(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-3):], " / ")
}

func script() string {
	_, here, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(filepath.Dir(here)), "testdata", "shop.sh")
}

func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}
