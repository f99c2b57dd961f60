package widget_test

import (
	"fmt"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"github.com/muesli/termenv"
	"pgregory.net/rapid"

	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// TestColumns: heights in eighths of a line, each with its number over it; a gap with its sign where nothing is known,
// and the number alone where there is nothing. A number that is wider than its column is left out.
func TestColumns(t *testing.T) {
	var columns []widget.Column
	for i, n := range []int64{16, 9, -1, 0, 1, 1200} {
		c := widget.Column{Label: safe.Of(fmt.Sprint("'2", i)), Number: safe.Of(fmt.Sprint(n)), Value: min(n, 16), Known: n >= 0}
		columns = append(columns, c)
	}
	for _, tt := range []struct {
		name string
		look theme.Options
		want []string
	}{
		{"blocks", theme.Options{Profile: termenv.Ascii, UTF8: true}, []string{
			"  16                    ",
			" ███  9              ███",
			" ███ ▆▆▆          1  ███",
			" ███ ███  –   0  ▂▂▂ ███",
			" '20▌'21 '22 '23 '24 '25",
		}},
		{"ASCII", theme.Options{Profile: termenv.Ascii, ASCII: true}, []string{
			"  16                    ",
			" ###  9              ###",
			" ### +++          1  ###",
			" ### ###  -   0  ... ###",
			" '20>'21 '22 '23 '24 '25",
		}},
	} {
		got := widget.Columns(theme.New(tt.look), columns, 1, 24, 5)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("in %s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestColumnsKeepToTheirPlace: whatever is drawn takes exactly the lines and the cells it was given, and of two columns
// the greater is never the lower one.
func TestColumnsKeepToTheirPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width, height := rapid.IntRange(0, 60).Draw(t, "width"), rapid.IntRange(0, 12).Draw(t, "height")
		var columns []widget.Column
		for range rapid.IntRange(0, 12).Draw(t, "columns") {
			columns = append(columns, widget.Column{Label: safe.Of(rapid.String().Draw(t, "label")), Value: rapid.Int64().Draw(t, "value"), Known: true})
		}
		lines := widget.Columns(plain(), columns, rapid.IntRange(-1, 12).Draw(t, "selected"), width, height)
		if len(lines) != 0 && len(lines) != height {
			t.Fatalf("%d lines of %d", len(lines), height)
		}
		for _, l := range lines {
			if w := ansi.StringWidth(l); w != width {
				t.Fatalf("%d cells of %d: %q", w, width, l)
			}
		}
		if len(lines) == 0 || len(columns) > width/2 {
			return
		}
		slot := min(width/len(columns), 14)
		tall := func(i int) (n int) {
			for _, l := range lines[:height-1] {
				if []rune(l)[i*slot+1] != ' ' {
					n++
				}
			}
			return n
		}
		for i := range columns {
			for j := range columns {
				if columns[i].Value > columns[j].Value && tall(i) < tall(j) {
					t.Fatalf("%d is %d lines high, %d is %d", columns[i].Value, tall(i), columns[j].Value, tall(j))
				}
			}
		}
	})
}
