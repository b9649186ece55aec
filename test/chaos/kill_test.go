// Package chaos kills the server in the middle of its work and looks what is left.
package chaos

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/db"
)

const (
	kills   = 20
	writers = 12
)

// An acknowledged command is never lost and none happens twice, whenever the server dies. Receipts of one
// unit each are commands that nothing but their key makes unique: after the last restart, repeating every one
// of them under its own key must leave exactly as many units as there were commands.
func TestKilledTwentyTimesUnderLoadNothingIsLostOrDoubled(t *testing.T) {
	if testing.Short() {
		t.Skip("kills a server forty times; not in a short run")
	}
	program := build(t)
	t.Run("sqlite", func(t *testing.T) { torment(t, program, "--data", filepath.Join(t.TempDir(), "data")) })
	t.Run("postgres", func(t *testing.T) {
		url := os.Getenv("PACKHORSE_TEST_POSTGRES")
		if url == "" {
			t.Skip("no PostgreSQL: PACKHORSE_TEST_POSTGRES is not set (make test sets it)")
		}
		company := fmt.Sprintf("chaos%d", os.Getpid())
		t.Cleanup(func() {
			if err := db.Drop(context.Background(), url, "packhorse_"+company); err != nil {
				t.Log(err)
			}
		})
		torment(t, program, "--db", url, "--company", company)
	})
}

func build(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "packhorse")
	out, err := exec.Command("go", "build", "-o", program, "github.com/packhorse/packhorse/cmd/packhorse").CombinedOutput()
	if err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return program
}

// run calls the program and gives the last line of its output.
func run(t *testing.T, program string, args ...string) string {
	t.Helper()
	var out, complaint bytes.Buffer
	cmd := exec.Command(program, args...)
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s%s", strings.Join(args, " "), err, out.String(), complaint.String())
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	return lines[len(lines)-1]
}

const ground = `code,name,timezone,country,province,city,lat,lng
W1,One,Asia/Shanghai,CN,浙江省,嘉兴市,30.75,120.75
`

// deed is a command that was sent: what, under which key, and whether it was answered.
type deed struct {
	path, body, key string
	answered        bool
}

type ledger struct {
	mu    sync.Mutex
	deeds []*deed
}

func (l *ledger) begin(d *deed) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.deeds = append(l.deeds, d)
}

func torment(t *testing.T, program string, place ...string) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	with := func(args ...string) []string { return append(args, place...) }
	run(t, program, with("import", "warehouses", write("w.csv", ground))...)
	run(t, program, with("import", "locations", write("l.csv", "warehouse,location,kind\nW1,A1,pick\n"))...)
	run(t, program, with("import", "catalog", write("c.csv", "sku,title\nSOLD,sold\nCOUNTED,counted\n"))...)
	run(t, program, with("import", "stock", write("s.csv", "warehouse,location,sku,quantity\nW1,A1,SOLD,1000000\n"))...)
	var made struct{ Key string }
	if err := json.Unmarshal([]byte(run(t, program, with("key", "create", "chaos", "--json")...)), &made); err != nil {
		t.Fatal(err)
	}
	var book ledger
	for life := range kills {
		s := start(t, program, place, made.Key)
		stop := time.After(time.Duration(60+rand.IntN(240)) * time.Millisecond)
		var all sync.WaitGroup
		quit := make(chan struct{})
		for w := range writers {
			all.Add(1)
			go func() { defer all.Done(); s.work(&book, life, w, quit) }()
		}
		<-stop
		if err := s.cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		close(quit)
		all.Wait()
		_ = s.cmd.Wait() // it was killed
	}
	s := start(t, program, place, made.Key)
	defer func() { _ = s.cmd.Process.Kill(); _ = s.cmd.Wait() }()
	s.settle(t, &book)
	_ = s.cmd.Process.Signal(os.Interrupt)
	_ = s.cmd.Wait()
	var report struct{ Clean bool }
	if err := json.Unmarshal([]byte(run(t, program, with("check", "--json")...)), &report); err != nil || !report.Clean {
		t.Errorf("check after %d kills: %+v %v", kills, report, err)
	}
}

// settle repeats every command, and compares what there is with what was sent.
func (s *server) settle(t *testing.T, book *ledger) {
	answered, units, orders := 0, 0, map[string]bool{}
	for _, d := range book.deeds {
		status, replayed, body, err := s.post(d.path, d.body, d.key)
		if err != nil || (status != http.StatusOK && status != http.StatusCreated) {
			t.Fatalf("repeating %s %s: %d %v %s", d.path, d.key, status, err, body)
		}
		if d.answered {
			answered++
			if !replayed {
				t.Errorf("%s %s was acknowledged before a kill and is not there", d.path, d.key)
			}
		}
		if d.path == "/v1/stock" {
			units++
		} else {
			orders[body] = true
		}
	}
	var offer struct {
		SKUs []struct {
			OnHand int `json:"on_hand"`
		} `json:"skus"`
	}
	raw := s.get(t, "/v1/availability?sku=COUNTED")
	if err := json.Unmarshal(raw, &offer); err != nil || len(offer.SKUs) != 1 || offer.SKUs[0].OnHand != units {
		t.Errorf("%d receipts of one unit were sent, and the book says %s", units, raw)
	}
	if len(orders) != len(book.deeds)-units {
		t.Errorf("%d orders were sent, %d different ones are there", len(book.deeds)-units, len(orders))
	}
	t.Logf("%d commands, %d acknowledged before their server was killed", len(book.deeds), answered)
	if answered < kills {
		t.Errorf("only %d commands were acknowledged in %d lives: that proves little", answered, kills)
	}
}

type server struct {
	cmd      *exec.Cmd
	url, key string
	client   *http.Client
}

func start(t *testing.T, program string, place []string, key string) *server {
	t.Helper()
	s := &server{key: key, client: &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: writers}}}
	s.cmd = exec.Command(program, append([]string{"serve", "--listen", "127.0.0.1:0", "--json", "--log-level", "error"}, place...)...)
	s.cmd.Stderr = os.Stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	var said struct{ URL string }
	if err == nil {
		err = json.Unmarshal(line, &said)
	}
	if err != nil {
		t.Fatalf("the server did not start again: %v", err)
	}
	s.url = said.URL
	return s
}

// work sends receipts and orders until the server is gone.
func (s *server) work(book *ledger, life, writer int, quit chan struct{}) {
	for n := 0; ; n++ {
		select {
		case <-quit:
			return
		default:
		}
		d := &deed{path: "/v1/stock", key: fmt.Sprintf("k-%d-%d-%d", life, writer, n),
			body: `{"kind":"receipt","sku":"COUNTED","node":"W1","location":"A1","quantity":1}`}
		if n%2 == 1 {
			d.path = "/v1/orders"
			d.body = fmt.Sprintf(`{"channel":"chaos","order_no":%q,"placed_at":"2026-03-01T08:00:00Z","payment_status":"paid","currency":"CNY","recipient_name":"赵敏","phone":"13800138000",`+
				`"country":"CN","province":"浙江省","city":"杭州市","district":"西湖区","address":"文三路 %d 号","lines":[{"line_no":1,"sku":"SOLD","quantity":2,"unit_price":"9.90"}]}`, d.key, n+1)
		}
		book.begin(d)
		status, _, body, err := s.post(d.path, d.body, d.key)
		if err != nil {
			return
		}
		if status != http.StatusOK && status != http.StatusCreated {
			panic(fmt.Sprintf("%s: %d %s", d.path, status, body))
		}
		d.answered = true
	}
}

func (s *server) post(path, body, key string) (status int, replayed bool, answer string, err error) {
	req, err := http.NewRequest("POST", s.url+path, strings.NewReader(body))
	if err != nil {
		return 0, false, "", err
	}
	req.Header.Set("Authorization", "Bearer "+s.key)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", key)
	res, err := s.client.Do(req)
	if err != nil {
		return 0, false, "", err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	return res.StatusCode, res.Header.Get("Idempotency-Replayed") == "true", string(raw), err
}

func (s *server) get(t *testing.T, path string) []byte {
	t.Helper()
	req, err := http.NewRequest("GET", s.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+s.key)
	res, err := s.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
