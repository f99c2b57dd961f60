package screen

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// present lists who is at the board: initials, agency, from where (which tells two desks apart and says no more), since when, at what.
type present struct{ overlay }

func newHere(d *app.Desk) app.Screen { return &present{overlay{desk: d}} }

func (h *present) Update(msg tea.Msg) tea.Cmd {
	if k, ok := msg.(tea.KeyMsg); ok && !k.Paste {
		key := k.String()
		switch id, _, _ := h.desk.Keys().Find(key); id {
		case action.Back, action.Open, action.Here, action.Quit:
			return h.desk.Pop(h)
		}
		all, _ := h.desk.Here()
		h.scroll(key, len(all))
	}
	return nil
}

// View draws one line for each.
func (h *present) View() string {
	d, t := h.desk, h.desk.Texts.Screen.Here
	width := h.inner(76)
	all, own := d.Here()
	var lines []string
	for i := range all {
		p := &all[i]
		name := p.Name()
		if p.Session == own {
			name += " (" + t.You + ")"
		}
		l := h.begin(width).Put(theme.Strong, safe.Of(name).Fit(12)).Skip(1).Put(theme.Text, safe.Of(string(p.Agency)).Fit(5))
		l.Skip(1).Put(theme.Dim, safe.Of(p.From()).Fit(6))
		l.Skip(1).Put(theme.Dim, safe.Of(d.Texts.Ago(model.StampOf(p.Since), d.Now())).Fit(9)).Skip(1)
		lines = append(lines, l.Put(theme.Text, safe.Of(doing(d, p.Doing)).Cut(l.Left())).Done())
	}
	if len(all) < 2 {
		lines = append(lines, h.begin(width).Say(theme.Dim, t.Alone).Done())
	}
	return h.box(t.Title, h.seen(lines, width), t.Hint, width)
}

// doing says what somebody is at.
func doing(d *app.Desk, at store.Doing) string {
	name := func(id model.EffortID) string {
		if e := d.Whole.Effort(id); e != nil {
			return e.Name()
		}
		return string(id)
	}
	var editing []string
	for _, id := range at.Editing {
		editing = append(editing, name(id))
	}
	effort := ""
	if at.Effort != "" {
		effort = name(at.Effort)
	}
	return d.Texts.Doing(at.Place, string(at.Region), effort, editing, d.Catalogue())
}

// tooEdited is the head of a box about efforts that somebody else has open too.
func (o *overlay) tooEdited() string {
	var who []string
	for _, id := range o.about {
		if by := o.desk.EditedBy(id); by != "" && !strings.Contains(strings.Join(who, ", "), by) {
			who = append(who, by)
		}
	}
	if len(who) == 0 {
		return ""
	}
	return " · " + text.Fill(o.desk.Texts.Screen.Here.EditingToo, "who", strings.Join(who, ", "))
}

// Editing are the efforts that a box changes.
func (o *overlay) Editing() []model.EffortID { return o.about }

// idsOf are the efforts a box is about.
func idsOf(efforts ...*model.Effort) (ids []model.EffortID) {
	for _, e := range efforts {
		if e != nil {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// What each screen says one is at, and which effort is under its cursor.

// Doing says that one looks at the country.
func (p *picture) Doing() store.Doing { return store.Doing{Place: string(action.Picture)} }

// Doing says which region one looks at.
func (r *region) Doing() store.Doing {
	return store.Doing{Place: string(action.Region), Region: r.code}
}

// Looks is the effort under the cursor.
func (r *region) Looks() *model.Effort { return r.selected() }

// Doing says which effort one reads.
func (s *effort) Doing() store.Doing { return store.Doing{Place: string(action.Open), Effort: s.id} }

// Looks is the effort itself.
func (s *effort) Looks() *model.Effort { return s.effort }

// Doing says that one reads the journal.
func (s *journal) Doing() store.Doing { return store.Doing{Place: string(action.Journal)} }

// Doing says that one is at a shift.
func (s *handover) Doing() store.Doing { return store.Doing{Place: string(action.Handover)} }

// Looks is the effort under the cursor.
func (s *handover) Looks() *model.Effort { return s.effort() }

// Doing says that one is at the inbox.
func (s *inbox) Doing() store.Doing { return store.Doing{Place: string(action.Inbox)} }

// Looks is the effort under the cursor.
func (s *inbox) Looks() *model.Effort { return s.effort() }

// Looks is the effort under the cursor.
func (s *list) Looks() *model.Effort { return s.selected() }

// Doing says that one is at the agencies.
func (s *agencyBoard) Doing() store.Doing { return store.Doing{Place: string(action.Agencies)} }

// Doing says that one is at the partners.
func (s *partners) Doing() store.Doing { return store.Doing{Place: string(action.Partners)} }
