package cups_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/packhorse/packhorse/connect/printer/cups"
	sim "github.com/packhorse/packhorse/connect/sim/printer"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/printing"
	"github.com/packhorse/packhorse/printing/printertest"
)

const config = `
Listen 127.0.0.1:%d
LogLevel warn
Browsing Off
DefaultAuthType None
WebInterface No
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
`

const files = `
SystemGroup root
User %s
Group %s
ServerRoot %[3]s
RequestRoot %[3]s/spool
TempDir %[3]s/tmp
CacheDir %[3]s/cache
StateDir %[3]s/state
AccessLog %[3]s/access
ErrorLog %[3]s/error
PageLog %[3]s/page
FileDevice Yes
`

// server is a print server of Debian with one raw queue that leads to a made-up label printer.
func server(t *testing.T, device string) (queue string) {
	t.Helper()
	for _, c := range []string{"cupsd", "/usr/sbin/cupsd"} {
		if path, err := exec.LookPath(c); err == nil {
			return start(t, path, device)
		}
	}
	t.Skip("there is no cupsd: install cups-daemon")
	return ""
}

func start(t *testing.T, cupsd, device string) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "cups") // its own: the path of a domain socket is short, and cupsd looks at who owns it
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	name, group := owner(t, dir)
	for _, sub := range []string{"spool", "tmp", "cache", "state", "ppd"} {
		if err := os.Mkdir(filepath.Join(dir, sub), 0o770); err != nil {
			t.Fatal(err)
		}
	}
	port := free(t)
	write(t, filepath.Join(dir, "cupsd.conf"), fmt.Sprintf(config, port))
	write(t, filepath.Join(dir, "cups-files.conf"), fmt.Sprintf(files, name, group, dir))
	write(t, filepath.Join(dir, "printers.conf"), "<Printer LABELS>\nInfo LABELS\nDeviceURI socket://"+device+"\nState Idle\nAccepting Yes\nShared No\nErrorPolicy retry-job\n</Printer>\n")
	if out, err := exec.Command("chown", "-R", name+":"+group, dir).CombinedOutput(); os.Getuid() == 0 && err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.Command(cupsd, "-f", "-c", filepath.Join(dir, "cupsd.conf"), "-s", filepath.Join(dir, "cups-files.conf"))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
		if t.Failed() {
			said, _ := os.ReadFile(filepath.Join(dir, "error"))
			t.Logf("%s", said)
		}
	})
	address := "127.0.0.1:" + strconv.Itoa(port)
	for range 100 {
		if c, err := net.Dial("tcp", address); err == nil {
			_ = c.Close()
			return "ipp://" + address + "/printers/LABELS"
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("cupsd does not listen")
	return ""
}

// owner is whom the server runs its filters as.
func owner(t *testing.T, dir string) (name, group string) {
	t.Helper()
	if os.Getuid() == 0 {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		return "lp", "lp"
	}
	u, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	g, err := user.LookupGroupId(u.Gid)
	if err != nil {
		t.Fatal(err)
	}
	return u.Username, g.Name
}

func free(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o640); err != nil {
		t.Fatal(err)
	}
}

func TestAQueueOfAPrintServerKeepsTheContract(t *testing.T) {
	printertest.Run(t, func(t *testing.T) printertest.Bench {
		m, err := sim.Listen("127.0.0.1:0", sim.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = m.Close() })
		p, err := cups.New(printing.Place{Address: server(t, m.Address()), Format: printing.ZPL})
		if err != nil {
			t.Fatal(err)
		}
		return printertest.Bench{Printer: p, Printed: func() int { return len(m.Labels()) },
			Document: func(n int) []byte { return fmt.Appendf(nil, "^XA^FO0,0^FDlabel %d^FS^XZ", n) },
			Settle: func(t *testing.T, n int) {
				for range 200 {
					if len(m.Labels()) >= n {
						return
					}
					time.Sleep(50 * time.Millisecond)
				}
			}}
	})
}

func TestAServerThatIsNotThereIsSaidToBeGone(t *testing.T) {
	p, err := cups.New(printing.Place{Address: fmt.Sprintf("ipp://127.0.0.1:%d/printers/LABELS", free(t)), Format: printing.PDF})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Status(t.Context()); fault.Code(err) != "printing.unreachable" {
		t.Error(err)
	}
	if _, err := p.Send(t.Context(), printing.Document{Name: "x"}); fault.Code(err) != "printing.unreachable" {
		t.Error(err)
	}
	if _, err := p.Fate(t.Context(), "x", "name"); fault.Code(err) != "printing.unreachable" {
		t.Error(err)
	}
}

func TestAnAddressNamesAQueue(t *testing.T) {
	for address, want := range map[string]string{"ipp://h/printers/A": "", "ipps://h:631/printers/A": "", "http://h/printers/A": "printing.address",
		"ipp://h": "printing.address", "h": "printing.address", "ipp://u:p@h/printers/A": "printing.address", "": "printing.address"} {
		if _, err := cups.New(printing.Place{Address: address}); fault.Code(err) != want {
			t.Errorf("%q: %v", address, err)
		}
	}
}
