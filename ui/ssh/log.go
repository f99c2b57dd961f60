package ssh

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"time"

	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/safe"
)

// maxLogged is how many cells of a client's own words are logged.
const maxLogged = 120

// NewLog returns the log of a server in one of config.LogFormats. Every text in it is made safe: a client chooses what it
// calls itself, and a log is read on terminals.
func NewLog(w io.Writer, format string) *slog.Logger {
	opts := &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		switch a.Value.Kind() {
		case slog.KindString:
			a.Value = slog.StringValue(safe.Of(a.Value.String()).Cut(maxLogged).String())
		case slog.KindAny:
			if err, ok := a.Value.Any().(error); ok {
				a.Value = slog.StringValue(safe.Line(err.Error()))
			}
		}
		return a
	}}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(w, opts))
	}
	return slog.New(slog.NewTextHandler(w, opts))
}

// StoreFaults returns what logs an error of the store that a board has met: its person reads a sentence, and whoever keeps
// the server would not know. Other errors are the person's alone. A board may say one again and again; it is logged once a
// second. What is damaged is not named: it may be part of what somebody wrote.
func StoreFaults(log *slog.Logger) func(err error) {
	var f floods
	return func(err error) {
		level, kind, attrs := slog.LevelWarn, "", []any{"err", err}
		switch {
		case errors.Is(err, store.ErrDamaged):
			level, kind, attrs = slog.LevelError, "damaged", nil
		case errors.Is(err, store.ErrUnknown):
			level, kind = slog.LevelError, "unknown"
		case errors.Is(err, store.ErrBusy):
			kind = "busy"
		case errors.Is(err, store.ErrAway):
			kind = "away"
		default:
			return
		}
		missed, ok := f.allow(kind, time.Now())
		if !ok {
			return
		}
		if missed > 0 {
			attrs = append(attrs, "more", missed)
		}
		log.Log(context.Background(), level, "store", append(attrs, "why", kind)...)
	}
}

// floods lets one event of each kind through each second, and counts the others: what strangers can cause at will must
// not fill a disk. Kinds are words of this package.
type floods struct {
	mu    sync.Mutex
	kinds map[string]flood
}

type flood struct {
	last   time.Time
	missed int
}

// allow reports whether an event is logged now, and how many of its kind were not since the last.
func (f *floods) allow(kind string, now time.Time) (missed int, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	k, known := f.kinds[kind]
	if ok = !known || now.Sub(k.last) >= time.Second; ok {
		missed, k = k.missed, flood{last: now}
	} else {
		k.missed++
	}
	if f.kinds == nil {
		f.kinds = map[string]flood{}
	}
	f.kinds[kind] = k
	return missed, ok
}
