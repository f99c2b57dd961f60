package screen

import (
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// keyOf is how one of the keys of saved filters is written.
func keyOf(d *app.Desk, key int) string {
	return strings.ToUpper(d.Keys().Key(action.Saved, key-1))
}

// savedOn is the officer's filter on a key.
func savedOn(d *app.Desk, key int) (model.SavedFilter, bool) {
	for _, f := range d.Whole.Filters(d.Actor.Officer) {
		if f.Key == key {
			return f, true
		}
	}
	return model.SavedFilter{}, false
}

// recall narrows to the filter on a key; the same key again takes it off.
func recall(d *app.Desk, key int) tea.Cmd {
	f, ok := savedOn(d, key)
	if !ok {
		d.Warn(text.Fill(d.Texts.Screen.Saved.NoneOn, "key", keyOf(d, key), "narrow", d.Keys().Shown(action.Narrow)))
		return nil
	}
	if d.Filter.String() == f.Text {
		f.Text = ""
	}
	return applySaved(d, f)
}

// applySaved narrows to a saved filter. One that cannot be read any more changes nothing.
func applySaved(d *app.Desk, saved model.SavedFilter) tea.Cmd {
	f, err := model.ParseFilter(saved.Text, d.Catalogue(), d.Lexicon)
	if err != nil {
		d.Fault(err)
		return nil
	}
	return d.SetFilter(f, d.Mine)
}

// newSaveFilter asks for the name of a filter, and for its key: F2 in front puts it there.
func newSaveFilter(d *app.Desk, f model.Filter) app.Screen {
	t := d.Texts.Screen.Saved
	keys := func(typed string) model.SavedFilter {
		s := model.SavedFilter{Name: strings.TrimSpace(typed), Text: f.String()}
		for key := 1; key <= model.MaxFilterKey; key++ {
			first, rest, _ := strings.Cut(s.Name, " ")
			if strings.EqualFold(first, keyOf(d, key)) {
				return model.SavedFilter{Name: strings.TrimSpace(rest), Text: s.Text, Key: key}
			}
		}
		return s
	}
	a := newAsk(d, text.Fill(t.Title, "filter", f.String()), d.Texts.Screen.Prompt.NoteHint, model.MaxFilterName+3, func(typed string) model.Command {
		s := keys(typed)
		if s.Name == "" { // the key alone is name enough
			s.Name = strings.TrimSpace(typed)
		}
		return model.SaveFilter{SavedFilter: s}
	})
	if key := keyOf(d, 2); key != "" {
		a.guide = text.Fill(t.Guide, "key", key)
	}
	a.understood = func(typed string) (string, string) {
		s := keys(typed)
		if s.Key == 0 {
			return "", ""
		}
		if was, ok := savedOn(d, s.Key); ok && model.Fold(was.Name) != model.Fold(s.Name) {
			return text.Fill(t.Instead, "key", keyOf(d, s.Key), "name", was.Name), ""
		}
		return text.Fill(t.OnKey, "key", keyOf(d, s.Key)), ""
	}
	for key := 1; key <= model.MaxFilterKey; key++ {
		if _, taken := savedOn(d, key); !taken {
			a.field.Set(keyOf(d, key) + " ")
			break
		}
	}
	return a
}

// filterList lists the officer's filters: enter narrows to one, x takes it out.
type filterList struct {
	overlay
	win widget.Window
}

func newFilterList(d *app.Desk) app.Screen { return &filterList{overlay: overlay{desk: d}} }

func (s *filterList) filters() []model.SavedFilter { return s.desk.Whole.Filters(s.desk.Actor.Officer) }

func (s *filterList) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Done:
		if msg.Err != nil {
			s.fault = s.desk.Sentence(msg.Err)
		}
	case tea.KeyMsg:
		if !msg.Paste {
			return s.key(msg.String())
		}
	}
	return nil
}

func (s *filterList) key(key string) tea.Cmd {
	d, all := s.desk, s.filters()
	s.fault = ""
	switch id, arg, _ := d.Keys().Find(key); {
	case id == action.Back:
		return d.Pop(s)
	case id == action.Up || id == action.Previous:
		s.win.Move(s.win.Cursor-1, len(all))
	case id == action.Down || id == action.Next:
		s.win.Move(s.win.Cursor+1, len(all))
	case id == action.Saved:
		pop := d.Pop(s)
		return tea.Batch(pop, recall(d, arg+1))
	case s.win.Cursor >= len(all):
	case id == action.Open:
		pop := d.Pop(s)
		return tea.Batch(pop, applySaved(d, all[s.win.Cursor]))
	case id == action.Decline:
		if s.fault = mayWrite(d)(); s.fault == "" {
			return d.Do(s, model.SaveFilter{SavedFilter: all[s.win.Cursor], Off: true})
		}
	}
	return nil
}

// View draws a filter in each line: its key, its name, and what it lets through.
func (s *filterList) View() string {
	d, t := s.desk, s.desk.Texts.Screen.Saved
	all, width := s.filters(), s.inner(76)
	s.win.Move(s.win.Cursor, len(all))
	size := max(s.rows()-2, 1)
	s.win.Show(len(all), size)
	var lines []string
	for i := s.win.Top; i < min(s.win.Top+size, len(all)); i++ {
		f, key := all[i], ""
		if f.Key > 0 {
			key = keyOf(d, f.Key)
		}
		l := s.begin(width)
		role := row(d, l, i == s.win.Cursor)
		l.Put(theme.Key, safe.Of(key).Fit(4)).Put(role, safe.Of(f.Name).Fit(min(model.MaxFilterName, width/3))).Skip(1)
		lines = append(lines, l.Put(role, safe.Of(f.Text).Cut(l.Left())).Done())
	}
	if len(all) == 0 {
		for _, part := range safe.Of(d.Keyed(t.None)).Wrap(width) {
			lines = append(lines, s.begin(width).Put(theme.Text, part).Done())
		}
	}
	title := t.List
	if len(all) > 0 {
		title += " " + strconv.Itoa(len(all))
	}
	return s.box(title, lines, text.Fill(t.Hint, "remove", d.Keys().Shown(action.Decline)), width)
}
