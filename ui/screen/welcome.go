package screen

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/theme"
)

// Demo is what App.Ended says when the person wants the throwaway demo.
const Demo = "demo"

// welcome is the first screen on a store that has never held anything: what this is, and the three ways to begin.
type welcome struct {
	desk          *app.Desk
	width, height int
	cursor        int
	actions       []app.Bound
}

// Welcome returns the first-run screen.
func Welcome(d *app.Desk) app.Screen {
	w := &welcome{desk: d}
	w.actions = w.bind()
	return w
}

func (w *welcome) Open() tea.Cmd { return nil }

// Title says that the board is empty.
func (w *welcome) Title() safe.Text { return safe.Of(w.desk.Texts.Screen.Welcome.Title) }

func (w *welcome) SetSize(width, height int) { w.width, w.height = width, height }

func (w *welcome) Update(tea.Msg) tea.Cmd { return nil }

// way is one way to begin, and why it cannot be taken now.
type way struct {
	label, help string
	begin       func() tea.Cmd
	off         func() string
}

// ways are the ways to begin; one that needs a file of this machine is only offered there.
func (w *welcome) ways() (ways []way) {
	t := w.desk.Texts.Screen.Welcome
	ways = append(ways, way{t.Create, w.desk.Keyed(t.CreateHelp), func() tea.Cmd { return create(w.desk) }, may(w.desk, model.RightPropose)})
	if w.desk.Local {
		ways = append(ways, way{t.Import, t.ImportHelp, func() tea.Cmd { return w.desk.Push(newImport(w.desk)) }, may(w.desk, model.RightImport)},
			way{t.Demo, t.DemoHelp, func() tea.Cmd { return w.desk.Leave(Demo) }, func() string { return "" }})
	}
	return ways
}

// Actions are moving among the ways and taking one.
func (w *welcome) Actions() []app.Bound { return w.actions }

func (w *welcome) bind() []app.Bound {
	step := func(by int) func(int) tea.Cmd {
		return func(int) tea.Cmd {
			w.cursor = max(min(w.cursor+by, len(w.ways())-1), 0)
			return nil
		}
	}
	return []app.Bound{
		{ID: action.Open, Do: func(int) tea.Cmd { return w.ways()[w.cursor].begin() }, Off: func() string { return w.ways()[w.cursor].off() }},
		{ID: action.Create, Do: func(int) tea.Cmd { return create(w.desk) }, Off: may(w.desk, model.RightPropose)},
		{ID: action.Up, Do: step(-1)},
		{ID: action.Down, Do: step(1)},
		{ID: action.Next, Do: step(1)},
		{ID: action.Previous, Do: step(-1)},
		{ID: action.Back, Hidden: true, Do: func(int) tea.Cmd { return nil }},
	}
}

// View explains the board in a few lines.
func (w *welcome) View() string {
	t := w.desk.Texts.Screen.Welcome
	p := &page{desk: w.desk, width: min(w.width-4, 76)}
	lines := 0
	for _, words := range t.Lines {
		lines += len(safe.Of(w.desk.Keyed(words)).Wrap(p.width))
	}
	if w.height >= lines+9 {
		p.blank()
	}
	if w.height >= 14 {
		for _, words := range t.Lines {
			p.text(theme.Text, safe.Of(w.desk.Keyed(words)), 0)
		}
	}
	p.blank()
	for i, way := range w.ways() {
		l := p.begin()
		role := theme.Strong
		if i == w.cursor {
			role = theme.Selected
			l.Put(role, w.desk.Theme.Glyph.Cursor)
		} else {
			l.Skip(1)
		}
		p.add(l.Put(role, safe.Of(way.label).Fit(24)).Skip(2).Say(theme.Dim, way.help))
	}
	p.blank()
	p.add(p.begin().Say(theme.Dim, t.Hint))
	for i := range p.lines {
		p.lines[i] = "  " + p.lines[i]
	}
	return strings.Join(p.lines[:min(len(p.lines), max(w.height, 1))], "\n")
}
