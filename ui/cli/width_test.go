package cli

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
)

// broad is a board whose efforts have more to say than a narrow terminal has room for.
func broad(t *testing.T, lang string) *desk {
	t.Helper()
	d := newDesk(t)
	d.Environ = append(d.Environ, "LANG="+lang)
	d.must(t, "add", "--region", "nat", "--regions", "syd,vast,nord,mitt", "--focus", "crime_areas", "--kind", "intelligence",
		"--codename", "snöskata", "--review", "2026-12-12", "--title", strings.Repeat("mapping of goods traffic ", 6), "--area", strings.Repeat("harbour quay ", 6))
	d.must(t, "assign", "snoskata", "POL", "SKV", "KFM", "KBV", "TUL", "EBM", "FK", "AF")
	d.must(t, "answer", "snoskata", "FK", "decline", "--reason", strings.Repeat("no resources before summer ", 4))
	d.must(t, "assign", "snoskata", "+"+strings.Repeat("county board ", 5), "--new")
	d.must(t, "note", "snoskata", strings.Repeat("meeting at the county board ", 12)+"\nsecond line")
	d.must(t, "measure", "snoskata", "safety", strings.Repeat("walk and lights ", 9))
	return d
}

// nameless is a page without the agencies' names, for which a narrow terminal has no room.
func nameless(page string) string {
	for _, a := range model.DefaultCatalogue().Agencies {
		page = strings.NewReplacer(a.Name.SV, "", a.Name.EN, "").Replace(page)
	}
	return page
}

func words(s string) []string { return strings.Fields(s) }

// TestListFitsTheTerminal: on a terminal the least important columns go first and the title is cut; id, codename and
// who takes part are there. In a pipe all is there.
func TestListFitsTheTerminal(t *testing.T) {
	for _, lang := range text.Languages() {
		d := broad(t, lang)
		head := text.In(lang).CLI.Head
		full := d.must(t, "list")
		for _, key := range []string{"id", "codename", "status", "kind", "region", "focus", "priority", "agencies", "review", "title"} {
			if !slices.Contains(words(full), head[key]) {
				t.Errorf("%s: in a pipe the list has no %s:\n%s", lang, head[key], full)
			}
		}
		if !strings.Contains(full, strings.TrimSpace(strings.Repeat("mapping of goods traffic ", 6))) {
			t.Errorf("%s: in a pipe the title is cut:\n%s", lang, full)
		}
		for _, width := range []int{60, 80, 100, 120, 160, 400} {
			d.Width = width
			got := d.must(t, "list")
			fits(t, got, width)
			row := words(strings.Split(got, "\n")[1])
			if row[0] != "NAT-2026-001" || row[1] != "SNÖSKATA" || !strings.Contains(got, "POL") {
				t.Errorf("%s, %d cells: what matters is gone:\n%s", lang, width, got)
			}
			kind, prio, review := strings.Contains(got, head["kind"]), strings.Contains(got, head["priority"]), strings.Contains(got, head["review"])
			if kind && !prio || prio && !review {
				t.Errorf("%s, %d cells: kind goes before priority, priority before review:\n%s", lang, width, got)
			}
			if width <= 80 && review || width == 400 && got != full {
				t.Errorf("%s, %d cells:\n%s", lang, width, got)
			}
		}
		d.Width = 80
		if d.must(t, "list", "--json") != func() string { d.Width = 0; return d.must(t, "list", "--json") }() {
			t.Errorf("%s: JSON depends on the terminal", lang)
		}
	}
}

func fits(t *testing.T, got string, width int) {
	t.Helper()
	for line := range strings.Lines(got) {
		if n := safe.Of(strings.TrimRight(line, "\n")).Width(); n > width {
			t.Errorf("%d cells on a line of %d: %q", n, width, line)
		}
	}
}

// TestPagesWrapAtWords: what is printed on a terminal has the words of what goes into a pipe, each whole, on lines
// that fit.
func TestPagesWrapAtWords(t *testing.T) {
	for _, lang := range text.Languages() {
		d := broad(t, lang)
		pages := [][]string{{"show", "snoskata"}, {"journal"}, {"overview"}, {"load"}, {"load", "--figure", "asked"}, {"inbox"}, {"partners"}, {"--help"}}
		for name := range text.In(lang).CLI.Commands {
			pages = append(pages, []string{name, "--help"})
		}
		for _, page := range pages {
			d.Width = 0
			want := d.must(t, page...)
			for _, width := range []int{80, 100} {
				d.Width = width
				got := d.must(t, page...)
				if !slices.Equal(words(nameless(got)), words(nameless(want))) {
					t.Errorf("%s %v, %d cells: other words than in a pipe:\n%s", lang, page, width, got)
				}
				fits(t, got, width)
			}
		}
	}
}

// TestWrappedRow: a cell that has no room goes on a line of its own, a last one that has some goes on under itself.
func TestWrappedRow(t *testing.T) {
	p := &program{}
	for name, c := range map[string]struct {
		row  []string
		want string
	}{
		"fits":  {[]string{"a", "b", "c"}, "a  b  c"},
		"under": {[]string{"label", "one two three four five six seven"}, "label  one two three four five\n       six seven"},
		"folds": {[]string{"", "2026-11-20", "accepted", "planning only", "reason here"}, "  2026-11-20  accepted\n      planning only  reason here"},
		"long":  {[]string{"", "x", strings.Repeat("w", 40)}, fmt.Sprintf("  x  %s\n     %s", strings.Repeat("w", 27), strings.Repeat("w", 13))},
	} {
		tab := p.table()
		tab.add(c.row...)
		got := tab.wrapped(tab.rows[0], tab.widths(), 32)
		if s := strings.Join(got, "\n"); s != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, s, c.want)
		}
	}
}
