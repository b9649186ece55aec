package smtp

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/notify/sendertest"
)

// postfix starts Debian's Postfix with a configuration and a queue of its own, on a free port of this machine. It takes mail
// for example.com into a folder.
func postfix(t *testing.T) (address, mailbox string) {
	t.Helper()
	if _, err := exec.LookPath("/usr/sbin/postfix"); err != nil {
		t.Skip("no mail server: Debian's postfix is not installed (make test installs it)")
	}
	if os.Getuid() != 0 {
		t.Skip("postfix starts as root only")
	}
	owner, err := user.Lookup("postfix")
	if err != nil {
		t.Skip("there is no user postfix")
	}
	// Its own user has to pass through every folder above the queue.
	dir, err := os.MkdirTemp("/var/tmp", "packhorse-postfix")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	address = free(t)
	conf, queue, data := filepath.Join(dir, "etc"), filepath.Join(dir, "queue"), filepath.Join(dir, "data")
	mailbox = filepath.Join(dir, "mail", "wang", "new")
	must(t, os.Chmod(dir, 0o755))
	for _, d := range []string{conf, queue, data, filepath.Join(dir, "mail")} {
		must(t, os.Mkdir(d, 0o755))
	}
	for _, d := range []string{data, filepath.Join(dir, "mail")} {
		run(t, "chown", "postfix", d)
	}
	must(t, os.WriteFile(filepath.Join(conf, "main.cf"), []byte(fmt.Sprintf(`compatibility_level = 3.6
queue_directory = %s
data_directory = %s
maillog_file = %s/log
maillog_file_prefixes = %s
myhostname = mail.example.com
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = example.com
virtual_mailbox_base = %s/mail
virtual_mailbox_maps = inline:{wang@example.com=wang/}
virtual_uid_maps = static:%s
virtual_gid_maps = static:%s
virtual_minimum_uid = 1
default_transport = error:no mail leaves this test
smtputf8_enable = yes
`, queue, data, dir, dir, dir, owner.Uid, owner.Gid)), 0o644))
	_, port, _ := net.SplitHostPort(address)
	var services strings.Builder
	services.WriteString("127.0.0.1:" + port + " inet n - n - - smtpd\npostlog unix-dgram n - n - 1 postlogd\n")
	for _, line := range []string{"cleanup unix n - n - 0 cleanup", "qmgr unix n - n 300 1 qmgr", "rewrite unix - - n - - trivial-rewrite", "bounce unix - - n - 0 bounce",
		"defer unix - - n - 0 bounce", "trace unix - - n - 0 bounce", "verify unix - - n - 1 verify", "error unix - - n - - error", "retry unix - - n - - error",
		"virtual unix - n n - - virtual", "anvil unix - - n - 1 anvil", "scache unix - - n - 1 scache", "proxymap unix - - n - - proxymap"} {
		services.WriteString(line + "\n")
	}
	must(t, os.WriteFile(filepath.Join(conf, "master.cf"), []byte(services.String()), 0o644))
	run(t, "/usr/sbin/postfix", "-c", conf, "start")
	t.Cleanup(func() { _ = exec.Command("/usr/sbin/postfix", "-c", conf, "stop").Run() })
	await(t, "the mail server listens", func() bool {
		c, err := net.DialTimeout("tcp", address, time.Second)
		if err == nil {
			_ = c.Close()
		}
		return err == nil
	})
	return address, mailbox
}

func free(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	return l.Addr().String()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func run(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %v: %v: %s", name, args, err, out)
	}
}

func await(t *testing.T, what string, done func() bool) {
	t.Helper()
	for range 200 {
		if done() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("ten seconds, and not: %s", what)
}

func TestARealMailServerTakesADeliveryAndRefusesAStranger(t *testing.T) {
	address, mailbox := postfix(t)
	s := sender(t, address)
	l := letter()
	l.Subject, l.Text, l.HTML = "订单 W-1001 已发货", "运单号：ZT2006\n.\nend", "<p>运单号：ZT2006</p>"
	if _, err := s.Send(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	var got sendertest.Arrived
	await(t, "the mail is in the mailbox", func() bool {
		names, _ := filepath.Glob(mailbox + "/*")
		if len(names) == 0 {
			return false
		}
		f, err := os.Open(names[0])
		must(t, err)
		defer f.Close()
		got, err = read(f)
		must(t, err)
		return true
	})
	if got.Subject != l.Subject || !strings.Contains(strings.ReplaceAll(got.Text, "\r\n", "\n"), l.Text) || got.ID != "<msg_1@shop.example>" || got.HTML != l.HTML {
		t.Errorf("arrived %+v", got)
	}
	l.To = "nobody@example.com"
	if _, err := s.Send(t.Context(), l); err == nil || !strings.Contains(err.Error(), "550") {
		t.Errorf("a mailbox that does not exist: %v", err)
	}
}
