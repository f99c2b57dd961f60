package ssh

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// TestChangedRightsEndASession: whatever of an officer's entry changes that rights hang on.
func TestChangedRightsEndASession(t *testing.T) {
	for what, change := range map[string][2]string{
		"regions": {`regions = ["SYD"]`, `regions = ["SYD", "NORD"]`},
		"agency":  {`agency = "KFM"`, `agency = "SKV"`},
		"role":    {`role = "liaison"`, `role = "coordinator"`},
		"nothing": {`initials`, `initials`},
	} {
		h := serve(t, "", func(h *host) { h.board = waiting })
		_, _, ended := h.shell(h.dial("kfm-syd"))
		eventually(t, "a session", func() bool { n, _ := h.live(); return n == 1 })
		if err := h.server.Reload(h.parse(strings.Replace(officers(), change[0], change[1], 1))); err != nil {
			t.Fatal(what, err)
		}
		if what == "nothing" {
			h.logs(`"reloaded"`, `"ended":0`)
			continue
		}
		if code := within(t, what, ended); code != exitForbidden {
			t.Errorf("another %s: the session ends with %d", what, code)
		}
		h.logs(`"ended"`, `"why":"changed"`)
	}
}

// TestAWriteThatIsNotTaken: the connection's own watchdog, under whatever the library writes by itself.
func TestAWriteThatIsNotTaken(t *testing.T) {
	h := serve(t, "", func(h *host) { h.tweak = func(s *Server) { s.stall = 20 * time.Millisecond } })
	ours, theirs := net.Pipe() // nobody reads theirs
	defer theirs.Close()
	g := &guardian{Conn: ours, server: h.server, known: true, timer: time.NewTimer(time.Hour)}
	wrote := make(chan error, 1)
	go func() { _, err := g.Write([]byte("x")); wrote <- err }()
	if err := within(t, "the write", wrote); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("it ended with %v", err)
	}
	if !closed(theirs) {
		t.Error("the connection is still open")
	}
	h.logs(`"left"`, `"why":"stalled"`)
}

// TestRefusalsAreCounted: who asks for one thing after another fills no log.
func TestRefusalsAreCounted(t *testing.T) {
	h := serve(t, "")
	c := h.dial("nuc")
	for range 10 * maxRefusals {
		c.SendRequest("tcpip-forward", true, nil)
	}
	c.Close()
	h.logs(`"left"`, fmt.Sprintf(`"refused":%d`, 10*maxRefusals))
	if n := strings.Count(h.log.String(), `"what":"request"`); n != maxRefusals {
		t.Errorf("%d of them are logged", n)
	}
}

// TestAKeyOfNobodySigns: one that was an officer's when it was offered, and is not when it has signed.
func TestAKeyOfNobodySigns(t *testing.T) {
	h := serve(t, "", func(h *host) {
		h.tweak = func(s *Server) { s.wish.PublicKeyHandler = func(ssh.Context, ssh.PublicKey) bool { return true } }
	})
	if c, err := gossh.Dial("tcp", h.address(), client("stranger")); err == nil {
		c.Close()
		t.Error("it is let in")
	}
	h.logs(`"refused"`, `"what":"login"`)
	if strings.Contains(h.log.String(), `"authenticated"`) {
		t.Error("it is taken for somebody")
	}
}

// TestAnotherKeyIsNobody: when the library says another key than the one the session began with, nothing is carried out.
func TestAnotherKeyIsNobody(t *testing.T) {
	ran := make(chan Caller, 1)
	h := serve(t, "", func(h *host) {
		h.command = func(_ context.Context, c Caller, _ Line) int { ran <- c; return 0 }
		h.tweak = func(s *Server) {
			handle := s.wish.Handler
			s.wish.Handler = func(channel ssh.Session) {
				channel.Context().SetValue(ssh.ContextKeyPublicKey, ssh.PublicKey(signer("nuc").PublicKey()))
				handle(channel)
			}
		}
	})
	if _, _, code := h.run("eye", "list", ""); code != -1 {
		t.Errorf("it ends with %d", code)
	}
	h.logs(`"left"`, `"why":"another_key"`)
	select {
	case c := <-ran:
		t.Errorf("a command is carried out for %s", c.Officer)
	default:
	}
}

// TestWeakAlgorithmsAreNotOffered: neither by the server nor taken from a client that insists on them.
func TestWeakAlgorithmsAreNotOffered(t *testing.T) {
	private, err := rsa.GenerateKey(rand.Reader, 3072)
	if err != nil {
		t.Fatal(err)
	}
	old, err := gossh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	line := strings.TrimSpace(string(gossh.MarshalAuthorizedKey(old.PublicKey())))
	h := serve(t, "")
	if err := h.server.Reload(h.parse(officers() + fmt.Sprintf("[[officers]]\nid = \"old\"\nrole = \"viewer\"\nkeys = [%q]\n", line))); err != nil {
		t.Fatal(err)
	}
	weak := gossh.InsecureAlgorithms()
	for name, insist := range map[string]func(*gossh.ClientConfig){
		"key exchanges": func(c *gossh.ClientConfig) { c.KeyExchanges = weak.KeyExchanges },
		"ciphers":       func(c *gossh.ClientConfig) { c.Ciphers = weak.Ciphers },
		"MACs":          func(c *gossh.ClientConfig) { c.Ciphers, c.MACs = []string{gossh.CipherAES256CTR}, weak.MACs },
		"host keys":     func(c *gossh.ClientConfig) { c.HostKeyAlgorithms = weak.HostKeys },
	} {
		cfg := client("nuc")
		insist(cfg)
		_, err := gossh.Dial("tcp", h.address(), cfg)
		var none *gossh.AlgorithmNegotiationError
		if !errors.As(err, &none) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(none.RequestedAlgorithms) == 0 {
			t.Errorf("%s: the server offers none", name)
		}
		for _, offered := range none.RequestedAlgorithms {
			for _, word := range []string{"cbc", "arcfour", "3des", "-96", "group1-", "group14-sha1", "group-exchange-sha1", "ssh-dss", "md5"} {
				if strings.Contains(offered, word) {
					t.Errorf("%s: %s is offered", name, offered)
				}
			}
		}
	}
	for algorithm, in := range map[string]bool{gossh.KeyAlgoRSA: false, gossh.KeyAlgoRSASHA256: true} {
		signs, err := gossh.NewSignerWithAlgorithms(old.(gossh.AlgorithmSigner), []string{algorithm})
		if err != nil {
			t.Fatal(err)
		}
		cfg := client("")
		cfg.Auth = []gossh.AuthMethod{gossh.PublicKeys(signs)}
		c, err := gossh.Dial("tcp", h.address(), cfg)
		if (err == nil) != in {
			t.Errorf("a signature by %s: %v", algorithm, err)
		}
		if err == nil {
			c.Close()
		}
	}
}

// TestWhatComesTooLate: a second terminal, and a variable, a terminal or another command once something is carried out.
func TestWhatComesTooLate(t *testing.T) {
	callers := make(chan Caller, 1)
	h := serve(t, "", func(h *host) {
		h.board = func(ctx context.Context, c Caller, p Pty) error {
			callers <- c
			return waiting(ctx, c, p)
		}
	})
	s := h.session(h.dial("nuc"), 80, 24)
	if err := s.RequestPty("linux", 24, 80, gossh.TerminalModes{}); err == nil {
		t.Error("a second terminal is to be had")
	}
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	c := within(t, "the board", callers)
	if err := s.Setenv("LANG", "sv_SE.UTF-8"); err == nil {
		t.Error("a variable is taken from a session that is under way")
	}
	if err := s.RequestPty("linux", 24, 80, gossh.TerminalModes{}); err == nil {
		t.Error("a terminal is taken by a session that is under way")
	}
	for _, kind := range []string{"shell", "exec"} {
		if ok, _ := s.SendRequest(kind, true, gossh.Marshal(struct{ Line string }{"list"})); ok {
			t.Errorf("%s is carried out in a session that is under way", kind)
		}
	}
	if !slices.Equal(c.Environ, []string{"TERM=xterm-256color"}) {
		t.Errorf("the environment is %q", c.Environ)
	}
}
