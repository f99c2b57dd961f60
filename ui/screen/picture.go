package screen

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// trendMonths is how many month-ends the trend goes back.
const trendMonths = 4

// picture is the national picture: regions by focuses, the country, and what is placed nowhere.
type picture struct {
	desk          *app.Desk
	width, height int
	overview      model.Overview
	row, col      int
	win           widget.Window
	// size is how many rows fit.
	size int
	// ended are the efforts that ended since the trend begins, read beside endedOf.
	ended   []*model.Effort
	endedOf *model.Board
	// pairs are the regions with links between them.
	pairs   []model.RegionPair
	trend   map[model.RegionCode][trendMonths]int
	reading bool
	line    widget.Line
	actions []app.Bound
}

func newPicture(d *app.Desk) *picture {
	p := &picture{desk: d}
	p.actions = p.bind()
	return p
}

func (p *picture) Open() tea.Cmd {
	p.refresh()
	return p.load()
}

// load reads the efforts that have ended since the trend begins; the open ones are on the board.
func (p *picture) load() tea.Cmd {
	p.reading, p.endedOf = true, p.desk.Whole
	since := model.DayOf(p.desk.Now().AddDate(0, -trendMonths, 0))
	return p.desk.Load(p, func(ctx context.Context) (any, error) {
		var ended []*model.Effort
		err := p.desk.Store.Ended(ctx, since, func(e *model.Effort) bool {
			ended = append(ended, e)
			return true
		})
		return ended, err
	})
}

// Title says what one sees.
func (p *picture) Title() safe.Text { return safe.Of(p.desk.Texts.Screen.Picture.Title) }

// Here marks the picture's tab.
func (p *picture) Here() (model.RegionCode, bool) { return "", true }

// Spot is where a new effort would belong.
func (p *picture) Spot() (model.RegionCode, model.FocusCode) {
	if p.row >= len(p.overview.Rows) || p.col >= len(p.overview.Focuses) {
		return "", ""
	}
	return p.overview.Rows[p.row].Region, p.overview.Focuses[p.col].Code
}

func (p *picture) SetSize(width, height int) { p.width, p.height = width, height }

func (p *picture) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.BoardMsg:
		p.refresh()
		p.land()
		if !p.reading && p.endedOf != p.desk.Whole {
			return p.load()
		}
	case app.TickMsg:
		p.refresh()
	case app.Loaded:
		p.reading = false
		if ended, ok := msg.Value.([]*model.Effort); ok {
			p.ended = ended
			p.count()
		}
		if msg.Err != nil {
			p.endedOf = nil
		}
	}
	return nil
}

func (p *picture) refresh() {
	p.overview = p.desk.Board.Overview(p.desk.Today())
	p.pairs, _ = p.desk.Board.LinkedRegions()
	p.count()
}

// land goes to the first cell where something is left when a filter has emptied the one under the cursor.
func (p *picture) land() {
	if p.desk.Board == p.desk.Whole || len(p.overview.Focuses) == 0 || p.row < len(p.overview.Rows) && p.overview.Rows[p.row].Cells[p.col].Open > 0 {
		return
	}
	for i, row := range p.overview.Rows {
		for j, s := range row.Cells {
			if s.Open > 0 {
				p.row, p.col = i, j
				return
			}
		}
	}
}

// count works out how many efforts were open at the ends of the last months: those made before and still
// open, or ended after.
func (p *picture) count() {
	var ends [trendMonths]model.Stamp
	now := p.desk.Now()
	for i := range ends {
		month := time.Date(now.Year(), now.Month()-time.Month(trendMonths-1-i)+1, 1, 0, 0, 0, 0, time.UTC)
		ends[i] = min(model.StampOf(month), model.StampOf(now)+1)
	}
	p.trend = map[model.RegionCode][trendMonths]int{}
	tally := func(e *model.Effort) {
		row := p.trend[e.Region]
		for i, end := range ends {
			if e.Created < end && (e.Ended == 0 || e.Ended >= end) {
				row[i]++
			}
		}
		p.trend[e.Region] = row
	}
	for e := range p.desk.Board.All() {
		if e.Open() { // a filter by status has those on the board that have ended too
			tally(e)
		}
	}
	for _, e := range p.ended {
		if p.desk.Lets(e) {
			tally(e)
		}
	}
}

// Actions are moving among the cells and opening one.
func (p *picture) Actions() []app.Bound { return p.actions }

func (p *picture) bind() []app.Bound {
	move := func(row, col int) func(int) tea.Cmd {
		return func(int) tea.Cmd { p.to(p.row+row, p.col+col); return nil }
	}
	next := func(by int) func(int) tea.Cmd {
		return func(int) tea.Cmd {
			p.to(p.row, (p.col+by+len(p.overview.Focuses))%max(len(p.overview.Focuses), 1))
			return nil
		}
	}
	return []app.Bound{
		{ID: action.Open, Do: func(int) tea.Cmd {
			region, focus := p.Spot()
			return p.desk.Push(newRegion(p.desk, region, focus))
		}},
		{ID: action.Create, Do: func(int) tea.Cmd { return create(p.desk) }, Off: may(p.desk, model.RightPropose)},
		{ID: action.Narrow, Do: func(int) tea.Cmd { return p.desk.Push(newNarrow(p.desk)) }},
		{ID: action.Link, Hidden: true, Label: func() string { return p.desk.Texts.Screen.Link.Heading }, Do: func(int) tea.Cmd { return p.linked() }, Off: func() string {
			if len(p.pairs) == 0 {
				return p.desk.Texts.Screen.Link.NoneAcross
			}
			return ""
		}},
		{ID: action.Up, Do: move(-1, 0)},
		{ID: action.Down, Do: move(1, 0)},
		{ID: action.Left, Do: move(0, -1)},
		{ID: action.Right, Do: move(0, 1)},
		{ID: action.Next, Do: next(1)},
		{ID: action.Previous, Do: next(-1)},
		{ID: action.Top, Do: func(int) tea.Cmd { p.to(0, p.col); return nil }},
		{ID: action.Bottom, Do: func(int) tea.Cmd { p.to(len(p.overview.Rows)-1, p.col); return nil }},
		{ID: action.PageUp, Do: move(-5, 0)},
		{ID: action.PageDown, Do: move(5, 0)},
		{ID: action.Back, Hidden: true, Do: func(int) tea.Cmd {
			if p.desk.InPast() {
				return p.desk.Return()
			}
			return nil
		}},
	}
}

func (p *picture) to(row, col int) {
	p.row = max(min(row, len(p.overview.Rows)-1), 0)
	p.col = max(min(col, len(p.overview.Focuses)-1), 0)
}

// columns of the picture: what stands before the focuses, each focus, and what stands after.
const (
	labelWide, labelNarrow = 16, 9
	tailWide               = 22
	tailNarrow             = 6
)

func (p *picture) layout() (label, cell int, wide bool) {
	n := max(len(p.overview.Focuses), 1)
	label, tail := labelWide, tailWide
	wide = p.width >= 70
	if !wide {
		label, tail = labelNarrow, tailNarrow
	}
	return label, max(min((p.width-label-tail)/n, 22), 5), wide
}

// View draws the table, and what the signs mean where there is room.
func (p *picture) View() string {
	label, cell, wide := p.layout()
	t := p.desk.Texts.Screen.Picture
	var lines []string
	l := p.line.Begin(p.desk.Theme, p.width).To(label)
	for i, f := range p.overview.Focuses {
		l.Put(theme.Heading, safe.Of(f.Name.In(p.desk.Texts.Lang)).Cut(cell-1)).To(label + cell*(i+1))
	}
	l.Put(theme.Heading, p.desk.Theme.Glyph.Sum.FitRight(5))
	if wide {
		l.Put(theme.Heading, safe.Of(t.Oldest).FitRight(9)).Skip(2).Say(theme.Heading, t.Trend)
	}
	lines = append(lines, l.Done())
	top := 0
	for _, row := range p.trend {
		for _, n := range row {
			top = max(top, n)
		}
	}
	// Where not all rows fit, those around the cursor do; the heading and the sum always stand.
	notes := p.important()
	spared := min(len(notes), 1)
	if len(p.pairs) > 0 {
		spared++
	}
	p.size = max(min(p.height-2-spared, len(p.overview.Rows)), 1)
	p.win.Cursor = p.row
	p.win.Show(len(p.overview.Rows), p.size)
	for i := p.win.Top; i < min(p.win.Top+p.size, len(p.overview.Rows)); i++ {
		lines = append(lines, p.rowLine(i, p.overview.Rows[i], label, cell, wide, top))
	}
	lines = append(lines, p.total(label, cell, wide))
	if across := p.across(); across != "" {
		lines = append(lines, across)
	}
	if len(notes) > 0 {
		if len(lines)+2 <= p.height {
			lines = append(lines, "")
		}
		lines = append(lines, p.ticker(notes, max(min(p.height-len(lines)-2, tickerLines), 1))...)
	}
	if len(lines)+2 <= p.height {
		g := p.desk.Theme.Glyph
		lines = append(lines, "", p.line.Begin(p.desk.Theme, p.width).Skip(1).
			Put(theme.Alarm, g.Waits).Skip(1).Say(theme.Dim, t.Waits).Skip(2).
			Put(theme.Fresh, g.New).Skip(1).Say(theme.Dim, t.New).Skip(2).
			Put(theme.Dim, g.None).Skip(1).Say(theme.Dim, t.None).Done())
	}
	return strings.Join(lines[:min(len(lines), max(p.height, 1))], "\n")
}

func (p *picture) rowLine(i int, row model.OverviewRow, label, cell int, wide bool, top int) string {
	d, g := p.desk, p.desk.Theme.Glyph
	cat := d.Catalogue()
	name, key := d.Texts.Screen.Picture.Unplaced, " "
	if r := cat.Region(row.Region); r != nil {
		name, key = r.Name.In(d.Texts.Lang), cmp.Or(d.Keys().Key(action.Region, i), " ")
	}
	l := p.line.Begin(d.Theme, p.width)
	role := theme.Text
	if i == p.row {
		role = theme.Strong
		l.Put(theme.Strong, g.Cursor)
	} else {
		l.Skip(1)
	}
	l.Say(theme.Key, key).Put(theme.Dim, p.beyond(i)).Put(role, safe.Of(name).Cut(max(label-4, 0))).To(label)
	for j, s := range row.Cells {
		p.cell(l, s, p.changed(row.Region, p.overview.Focuses[j].Code), cell, i == p.row && j == p.col)
	}
	l.Put(theme.Strong, safe.Of(strconv.Itoa(row.Sum.Open)).FitRight(5))
	if wide {
		oldest := ""
		if row.Sum.Oldest != 0 {
			oldest = d.Texts.Ago(row.Sum.Oldest, d.Now())
		}
		l.Put(theme.Dim, safe.Of(oldest).FitRight(9)).Skip(2)
		if trend, ok := p.trend[row.Region]; ok && row.Region != "" {
			for _, n := range trend {
				l.Put(theme.Accent, g.Spark(n, top))
			}
		}
	}
	return l.Done()
}

// beyond is the sign beside the first and the last row that are shown, when there are more.
func (p *picture) beyond(i int) safe.Text {
	g := p.desk.Theme.Glyph
	switch {
	case i == p.win.Top && i > 0:
		return g.MoreAbove
	case i == p.win.Top+p.size-1 && i+1 < len(p.overview.Rows):
		return g.MoreBelow
	}
	return safe.Blank(1)
}

// changed is how many efforts of a cell others have changed and nobody here has looked at.
func (p *picture) changed(region model.RegionCode, focus model.FocusCode) int {
	if p.desk.UnseenSerial() == 0 { // nothing ever
		return 0
	}
	return p.desk.CountUnseenIn(region, focus)
}

// cell is one cell: how many, how many of them wait, are new, have been changed by others.
func (p *picture) cell(l *widget.Line, s *model.Summary, changed, width int, selected bool) {
	g := p.desk.Theme.Glyph
	end := l.Used() + width
	number, waits, fresh := theme.Text, theme.Alarm, theme.Fresh
	if selected {
		number, waits, fresh = theme.Selected, theme.Selected, theme.Selected
		l.Put(theme.Selected, g.Cursor)
	} else {
		l.Skip(1)
	}
	count := safe.Of(strconv.Itoa(s.Open))
	if s.Open == 0 {
		count = g.None
		if !selected {
			number = theme.Dim
		}
	}
	l.Put(number, count.FitRight(min(max(4, count.Width()), width-2)))
	inner := end - 2
	if s.Waiting > 0 {
		if mark := safe.Join(safe.Blank(1), g.Waits, safe.Of(strconv.Itoa(s.Waiting))); l.Used()+mark.Width() <= inner {
			l.Put(waits, mark)
		}
	}
	if s.New > 0 {
		if mark := safe.Join(safe.Blank(1), g.New, safe.Of(strconv.Itoa(s.New))); l.Used()+mark.Width() <= inner {
			l.Put(fresh, mark)
		}
	}
	if changed > 0 {
		if mark := safe.Join(safe.Blank(1), g.Changed, safe.Of(strconv.Itoa(changed))); l.Used()+mark.Width() <= inner {
			l.Put(fresh, mark)
		}
	}
	if selected {
		l.ToFill(theme.Selected, inner).Put(theme.Selected, g.CursorEnd)
	}
	l.To(end)
}

// total is the sum over all rows: every effort once.
func (p *picture) total(label, cell int, wide bool) string {
	d := p.desk
	l := p.line.Begin(d.Theme, p.width).Skip(3).Put(theme.Strong, safe.Of(d.Texts.Screen.Picture.Sum).Cut(label-4)).To(label)
	for _, s := range p.overview.Total.Cells {
		end := l.Used() + cell
		l.Skip(1).Put(theme.Strong, safe.Of(strconv.Itoa(s.Open)).FitRight(min(max(4, len(strconv.Itoa(s.Open))), cell-2))).To(end)
	}
	l.Put(theme.Strong, safe.Of(strconv.Itoa(p.overview.Total.Sum.Open)).FitRight(5))
	return l.Done()
}
