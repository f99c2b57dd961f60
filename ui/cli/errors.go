package cli

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/config"
	"board.internal/samverkan/ui/exchange"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
)

// wrong is wrong usage: a key of text.CLI.Wrong with what its sentence names. What was asked for does not exist
// where code is ExitNotFound, may not be done where it is ExitForbidden.
type wrong struct {
	key   string
	pairs []string
	code  int
}

func (e *wrong) Error() string { return e.key + " " + strings.Join(e.pairs, " ") }

// told is an error of whoever serves that says itself, and which exit code it has.
type told interface {
	error
	Sentence(t *text.Texts) string
	Code() int
}

func usage(key string, pairs ...string) error { return &wrong{key, pairs, ExitInvalid} }

// fail says an error in one line and returns its exit code.
func (p *program) fail(err error) int {
	var settings *config.Problems
	if errors.As(err, &settings) { // all of it at once, each on a line of its own
		for _, sentence := range settings.Sentences(p.texts) {
			p.note("samverkan: " + sentence)
		}
		return ExitInvalid
	}
	if errors.Is(err, ErrEnded) {
		return ExitUnexpected
	}
	var refused problems
	if errors.As(err, &refused) {
		for _, line := range refused.lines {
			p.note(line)
		}
	}
	sentence, code := p.explain(err)
	p.note("samverkan: " + sentence)
	return code
}

// explain returns the sentence and the exit code of any error.
func (p *program) explain(err error) (string, int) {
	t := p.texts
	var bad *wrong
	var out *outputError
	var refused problems
	var list *exchange.Fault
	var self told
	switch {
	case errors.As(err, &self):
		return self.Sentence(t), self.Code()
	case errors.As(err, &bad):
		return text.Fill(t.CLI.Wrong[bad.key], append(bad.pairs, "near", "")...), bad.code
	case errors.As(err, &refused):
		return p.count("problems", len(refused.list), "file", refused.file), refused.code()
	case p.actor.Guest && model.Is(err, model.NotRole):
		return text.Fill(t.CLI.Wrong["guest"], "officer", string(p.actor.Officer)), ExitForbidden
	case model.FaultOf(err) != 0:
		return t.Error(err), faultCode(model.FaultOf(err))
	case errors.As(err, &out):
		return text.Fill(t.CLI.Wrong["output"], "cause", cause(out.error)), ExitUnexpected
	case errors.As(err, &list):
		return exchange.Sentence(t, err), ExitInvalid
	}
	if sentence, code := p.explainStore(err); sentence != "" {
		return sentence, code
	}
	if errors.Is(err, context.Canceled) {
		return t.CLI.Wrong["interrupted"], ExitUnexpected
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	return text.Fill(t.CLI.Wrong["unexpected"], "cause", first), ExitUnexpected
}

func faultCode(f model.Fault) int {
	switch f {
	case model.Invalid:
		return ExitInvalid
	case model.NotFound:
		return ExitNotFound
	case model.Refused, model.Conflict:
		return ExitRefused
	case model.Forbidden:
		return ExitForbidden
	}
	return ExitUnexpected
}

// explainStore returns the sentence for a store that could not be used, "" when err is something else.
func (p *program) explainStore(err error) (string, int) {
	key, code, pairs := "", ExitAway, []string{"path", p.path}
	switch {
	case errors.Is(err, store.ErrDamaged):
		key, code = "damaged", ExitDamaged
	case errors.Is(err, store.ErrNewer):
		key = "newer"
	case errors.Is(err, store.ErrOlder):
		key = "older"
	case errors.Is(err, store.ErrNetwork):
		key = "network"
	case errors.Is(err, store.ErrBusy):
		key = "busy"
		if h, ok := p.holder(err); ok {
			key = "busy_pid"
			pairs = append(pairs, "pid", strconv.Itoa(h.PID))
			if h.User != "" {
				key = "busy_by"
				pairs = append(pairs, "user", h.User, "command", h.Command, "since", h.Since.In(p.zone()).Format(time.TimeOnly))
			}
		}
	case errors.Is(err, store.ErrUnknown):
		key = "unknown"
	case !errors.Is(err, store.ErrAway):
		return "", 0
	case errors.Is(err, fs.ErrPermission):
		key = "denied"
	case isFull(err):
		key = "full"
	case isAny(err, syscall.EROFS):
		key = "rofs"
	default:
		key = "away"
	}
	return text.Fill(p.texts.CLI.Store[key], append(pairs, "cause", cause(err))...), code
}

func (p *program) holder(err error) (Holder, bool) {
	if p.Holder == nil {
		return Holder{}, false
	}
	h, ok := p.Holder(err)
	return h, ok && h.PID != 0
}

func isFull(err error) bool { return isAny(err, syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG) }

// isAny reports whether err is one of the system's; some layers keep only the system's words.
func isAny(err error, errnos ...syscall.Errno) bool {
	for _, no := range errnos {
		if errors.Is(err, no) || strings.Contains(err.Error(), no.Error()) {
			return true
		}
	}
	return false
}

// cause is the innermost words of an error, for the end of a sentence.
func cause(err error) string {
	s, _, _ := strings.Cut(err.Error(), "\n")
	var path *fs.PathError
	if errors.As(err, &path) {
		s = path.Err.Error()
	}
	for _, kind := range []error{store.ErrCopy, store.ErrDamaged, store.ErrAway} {
		if _, after, ok := strings.Cut(s, kind.Error()+": "); ok { // the sentence names file and kind itself
			s = after
		}
	}
	return safe.Of(s).Cut(200).String()
}

// fileError is the sentence for a file that the user named.
func fileError(file string, err error) error {
	name := filepath.Base(file)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return &wrong{"file_missing", []string{"file", file}, ExitNotFound}
	case errors.Is(err, fs.ErrExist):
		return &wrong{"file_exists", []string{"file", file}, ExitRefused}
	case errors.Is(err, fs.ErrPermission):
		return &wrong{"file_denied", []string{"file", file}, ExitForbidden}
	case isFull(err):
		return &wrong{"file_full", []string{"file", file}, ExitAway}
	}
	return &wrong{"file", []string{"file", name, "cause", cause(err)}, ExitInvalid}
}

func (p *program) zone() *time.Location {
	if p.cat != nil && p.cat.Zone != nil {
		return p.cat.Zone
	}
	return time.Local
}
