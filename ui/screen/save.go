package screen

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/exchange"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/widget"
)

// save asks for the name of a new file and writes there what a screen shows. Nothing is ever overwritten, and the file
// is for nobody else to read.
type save struct {
	overlay
	saving
	field widget.Field
}

// saving is what is written, and how it is spoken of.
type saving struct {
	title string
	// name is proposed, "" for none.
	name string
	// formats are as the command line calls them; the end of the name chooses one.
	formats []string
	write   func(ctx context.Context, w io.Writer, format string) (entries int, err error)
	// written is said when it is done, with {n} entries and {path}.
	written string
}

// saved is what was written.
type saved struct {
	path    string
	entries int
}

func newSave(d *app.Desk, what saving) app.Screen {
	return &save{overlay: overlay{desk: d}, saving: what, field: widget.NewField(d.Theme, what.name, 4096)}
}

// notLocal says why nothing can be saved from here, "" where it can: files are written only where the board runs.
func notLocal(d *app.Desk) string {
	switch {
	case d.Actor.ReadOnly:
		return reads(d)()
	case !d.Local:
		return d.Texts.Screen.Save.NotLocal
	}
	return ""
}

// Place: at the foot, so that what is written stays in sight.
func (s *save) Place() app.Place { return app.Foot }

// Typing: there is nothing but the field.
func (s *save) Typing() bool { return true }

// Dirty reports whether a path is typed.
func (s *save) Dirty() bool { return s.field.Value() != s.name }

func (s *save) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Loaded:
		s.busy = false
		if msg.Err != nil {
			s.fault = s.desk.Sentence(msg.Err)
			return nil
		}
		done := msg.Value.(saved)
		s.desk.Say(text.Fill(s.written, "n", strconv.Itoa(done.entries), "path", done.path))
		return s.desk.Pop(s)
	case tea.KeyMsg:
		switch key := msg.String(); {
		case s.busy:
		case !isText(msg) && key == "esc":
			return s.desk.Pop(s)
		case !isText(msg) && key == "enter":
			return s.begun(strings.TrimSpace(s.field.Value()))
		default:
			s.fault = ""
			s.field.Update(msg)
		}
	}
	return nil
}

// kinds are the ends of names, .txt, .md.
func (s *save) kinds() string {
	return "." + strings.Replace(strings.Join(s.formats, ", ."), "text", "txt", 1)
}

// begun writes the file away from the event loop.
func (s *save) begun(path string) tea.Cmd {
	t := s.desk.Texts.Screen.Save
	format := strings.TrimPrefix(filepath.Ext(path), ".")
	if format == "txt" {
		format = "text"
	}
	if s.fault = ""; !slices.Contains(s.formats, format) {
		s.fault = text.Fill(t.Kinds, "kinds", s.kinds())
		return nil
	}
	s.busy = true
	return s.desk.Load(s, func(ctx context.Context) (any, error) {
		done := saved{path: path}
		file, err := expanded(path)
		if err == nil {
			err = exchange.WriteNew(file, func(w io.Writer) (err error) {
				done.entries, err = s.write(ctx, w, format)
				return err
			})
		}
		var wrong *fs.PathError
		switch {
		case errors.Is(err, fs.ErrExist):
			err = errors.New(text.Fill(t.Exists, "path", path))
		case errors.As(err, &wrong):
			err = errors.New(text.Fill(t.Unwritten, "path", path, "cause", wrong.Err.Error()))
		}
		return done, err
	})
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
	hint := text.Fill(t.Save.Hint, "kinds", s.kinds())
	if s.busy {
		hint = t.Saving
	}
	return s.box(s.title, []string{l.Done()}, hint, width)
}
