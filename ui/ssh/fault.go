package ssh

import (
	"board.internal/samverkan/ui/text"
)

// The exit codes of a session, those of the command line.
const (
	exitUnexpected = 1
	exitInvalid    = 2
	exitRefused    = 4
	exitForbidden  = 5
	exitAway       = 6
	exitDamaged    = 7
)

// Fault is what keeps a server from working, or why a session ended: it says itself in either language.
type Fault struct {
	// name is what a log calls it.
	name  string
	text  func(*text.SSH) string
	pairs []string
	code  int
	err   error
}

// Error is for a log; people get Sentence.
func (f *Fault) Error() string { return f.Sentence(text.In("en")) }

func (f *Fault) Unwrap() error { return f.err }

// Sentence says what is wrong and what to do, in a language.
func (f *Fault) Sentence(t *text.Texts) string { return text.Fill(f.text(&t.SSH), f.pairs...) }

// Code is the exit code.
func (f *Fault) Code() int { return f.code }

func fault(name string, code int, err error, say func(*text.SSH) string, pairs ...string) *Fault {
	return &Fault{name: name, text: say, pairs: pairs, code: code, err: err}
}
