package screen

import (
	"context"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// answersPage is how many entries of the journal are read at a time.
const answersPage = 2000

// answers is how the agencies answer, as far as the journal has been read. While a page is being read, sum is that
// reading's alone; what is shown is what the last whole reading came to.
type answers struct {
	sum     *model.Answers
	all     []model.AgencyAnswers
	seq     uint64
	day     model.Day
	reading bool
	// ready: the journal has been read to its end once.
	ready bool
	err   error
}

// answersRead is what a page came to; all is there when it was the last.
type answersRead struct {
	seq  uint64
	day  model.Day
	all  []model.AgencyAnswers
	last bool
}

// follow reads on when the page of answers is looked at.
func (s *agencyBoard) follow() tea.Cmd {
	if s.figure != byAnswers {
		return nil
	}
	return s.answers.follow(s.desk, s)
}

// follow reads on in the journal for a screen, when something has happened since.
func (a *answers) follow(d *app.Desk, s app.Screen) tea.Cmd {
	seq, day := d.Whole.Seq(), d.Today()
	if a.reading || a.err != nil || a.ready && a.seq >= seq && a.day == day {
		return nil
	}
	if a.sum == nil {
		a.sum = model.NewAnswers()
	}
	a.reading = true
	sum, journal, cat := a.sum, d.Store, d.Catalogue()
	return d.Load(s, func(ctx context.Context) (any, error) {
		entries, err := journal.Journal(ctx, store.Query{After: sum.Seq(), Limit: answersPage})
		if err != nil {
			return answersRead{}, err
		}
		for i := range entries {
			sum.Take(&entries[i].Event)
		}
		read := answersRead{seq: sum.Seq(), day: day}
		if len(entries) < answersPage {
			read.all, read.last = sum.All(cat, day), true
			read.seq = max(read.seq, seq)
		}
		return read, nil
	})
}

// take takes a page that has been read.
func (a *answers) take(msg app.Loaded) {
	a.reading, a.err = false, msg.Err
	if read, ok := msg.Value.(answersRead); ok && msg.Err == nil {
		a.seq = read.seq
		if read.last {
			a.all, a.day, a.ready = read.all, read.day, true
		}
	}
}

// of is how an agency answers.
func (a *answers) of(agency model.AgencyCode) model.AgencyAnswers {
	for _, x := range a.all {
		if x.Agency == agency {
			return x
		}
	}
	return model.AgencyAnswers{Agency: agency}
}

// answerLines are the answers as a table: where there is no room for the words, the line below has them.
func (s *agencyBoard) answerLines(l gridLayout) (lines []string) {
	d, t, a := s.desk, s.desk.Texts.Screen.Agencies, &s.answers
	say := func(role theme.Role, words string) {
		for _, part := range safe.Of(words).Wrap(max(s.width-2, 10)) {
			lines = append(lines, s.begin().Skip(1).Put(role, part).Done())
		}
	}
	if a.err != nil {
		say(theme.Error, d.Sentence(a.err))
	}
	if !a.ready {
		if a.err == nil {
			say(theme.Dim, text.Fill(t.Reading, "n", strconv.FormatUint(a.seq, 10), "all", strconv.FormatUint(d.Whole.Seq(), 10)))
		}
		return lines
	}
	c := s.answerColumns(l.label)
	head := s.begin().To(l.label)
	for i, name := range []string{t.Requests, t.Answered, t.Noes, t.Median} {
		head.Put(theme.Heading, safe.Of(name).FitRight(c.figure[i]))
	}
	if c.reason > 0 {
		head.Skip(2).Put(theme.Heading, safe.Of(t.Reason).Fit(c.reason)).Skip(2).Put(theme.Heading, safe.Of(t.Never).Cut(max(head.Left()-1, 0)))
	}
	lines = append(lines, head.Done())
	for i := s.rows.Top; i < min(s.rows.Top+l.rows, len(s.grid.Rows)); i++ {
		lines = append(lines, s.answerRow(i, l.label, c))
	}
	return lines
}

// answerColumns are the widths of the figures and of the most frequent reason, 0 where words have no room.
type answerColumns struct {
	figure [4]int
	reason int
}

func (s *agencyBoard) answerColumns(label int) (c answerColumns) {
	t := s.desk.Texts.Screen.Agencies
	used := label
	for i, name := range []string{t.Requests, t.Answered, t.Noes, t.Median} {
		c.figure[i] = max(safe.Of(name).Width()+2, 7)
		used += c.figure[i]
	}
	// Never asked in: as wide as that it was asked everywhere.
	never := max(safe.Of(t.Never).Width(), safe.Of(t.Everywhere).Width()) + 1
	if room := s.width - used - 4 - never; room >= 12 {
		c.reason = min(room, 60)
	}
	return c
}

func (s *agencyBoard) answerRow(i, label int, c answerColumns) string {
	d, r := s.desk, &s.grid.Rows[i]
	x := s.answers.of(r.Code)
	l := s.begin()
	s.label(l, r, label, i == s.rows.Cursor)
	role := theme.Text
	if i == s.rows.Cursor {
		role = theme.Strong
	}
	l.Put(role, safe.Of(strconv.Itoa(x.Requests)).FitRight(c.figure[0]))
	l.Put(role, safe.Of(strconv.Itoa(x.Answered)).FitRight(c.figure[1]))
	l.Put(role, safe.Of(strconv.Itoa(noes(x))).FitRight(c.figure[2]))
	l.Put(role, safe.Of(lasting(d, x)).FitRight(c.figure[3]))
	if c.reason > 0 {
		reason := d.Texts.Words.Unknown
		if len(x.Declines) > 0 {
			reason = reasonOf(d, x.Declines[0])
		}
		l.Skip(2).Put(role, safe.Of(reason).Fit(c.reason)).Skip(2).Put(theme.Dim, safe.Of(never(d, x)).Cut(max(l.Left()-1, 0)))
	}
	return l.Done()
}

// noes is how often an agency has said no.
func noes(x model.AgencyAnswers) (n int) {
	for _, d := range x.Declines {
		n += d.Count
	}
	return n
}

// lasting is the median time to an answer, "–" when no answer has one.
func lasting(d *app.Desk, x model.AgencyAnswers) string {
	if x.Timed == 0 {
		return d.Texts.Words.Unknown
	}
	return d.Texts.Lasting(x.Median)
}

// reasonOf is a reason with how often it was given.
func reasonOf(d *app.Desk, decline model.Decline) string {
	words := decline.Reason
	if words == "" {
		words = d.Texts.Screen.Agencies.NoReason
	}
	return strconv.Itoa(decline.Count) + " " + words
}

// never are the regions where the agency was never asked, by code.
func never(d *app.Desk, x model.AgencyAnswers) string {
	if len(x.Never) == 0 {
		return d.Texts.Screen.Agencies.Everywhere
	}
	codes := make([]string, len(x.Never))
	for i, r := range x.Never {
		codes[i] = string(r)
	}
	return strings.Join(codes, " ")
}

// sayAnswers tells the selected agency's answers in words.
func (s *agencyBoard) sayAnswers(agency model.AgencyCode) safe.Text {
	t := s.desk.Texts.Screen.Agencies
	if !s.answers.ready {
		return safe.Text{}
	}
	x := s.answers.of(agency)
	no := text.Fill(t.NoDeclines, "agency", string(agency))
	if len(x.Declines) > 0 {
		no = string(agency) + ", " + t.Reason + ": " + reasonOf(s.desk, x.Declines[0])
	}
	return safe.Of(no + " · " + neverLine(s.desk, x))
}

func neverLine(d *app.Desk, x model.AgencyAnswers) string {
	if len(x.Never) == 0 {
		return d.Texts.Screen.Agencies.Everywhere
	}
	return text.Fill(d.Texts.Screen.Agencies.NeverAsked, "regions", never(d, x))
}

// reasons shows all reasons an agency has given for a no, and where it was never asked.
type reasons struct {
	overlay
	answers model.AgencyAnswers
	win     widget.Window
}

func newReasons(d *app.Desk, x model.AgencyAnswers) app.Screen {
	return &reasons{overlay: overlay{desk: d}, answers: x}
}

func (r *reasons) Update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyMsg)
	if !ok || k.Paste {
		return nil
	}
	switch k.String() {
	case "esc", "enter":
		return r.desk.Pop(r)
	case "up", "k", "shift+tab":
		r.win.Top--
	case "down", "j", "tab":
		r.win.Top++
	case "pgup":
		r.win.Top -= r.rows() / 2
	case "pgdown":
		r.win.Top += r.rows() / 2
	}
	r.win.Top = max(r.win.Top, 0)
	return nil
}

// View draws the reasons that fit; where was never asked stands below them.
func (r *reasons) View() string {
	t := r.desk.Texts.Screen.Agencies
	width := r.inner(64)
	var lines, foot []string
	for _, d := range r.answers.Declines {
		for i, part := range safe.Of(reasonOf(r.desk, d)).Wrap(width) {
			l := r.begin(width)
			if i > 0 {
				l.Skip(2)
			}
			lines = append(lines, l.Put(theme.Text, part).Done())
		}
	}
	if len(lines) == 0 {
		lines = append(lines, r.begin(width).Say(theme.Dim, text.Fill(t.NoDeclines, "agency", string(r.answers.Agency))).Done())
	}
	foot = append(foot, r.begin(width).Done())
	for _, part := range safe.Of(neverLine(r.desk, r.answers)).Wrap(width) {
		foot = append(foot, r.begin(width).Put(theme.Text, part).Done())
	}
	size := max(r.overlay.rows()-1-len(foot), 1)
	r.win.Top = max(min(r.win.Top, len(lines)-size), 0)
	lines = lines[r.win.Top:min(r.win.Top+size, len(lines))]
	return r.box(text.Fill(t.Reasons, "agency", string(r.answers.Agency)), append(lines, foot...), t.Hint, width)
}
