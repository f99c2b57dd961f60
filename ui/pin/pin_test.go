package pin

import (
	"bytes"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

func TestHash(t *testing.T) {
	hash, err := Hash(rand.Reader, "1234")
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=32768,t=2,p=1$") || strings.Contains(hash, "1234") {
		t.Fatal(hash, err)
	}
	for typed, want := range map[string]bool{"1234": true, "1235": false, "": false, "1234 ": false} {
		if right, err := Check(hash, typed); right != want || err != nil {
			t.Errorf("%q: %v, %v", typed, right, err)
		}
	}
	other, err := Hash(rand.Reader, "1234")
	if err != nil || other == hash {
		t.Error("two hashes of one PIN are the same: there is no salt", err)
	}
	if _, err := Hash(iotest.ErrReader(errors.New("no randomness")), "1234"); err == nil {
		t.Error("a hash without salt")
	}
}

// TestKnown is a hash that another program made: ours are read by others and theirs by us.
func TestKnown(t *testing.T) {
	const hash = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	if right, err := Check(hash, "password"); !right || err != nil {
		t.Error(right, err)
	}
}

// TestUnreadable: what is no hash, or asks for more than a check may cost, is refused before it costs anything.
func TestUnreadable(t *testing.T) {
	good, err := Hash(bytes.NewReader(make([]byte, 16)), "1234")
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	for name, hash := range map[string]string{
		"nothing":          "",
		"the PIN itself":   "1234",
		"another kind":     strings.Replace(good, "argon2id", "argon2i", 1),
		"another version":  strings.Replace(good, "v=19", "v=16", 1),
		"all the memory":   strings.Replace(good, "m=32768", "m=4194304", 1),
		"for ever":         strings.Replace(good, "t=2", "t=4000000000", 1),
		"no pass":          strings.Replace(good, "t=2", "t=0", 1),
		"no lane":          strings.Replace(good, "p=1", "p=0", 1),
		"many lanes":       strings.Replace(good, "p=1", "p=255", 1),
		"a number too big": strings.Replace(good, "m=32768", "m=99999999999999999999", 1),
		"no key":           good[:strings.LastIndex(good, "$")+1],
		"a broken key":     good + "!",
		"one part more":    good + "$",
	} {
		if right, err := Check(hash, "1234"); right || !errors.Is(err, ErrUnreadable) {
			t.Errorf("%s: %v, %v", name, right, err)
		}
	}
	if spent := time.Since(begun); spent > time.Second {
		t.Errorf("refusing took %v", spent)
	}
}

// BenchmarkCheck: one check is to take some 50 to 100 ms, as who takes the desk waits for it.
func BenchmarkCheck(b *testing.B) {
	hash, err := Hash(rand.Reader, "1234")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Check(hash, "1234"); err != nil {
			b.Fatal(err)
		}
	}
}
