package screen

import (
	"slices"
	"strconv"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// From these widths on the focuses stand side by side, and the selected effort's detail beside them.
const (
	sideBySide = 100
	withDetail = 140
)

// settle is how long the cursor rests before the detail beside the columns follows: on a slow link a held
// key then costs two lines a step, not a screen.
const settle = 150 * time.Millisecond

// region is a regional council's board: one column per focus.
type region struct {
	desk          *app.Desk
	code          model.RegionCode
	width, height int
	columns       []column
	at            int
	cards         *cards
	line          widget.Line
	out           strings.Builder
	// detail is what stands at the right, of the effort and version it was made for.
	detail      []string
	detailOf    *model.Effort
	detailWidth int
	moves       int
	// marks are the efforts marked for the next action; marked and chosen are what they come to here, nil when there are none.
	marks   marks[model.EffortID]
	marked  map[model.EffortID]bool
	chosen  []*model.Effort
	actions []app.Bound
}

type settled struct{ moves int }

func newRegion(d *app.Desk, code model.RegionCode, focus model.FocusCode) *region {
	r := &region{desk: d, code: code, cards: newCards(d)}
	r.actions = r.bind()
	for i, f := range d.Catalogue().CurrentFocuses(d.Today()) {
		if f.Code == focus {
			r.at = i
		}
	}
	return r
}

func (r *region) Open() tea.Cmd {
	r.refresh()
	r.land()
	r.follow()
	return nil
}

// Title names the council.
func (r *region) Title() safe.Text {
	t := r.desk.Texts.Screen.Board
	switch code := r.code; {
	case code == "":
		return safe.Of(t.Unplaced)
	case code == model.RegionNational:
		return safe.Of(t.National)
	}
	name := string(r.code)
	if reg := r.desk.Catalogue().Region(r.code); reg != nil {
		name = reg.Name.In(r.desk.Texts.Lang)
	}
	return safe.Of(text.Fill(t.Title, "region", name))
}

// Here marks the region's tab.
func (r *region) Here() (model.RegionCode, bool) { return r.code, false }

// Spot is where a new effort would belong.
func (r *region) Spot() (model.RegionCode, model.FocusCode) {
	if len(r.columns) == 0 {
		return r.code, ""
	}
	return r.code, r.columns[r.at].focus
}

func (r *region) SetSize(width, height int) { r.width, r.height = width, height }

func (r *region) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.BoardMsg:
		r.refresh()
		r.land()
		r.follow()
		if hidden := len(r.marks.set) - len(r.chosen); hidden > 0 && r.desk.Board != r.desk.Whole {
			r.desk.Say(text.Fill(r.desk.Texts.Screen.Together.Hidden, "n", strconv.Itoa(hidden)))
		}
	case app.TickMsg:
		r.detailOf = nil
		r.follow()
	case app.Acted:
		if _, many := msg.Command.(model.Together); many {
			r.marks.clear()
			r.remark()
		}
	case settled:
		if msg.moves == r.moves {
			r.follow()
		}
	}
	return nil
}

// refresh takes the columns from the board; cursors stay on their efforts.
func (r *region) refresh() {
	cat := r.desk.Catalogue()
	old := r.columns
	r.columns = nil
	add := func(focus model.FocusCode, name string, efforts []*model.Effort) {
		c := column{focus: focus, name: safe.Of(name), efforts: efforts}
		for _, o := range old {
			if o.focus == focus {
				c.selected, c.Window = o.selected, o.Window
			}
		}
		week := (r.desk.Today() - 6).Stamp()
		for i, e := range efforts {
			switch guest := r.code != "" && e.Region != r.code; { // who counts in the country's row
			case guest:
				c.national++
			default:
				if e.Waiting() {
					c.waiting++
				}
				if e.Created >= week {
					c.new++
				}
			}
			if e.ID == c.selected {
				c.Cursor = i
			}
		}
		r.columns = append(r.columns, c)
	}
	var lost []*model.Effort
	if r.code == "" {
		lost = r.desk.Board.Unplaced(r.desk.Today())
		slices.SortFunc(lost, (*model.Effort).Before)
	}
	for _, f := range cat.CurrentFocuses(r.desk.Today()) {
		efforts := r.desk.Board.Column(r.code, f.Code)
		if r.code == "" {
			efforts = ofFocus(lost, f.Code)
		}
		add(f.Code, f.Name.In(r.desk.Texts.Lang), efforts)
	}
	if rest := slices.DeleteFunc(lost, func(e *model.Effort) bool { return inUse(cat, e.Focus, r.desk.Today()) }); len(rest) > 0 {
		add("", r.desk.Texts.Screen.Board.Unplaced, rest)
	}
	r.at = min(r.at, len(r.columns)-1)
	for i := range r.columns {
		r.columns[i].keep()
	}
	r.remark()
}

// land goes where something is left when a filter has emptied the column.
func (r *region) land() {
	left := slices.IndexFunc(r.columns, func(c column) bool { return len(c.efforts) > 0 })
	if r.selected() == nil && r.desk.Board != r.desk.Whole && left >= 0 {
		r.at = left
	}
}

// point puts the cursor on an effort.
func (r *region) point(e *model.Effort) {
	r.refresh()
	for i := range r.columns {
		for j, o := range r.columns[i].efforts {
			if o.ID == e.ID {
				r.at, r.columns[i].Cursor = i, j
				r.columns[i].keep()
			}
		}
	}
	r.follow()
}

// inUse reports whether a focus has a column on a day.
func inUse(cat *model.Catalogue, focus model.FocusCode, day model.Day) bool {
	f := cat.Focus(focus)
	return f != nil && f.Current(day)
}

func ofFocus(efforts []*model.Effort, focus model.FocusCode) (of []*model.Effort) {
	for _, e := range efforts {
		if e.Focus == focus {
			of = append(of, e)
		}
	}
	return of
}

// selected returns the effort under the cursor, nil in an empty column.
func (r *region) selected() *model.Effort {
	if len(r.columns) == 0 {
		return nil
	}
	c := &r.columns[r.at]
	if c.Cursor < len(c.efforts) {
		return c.efforts[c.Cursor]
	}
	return nil
}

// Actions are those of the selected effort, and moving.
func (r *region) Actions() []app.Bound { return r.actions }

func (r *region) bind() []app.Bound {
	page := func() int { return max(r.rows(), 1) }
	vertical := func(to func(c *column) int) func(int) tea.Cmd {
		return func(int) tea.Cmd {
			c := &r.columns[r.at]
			c.Move(to(c), len(c.efforts))
			c.keep()
			return r.moved()
		}
	}
	sideways := func(by int) func(int) tea.Cmd {
		return func(int) tea.Cmd {
			if c := &r.columns[r.at]; r.marks.ranges { // a range stays in its column
				r.marks.fix(c.ids(), c.Cursor)
			}
			r.at = (r.at + by + len(r.columns)) % len(r.columns)
			return r.moved()
		}
	}
	nothing := func() string {
		if r.selected() == nil {
			return r.desk.Texts.Screen.Board.NothingSelected
		}
		return ""
	}
	all := effortActions(r.desk, aim{effort: r.selected, marked: func() []*model.Effort { return r.chosen }})
	mark := func(turn func()) func(int) tea.Cmd {
		return func(int) tea.Cmd {
			turn()
			r.remark()
			sayMarked(r.desk, len(r.marked))
			return nil
		}
	}
	open := app.Bound{ID: action.Open, Off: nothing, Do: func(int) tea.Cmd { return r.desk.Push(newEffort(r.desk, r.selected().ID)) }}
	return append(slices.Insert(all, 5, open),
		app.Bound{ID: action.Up, Do: vertical(func(c *column) int { return c.Cursor - 1 })},
		app.Bound{ID: action.Down, Do: vertical(func(c *column) int { return c.Cursor + 1 })},
		app.Bound{ID: action.Top, Do: vertical(func(*column) int { return 0 })},
		app.Bound{ID: action.Bottom, Do: vertical(func(c *column) int { return len(c.efforts) - 1 })},
		app.Bound{ID: action.PageUp, Do: vertical(func(c *column) int { return c.Cursor - page() })},
		app.Bound{ID: action.PageDown, Do: vertical(func(c *column) int { return c.Cursor + page() })},
		app.Bound{ID: action.Left, Do: sideways(-1)},
		app.Bound{ID: action.Right, Do: sideways(1)},
		app.Bound{ID: action.Next, Do: sideways(1)},
		app.Bound{ID: action.Previous, Do: sideways(-1)},
		app.Bound{ID: action.Mark, Off: nothing, Do: mark(func() {
			r.marks.toggle(r.selected().ID)
			c := &r.columns[r.at]
			c.Move(c.Cursor+1, len(c.efforts))
			c.keep()
		})},
		app.Bound{ID: action.Range, Off: nothing, Do: mark(func() {
			c := &r.columns[r.at]
			r.marks.turn(c.ids(), c.Cursor)
		})},
		app.Bound{ID: action.Back, Do: func(int) tea.Cmd {
			if r.marks.clear() {
				r.remark()
				return nil
			}
			if r.desk.LiesOn(r) {
				return r.desk.Pop(r)
			}
			if r.desk.InPast() {
				return r.desk.Return()
			}
			return r.desk.GoRoot(newPicture(r.desk))
		}},
	)
}

func (r *region) moved() tea.Cmd {
	r.moves++
	if r.marks.ranges {
		r.remark()
		sayMarked(r.desk, len(r.marked))
	}
	if r.width < withDetail {
		r.follow()
		return nil
	}
	return r.desk.After(r, settle, settled{r.moves})
}

// follow remakes the detail at the right when the effort under the cursor is another, or has changed.
func (r *region) follow() {
	if e := r.selected(); e != r.detailOf {
		r.detailOf, r.detail = e, nil
	}
}

// rows is how many cards a column shows.
func (r *region) rows() int { return max((r.height-1)/cardRows, 1) }

// layout divides the width: the columns' width, how many stand side by side, and the detail's width.
func (r *region) layout() (width, columns, detail int) {
	n := len(r.columns)
	if r.width < sideBySide {
		return r.width, 1, 0
	}
	if r.width >= withDetail {
		detail = min(max(r.width/4, 44), 64)
	}
	return (r.width - detail - 3*(n-1) - min(detail, 3)) / n, n, detail
}

// View puts ready lines together.
func (r *region) View() string {
	width, n, detail := r.layout()
	first, last := 0, n
	if n == 1 {
		first, last = r.at, r.at+1
	}
	b := &r.out
	b.Reset()
	b.Grow(r.width * r.height * 2)
	if n == 1 {
		b.WriteString(r.focusTabs(width))
	} else {
		for i := first; i < last; i++ {
			r.separate(b, i > first)
			b.WriteString(r.heading(&r.columns[i], width, i == r.at))
		}
		if detail > 0 {
			r.separate(b, true)
			b.WriteString(r.detailLine(0, detail))
		}
	}
	for i := first; i < last; i++ {
		r.ready(&r.columns[i], width, i == r.at)
	}
	blank := widget.Blank(width)
	for y := 0; y < r.height-1; y++ {
		b.WriteByte('\n')
		for i := first; i < last; i++ {
			r.separate(b, i > first)
			c := &r.columns[i]
			switch {
			case y/cardRows < len(c.shown):
				b.WriteString(c.shown[y/cardRows][y%cardRows])
			case y == 1 && len(c.efforts) == 0:
				b.WriteString(r.line.Begin(r.desk.Theme, width).Skip(3).Say(theme.Dim, r.empty()).Done())
			default:
				b.WriteString(blank)
			}
		}
		if detail > 0 {
			r.separate(b, true)
			b.WriteString(r.detailLine(y+1, detail))
		}
	}
	return b.String()
}

// empty says kindly why a column has nothing.
func (r *region) empty() string {
	t := r.desk.Texts.Screen.Board
	if r.desk.Board != r.desk.Whole {
		return r.desk.Keyed(t.NoneHere)
	}
	if r.desk.Actor.May(model.RightPropose, r.code, "") != nil {
		return t.NoneRead
	}
	return r.desk.Keyed(t.None)
}

func (r *region) separate(b *strings.Builder, yes bool) {
	if yes {
		b.WriteByte(' ')
		r.desk.Theme.Write(b, theme.Border, r.desk.Theme.Glyph.Column)
		b.WriteByte(' ')
	}
}

// detailLine is one line of the detail at the right.
func (r *region) detailLine(y, width int) string {
	if r.detail == nil || r.detailWidth != width {
		r.detail, r.detailWidth = nil, width
		if r.detailOf != nil {
			r.detail = detail(r.desk, r.detailOf, width)
		}
	}
	if y < len(r.detail) {
		return r.detail[y]
	}
	return widget.Blank(width)
}
