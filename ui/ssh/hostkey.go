package ssh

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	gossh "golang.org/x/crypto/ssh"

	"board.internal/samverkan/ui/text"
)

// maxKeyFile is far more than a private key has.
const maxKeyFile = 64 << 10

// hostKey reads the server's key, and makes one when there is none yet. One that others may read, or that is another
// account's, is no secret any more and is refused.
func hostKey(file string, make bool) (gossh.Signer, error) {
	uid := os.Geteuid()
	key, err := readHostKey(file, uid)
	if errors.Is(err, fs.ErrNotExist) && make {
		if err := makeHostKey(file); err != nil && !errors.Is(err, fs.ErrExist) { // another server may have been first
			return nil, keyFault(file, err)
		}
		key, err = readHostKey(file, uid)
	}
	if err != nil {
		return nil, keyFault(file, err)
	}
	return key, nil
}

var (
	// errOpen says that others may read or write the key.
	errOpen = errors.New("others may read it")
	// errOwner says that the key is another account's, which may read and change it.
	errOwner = errors.New("it is another account's")
	// errKind says that what lies there is no file but a folder, a pipe or a device, whose reading might never end.
	errKind = errors.New("it is no file")
)

func readHostKey(file string, uid int) (gossh.Signer, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errKind
	}
	f, err := os.OpenFile(file, os.O_RDONLY|syscall.O_NONBLOCK, 0) // it may be a pipe by now
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err = f.Stat(); err != nil { // of what has been opened, whatever lies at its name by now
		return nil, err
	}
	owner, known := info.Sys().(*syscall.Stat_t)
	switch {
	case !info.Mode().IsRegular():
		return nil, errKind
	case info.Mode().Perm()&0o077 != 0:
		return nil, errOpen
	case !known || owner.Uid != uint32(uid):
		return nil, errOwner
	}
	data, err := io.ReadAll(io.LimitReader(f, maxKeyFile))
	if err != nil {
		return nil, err
	}
	return gossh.ParsePrivateKey(data)
}

// makeHostKey makes a key in a new file, which is there whole or not at all.
func makeHostKey(file string) error {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	block, err := gossh.MarshalPrivateKey(private, "samverkan")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil { // the store, which lies there too, may not be made yet
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(pem.EncodeToMemory(block))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write host key: %w", err)
	}
	return os.Link(f.Name(), file)
}

// keyFault is the sentence for a host key that cannot be used.
func keyFault(file string, err error) error {
	code, say := exitInvalid, func(t *text.SSH) string { return t.HostKeyBad }
	var secret *gossh.PassphraseMissingError
	switch {
	case errors.Is(err, errOpen):
		code, say = exitForbidden, func(t *text.SSH) string { return t.HostKeyOpen }
	case errors.Is(err, errOwner):
		code, say = exitForbidden, func(t *text.SSH) string { return t.HostKeyOwner }
	case errors.Is(err, errKind):
		say = func(t *text.SSH) string { return t.HostKeyKind }
	case errors.Is(err, fs.ErrPermission):
		code, say = exitForbidden, func(t *text.SSH) string { return t.HostKeyDenied }
	case errors.Is(err, fs.ErrNotExist):
		code, say = exitAway, func(t *text.SSH) string { return t.HostKeyMissing }
		if info, err := os.Lstat(file); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			code, say = exitInvalid, func(t *text.SSH) string { return t.HostKeyLink }
		}
	case errors.As(err, &secret):
		say = func(t *text.SSH) string { return t.HostKeySecret }
	}
	return fault("host_key", code, err, say, "file", file, "cause", err.Error())
}
