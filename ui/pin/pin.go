// Package pin makes and checks the hashes of officers' PINs. It is slow on purpose, and is called away from the event
// loop.
//
// A hash is argon2id in the PHC form, $argon2id$v=19$m=32768,t=2,p=1$salt$key, so that a later program can ask more of
// new ones and still check those of today.
package pin

import (
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/crypto/argon2"
)

// What a new hash costs: about 70 ms on the smallest machine that is thought of, and 32 MiB while it runs, so that a
// desk is taken without a wait and a list of guesses is not tried in one. More memory would be felt on a small server,
// and no cost saves four digits from who has the file.
const (
	memory  = 32 << 10 // KiB
	passes  = 2
	threads = 1
	saltLen = 16
	keyLen  = 32
)

// The most that a stored hash may ask for: whoever wrote it is not to stop the board.
const (
	maxMemory  = 64 << 10
	maxPasses  = 10
	maxThreads = 4
	maxLen     = 64
)

// ErrUnreadable says that a stored hash is none that this program can check.
var ErrUnreadable = errors.New("the stored PIN cannot be read")

// Hash returns a PIN's hash, with a salt from random.
func Hash(random io.Reader, pin string) (string, error) {
	salt := make([]byte, saltLen)
	if _, err := io.ReadFull(random, salt); err != nil {
		return "", fmt.Errorf("make salt of a PIN: %w", err)
	}
	key := argon2.IDKey([]byte(pin), salt, passes, memory, threads, keyLen)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memory, passes, threads,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key)), nil
}

// Check reports whether a PIN is that of a hash.
func Check(hash, pin string) (bool, error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return false, ErrUnreadable
	}
	var version int
	var mem, time uint32
	var lanes uint8
	if n, err := fmt.Sscanf(parts[2], "v=%d", &version); n != 1 || err != nil || version != argon2.Version {
		return false, ErrUnreadable
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &mem, &time, &lanes); n != 3 || err != nil ||
		mem > maxMemory || time < 1 || time > maxPasses || lanes < 1 || lanes > maxThreads {
		return false, ErrUnreadable
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	key, keyErr := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || keyErr != nil || len(salt) > maxLen || len(key) < 16 || len(key) > maxLen {
		return false, ErrUnreadable
	}
	got := argon2.IDKey([]byte(pin), salt, time, mem, lanes, uint32(len(key)))
	return subtle.ConstantTimeCompare(got, key) == 1, nil
}
