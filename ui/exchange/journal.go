package exchange

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
)

// Journal writes entries of the journal one by one; nothing but the one at hand is in memory.
type Journal interface {
	// Add writes an entry; hash is its own in the chain, in hexadecimal.
	Add(ev *model.Event, hash string) error
	// Close writes what is still held back. It does not close the writer below.
	Close() error
}

// JournalFormats are the forms in which a journal can be written.
func JournalFormats() []string { return []string{"text", "json", "md", "csv"} }

// Reading is how an entry is put into words: in which language, with which names, and in which zone.
type Reading struct {
	Texts     *text.Texts
	Catalogue *model.Catalogue
	// Name is what an effort is called.
	Name func(model.EffortID) string
}

func (r Reading) stamp(at model.Stamp, layout string) string {
	zone := r.Catalogue.Zone
	if zone == nil {
		zone = time.UTC
	}
	return at.Time().In(zone).Format(layout)
}

// NewJournal returns a journal that is written to w in one of JournalFormats, nil for any other.
func NewJournal(w io.Writer, format string, r Reading) Journal {
	switch out := bufio.NewWriterSize(w, 1<<16); format {
	case "json":
		return jsonJournal{NewArray(w)}
	case "csv":
		return &csvJournal{CSV{out, false}, r, true}
	case "md":
		return &mdJournal{out: out, Reading: r}
	case "text":
		return &fileJournal{NewJournalText(func(indent int, line string) {
			_, _ = out.WriteString(strings.Repeat(" ", indent) + oneLine(line) + "\n") // Close tells of the first error
		}, r), out}
	}
	return nil
}

// oneLine is a line that any terminal can be given, whatever was stored. It may be longer than safe looks at in one piece.
func oneLine(s string) string {
	const piece = 4000
	var b strings.Builder
	for len(s) > 0 {
		end := min(len(s), piece)
		for end < len(s) && end > piece-utf8.UTFMax && !utf8.RuneStart(s[end]) {
			end--
		}
		b.WriteString(safe.Line(s[:end]))
		s = s[end:]
	}
	return b.String()
}

// manyLines is a text whose lines any terminal can be given.
func manyLines(s string) string {
	lines := text.Body(s)
	for i, l := range lines {
		lines[i] = oneLine(l)
	}
	return strings.Join(lines, "\n")
}

type jsonJournal struct{ *Array }

func (j jsonJournal) Add(ev *model.Event, hash string) error { return j.Array.Add(Entry(ev, hash)) }

// textJournal writes an entry as people read it: who did what when, and under it what changed, old → new.
type textJournal struct {
	Reading
	line  func(indent int, line string)
	first *model.Event // of the action that was written last
}

// NewJournalText returns a journal of lines, each some cells in.
func NewJournalText(line func(indent int, line string), r Reading) Journal {
	return &textJournal{Reading: r, line: line}
}

func (j *textJournal) Add(ev *model.Event, _ string) error {
	with := uint64(0)
	if j.first != nil && ev.Op != "" && ev.Op == j.first.Op {
		with = j.first.Seq
	} else {
		j.first = ev
	}
	j.line(0, j.Texts.EntryHead(ev, j.stamp(ev.At, "2006-01-02 15:04"), with))
	for _, c := range j.Texts.ChangeLines(ev, true, j.Name, j.Catalogue) {
		text := strings.TrimLeft(c, " ")
		j.line(4+len(c)-len(text), text)
	}
	return nil
}

func (j *textJournal) Close() error { return nil }

type fileJournal struct {
	Journal
	out *bufio.Writer
}

func (j *fileJournal) Close() error { return written(j.out) }

func written(out *bufio.Writer) error {
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	return nil
}

// mdJournal writes Markdown: a heading for each day, a line for each entry, and under it what changed.
type mdJournal struct {
	Reading
	out *bufio.Writer
	day string
}

func (j *mdJournal) Add(ev *model.Event, _ string) error {
	if day := j.stamp(ev.At, time.DateOnly); day != j.day {
		if j.day != "" {
			_, _ = j.out.WriteString("\n")
		}
		j.day = day
		_, _ = j.out.WriteString("## " + day + "\n\n")
	}
	line := "- " + j.stamp(ev.At, "15:04") + " **" + plainMarkdown(text.Officer(ev)) + "** "
	if ev.Effort != "" {
		name := j.Name(ev.Effort)
		if name != string(ev.Effort) {
			name += " (" + string(ev.Effort) + ")"
		}
		line += plainMarkdown(name) + " "
	}
	line += plainMarkdown(j.Texts.EntryAction(ev)) + ` \#` + strconv.FormatUint(ev.Seq, 10) + "\n"
	for _, c := range j.Texts.ChangeLines(ev, true, j.Name, j.Catalogue) {
		line += "  - " + plainMarkdown(strings.TrimLeft(c, " ")) + "\n"
	}
	if _, err := j.out.WriteString(line); err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	return nil
}

func (j *mdJournal) Close() error { return written(j.out) }

// plainMarkdown is text that Markdown shows as it stands.
func plainMarkdown(s string) string {
	var b strings.Builder
	for _, r := range oneLine(s) {
		if strings.ContainsRune("\\`*_{}[]#|<>~&", r) || b.Len() == 0 && strings.ContainsRune("-+", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// csvJournal writes a row for each change, as lists are written: semicolons, UTF-8 with a byte order mark, CRLF.
type csvJournal struct {
	CSV
	Reading
	begin bool
}

func (j *csvJournal) header() {
	if j.begin {
		j.begin = false
		_, _ = j.w.WriteString("\uFEFF") // a bufio.Writer keeps its error for the row after
		_ = j.row([]string{"seq", "at", "officer", "agency", "terminal", "effort", "action", "field", "old", "new", "hash", "op"})
	}
}

func (j *csvJournal) Add(ev *model.Event, hash string) error {
	j.header()
	changes := ev.Changes
	if len(changes) == 0 {
		changes = []model.Change{{}}
	}
	for _, c := range changes {
		cells := []string{strconv.FormatUint(ev.Seq, 10), ev.At.String(), string(ev.Officer), string(ev.Agency), ev.Terminal, string(ev.Effort),
			string(ev.Action), string(c.Field), c.Old, c.New, hash, ev.Op}
		for i := range cells {
			cells[i] = guarded(manyLines(cells[i]))
		}
		if err := j.row(cells); err != nil {
			return err
		}
	}
	return nil
}

func (j *csvJournal) Close() error {
	j.header()
	return written(j.w)
}
