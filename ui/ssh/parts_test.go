package ssh

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"crypto/ed25519"

	gossh "golang.org/x/crypto/ssh"
)

// says reports whether an error says itself with some words, and ends with a code.
func says(err error, code int, words string) bool {
	var f *Fault
	return errors.As(err, &f) && f.Code() == code && strings.Contains(f.Error(), words)
}

// TestHostKey: it is made once, for this account alone, however many make it at once; one that others may read, or that
// is none, is refused with what to do.
func TestHostKey(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "data", "host_key")
	if _, err := hostKey(file, false); !says(err, exitAway, "there is no host key") {
		t.Errorf("none: %v", err)
	}
	prints := make([]string, 8)
	var all sync.WaitGroup
	for i := range prints {
		all.Go(func() {
			key, err := hostKey(file, true)
			if err != nil {
				t.Error(err)
				return
			}
			prints[i] = gossh.FingerprintSHA256(key.PublicKey())
		})
	}
	all.Wait()
	for _, p := range prints {
		if p != prints[0] {
			t.Errorf("two servers at once made two keys: %q", prints)
		}
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if left, _ := os.ReadDir(filepath.Dir(file)); len(left) != 1 {
		t.Errorf("%v is left", left)
	}
	for _, mode := range []fs.FileMode{0o640, 0o604, 0o620, 0o610} {
		os.Chmod(file, mode)
		if _, err := hostKey(file, true); !says(err, exitForbidden, "chmod 600 "+file) {
			t.Errorf("%v: %v", mode, err)
		}
	}
	_, private, _ := ed25519.GenerateKey(nil)
	locked, err := gossh.MarshalPrivateKeyWithPassphrase(private, "", []byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"is no private key": "nonsense", "has a passphrase": string(pem.EncodeToMemory(locked))} {
		bad := filepath.Join(dir, "bad")
		if err := os.WriteFile(bad, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := hostKey(bad, true); !says(err, exitInvalid, name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	os.Chmod(file, 0o600)
	if _, err := readHostKey(file, os.Geteuid()+1); !errors.Is(err, errOwner) || !says(keyFault(file, err), exitForbidden, "belongs to another account") {
		t.Errorf("another account's: %v", err)
	}
	pipe, link := filepath.Join(dir, "pipe"), filepath.Join(dir, "link")
	if err := errors.Join(syscall.Mkfifo(pipe, 0o600), os.Symlink(pipe, link)); err != nil {
		t.Fatal(err)
	}
	for _, no := range []string{dir, pipe, link, os.DevNull} {
		refused := make(chan error, 1)
		go func() { _, err := hostKey(no, true); refused <- err }() // a pipe that is opened blocks, against SIGTERM too
		if err := within(t, no, refused); !says(err, exitInvalid, "is no file but a folder, a pipe or a device") {
			t.Errorf("%s: %v", no, err)
		}
	}
}

// TestCheck: it says whether the server that answers is this one.
func TestCheck(t *testing.T) {
	h := serve(t, "")
	cfg := *h.server.Config()
	cfg.Server.Listen = h.address()
	if key, err := Check(context.Background(), &cfg); err != nil || key != gossh.FingerprintSHA256(h.server.hostKey) {
		t.Errorf("%q, %v", key, err)
	}
	other := cfg
	other.Server.HostKey = filepath.Join(h.dir, "other_key")
	if err := makeHostKey(other.Server.HostKey); err != nil {
		t.Fatal(err)
	}
	if _, err := Check(context.Background(), &other); !says(err, exitRefused, "another server answers") {
		t.Errorf("another's key: %v", err)
	}
	h.stop()
	if _, err := Check(context.Background(), &cfg); !says(err, exitAway, "nothing answers at "+cfg.Server.Listen) {
		t.Errorf("a server that has stopped: %v", err)
	}
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	cfg.Server.Listen = silent.Addr().String()
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if _, err := Check(ctx, &cfg); !says(err, exitAway, "nothing answers") {
		t.Errorf("one that says nothing: %v", err)
	}
}

// TestAnAddressThatIsTaken is said with what to do.
func TestAnAddressThatIsTaken(t *testing.T) {
	h := serve(t, "")
	cfg := *h.server.Config()
	cfg.Server.Listen = h.address()
	if _, err := New(Options{Config: &cfg, Log: h.server.log}); !says(err, exitAway, "choose another address with --listen") {
		t.Error(err)
	}
}

// TestReachable: an address of all of the machine is looked for on it.
func TestReachable(t *testing.T) {
	for listen, want := range map[string]string{":22": "localhost:22", "0.0.0.0:22": "localhost:22", "[::]:22": "localhost:22", "10.0.0.1:22": "10.0.0.1:22", "[::1]:22": "[::1]:22"} {
		if got := reachable(listen); got != want {
			t.Errorf("%s: %s", listen, got)
		}
	}
}

// TestRates: a minute's worth at once, then as many as come back; each address has its own, and no number of addresses
// takes more memory than that of so many.
func TestRates(t *testing.T) {
	now := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	r := &rates{perMinute: 6, now: func() time.Time { return now }, buckets: map[netip.Addr]bucket{}}
	a, b := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("192.0.2.2")
	admitted := func(addr netip.Addr, tries int) (n int) {
		for range tries {
			if r.admit(addr) {
				n++
			}
		}
		return n
	}
	if n, m := admitted(a, 10), admitted(b, 3); n != 6 || m != 3 {
		t.Errorf("at once: %d and %d", n, m)
	}
	now = now.Add(25 * time.Second)
	if n := admitted(a, 10); n != 2 {
		t.Errorf("after 25 seconds: %d", n)
	}
	now = now.Add(time.Hour)
	if n := admitted(a, 10); n != 6 {
		t.Errorf("after an hour: %d", n)
	}
	for i := range 3 * maxAddresses {
		r.admit(netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}))
		if len(r.buckets) > maxAddresses {
			t.Fatalf("%d addresses are remembered", len(r.buckets))
		}
	}
}

type addressed struct {
	net.Conn
	addr string
}

func (a addressed) RemoteAddr() net.Addr { return a }
func (a addressed) Network() string      { return "tcp" }
func (a addressed) String() string       { return a.addr }

// TestPlace: of IPv6 a whole network is one place, as who has one address there has all.
func TestPlace(t *testing.T) {
	for addr, want := range map[string]string{
		"192.0.2.7:5": "192.0.2.7", "[::ffff:192.0.2.7]:5": "192.0.2.7", "[2001:db8:1:2:3::4]:5": "2001:db8:1:2::", "[fe80::1%eth0]:5": "fe80::",
	} {
		if got := place(addressed{addr: addr}); got.String() != want {
			t.Errorf("%s: %s, want %s", addr, got, want)
		}
	}
	if got := place(addressed{addr: "@"}); got.IsValid() {
		t.Errorf("no address: %s", got)
	}
}

// TestLogIsSafe: what a client calls things cannot write on the terminal of who reads the log.
func TestLogIsSafe(t *testing.T) {
	for _, format := range []string{"text", "json"} {
		var j journal
		log := NewLog(&j, format)
		log.Warn("refused", "name", "\x1b[2J\u202e\u200bevil\n"+strings.Repeat("x", 1000), "err", fmt.Errorf("bad \x1b]0;owned\x07 \u009b"))
		if out := j.String(); strings.ContainsAny(out, "\x1b\u202e\u200b\u009b\x07") || strings.Contains(out, "u001b") || strings.Count(out, "\n") != 1 || len(out) > 500 {
			t.Errorf("%s: %q", format, out)
		}
	}
}

// TestFloods: one of a kind each second, and how many were not logged.
func TestFloods(t *testing.T) {
	var f floods
	now := time.Now()
	if _, ok := f.allow("rate", now); !ok {
		t.Error("the first is not logged")
	}
	for range 5 {
		if _, ok := f.allow("rate", now); ok {
			t.Error("a second at once is logged")
		}
	}
	if _, ok := f.allow("other", now); !ok {
		t.Error("another kind is not logged")
	}
	if missed, ok := f.allow("rate", now.Add(time.Second)); !ok || missed != 5 {
		t.Errorf("a second later: %d, %v", missed, ok)
	}
}

// TestAddressesAreHashed: the same place is the same in one run, and another in the next; as it is only on request.
func TestAddressesAreHashed(t *testing.T) {
	addr := netip.MustParseAddr("192.0.2.7")
	first, second := serve(t, ""), serve(t, "log_addresses = true")
	if a := first.server.hashed(addr); a != first.server.hashed(addr) || a == second.server.hashed(addr) || a == first.server.hashed(addr.Next()) {
		t.Error("a hash that says too much or too little")
	}
	first.dial("nuc")
	second.dial("nuc")
	second.logs(`"connection"`, `"address":"127.0.0.1:`)
	for _, line := range strings.Split(first.log.String(), "\n") {
		if strings.Contains(line, "127.0.0.1") && !strings.Contains(line, `"serving"`) {
			t.Errorf("an address in the log: %s", line)
		}
	}
}
