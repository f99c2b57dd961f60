package screen

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// status moves the status of an effort or of all that are marked: one letter for a status that can follow, and then what it needs, asked
// in the same box.
type status struct {
	overlay
	efforts []*model.Effort
	next    []model.Status
	cursor  int
	// to is the status that has been chosen and needs fields; zero before.
	to     model.Status
	needs  []model.Field
	fields []widget.Field
	at     int
}

func newStatus(d *app.Desk, efforts []*model.Effort) app.Screen {
	s := &status{overlay: overlay{desk: d, about: idsOf(efforts...)}, efforts: efforts}
	for _, to := range efforts[0].Status.Next() { // what can follow for all of them
		if !slices.ContainsFunc(efforts, func(e *model.Effort) bool { return !e.Status.Leads(to) }) {
			s.next = append(s.next, to)
		}
	}
	return s
}

// now is the status that all have.
func (s *status) now() string {
	now := s.efforts[0].Status
	if slices.ContainsFunc(s.efforts, func(e *model.Effort) bool { return e.Status != now }) {
		return s.desk.Texts.Screen.Together.Various
	}
	return s.desk.Texts.Words.Status[now.String()]
}

// Place: at the foot, so that the effort stays in sight.
func (s *status) Place() app.Place { return app.Foot }

// opened are the efforts that the box is about.
func (s *status) opened() []*model.Effort { return s.efforts }

// Typing reports whether fields are being filled in.
func (s *status) Typing() bool { return s.to != 0 }

// Dirty reports whether something has been typed.
func (s *status) Dirty() bool { return s.to != 0 }

func (s *status) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Done:
		return s.answered(s, msg)
	case tea.KeyMsg:
		if s.to != 0 {
			return s.fill(msg)
		}
		return s.pick(msg)
	}
	return nil
}

// letter is the key of a status: the first letter of its name in the person's language.
func (s *status) letter(to model.Status) string {
	name := model.Fold(s.desk.Texts.Words.Status[to.String()])
	return string([]rune(name)[:1])
}

func (s *status) pick(msg tea.KeyMsg) tea.Cmd {
	if msg.Paste {
		return nil
	}
	s.fault = ""
	switch key := msg.String(); key {
	case "esc":
		return s.desk.Pop(s)
	case "up", "shift+tab", "left":
		s.cursor = max(s.cursor-1, 0)
	case "down", "tab", "right":
		s.cursor = min(s.cursor+1, len(s.next)-1)
	case "enter":
		if s.cursor < len(s.next) {
			return s.take(s.next[s.cursor])
		}
	default:
		for _, to := range s.next {
			if s.letter(to) == model.Fold(key) {
				return s.take(to)
			}
		}
	}
	return nil
}

// take carries out a status that needs nothing, and asks for what the others need.
func (s *status) take(to model.Status) tea.Cmd {
	needs := to.Needs()
	followed := to == model.FollowedUp && !slices.ContainsFunc(s.efforts, func(e *model.Effort) bool { return e.Outcome == "" })
	if len(needs) == 0 || followed {
		return s.move(model.SetStatus{To: to})
	}
	s.askFor(to)
	return nil
}

// askFor asks for what a status needs, with what most probably belongs there filled in.
func (s *status) askFor(to model.Status) {
	needs := to.Needs()
	s.to, s.needs, s.at = to, needs, 0
	for i, f := range needs {
		field := widget.NewField(s.desk.Theme, s.proposal(f), model.MaxReason)
		s.fields = append(s.fields, field)
		if field.Value() != "" && s.at == i {
			s.at = i + 1
		}
	}
	s.at = min(s.at, len(needs)-1)
}

// move gives the same move for each effort.
func (s *status) move(to model.SetStatus) tea.Cmd {
	return s.give(s, forAll(s.efforts, func(e *model.Effort) model.OnEffort {
		to.On = on(e)
		return to
	}))
}

// proposal is what most probably belongs in a field, where it is the same for all.
func (s *status) proposal(f model.Field) string {
	first := s.proposalFor(s.efforts[0], f)
	if slices.ContainsFunc(s.efforts, func(e *model.Effort) bool { return s.proposalFor(e, f) != first }) {
		return ""
	}
	return first
}

// proposalFor is what most probably belongs in a field: the council that decides, and today.
func (s *status) proposalFor(e *model.Effort, f model.Field) string {
	t := s.desk.Texts.Screen.Status
	if v := e.Get(f); v != "" && f != model.FieldReason {
		return v
	}
	switch f {
	case model.FieldDecider:
		if e.Level == model.National {
			return t.NationalDecider
		}
		return text.Fill(t.Decider, "region", s.desk.Texts.Value(model.FieldRegion, string(e.Region), s.desk.Catalogue()))
	case model.FieldDecided:
		return s.desk.Today().String()
	}
	return ""
}

func (s *status) fill(msg tea.KeyMsg) tea.Cmd {
	key := msg.String()
	switch {
	case isText(msg):
	case key == "esc":
		s.to, s.needs, s.fields, s.fault = 0, nil, nil, ""
		return nil
	case key == "enter":
		return s.save()
	case key == "tab" || key == "down":
		s.at = (s.at + 1) % len(s.fields)
		return nil
	case key == "shift+tab" || key == "up":
		s.at = (s.at - 1 + len(s.fields)) % len(s.fields)
		return nil
	}
	s.fields[s.at].Update(msg)
	return nil
}

func (s *status) save() tea.Cmd {
	cmd := model.SetStatus{To: s.to}
	for i, f := range s.needs {
		v := strings.TrimSpace(s.fields[i].Value())
		if v == "" {
			s.at = i
			s.fault = text.Fill(s.desk.Texts.Why[model.Missing], "field", s.desk.Texts.Field(f))
			return nil
		}
		switch f {
		case model.FieldDecider:
			cmd.Decider = v
		case model.FieldReference:
			cmd.Reference = v
		case model.FieldReason:
			cmd.Reason = v
		case model.FieldOutcome:
			cmd.Outcome = v
		case model.FieldDecided:
			day, err := model.ParseDay(v)
			if err != nil {
				s.at, s.fault = i, s.desk.Texts.Error(err)
				return nil
			}
			cmd.Date = day
		}
	}
	return s.move(cmd)
}

// View draws the statuses that can follow, or the fields of the chosen one.
func (s *status) View() string {
	t := s.desk.Texts
	width := s.inner(s.width - 4)
	now := s.now()
	title := text.Fill(t.Screen.Status.Title, "effort", named(s.desk, s.efforts), "now", now, "arrow", s.desk.Theme.Glyph.Arrow.String())
	if s.to == 0 {
		var lines []string
		if len(s.next) == 0 {
			lines = append(lines, s.begin(width).Say(theme.Dim, text.Fill(t.Screen.Status.None, "status", now)).Done())
		}
		for i, to := range s.next {
			l := s.begin(width)
			role := row(s.desk, l, i == s.cursor)
			l.Say(theme.Key, s.letter(to)).Skip(2).Say(role, t.Words.Status[to.String()])
			if needs := to.Needs(); len(needs) > 0 {
				var names []string
				for _, f := range needs {
					names = append(names, t.Field(f))
				}
				l.Skip(2).Say(theme.Dim, "("+strings.Join(names, ", ")+")")
			}
			lines = append(lines, l.Done())
		}
		return s.box(title, lines, t.Screen.Status.Hint, width)
	}
	title = text.Fill(t.Screen.Status.Title, "effort", named(s.desk, s.efforts), "now", now,
		"arrow", s.desk.Theme.Glyph.Arrow.String()+" "+t.Words.Status[s.to.String()])
	var lines []string
	for i := range s.fields {
		l := s.begin(width)
		if i == s.at {
			l.Put(theme.Strong, s.desk.Theme.Glyph.Cursor)
		} else {
			l.Skip(1)
		}
		l.Put(theme.Dim, safe.Of(t.Field(s.needs[i])).Cut(15)).To(min(17, width/3))
		s.fields[i].Draw(l, l.Left(), i == s.at, safe.Text{})
		lines = append(lines, l.Done())
	}
	return s.box(title, lines, t.Screen.Status.FieldsHint, width)
}
