package terminal

import (
	"strings"

	"github.com/muesli/termenv"

	"board.internal/samverkan/ui/theme"
)

// Look tells what a terminal can show from the environment of its session, as "NAME=value", without asking it. A
// background nobody tells of is taken for dark. Where tty is false nothing but text is shown. The caller sets NoColor
// and ASCII when the user asks for them.
func Look(environ []string, tty bool) theme.Options {
	env := lookup(environ)
	term := env("TERM")
	opts := theme.Options{
		Profile: profile(term, env("COLORTERM")),
		NoColor: env("NO_COLOR") != "" || strings.HasPrefix(term, "vt"),
		Dark:    dark(env("COLORFGBG")),
		UTF8:    UTF8(environ),
	}
	if !tty {
		opts.Profile = termenv.Ascii
	}
	// the Linux console has Latin letters and lines, but few of the signs
	opts.ASCII = !opts.UTF8 || tty && (term == "linux" || isDumb(term))
	return opts
}

// UTF8 reports whether the locale in environ is a UTF-8 one: LC_ALL, or else LC_CTYPE, or else LANG. Where none is
// set, as in many containers and SSH sessions, nobody has said otherwise and it is.
func UTF8(environ []string) bool {
	env := lookup(environ)
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := strings.ToLower(env(name)); locale != "" {
			return strings.Contains(locale, "utf-8") || strings.Contains(locale, "utf8")
		}
	}
	return true
}

func profile(term, colorterm string) termenv.Profile {
	has := func(parts ...string) bool {
		for _, part := range parts {
			if strings.Contains(term, part) {
				return true
			}
		}
		return false
	}
	switch {
	case isDumb(term):
		return termenv.Ascii
	case term == "linux" || strings.HasPrefix(term, "vt"):
		return termenv.ANSI
	case strings.EqualFold(colorterm, "truecolor") || strings.EqualFold(colorterm, "24bit") ||
		has("-direct", "kitty", "alacritty", "wezterm", "ghostty", "foot", "contour"):
		return termenv.TrueColor
	case has("256color") || colorterm != "":
		return termenv.ANSI256
	}
	return termenv.ANSI
}

func isDumb(term string) bool { return term == "" || term == "dumb" }

// dark reads COLORFGBG, "foreground;background" in the numbers of the 16 colours, of which 7 and 15 are white.
func dark(colorfgbg string) bool {
	background := colorfgbg[strings.LastIndexByte(colorfgbg, ';')+1:]
	return background != "7" && background != "15"
}

// lookup finds a variable's value, the last one when it is there more than once.
func lookup(environ []string) func(name string) string {
	return func(name string) string {
		for i := len(environ) - 1; i >= 0; i-- {
			if key, value, ok := strings.Cut(environ[i], "="); ok && key == name {
				return value
			}
		}
		return ""
	}
}
