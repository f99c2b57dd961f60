package ssh

import (
	"bytes"
	"context"
	"errors"
	"net"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"board.internal/samverkan/ui/config"
	"board.internal/samverkan/ui/text"
)

// checking is how long an answer is waited for.
const checking = 5 * time.Second

// Check reports what keeps a server of this configuration from working: nobody has a key, its own key cannot be used,
// nothing answers at its address, or another server does. It returns the fingerprint of the key that answered.
func Check(ctx context.Context, cfg *config.Config) (string, error) {
	if _, err := keysOf(cfg); err != nil {
		return "", err
	}
	own, err := hostKey(cfg.Server.HostKey, false)
	if err != nil {
		return "", err
	}
	address := reachable(cfg.Server.Listen)
	away := func(err error) error {
		return fault("away", exitAway, err, func(t *text.SSH) string { return t.NoAnswer }, "address", address, "cause", innermost(err))
	}
	ctx, cancel := context.WithTimeout(ctx, checking)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return "", away(err)
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	seen := errors.New("the host key was shown")
	var shown gossh.PublicKey
	_, _, _, err = gossh.NewClientConn(conn, address, &gossh.ClientConfig{
		HostKeyAlgorithms: hostKeyAlgorithms(own.PublicKey()),
		HostKeyCallback: func(_ string, _ net.Addr, key gossh.PublicKey) error {
			shown = key
			return seen // that is all that is asked; nobody logs in
		},
	})
	switch {
	case shown == nil:
		return "", away(err)
	case !bytes.Equal(shown.Marshal(), own.PublicKey().Marshal()):
		return "", fault("other_key", exitRefused, nil, func(t *text.SSH) string { return t.OtherKey },
			"address", address, "key", gossh.FingerprintSHA256(shown))
	}
	return gossh.FingerprintSHA256(shown), nil
}

// hostKeyAlgorithms are those a key can prove itself with, and after them what another server may have.
func hostKeyAlgorithms(own gossh.PublicKey) []string {
	first := []string{own.Type()}
	if own.Type() == gossh.KeyAlgoRSA {
		first = []string{gossh.KeyAlgoRSASHA512, gossh.KeyAlgoRSASHA256}
	}
	for _, a := range gossh.SupportedAlgorithms().HostKeys {
		if a != first[0] {
			first = append(first, a)
		}
	}
	return first
}

// reachable is an address to connect to: one that means all of the machine's is this machine.
func reachable(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return listen
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}
