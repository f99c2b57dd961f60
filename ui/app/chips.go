package app

import (
	"strconv"
	"strings"

	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// Chip is a word of the filter as it stands in the line of chips.
func Chip(word string) safe.Text { return safe.Of("[" + word + "]") }

// chips is the line that says below every screen what the board is narrowed to, word by word, and how much is left of
// it where that is what one sees. A filter that the officer has saved has its key and name in front.
func (a *App) chips() string {
	d := a.desk
	l := a.frame.line.Begin(d.Theme, a.width).Skip(1).Say(theme.Prompt, "/").Skip(1)
	var left safe.Text
	if _, uncounted := a.base().(Uncounted); !uncounted {
		left = safe.Of(text.Fill(d.Texts.Screen.Narrowed, "n", strconv.Itoa(d.Board.Open()), "all", strconv.Itoa(d.Whole.Open())))
	}
	room := func() int { return l.Left() - left.Width() - 2 }
	for _, f := range d.Whole.Filters(d.Actor.Officer) {
		if f.Text == d.Filter.String() {
			name := f.Name
			if f.Key > 0 {
				name = "F" + strconv.Itoa(f.Key) + " " + name
			}
			l.Put(theme.Strong, safe.Of(name).Cut(room()/2)).Skip(1)
			break
		}
	}
	words := strings.Fields(d.Filter.String())
	if d.Mine {
		words = append(words, d.Texts.Screen.Mine)
	}
	for _, w := range words {
		l.Put(theme.Warn, Chip(w).Cut(max(room(), 0))).Skip(1)
	}
	return l.Right(theme.Dim, left).Done()
}
