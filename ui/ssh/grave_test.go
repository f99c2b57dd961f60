package ssh

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"

	"board.internal/samverkan/store"
)

// TestStoreFaultsAreLogged: what a board could not store is in the log, once of what it says many times, and nothing of
// what people wrote; what a person does wrong is not.
func TestStoreFaultsAreLogged(t *testing.T) {
	for want, err := range map[string]error{
		"level=WARN msg=store err=\"store away: no space left on device\" why=away": fmt.Errorf("%w: %w", store.ErrAway, syscall.ENOSPC),
		"level=WARN msg=store err=\"store busy\" why=busy":                          store.ErrBusy,
		"level=ERROR msg=store err=\"outcome unknown\" why=unknown":                 store.ErrUnknown,
		"level=ERROR msg=store why=damaged":                                         fmt.Errorf("%w: partner LÄRKA", store.ErrDamaged),
		"":                                                                          errors.New("there is no effort LÄRKA"),
	} {
		var b bytes.Buffer
		met := StoreFaults(NewLog(&b, "text"))
		for range 3 {
			met(err)
		}
		_, logged, _ := strings.Cut(b.String(), " ")
		if first, _, _ := strings.Cut(logged, "\n"); first != want || strings.Contains(logged, "LÄRKA") {
			t.Errorf("%v: the log has %q, want %q", err, logged, want)
		}
	}
}

// TestEndsAreGraveByTheirExitCode: a store that is away is a warning, a damaged one and what should not happen an error,
// and what a caller does wrong neither.
func TestEndsAreGraveByTheirExitCode(t *testing.T) {
	codes := map[string]int{"list": 0, "undo": exitForbidden, "add": exitAway, "verify": exitDamaged, "show": exitUnexpected}
	h := serve(t, "", func(h *host) {
		h.command = func(_ context.Context, _ Caller, l Line) int { return codes[l.Args[0]] }
	})
	for command, level := range map[string]string{"list": "INFO", "undo": "INFO", "add": "WARN", "verify": "ERROR", "show": "ERROR"} {
		h.run("nuc", command, "")
		h.logs(`"level":"`+level+`"`, `"ended"`, `"what":"`+command+`"`)
	}
}
