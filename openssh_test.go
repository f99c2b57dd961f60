package main

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"
)

// hung is how long a real client, terminal and server may take together to do what they will do.
const hung = 20 * time.Second

// written is what a process has written so far.
type written struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (w *written) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.b.Write(b)
}

func (w *written) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.b.String()
}

// outside is the program as it serves, with OpenSSH's client in front of it and tmux as the terminals of people.
type outside struct {
	t         *testing.T
	dir, ssh  string // ssh is the client's command line, for a shell
	env       []string
	log       *written
	panes     int
	terminals string // of tmux, which no other tmux of this account knows of
}

// newOutside serves a board with one effort, LÄRKA, to the officer kfm-syd.
func newOutside(t *testing.T) *outside {
	for _, tool := range []string{"ssh", "ssh-keygen", "tmux"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("there is no %s here: the board has not been tried through a real client", tool)
		}
	}
	dir := t.TempDir()
	o := &outside{t: t, dir: dir, ssh: "ssh -F " + filepath.Join(dir, "ssh_config") + " board", log: &written{}, terminals: "samverkan"}
	o.env = append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+dir, "TMUX=", "TMUX_TMPDIR="+dir, "LANG=C.UTF-8", "LC_ALL=", "SHELL=/bin/sh", "ENV=", "PS1=$ ",
		"SAMVERKAN_STORE="+filepath.Join(dir, "board.db"), "SAMVERKAN_CONFIG="+filepath.Join(dir, "config.toml"), "SAMVERKAN_AS=kfm-syd")
	key := filepath.Join(dir, "key")
	o.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key)
	public, err := os.ReadFile(key + ".pub")
	if err != nil {
		t.Fatal(err)
	}
	port := freePort(t)
	for name, content := range map[string]string{
		"config.toml": fmt.Sprintf("[server]\nlisten = \"127.0.0.1:%s\"\nsessions_per_officer = 10\n[[officers]]\nid = \"kfm-syd\"\nagency = \"KFM\"\nrole = \"liaison\"\nregions = [\"SYD\"]\nkeys = [%q]\n",
			port, strings.TrimSpace(string(public))),
		"ssh_config": fmt.Sprintf("Host board\nHostName 127.0.0.1\nPort %s\nUser board\nIdentityFile %s\nIdentitiesOnly yes\nIdentityAgent none\nBatchMode yes\n"+
			"StrictHostKeyChecking accept-new\nUserKnownHostsFile %s\nLogLevel ERROR\nSendEnv LANG\nEscapeChar ~\n", port, key, filepath.Join(dir, "known_hosts")),
		"tmux.conf": "set -g status off\nset -g remain-on-exit on\nset -g escape-time 0\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	o.run("samverkan", "add", "--region", "syd", "--focus", "individuals", "--codename", "lärka")
	server := exec.Command("samverkan", "serve")
	server.Env, server.Stderr = o.env, o.log
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		server.Process.Signal(syscall.SIGTERM)
		if err := server.Wait(); err != nil {
			t.Errorf("the server ended with %v:\n%s", err, o.log)
		}
	})
	o.until("serve", func() bool {
		conn, err := net.Dial("tcp", "127.0.0.1:"+port)
		if err == nil {
			conn.Close()
		}
		return err == nil
	})
	t.Cleanup(func() { // before the server: with it goes every client
		o.t = t
		o.tmux("kill-server")
	})
	return o
}

// run carries out a command that succeeds, and returns what it wrote.
func (o *outside) run(name string, args ...string) string {
	o.t.Helper()
	c := exec.Command(name, args...)
	c.Env = o.env
	out, err := c.CombinedOutput()
	if err != nil {
		o.t.Fatalf("%s %q: %v: %s", name, args, err, out)
	}
	return string(out)
}

func (o *outside) tmux(args ...string) string {
	o.t.Helper()
	return o.run("tmux", append([]string{"-L", o.terminals, "-f", filepath.Join(o.dir, "tmux.conf")}, args...)...)
}

// until waits for something that will be so.
func (o *outside) until(what string, so func() bool) {
	o.t.Helper()
	for deadline := time.Now().Add(hung); !so(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			o.t.Fatalf("did not %s; the server's log:\n%s", what, o.log)
		}
	}
}

// pane is one terminal.
type pane struct {
	*outside
	name          string
	width, height int
}

// open opens a terminal of a size and carries out a line of the shell in it.
func (o *outside) open(width, height int, line string) *pane {
	o.t.Helper()
	o.panes++
	p := &pane{o, fmt.Sprintf("p%d", o.panes), width, height}
	o.tmux("new-session", "-d", "-s", p.name, "-x", fmt.Sprint(width), "-y", fmt.Sprint(height), line)
	return p
}

// login opens a terminal that is called term with the board in it.
func (o *outside) login(term string) *pane {
	o.t.Helper()
	return o.open(80, 24, "exec env TERM="+term+" "+o.ssh)
}

func (p *pane) press(keys ...string) {
	p.t.Helper()
	p.tmux(append([]string{"send-keys", "-t", p.name}, keys...)...)
}

func (p *pane) resize(width, height int) {
	p.t.Helper()
	p.width, p.height = width, height
	p.tmux("resize-window", "-t", p.name, "-x", fmt.Sprint(width), "-y", fmt.Sprint(height))
}

// is what tmux knows of the terminal.
func (p *pane) is(format string) string {
	p.t.Helper()
	return strings.TrimSpace(p.tmux("display-message", "-p", "-t", p.name, format))
}

// shown is what stands on the terminal.
func (p *pane) shown() string {
	p.t.Helper()
	return p.tmux("capture-pane", "-p", "-t", p.name)
}

func (p *pane) see(words string) {
	p.t.Helper()
	last := ""
	defer func() {
		if p.t.Failed() {
			p.t.Logf("%s shows\n%s", p.name, last)
		}
	}()
	p.until("show "+words, func() bool { last = p.shown(); return strings.Contains(last, words) })
}

// fits waits until the board fills the terminal: its name in the first line, its keys in the last. Lines that are too
// wide or too many push the first out.
func (p *pane) fits(what string) {
	p.t.Helper()
	why, last := "", ""
	defer func() {
		if p.t.Failed() {
			p.t.Logf("%s: %s:\n%s", what, why, last)
		}
	}()
	p.until("fit "+what, func() bool {
		last = p.shown()
		lines := strings.Split(strings.TrimSuffix(last, "\n"), "\n")
		switch {
		case len(lines) != p.height:
			why = fmt.Sprintf("%d lines of %d", len(lines), p.height)
		case !strings.Contains(lines[0], "SAMVERKAN"):
			why = "the first line has not its name"
		case !strings.Contains(last, "Region Syd"):
			why = "it does not name the region"
		case !strings.Contains(lines[p.height-1], "?"):
			why = "the last line has not its keys"
		case utf8.RuneCountInString(lines[0]) < p.width-2:
			why = "it does not reach the right edge"
		default:
			return true
		}
		return false
	})
}

// TestOpenSSH opens the board as people do, with OpenSSH's own client at terminals of all kinds.
func TestOpenSSH(t *testing.T) {
	if testing.Short() {
		t.Skip("several processes, and a real client")
	}
	o := newOutside(t)
	t.Run("every terminal, and a change of its size", func(t *testing.T) {
		o.t = t
		var all []*pane
		for _, term := range []string{"xterm-256color", "linux", "screen", "vt100", "dumb"} {
			p := o.login(term)
			p.see("SAMVERKAN")
			all = append(all, p)
		}
		for _, size := range [][2]int{{80, 24}, {200, 50}, {80, 24}} {
			for _, p := range all {
				p.resize(size[0], size[1])
			}
			for i, p := range all {
				p.fits(fmt.Sprintf("terminal %d of %v", i, size))
			}
		}
		for _, p := range all {
			p.press("q")
			p.until("leave", func() bool { return p.is("#{pane_dead}") == "1" })
		}
		o.until("end well at the server", func() bool { return strings.Count(o.log.String(), "what=board exit=0") == len(all) })
	})
	t.Run("a client that is suspended", func(t *testing.T) {
		o.t = t
		p := o.open(80, 24, "exec sh -i")
		p.see("$")
		p.press("-l", "TERM=xterm "+o.ssh)
		p.press("Enter")
		p.fits("the board")
		p.press("-l", "~") // the first key of a session; later ones are the client's own after a line's end alone
		p.press("C-z")
		p.until("be suspended", func() bool { return p.is("#{pane_current_command}") != "ssh" })
		p.resize(100, 30)
		p.press("-l", "fg")
		p.press("Enter")
		p.fits("the board, where the client came back")
		p.press("q")
		p.until("leave", func() bool {
			return p.is("#{pane_current_command}") != "ssh" && strings.HasSuffix(strings.TrimSpace(p.shown()), "$")
		})
	})
	t.Run("a client that is killed", func(t *testing.T) {
		o.t = t
		p := o.login("xterm-256color")
		p.see("LÄRKA")
		p.press("n")
		p.see("Note on LÄRKA")
		p.press("-l", "two cars at the quay")
		p.see("two cars at the quay")
		ended := strings.Count(o.log.String(), "msg=ended")
		o.run("kill", "-KILL", p.is("#{pane_pid}"))
		p.until("end at the server", func() bool { return strings.Count(o.log.String(), "msg=ended") > ended })
		p = o.login("xterm-256color")
		p.see("not saved last time")
		p.press("n")
		p.see("two cars at the quay")
		p.press("Enter")
		p.until("save", func() bool { return strings.Contains(o.run("samverkan", "show", "lärka"), "two cars at the quay") })
	})
	o.t = t
	if strings.Contains(o.log.String(), "msg=panic") {
		t.Errorf("something went wrong at the server:\n%s", o.log)
	}
}
