package theme

import "board.internal/samverkan/ui/safe"

// Glyphs are the signs the board draws with, each one cell wide.
type Glyphs struct {
	Cursor, CursorEnd safe.Text // ▌ ▐ before and after what is selected
	Mark              safe.Text // ■ marked for the next action

	Full, Half, Dotted, Hollow safe.Text // ● ◐ ◌ ○ participation on site, planning, ...; how live the board is

	National safe.Text // ◆ a national effort
	New      safe.Text // ▲ come since last time
	Waits    safe.Text // ! waits for someone
	None     safe.Text // · none
	Local    safe.Text // ⌂ a local office
	Fail     safe.Text // ✗ the store is away, a check failed
	Done     safe.Text // √ a check passed

	Measure      safe.Text    // ▮ one measure
	Load, Unload safe.Text    // ▓ ░ used and free capacity
	Heat         [4]safe.Text // ░▒▓█ how much of what there is, in four levels
	Sparks       [8]safe.Text

	Past    safe.Text // « as it was
	Changed safe.Text // • changed by somebody else and not looked at since

	Bullet, Ellipsis, Unknown, Arrow safe.Text // • … – → (unknown is a figure nobody knows, never 0)

	Line, Column                               safe.Text // ─ │
	TopLeft, TopRight, BottomLeft, BottomRight safe.Text // ┌ ┐ └ ┘
	TeeLeft, TeeRight                          safe.Text // ┤ ├ around a title in a top line
	Sum                                        safe.Text // Σ
	MoreAbove, MoreBelow                       safe.Text // ↑ ↓ there is more than the screen shows
}

// Spark is the glyph for value on a scale from 0 to top. A top below 1 gives the lowest.
func (g Glyphs) Spark(value, top int) safe.Text {
	if top < 1 {
		return g.Sparks[0]
	}
	last := len(g.Sparks) - 1
	return g.Sparks[min(max(value, 0)*last/top, last)]
}

// Heated is how much value is of top: up to half, up to three quarters, less than all, all and more; none for nothing.
func (g Glyphs) Heated(value, top int) safe.Text {
	switch {
	case value <= 0:
		return safe.Text{}
	case 2*value <= top:
		return g.Heat[0]
	case 4*value <= 3*top:
		return g.Heat[1]
	case value < top:
		return g.Heat[2]
	}
	return g.Heat[3]
}

func glyphs(ascii bool) Glyphs {
	pick := func(unicode, plain string) safe.Text {
		if ascii {
			return safe.Of(plain)
		}
		return safe.Of(unicode)
	}
	g := Glyphs{
		Cursor: pick("▌", ">"), CursorEnd: pick("▐", "<"),
		Mark: pick("■", "*"),
		Full: pick("●", "@"), Half: pick("◐", "%"), Dotted: pick("◌", ":"), Hollow: pick("○", "o"),
		National: pick("◆", "&"), New: pick("▲", "^"), Waits: pick("!", "!"), None: pick("·", "."),
		Local: pick("⌂", "L"), Fail: pick("✗", "x"), Done: pick("√", "v"),
		Measure: pick("▮", "#"), Load: pick("▓", "="), Unload: pick("░", "_"),
		Past: pick("«", "<"), Changed: pick("•", "'"),
		Bullet: pick("•", "-"), Ellipsis: pick("…", "~"), Unknown: pick("–", "-"), Arrow: pick("→", ">"),
		Line: pick("─", "-"), Column: pick("│", "|"),
		TopLeft: pick("┌", "+"), TopRight: pick("┐", "+"), BottomLeft: pick("└", "+"), BottomRight: pick("┘", "+"),
		TeeLeft: pick("┤", "+"), TeeRight: pick("├", "+"),
		Sum:       pick("Σ", "S"),
		MoreAbove: pick("↑", "^"), MoreBelow: pick("↓", "v"),
	}
	const bars, levels = "▁▂▃▄▅▆▇█", "_.,-=+*#"
	for i, bar := range []rune(bars) {
		g.Sparks[i] = pick(string(bar), levels[i:i+1])
	}
	const heat, grades = "░▒▓█", ":+=#"
	for i, level := range []rune(heat) {
		g.Heat[i] = pick(string(level), grades[i:i+1])
	}
	return g
}
