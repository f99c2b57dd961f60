package bolt

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"syscall"

	bberrors "go.etcd.io/bbolt/errors"

	"board.internal/samverkan/store"
)

var (
	errClosed   = fmt.Errorf("%w: the engine is closed", store.ErrAway)
	errOnlyRead = fmt.Errorf("%w: the engine only reads", store.ErrAway)
)

// Panic is the error for a caller whose own function panicked. Stack is for a log.
type Panic struct {
	Value any
	Stack []byte
}

func (p *Panic) Error() string { return fmt.Sprintf("panic: %v", p.Value) }

// Busy is the error of a wait in vain. It wraps store.ErrBusy, and the caller's own context error
// if that is what ended the wait. Holder is the zero value when it is not known who holds the store.
type Busy struct {
	Op, Path string
	Holder   Holder
	cause    error
}

func (b *Busy) Error() string {
	s := fmt.Sprintf("%s %s: %v: %v", b.Op, b.Path, store.ErrBusy, b.Holder)
	if b.cause != nil {
		s += ": " + b.cause.Error()
	}
	return s
}

func (b *Busy) Unwrap() []error {
	if b.cause == nil {
		return []error{store.ErrBusy}
	}
	return []error{store.ErrBusy, b.cause}
}

func (e *Engine) busy(op string, caller context.Context) error {
	return &Busy{Op: op, Path: e.path, Holder: e.holder(), cause: caller.Err()}
}

func (e *Engine) fail(op string, err error) error { return fmt.Errorf("%s %s: %w", op, e.path, err) }

// explain gives an error of the file or the disk its kind, and the error of a caller's function back
// as it was.
func (e *Engine) explain(op string, err error) error {
	var mine own
	switch {
	case err == nil:
		return nil
	case errors.As(err, &mine):
		return mine.error
	case errors.Is(err, bberrors.ErrTimeout):
		return e.busy(op, context.Background())
	}
	return e.fail(op, kind(err))
}

func kind(err error) error {
	for _, k := range []error{store.ErrDamaged, store.ErrAway, store.ErrNetwork, store.ErrBusy, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, k) {
			return err
		}
	}
	for _, d := range []error{bberrors.ErrInvalid, bberrors.ErrVersionMismatch, bberrors.ErrChecksum} {
		if errors.Is(err, d) {
			return fmt.Errorf("%w: %w", store.ErrDamaged, err)
		}
	}
	if full(err) {
		return fmt.Errorf("%w: disk full: %w", store.ErrAway, err)
	}
	return fmt.Errorf("%w: %w", store.ErrAway, err)
}

// full says whether the disk, the quota or the limit on file size is what stopped a write. bbolt
// flattens some errors to text, so the text counts too.
func full(err error) bool {
	for _, no := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if errors.Is(err, no) || strings.Contains(err.Error(), no.Error()) {
			return true
		}
	}
	return false
}

// own carries an error of a caller's function, or its panic, unchanged through the driver's layers.
type own struct{ error }

// damage is what driver code panics with when bbolt panicked below it.
type damage struct{ value any }

// guard runs a caller's function. What comes of the function itself is own; a panic of bbolt, or a
// fault in the mapped file (it was cut short while it was read), is store.ErrDamaged.
func guard(fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		switch p := recover().(type) {
		case nil:
		case damage:
			err = broken(p.value)
		case interface{ Addr() uintptr }:
			err = broken(p)
		default:
			err = own{&Panic{Value: p, Stack: debug.Stack()}}
		}
	}()
	if err := fn(); err != nil {
		return own{err}
	}
	return nil
}

// sound runs bbolt's code: any panic there means a damaged file.
func sound(fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = broken(p)
		}
	}()
	return fn()
}

func broken(value any) error { return fmt.Errorf("%w: %v", store.ErrDamaged, value) }

// blame turns a panic of bbolt into damage, to tell it from a panic of the caller's function around it.
func blame() {
	if p := recover(); p != nil {
		panic(damage{p})
	}
}
