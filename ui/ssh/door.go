package ssh

import (
	"regexp"
	"slices"
	"strings"

	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// Bounds on what a client may say before a session begins.
const (
	maxLine    = 32 << 10 // bytes of a command line
	maxEnviron = 20       // variables
	maxPlain   = 64       // bytes of a name or value
)

// plain is what the value of a variable or the name of a terminal may be.
var plain = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.@+:,=-]*$`)

// locale are the names of the locale's variables.
var locale = regexp.MustCompile(`^(LANG|LC_[A-Z]+)$`)

// quiet are requests that clients make as a matter of course, and that are answered with no without a word in the log.
func quiet(kind string) bool {
	return slices.Contains([]string{"keepalive@openssh.com", "hostkeys-prove-00@openssh.com", "no-more-sessions@openssh.com",
		"eow@openssh.com", "break", "xon-xoff"}, kind)
}

// noChannel refuses every channel but a session's: forwarding of ports, sockets, X11, agents and tunnels.
func (s *Server) noChannel(_ *ssh.Server, _ *gossh.ServerConn, ch gossh.NewChannel, ctx ssh.Context) {
	g := guardianOf(ctx)
	g.guarded("channel", func() {
		ch.Reject(gossh.Prohibited, "only sessions are served")
		g.refuse("channel", ch.ChannelType())
	})()
}

// noRequest refuses everything that is asked for outside a session, as listening for others.
func (s *Server) noRequest(ctx ssh.Context, _ *ssh.Server, req *gossh.Request) (bool, []byte) {
	g := guardianOf(ctx)
	g.guarded("request", func() {
		if !quiet(req.Type) {
			g.refuse("request", req.Type)
		}
	})()
	return false, nil
}

// door is a session's channel that is about to be opened. Of what is asked for on it only this reaches the library: one
// terminal, and then the board or one command.
//
// The library by itself remembers every variable there is, says yes to an agent, and blocks on a change of size that
// nobody takes, which then blocks the whole connection.
type door struct {
	gossh.NewChannel
	session *session
}

// Accept opens the channel.
func (d *door) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	ch, reqs, err := d.NewChannel.Accept()
	if err != nil {
		return nil, nil, err
	}
	passed := make(chan *gossh.Request)
	go func() {
		defer close(passed)
		d.session.guardian.guarded("sift", func() { d.session.sift(reqs, passed) })()
	}()
	return ch, passed, nil
}

// sift passes on what may be asked for and answers the rest, until the channel is closed: then passed is closed too,
// and the library, which reads it to its end, gives the session back.
func (x *session) sift(reqs <-chan *gossh.Request, passed chan<- *gossh.Request) {
	for req := range reqs {
		if x.lets(req) {
			passed <- req
		}
	}
}

// lets reports whether a request is for the library; one that is not has been answered.
func (x *session) lets(req *gossh.Request) bool {
	ok := false
	switch req.Type {
	case "shell", "exec":
		if x.begun || len(req.Payload) > maxLine {
			break
		}
		x.begun = true
		x.patience.Stop()
		return true
	case "pty-req":
		if x.begun || x.screen.there || !x.screen.open(req.Payload) {
			break
		}
		return true
	case "window-change":
		ok = x.screen.resize(req.Payload)
	case "env":
		ok = x.variable(req.Payload)
	case "signal":
		ok = x.signal(req.Payload)
	default:
		if !quiet(req.Type) {
			name := ""
			if req.Type == "subsystem" {
				name = stringIn(req.Payload)
			}
			x.guardian.refuse(req.Type, name)
		}
	}
	req.Reply(ok, nil)
	return false
}

// stringIn is the one string that a request is made of, "" for another.
func stringIn(payload []byte) string {
	var s struct{ Value string }
	if gossh.Unmarshal(payload, &s) != nil {
		return ""
	}
	return s.Value
}

// variable takes a variable of the environment, if it is one of the few that say how to show things.
func (x *session) variable(payload []byte) bool {
	var v struct{ Name, Value string }
	if x.begun || gossh.Unmarshal(payload, &v) != nil {
		return false
	}
	known := v.Name == "NO_COLOR" || v.Name == "COLORTERM" || locale.MatchString(v.Name)
	if !known || len(v.Name) > maxPlain {
		x.guardian.refuse("env", v.Name)
		return false
	}
	if len(v.Value) > maxPlain || v.Value != "" && !plain.MatchString(v.Value) || len(x.environ) >= maxEnviron {
		x.guardian.refuse("env", v.Name)
		return false
	}
	x.environ = append(x.environ, v.Name+"="+v.Value)
	return true
}

// signal ends the session when the client asks for it; no process of it runs here that could be sent another one.
func (x *session) signal(payload []byte) bool {
	if !slices.Contains([]string{"INT", "TERM", "HUP", "QUIT", "KILL"}, strings.TrimPrefix(stringIn(payload), "SIG")) {
		return false
	}
	x.cancel(errGone)
	return true
}
