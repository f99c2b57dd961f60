package screen

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/widget"
)

// report is the report of a period, of the country or a region: what was begun and what came of it, who took part, and how it went
// over the years. Each figure opens the efforts behind it.
type report struct {
	desk *app.Desk
	// region is "" for the country; period is as it was asked for, to its end.
	region model.RegionCode
	period model.Period
	reading
	asked reportAsk
	// read is what was read last, nil before that.
	read  *reportRead
	page  reportPage
	spots [reportPages]reportSpot
	sheet sheet

	width, height int
	line          widget.Line
	actions       []app.Bound
}

// reportAsk is what a report is asked for, by which one sees that another is wanted.
type reportAsk struct {
	region model.RegionCode
	period model.Period
	words  string
	agency model.AgencyCode
	today  model.Day
}

// reportRead is a report that has been read.
type reportRead struct {
	spec    model.ReportSpec
	before  model.Period
	tables  []model.ReportTable
	trend   model.Trend
	late    []model.LateLine
	undated int
	end     store.Head
}

// newReport begins with this year, of the region one comes from.
func newReport(d *app.Desk) app.Screen {
	return reportOf(d, here(d), model.YearPeriod(d.Today().Year()))
}

func reportOf(d *app.Desk, region model.RegionCode, period model.Period) *report {
	s := &report{desk: d, region: region, period: period}
	s.reading = reading{desk: d, to: s, ask: s.toRead}
	for i := range s.spots {
		s.spots[i].col = lastColumn * (i / int(reportTrend)) // in the trend that of this year
	}
	s.actions = s.bind()
	return s
}

// goReport goes to the report, of a period and a region where they are named.
func goReport(d *app.Desk, arg string) (tea.Cmd, error) {
	s, open := d.Find(func(s app.Screen) bool { _, is := s.(*report); return is }).(*report)
	if !open {
		s = newReport(d).(*report)
	}
	region, period, err := reportCalled(d, arg, s.region, s.period)
	if err != nil {
		return nil, err
	}
	s.region, s.period = region, period
	if !open {
		return d.Push(s), nil
	}
	return tea.Batch(d.PopTo(s), s.anew()), nil
}

func takesReport(d *app.Desk, arg string) bool {
	_, _, err := reportCalled(d, arg, "", model.Period{})
	return err == nil
}

// reportCalled is what a report is to be about by what was typed: a period, a region or both, the others as they were.
func reportCalled(d *app.Desk, arg string, region model.RegionCode, period model.Period) (model.RegionCode, model.Period, error) {
	var name []string
	for _, word := range strings.Fields(arg) {
		p, err := model.ParsePeriod(word, d.Today())
		switch {
		case err == nil:
			period = p
		case strings.ContainsAny(word[:1], "0123456789"):
			return region, period, err
		default:
			name = append(name, word)
		}
	}
	if len(name) == 0 {
		return region, period, nil
	}
	region, err := reportRegion(d, strings.Join(name, " "))
	return region, period, err
}

// reportRegion is what a report is about by its name, "" for the whole country.
func reportRegion(d *app.Desk, name string) (model.RegionCode, error) {
	for _, lang := range text.Languages() {
		for _, country := range text.In(lang).Screen.Report.Countries {
			if model.Fold(name) == country {
				return "", nil
			}
		}
	}
	return regionCalled(d, name)
}

func (s *report) Open() tea.Cmd { return s.anew() }

// wanted is what is asked for now.
func (s *report) wanted() reportAsk {
	d := s.desk
	words := d.Filter.String()
	if d.Mine {
		words += " mine"
	}
	return reportAsk{s.region, s.period, words, d.Actor.Agency, d.Today()}
}

// anew reads what is asked for when that is something else than before.
func (s *report) anew() tea.Cmd {
	if s.asked == s.wanted() {
		return nil
	}
	return s.now()
}

// toRead reads the report as it is asked for now.
func (s *report) toRead() func(context.Context) (any, error) {
	d := s.desk
	s.asked = s.wanted()
	spec := model.ReportSpec{Period: s.period.Until(s.asked.today), Region: s.region, Asker: d.Asker(), Today: s.asked.today}
	filter, err := model.ParseFilter(s.asked.words, d.Catalogue(), d.Lexicon)
	spec.Filter = filter
	from := d.Store
	return func(ctx context.Context) (any, error) {
		if err != nil {
			return nil, err
		}
		r, end, err := from.Report(ctx, spec, nil, false)
		if err != nil {
			return nil, err
		}
		return &reportRead{spec, r.Before(), r.Tables(), r.Trend(), r.Late(), r.Undated(), end}, nil
	}
}

// Title says what it is about.
func (s *report) Title() safe.Text {
	return safe.Of(text.Fill(s.desk.Texts.Screen.Report.Title, "where", s.where(s.desk.Texts.Screen.Agencies.Whole)))
}

// where is the region, or what the country is called.
func (s *report) where(country string) string {
	if s.region == "" {
		return country
	}
	return s.desk.Texts.Value(model.FieldRegion, string(s.region), s.desk.Catalogue())
}

// Here marks the tab of the region that it is about.
func (s *report) Here() (model.RegionCode, bool) {
	if s.region == "" {
		return "-", false
	}
	return s.region, false
}

// Uncounted: the filter narrows the efforts of the period, of which most may have ended.
func (s *report) Uncounted() {}

// Spot is where a new effort would belong.
func (s *report) Spot() (model.RegionCode, model.FocusCode) { return s.region, "" }

func (s *report) SetSize(width, height int) {
	s.width, s.height = width, height
	s.arrange()
}

func (s *report) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Loaded:
		value, next := s.done(msg)
		if read, ok := value.(*reportRead); ok {
			s.read = read
			s.arrange()
		}
		return next
	case app.BoardMsg:
		if s.asked != s.wanted() {
			return s.now()
		}
		return s.soon()
	case app.Acted:
		return s.paused()
	case readAgain:
		return s.paused()
	case app.TickMsg:
		if s.err != nil {
			return s.now()
		}
		return s.anew() // the day has changed
	}
	return nil
}

// Actions are moving among the figures, opening one, and looking at another page or year.
func (s *report) Actions() []app.Bound { return s.actions }

func (s *report) bind() []app.Bound {
	to := func(row func() int) func(int) tea.Cmd {
		return func(int) tea.Cmd { s.spot().move(row()); return nil }
	}
	cursor := func() int { return s.spot().Cursor }
	right := func(by int) func(int) tea.Cmd { return func(int) tea.Cmd { s.right(by); return nil } }
	turn := func(by reportPage) func(int) tea.Cmd {
		return func(int) tea.Cmd { s.page = (s.page + by) % reportPages; s.arrange(); return nil }
	}
	year := func(back int) func(int) tea.Cmd {
		return func(int) tea.Cmd { s.period = s.period.Back(back); return s.anew() }
	}
	return []app.Bound{
		{ID: action.Open, Do: func(int) tea.Cmd { return s.open() }, Off: s.nothing},
		{ID: action.Backward, Do: year(1), Off: s.nothingEarlier},
		{ID: action.Forward, Do: year(-1), Off: s.ahead},
		{ID: action.Export, Do: func(int) tea.Cmd { return s.desk.Push(newSave(s.desk, s.saving())) }, Off: func() string {
			if s.read == nil {
				return s.desk.Texts.Screen.Loading
			}
			return notLocal(s.desk)
		}},
		{ID: action.Narrow, Do: func(int) tea.Cmd { return s.desk.Push(newNarrow(s.desk)) }},
		{ID: action.Back, Do: func(int) tea.Cmd { return s.desk.Pop(s) }},
		{ID: action.Next, Do: turn(1), Label: func() string { return s.desk.Texts.Screen.Report.NextPage }},
		{ID: action.Previous, Do: turn(reportPages - 1), Label: func() string { return s.desk.Texts.Screen.Report.PreviousPage }},
		{ID: action.Up, Do: to(func() int { return cursor() - 1 })},
		{ID: action.Down, Do: to(func() int { return cursor() + 1 })},
		{ID: action.Left, Do: right(-1)},
		{ID: action.Right, Do: right(1)},
		{ID: action.Top, Do: to(func() int { return 0 })},
		{ID: action.Bottom, Do: to(func() int { return len(s.spot().keys) })},
		{ID: action.PageUp, Do: to(func() int { return cursor() - max(s.layout().rows-1, 1) })},
		{ID: action.PageDown, Do: to(func() int { return cursor() + max(s.layout().rows-1, 1) })},
	}
}

// nothingEarlier says that the first year of which anything is known is the one that is shown.
func (s *report) nothingEarlier() string {
	if s.read == nil {
		return ""
	}
	if years := s.read.trend.Periods; len(years) < model.TrendYears && s.period.From <= years[0].From {
		return text.Fill(s.desk.Texts.Screen.Report.NothingEarlier, "period", s.desk.Texts.PeriodShort(s.period))
	}
	return ""
}

// ahead says that the next year has not begun.
func (s *report) ahead() string {
	if next := s.period.Back(-1); next.From > s.desk.Today() {
		return text.Fill(s.desk.Texts.Screen.Report.Ahead, "period", s.desk.Texts.PeriodShort(next))
	}
	return ""
}
