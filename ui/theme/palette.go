package theme

import (
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// Role is what a piece of text is to the reader; the theme decides how that looks.
type Role int

// The roles.
const (
	Text          Role = iota // what is read
	Dim                       // what stands back: labels, ages, what is declined or released
	Strong                    // what stands out among text: a codename
	Title                     // the screen's name
	Heading                   // a column's or section's name
	Accent                    // what belongs to the reader: own agency, own region
	Good                      // accepted, live, within capacity
	Warn                      // asked, soon late, nearly full
	Alarm                     // waits for someone, late, over capacity
	Fresh                     // come since last time
	Selected                  // the row or cell under the cursor
	Marked                    // a row marked for the next action
	Match                     // the letters that were found
	SelectedMatch             // those in the row under the cursor
	Key                       // a key in a hint
	Label                     // what the key does
	Tab                       // a tab that is not shown
	TabActive                 // the tab that is
	Border                    // lines and boxes
	Badge                     // a count that asks for attention
	Input                     // typed text
	Prompt                    // what stands before typed text
	Placeholder               // what stands where nothing is typed yet
	Message                   // what was just done
	Error                     // what went wrong

	roles
)

// look is how a role is shown. Colours are numbers of the terminal's palette: one of the first 16 where it has no
// more, and above 15 one whose value is fixed, which costs fewer bytes than a true colour and looks the same.
// No number is the terminal's own text colour.
type look struct {
	dark, light     string
	dark16, light16 string

	bold, reverse, underline bool
}

var palette = [roles]look{
	Text:          {},
	Dim:           {dark: "245", light: "241", dark16: "7"},
	Strong:        {bold: true},
	Title:         {bold: true},
	Heading:       {dark: "110", light: "25", dark16: "6", light16: "4", bold: true},
	Accent:        {dark: "110", light: "25", dark16: "6", light16: "4"},
	Good:          {dark: "114", light: "22", dark16: "2"},
	Warn:          {dark: "179", light: "94", dark16: "11", light16: "1"},
	Alarm:         {dark: "210", light: "124", dark16: "9", light16: "1", bold: true},
	Fresh:         {dark: "141", light: "91", dark16: "14", light16: "5"},
	Selected:      {reverse: true},
	Marked:        {dark: "179", light: "94", dark16: "11", light16: "1", bold: true},
	Match:         {underline: true},
	SelectedMatch: {reverse: true, underline: true},
	Key:           {dark: "110", light: "25", dark16: "6", light16: "4", bold: true},
	Label:         {dark: "245", light: "241", dark16: "7"},
	Tab:           {dark: "245", light: "241", dark16: "7"},
	TabActive:     {bold: true, reverse: true},
	Border:        {dark: "245", light: "241", dark16: "7"},
	Badge:         {dark: "179", light: "94", dark16: "11", light16: "1", reverse: true},
	Input:         {},
	Prompt:        {dark: "110", light: "25", dark16: "6", light16: "4", bold: true},
	Placeholder:   {dark: "245", light: "241", dark16: "7"},
	Message:       {dark: "114", light: "22", dark16: "2"},
	Error:         {dark: "210", light: "124", dark16: "9", light16: "1", bold: true},
}

// color is the number of the look's colour on a terminal with opts.
func (l look) color(opts Options) string {
	few := opts.Profile == termenv.ANSI
	switch {
	case opts.NoColor:
		return ""
	case opts.Dark && few:
		return l.dark16
	case opts.Dark:
		return l.dark
	case few:
		return l.light16
	}
	return l.light
}

func (l look) style(r *lipgloss.Renderer, opts Options) lipgloss.Style {
	s := r.NewStyle()
	// An attribute is set only where it is wanted: a style with any set is drawn letter by letter.
	if l.bold {
		s = s.Bold(true)
	}
	if l.reverse {
		s = s.Reverse(true)
	}
	if l.underline {
		s = s.Underline(true)
	}
	if c := l.color(opts); c != "" {
		s = s.Foreground(lipgloss.Color(c))
	}
	return s
}
