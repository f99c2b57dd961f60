package screen

import (
	"strconv"
	"strings"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// The grid's columns: what stands before the cells, and the least and most a cell takes. The country's is two wider,
// as its figures are.
const (
	agencyNarrow, agencyWide = 6, 28
	cellLeast, cellMost      = 8, 14
	countryMore              = 2
)

// gridLayout divides the screen: the width of a label and of a cell, which regions are seen, how many rows, and the
// selected cell in words.
type gridLayout struct {
	label, cell int
	first, last int
	rows        int
	words       []safe.Text
	tabs        bool
}

func (s *agencyBoard) layout() gridLayout {
	l := gridLayout{label: agencyNarrow, tabs: s.height >= 14}
	if s.width >= 112 {
		l.label = agencyWide
	}
	n := len(s.grid.Regions)
	room := s.width - l.label - countryMore
	l.cell = max(min(room/(n+1), cellMost), cellLeast)
	fits := max(min(room/l.cell-1, n), 1)
	// Where not all regions fit, those around the cursor do; the country always stands.
	l.first = max(min(s.left, n-fits, s.col), 0)
	if s.col < n && s.col >= l.first+fits {
		l.first = s.col - fits + 1
	}
	l.last = l.first + fits
	if row := s.selected(); row != nil {
		l.words = s.say(row, l).Wrap(max(s.width-2, 10))
	}
	room = s.height - 2
	if s.figure == byAnswers {
		room++ // times have no sum
	}
	if l.tabs {
		room--
	}
	l.words = l.words[:min(len(l.words), 3, max(room-3, 0))]
	l.rows = max(min(len(s.grid.Rows), room-len(l.words)), 1)
	return l
}

// drawn keeps the lines that a move of the cursor does not change: a frame is put together from them.
type drawn struct {
	of         drawnOf
	head, tail []string
	rows       []string
	foot       []string
}

type drawnOf struct {
	width, height, label, cell, first, last int
	figure                                  figure
}

// ready draws what all frames of a layout share.
func (s *agencyBoard) ready(l gridLayout) *drawn {
	of := drawnOf{s.width, s.height, l.label, l.cell, l.first, l.last, s.figure}
	if k := &s.drawn; k.of == of && k.rows != nil {
		return k
	}
	k := drawn{of: of, foot: s.foot(l), rows: make([]string, len(s.grid.Rows))}
	if l.tabs {
		names := s.pages()
		k.head = append(k.head, pageLine(s.desk, &s.line, s.width, names[:], int(s.figure)))
	}
	if s.figure != byAnswers {
		k.head = append(k.head, s.head(l))
		k.tail = append(k.tail, s.sums(l))
	}
	s.drawn = k
	return &s.drawn
}

// View draws the figures, their sums, what the signs mean where there is room, and the selected cell in words.
func (s *agencyBoard) View() string {
	l := s.layout()
	s.left = l.first
	s.rows.Show(len(s.grid.Rows), l.rows)
	k := s.ready(l)
	lines := append(make([]string, 0, s.height+4), k.head...)
	if s.figure == byAnswers {
		lines = append(lines, s.answerLines(l)...)
	} else {
		for i := s.rows.Top; i < min(s.rows.Top+l.rows, len(s.grid.Rows)); i++ {
			switch {
			case i == s.rows.Cursor:
				lines = append(lines, s.row(i, l))
				continue
			case k.rows[i] == "":
				k.rows[i] = s.row(i, l)
			}
			lines = append(lines, k.rows[i])
		}
	}
	lines = append(lines, k.tail...)
	room := s.height - len(lines) - len(l.words)
	if room > len(k.foot) {
		lines = append(lines, "")
		room--
	}
	lines = append(lines, k.foot[:max(min(len(k.foot), room), 0)]...)
	for _, part := range l.words {
		lines = append(lines, s.begin().Skip(1).Put(theme.Text, part).Done())
	}
	return strings.Join(lines[:min(len(lines), max(s.height, 1))], "\n")
}

func (s *agencyBoard) begin() *widget.Line { return s.line.Begin(s.desk.Theme, s.width) }

// tail is how many cells of a cell stand behind its figure.
func (s *agencyBoard) tail() int {
	if s.figure == byAsked {
		return 4
	}
	return 2
}

// head names the columns: by name where all names fit, else by code.
func (s *agencyBoard) head(l gridLayout) string {
	d := s.desk
	names := true
	for _, r := range s.grid.Regions {
		names = names && safe.Of(r.Name.In(d.Texts.Lang)).Width() <= l.cell-s.tail()
	}
	line := s.begin()
	if fits := l.last - l.first; fits < len(s.grid.Regions) {
		// Which of the columns are seen.
		line.Skip(1).Put(theme.Dim, safe.Of(strconv.Itoa(l.first+1)+"-"+strconv.Itoa(l.last)+"/"+strconv.Itoa(len(s.grid.Regions))).Cut(l.label-1))
	}
	line.To(l.label)
	for i := l.first; i < l.last; i++ {
		name := string(s.grid.Regions[i].Code)
		if names {
			name = s.grid.Regions[i].Name.In(d.Texts.Lang)
		}
		// A name ends where the figures do; one that is longer begins where they begin.
		end := line.Used() + l.cell
		line.Put(theme.Heading, safe.Of(name).FitRight(min(max(l.cell-s.tail(), safe.Of(name).Width()), l.cell-1))).To(end)
	}
	line.Put(theme.Heading, safe.Of(d.Texts.Screen.Agencies.Country).FitRight(l.cell+countryMore-s.tail()))
	if s.sorted {
		line.Put(theme.Heading, d.Theme.Glyph.MoreBelow)
	}
	return line.Done()
}

// label is an agency's code, and its name where there is room.
func (s *agencyBoard) label(line *widget.Line, r *model.LoadRow, width int, selected bool) {
	role := theme.Text
	if r.Code == s.desk.Actor.Agency {
		role = theme.Accent
	}
	if selected {
		role = theme.Strong
		line.Put(role, s.desk.Theme.Glyph.Cursor)
	} else {
		line.Skip(1)
	}
	line.Put(role, safe.Of(string(r.Code)).Fit(4)).Skip(1)
	if room := width - line.Used(); room > 8 && r.Agency != nil {
		line.Put(role, safe.Of(r.Agency.Name.In(s.desk.Texts.Lang)).Cut(room-1))
	}
	line.To(width)
}

func (s *agencyBoard) row(i int, l gridLayout) string {
	r := &s.grid.Rows[i]
	line := s.begin()
	s.label(line, r, l.label, i == s.rows.Cursor)
	for c := l.first; c < l.last; c++ {
		s.cell(line, r, c, l.cell, i == s.rows.Cursor && c == s.col)
	}
	last := len(r.Cells) - 1
	s.cell(line, r, last, l.cell+countryMore, i == s.rows.Cursor && s.col == last)
	return line.Done()
}

// cell is one figure with its signs. Where there is nothing a point stands, where nothing is known a dash.
func (s *agencyBoard) cell(line *widget.Line, r *model.LoadRow, i, width int, selected bool) {
	g, c := s.desk.Theme.Glyph, r.Cells[i]
	end := line.Used() + width
	role, figure, sign := s.look(c, c.Tally)
	heat := safe.Text{}
	if s.figure == byLoad {
		heat = g.Heated(c.Accepted, s.grid.top(r, i))
	}
	signs := theme.Alarm
	if selected {
		role, signs = theme.Selected, theme.Selected
		line.Put(role, g.Cursor)
	} else {
		line.Skip(1)
	}
	line.Put(role, figure.FitRight(width-1-s.tail()))
	if heat.Width() > 0 {
		line.Put(role, heat)
	}
	line.Put(signs, sign)
	if selected {
		line.ToFill(theme.Selected, end)
		return
	}
	line.To(end)
}

// look is a cell's figure, its role, and the sign that calls for attention.
func (s *agencyBoard) look(c model.LoadCell, t model.Tally) (role theme.Role, figure, sign safe.Text) {
	g := s.desk.Theme.Glyph
	n := t.Accepted
	switch s.figure {
	case byShare:
		percent, known := t.Share()
		if !known {
			return theme.Dim, g.Unknown, sign
		}
		return theme.Text, safe.Of(strconv.Itoa(percent) + "%"), sign
	case byAsked:
		n = t.Asked
		if t.Unanswered > 0 {
			sign = safe.Join(safe.Blank(1), g.Waits, safe.Of(strconv.Itoa(t.Unanswered)))
		}
	default:
		switch {
		case c.Over():
			role, sign = theme.Alarm, g.Waits
		case c.Known && n == c.Capacity:
			role = theme.Warn
		}
		if c.Known {
			figure = safe.Of(strconv.Itoa(n) + "/" + strconv.Itoa(c.Capacity))
		}
	}
	if n == 0 {
		role = theme.Dim
	}
	switch {
	case figure.Width() > 0:
	case n == 0:
		figure = g.None
	default:
		figure = safe.Of(strconv.Itoa(n))
	}
	return role, figure, sign
}

// sums is the row of sums: every part once.
func (s *agencyBoard) sums(l gridLayout) string {
	line := s.begin().Skip(1).Put(theme.Strong, safe.Of(s.desk.Texts.Screen.Agencies.Total).Cut(l.label-1)).To(l.label)
	put := func(i, width int) {
		end := line.Used() + width
		_, figure, sign := s.look(model.LoadCell{}, s.grid.Sums[i])
		line.Skip(1).Put(theme.Strong, figure.FitRight(width-1-s.tail())).Put(theme.Alarm, sign).To(end)
	}
	for i := l.first; i < l.last; i++ {
		put(i, l.cell)
	}
	put(len(s.grid.Sums)-1, l.cell+countryMore)
	return line.Done()
}

// foot says what the signs mean, and what only the country's column counts.
func (s *agencyBoard) foot(l gridLayout) (lines []string) {
	t, g := s.desk.Texts.Screen.Agencies, s.desk.Theme.Glyph
	add := func(words string) {
		for _, part := range safe.Of(words).Wrap(max(s.width-2, 10)) {
			lines = append(lines, s.begin().Skip(1).Put(theme.Dim, part).Done())
		}
	}
	if o := s.grid.Other; o != (model.Tally{}) && s.figure != byAnswers {
		add(text.Fill(t.ElsewhereAll, "country", t.Country, "n", strconv.Itoa(o.Accepted), "asked", strconv.Itoa(o.Asked)))
	}
	switch s.figure {
	case byLoad:
		heat := text.Fill(t.Heat, "low", g.Heat[0].String(), "mid", g.Heat[1].String(), "high", g.Heat[2].String(), "all", g.Heat[3].String())
		unknown := t.UnknownOnly
		if s.grid.limited {
			add(text.Fill(t.LoadSigns, "heat", heat, "waits", g.Waits.String()))
			unknown = t.Unknown
		}
		if s.grid.busiest+s.grid.busiestAll > 0 {
			add(text.Fill(unknown, "heat", heat, "n", strconv.Itoa(s.grid.busiest), "all", strconv.Itoa(s.grid.busiestAll)))
		}
	case byAsked:
		add(text.Fill(t.AskedSigns, "waits", g.Waits.String(), "n", strconv.Itoa(s.desk.Catalogue().Unanswered)))
	case byShare:
		add(text.Fill(t.ShareSigns, "unknown", g.Unknown.String()))
	case byAnswers:
		add(t.AnswersSigns)
	}
	return lines
}

// say tells everything of the selected cell in words.
func (s *agencyBoard) say(r *model.LoadRow, l gridLayout) safe.Text {
	if s.figure == byAnswers {
		return s.sayAnswers(r.Code)
	}
	t := s.desk.Texts.Screen.Agencies
	c, n := r.Cells[s.col], strconv.Itoa
	name, where := string(r.Code), t.Whole
	if r.Agency != nil && s.width >= 60 {
		name = r.Agency.Name.In(s.desk.Texts.Lang)
	}
	if region := s.region(); region != "" {
		where = s.desk.Texts.Value(model.FieldRegion, string(region), s.desk.Catalogue())
	}
	load := text.Fill(t.LoadOnly, "n", n(c.Accepted))
	if c.Known {
		load = text.Fill(t.LoadOf, "n", n(c.Accepted), "capacity", n(c.Capacity))
	}
	if s.region() == "" && r.Other.Accepted > 0 {
		load += " · " + text.Fill(t.Elsewhere, "n", n(r.Other.Accepted))
	}
	asked := t.AskedNone
	if c.Asked > 0 {
		asked = text.Fill(t.AskedSome, "n", n(c.Asked))
	}
	if c.Unanswered > 0 {
		asked += ", " + text.Fill(t.Late, "n", n(c.Unanswered))
	}
	share := t.NoAnswer
	if percent, known := c.Share(); known {
		share = text.Fill(t.Yes, "percent", n(percent), "n", n(c.Accepted+c.Declined))
	}
	facts := []string{load, asked, share}
	if office := s.office(r.Agency); office != "" {
		facts = append(facts, office)
	}
	return safe.Of(text.Fill(t.Cell, "agency", name, "region", where) + " " + strings.Join(facts, " · "))
}

// office says whether the agency has a local office in the region under the cursor; of the country it says nothing.
func (s *agencyBoard) office(a *model.Agency) string {
	t, region := s.desk.Texts.Screen.Agencies, s.region()
	if region == "" || region == model.RegionNational {
		return ""
	}
	has, known := false, false
	if a != nil {
		has, known = a.Office(region)
	}
	switch {
	case !known:
		return t.OfficeUnknown
	case has:
		return t.Office
	}
	return t.NoOffice
}
