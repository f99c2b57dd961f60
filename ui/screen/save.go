package screen

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/exchange"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/widget"
)

// save asks for the name of a new file and writes the journal's entries there, oldest first, as narrowed as they are
// shown. Nothing is ever overwritten.
type save struct {
	overlay
	query store.Query
	field widget.Field
}

// saved is what was written.
type saved struct {
	path    string
	entries int
}

func newSave(s *journal) app.Screen {
	return &save{overlay: overlay{desk: s.desk}, query: s.query, field: widget.NewField(s.desk.Theme, "", 4096)}
}

// Place: at the foot.
func (s *save) Place() app.Place { return app.Foot }

// Typing: there is nothing but the field.
func (s *save) Typing() bool { return true }

// Dirty reports whether a path is typed.
func (s *save) Dirty() bool { return s.field.Value() != "" }

func (s *save) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Loaded:
		s.busy = false
		if msg.Err != nil {
			s.fault = s.desk.Sentence(msg.Err)
			return nil
		}
		done := msg.Value.(saved)
		s.desk.Say(text.Fill(s.desk.Texts.Screen.Journal.Exported, "n", strconv.Itoa(done.entries), "path", done.path))
		return s.desk.Pop(s)
	case tea.KeyMsg:
		switch key := msg.String(); {
		case s.busy:
		case !isText(msg) && key == "esc":
			return s.desk.Pop(s)
		case !isText(msg) && key == "enter":
			return s.write(strings.TrimSpace(s.field.Value()))
		default:
			s.field.Update(msg)
		}
	}
	return nil
}

// write writes the file away from the event loop.
func (s *save) write(path string) tea.Cmd {
	t := s.desk.Texts.Screen.Journal
	format := map[string]string{".txt": "text", ".md": "md", ".csv": "csv", ".json": "json"}[filepath.Ext(path)]
	if s.fault = ""; format == "" {
		s.fault = text.Fill(t.ExportKinds, "path", path)
		return nil
	}
	s.busy = true
	board, d, q := s.desk.Whole, s.desk, s.query
	r := exchange.Reading{Texts: d.Texts, Catalogue: d.Catalogue(), Name: func(id model.EffortID) string {
		if e := board.Effort(id); e != nil {
			return e.Name()
		}
		return string(id)
	}}
	return d.Load(s, func(ctx context.Context) (any, error) {
		n, err := writeJournal(ctx, d, path, format, q, r)
		var wrong *fs.PathError
		switch {
		case errors.Is(err, fs.ErrExist):
			err = errors.New(text.Fill(t.Exists, "path", path))
		case errors.As(err, &wrong):
			err = errors.New(text.Fill(t.Unwritten, "path", path, "cause", wrong.Err.Error()))
		}
		return saved{path, n}, err
	})
}

// writeJournal writes entries to a new file, page by page; a file that could not be written whole is removed.
func writeJournal(ctx context.Context, d *app.Desk, path, format string, q store.Query, r exchange.Reading) (n int, err error) {
	if path, err = expanded(path); err != nil {
		return 0, err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, err
	}
	defer func() {
		if err = errors.Join(err, file.Close()); err != nil {
			os.Remove(path)
		}
	}()
	to := exchange.NewJournal(file, format, r)
	for q.Limit = 1000; ; {
		entries, err := d.Store.Journal(ctx, q)
		if err != nil {
			return n, err
		}
		for i := range entries {
			if err := to.Add(&entries[i].Event, entries[i].Hash); err != nil {
				return n, err
			}
		}
		if n += len(entries); len(entries) < q.Limit {
			return n, to.Close()
		}
		q.After = entries[len(entries)-1].Seq
	}
}

// expanded is a path with ~/ as the home folder.
func expanded(path string) (string, error) {
	rest, ok := strings.CutPrefix(path, "~/")
	if !ok {
		return path, nil
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, rest), err
}

// View draws the question.
func (s *save) View() string {
	t := s.desk.Texts.Screen
	width := s.inner(s.width - 4)
	l := s.begin(width)
	s.field.Draw(l, width, true, safe.Of(t.Prompt.Path))
	hint := t.Journal.ExportHint
	if s.busy {
		hint = t.Saving
	}
	return s.box(t.Journal.Export, []string{l.Done()}, hint, width)
}
