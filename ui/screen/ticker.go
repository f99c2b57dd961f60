package screen

import (
	"strconv"
	"strings"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// tickerLines is how many important notes stand below each other where there is room.
const tickerLines = 4

// important are the important notes of the last days, the newest first.
func (p *picture) important() []model.EffortNote {
	d := p.desk
	return d.Whole.Important(model.StampOf(d.Now().Add(-time.Duration(d.Catalogue().Important) * 24 * time.Hour)))
}

// ticker draws important notes on so many lines, the newest first and one on each; in the last one as many as there is
// room for.
func (p *picture) ticker(notes []model.EffortNote, rows int) (lines []string) {
	for len(notes) > 0 && len(lines) < rows {
		l := p.line.Begin(p.desk.Theme, p.width).Skip(1)
		last := len(lines)+1 == rows
		for first := true; len(notes) > 0 && (first || last); first = false {
			if !p.tick(l, notes, first, last) {
				notes = nil
				break
			}
			notes = notes[1:]
		}
		lines = append(lines, l.Done())
	}
	return lines
}

// tick draws one note, with how many follow that do not stand below; where there is no room beside others, only that,
// and it is false. What was written goes before who wrote it.
func (p *picture) tick(l *widget.Line, notes []model.EffortNote, first, last bool) bool {
	d, t, g, n := p.desk, p.desk.Texts.Screen.Ticker, p.desk.Theme.Glyph, notes[0]
	more := func(left int) safe.Text { return safe.Of("+" + text.Fill(t.More, "n", strconv.Itoa(left))) }
	who := safe.Of("(" + text.Fill(t.Who, "officer", string(n.By), "ago", d.Texts.Ago(n.At, d.Now())) + ")")
	words := safe.Of(strings.ReplaceAll(n.Text, "\n", " "))
	name := safe.Of(nameOf(d, n.Effort))
	rest := safe.Text{}
	if left := len(notes) - 1; left > 0 && last {
		rest = more(left)
	}
	room := l.Left() - 3 - name.Width() - 2 - rest.Width() - 3
	with := room - 1 - who.Width()
	if !first && with < words.Width() {
		l.Right(theme.Dim, more(len(notes))).Skip(1)
		return false
	}
	l.Put(theme.Alarm, safe.Join(g.Waits, g.Waits)).Skip(1).Put(theme.Strong, name).Say(theme.Strong, ":").Skip(1)
	if with < min(words.Width(), 24) {
		l.Put(theme.Text, words.Cut(max(room, 8))).Skip(2)
		return true
	}
	l.Put(theme.Text, words.Cut(with)).Skip(1).Put(theme.Dim, who).Skip(2)
	return true
}
