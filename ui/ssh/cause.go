package ssh

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"board.internal/samverkan/ui/text"
)

// The causes of a session's context that its person is told in a sentence. With any other there is nobody to be told.
var (
	ErrRemoved = errors.New("the configuration no longer lists the officer")
	ErrChanged = errors.New("the officer's rights have changed")
	ErrClosing = errors.New("the server ends")
	ErrIdle    = errors.New("no key for too long")
	ErrTooLong = errors.New("the session has lasted as long as one may")
)

var (
	// errGone is the cause of a session's end when the client has gone, errDone when it was left as people leave.
	errGone = fmt.Errorf("the client has gone: %w", context.Canceled)
	errDone = fmt.Errorf("done: %w", context.Canceled)
)

// ending is what a cause of a session's end is called in a log, its exit code, and its sentence for the person. A session
// that ended by itself has none.
func (x *session) ending(cause error) (name string, code int, sentence string) {
	t := &x.texts().SSH
	switch {
	case errors.Is(cause, ErrRemoved):
		return "removed", exitForbidden, t.Removed
	case errors.Is(cause, ErrChanged):
		return "changed", exitForbidden, t.Changed
	case errors.Is(cause, ErrClosing):
		return "stopping", exitUnexpected, t.Stopping
	case errors.Is(cause, ErrIdle):
		return "idle", exitUnexpected, text.Fill(t.Idle, "minutes", strconv.Itoa(x.limits.IdleMinutes))
	case errors.Is(cause, ErrTooLong):
		return "hours", exitUnexpected, text.Fill(t.Hours, "hours", strconv.Itoa(x.limits.SessionHours))
	case errors.Is(cause, errGone):
		return "gone", exitUnexpected, ""
	}
	return "", 0, ""
}
