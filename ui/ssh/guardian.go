package ssh

import (
	"cmp"
	"errors"
	"maps"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"

	"board.internal/samverkan/ui/config"
)

// lonely is how long a connection without a session may stay: as long as somebody might take to open the next one over a
// connection that OpenSSH shares.
const lonely = time.Minute

// maxRefusals is how many refusals of one connection are logged one by one.
const maxRefusals = 10

// guardian is one connection from the first byte to the last. The library reads and writes through it; whoever wants the
// client gone closes it.
type guardian struct {
	net.Conn
	server *Server
	addr   netip.Addr
	// id tells connections apart in the log, from is the address as a hash.
	id, from string

	// met is how many connections were let in before it.
	met uint64

	mu       sync.Mutex
	known    bool        // it has said who it is
	timer    *time.Timer // closes it: until it is known, and while it has no session
	sessions int
	closed   bool
	why      string // it was closed by us
	// tried are the ways to log in that were tried, offered the last key that was.
	tried   []string
	offered string
	refused int
}

// guardianKey is where a connection's context has its guardian.
type guardianKey struct{}

func guardianOf(ctx ssh.Context) *guardian {
	g, _ := ctx.Value(guardianKey{}).(*guardian)
	return g
}

// meet decides about a new connection before anything is read from it, and returns what the library is to use, nil for
// one that is not wanted.
func (s *Server) meet(ctx ssh.Context, conn net.Conn) net.Conn {
	addr := place(conn)
	g := &guardian{Conn: conn, server: s, addr: addr, id: s.randomID(), from: s.hashed(addr)}
	what, instead := s.admit(g)
	if instead != nil {
		instead.end(crowded)
	}
	if what != "" {
		if missed, ok := s.floods.allow(what, s.now()); ok {
			attrs := append(g.attrs(), "what", what)
			if missed > 0 {
				attrs = append(attrs, "more", missed)
			}
			s.log.Warn("refused", attrs...)
		}
		return nil
	}
	s.log.Info("connection", g.attrs()...)
	ctx.SetValue(guardianKey{}, g)
	return g
}

// crowded is why a connection is closed that has said nothing yet, when there are too many of those.
const crowded = "crowded"

// admit counts a connection in, or says which limit is against it. When as many wait as may, instead is to be closed for
// it: a few addresses that say nothing must not keep everybody else out.
func (s *Server) admit(g *guardian) (what string, instead *guardian) {
	s.mu.Lock()
	defer s.mu.Unlock()
	limits := &s.cfg.Server
	waiting, all := map[netip.Addr][]*guardian{}, 0
	for other := range s.conns {
		if !other.isKnown() {
			waiting[other.addr] = append(waiting[other.addr], other)
			all++
		}
	}
	switch {
	case s.closing:
		return "stopping", nil
	case !s.rates.admit(g.addr):
		return "rate", nil
	case len(waiting[g.addr]) >= max(1, limits.Unauthenticated/4):
		return "unauthenticated", nil
	case all >= limits.Unauthenticated:
		if instead = longest(waiting, g.addr); !instead.giveUp() {
			return "unauthenticated", nil // it has logged in just now
		}
		delete(s.conns, instead)
	}
	s.met++
	g.met = s.met
	s.conns[g] = struct{}{}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.timer = g.after(time.Duration(limits.HandshakeSeconds)*time.Second, "handshake_timeout")
	return "", instead
}

// longest is which of those that wait has done so for longest at the address that has most of them: at own, where that
// has as many as any.
func longest(waiting map[netip.Addr][]*guardian, own netip.Addr) *guardian {
	oldest := func(all []*guardian) *guardian {
		return slices.MinFunc(all, func(a, b *guardian) int { return cmp.Compare(a.met, b.met) })
	}
	first := func(all []*guardian) bool { return all[0].addr == own }
	most := slices.MaxFunc(slices.Collect(maps.Values(waiting)), func(a, b []*guardian) int {
		if first(a) != first(b) && len(a) == len(b) {
			return map[bool]int{true: 1, false: -1}[first(a)]
		}
		return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(oldest(b).met, oldest(a).met))
	})
	return oldest(most)
}

// giveUp settles that a connection is closed for others, unless it has said who it is.
func (g *guardian) giveUp() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.known && g.why == "" {
		g.why = crowded
	}
	return !g.known
}

// catch is deferred wherever a panic would end the program, and with it everybody's session: it ends this connection
// alone. The log says where it was, and nothing of what it was about.
func (g *guardian) catch() {
	if v := recover(); v != nil {
		g.server.panicked(g.attrs(), v)
		g.end("panic")
	}
}

// guarded is what a goroutine of its own may carry out for the connection.
func (g *guardian) guarded(part string, do func()) func() {
	return func() {
		defer g.catch()
		if g.server.trap != nil {
			g.server.trap(g, part)
		}
		do()
	}
}

// after ends the connection in some time.
func (g *guardian) after(wait time.Duration, why string) *time.Timer {
	return time.AfterFunc(wait, g.guarded("timer", func() { g.end(why) }))
}

// guard is a handler of the library's, which calls it in a goroutine of its own.
func guard(handle ssh.Handler) ssh.Handler {
	return func(channel ssh.Session) {
		defer guardianOf(channel.Context()).catch()
		handle(channel)
	}
}

func (g *guardian) attrs() []any {
	a := []any{"connection", g.id, "from", g.from}
	if g.server.logAddresses {
		a = append(a, "address", g.RemoteAddr().String())
	}
	return a
}

func (g *guardian) isKnown() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.known
}

// SetDeadline is asked for by the library on every read and write, to take deadlines away: they are the guardian's own.
func (g *guardian) SetDeadline(time.Time) error { return nil }

// Write gives the client so long to take what is written, and closes the connection of one that does not: whoever waits
// for it, this server's other work included, must not wait for ever.
func (g *guardian) Write(b []byte) (int, error) {
	g.Conn.SetWriteDeadline(time.Now().Add(g.server.stall))
	n, err := g.Conn.Write(b)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		g.end("stalled")
	}
	return n, err
}

// end closes the connection for a reason of ours.
func (g *guardian) end(why string) {
	g.mu.Lock()
	if g.why == "" && !g.closed {
		g.why = why
	}
	g.mu.Unlock()
	g.Close()
}

// Close ends the connection; every channel and every read and write on it ends with it.
func (g *guardian) Close() error {
	g.mu.Lock()
	first := !g.closed
	g.closed = true
	g.timer.Stop()
	known, why, refused := g.known, g.why, g.refused
	tried, offered := strings.Join(g.tried, ","), g.offered
	g.mu.Unlock()
	if !first {
		return nil
	}
	g.server.mu.Lock()
	delete(g.server.conns, g)
	g.server.mu.Unlock()
	attrs := g.attrs()
	for _, a := range [][2]string{{"tried", tried}, {"key", offered}, {"why", why}} {
		if a[1] != "" && !known || a[0] == "why" && why != "" {
			attrs = append(attrs, a[0], a[1])
		}
	}
	switch {
	case !known && (tried != "" || why != ""):
		g.server.log.Warn("refused", append(attrs, "what", "login")...)
	case !known:
		g.server.log.Info("left", append(attrs, "why", "before_login")...)
	default:
		g.server.log.Info("left", append(attrs, "refused", refused)...)
	}
	return g.Conn.Close()
}

// configure is what the library authenticates a connection with: keys alone, and nothing that is known to be weak.
func (s *Server) configure(ctx ssh.Context) *gossh.ServerConfig {
	g := guardianOf(ctx)
	good := gossh.SupportedAlgorithms()
	s.mu.Lock()
	tries := s.cfg.Server.Tries
	s.mu.Unlock()
	return &gossh.ServerConfig{
		Config:                  gossh.Config{KeyExchanges: good.KeyExchanges, Ciphers: good.Ciphers, MACs: good.MACs},
		PublicKeyAuthAlgorithms: good.PublicKeyAuths,
		MaxAuthTries:            tries,
		AuthLogCallback: func(_ gossh.ConnMetadata, method string, err error) {
			if err != nil {
				g.failed(method)
			}
		},
		VerifiedPublicKeyCallback: func(_ gossh.ConnMetadata, key gossh.PublicKey, p *gossh.Permissions, _ string) (*gossh.Permissions, error) {
			officer := s.officer(key)
			if officer == nil {
				return nil, errors.New("no officer has this key")
			}
			if !g.greet(officer, key) {
				return nil, errGone
			}
			return p, nil
		},
	}
}

// offer answers whether a key may sign. That somebody offers it proves nothing yet.
func (s *Server) offer(ctx ssh.Context, key ssh.PublicKey) bool {
	g := guardianOf(ctx)
	g.mu.Lock()
	g.offered = gossh.FingerprintSHA256(key)
	g.mu.Unlock()
	return s.officer(key) != nil
}

// officer is whose key it is now, nil for nobody's.
func (s *Server) officer(key gossh.PublicKey) *config.Officer {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.keys.of(key)
}

func (g *guardian) failed(method string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if n := len(g.tried); n < maxRefusals && (n == 0 || g.tried[n-1] != method) {
		g.tried = append(g.tried, method)
	}
}

// greet takes note of who it is: a key has signed. From here on a session is waited for. It reports whether the
// connection is still there, and not being closed.
func (g *guardian) greet(officer *config.Officer, key gossh.PublicKey) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed || g.why != "" {
		return false
	}
	g.known = true
	g.timer.Stop()
	g.timer = g.after(g.server.lonely, "no_session")
	g.server.log.Info("authenticated", append(g.attrs(), "officer", officer.ID, "key", gossh.FingerprintSHA256(key))...)
	return true
}

// enter and leave count the connection's sessions; one without any is waited for so long.
func (g *guardian) enter() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.sessions++
	g.timer.Stop()
}

func (g *guardian) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.sessions--; g.sessions == 0 && !g.closed {
		g.timer = g.after(g.server.lonely, "no_session")
	}
}

// refuse logs that something was asked for that is not to be had. detail is the client's own word, "" for none.
func (g *guardian) refuse(what, detail string) {
	g.mu.Lock()
	g.refused++
	quiet := g.refused > maxRefusals
	g.mu.Unlock()
	if quiet {
		return // how many there were stands where it leaves
	}
	attrs := append(g.attrs(), "what", what)
	if detail != "" {
		attrs = append(attrs, "name", detail)
	}
	g.server.log.Warn("refused", attrs...)
}
