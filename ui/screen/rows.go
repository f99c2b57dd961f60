package screen

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/widget"
)

// picked is a list of efforts, or of things about them, in which several can be marked.
type picked[K comparable] struct {
	rows[K]
	marks marks[K]
	// effort is what a row is about, nil for one that is about none, which is then never marked.
	effort func(row int) *model.Effort
	// chosen are the marked rows, and efforts theirs, each once. Every frame asks for them; they are made when a key or
	// the board changes what is marked.
	chosen  map[K]bool
	efforts []*model.Effort
}

// take takes what the list holds now; see rows.set.
func (p *picked[K]) take(keys []K) (gone bool) {
	gone = p.set(keys)
	p.remark()
	return gone
}

// remark works out what is marked among what is listed.
func (p *picked[K]) remark() {
	p.chosen, p.efforts = nil, nil
	if p.marks.none() {
		return
	}
	p.chosen = map[K]bool{}
	seen := map[model.EffortID]bool{}
	has := p.marks.seen(p.keys, p.Cursor)
	for i, k := range p.keys {
		e := p.effort(i)
		if !has(i) || e == nil {
			continue
		}
		p.chosen[k] = true
		if !seen[e.ID] {
			seen[e.ID] = true
			p.efforts = append(p.efforts, e)
		}
	}
}

// marked are the efforts that are marked, none mostly.
func (p *picked[K]) marked() []*model.Effort { return p.efforts }

// has reports whether a row is marked.
func (p *picked[K]) has(row int) bool { return p.chosen[p.keys[row]] }

// clear takes all marks away, and reports whether there were any.
func (p *picked[K]) clear() bool {
	had := p.marks.clear()
	p.remark()
	return had
}

// acted takes the marks away when what they were for has been done.
func (p *picked[K]) acted(msg app.Acted) {
	if _, many := msg.Command.(model.Together); many {
		p.clear()
	}
}

// bind are moving and marking in the list, of which page rows are seen at once. nothing says why there is nothing to
// mark, and moved is called after each key.
func (p *picked[K]) bind(d *app.Desk, page func() int, nothing func() string, moved func()) []app.Bound {
	to := func(row func() int) func(int) tea.Cmd {
		return func(int) tea.Cmd {
			p.move(row())
			if moved(); p.marks.ranges {
				p.remark()
				sayMarked(d, len(p.chosen))
			}
			return nil
		}
	}
	mark := func(turn func()) func(int) tea.Cmd {
		return func(int) tea.Cmd {
			turn()
			moved()
			p.remark()
			sayMarked(d, len(p.chosen))
			return nil
		}
	}
	return []app.Bound{
		{ID: action.Mark, Off: nothing, Do: mark(func() {
			p.marks.toggle(p.at)
			p.move(p.Cursor + 1)
		})},
		{ID: action.Range, Off: nothing, Do: mark(func() { p.marks.turn(p.keys, p.Cursor) })},
		{ID: action.Up, Do: to(func() int { return p.Cursor - 1 })},
		{ID: action.Down, Do: to(func() int { return p.Cursor + 1 })},
		{ID: action.Top, Do: to(func() int { return 0 })},
		{ID: action.Bottom, Do: to(func() int { return len(p.keys) - 1 })},
		{ID: action.PageUp, Do: to(func() int { return p.Cursor - page() })},
		{ID: action.PageDown, Do: to(func() int { return p.Cursor + page() })},
	}
}

// rows is a list whose cursor stays on its item by key, whatever comes and goes around it.
type rows[K comparable] struct {
	keys []K
	widget.Window
	// at is the item under the cursor, when there is one.
	at K
}

// set takes what the list holds now. When the item under the cursor is gone, the cursor is on the one that was next.
func (r *rows[K]) set(keys []K) (gone bool) {
	had := len(r.keys) > 0
	r.keys = keys
	i := slices.Index(keys, r.at)
	if had && i >= 0 {
		r.Cursor = i
	}
	r.move(r.Cursor)
	return had && i < 0
}

// move puts the cursor on a row, inside the list.
func (r *rows[K]) move(to int) {
	r.Move(to, len(r.keys))
	if len(r.keys) > 0 {
		r.at = r.keys[r.Cursor]
	}
}

// marks are the items marked for the next action. A range that has been begun goes from its anchor to the cursor and
// moves with it.
type marks[K comparable] struct {
	set    map[K]bool
	anchor K
	ranges bool
}

// toggle marks an item, or takes its mark away.
func (m *marks[K]) toggle(k K) {
	if m.set[k] {
		delete(m.set, k)
		return
	}
	m.add(k)
}

func (m *marks[K]) add(keys ...K) {
	if m.set == nil {
		m.set = map[K]bool{}
	}
	for _, k := range keys {
		m.set[k] = true
	}
}

// turn begins a range at the cursor; given again it is marked as it stands.
func (m *marks[K]) turn(keys []K, cursor int) {
	if m.ranges {
		m.fix(keys, cursor)
	} else if cursor < len(keys) {
		m.anchor, m.ranges = keys[cursor], true
	}
}

// fix marks the range that has been begun.
func (m *marks[K]) fix(keys []K, cursor int) {
	from, to := m.span(keys, cursor)
	m.add(keys[from:to]...)
	m.ranges = false
}

// span is the range that has been begun, from the first row to the one after the last; empty when there is none here.
func (m *marks[K]) span(keys []K, cursor int) (from, to int) {
	if !m.ranges || cursor >= len(keys) {
		return 0, 0
	}
	anchor := slices.Index(keys, m.anchor)
	if anchor < 0 {
		return 0, 0
	}
	return min(anchor, cursor), max(anchor, cursor) + 1
}

// none reports whether nothing is marked.
func (m *marks[K]) none() bool { return len(m.set) == 0 && !m.ranges }

// seen tells of each row whether it is marked.
func (m *marks[K]) seen(keys []K, cursor int) func(i int) bool {
	from, to := m.span(keys, cursor)
	return func(i int) bool { return from <= i && i < to || m.set[keys[i]] }
}

// clear takes all marks away, and reports whether there were any.
func (m *marks[K]) clear() bool {
	had := !m.none()
	*m = marks[K]{}
	return had
}
