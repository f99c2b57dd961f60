package board_test

import (
	"testing"

	"github.com/muesli/termenv"

	"board.internal/samverkan/ui/board"
	"board.internal/samverkan/ui/config"
	"board.internal/samverkan/ui/theme"
)

// TestLook: the configuration takes away from what a terminal can show, says what the background is, and adds nothing.
func TestLook(t *testing.T) {
	full := theme.Options{Profile: termenv.ANSI256, Dark: true, UTF8: true}
	plain := theme.Options{Profile: termenv.Ascii, Dark: true, ASCII: true}
	for _, tt := range []struct {
		name    string
		environ []string
		change  func(*config.Config)
		want    func(o *theme.Options)
	}{
		{"as it comes", nil, func(*config.Config) {}, func(*theme.Options) {}},
		{"dark", nil, func(c *config.Config) { c.Theme = "dark" }, func(*theme.Options) {}},
		{"dark on a light one", []string{"TERM=xterm-256color", "LANG=sv_SE.UTF-8", "COLORFGBG=0;15"}, func(c *config.Config) { c.Theme = "dark" }, func(*theme.Options) {}},
		{"light", nil, func(c *config.Config) { c.Theme = "light" }, func(o *theme.Options) { o.Dark = false }},
		{"mono", nil, func(c *config.Config) { c.Theme = "mono" }, func(o *theme.Options) { o.NoColor = true }},
		{"ascii", nil, func(c *config.Config) { c.ASCII = true }, func(o *theme.Options) { o.ASCII = true }},
		{"a plain terminal", []string{"TERM=dumb", "LANG=C"}, func(*config.Config) {}, func(o *theme.Options) { *o = plain }},
	} {
		environ, want, c := tt.environ, full, config.Default()
		if environ == nil {
			environ = []string{"TERM=xterm-256color", "LANG=sv_SE.UTF-8"}
		}
		tt.change(c)
		tt.want(&want)
		if got := board.Look(environ, c); got != want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, want)
		}
	}
}
