package screen

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// journalNarrow is the journal's filter line. A wrong word is said as it is typed; whom and what the words name is
// looked up with enter.
type journalNarrow struct {
	overlay
	journal *journal
	field   widget.Field
}

// narrowed is what a filter came to.
type narrowed struct {
	filter model.JournalFilter
	query  store.Query
}

func newJournalNarrow(s *journal) app.Screen {
	value := s.filter.String()
	if value != "" {
		value += " "
	}
	return &journalNarrow{overlay: overlay{desk: s.desk}, journal: s, field: widget.NewField(s.desk.Theme, value, maxFilter)}
}

// Place: at the foot.
func (n *journalNarrow) Place() app.Place { return app.Foot }

// Typing: there is nothing but the field.
func (n *journalNarrow) Typing() bool { return true }

func (n *journalNarrow) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Loaded:
		n.busy = false
		if msg.Err != nil {
			n.fault = n.desk.Sentence(msg.Err)
			return nil
		}
		found := msg.Value.(narrowed)
		pop := n.desk.Pop(n)
		return tea.Batch(pop, n.journal.narrow(found.filter, found.query))
	case tea.KeyMsg:
		return n.key(msg)
	}
	return nil
}

func (n *journalNarrow) key(k tea.KeyMsg) tea.Cmd {
	key := k.String()
	switch {
	case n.busy:
		return nil
	case !isText(k) && key == "esc":
		return n.desk.Pop(n)
	case !isText(k) && key == "enter":
		f, err := n.parse()
		if err != nil {
			return nil
		}
		n.busy = true
		from := n.desk.Store
		return n.desk.Load(n, func(ctx context.Context) (any, error) {
			q, err := from.QueryOf(ctx, f)
			return narrowed{f, q}, err
		})
	case !isText(k) && key == "backspace" && strings.HasSuffix(n.field.Value(), " "):
		n.field.Set(withoutLastWord(n.field.Value()))
	default:
		n.field.Update(k)
	}
	_, _ = n.parse()
	return nil
}

// parse reads what is typed, and says what is wrong with it.
func (n *journalNarrow) parse() (model.JournalFilter, error) {
	d := n.desk
	f, err := model.ParseJournal(n.field.Value(), d.Lexicon, d.Now(), d.Catalogue().Zone)
	if n.fault = ""; err != nil {
		n.fault = d.Texts.Error(err)
	}
	return f, err
}

// View draws the line, with what is wrong or what can be typed.
func (n *journalNarrow) View() string {
	t := n.desk.Texts.Screen.Journal
	top := n.begin(n.width).Skip(1)
	switch {
	case n.fault != "":
		top.Say(theme.Error, n.fault)
	case n.busy:
		top.Say(theme.Dim, t.Reading)
	default:
		top.Say(theme.Dim, fitting(n.width-1, t.Hint, t.HintShort))
	}
	hint := top.Done()
	l := n.begin(n.width).Skip(1).Say(theme.Prompt, "/").Skip(1)
	n.field.Draw(l, max(l.Left()-1, 10), true, safe.Text{})
	return hint + "\n" + l.Done()
}

// withoutLastWord is a line of words without the last, ready for the next.
func withoutLastWord(line string) string {
	words := strings.Fields(line)
	line = strings.Join(words[:max(len(words)-1, 0)], " ")
	if line != "" {
		line += " "
	}
	return line
}
