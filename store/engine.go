package store

import (
	"context"
	"errors"
)

// Engine is the small transactional key-value seam a driver implements. It holds no rules:
// ordered byte keys, byte values, and four promises.
//
//   - Update runs fn on the newest state and keeps all it wrote, or nothing. fn is pure: it may be
//     run several times, and in one commit with the functions of other callers; if fn returns an
//     error nothing it wrote is kept, its neighbours are untouched, and Update returns that error as it is.
//   - View runs fn on one consistent snapshot.
//   - Changed signals, without saying what, that somebody (this process or another) has committed.
//   - Nobody waits longer than the driver's deadline (two seconds unless told otherwise): then the
//     error is ErrBusy, and says who holds the file where that is known.
type Engine interface {
	// Update commits what fn writes. When the outcome of the commit itself is unknown (the disk
	// answered with an error) the error wraps ErrUnknown, and the caller must look before it retries.
	// A store that does not exist comes into being with the first write that is kept: a function that
	// fails, or writes nothing, makes none.
	Update(ctx context.Context, fn func(Tx) error) error
	// View reads. A store that does not exist yet reads as empty.
	View(ctx context.Context, fn func(Reader) error) error
	// Changed receives after each commit by anybody, at the latest 250 ms later. It holds one
	// signal; more are folded into it. The channel lives until Close.
	Changed() <-chan struct{}
	// Backup writes a consistent, verified copy to a new file while others go on writing.
	Backup(ctx context.Context, file string) error
	// Check verifies the driver's own structure (pages, free list), not its meaning.
	Check(ctx context.Context) error
	// Close stops watching and waits for what is under way.
	Close() error
}

// Reader reads one consistent snapshot. Slices handed out are valid until the function returns.
type Reader interface {
	// Get returns the value at key, nil when there is none.
	Get(key []byte) []byte
	// Range calls fn for every key that starts with prefix and is not before from (nil: the first),
	// in key order, until fn returns false.
	Range(prefix, from []byte, fn func(key, value []byte) bool)
	// RangeBack is Range from the last key backwards; before is exclusive (nil: the last).
	RangeBack(prefix, before []byte, fn func(key, value []byte) bool)
}

// Tx reads and writes inside an Update. It has no range: a distributed driver cannot offer one, so
// indexes and uniqueness are explicit keys. Reads see the transaction's own writes.
type Tx interface {
	Get(key []byte) []byte
	Put(key, value []byte)
	Delete(key []byte)
}

// Errors a driver answers with. The text of each is for a log; the user's sentence is made of the kind.
var (
	// ErrBusy: somebody else held the store for the whole of the deadline.
	ErrBusy = errors.New("store busy")
	// ErrAway: the store cannot be reached or opened (missing folder, no permission, read-only disk, disk full).
	ErrAway = errors.New("store away")
	// ErrDamaged: the file is no whole store.
	ErrDamaged = errors.New("store damaged")
	// ErrForeign: the file was never a store. Such an error wraps ErrDamaged too.
	ErrForeign = errors.New("not a store")
	// ErrUnknown: a commit ended in an error and may still have happened.
	ErrUnknown = errors.New("outcome unknown")
	// ErrCopy: it is the file of a backup, not the store, that could not be made or written.
	ErrCopy = errors.New("copy not written")
	// ErrNetwork: the folder lies on a network file system, where locks and mappings cannot be trusted.
	ErrNetwork = errors.New("network file system")
)
