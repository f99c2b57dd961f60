package ssh

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// silent connects from an address, waits until the server has greeted, and says nothing; false when it is turned away.
func (h *host) silent(ip string) (net.Conn, bool) {
	h.t.Helper()
	conn, err := h.from(ip)
	if err != nil {
		h.t.Skip("loopback has one address here")
	}
	h.t.Cleanup(func() { conn.Close() })
	_, err = io.ReadFull(conn, make([]byte, len("SSH-")))
	return conn, err == nil
}

// TestAFewAddressesDoNotLockOut: who holds all the places of those that say nothing loses one to whoever comes in, the
// oldest of the address that has most. Others keep theirs.
func TestAFewAddressesDoNotLockOut(t *testing.T) {
	h := serve(t, "handshake_seconds = 120\nunauthenticated = 8") // two for each address
	var held []net.Conn
	for i := range 8 {
		conn, in := h.silent(fmt.Sprintf("127.0.0.%d", 2+i/2))
		if !in {
			t.Fatalf("connection %d is turned away", i)
		}
		held = append(held, conn)
	}
	if _, in := h.silent("127.0.0.2"); in {
		t.Error("an address gets more than a quarter")
	}
	for i := range 3 {
		conn, err := h.from("127.0.0.9")
		if err != nil {
			t.Fatal(err)
		}
		c, chans, reqs, err := gossh.NewClientConn(conn, "", client("nuc"))
		if err != nil {
			t.Fatalf("login %d of somebody else: %v", i+1, err)
		}
		defer gossh.NewClient(c, chans, reqs).Close()
	}
	h.logs(`"refused"`, `"what":"login"`, `"why":"crowded"`)
	if !closed(held[0]) {
		t.Error("the oldest is still open")
	}
	eventually(t, "places", func() bool { _, conns := h.live(); return conns == 7+3 })
	// The place that the logins left goes first; then the next to lose one is an address that has two.
	for i, ip := range []string{"127.0.0.6", "127.0.0.7"} {
		if _, in := h.silent(ip); !in {
			t.Errorf("newcomer %d is turned away", i+1)
		}
	}
	if !closed(held[2]) {
		t.Error("the oldest of an address with two is still open")
	}
	if n := strings.Count(h.log.String(), `"why":"crowded"`); n != 2 {
		t.Errorf("%d were closed for others, want 2", n)
	}
}

// TestWhoIsTheLongest: of the address that has most, the newcomer's own before another's.
func TestWhoIsTheLongest(t *testing.T) {
	for _, tt := range []struct {
		conns string // addresses in the order they came
		own   byte
		want  uint64
	}{
		{"a", 'a', 1}, {"abc", 'd', 1}, {"abc", 'c', 3}, {"abb", 'a', 2}, {"aabb", 'b', 3}, {"aabb", 'c', 1}, {"abbccc", 'b', 4},
	} {
		got := longest(crowdOf(tt.conns), addrOf(tt.own))
		if got.met != tt.want {
			t.Errorf("%s, and another %c: number %d goes, want %d", tt.conns, tt.own, got.met, tt.want)
		}
	}
}

// TestAPanicBesideASession: whatever goroutine of a connection fails, that connection ends and others live on; the log
// says where, and not what about. Go by itself would end the program.
func TestAPanicBesideASession(t *testing.T) {
	for _, part := range []string{"sift", "pump", "timer", "channel", "request", "handle", "begin"} {
		var armed atomic.Bool
		h := serve(t, "", func(h *host) {
			h.board = waiting
			h.command = func(context.Context, Caller, Line) int {
				if part == "handle" {
					armed.Store(true)
				}
				return 0
			}
			h.tweak = func(s *Server) {
				s.lonely = 20 * time.Millisecond
				s.trap = func(g *guardian, at string) {
					if at == part && armed.CompareAndSwap(true, false) {
						panic("about the effort LÄRKA")
					}
				}
				s.now = func() time.Time { // asked for where a session begins, and where its command has ended
					if (part == "handle" || part == "begin") && armed.CompareAndSwap(true, false) {
						panic("about the effort LÄRKA")
					}
					return time.Now()
				}
			}
		})
		_, o, others := h.shell(h.dial("nuc"))
		eventually(t, "another's board", func() bool { return strings.Contains(h.log.String(), `"msg":"board"`) })
		armed.Store(part != "handle")
		c, err := gossh.Dial("tcp", h.address(), client("eye"))
		if err != nil {
			t.Fatal(err)
		}
		gone := make(chan error, 1)
		go func() { gone <- c.Wait() }()
		switch part {
		case "timer": // it does nothing
		case "channel":
			c.OpenChannel("direct-tcpip", nil)
		case "request":
			c.SendRequest("tcpip-forward", true, nil)
		default:
			if s, err := c.NewSession(); err == nil {
				s.Run("list")
			}
		}
		within(t, part+": the end of the connection", gone)
		h.logs(`"panic"`, `"value":"string"`, "TestAPanicBesideASession")
		eventually(t, part+": one left", func() bool { n, conns := h.live(); return n == 1 && conns == 1 })
		if strings.Contains(h.log.String(), "LÄRKA") {
			t.Errorf("%s: the log has what it was about", part)
		}
		select {
		case code := <-others:
			t.Errorf("%s: another session ended with %d: %s", part, code, o)
		default:
		}
		if _, _, code := h.run("kfm-syd", "list", ""); code != 0 && part != "handle" { // which is armed again
			t.Errorf("%s: afterwards a command ends with %d", part, code)
		}
		h.stop()
	}
}

// crowdOf are connections from addresses that are called by letters.
func crowdOf(letters string) map[netip.Addr][]*guardian {
	waiting := map[netip.Addr][]*guardian{}
	for i := range letters {
		a := addrOf(letters[i])
		waiting[a] = append(waiting[a], &guardian{addr: a, met: uint64(i + 1)})
	}
	return waiting
}

func addrOf(letter byte) netip.Addr { return netip.AddrFrom4([4]byte{127, 0, 0, letter}) }
