package screen

import (
	"slices"
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

// partners is the register of partners outside the initiative, by region, and on how many open efforts each stands.
type partners struct {
	desk *app.Desk
	list []partnerRow
	rows rows[partnerKey]
	// added is the one just added, for the cursor to go to.
	added         partnerKey
	width, height int
	line          widget.Line
	actions       []app.Bound
}

// partnerKey is a partner's place: its region and its name in any case, "" in a region that has none.
type partnerKey struct {
	region model.RegionCode
	folded string
}

type partnerRow struct {
	model.Partner
	efforts int
	// configured: the configuration lists it. unlisted: efforts have it, but no register (any longer).
	configured, unlisted bool
}

func (r *partnerRow) key() partnerKey { return partnerKey{r.Region, model.Fold(r.Name)} }

// newPartners begins in the region one comes from.
func newPartners(d *app.Desk) app.Screen {
	s := &partners{desk: d}
	s.actions = s.bind()
	s.refresh()
	s.rows.move(max(slices.IndexFunc(s.list, func(r partnerRow) bool { return r.Region == here(d) }), 0))
	return s
}

func (s *partners) Open() tea.Cmd { return nil }

// Title says what is listed.
func (s *partners) Title() safe.Text { return safe.Of(s.desk.Texts.Screen.Partners.Title) }

// Here marks the tab of the selected region.
func (s *partners) Here() (model.RegionCode, bool) {
	if r := s.selected(); r != nil {
		return r.Region, false
	}
	return "-", false
}

func (s *partners) SetSize(width, height int) { s.width, s.height = width, height }

func (s *partners) Update(msg tea.Msg) tea.Cmd {
	switch msg.(type) {
	case app.BoardMsg, app.TickMsg:
		s.refresh()
	}
	return nil
}

// refresh takes the register and counts the efforts. The register is everybody's; the efforts are those of the board.
func (s *partners) refresh() {
	cat := s.desk.Catalogue()
	at, rows := map[partnerKey]*partnerRow{}, []*partnerRow{}
	add := func(r partnerRow) {
		rows = append(rows, &r)
		at[r.key()] = &r
	}
	regions := append(cat.CurrentRegions(s.desk.Today()), cat.National)
	order := map[model.RegionCode]int{}
	for i, r := range regions {
		order[r.Code] = i
	}
	for _, p := range slices.Concat(cat.Partners, s.desk.Whole.Partners()) {
		if _, listed := cat.Partner(p.Region, p.Name); at[(&partnerRow{Partner: p}).key()] == nil {
			add(partnerRow{Partner: p, configured: listed})
		}
	}
	s.count(at, add)
	for _, r := range regions {
		if !slices.ContainsFunc(rows, func(p *partnerRow) bool { return p.Region == r.Code }) {
			add(partnerRow{Partner: model.Partner{Region: r.Code}})
		}
	}
	slices.SortStableFunc(rows, func(a, b *partnerRow) int {
		place := func(r *partnerRow) int {
			if i, current := order[r.Region]; current {
				return i
			}
			return len(regions)
		}
		if by := place(a) - place(b); by != 0 {
			return by
		}
		if by := strings.Compare(string(a.Region), string(b.Region)); by != 0 {
			return by
		}
		return strings.Compare(model.Fold(a.Name), model.Fold(b.Name))
	})
	s.list = s.list[:0]
	keys := make([]partnerKey, 0, len(rows))
	for _, r := range rows {
		s.list, keys = append(s.list, *r), append(keys, r.key())
	}
	s.rows.set(keys)
	if i := slices.Index(keys, s.added); i >= 0 && s.added.folded != "" {
		s.rows.move(i)
		s.added = partnerKey{}
	}
}

// count counts each partner's efforts, after it has added those that stand on efforts and in no register (any longer).
func (s *partners) count(at map[partnerKey]*partnerRow, add func(partnerRow)) {
	folded := map[string]string{}
	each := func(fn func(e *model.Effort, name string, rows []*partnerRow)) {
		for e := range s.desk.Board.All() {
			for _, name := range e.Partners {
				if _, known := folded[name]; !known {
					folded[name] = model.Fold(name)
				}
				var rows []*partnerRow
				for _, region := range placesOf(e) {
					if r := at[partnerKey{region, folded[name]}]; r != nil {
						rows = append(rows, r)
					}
				}
				fn(e, name, rows)
			}
		}
	}
	each(func(e *model.Effort, name string, rows []*partnerRow) {
		if !slices.ContainsFunc(rows, func(r *partnerRow) bool { return !r.unlisted || r.Region == e.Region }) {
			add(partnerRow{Partner: model.Partner{Region: e.Region, Name: name}, unlisted: true})
		}
	})
	each(func(_ *model.Effort, name string, rows []*partnerRow) {
		for _, r := range rows {
			r.efforts++
			if r.unlisted { // efforts come in no order; of several writings always the same one shows
				r.Name = min(r.Name, name)
			}
		}
	})
}

// placesOf are the regions whose partners an effort can have.
func placesOf(e *model.Effort) []model.RegionCode {
	if slices.Contains(e.Touches, e.Region) {
		return e.Touches
	}
	return append([]model.RegionCode{e.Region}, e.Touches...)
}

func (s *partners) selected() *partnerRow {
	if s.rows.Cursor < len(s.list) {
		return &s.list[s.rows.Cursor]
	}
	return nil
}

// Actions are adding a partner, taking one out, and the efforts that have it.
func (s *partners) Actions() []app.Bound { return s.actions }

func (s *partners) bind() []app.Bound {
	t := s.desk.Texts.Screen.Partners
	to := func(row func() int) func(int) tea.Cmd {
		return func(int) tea.Cmd { s.rows.move(row()); return nil }
	}
	region := func(by int) func(int) tea.Cmd { return to(func() int { return s.next(by) }) }
	return []app.Bound{
		{ID: action.Open, Do: func(int) tea.Cmd { return s.open() }, Off: s.nobody},
		{ID: action.Create, Do: func(int) tea.Cmd { return s.add() }, Off: s.mayNot, Label: func() string { return t.AddLabel }},
		{ID: action.Decline, Do: func(int) tea.Cmd { return s.remove() }, Off: s.cannotRemove, Label: func() string { return t.RemoveLabel }},
		{ID: action.Back, Do: func(int) tea.Cmd { return s.desk.Pop(s) }},
		{ID: action.Next, Do: region(1)},
		{ID: action.Previous, Do: region(-1)},
		{ID: action.Right, Do: region(1)},
		{ID: action.Left, Do: region(-1)},
		{ID: action.Up, Do: to(func() int { return s.rows.Cursor - 1 })},
		{ID: action.Down, Do: to(func() int { return s.rows.Cursor + 1 })},
		{ID: action.Top, Do: to(func() int { return 0 })},
		{ID: action.Bottom, Do: to(func() int { return len(s.list) - 1 })},
		{ID: action.PageUp, Do: to(func() int { return s.rows.Cursor - s.size() })},
		{ID: action.PageDown, Do: to(func() int { return s.rows.Cursor + s.size() })},
	}
}

// next is the first row of the next region, or the one before, around the ends.
func (s *partners) next(by int) int {
	var first []int
	at := 0
	for i := range s.list {
		if i == 0 || s.list[i].Region != s.list[i-1].Region {
			first = append(first, i)
		}
		if i == s.rows.Cursor {
			at = len(first) - 1
		}
	}
	if len(first) == 0 {
		return 0
	}
	return first[(at+by+len(first))%len(first)]
}

func (s *partners) nobody() string {
	if r := s.selected(); r == nil || r.Name == "" {
		return s.desk.Texts.Screen.Partners.NoPartner
	}
	return ""
}

// mayNot says why the officer may not change the register of the selected region.
func (s *partners) mayNot() string {
	r := s.selected()
	if r == nil {
		return s.desk.Texts.Screen.Partners.NoPartner
	}
	if err := s.desk.Actor.May(model.RightAsk, r.Region, ""); err != nil {
		return s.desk.Sentence(err)
	}
	return ""
}

func (s *partners) cannotRemove() string {
	if why := s.nobody(); why != "" {
		return why
	}
	if r := s.selected(); r.unlisted {
		return r.Name + ": " + s.desk.Texts.Screen.Partners.Unlisted
	}
	return s.mayNot()
}

func (s *partners) regionName(code model.RegionCode) string {
	return s.desk.Texts.Value(model.FieldRegion, string(code), s.desk.Catalogue())
}

func (s *partners) add() tea.Cmd {
	t, region := s.desk.Texts.Screen.Partners, s.selected().Region
	title := text.Fill(t.Add, "region", s.regionName(region))
	return s.desk.Push(newAsk(s.desk, title, t.AddHint, model.MaxShort, func(typed string) model.Command {
		p := model.Partner{Region: region, Name: strings.TrimSpace(typed)}
		s.added = (&partnerRow{Partner: p}).key()
		return model.SetPartner{Partner: p}
	}))
}

// remove asks first; when it is refused the box says why.
func (s *partners) remove() tea.Cmd {
	t, r := s.desk.Texts.Screen.Partners, s.selected()
	return s.desk.Push(&choose{overlay: overlay{desk: s.desk}, title: text.Fill(t.Remove, "partner", r.Name), hint: t.RemoveHint,
		lines: []string{t.RemoveKeeps}, options: []option{{key: "y", label: text.Fill(t.RemoveYes, "region", s.regionName(r.Region)),
			command: model.SetPartner{Partner: r.Partner, Off: true}}}})
}

// open lists the efforts that the partner stands on.
func (s *partners) open() tea.Cmd {
	at := s.selected().key()
	title := s.selected().Name + ", " + s.regionName(at.region)
	return s.desk.Push(newList(s.desk, title, func(b *model.Board) (efforts []*model.Effort) {
		for e := range b.All() {
			has := func(name string) bool { return model.Fold(name) == at.folded }
			if len(e.Partners) > 0 && slices.Contains(placesOf(e), at.region) && slices.ContainsFunc(e.Partners, has) {
				efforts = append(efforts, e)
			}
		}
		slices.SortFunc(efforts, (*model.Effort).Before)
		return efforts
	}))
}

// size is how many rows there are above the hint.
func (s *partners) size() int { return max(s.height-len(s.hint())-min(len(s.hint()), 1), 1) }

// hint says what a partner is; on a low screen the rows come first.
func (s *partners) hint() []safe.Text {
	words := safe.Of(s.desk.Texts.Screen.Partners.Hint).Wrap(max(s.width-2, 10))
	if s.height < 14 && len(s.list)+1+len(words) > s.height {
		return nil
	}
	return words
}

// View draws the rows that fit, and below them what a partner is.
func (s *partners) View() string {
	size := s.size()
	s.rows.Show(len(s.list), size)
	var lines []string
	for i := s.rows.Top; i < min(s.rows.Top+size, len(s.list)); i++ {
		lines = append(lines, s.row(i))
	}
	if len(lines)+len(s.hint()) < s.height {
		lines = append(lines, "")
	}
	for _, part := range s.hint() {
		lines = append(lines, s.line.Begin(s.desk.Theme, s.width).Skip(1).Put(theme.Dim, part).Done())
	}
	return strings.Join(lines[:min(len(lines), max(s.height, 1))], "\n")
}

// row is a partner and its efforts; a region's name stands before its first one that is seen.
func (s *partners) row(i int) string {
	d, t, r := s.desk, s.desk.Texts.Screen.Partners, &s.list[i]
	l := s.line.Begin(d.Theme, s.width)
	role := row(d, l, i == s.rows.Cursor)
	width, name := 13, s.regionName(r.Region)
	if s.width < 60 {
		width, name = 7, string(r.Region)
	}
	if i == s.rows.Top || s.list[i-1].Region != r.Region {
		heading := theme.Heading
		if role == theme.Selected {
			heading = role
		}
		l.Put(heading, safe.Of(name).Cut(width-2))
	}
	l.ToFill(role, width)
	if r.Name == "" {
		words := t.None
		if i == s.rows.Cursor && s.mayNot() == "" {
			words = d.Keyed(t.NoneYet)
		}
		return l.Say(theme.Dim, words).Done()
	}
	words := t.Idle
	switch {
	case r.efforts > 0:
		words = d.Texts.Count(t.One, t.Many, r.efforts)
	case d.Board != d.Whole:
		words = t.IdleHere
	}
	switch {
	case r.unlisted:
		words += " · " + t.Unlisted
	case r.configured && s.width >= 60:
		words += " · " + t.Configured
	}
	right := safe.Of(words)
	if s.width >= 60 {
		room := min(l.Left()/2, 48)
		return l.Put(role, safe.Of(r.Name).Cut(room)).To(width+room+2).Put(theme.Dim, right).Done()
	}
	l.Put(role, safe.Of(r.Name).Cut(max(l.Left()-right.Width()-3, 8))).Skip(2)
	return l.Skip(l.Left()-right.Width()-1).Put(theme.Dim, right).Done()
}
