package terminal

import (
	"testing"

	"github.com/muesli/termenv"

	"board.internal/samverkan/ui/theme"
)

func TestLook(t *testing.T) {
	const utf8 = "LANG=sv_SE.UTF-8"
	tests := []struct {
		name string
		env  []string
		pipe bool
		want theme.Options
	}{
		{"xterm", []string{"TERM=xterm-256color", utf8}, false, theme.Options{Profile: termenv.ANSI256, Dark: true, UTF8: true}},
		{"true colour", []string{"TERM=xterm-256color", "COLORTERM=truecolor", utf8}, false, theme.Options{Profile: termenv.TrueColor, Dark: true, UTF8: true}},
		{"known for true colour", []string{"TERM=xterm-kitty", utf8}, false, theme.Options{Profile: termenv.TrueColor, Dark: true, UTF8: true}},
		{"screen", []string{"TERM=screen", utf8}, false, theme.Options{Profile: termenv.ANSI, Dark: true, UTF8: true}},
		{"Linux console", []string{"TERM=linux", "COLORTERM=truecolor", utf8}, false, theme.Options{Profile: termenv.ANSI, Dark: true, ASCII: true, UTF8: true}},
		{"vt220", []string{"TERM=vt220", utf8}, false, theme.Options{Profile: termenv.ANSI, NoColor: true, Dark: true, UTF8: true}},
		{"dumb", []string{"TERM=dumb", utf8}, false, theme.Options{Profile: termenv.Ascii, Dark: true, ASCII: true, UTF8: true}},
		{"no TERM", []string{utf8}, false, theme.Options{Profile: termenv.Ascii, Dark: true, ASCII: true, UTF8: true}},
		{"NO_COLOR", []string{"TERM=xterm-256color", "NO_COLOR=1", utf8}, false, theme.Options{Profile: termenv.ANSI256, NoColor: true, Dark: true, UTF8: true}},
		{"empty NO_COLOR", []string{"TERM=xterm", "NO_COLOR=", utf8}, false, theme.Options{Profile: termenv.ANSI, Dark: true, UTF8: true}},
		{"light", []string{"TERM=xterm", "COLORFGBG=0;default;15", utf8}, false, theme.Options{Profile: termenv.ANSI, UTF8: true}},
		{"not UTF-8", []string{"TERM=xterm", "LANG=C"}, false, theme.Options{Profile: termenv.ANSI, Dark: true, ASCII: true}},
		{"a pipe", []string{"TERM=xterm-256color", utf8}, true, theme.Options{Profile: termenv.Ascii, Dark: true, UTF8: true}},
		{"a pipe without TERM", []string{utf8}, true, theme.Options{Profile: termenv.Ascii, Dark: true, UTF8: true}},
	}
	for _, tt := range tests {
		if got := Look(tt.env, !tt.pipe); got != tt.want {
			t.Errorf("%s: Look(%q) = %+v, want %+v", tt.name, tt.env, got, tt.want)
		}
	}
}

func TestUTF8(t *testing.T) {
	tests := []struct {
		env  []string
		want bool
	}{
		{nil, true},
		{[]string{"LANG=sv_SE.utf8"}, true},
		{[]string{"LANG=C"}, false},
		{[]string{"LANG=sv_SE.ISO-8859-1"}, false},
		{[]string{"LANG=sv_SE.UTF-8", "LC_ALL=POSIX"}, false},
		{[]string{"LANG=C", "LC_CTYPE=C.UTF-8"}, true},
		{[]string{"LC_CTYPE=sv_SE.UTF-8", "LC_ALL=", "LANG=C"}, true},
		{[]string{"LANG=C", "LANG=en_GB.UTF-8"}, true},
	}
	for _, tt := range tests {
		if got := UTF8(tt.env); got != tt.want {
			t.Errorf("UTF8(%q) = %v", tt.env, got)
		}
	}
}

func TestTitleAndBell(t *testing.T) {
	for term, want := range map[string][2]bool{
		"xterm-256color": {true, true}, "screen": {true, true}, "tmux-256color": {true, true}, "putty": {true, true},
		"linux": {false, true}, "vt100": {false, true}, "dumb": {false, false}, "": {false, false},
	} {
		if title, bell := Signals([]string{"TERM=" + term}); [2]bool{title, bell} != want {
			t.Errorf("%q: %v, %v", term, title, bell)
		}
	}
}
