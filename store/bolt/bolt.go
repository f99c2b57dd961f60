// Package bolt keeps a store in one bbolt file that many processes share. It is a driver: it holds
// no rules and knows keys and values only.
//
// Nobody keeps the file open. Each transaction takes a lock on a second file beside it (PATH.lock),
// opens the store, runs, closes it and lets go; the kernel lets go for a process that dies. So two
// people on one machine, a timer job and a server work on one file at once, a killed process leaves
// nothing to clean up, and a file restored by renaming it into place is seen by the next transaction.
//
// What the driver touches: PATH, PATH.lock, PATH.here (see presence.go), and PATH.creating for the moment of creation,
// which is removed if a killed process left it there. All that is made by the first write that is kept; only one that the disk
// itself fails may leave an empty folder and a lock file. It refuses to open, and never writes to, anything that
// is not an ordinary file with a whole store in it: a symbolic link, a folder, an empty file (a store
// is never empty, so somebody else made it), a bbolt file of another program.
//
// Writers of one process are put together: what has queued up while one commit was under way is
// committed in the next, in one transaction.
package bolt

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"board.internal/samverkan/store"
)

const (
	defaultWait = 2 * time.Second
	queueSize   = 256 // callers of Update beyond this wait outside the queue, as long as their deadline
	maxReaders  = 16  // reads at once in one process, and goroutines that wait for a lock which nobody wants any more
)

var _ store.Engine = (*Engine)(nil)

// Options of Open; the zero value is right for everybody but tests.
type Options struct {
	// Wait is the longest a transaction waits for others before it answers store.ErrBusy. It does
	// not cut off a transaction that has begun. Zero means two seconds.
	Wait time.Duration
	// Command is what this process is called in the error of one who waits for it in vain;
	// empty means the program's name.
	Command string

	inspect bool
}

// Engine is the store.Engine on one bbolt file. Its methods may be called by many goroutines.
type Engine struct {
	path     string
	wait     time.Duration
	me       Holder
	readOnly bool
	statfs   func(folder string) (network string, err error)

	queue   chan *request // to the writer; when full, callers wait as long as their deadline
	readers chan struct{} // one token per read
	waiters chan struct{} // one token per goroutine that waits for a reader's lock
	closing chan struct{} // closed by Close: nothing new begins
	idle    chan struct{} // closed when Close has begun and nobody is in Update or a read any more
	given   chan struct{} // closed by Close: the writer needs no lock any more
	written chan struct{} // closed when the writer has ended
	watched chan struct{} // closed when the watcher has ended

	mu      sync.Mutex
	changed chan struct{} // capacity 1; full means a signal is waiting already
	closed  bool          // Close has begun
	inside  int           // callers of Update and reads
	silent  bool          // changed is closed
	seen    mark          // the newest commit that was signalled
	whole   fileID        // the file whose structure has been looked through

	here here
}

// Open returns an engine for the file at path. Nothing is opened or created before the first
// transaction; the first Update that writes creates the file (0600) and missing folders (0700), and one that fails or
// writes nothing creates neither. The error wraps
// store.ErrNetwork when the folder lies on a network file system.
func Open(path string, opts Options) (*Engine, error) {
	return open(path, opts, networkOf)
}

// Inspect is Open for who only reads, a backup perhaps: nothing is made beside the file, not even a lock, and every
// Update is refused.
func Inspect(path string, opts Options) (*Engine, error) {
	opts.inspect = true
	return Open(path, opts)
}

func open(path string, opts Options, statfs func(string) (string, error)) (*Engine, error) {
	if path == "" {
		return nil, fmt.Errorf("open store: %w: no file named", store.ErrAway)
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w: %w", path, store.ErrAway, err)
	}
	if opts.Wait <= 0 {
		opts.Wait = defaultWait
	}
	if opts.Command == "" {
		opts.Command = filepath.Base(os.Args[0])
	}
	e := &Engine{
		path:     full,
		wait:     opts.Wait,
		me:       Holder{PID: os.Getpid(), User: userName(), Command: opts.Command},
		readOnly: opts.inspect,
		statfs:   statfs,
		queue:    make(chan *request, queueSize),
		readers:  make(chan struct{}, maxReaders),
		waiters:  make(chan struct{}, maxReaders),
		idle:     make(chan struct{}),
		given:    make(chan struct{}),
		closing:  make(chan struct{}),
		written:  make(chan struct{}),
		watched:  make(chan struct{}),
		changed:  make(chan struct{}, 1),
	}
	if err := e.local(); err != nil {
		return nil, err
	}
	e.seen = markOf(e.path)
	go e.write()
	go e.watch()
	return e, nil
}

func userName() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return strconv.Itoa(os.Getuid())
}

// View implements store.Engine. A panic of fn is returned as a *Panic.
func (e *Engine) View(ctx context.Context, fn func(store.Reader) error) error {
	err := e.read(ctx, "read", false, func(h *handle) error {
		return guard(func() error { return fn(reader{h.bucket}) })
	})
	if errors.Is(err, errMissing) {
		return e.explain("read", guard(func() error { return fn(nothing{}) }))
	}
	return err
}

// errMissing says that there is no store yet.
var errMissing = fmt.Errorf("%w: %w", store.ErrAway, fs.ErrNotExist)

// read runs fn in a read-only transaction under a shared lock.
func (e *Engine) read(parent context.Context, op string, freelist bool, fn func(*handle) error) error {
	if !e.enter() {
		return e.fail(op, errClosed)
	}
	defer e.leave()
	ctx, cancel := context.WithTimeout(parent, e.wait)
	defer cancel()
	select {
	case <-e.closing:
		return e.fail(op, errClosed)
	case <-ctx.Done():
		return e.busy(op, parent)
	case e.readers <- struct{}{}:
	}
	defer func() { <-e.readers }()
	if e.missing() {
		return e.fail(op, errMissing)
	}
	if err := e.local(); err != nil {
		return err
	}
	lock, err := e.share(ctx)
	if err != nil {
		return e.busy(op, parent)
	}
	if lock != nil {
		defer lock.release()
	}
	deadline, _ := ctx.Deadline()
	h, err := begin(e.path, access{freelist: freelist, wait: time.Until(deadline), known: e.known()})
	if err != nil {
		return e.explain(op, err)
	}
	defer h.end()
	e.know(h)
	return e.explain(op, fn(h))
}

// enter notes a caller, unless the engine is closed; whoever entered leaves.
func (e *Engine) enter() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.closed {
		e.inside++
	}
	return !e.closed
}

func (e *Engine) leave() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.inside--; e.closed && e.inside == 0 {
		close(e.idle)
	}
}

// share takes the shared lock within ctx. The lock is nil where none can be had: a folder that cannot
// be written to, where bbolt's own lock on the file must do. When ctx ends first, a goroutine is left
// that lets the lock go as soon as it gets it; waiters bounds their number.
func (e *Engine) share(ctx context.Context) (*sidecar, error) {
	lock, err := e.lock(shared, false)
	if !errors.Is(err, errHeld) {
		return lock, nil
	}
	select {
	case e.waiters <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	lock, err = e.await(shared, ctx.Done(), func() { <-e.waiters })
	if errors.Is(err, errGivenUp) {
		return nil, err
	}
	return lock, nil
}

// errGivenUp says that nobody wants the lock any more.
var errGivenUp = errors.New("given up")

// await waits for the lock until it is there or over is closed: then what is left behind lets it go when it comes.
// A thread that waits in flock cannot be called back. ended is called when it no longer waits.
func (e *Engine) await(how int, over <-chan struct{}, ended func()) (lock *sidecar, err error) {
	type answer struct {
		lock *sidecar
		err  error
	}
	got := make(chan answer)
	go func() {
		defer ended()
		lock, err := e.lock(how, true)
		select {
		case got <- answer{lock, err}:
		case <-over:
			if lock != nil {
				lock.release()
			}
		}
	}()
	select {
	case a := <-got:
		return a.lock, a.err
	case <-over:
		return nil, errGivenUp
	}
}

// Close stops watching, lets what is queued or under way finish, and closes the channel of Changed.
// When that takes longer than Options.Wait, Close gives up waiting and returns an error that wraps
// store.ErrBusy. What has waited for a lock in vain, and was told so, is not waited for again: such
// goroutines end when they get the lock, or with the process.
func (e *Engine) Close() error {
	e.mu.Lock()
	again := e.closed
	if !again {
		e.closed = true
		close(e.closing)
		if e.inside == 0 {
			close(e.idle)
		}
	}
	e.mu.Unlock()
	if again {
		return nil
	}
	e.here.close(e)
	<-e.watched
	ctx, cancel := context.WithTimeout(context.Background(), e.wait)
	defer cancel()
	stuck := false
	select {
	case <-e.idle:
	case <-ctx.Done():
		stuck = true
	}
	close(e.given)
	select {
	case <-e.written:
	case <-ctx.Done():
		stuck = true
	}
	e.mu.Lock()
	close(e.changed)
	e.silent = true
	e.mu.Unlock()
	if stuck {
		return e.busy("close", context.Background())
	}
	return nil
}
