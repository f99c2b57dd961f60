package ssh

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"

	"board.internal/samverkan/model"
)

// endless is a board that writes as much as it can until it may not any more.
func endless(ctx context.Context, _ Caller, p Pty) error {
	for frame := bytes.Repeat([]byte("all of the screen\n"), 1000); ctx.Err() == nil; {
		if _, err := p.Out.Write(frame); err != nil {
			return err
		}
	}
	return context.Cause(ctx)
}

// waiting is a board that is only looked at.
func waiting(ctx context.Context, _ Caller, p Pty) error {
	io.WriteString(p.Out, "board\n")
	<-ctx.Done()
	return context.Cause(ctx)
}

// shell begins a session with the board.
func (h *host) shell(c *gossh.Client) (*gossh.Session, *bytes.Buffer, <-chan int) {
	h.t.Helper()
	s := h.session(c, 80, 24)
	var o, e bytes.Buffer
	s.Stdout, s.Stderr = &o, &e
	if err := s.Shell(); err != nil {
		h.t.Fatal(err)
	}
	ended := make(chan int, 1)
	go func() {
		var out, errs string
		ended <- exitCode(s.Wait(), &o, &e, &out, &errs)
	}()
	return s, &o, ended
}

// TestAClosedWindowEndsItsSession: OpenSSH shares one connection among windows, and closing one leaves the connection.
// Stock behaviour: wish's bubbletea middleware reads the closed channel of sizes for ever, and its program never ends.
func TestAClosedWindowEndsItsSession(t *testing.T) {
	causes := make(chan error, 2)
	h := serve(t, "", func(h *host) {
		h.board = func(ctx context.Context, c Caller, p Pty) error {
			err := waiting(ctx, c, p)
			causes <- err
			return err
		}
	})
	c := h.dial("nuc")
	first, _, _ := h.shell(c)
	second, _, ended := h.shell(c)
	eventually(t, "two sessions", func() bool { n, _ := h.live(); return n == 2 })
	first.Close()
	if err := within(t, "the closed window's board", causes); !errors.Is(err, errGone) {
		t.Errorf("it ended with %v", err)
	}
	eventually(t, "one session", func() bool { n, conns := h.live(); return n == 1 && conns == 1 })
	second.Close()
	within(t, "the other window", ended)
}

// TestAStalledClientDelaysNobody: a client that reads nothing, and changes its size all the time. Others go on, and it is
// cut off. Stock behaviour: the window's consumer waits for a program that waits for the client, the queue of requests
// fills up, and the connection cannot even be closed.
func TestAStalledClientDelaysNobody(t *testing.T) {
	ended := make(chan error, 1)
	h := serve(t, "write_stall_seconds = 1", func(h *host) {
		h.board = func(ctx context.Context, c Caller, p Pty) error {
			err := endless(ctx, c, p)
			ended <- err
			return err
		}
	})
	ch, _, err := h.dial("nuc").OpenChannel("session", nil) // and nobody reads what is written on it
	if err != nil {
		t.Fatal(err)
	}
	pty := gossh.Marshal(struct {
		Term                  string
		W, H, Pixels, Pixels2 uint32
		Modes                 string
	}{Term: "xterm", W: 80, H: 24})
	for _, req := range []struct {
		kind    string
		payload []byte
	}{{"pty-req", pty}, {"shell", nil}} {
		if ok, err := ch.SendRequest(req.kind, true, req.payload); !ok || err != nil {
			t.Fatalf("%s: %v, %v", req.kind, ok, err)
		}
	}
	for i := range uint32(2000) {
		ch.SendRequest("window-change", false, gossh.Marshal(struct{ W, H, Pixels, Pixels2 uint32 }{W: 80 + i%50, H: 24}))
	}
	if _, _, code := h.run("kfm-syd", "list", ""); code != 0 {
		t.Errorf("somebody else's command: exit code %d", code)
	}
	within(t, "the board of the stalled client", ended)
	h.logs(`"left"`, `"why":"stalled"`)
	eventually(t, "nobody left", func() bool { n, conns := h.live(); return n == 0 && conns == 0 })
}

// TestAStalledCommandHoldsUpNobody: more output than a window holds, and nobody who reads it.
func TestAStalledCommandHoldsUpNobody(t *testing.T) {
	h := serve(t, "write_stall_seconds = 1")
	for i := range 60 {
		if _, err := h.store.Do(context.Background(), model.Actor{Officer: "nuc", Role: model.NationalRole}, model.Propose{Fields: map[model.Field]string{
			model.FieldRegion: "SYD", model.FieldFocus: string(model.LocalAreas), model.FieldTitle: strings.Repeat("goods ", 30) + fmt.Sprint(i)}}); err != nil {
			t.Fatal(err)
		}
	}
	conn, err := net.Dial("tcp", h.address())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.(*net.TCPConn).SetReadBuffer(4096)
	gate := &gated{Conn: conn, shut: make(chan struct{})}
	defer close(gate.shut)
	cc, chans, reqs, err := gossh.NewClientConn(gate, "", client("nuc"))
	if err != nil {
		t.Fatal(err)
	}
	c := gossh.NewClient(cc, chans, reqs)
	s := h.session(c)
	if err := s.Start("export"); err != nil {
		t.Fatal(err)
	}
	gate.closed.Store(true)
	for range 3 {
		if _, errs, code := h.run("nuc", "add --region syd --focus local", ""); code != 0 {
			t.Errorf("somebody else's write: exit code %d: %s", code, errs)
		}
	}
}

// gated is a connection that stops reading when it is told to.
type gated struct {
	net.Conn
	closed atomic.Bool
	shut   chan struct{}
}

func (g *gated) Read(b []byte) (int, error) {
	if g.closed.Load() {
		<-g.shut
		return 0, io.EOF
	}
	return g.Conn.Read(b)
}

// chatty is a board on which something changes all the time.
func chatty(ctx context.Context, _ Caller, p Pty) error {
	for ctx.Err() == nil {
		io.WriteString(p.Out, "a change\n")
		select {
		case <-ctx.Done():
		case <-time.After(5 * time.Millisecond):
		}
	}
	io.WriteString(p.Out, "told: "+context.Cause(ctx).Error())
	return context.Cause(ctx)
}

// TestTheIdleAreSentHome: a board that changes all the time, and a client that says it is alive. Only input counts.
// Stock behaviour: every write and every keepalive resets IdleTimeout, so that it never ends.
func TestTheIdleAreSentHome(t *testing.T) {
	h := serve(t, "idle_minutes = 1", func(h *host) {
		h.tweak = func(s *Server) { s.minute = 150 * time.Millisecond }
		h.board = chatty
	})
	c := h.dial("nuc")
	_, o, ended := h.shell(c)
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(10 * time.Millisecond):
				c.SendRequest("keepalive@openssh.com", true, nil)
			}
		}
	}()
	if code := within(t, "the end of an idle session", ended); code != exitUnexpected || !strings.HasSuffix(o.String(), "told: "+ErrIdle.Error()) {
		t.Errorf("exit code %d: %q", code, o.String())
	}
	h.logs(`"ended"`, `"what":"board"`, `"why":"idle"`)
}

// TestAShiftEnds: after so many hours in any case, whatever is typed.
func TestAShiftEnds(t *testing.T) {
	h := serve(t, "session_hours = 1", func(h *host) {
		h.tweak = func(s *Server) { s.hour = 50 * time.Millisecond }
		h.board = chatty
	})
	_, o, ended := h.shell(h.dial("nuc"))
	if code := within(t, "the end of a shift", ended); code != exitUnexpected || !strings.HasSuffix(o.String(), "told: "+ErrTooLong.Error()) {
		t.Errorf("exit code %d: %q", code, o.String())
	}
	h.logs(`"ended"`, `"why":"hours"`)
}

// TestAConnectionWithoutASession does not stay: nobody uses it.
func TestAConnectionWithoutASession(t *testing.T) {
	h := serve(t, "", func(h *host) {
		h.tweak = func(s *Server) { s.lonely = 100 * time.Millisecond }
		h.board = waiting
	})
	used := h.dial("nuc")
	_, _, ended := h.shell(used)
	unused := h.dial("nuc")
	gone := make(chan error, 1)
	go func() { gone <- unused.Wait() }()
	within(t, "the end of a connection", gone)
	h.logs(`"left"`, `"why":"no_session"`)
	select {
	case <-ended:
		t.Error("so does one with a session")
	default:
	}
}

// TestKeysAreTriedSoOften: who offers one key after another is not listened to for ever.
func TestKeysAreTriedSoOften(t *testing.T) {
	h := serve(t, "tries = 3")
	for n, in := range map[int]bool{2: true, 4: false} {
		cfg := client("")
		var all []gossh.Signer
		for i := range n {
			all = append(all, signer(fmt.Sprint("unknown", i)))
		}
		cfg.Auth = []gossh.AuthMethod{gossh.PublicKeys(append(all, signer("nuc"))...)}
		c, err := gossh.Dial("tcp", h.address(), cfg)
		if (err == nil) != in {
			t.Errorf("with %d unknown keys first: %v", n, err)
		}
		if err == nil {
			c.Close()
		}
	}
	h.logs(`"refused"`, `"what":"login"`, gossh.FingerprintSHA256(signer("unknown2").PublicKey()))
}

// TestTheKeyThatSignedCounts: between the offer of a client's own key and its signature it offers that of another officer,
// which it does not have. Behaviour that must not be relied on: a key remembered when it is offered (CVE-2024-45337).
func TestTheKeyThatSignedCounts(t *testing.T) {
	callers := make(chan Caller, 1)
	h := serve(t, "", func(h *host) {
		h.command = func(_ context.Context, c Caller, _ Line) int { callers <- c; return 0 }
		h.tweak = func(s *Server) {
			s.wish.PublicKeyHandler = func(ctx ssh.Context, key ssh.PublicKey) bool {
				return s.offer(ctx, key) && s.offer(ctx, signer("nuc").PublicKey())
			}
		}
	})
	cfg := client("eye")
	cfg.User = "nuc" // a name that is said counts for nothing either
	c, err := gossh.Dial("tcp", h.address(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := h.session(c).Run("list"); err != nil {
		t.Fatal(err)
	}
	if got := within(t, "the caller", callers); got.Officer != "eye" {
		t.Errorf("it is taken for %s", got.Officer)
	}
	h.logs(`"authenticated"`, `"officer":"eye"`, gossh.FingerprintSHA256(signer("eye").PublicKey()))
}

// TestAKeyThatDoesNotSign: the public half of an officer's key is no secret, and lets nobody in.
func TestAKeyThatDoesNotSign(t *testing.T) {
	h := serve(t, "")
	cfg := client("")
	cfg.Auth = []gossh.AuthMethod{gossh.PublicKeys(forged{signer("nuc")})}
	if _, err := gossh.Dial("tcp", h.address(), cfg); err == nil {
		t.Error("it is let in")
	}
	if strings.Contains(h.log.String(), `"authenticated"`) {
		t.Error("it is taken for somebody")
	}
}

// forged is the public half of a key, and signs with another.
type forged struct{ gossh.Signer }

func (f forged) Sign(r io.Reader, data []byte) (*gossh.Signature, error) {
	return signer("stranger").Sign(r, data)
}

// TestNobodyIsServedWithoutKeys: a server that knows nobody does not start. Stock behaviour: without a handler wish lets
// in everybody without asking.
func TestNobodyIsServedWithoutKeys(t *testing.T) {
	h := &host{t: t, dir: t.TempDir()}
	for _, file := range []string{"", "[[officers]]\nid = \"nuc\"\nrole = \"national\"\n"} {
		_, err := New(Options{Config: h.parse(file), Log: NewLog(io.Discard, "text")})
		var f *Fault
		if !errors.As(err, &f) || f.Code() != exitInvalid || !strings.Contains(f.Error(), "nobody could log in") {
			t.Errorf("%q: %v", file, err)
		}
	}
	s := serve(t, "")
	if w := s.server.wish; w.PasswordHandler != nil || w.KeyboardInteractiveHandler != nil || w.PublicKeyHandler == nil {
		t.Error("another way in than a key")
	}
}

// TestTheSilentAreSentHome: a connection that says nothing, half of a greeting or half of a login is closed, and only
// those wait that may. Stock behaviour: it stays open for ever.
func TestTheSilentAreSentHome(t *testing.T) {
	t.Parallel()
	h := serve(t, "handshake_seconds = 1\nunauthenticated = 8")
	var open []net.Conn
	for i, sent := range []string{"", "SSH-2.0-", "SSH-2.0-x\r\n", "SSH-2.0-x\r\n\x00\x00"} {
		conn, err := h.from(fmt.Sprintf("127.0.0.%d", 2+i))
		if err != nil {
			t.Skip("loopback has one address here")
		}
		defer conn.Close()
		io.WriteString(conn, sent)
		open = append(open, conn)
	}
	for i := range 3 { // an address may have a quarter of eight
		conn, err := h.from("127.0.0.9")
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := io.ReadFull(conn, make([]byte, 4)); (err == nil) != (i < 2) {
			t.Errorf("connection %d of an address: %v", i+1, err)
		}
	}
	h.logs(`"refused"`, `"what":"unauthenticated"`)
	for _, conn := range open {
		if !closed(conn) {
			t.Error("a silent connection is still open")
		}
	}
	h.logs(`"refused"`, `"what":"login"`, `"why":"handshake_timeout"`)
	eventually(t, "nobody left", func() bool { _, conns := h.live(); return conns == 0 })
}

// TestALoginDoesNotEndWithItsDeadline: what holds for who has not said who it is holds no longer once it has.
func TestALoginDoesNotEndWithItsDeadline(t *testing.T) {
	t.Parallel()
	h := serve(t, "handshake_seconds = 1", func(h *host) { h.board = waiting })
	c := h.dial("nuc")
	_, _, ended := h.shell(c)
	select {
	case <-ended:
		t.Error("the session ended")
	case <-time.After(1300 * time.Millisecond):
	}
	// A channel on which nothing is asked for is ended by it.
	other := h.dial("eye")
	if _, _, err := other.OpenChannel("session", nil); err != nil {
		t.Fatal(err)
	}
	gone := make(chan error, 1)
	go func() { gone <- other.Wait() }()
	within(t, "the end of a channel without a request", gone)
	h.logs(`"why":"no_request"`)
}

// TestSessionsAreCounted: by channels, as one connection may open any number, whether a command is asked for or not.
// Stock behaviour: no limit at all.
func TestSessionsAreCounted(t *testing.T) {
	h := serve(t, "sessions = 3\nsessions_per_officer = 2", func(h *host) { h.board = waiting })
	c := h.dial("nuc")
	h.shell(c)
	if _, _, err := c.OpenChannel("session", nil); err != nil { // nothing is asked for on it
		t.Fatal(err)
	}
	refused := func(c *gossh.Client, want string) {
		t.Helper()
		_, err := c.NewSession()
		var full *gossh.OpenChannelError
		if !errors.As(err, &full) || !strings.Contains(full.Message, want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	refused(c, "as many sessions as one officer may have")
	refused(h.dial("nuc"), "as many sessions as one officer may have")
	h.shell(h.dial("eye"))
	refused(h.dial("kfm-syd"), "the server is full")
	h.logs(`"refused"`, `"what":"session"`, `"name":"officer_full"`)
	h.logs(`"refused"`, `"what":"session"`, `"name":"full"`)
	c.Close()
	eventually(t, "room", func() bool { n, _ := h.live(); return n == 1 })
	if _, _, code := h.run("nuc", "list", ""); code != 0 {
		t.Errorf("after they have left: exit code %d", code)
	}
}

// TestAPanicIsOneSessions: the person gets a sentence and exit code 1, others go on, and the log says where it was and
// nothing of what it was about. Stock behaviour: exit status 0, the text of it on the server's output.
func TestAPanicIsOneSessions(t *testing.T) {
	h := serve(t, "", func(h *host) {
		h.board = func(ctx context.Context, c Caller, p Pty) error {
			if c.Officer == "eye" {
				panic("about the effort LÄRKA")
			}
			return waiting(ctx, c, p)
		}
		h.command = func(context.Context, Caller, Line) int { panic("about the effort LÄRKA") }
	})
	_, _, others := h.shell(h.dial("nuc"))
	s := h.session(h.dial("eye"), 80, 24)
	var e bytes.Buffer
	s.Stderr = &e
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	var exit *gossh.ExitError
	if err := s.Wait(); !errors.As(err, &exit) || exit.ExitStatus() != 1 || !strings.Contains(e.String(), "something in this program has gone wrong") {
		t.Errorf("%v: %q", err, e.String())
	}
	if _, errs, code := h.run("kfm-syd", "list", ""); code != 1 || !strings.Contains(errs, "has gone wrong") {
		t.Errorf("a command: exit code %d: %q", code, errs)
	}
	h.logs(`"panic"`, `"value":"string"`, "TestAPanicIsOneSessions")
	if strings.Contains(h.log.String(), "LÄRKA") {
		t.Errorf("the log has what it was about:\n%s", h.log.String())
	}
	select {
	case code := <-others:
		t.Errorf("another session ended with %d", code)
	default:
	}
}

// TestAThousandConnections of one address: most are turned away at once, and others come in meanwhile.
// Stock behaviour: wish's limit counts after they have logged in.
func TestAThousandConnections(t *testing.T) {
	h := serve(t, "connections_per_minute = 30\nhandshake_seconds = 120")
	for range 1000 {
		conn, err := h.from("127.0.0.1")
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
	}
	eventually(t, "the last was met", func() bool { return strings.Count(h.log.String(), `"what":"rate"`) > 0 })
	_, err := gossh.Dial("tcp", h.address(), client("nuc"))
	if err == nil {
		t.Error("the address is let in after all")
	}
	if _, waiting := h.live(); waiting > 30 {
		t.Errorf("%d of a thousand connections are waited for", waiting)
	}
	conn, err := h.from("127.0.0.2")
	if err != nil {
		t.Skip("loopback has one address here")
	}
	c, chans, reqs, err := gossh.NewClientConn(conn, "", client("nuc"))
	if err != nil {
		t.Fatalf("another address is not let in: %v", err)
	}
	gossh.NewClient(c, chans, reqs).Close()
	if lines := strings.Count(h.log.String(), "\n"); lines > 100 {
		t.Errorf("%d lines were logged of a thousand connections", lines)
	}
}

// TestShutdownTellsAndWaits: sessions are told, what is being done is finished, and then nobody is let in.
func TestShutdownTellsAndWaits(t *testing.T) {
	began := make(chan struct{})
	h := serve(t, "", func(h *host) {
		h.board = func(ctx context.Context, c Caller, p Pty) error {
			err := waiting(ctx, c, p)
			io.WriteString(p.Out, err.Error())
			return err
		}
		h.command = func(ctx context.Context, _ Caller, l Line) int {
			close(began)
			<-ctx.Done()
			time.Sleep(50 * time.Millisecond) // a write that is under way
			io.WriteString(l.Out, "written")
			return 0
		}
	})
	_, o, board := h.shell(h.dial("nuc"))
	eventually(t, "the board", func() bool { n, _ := h.live(); return n == 1 })
	s := h.session(h.dial("eye"))
	var out, errs bytes.Buffer
	s.Stdout, s.Stderr = &out, &errs
	if err := s.Start("note larka x"); err != nil {
		t.Fatal(err)
	}
	within(t, "the command", began)
	h.stop()
	s.Wait()
	if out.String() != "written" || !strings.Contains(errs.String(), "the server is being stopped") {
		t.Errorf("the command wrote %q and was told %q", out.String(), errs.String())
	}
	if code := within(t, "the board", board); code != 1 || !strings.Contains(o.String(), ErrClosing.Error()) {
		t.Errorf("the board ended with %d: %q", code, o.String())
	}
	if _, err := net.Dial("tcp", h.address()); err == nil {
		t.Error("it still listens")
	}
}

// TestReloadDropsWhoIsGone, and nobody else; a broken configuration changes nothing.
func TestReloadDropsWhoIsGone(t *testing.T) {
	h := serve(t, "", func(h *host) { h.board = waiting })
	_, _, nuc := h.shell(h.dial("nuc"))
	_, _, eye := h.shell(h.dial("eye"))
	gone := h.dial("kfm-syd")
	_, _, kfm := h.shell(gone)
	eventually(t, "three sessions", func() bool { n, _ := h.live(); return n == 3 })

	without := strings.Replace(officers(), publicLine("kfm-syd"), publicLine("kfm-new"), 1)
	without = strings.Replace(without, `role = "viewer"`, `role = "coordinator"`+"\nregions = [\"SYD\"]", 1)
	if err := h.server.Reload(h.parse("sessions = 5\n" + without)); err != nil {
		t.Fatal(err)
	}
	if code := within(t, "who has another key", kfm); code != exitForbidden {
		t.Errorf("a removed key ends with %d", code)
	}
	if code := within(t, "who may do something else", eye); code != exitForbidden {
		t.Errorf("changed rights end with %d", code)
	}
	h.logs(`"ended"`, `"why":"removed"`)
	h.logs(`"ended"`, `"why":"changed"`)
	h.logs(`"reloaded"`, `"ended":2`, `"restart_needed":false`)
	if _, err := gone.NewSession(); err == nil || !strings.Contains(err.Error(), "no officer's any more") {
		t.Errorf("on a connection of the removed key: %v", err)
	}
	if _, err := gossh.Dial("tcp", h.address(), client("kfm-syd")); err == nil {
		t.Error("the removed key logs in")
	}
	h.dial("kfm-new")

	if err := h.server.Reload(h.parse("sessions = 5\n" + without + "[keys]\nassign = \"d\"\n[desk]\nbell = true\n")); err != nil {
		t.Fatal(err)
	}
	if now := h.server.Config(); len(now.Keys["assign"]) != 1 || !now.Desk.Bell {
		t.Errorf("for new sessions: %v, %v", now.Keys, now.Desk)
	}
	h.logs(`"reloaded"`, `"ended":0`, `"restart_needed":false`)

	elsewhere := h.parse(strings.Replace(without, `"KFM"`, `"IVO"`, 1) + "[[agencies]]\ncode = \"IVO\"\nsv = \"Inspektionen\"\n")
	if err := h.server.Reload(elsewhere); err == nil {
		t.Error("an officer of an agency that the store does not know yet is taken")
	}
	if _, _, code := h.run("kfm-new", "list", ""); code != 0 {
		t.Errorf("after a broken configuration: exit code %d", code)
	}
	if err := h.server.Reload(h.parse("")); err != nil { // nobody has a key any more
		t.Fatal(err)
	}
	if code := within(t, "the last", nuc); code != exitForbidden {
		t.Errorf("the last ends with %d", code)
	}
	if _, err := gossh.Dial("tcp", h.address(), client("nuc")); err == nil {
		t.Error("somebody logs in where nobody has a key")
	}
}

// TestTerminalsOfAnySize: 0 is none and is drawn for as 80x24, what is too large as the largest; of a hundred changes
// whoever draws is told once that there is one, and finds the newest.
func TestTerminalsOfAnySize(t *testing.T) {
	type size struct{ w, h int }
	ptys := make(chan Pty)
	sizes := make(chan size)
	h := serve(t, "max_columns = 300\nmax_rows = 100", func(h *host) {
		h.board = func(ctx context.Context, _ Caller, p Pty) error {
			w, hh := p.Size()
			sizes <- size{w, hh}
			ptys <- p
			<-ctx.Done()
			return context.Cause(ctx)
		}
	})
	c := h.dial("nuc")
	for _, test := range []struct{ asked, want size }{
		{size{0, 0}, size{80, 24}}, {size{0, 50}, size{80, 50}}, {size{1, 1}, size{1, 1}}, {size{200, 50}, size{200, 50}}, {size{1 << 31, 1<<32 - 1}, size{300, 100}},
	} {
		s := h.session(c, test.asked.w, test.asked.h)
		if err := s.Shell(); err != nil {
			t.Fatal(err)
		}
		if got := within(t, "a size", sizes); got != test.want {
			t.Errorf("%v is drawn for as %v, want %v", test.asked, got, test.want)
		}
		p := within(t, "a terminal", ptys)
		for i := range uint32(100) {
			resize(t, s, 101+i, 40)
		}
		resize(t, s, 0, 0)
		eventually(t, "the newest size", func() bool { w, h := p.Size(); return w == 200 && h == 40 })
		within(t, "a signal", p.Resized)
		select {
		case <-p.Resized: // at most one more, of a change that came between
		default:
		}
		s.Close()
	}
}

// TestEnvironment: of what a client says about its surroundings only the little that says how to show things is kept.
func TestEnvironment(t *testing.T) {
	callers := make(chan Caller, 1)
	h := serve(t, "", func(h *host) {
		h.command = func(_ context.Context, c Caller, _ Line) int { callers <- c; return 0 }
	})
	s := h.session(h.dial("nuc"), 80, 24)
	for _, v := range []struct {
		name, value string
		taken       bool
	}{
		{"LANG", "sv_SE.UTF-8", true}, {"LC_ALL", "C", true}, {"NO_COLOR", "", true}, {"COLORTERM", "truecolor", true},
		{"LD_PRELOAD", "/tmp/evil.so", false}, {"PATH", "/tmp", false}, {"SAMVERKAN_AS", "nuc", false}, {"SAMVERKAN_STORE", "/tmp/x.db", false}, {"SAMVERKAN_CONFIG", "x", false},
		{"LC_EVIL\nX", "x", false}, {"LANG", "sv\x1b[2J", false}, {"LANG", strings.Repeat("a", 65), false}, {"LC_" + strings.Repeat("A", 100), "x", false}, {"TERM", "evil", false}, {"HOME", "/", false},
	} {
		if err := s.Setenv(v.name, v.value); (err == nil) != v.taken {
			t.Errorf("%s=%q: %v", v.name, v.value, err)
		}
	}
	for range 100 {
		s.Setenv("LC_TIME", "sv_SE")
	}
	if err := s.Run("list"); err != nil {
		t.Fatal(err)
	}
	got := within(t, "the caller", callers).Environ
	if len(got) != maxEnviron+1 || !slices.Equal(got[:5], []string{"LANG=sv_SE.UTF-8", "LC_ALL=C", "NO_COLOR=", "COLORTERM=truecolor", "LC_TIME=sv_SE"}) || got[maxEnviron] != "TERM=xterm-256color" {
		t.Errorf("the environment is %q", got)
	}
	h.logs(`"refused"`, `"what":"env"`, `"name":"LD_PRELOAD"`)
	if strings.Contains(h.log.String(), "evil.so") {
		t.Error("the log has a value")
	}
}
