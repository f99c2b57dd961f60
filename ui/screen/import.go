package screen

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/exchange"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// maxProblems is how many faults of a list are shown.
const maxProblems = 100

// importing asks for a list's path, reads it and stores all of it or says what is wrong.
type importing struct {
	overlay
	field    widget.Field
	problems []string
	win      widget.Window
}

func newImport(d *app.Desk) app.Screen {
	return &importing{overlay: overlay{desk: d}, field: widget.NewField(d.Theme, "", 4096)}
}

// Place: at the foot while the path is typed.
func (i *importing) Place() app.Place {
	if i.problems != nil {
		return app.Center
	}
	return app.Foot
}

// Typing reports whether the path is being typed.
func (i *importing) Typing() bool { return i.problems == nil }

// Dirty reports whether a path is typed.
func (i *importing) Dirty() bool { return i.field.Value() != "" }

func (i *importing) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Loaded:
		i.busy = false
		switch value := msg.Value.(type) {
		case []string:
			i.problems, i.win = value, widget.Window{}
		case model.Import:
			i.busy = true
			return i.desk.Do(i, value)
		}
		if msg.Err != nil {
			i.fault = msg.Err.Error()
			var list *exchange.Fault
			if errors.As(msg.Err, &list) {
				i.fault = exchange.Sentence(i.desk.Texts, list)
			}
		}
	case app.Done:
		return i.answered(i, msg)
	case tea.KeyMsg:
		return i.key(msg)
	}
	return nil
}

func (i *importing) key(msg tea.KeyMsg) tea.Cmd {
	key := msg.String()
	switch {
	case i.busy:
	case i.problems != nil:
		switch key {
		case "esc", "enter":
			i.problems, i.fault = nil, ""
		case "up":
			i.win.Move(i.win.Cursor-1, len(i.problems))
		case "down":
			i.win.Move(i.win.Cursor+1, len(i.problems))
		case "pgup":
			i.win.Move(i.win.Cursor-i.rows(), len(i.problems))
		case "pgdown":
			i.win.Move(i.win.Cursor+i.rows(), len(i.problems))
		}
	case isText(msg):
		i.field.Update(msg)
	case key == "esc":
		return i.desk.Pop(i)
	case key == "enter":
		i.fault, i.busy = "", true
		return i.load(strings.TrimSpace(i.field.Value()))
	default:
		i.field.Update(msg)
	}
	return nil
}

// load reads the list and checks all of it against the store, so that every fault is known at once.
func (i *importing) load(path string) tea.Cmd {
	d := i.desk
	who, cat := d.Actor, d.Catalogue()
	return d.Load(i, func(ctx context.Context) (any, error) {
		path, err := expanded(path)
		if err != nil {
			return nil, err
		}
		file, err := open(d, path)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		list, err := exchange.Load(file, exchange.MaxExport, cat, d.Lexicon)
		if err != nil {
			return nil, err
		}
		_, err = d.Store.Try(ctx, who, list.Import)
		var found model.Problems
		if err != nil && !errors.As(err, &found) {
			return nil, err
		}
		if all := list.Merge(found); len(all) > 0 {
			return list.Lines(d.Texts, all, maxProblems), nil
		}
		return list.Import, nil
	})
}

// open opens a list; what is no file is said in words.
func open(d *app.Desk, path string) (*os.File, error) {
	t := d.Texts.Screen.Prompt
	switch info, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errors.New(text.Fill(t.NoFile, "path", path))
	case err != nil || !info.Mode().IsRegular():
		return nil, errors.New(text.Fill(t.NoList, "path", path))
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, errors.New(text.Fill(t.NoList, "path", path))
	}
	return file, nil
}

// View draws the question, or the faults.
func (i *importing) View() string {
	t := i.desk.Texts.Screen.Prompt
	if i.problems == nil {
		width := i.inner(i.width - 4)
		l := i.begin(width)
		i.field.Draw(l, width, true, safe.Of(t.Path))
		return i.box(t.Import, []string{l.Done()}, t.ImportHint, width)
	}
	width := i.inner(i.width - 4)
	size := max(i.rows()-1, 1)
	i.win.Show(len(i.problems), size)
	var lines []string
	for _, s := range i.problems[i.win.Top:min(i.win.Top+size, len(i.problems))] {
		lines = append(lines, i.begin(width).Say(theme.Error, s).Done())
	}
	return i.box(t.Import, lines, t.ProblemsHint, width)
}
