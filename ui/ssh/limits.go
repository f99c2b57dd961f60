package ssh

import (
	"net"
	"net/netip"
	"sync"
	"time"
)

// maxAddresses is how many addresses are remembered. An attack from more is not one that a limit by address can hold.
const maxAddresses = 10_000

// rates are how often each address may still connect: a bucket that holds one minute's worth and fills evenly.
type rates struct {
	perMinute int
	now       func() time.Time
	mu        sync.Mutex
	buckets   map[netip.Addr]bucket
}

type bucket struct {
	left float64
	at   time.Time
}

// admit takes one connection of an address out of its bucket, and reports whether there was one in it.
func (r *rates) admit(addr netip.Addr) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	now, full := r.now(), float64(r.perMinute)
	b, known := r.buckets[addr]
	if !known {
		if len(r.buckets) >= maxAddresses {
			r.forget(now)
		}
		b = bucket{full, now}
	}
	b.left = min(full, b.left+now.Sub(b.at).Minutes()*full)
	b.at = now
	ok := b.left >= 1
	if ok {
		b.left--
	}
	r.buckets[addr] = b
	return ok
}

// forget drops the addresses that have been away for a minute, whose buckets are full; all of them when there are none.
func (r *rates) forget(now time.Time) {
	for addr, b := range r.buckets {
		if now.Sub(b.at) >= time.Minute {
			delete(r.buckets, addr)
		}
	}
	if len(r.buckets) >= maxAddresses {
		clear(r.buckets)
	}
}

// place is where limits think a connection is from: its address, of IPv6 the network that one household or office has.
func place(conn net.Conn) netip.Addr {
	at, err := netip.ParseAddrPort(conn.RemoteAddr().String())
	if err != nil {
		return netip.Addr{}
	}
	addr := at.Addr().Unmap().WithZone("")
	if addr.Is6() {
		if net, err := addr.Prefix(64); err == nil {
			return net.Addr()
		}
	}
	return addr
}

func (r *rates) setRate(perMinute int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.perMinute = perMinute
}
