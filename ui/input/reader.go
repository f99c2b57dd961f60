package input

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// ErrEnded says that nothing more will be typed: the terminal is gone or the session over. Bubble Tea ends a program
// whose input gives any error but io.EOF, so Run returns an error that wraps this one.
var ErrEnded = errors.New("input ended")

const (
	chunk = 128 // bytes taken in one read
	// spare is left of the reader's buffer for what a read may add beside itself. Bubble Tea takes a read that fills
	// its 256 bytes for one that is cut off, so that must never happen.
	spare = 32
)

// source is where bytes come from.
type source interface {
	read(p []byte) (int, error)
	// wait reports whether read has something, an error included, within d.
	wait(d time.Duration) bool
}

// assembled reads whole keys from a source.
type assembled struct {
	src source
	asm assembler
	err error
}

// Read gives as many whole keys as came. It can give no bytes and no error, when what came is of no use. Nothing is
// kept back while there is nothing more to read, so that a caller who waits for the source to have something, as
// Bubble Tea does with a terminal, waits for nothing that is here already.
func (r *assembled) Read(p []byte) (int, error) {
	if len(r.asm.out) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		r.fill(len(p))
	}
	n := copy(p, r.asm.out)
	r.asm.out = r.asm.out[n:]
	if len(r.asm.out) == 0 {
		r.asm.out = nil
	}
	if n == 0 {
		return 0, r.err
	}
	return n, nil
}

// fill reads until nothing is pending or size bytes are full.
func (r *assembled) fill(size int) {
	var buf [chunk]byte
	for {
		space := min(max(size-len(r.asm.out)-spare, 1), chunk)
		n, err := r.src.read(buf[:space])
		r.asm.feed(buf[:n])
		if err != nil {
			r.asm.expire()
			r.err = ErrEnded
			if !errors.Is(err, io.EOF) { // which Bubble Tea would take for a reason to go on without input
				r.err = fmt.Errorf("%w: %w", ErrEnded, err)
			}
			return
		}
		patience := r.asm.patience()
		if patience == 0 {
			return
		}
		if !r.src.wait(patience) {
			r.asm.expire()
			return
		}
		if len(r.asm.out)+spare >= size {
			return // there is more to read, so the caller comes back
		}
	}
}

// File reads whole keys from a terminal of this machine. Bubble Tea sees the terminal in it: it sets raw mode, can
// stop a read that waits, and gives the terminal back when the program is suspended. It has no goroutine of its own.
type File struct {
	*os.File
	in assembled
}

// NewFile makes f, a terminal, read whole keys. Closing it closes f.
func NewFile(f *os.File) *File {
	return &File{File: f, in: assembled{src: terminal{f}}}
}

// Read gives as many whole keys as came; see Reader.
func (f *File) Read(p []byte) (int, error) { return f.in.Read(p) }

type terminal struct{ f *os.File }

func (t terminal) read(p []byte) (int, error) { return t.f.Read(p) }

func (t terminal) wait(d time.Duration) bool {
	deadline := time.Now().Add(d)
	for {
		fds := []unix.PollFd{{Fd: int32(t.f.Fd()), Events: unix.POLLIN}}
		n, err := unix.Poll(fds, int(max(time.Until(deadline), 0)/time.Millisecond))
		if !errors.Is(err, unix.EINTR) {
			return n > 0
		}
	}
}

// Reader reads whole keys from a stream.
type Reader struct {
	in     assembled
	stream *stream
}

// NewReader makes r read whole keys. A goroutine reads r until r fails, or until Close and one more read: close r as
// well, and wait for Done, to see it end.
func NewReader(r io.Reader) *Reader {
	s := &stream{chunks: make(chan []byte), stop: make(chan struct{}), done: make(chan struct{})}
	go s.pump(r)
	return &Reader{in: assembled{src: s}, stream: s}
}

// Read gives as many whole keys as came. It fails with ErrEnded, never with io.EOF.
func (r *Reader) Read(p []byte) (int, error) { return r.in.Read(p) }

// Close ends every Read, also one that waits. It does not close the stream.
func (r *Reader) Close() error {
	r.stream.once.Do(func() { close(r.stream.stop) })
	return nil
}

// Done is closed when the stream is no longer read.
func (r *Reader) Done() <-chan struct{} { return r.stream.done }

// stream carries what is read from a reader that cannot be asked whether it has something.
type stream struct {
	chunks chan []byte // unbuffered: what is not asked for waits in the reader
	stop   chan struct{}
	done   chan struct{}
	once   sync.Once
	err    error // set before done is closed
	next   []byte
}

func (s *stream) pump(r io.Reader) {
	defer close(s.done)
	defer func() {
		if v := recover(); v != nil {
			s.err = fmt.Errorf("read input: panic: %v", v)
		}
	}()
	for {
		buf := make([]byte, chunk)
		n, err := r.Read(buf)
		if n > 0 {
			select {
			case s.chunks <- buf[:n]:
			case <-s.stop:
				return
			}
		}
		if err != nil {
			s.err = err
			return
		}
	}
}

func (s *stream) read(p []byte) (int, error) {
	if len(s.next) == 0 {
		select {
		case s.next = <-s.chunks:
		case <-s.stop:
			return 0, io.EOF
		case <-s.done:
			return 0, s.failure()
		}
	}
	n := copy(p, s.next)
	s.next = s.next[n:]
	return n, nil
}

func (s *stream) wait(d time.Duration) bool {
	if len(s.next) > 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case s.next = <-s.chunks:
		return true
	case <-s.stop:
		return true
	case <-s.done:
		return true
	case <-timer.C:
		return false
	}
}

func (s *stream) failure() error {
	if s.err != nil {
		return s.err
	}
	return io.EOF
}
