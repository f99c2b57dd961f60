package text

import (
	"strconv"
	"strings"

	"board.internal/samverkan/model"
)

// JournalTexts are the texts of the journal on the screen.
type JournalTexts struct {
	Title, With, All, Of, Empty, Nothing, Reading, Newer, Where, More string
	// WidenLabel is the key that shows all entries, MineLabel that of the own agency's or the effort's.
	WidenLabel, MineLabel, NoEffort string
	// Hint is that of the filter line.
	Hint, HintShort string
	// The export.
	Export, Exported string
	// Head is where the chain ends, for the help.
	Head, HeadShort string
}

// SaveTexts are the texts of writing what is shown to a file.
type SaveTexts struct{ Hint, Kinds, Exists, Unwritten, Written, NotLocal string }

// TickerTexts are the texts of the important notes on the national picture.
type TickerTexts struct{ Who, More string }

// Head says where the journal's chain ends.
func (t *Texts) Head(form string, seq uint64, hash string) string {
	return Fill(form, "n", strconv.FormatUint(seq, 10), "hash", hash)
}

// Body are the lines of a text that a person typed.
func Body(body string) []string {
	return strings.Split(strings.TrimRight(strings.ReplaceAll(body, "\r\n", "\n"), "\n"), "\n")
}

// EntryHead is the first line of an entry of the journal: its number, when (at), who, for which agency, what about, and
// what it was. With is the first entry of the same action, 0 when this is it.
func (t *Texts) EntryHead(ev *model.Event, at string, with uint64) string {
	line := "#" + strconv.FormatUint(ev.Seq, 10) + "  " + at + "  " + Officer(ev) + "  "
	if ev.Effort != "" {
		line += string(ev.Effort) + "  "
	}
	line += t.EntryAction(ev)
	if with != 0 {
		line += "  " + Fill(t.Screen.Journal.With, "seq", strconv.FormatUint(with, 10))
	}
	return line
}

// Officer is who an entry is by, and for which agency: kfm-syd (KFM).
func Officer(ev *model.Event) string {
	if ev.Agency == "" {
		return string(ev.Officer)
	}
	return string(ev.Officer) + " (" + string(ev.Agency) + ")"
}

// EntryAction is what an entry was, and of which it takes back: undid #4.
func (t *Texts) EntryAction(ev *model.Event) string {
	if ev.Undoes == 0 {
		return t.ActionOf(ev)
	}
	return t.ActionOf(ev) + " #" + strconv.FormatUint(ev.Undoes, 10)
}

// ChangeLines says what changed, field by field: priority: 2 → 1. Bookkeeping is left out. With whole, a text of several
// lines is told in full, those after its first indented; else it is cut to its first. Name tells what an effort is called.
func (t *Texts) ChangeLines(ev *model.Event, whole bool, name func(model.EffortID) string, cat *model.Catalogue) (lines []string) {
	day := ev.At.Day()
	for _, c := range ev.Changes {
		if c.Field.Quiet() {
			continue
		}
		if entry := t.Entry(c, day, name, cat); entry != "" {
			lines = append(lines, entry)
			continue
		}
		field := t.Field(c.Field) + ": "
		if ev.Important(c.Field) {
			field = t.Words.Field["important"] + ": "
		}
		said := t.changed(ev, c.Field, c.New, cat)
		if c.Old != "" {
			said = t.changed(ev, c.Field, c.Old, cat) + " → " + said
		}
		body := Body(said)
		for i, l := range body {
			switch {
			case i == 0 && !whole && len(body) > 1:
				lines = append(lines, field+l+" …")
			case i == 0:
				lines = append(lines, field+l)
			case whole:
				lines = append(lines, "  "+l)
			}
		}
	}
	return lines
}

// changed is a field's value in words, as of the event's day; an agency's state with a measure's type translated.
func (t *Texts) changed(ev *model.Event, f model.Field, v string, cat *model.Catalogue) string {
	switch group, key, aspect := f.Parts(); {
	case v == "" || key == "" || aspect != "":
	case group == "hours":
		return t.Hours(v, ev.At.Day())
	case group == "outcome":
		return t.Outcome(v, ev.AgencyOf(f), ev.At.Day(), cat)
	case group == "measure":
		if kind, rest, ok := strings.Cut(v, " "); ok {
			return t.Words.Measure[kind] + ": " + rest
		}
	}
	return t.Value(f, v, cat)
}
