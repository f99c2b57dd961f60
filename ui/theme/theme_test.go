package theme

import (
	"fmt"
	"image/color"
	"io"
	"math"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"board.internal/samverkan/ui/safe"
)

var colours = Options{Profile: termenv.TrueColor, Dark: true, UTF8: true}

// luminance is the relative luminance of WCAG 2.1.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestContrast(t *testing.T) {
	backgrounds := map[bool][]string{true: {"#000000", "#1c1c1c"}, false: {"#ffffff"}}
	for dark, grounds := range backgrounds {
		for role := range roles {
			// a reversed role swaps the two colours, which keeps their contrast
			number := palette[role].color(Options{Profile: termenv.ANSI256, Dark: dark})
			if number == "" {
				continue // the terminal's own text colour
			}
			if n, err := strconv.Atoi(number); err != nil || n < 16 || n > 255 {
				t.Errorf("role %d: colour %q has no fixed value", role, number)
				continue
			}
			text := termenv.ConvertToRGB(termenv.ANSI256.Color(number))
			for _, ground := range grounds {
				if c := contrast(text, termenv.ConvertToRGB(termenv.RGBColor(ground))); c < 4.5 {
					t.Errorf("role %d, colour %s on %s: contrast %.2f", role, number, ground, c)
				}
			}
		}
	}
	if c := contrast(color.Black, color.White); math.Abs(c-21) > 0.01 {
		t.Errorf("black on white is %v", c)
	}
}

// sixteen are the first 16 colours as terminals come: the Linux console, xterm, PuTTY and the Windows console.
var sixteen = map[string]string{
	"linux":   "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
	"xterm":   "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
	"putty":   "000000 bb0000 00bb00 bbbb00 0000bb bb00bb 00bbbb bbbbbb 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
	"windows": "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc 767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2",
}

// TestContrastOfSixteen: what the first 16 colours look like is the terminal's affair, but as terminals come every role can
// be read on black, or on white.
func TestContrastOfSixteen(t *testing.T) {
	for name, colours := range sixteen {
		list := strings.Fields(colours)
		for role := range roles {
			for _, dark := range []bool{true, false} {
				ground := map[bool]string{true: list[0], false: "ffffff"}[dark]
				number := palette[role].color(Options{Profile: termenv.ANSI, Dark: dark})
				if number == "" {
					continue // the terminal's own text colour
				}
				n, err := strconv.Atoi(number)
				if err != nil || n > 15 {
					t.Fatalf("role %d: %q", role, number)
				}
				c := contrast(termenv.ConvertToRGB(termenv.RGBColor("#"+list[n])), termenv.ConvertToRGB(termenv.RGBColor("#"+ground)))
				if c < 4.5 {
					t.Errorf("%s, dark %v: role %d, colour %d: contrast %.2f", name, dark, role, n, c)
				}
			}
		}
	}
}

func TestFewColoursAreTheTerminalsOwn(t *testing.T) {
	for role := range roles {
		for _, dark := range []bool{true, false} {
			c := palette[role].color(Options{Profile: termenv.ANSI, Dark: dark})
			if c == "" {
				continue
			}
			if n, err := strconv.Atoi(c); err != nil || n < 0 || n > 15 {
				t.Errorf("role %d: %q is not one of 16", role, c)
			}
		}
	}
}

func TestPaintFollowsTheTerminal(t *testing.T) {
	text := safe.Of("LÄRKA ▮…")
	colour := regexp.MustCompile(`\x1b\[[0-9;]*\b(3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]`)
	tests := []struct {
		name         string
		opts         Options
		want         string // the text beneath the sequences
		colour, bold bool
	}{
		{"true colour", colours, "LÄRKA ▮…", true, true},
		{"256 light", Options{Profile: termenv.ANSI256, UTF8: true}, "LÄRKA ▮…", true, true},
		{"16", Options{Profile: termenv.ANSI, Dark: true, UTF8: true}, "LÄRKA ▮…", true, true},
		{"no colour", Options{Profile: termenv.ANSI256, NoColor: true, UTF8: true}, "LÄRKA ▮…", false, true},
		{"dumb", Options{Profile: termenv.Ascii, UTF8: true}, "LÄRKA ▮…", false, false},
		{"ASCII glyphs", Options{Profile: termenv.ANSI, ASCII: true, UTF8: true}, "LÄRKA ?~", true, true},
		{"not UTF-8", Options{Profile: termenv.ANSI}, "LARKA ?~", true, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			th := New(tt.opts)
			for role := range roles {
				got := th.Paint(role, text)
				if ansi.Strip(got) != tt.want {
					t.Errorf("role %d: %q", role, got)
				}
				if !tt.colour && colour.MatchString(got) {
					t.Errorf("role %d has a colour: %q", role, got)
				}
				if strings.Contains(got, "\x1b") && !strings.HasSuffix(got, "\x1b[0m") {
					t.Errorf("role %d stays open: %q", role, got)
				}
				var b strings.Builder
				if th.Write(&b, role, text); b.String() != got {
					t.Errorf("role %d: Write gives %q, Paint %q", role, b.String(), got)
				}
			}
			alarm := th.Paint(Alarm, text)
			if colour.MatchString(alarm) != tt.colour || strings.Contains(alarm, "\x1b[") != tt.bold {
				t.Errorf("an alarm is %q", alarm)
			}
			if got := th.Paint(Alarm, safe.Text{}); got != "" {
				t.Errorf("nothing is painted as %q", got)
			}
		})
	}
}

func TestGlyphs(t *testing.T) {
	for _, opts := range []Options{colours, {Profile: termenv.ANSI, ASCII: true, UTF8: true}, {}} {
		g := New(opts).Glyph
		v := reflect.ValueOf(g)
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			if name == "Sparks" || name == "Heat" {
				continue
			}
			checkGlyph(t, opts, name, v.Field(i).Interface().(safe.Text))
		}
		for i, spark := range g.Sparks {
			checkGlyph(t, opts, fmt.Sprint("spark ", i), spark)
		}
		for i, level := range g.Heat {
			checkGlyph(t, opts, fmt.Sprint("heat ", i), level)
		}
		// these say different things in the same places
		seen := map[string]bool{}
		for _, glyph := range []safe.Text{g.Cursor, g.Mark, g.Full, g.Half, g.Dotted, g.Hollow, g.National, g.New, g.Waits,
			g.None, g.Local, g.Fail, g.Done, g.Measure, g.Load, g.Unload} {
			if seen[glyph.String()] {
				t.Errorf("%+v: %q means two things", opts, glyph)
			}
			seen[glyph.String()] = true
		}
	}
	g := New(colours).Glyph
	for _, tt := range []struct {
		value, top int
		want       string
	}{{0, 0, "▁"}, {0, 10, "▁"}, {10, 10, "█"}, {5, 10, "▄"}, {99, 10, "█"}, {-1, 10, "▁"}} {
		if got := g.Spark(tt.value, tt.top).String(); got != tt.want {
			t.Errorf("Spark(%d, %d) = %s, want %s", tt.value, tt.top, got, tt.want)
		}
	}
	for _, tt := range []struct {
		value, top int
		want       string
	}{{0, 8, ""}, {1, 8, "░"}, {4, 8, "░"}, {5, 8, "▒"}, {6, 8, "▒"}, {7, 8, "▓"}, {8, 8, "█"}, {9, 8, "█"}, {1, 0, "█"}, {0, 0, ""}} {
		if got := g.Heated(tt.value, tt.top).String(); got != tt.want {
			t.Errorf("Heated(%d, %d) = %s, want %s", tt.value, tt.top, got, tt.want)
		}
	}
}

func checkGlyph(t *testing.T, opts Options, name string, glyph safe.Text) {
	t.Helper()
	if glyph.Width() != 1 {
		t.Errorf("%s %q is %d cells", name, glyph, glyph.Width())
	}
	if (opts.ASCII || !opts.UTF8) && glyph.ASCII(false) != glyph {
		t.Errorf("%s %q is not ASCII", name, glyph)
	}
}

// TestFieldsTakeNothingGlobal draws the fields under two hostile global renderers.
func TestFieldsTakeNothingGlobal(t *testing.T) {
	old := lipgloss.DefaultRenderer()
	t.Cleanup(func() { lipgloss.SetDefaultRenderer(old) })
	draw := func(global termenv.Profile, dark bool, opts Options) string {
		hostile := lipgloss.NewRenderer(io.Discard)
		hostile.SetColorProfile(global)
		hostile.SetHasDarkBackground(dark)
		lipgloss.SetDefaultRenderer(hostile)
		th := New(opts)

		in := th.TextInput()
		in.Placeholder = "codename"
		in.Prompt = "/ "
		in.Width = 20
		views := []string{in.View()}
		in.Focus()
		views = append(views, in.View())
		in, _ = in.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("lärka")})
		views = append(views, in.View())

		for role := range roles {
			views = append(views, th.Paint(role, safe.Of("x")))
		}
		return strings.Join(views, "\n")
	}
	for _, opts := range []Options{colours, {Profile: termenv.ANSI, UTF8: true}, {Profile: termenv.Ascii, UTF8: true}} {
		want := draw(termenv.Ascii, true, opts)
		if got := draw(termenv.TrueColor, false, opts); got != want {
			t.Errorf("%+v: the global renderer leaks:\n%q\n%q", opts, got, want)
		}
		if opts.Profile == termenv.Ascii && strings.Contains(want, "\x1b") {
			t.Errorf("a dumb terminal gets a sequence: %q", want)
		}
		if opts.Profile != termenv.Ascii && !strings.Contains(want, "\x1b[7m") {
			t.Errorf("%+v: no cursor in %q", opts, want)
		}
	}
}

func TestFieldsAreStill(t *testing.T) {
	th := New(colours)
	in := th.TextInput()
	if in.Focus() != nil {
		t.Error("a field's cursor asks to blink")
	}
	if _, cmd := in.Update(tea.KeyMsg{Type: tea.KeyCtrlV}); cmd != nil {
		t.Error("ctrl+v reads a clipboard in a text input")
	}
}

func TestPaintAllocatesOnce(t *testing.T) {
	th, text := New(colours), safe.Of("LÄRKA        active")
	if n := testing.AllocsPerRun(100, func() { th.Paint(Alarm, text) }); n > 1 {
		t.Errorf("Paint allocates %v times", n)
	}
	var b strings.Builder
	b.Grow(1 << 20)
	if n := testing.AllocsPerRun(100, func() { th.Write(&b, Alarm, text) }); n > 0 {
		t.Errorf("Write allocates %v times", n)
	}
}

// BenchmarkPaint shows what a styled cell costs. Budget: one allocation, against lipgloss's 2.5 µs. Last measured: 51 ns.
func BenchmarkPaint(b *testing.B) {
	th, text := New(colours), safe.Of("LÄRKA        active")
	b.ReportAllocs()
	for b.Loop() {
		th.Paint(Alarm, text)
	}
}

func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		New(colours)
	}
}
