package screen

import (
	"strconv"
	"strings"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// ticker is the important notes of the last days in one line, the newest first, as many as there is room for; "" when
// there are none.
func (p *picture) ticker() string {
	d, t, g := p.desk, p.desk.Texts.Screen.Ticker, p.desk.Theme.Glyph
	notes := d.Whole.Important(model.StampOf(d.Now().Add(-time.Duration(d.Catalogue().Important) * 24 * time.Hour)))
	if len(notes) == 0 {
		return ""
	}
	l := p.line.Begin(d.Theme, p.width).Skip(1)
	for i, n := range notes {
		who := safe.Of("(" + text.Fill(t.Who, "officer", string(n.By), "ago", d.Texts.Ago(n.At, d.Now())) + ")")
		words := safe.Of(strings.ReplaceAll(n.Text, "\n", " "))
		name := safe.Of(nameOf(d, n.Effort))
		rest := safe.Text{}
		if left := len(notes) - i - 1; left > 0 {
			rest = safe.Of("+" + text.Fill(t.More, "n", strconv.Itoa(left)))
		}
		room := l.Left() - 3 - name.Width() - 2 - 1 - who.Width() - rest.Width() - 3
		if i > 0 && room < words.Width() {
			l.Right(theme.Dim, safe.Of("+"+text.Fill(t.More, "n", strconv.Itoa(len(notes)-i)))).Skip(1)
			break
		}
		l.Put(theme.Alarm, safe.Join(g.Waits, g.Waits)).Skip(1).Put(theme.Strong, name).Say(theme.Strong, ":").Skip(1)
		l.Put(theme.Text, words.Cut(max(room, 8))).Skip(1).Put(theme.Dim, who).Skip(2)
	}
	return l.Done()
}
