package ssh

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	gossh "golang.org/x/crypto/ssh"

	"board.internal/samverkan/ui/config"
)

// TestStories runs the scripts in testdata over real connections on loopback. Keys have names, and $NAME in config.toml
// is the public line of one. Beside testscript's own there are these commands:
//
//	start                       serves config.toml
//	reload                      reads config.toml again, as SIGHUP does; ! reload is refused
//	client KEY CODE LINE [<F]   logs in with a key and carries out a line, with a file as its input; CODE is the exit
//	                            code, or "refused" when there is no login. What it writes is for stdout and stderr.
//	asks KEY WHAT [ARG...]      asks for something that is not to be had; it is a failure when it is had
//	board KEY                   opens the board and leaves it open; "told KEY CODE" waits until it ends with that code,
//	                            "! told KEY" fails when it has ended
//	crowd N, silent N           N connections at once that say nothing; silent waits until all are closed
//	logged PATTERN              waits for a line of the log; ! logged fails when there is one
func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("ESC", "\x1b")
			e.Values["story"] = &story{boards: map[string]*board{}}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"start": start, "reload": reload, "client": clientRuns, "asks": asks, "board": opens, "told": told,
			"crowd": crowd, "silent": silent, "logged": logged,
		},
	})
}

// story is what a script has begun.
type story struct {
	host   *host
	boards map[string]*board
}

type board struct {
	ended <-chan int
	said  *bytes.Buffer
}

func storyOf(ts *testscript.TestScript) *story { return ts.Value("story").(*story) }

// scripted makes a script fail where a test would.
type scripted struct {
	testing.TB
	ts *testscript.TestScript
}

func (s scripted) Helper()                   {}
func (s scripted) Cleanup(f func())          { s.ts.Defer(f) }
func (s scripted) Fatal(v ...any)            { s.ts.Fatalf("%s", fmt.Sprint(v...)) }
func (s scripted) Fatalf(f string, v ...any) { s.ts.Fatalf(f, v...) }
func (s scripted) Errorf(f string, v ...any) { s.ts.Fatalf(f, v...) }
func (s scripted) Skip(v ...any)             { s.ts.Fatalf("%s", fmt.Sprint(v...)) }

// settings is config.toml with the keys that it names.
func settings(ts *testscript.TestScript) (*config.Config, error) {
	file := os.Expand(ts.ReadFile("config.toml"), func(name string) string {
		return publicLine(strings.ToLower(strings.ReplaceAll(name, "_", "-")))
	})
	cfg, err := config.Parse([]byte(file))
	if err != nil {
		return nil, err
	}
	cfg.Server.Listen = "127.0.0.1:0"
	cfg.Store.Path, cfg.Server.HostKey = ts.MkAbs("board.db"), ts.MkAbs("board.db.host_key")
	return cfg, nil
}

func start(ts *testscript.TestScript, _ bool, _ []string) {
	h := &host{t: scripted{ts: ts}, dir: ts.Getenv("WORK"), board: waiting}
	cfg, err := settings(ts)
	ts.Check(err)
	h.start(cfg)
	storyOf(ts).host = h
}

func reload(ts *testscript.TestScript, neg bool, _ []string) {
	h := storyOf(ts).host
	cfg, err := settings(ts)
	if err == nil {
		err = h.server.Reload(cfg)
	}
	if (err != nil) != neg {
		ts.Fatalf("reload: %v", err)
	}
	if err != nil {
		fmt.Fprintln(ts.Stderr(), err)
	}
}

func clientRuns(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: client KEY CODE LINE... [<FILE]")
	}
	h, want, line := storyOf(ts).host, args[1], args[2:]
	in := ""
	if n := len(line); n > 0 && strings.HasPrefix(line[n-1], "<") {
		in, line = ts.ReadFile(line[n-1][1:]), line[:n-1]
	}
	c, err := gossh.Dial("tcp", h.address(), client(args[0]))
	if want == "refused" {
		if err == nil {
			ts.Fatalf("%s is let in", args[0])
		}
		fmt.Fprintln(ts.Stderr(), err)
		return
	}
	ts.Check(err)
	c.Close()
	out, errs, code := h.run(args[0], strings.Join(line, " "), in)
	io.WriteString(ts.Stdout(), out)
	io.WriteString(ts.Stderr(), errs)
	if strconv.Itoa(code) != want {
		ts.Fatalf("exit code %d, want %s: %s%s", code, want, out, errs)
	}
}

// logins are ways to log in that are none.
func logins(key string, name string) *gossh.ClientConfig {
	c := client("")
	switch name {
	case "password":
		c.Auth = []gossh.AuthMethod{gossh.Password("secret")}
	case "interactive":
		c.Auth = []gossh.AuthMethod{gossh.KeyboardInteractive(func(string, string, []string, []bool) ([]string, error) { return nil, nil })}
	case "unsigned":
		c.Auth = []gossh.AuthMethod{gossh.PublicKeys(forged{signer(key)})}
	case "none":
	default:
		return nil
	}
	return c
}

// asks asks for what is not to be had, in the words of the protocol.
func asks(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: asks KEY WHAT [ARG...]")
	}
	h, what := storyOf(ts).host, args[1]
	if c := logins(args[0], what); c != nil {
		if _, err := gossh.Dial("tcp", h.address(), c); err == nil {
			ts.Fatalf("%s is let in", what)
		}
		return
	}
	c := h.dial(args[0])
	defer c.Close()
	str := func(s ...string) (b []byte) {
		for _, s := range s {
			b = append(b, gossh.Marshal(struct{ S string }{s})...)
		}
		return b
	}
	had := false
	switch what {
	case "channel": // of this type
		ch, _, err := c.OpenChannel(args[2], nil)
		if had = err == nil; had {
			ch.Close()
		}
	case "connect": // to an address, from the server
		conn, err := c.Dial("tcp", args[2])
		if had = err == nil; had {
			conn.Close()
		}
	case "connect-unix":
		conn, err := c.Dial("unix", args[2])
		if had = err == nil; had {
			conn.Close()
		}
	case "listen": // for others, at the server
		_, err := c.Listen("tcp", args[2])
		had = err == nil
	case "listen-unix":
		_, err := c.ListenUnix(args[2])
		had = err == nil
	case "request": // of a session, with strings
		s := h.session(c)
		had, _ = s.SendRequest(args[2], true, str(args[3:]...))
	case "env":
		had = h.session(c).Setenv(args[2], args[3]) == nil
	case "sftp":
		had = h.session(c).RequestSubsystem("sftp") == nil
	default:
		ts.Fatalf("nobody knows how to ask for %s", what)
	}
	if had {
		ts.Fatalf("%v is to be had", args[1:])
	}
}

func opens(ts *testscript.TestScript, neg bool, args []string) {
	s := storyOf(ts)
	_, said, ended := s.host.shell(s.host.dial(args[0]))
	s.boards[args[0]] = &board{ended, said}
}

// told waits for a board's end; its exit code is the second argument.
func told(ts *testscript.TestScript, neg bool, args []string) {
	s := storyOf(ts)
	b := s.boards[args[0]]
	if neg {
		select {
		case code := <-b.ended:
			ts.Fatalf("the board of %s ended with %d", args[0], code)
		default:
		}
		return
	}
	if code := within(s.host.t, "the end of a board", b.ended); strconv.Itoa(code) != args[1] {
		ts.Fatalf("the board of %s ended with %d", args[0], code)
	}
}

// crowd connects so often, and says nothing.
func crowd(ts *testscript.TestScript, neg bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	for range n {
		conn, err := storyOf(ts).host.from("127.0.0.1")
		ts.Check(err)
		ts.Defer(func() { conn.Close() })
	}
}

func silent(ts *testscript.TestScript, neg bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	var open []net.Conn
	for i := range n {
		conn, err := storyOf(ts).host.from("127.0.0.1")
		ts.Check(err)
		defer conn.Close()
		io.WriteString(conn, []string{"", "SSH-2.0-half", "SSH-2.0-x\r\n"}[i%3])
		open = append(open, conn)
	}
	for _, conn := range open {
		if !closed(conn) {
			ts.Fatalf("a silent connection is still open")
		}
	}
}

// logged looks for a line of the log; a line that is to be there may yet come.
func logged(ts *testscript.TestScript, neg bool, args []string) {
	pattern := regexp.MustCompile(`(?m)` + args[0])
	h := storyOf(ts).host
	for deadline := time.Now().Add(hung); !neg && !pattern.MatchString(h.log.String()); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			ts.Fatalf("not in the log: %s\n%s", args[0], h.log.String())
		}
	}
	if found := pattern.FindString(h.log.String()); neg && found != "" {
		ts.Fatalf("in the log: %s", found)
	}
}
