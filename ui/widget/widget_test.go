package widget_test

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
	"pgregory.net/rapid"

	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

func plain() *theme.Theme { return theme.New(theme.Options{Profile: termenv.Ascii, UTF8: true}) }

// TestLineKeepsItsWidth: whatever is put on a line, done it takes exactly the cells it was begun with.
func TestLineKeepsItsWidth(t *testing.T) {
	themes := []*theme.Theme{plain(), theme.New(theme.Options{Profile: termenv.ANSI256, UTF8: true}), theme.New(theme.Options{ASCII: true})}
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(0, 90).Draw(t, "width")
		var l widget.Line
		l.Begin(themes[rapid.IntRange(0, 2).Draw(t, "theme")], width)
		for range rapid.IntRange(0, 8).Draw(t, "steps") {
			words := safe.Of(rapid.String().Draw(t, "words"))
			n := rapid.IntRange(-5, 100).Draw(t, "n")
			switch rapid.IntRange(0, 5).Draw(t, "step") {
			case 0:
				l.Put(theme.Strong, words)
			case 1:
				l.To(n)
			case 2:
				l.Skip(n)
			case 3:
				l.ToFill(theme.Selected, n)
			case 4:
				l.Right(theme.Dim, words)
			case 5:
				f := widget.NewField(plain(), words.String(), 50)
				f.Draw(&l, n, n%2 == 0, safe.Of("hint"))
			}
			if l.Used()+l.Left() != width {
				t.Fatalf("%d used, %d left of %d", l.Used(), l.Left(), width)
			}
		}
		if got := ansi.StringWidth(l.Done()); got != width {
			t.Fatalf("%d cells of %d", got, width)
		}
	})
}

func TestBoxAndOver(t *testing.T) {
	box := widget.Box(plain(), safe.Of("Title"), []string{"one  ", "three"}, 5)
	want := []string{"┌─ T… ──┐", "│ one   │", "│ three │", "└───────┘"}
	for i := range want {
		if i > 0 && box[i] != want[i] {
			t.Errorf("line %d is %q, want %q", i, box[i], want[i])
		}
		if ansi.StringWidth(box[i]) != 9 {
			t.Errorf("line %d takes %d cells", i, ansi.StringWidth(box[i]))
		}
	}
	screen := widget.Over([]string{"aaaaaaaaaaaaa", "b", "漢漢漢漢漢漢漢", "d", "e"}, box, 3, 1)
	for i, want := range []string{"aaaaaaaaaaaaa", "b  " + box[0], "漢 │ one   │", "d  " + box[2], "e  " + box[3]} {
		if !strings.HasPrefix(screen[i], want) {
			t.Errorf("line %d is %q, want %q first", i, screen[i], want)
		}
	}
	if len(widget.Over([]string{"a"}, box, 0, 0)) != 1 {
		t.Error("a box made the screen longer")
	}
}

func TestWindowFollowsTheCursor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var w widget.Window
		for range rapid.IntRange(1, 20).Draw(t, "moves") {
			n, size := rapid.IntRange(0, 40).Draw(t, "n"), rapid.IntRange(1, 15).Draw(t, "size")
			w.Move(rapid.IntRange(-50, 90).Draw(t, "to"), n)
			w.Show(n, size)
			if n > 0 && (w.Cursor < w.Top || w.Cursor >= w.Top+size || w.Cursor >= n) {
				t.Fatalf("cursor %d of %d is not among %d from %d", w.Cursor, n, size, w.Top)
			}
			if w.Top > 0 && w.Top+size > n {
				t.Fatalf("rows past the end: %d from %d of %d", size, w.Top, n)
			}
		}
	})
}

func TestFieldEdits(t *testing.T) {
	f := widget.NewField(plain(), "", 10)
	for _, r := range "räkna" {
		f.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
	}
	f.Update(tea.KeyMsg{Type: tea.KeyBackspace})
	f.Update(tea.KeyMsg{Type: tea.KeyHome})
	f.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("S"), Paste: true})
	if f.Value() != "Sräkn" {
		t.Fatalf("%q", f.Value())
	}
	f.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(strings.Repeat("x", 100_000)), Paste: true})
	if n := len([]rune(f.Value())); n != 11 {
		t.Fatalf("a field of 10 takes %d runes; one over, so that the refusal can be seen", n)
	}
}

// TestOverWideLetters: a letter of two cells under either edge of a box gives way, and the line keeps its width.
func TestOverWideLetters(t *testing.T) {
	for x, want := range []string{"[] 字b", "a[]字b", "a [] b", "a漢[]b"} {
		if got := widget.Over([]string{"a漢字b"}, []string{"[]"}, x, 0)[0]; got != want {
			t.Errorf("at %d: %q, want %q", x, got, want)
		}
	}
}
