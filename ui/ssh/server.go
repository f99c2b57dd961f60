package ssh

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/charmbracelet/ssh"
	"github.com/charmbracelet/wish"
	gossh "golang.org/x/crypto/ssh"

	"board.internal/samverkan/ui/config"
	"board.internal/samverkan/ui/text"
)

// Options of a server.
type Options struct {
	// Config has passed its checks; its address and host key are settled.
	Config *config.Config
	// Log is made by NewLog.
	Log *slog.Logger
	// Command carries out one command line of a caller and returns its exit code.
	Command func(ctx context.Context, c Caller, l Line) int
	// CommandOf is the name of a command line's command, "" for none that there is; it is all that is logged of one.
	CommandOf func(args []string) string
	// Board opens the board for a caller and returns when it is left. ctx ends with the session, with the officer's
	// removal, at the end of the server; its cause is what Board tells the person. It says itself what goes wrong on it;
	// its error is for the log.
	Board func(ctx context.Context, c Caller, p Pty) error
}

// Line is a command line and what it reads and writes.
type Line struct {
	Args     []string
	In       io.Reader
	Out, Err io.Writer
	// Width is how many cells a line of the terminal has, 0 without one.
	Width int
}

const (
	// grace is how long sessions have to end by themselves when the server stops, a write to the store included.
	grace = 5 * time.Second
	// parting is how long a client may take to close what has ended.
	parting = 5 * time.Second
)

// Server serves the board. New makes one, Serve runs it.
type Server struct {
	opts         Options
	log          *slog.Logger
	logAddresses bool
	wish         *ssh.Server
	listener     net.Listener
	hostKey      gossh.PublicKey
	secret       []byte // addresses are hashed with it
	stall        time.Duration
	rates        *rates
	floods       floods
	now          func() time.Time
	minute, hour time.Duration // of the limits of a session; tests have shorter ones
	lonely       time.Duration
	running      sync.WaitGroup // sessions
	// trap, when it is not nil, is told of each part of a connection that begins in a goroutine: tests panic in it.
	trap func(g *guardian, part string)

	mu       sync.Mutex
	cfg      *config.Config
	keys     keys
	conns    map[*guardian]struct{}
	met      uint64 // connections that were let in
	sessions map[*session]struct{}
	closing  bool
}

// New listens at the configuration's address, with its host key, which it makes when there is none. It starts for nobody:
// at least one officer must have a key. Errors are *Fault where a person can do something about them.
func New(o Options) (*Server, error) {
	known, err := keysOf(o.Config)
	if err != nil {
		return nil, err
	}
	signer, err := hostKey(o.Config.Server.HostKey, true)
	if err != nil {
		return nil, err
	}
	limits := o.Config.Server
	s := &Server{opts: o, log: o.Log, logAddresses: limits.LogAddresses, hostKey: signer.PublicKey(), secret: make([]byte, sha256.Size),
		stall: time.Duration(limits.StallSeconds) * time.Second, now: time.Now, minute: time.Minute, hour: time.Hour, lonely: lonely, cfg: o.Config, keys: known,
		rates: &rates{perMinute: limits.ConnectionsPerMinute, now: time.Now, buckets: map[netip.Addr]bucket{}},
		conns: map[*guardian]struct{}{}, sessions: map[*session]struct{}{}}
	rand.Read(s.secret) // which never fails
	s.wish, err = wish.NewServer(
		wish.WithVersion("samverkan"),
		wish.WithPublicKeyAuth(s.offer),
		func(w *ssh.Server) error {
			w.AddHostKey(signer)
			w.ConnCallback = s.meet
			w.ServerConfigCallback = s.configure
			w.Handler = guard(s.handle)
			w.ChannelHandlers = map[string]ssh.ChannelHandler{"session": s.channel, "default": s.noChannel}
			w.RequestHandlers = map[string]ssh.RequestHandler{"default": s.noRequest}
			w.SubsystemHandlers = map[string]ssh.SubsystemHandler{}
			return ssh.EmulatePty()(w)
		})
	if err != nil {
		return nil, fmt.Errorf("make server: %w", err)
	}
	if s.wish.PublicKeyHandler == nil || s.wish.PasswordHandler != nil || s.wish.KeyboardInteractiveHandler != nil {
		return nil, errors.New("make server: it would let in who has no key") // the library lets in everybody when it is asked nothing
	}
	if s.listener, err = net.Listen("tcp", limits.Listen); err != nil {
		return nil, fault("listen", exitAway, err, func(t *text.SSH) string { return t.Listen }, "address", limits.Listen, "cause", innermost(err))
	}
	return s, nil
}

// innermost is the last of what an error wraps.
func innermost(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err.Error()
		}
		err = inner
	}
}

// Addr is where it listens.
func (s *Server) Addr() net.Addr { return s.listener.Addr() }

// Config is the configuration as it is now, after each Reload.
func (s *Server) Config() *config.Config {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cfg
}

// Serve serves until ctx ends. Then nobody is let in any more, everybody is told, what is being written is waited for
// some seconds, and it returns nil.
func (s *Server) Serve(ctx context.Context) error {
	s.log.Info("serving", "address", s.Addr().String(), "host_key", gossh.FingerprintSHA256(s.hostKey))
	served := make(chan error, 1)
	go func() { served <- s.wish.Serve(s.listener) }()
	var err error
	select {
	case err = <-served: // it cannot accept any more
		s.log.Error("accepting", "err", err)
	case <-ctx.Done():
		s.mu.Lock()
		s.closing = true
		s.mu.Unlock()
		s.listener.Close()
		<-served
	}
	s.stop()
	return err
}

// stop ends all sessions, and then all connections.
func (s *Server) stop() {
	s.mu.Lock()
	s.closing = true
	s.log.Info("stopping", "sessions", len(s.sessions))
	for x := range s.sessions {
		x.cancel(ErrClosing)
	}
	s.mu.Unlock()
	done := make(chan struct{})
	go func() { s.running.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(grace):
	}
	s.mu.Lock()
	var left []*guardian
	for g := range s.conns {
		left = append(left, g)
	}
	s.mu.Unlock()
	for _, g := range left {
		g.end("stopping")
	}
	select {
	case <-done:
		s.log.Info("stopped")
	case <-time.After(grace): // a session that does not end with its context is a fault of whoever gave it
		s.log.Error("stopped", "why", "a session did not end")
	}
}

// Reload takes over officers, limits, keys of actions and what holds for a desk, of a configuration that has passed its
// checks. Sessions of officers that are as they were go on as they are; those of officers that are gone, or may do something
// else now, are ended with a sentence. What else is new in it holds from the next start on.
func (s *Server) Reload(cfg *config.Config) error {
	old := s.Config()
	next := *old
	next.Officers, next.Server, next.Keys, next.Desk = cfg.Officers, cfg.Server, cfg.Keys, cfg.Desk
	file, err := next.TOML()
	if err == nil {
		_, err = config.Parse(file) // the officers may be of regions and agencies that hold from the next start on
	}
	if err != nil {
		return err
	}
	known, err := keysOf(&next)
	if nobody := (*Fault)(nil); errors.As(err, &nobody) {
		s.log.Warn("reloaded", "why", nobody.name) // then nobody has one, and who was in goes
	} else if err != nil {
		return err
	}
	wanted, err := cfg.TOML()
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.cfg, s.keys = &next, known
	s.rates.setRate(next.Server.ConnectionsPerMinute)
	ended := 0
	for x := range s.sessions {
		switch now := known.of(x.key); {
		case now == nil || now.ID != x.officer.ID:
			x.cancel(ErrRemoved)
		case !sameRights(now, x.officer):
			x.cancel(ErrChanged)
		default:
			continue
		}
		ended++
	}
	s.mu.Unlock()
	fixed := func(a, b *config.Server) bool {
		return a.Listen == b.Listen && a.HostKey == b.HostKey && a.Log == b.Log && a.LogAddresses == b.LogAddresses && a.StallSeconds == b.StallSeconds
	}
	s.log.Info("reloaded", "keys", len(known), "ended", ended, "restart_needed", string(wanted) != string(file) || !fixed(&old.Server, &cfg.Server))
	return nil
}

// hashed is where from without saying where: the same for the same address, in this run of the server only.
func (s *Server) hashed(addr netip.Addr) string {
	m := hmac.New(sha256.New, s.secret)
	m.Write(addr.AsSlice())
	return hex.EncodeToString(m.Sum(nil)[:4])
}

func (s *Server) randomID() string {
	var b [4]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
