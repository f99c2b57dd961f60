package ssh

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"runtime/debug"
	"strings"
	"time"

	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/config"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/terminal"
	"board.internal/samverkan/ui/text"
)

// session is one channel: a board or a command of one officer.
type session struct {
	server   *Server
	guardian *guardian
	officer  *config.Officer
	key      gossh.PublicKey
	id       string
	since    time.Time
	ctx      context.Context
	cancel   context.CancelCauseFunc
	patience *time.Timer // until it says what it wants
	screen   screen
	// begun and environ are the sift's until the session is handed over.
	begun   bool
	environ []string
	handled chan struct{} // closed when it has been carried out
	// limits are those of when it began.
	limits config.Server
}

// sessionKey is where a session's context has the session.
type sessionKey struct{}

// scope is the library's context for one session. The library has one for each connection, which outlives a session
// whose window is closed on a connection that others share.
type scope struct {
	ssh.Context
	session *session
}

func (c scope) Done() <-chan struct{} { return c.session.ctx.Done() }
func (c scope) Err() error            { return c.session.ctx.Err() }
func (c scope) Value(key any) any {
	if key == (sessionKey{}) {
		return c.session
	}
	return c.Context.Value(key)
}

// channel carries out a session from the opening of its channel to the end of all that belongs to it.
func (s *Server) channel(srv *ssh.Server, conn *gossh.ServerConn, ch gossh.NewChannel, ctx ssh.Context) {
	g := guardianOf(ctx)
	defer func() {
		if v := recover(); v != nil { // of the library, with what a client has sent
			s.panicked(g.attrs(), v)
			g.end("panic")
		}
	}()
	key, _ := ctx.Value(ssh.ContextKeyPublicKey).(ssh.PublicKey)
	x, err := s.begin(g, key)
	if err != nil {
		ch.Reject(gossh.ResourceShortage, err.Sentence(s.texts(nil)))
		g.refuse("session", err.name)
		return
	}
	defer s.finish(x)
	ssh.DefaultSessionHandler(srv, conn, &door{ch, x}, scope{ctx, x}) // until the channel is closed
	x.cancel(errGone)
	if x.begun {
		<-x.handled
	}
}

// begin counts a session in, for the officer whose key has signed. Counted are channels, not connections and not
// commands: one connection can open any number.
func (s *Server) begin(g *guardian, key gossh.PublicKey) (*session, *Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	officer := s.keys.of(key)
	limits := s.cfg.Server
	own := 0
	for x := range s.sessions {
		if officer != nil && x.officer.ID == officer.ID {
			own++
		}
	}
	switch {
	case officer == nil:
		return nil, fault("not_listed", exitForbidden, nil, func(t *text.SSH) string { return t.NotListed })
	case s.closing:
		return nil, fault("stopping", exitAway, nil, func(t *text.SSH) string { return t.Stopping })
	case own >= limits.SessionsPerOfficer:
		return nil, fault("officer_full", exitAway, nil, func(t *text.SSH) string { return t.FullOfficer })
	case len(s.sessions) >= limits.Sessions:
		return nil, fault("full", exitAway, nil, func(t *text.SSH) string { return t.Full })
	}
	x := &session{server: s, guardian: g, officer: officer, key: key, id: s.randomID(), since: s.now(), handled: make(chan struct{}),
		limits: limits, screen: screen{columns: limits.MaxColumns, rows: limits.MaxRows}}
	x.ctx, x.cancel = context.WithCancelCause(context.Background())
	x.patience = g.after(time.Duration(limits.HandshakeSeconds)*time.Second, "no_request")
	s.sessions[x] = struct{}{}
	s.running.Add(1)
	g.enter()
	return x, nil
}

func (s *Server) finish(x *session) {
	x.patience.Stop()
	x.guardian.leave()
	s.mu.Lock()
	delete(s.sessions, x)
	s.mu.Unlock()
	s.running.Done()
}

// handle carries out what a session has asked for. It is called by the library once it has.
func (s *Server) handle(channel ssh.Session) {
	x := channel.Context().Value(sessionKey{}).(*session)
	defer close(x.handled)
	if !ssh.KeysEqual(channel.PublicKey(), x.key) {
		x.guardian.end("another_key") // cannot be; nobody is to be taken for another
		return
	}
	in := x.listen(channel)
	said, failed := output{channel, in}, output{channel.Stderr(), in}
	what, code := x.run(channel.RawCommand(), in, said, failed)
	ended, exit, sentence := x.ending(context.Cause(x.ctx))
	if ended != "" {
		code = exit
	}
	if sentence != "" && what != "board" { // which has told it
		x.tell(failed, sentence)
	}
	x.cancel(errDone)
	// A client closes what has ended; one that does not is closed, as what it still might send is read until then.
	late := x.guardian.after(parting, "not_closed")
	defer late.Stop()
	channel.Exit(code)
	in.wait()
	attrs := append(x.attrs(), "what", what, "exit", code, "ms", s.now().Sub(x.since).Milliseconds())
	if ended != "" {
		attrs = append(attrs, "why", ended)
	}
	s.log.Log(context.Background(), grave(code, ended), "ended", attrs...)
}

// grave is how grave it is that a session has ended with an exit code, for whatever reason: whoever watches a log is told of
// a store that is away or damaged, and of what should not happen.
func grave(code int, ended string) slog.Level {
	switch {
	case ended != "": // from outside, and not by a fault
	case code == exitAway:
		return slog.LevelWarn
	case code == exitUnexpected, code == exitDamaged:
		return slog.LevelError
	}
	return slog.LevelInfo
}

func (x *session) attrs() []any {
	return append(x.guardian.attrs(), "session", x.id, "officer", x.officer.ID)
}

// tell writes one sentence for the person.
func (x *session) tell(w io.Writer, sentence string) {
	io.WriteString(w, safe.Line("samverkan: "+sentence)+"\n")
}

// run finds out what is wanted and does it. A panic ends this session alone: its person is told so, and the log says
// where it was, without the values that it was about.
func (x *session) run(line string, in *input, out, errs io.Writer) (what string, code int) {
	s := x.server
	defer func() {
		if v := recover(); v != nil {
			s.panicked(x.attrs(), v)
			x.tell(errs, x.texts().SSH.Broken)
			code = exitUnexpected
		}
	}()
	caller := Caller{Officer: model.OfficerID(x.officer.ID), Session: x.id, From: x.guardian.from, Environ: x.environ, Since: x.since}
	if x.screen.term != "" {
		caller.Environ = append(caller.Environ, "TERM="+x.screen.term)
	}
	args, err := split(line)
	switch {
	case err != nil:
		x.tell(errs, x.texts().SSH.Quotes)
		return "unreadable", exitInvalid
	case len(args) == 0 && !x.screen.there:
		x.tell(errs, x.texts().SSH.NoTerminal)
		return "no_terminal", exitInvalid
	case len(args) == 0:
		s.log.Info("board", x.attrs()...)
		return "board", x.board(caller, in, out)
	}
	what = s.opts.CommandOf(args)
	if what == "" {
		what = "unknown"
	}
	s.log.Info("command", append(x.attrs(), "what", what)...)
	width, _ := x.screen.size()
	return what, s.opts.Command(x.ctx, caller, Line{Args: args, In: in, Out: out, Err: errs, Width: width})
}

// board opens the board, which says itself what goes wrong on it.
func (x *session) board(c Caller, in *input, out io.Writer) int {
	err := x.server.opts.Board(x.ctx, c, Pty{Term: x.screen.term, In: in, Out: out, Size: x.screen.size, Resized: x.screen.resized})
	var failed *terminal.PanicError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &failed):
		x.server.log.Error("panic", append(x.attrs(), "value", fmt.Sprintf("%T", failed.Value), "at", functions(failed.Stack))...)
	case x.ctx.Err() == nil:
		x.server.log.Error("board", append(x.attrs(), "err", err)...)
	}
	return exitUnexpected
}

// call is the name of a function in a stack, without what it was called with.
var call = regexp.MustCompile(`(?m)^(?:[\w.-]+/)*([\w.()*-]+)\(.*\)$`)

// functions are the innermost functions of a stack as the runtime prints it, those that panicked first, without any value.
func functions(stack []byte) string {
	if _, below, ok := bytes.Cut(stack, []byte("\npanic(")); ok {
		stack = below
	}
	var at []string
	for _, m := range call.FindAllSubmatch(stack, -1) {
		if name := string(m[1]); !strings.HasPrefix(name, "debug.") && !strings.HasPrefix(name, "panic") && len(at) < 6 {
			at = append(at, name)
		}
	}
	return strings.Join(at, " ")
}

// panicked logs where a panic was, and of which type its value.
func (s *Server) panicked(attrs []any, v any) {
	s.log.Error("panic", append(attrs, "value", fmt.Sprintf("%T", v), "at", functions(debug.Stack()))...)
}

// texts are in the session's language, or before there is one in the server's.
func (x *session) texts() *text.Texts { return x.server.texts(x.environ) }

func (s *Server) texts(environ []string) *text.Texts {
	lang := s.Config().Language
	if lang == "" {
		lang = text.Detect(func(name string) string { return valueOf(environ, name) })
	}
	return text.In(lang)
}
