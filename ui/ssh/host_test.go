package ssh

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	gossh "golang.org/x/crypto/ssh"

	"board.internal/samverkan/store"
	"board.internal/samverkan/store/bolt"
	"board.internal/samverkan/ui/cli"
	"board.internal/samverkan/ui/config"
)

// Nothing is left when all servers have stopped.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// hung is how long anything may take that will happen; what takes longer hangs.
const hung = 15 * time.Second

// signer is a key that is the same in every run: that of a name.
func signer(name string) gossh.Signer {
	var seed [ed25519.SeedSize]byte
	copy(seed[:], name)
	s, err := gossh.NewSignerFromKey(ed25519.NewKeyFromSeed(seed[:]))
	if err != nil {
		panic(err)
	}
	return s
}

// publicLine is a key's line of the configuration.
func publicLine(name string) string {
	return strings.TrimSpace(string(gossh.MarshalAuthorizedKey(signer(name).PublicKey())))
}

// officers are those of the tests: three with a key that is called like they are.
func officers() string {
	all := ""
	for _, o := range []string{`"kfm-syd"` + "\nagency = \"KFM\"\nrole = \"liaison\"\nregions = [\"SYD\"]", `"nuc"` + "\nrole = \"national\"", `"eye"` + "\nrole = \"viewer\""} {
		id, _ := strconv.Unquote(o[:strings.IndexByte(o, '\n')])
		all += fmt.Sprintf("[[officers]]\nid = %s\nkeys = [%q]\n", o, publicLine(id))
	}
	return all
}

// journal is what a server has logged.
type journal struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.Write(b)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.String()
}

// host is a server that runs, with the program's commands on a store of its own.
type host struct {
	t      testing.TB
	dir    string
	server *Server
	store  *store.Store
	log    journal
	board  func(ctx context.Context, c Caller, p Pty) error
	// command is carried out in the place of the program's, when it is not nil.
	command func(ctx context.Context, c Caller, l Line) int
	// tweak changes the server before it serves.
	tweak func(*Server)
	stop  func()
}

// serve starts a server with a configuration; limits are lines of [server].
func serve(t testing.TB, limits string, change ...func(*host)) *host {
	t.Helper()
	h := &host{t: t, dir: t.TempDir()}
	h.board = func(context.Context, Caller, Pty) error { return nil }
	for _, c := range change {
		c(h)
	}
	h.start(h.parse(limits + "\n" + officers()))
	return h
}

// parse reads a configuration whose first lines are of [server].
func (h *host) parse(file string) *config.Config {
	h.t.Helper()
	cfg, err := config.Parse([]byte("[server]\nlisten = \"127.0.0.1:0\"\n" + file))
	if err != nil {
		h.t.Fatal(err)
	}
	cfg.Store.Path = filepath.Join(h.dir, "board.db")
	cfg.Server.HostKey = filepath.Join(h.dir, "host_key")
	return cfg
}

func (h *host) start(cfg *config.Config) {
	h.t.Helper()
	engine, err := bolt.Open(cfg.Store.Path, bolt.Options{Wait: 2 * time.Second})
	if err != nil {
		h.t.Fatal(err)
	}
	h.store = store.Open(engine, cfg.Catalogue(), store.Options{})
	h.server, err = New(Options{Config: cfg, Log: NewLog(&h.log, "json"), CommandOf: cli.CommandOf,
		Board: func(ctx context.Context, c Caller, p Pty) error { return h.board(ctx, c, p) },
		Command: func(ctx context.Context, c Caller, l Line) int {
			if h.command != nil {
				return h.command(ctx, c, l)
			}
			return cli.Run(ctx, cli.Options{Args: l.Args, In: l.In, Out: l.Out, Err: l.Err, Width: l.Width, Environ: c.Environ, Now: time.Now, Version: "test",
				Served: &cli.Served{Config: h.server.Config(), Store: h.store, Officer: c.Officer, From: "ssh " + c.From}})
		}})
	if err != nil {
		h.t.Fatal(err)
	}
	if h.tweak != nil {
		h.tweak(h.server)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- h.server.Serve(ctx) }()
	h.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			h.t.Errorf("serve: %v", err)
		}
		h.store.Close()
	})
	h.t.Cleanup(h.stop)
}

// address is where it listens.
func (h *host) address() string { return h.server.Addr().String() }

// client are the settings of one that has a key.
func client(key string) *gossh.ClientConfig {
	c := &gossh.ClientConfig{User: "board", HostKeyCallback: gossh.InsecureIgnoreHostKey(), Timeout: hung}
	if key != "" {
		c.Auth = []gossh.AuthMethod{gossh.PublicKeys(signer(key))}
	}
	return c
}

// dial logs in.
func (h *host) dial(key string) *gossh.Client {
	h.t.Helper()
	c, err := gossh.Dial("tcp", h.address(), client(key))
	if err != nil {
		h.t.Fatalf("%s: %v", key, err)
	}
	h.t.Cleanup(func() { c.Close() })
	return c
}

// session opens one, with a terminal where a size is given.
func (h *host) session(c *gossh.Client, size ...int) *gossh.Session {
	h.t.Helper()
	s, err := c.NewSession()
	if err == nil && len(size) == 2 {
		err = s.RequestPty("xterm-256color", size[1], size[0], gossh.TerminalModes{})
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return s
}

// run carries out a command line and returns what came of it.
func (h *host) run(key, line, in string) (out, errs string, code int) {
	h.t.Helper()
	c := h.dial(key)
	defer c.Close()
	s := h.session(c)
	var o, e bytes.Buffer
	s.Stdout, s.Stderr = &o, &e
	if in != "" {
		s.Stdin = strings.NewReader(in)
	}
	code = exitCode(s.Run(line), &o, &e, &out, &errs)
	return out, errs, code
}

// exitCode is what a session ended with, -1 without one.
func exitCode(err error, o, e *bytes.Buffer, out, errs *string) int {
	*out, *errs = o.String(), e.String()
	var exit *gossh.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitStatus()
	}
	return -1
}

// eventually waits until something is so, which it will be.
func eventually(t testing.TB, what string, so func() bool) {
	t.Helper()
	for deadline := time.Now().Add(hung); !so(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within %v", what, hung)
		}
	}
}

// within fails when a channel is not ready in time.
func within[T any](t testing.TB, what string, c <-chan T) (v T) {
	t.Helper()
	select {
	case v = <-c:
	case <-time.After(hung):
		t.Fatalf("%s: not within %v", what, hung)
	}
	return v
}

// logs waits for a line of the log that has all parts.
func (h *host) logs(parts ...string) {
	h.t.Helper()
	found := func() bool {
		for line := range strings.Lines(h.log.String()) {
			all := true
			for _, p := range parts {
				all = all && strings.Contains(line, p)
			}
			if all {
				return true
			}
		}
		return false
	}
	for deadline := time.Now().Add(hung); !found(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			h.t.Fatalf("no line with %q in the log:\n%s", parts, h.log.String())
		}
	}
}

// live is how many sessions and connections there are.
func (h *host) live() (sessions, conns int) {
	h.server.mu.Lock()
	defer h.server.mu.Unlock()
	return len(h.server.sessions), len(h.server.conns)
}

// resize asks for another size of the terminal, as often as wanted.
func resize(t testing.TB, s *gossh.Session, width, height uint32) {
	t.Helper()
	if _, err := s.SendRequest("window-change", false, binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(
		binary.BigEndian.AppendUint32(nil, width), height), 0), 0)); err != nil {
		t.Fatal(err)
	}
}

// from connects from another address of this machine, which are many on loopback.
func (h *host) from(ip string) (net.Conn, error) {
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(ip)}, Timeout: hung}
	return d.Dial("tcp", h.address())
}

// closed reports whether the other side closes a connection, and is waited for.
func closed(conn net.Conn) bool {
	conn.SetReadDeadline(time.Now().Add(hung))
	_, err := io.Copy(io.Discard, conn)
	return !errors.Is(err, os.ErrDeadlineExceeded)
}
