package screen

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// View draws what fits, each with its key and what it does, and the line below.
func (c *command) View() string {
	t := c.texts()
	width := c.inner(c.width - 4)
	if c.all == nil {
		c.look()
	}
	room := c.rows() - 2
	if c.fault != "" {
		room -= len(safe.Of(c.fault).Wrap(width))
	}
	room = max(min(room, mostRows), 1)
	c.win.Show(len(c.shown), room)
	wide, keys := 0, 5
	end := min(c.win.Top+room, len(c.shown))
	for _, f := range c.shown[c.win.Top:end] {
		wide, keys = max(wide, f.label.Width()), max(keys, safe.Of(f.key).Width())
	}
	var lines []string
	for i, f := range c.shown[c.win.Top:end] {
		lines = append(lines, c.row(&f, c.win.Top+i == c.win.Cursor, wide, keys+1, width))
	}
	if len(lines) == 0 && c.fault == "" {
		lines = append(lines, c.begin(width).Skip(1).Say(theme.Dim, c.desk.Texts.Screen.Help.Nothing).Done())
	}
	l := c.begin(width).Say(theme.Prompt, ":").Skip(1)
	rest := safe.Text{}
	if more := len(c.shown) - end; more > 0 {
		rest = safe.Of(text.Fill(t.More, "n", strconv.Itoa(more)))
	}
	c.field.Draw(l, max(l.Left()-rest.Width()-1, 1), true, safe.Text{})
	return c.box(t.Title, append(lines, l.Right(theme.Dim, rest).Done()), t.Hint, width)
}

// mostRows is how many rows stand above the line at most: what one looked at stays in sight on a tall terminal.
const mostRows = 20

// form is a word with what may stand behind it.
func (c *command) form(s spelling) safe.Text {
	return safe.Of(strings.TrimSpace(s.name + " " + c.texts().Argument[s.id]))
}

// matched are the letters of a row's text by which what is typed has found it: what stands there as it is typed, at the beginning
// of a word if it does, else for a name the letters that come in their order, and for what has all the words each of them.
func matched(letters, typed string, name bool) map[int]bool {
	folded := model.Fold(letters)
	if typed == "" || utf8.RuneCountInString(folded) != utf8.RuneCountInString(letters) {
		return nil // letters that fold to more or fewer have no place of their own
	}
	hits := map[int]bool{}
	mark := func(at, size int) {
		from := utf8.RuneCountInString(folded[:at])
		for i := range utf8.RuneCountInString(folded[at : at+size]) {
			hits[from+i] = true
		}
	}
	at := strings.Index(" "+folded, " "+typed)
	if at < 0 {
		at = strings.Index(folded, typed)
	}
	if at >= 0 {
		mark(at, len(typed))
		return hits
	}
	if _, fits := fit(typed, []string{folded}); name && fits {
		for _, at := range fuzzy.Find(typed, []string{folded})[0].MatchedIndexes {
			mark(at, 1)
		}
		return hits
	}
	for _, word := range strings.Fields(typed) {
		if at := strings.Index(folded, word); at >= 0 {
			mark(at, len(word))
		}
	}
	return hits
}

// say puts a text on a line with some of its letters marked.
func say(l *widget.Line, role theme.Role, words safe.Text, hits map[int]bool) {
	mark := theme.Match
	if role == theme.Selected {
		mark = theme.SelectedMatch
	}
	letters := []rune(words.String())
	type part struct {
		text safe.Text
		role theme.Role
	}
	var parts []part
	width := 0
	for from, i := 0, 0; i < len(letters); from = i {
		for ; i < len(letters) && hits[i] == hits[from]; i++ {
		}
		p := part{safe.Of(string(letters[from:i])), role}
		if hits[from] {
			p.role = mark
		}
		parts = append(parts, p)
		width += p.text.Width()
	}
	if width != words.Width() { // a sign of several letters that would fall apart
		parts = []part{{words, role}}
	}
	for _, p := range parts {
		l.Put(p.role, p.text)
	}
}

// row is one thing found: what it is, its key, and what it does or why that cannot be now.
func (c *command) row(f *find, selected bool, wide, keys, width int) string {
	l := c.begin(width)
	role, help := row(c.desk, l, selected), f.help
	if why := f.off(); why != "" {
		help = why
		if !selected {
			role = theme.Dim
		}
	}
	key := safe.Of(f.key).Fit(keys)
	cells := min(wide+1, width/2)
	end, label := l.Used()+cells, f.label.Cut(cells)
	say(l, role, label, matched(label.String(), c.line(), true))
	l.ToFill(role, end)
	if selected {
		l.Put(role, key)
	} else {
		l.Put(theme.Key, key)
	}
	said := safe.Of(help).Cut(l.Left())
	var hits map[int]bool
	if strings.HasPrefix(f.id, "effort ") { // found by its id and title too
		hits = matched(said.String(), c.line(), false)
	}
	say(l, role, said, hits)
	return l.ToFill(role, width).Done()
}
