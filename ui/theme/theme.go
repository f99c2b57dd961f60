// Package theme decides what the board looks like on one terminal: the styles of one session, made from the session's
// own renderer, and the glyphs. It is the only place that makes lipgloss styles; over SSH every session has another
// terminal, and lipgloss's global renderer is the server's.
//
// Meaning is never carried by colour alone: where a role means something, a glyph, a letter's case or a word says the
// same, so that a terminal without colours loses nothing.
package theme

import (
	"io"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	_ "board.internal/samverkan/ui/quiet" // before Bubble Tea asks the terminal
	"board.internal/samverkan/ui/safe"
)

// Options says what a terminal can show.
type Options struct {
	Profile termenv.Profile // colours; termenv.Ascii also means no bold and no reverse
	NoColor bool            // bold, underline and reverse only
	Dark    bool            // the background is dark
	ASCII   bool            // glyphs in ASCII
	UTF8    bool            // letters outside ASCII are understood; without it ASCII is implied
}

// Theme is how one session's terminal is painted. It does not change and may be used by many goroutines.
type Theme struct {
	Glyph Glyphs

	opts   Options
	styles [roles]lipgloss.Style
	open   [roles]string
	close  [roles]string
	blank  [roles]bool
}

// New makes the theme for a terminal that can show what opts says.
func New(opts Options) *Theme {
	opts.ASCII = opts.ASCII || !opts.UTF8
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(opts.Profile) // a profile given to NewRenderer alone is ignored
	r.SetHasDarkBackground(opts.Dark)

	t := &Theme{Glyph: glyphs(opts.ASCII), opts: opts}
	for role := range roles {
		t.styles[role] = palette[role].style(r, opts)
		t.open[role], t.close[role], _ = strings.Cut(t.styles[role].Render("x"), "x")
		t.blank[role] = !t.styles[role].GetReverse() && !t.styles[role].GetUnderline()
	}
	return t
}

// Options are the options the theme was made with.
func (t *Theme) Options() Options { return t.opts }

// Open and Close stand around what is painted in a role; they take no cells.
func (t *Theme) Open(role Role) string { return t.open[role] }

// Close ends what Open began.
func (t *Theme) Close(role Role) string { return t.close[role] }

// BlankIsBlank reports whether a space looks the same inside and outside of a role.
func (t *Theme) BlankIsBlank(role Role) bool { return t.blank[role] }

// Letters is text in the letters this terminal can show.
func (t *Theme) Letters(text safe.Text) safe.Text {
	if t.opts.ASCII {
		return text.ASCII(t.opts.UTF8)
	}
	return text
}

// Paint is text as role looks on this terminal. What is painted takes text's cells and cannot be painted again.
func (t *Theme) Paint(role Role, text safe.Text) string {
	if text.Width() == 0 {
		return ""
	}
	return t.open[role] + t.Letters(text).String() + t.close[role]
}

// Write writes what Paint gives to b.
func (t *Theme) Write(b *strings.Builder, role Role, text safe.Text) {
	if text.Width() == 0 {
		return
	}
	b.WriteString(t.open[role])
	b.WriteString(t.Letters(text).String())
	b.WriteString(t.close[role])
}
