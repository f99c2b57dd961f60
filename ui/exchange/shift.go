package exchange

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
)

// ShiftFormats are the formats of WriteShift: plain text, Markdown, and JSON.
func ShiftFormats() []string { return []string{"text", "md", "json"} }

// shiftRows is how many lines a list of a shift has on paper; what it leaves out it says. JSON has all.
const shiftRows = 25

// WriteShift writes a shift and the last handovers of its desk.
func WriteShift(w io.Writer, format string, s *store.Shift, t *text.Texts, cat *model.Catalogue) error {
	if format == "json" {
		return Print(w, shapeShift(s))
	}
	lines := ShiftLines(format == "md", s, t, cat)
	if _, err := io.WriteString(w, strings.Join(lines, "\n")+"\n"); err != nil {
		return fmt.Errorf("write handover: %w", err)
	}
	return nil
}

// paper gathers the lines of a shift, as plain text or as Markdown.
type paper struct {
	md    bool
	lines []string
	texts *text.Texts
	cat   *model.Catalogue
}

// ShiftLines are a shift on paper: the handovers first, then the lists. No line can move the cursor of who prints it,
// and in Markdown what somebody typed is text and nothing else.
func ShiftLines(md bool, s *store.Shift, t *text.Texts, cat *model.Catalogue) []string {
	p := &paper{md: md, texts: t, cat: cat}
	x := t.Screen.Handover
	region := t.Value(model.FieldRegion, string(s.Region), cat)
	p.add("# ", "", text.Fill(x.Title, "region", region)+", "+p.when(s.At))
	since := x.SinceDay
	if s.Signed {
		since = text.Fill(x.SinceSigned, "when", p.when(s.Since))
	}
	p.add("", "", since)
	p.heading(x.Handovers, len(s.Handovers))
	for i := range s.Handovers {
		p.handover(&s.Handovers[i])
	}
	if n := len(s.Important); n > 0 {
		p.list(x.Important, n, func(i int) (string, string) {
			note := &s.Important[i]
			return p.name(note.Effort), "!! " + strings.ReplaceAll(note.Text, "\n", " ") + " (" + string(note.By) + ", " + p.when(note.At) + ")"
		})
	}
	p.list(x.Changed, len(s.Changed), func(i int) (string, string) {
		c := &s.Changed[i]
		by := string(c.By)
		if c.Others > 0 {
			by = text.Fill(x.Others, "officer", by, "n", strconv.Itoa(c.Others))
		}
		return p.name(c.Effort), t.Changing(c, cat) + " (" + by + ", " + p.when(c.At) + ")"
	})
	if s.Cut {
		p.add("", "  ", text.Fill(x.Cut, "n", strconv.Itoa(store.ShiftEvents)))
	}
	today := cat.Today(s.At)
	waits := func(lines []model.Waiting) func(int) (string, string) {
		return func(i int) (string, string) {
			return p.name(lines[i].Effort), t.Waiting(&lines[i], today) + " (" + t.Ago(lines[i].Since, s.At.Time()) + ")"
		}
	}
	p.list(x.Waiting, len(s.Waiting), waits(s.Waiting))
	p.list(x.Overdue, len(s.Overdue), waits(s.Overdue))
	p.list(x.Next, len(s.Next), func(i int) (string, string) {
		n := &s.Next[i]
		return p.name(n.Effort), n.Day.String() + " " + t.Coming(n, today)
	})
	if s.Head.Seq > 0 {
		p.lines = append(p.lines, "")
		p.add("", "", t.Head(t.Screen.Journal.Head, s.Head.Seq, s.Head.Short()))
	}
	return p.lines
}

// add adds a line with the sign before it that its form wants.
func (p *paper) add(md, plain, line string) {
	line = safe.Of(line).String()
	if p.md {
		p.lines = append(p.lines, strings.TrimRight(md+escaped(line), " "))
		return
	}
	p.lines = append(p.lines, strings.TrimRight(plain+line, " "))
}

func (p *paper) heading(title string, n int) {
	p.lines = append(p.lines, "")
	p.add("## ", "", title+" ("+strconv.Itoa(n)+")")
	if p.md {
		p.lines = append(p.lines, "")
	}
	if n == 0 {
		p.add("", "  ", p.texts.Screen.Handover.None)
	}
}

// list is a heading and its first lines.
func (p *paper) list(title string, n int, line func(i int) (name, words string)) {
	p.heading(title, n)
	for i := range min(n, shiftRows) {
		name, words := line(i)
		name, words = safe.Of(name).String(), safe.Of(words).String()
		if p.md {
			p.lines = append(p.lines, "- **"+escaped(name)+"** "+escaped(words))
			continue
		}
		p.lines = append(p.lines, "  "+name+"  "+words)
	}
	if n > shiftRows {
		p.add("- ", "  ", text.Fill(p.texts.Screen.Handover.More, "n", strconv.Itoa(n-shiftRows)))
	}
}

// handover is who signed it, and its note in full.
func (p *paper) handover(h *model.Handover) {
	x := p.texts.Screen.Handover
	line := "#" + strconv.Itoa(h.Number) + "  " + text.Fill(x.Out, "officer", string(h.Out.Officer), "when", p.when(h.Out.At)) + " · "
	if h.Open() {
		line += x.NoIn
	} else {
		line += text.Fill(x.In, "officer", string(h.In.Officer), "when", p.when(h.In.At))
	}
	p.add("- ", "  ", line)
	if h.Note == "" {
		return
	}
	if p.md {
		p.lines = append(p.lines, "")
	}
	for part := range strings.SplitSeq(h.Note, "\n") {
		for _, piece := range pieces(part) {
			p.add("  > ", "      ", piece)
		}
	}
	if p.md {
		p.lines = append(p.lines, "")
	}
}

// pieces cuts a line where safe text would end: a note is one of up to four thousand letters.
func pieces(line string) (all []string) {
	const most = 2000
	for len(line) > most {
		end := most
		for end > 0 && !utf8.RuneStart(line[end]) {
			end--
		}
		all, line = append(all, line[:end]), line[end:]
	}
	return append(all, line)
}

func (p *paper) name(e *model.Effort) string {
	if e.Codename == "" {
		return string(e.ID)
	}
	return e.Codename + " (" + string(e.ID) + ")"
}

func (p *paper) when(at model.Stamp) string {
	t := at.Time()
	if p.cat.Zone != nil {
		t = t.In(p.cat.Zone)
	}
	return t.Format("2006-01-02 15:04")
}

// escaped is a text that Markdown takes for nothing but text: no heading, list, link, picture, code or markup.
func escaped(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case strings.ContainsRune("\\`*_[]<>#|~&!", r), i == 0 && strings.ContainsRune("-+=", r), r == '.' && digits(s[:i]), r == ')' && digits(s[:i]):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// digits reports whether a line has begun with a number and nothing else.
func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// shiftShape is a shift as JSON.
type shiftShape struct {
	Region    model.RegionCode `json:"region"`
	At        model.Stamp      `json:"at"`
	Since     model.Stamp      `json:"since"`
	Signed    bool             `json:"signed"`
	Handovers []handoverShape  `json:"handovers"`
	Important []importantShape `json:"important"`
	Changed   []changedShape   `json:"changed"`
	Cut       bool             `json:"cut,omitempty"`
	Waiting   []waitingShape   `json:"waiting"`
	Overdue   []waitingShape   `json:"overdue"`
	Next      []nextShape      `json:"next"`
	Head      headShape        `json:"head"`
}

type handoverShape struct {
	Number int          `json:"number"`
	Note   string       `json:"note"`
	Out    signedShape  `json:"out"`
	In     *signedShape `json:"in"`
}

type signedShape struct {
	Officer model.OfficerID `json:"officer"`
	At      model.Stamp     `json:"at"`
}

type importantShape struct {
	Effort  model.EffortID  `json:"effort"`
	At      model.Stamp     `json:"at"`
	Officer model.OfficerID `json:"officer"`
	Text    string          `json:"text"`
}

type headShape struct {
	Seq  uint64 `json:"seq"`
	Hash string `json:"hash"`
}

type changedShape struct {
	Effort   model.EffortID  `json:"effort"`
	Codename string          `json:"codename"`
	At       model.Stamp     `json:"at"`
	Officer  model.OfficerID `json:"officer"`
	Others   int             `json:"others"`
	Changes  [][3]string     `json:"changes"`
}

type waitingShape struct {
	Effort   model.EffortID   `json:"effort"`
	Codename string           `json:"codename"`
	Agency   model.AgencyCode `json:"agency"`
	Why      model.Wait       `json:"why"`
	Since    model.Stamp      `json:"since"`
}

type nextShape struct {
	waitingShape
	Date model.Day `json:"date"`
}

func shapeShift(s *store.Shift) shiftShape {
	j := shiftShape{Head: headShape{s.Head.Seq, s.Head.Hash}, Region: s.Region, At: s.At, Since: s.Since, Signed: s.Signed, Cut: s.Cut, Handovers: []handoverShape{},
		Important: []importantShape{}, Changed: []changedShape{}, Waiting: []waitingShape{}, Overdue: []waitingShape{}, Next: []nextShape{}}
	for _, h := range s.Handovers {
		shape := handoverShape{Number: h.Number, Note: h.Note, Out: signedShape{h.Out.Officer, h.Out.At}}
		if !h.Open() {
			shape.In = &signedShape{h.In.Officer, h.In.At}
		}
		j.Handovers = append(j.Handovers, shape)
	}
	for _, n := range s.Important {
		j.Important = append(j.Important, importantShape{n.Effort.ID, n.At, n.By, n.Text})
	}
	for _, c := range s.Changed {
		shape := changedShape{Effort: c.Effort.ID, Codename: c.Effort.Codename, At: c.At, Officer: c.By, Others: c.Others}
		for _, x := range c.Event.Changes {
			shape.Changes = append(shape.Changes, [3]string{string(x.Field), x.Old, x.New})
		}
		j.Changed = append(j.Changed, shape)
	}
	for _, w := range s.Waiting {
		j.Waiting = append(j.Waiting, shapeWaiting(&w))
	}
	for _, w := range s.Overdue {
		j.Overdue = append(j.Overdue, shapeWaiting(&w))
	}
	for _, n := range s.Next {
		j.Next = append(j.Next, nextShape{shapeWaiting(&n.Waiting), n.Day})
	}
	return j
}

func shapeWaiting(w *model.Waiting) waitingShape {
	return waitingShape{w.Effort.ID, w.Effort.Codename, w.Agency, w.Why, w.Since}
}
