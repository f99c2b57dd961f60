// Package app is the board's one tea.Model: a stack of screens, what every screen of a session looks at,
// the live feed, and the frame around it all. It knows no screen by name.
package app

import (
	"context"
	"io"
	"slices"
	"time"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// Session is all a screen needs to know of where and for whom it is drawn. It is made at the edge (the
// command line, the SSH server) and never changed; its Actor is only who sits there at first.
type Session struct {
	Texts   *text.Texts
	Theme   *theme.Theme
	Store   *store.Store
	Actor   model.Actor
	Lexicon *model.Lexicon
	// Now is the clock.
	Now func() time.Time
	// Timer makes a command that answers after a while; nil is the board's own.
	Timer func(time.Duration, func(time.Time) tea.Msg) tea.Cmd
	// Local: the person may name files of this machine, and may suspend the program.
	Local bool
	// Own: who sits here has been let in alone, by a key of her own, and nobody else takes the desk.
	Own bool
	// Begun is what the officer had begun and not saved when an earlier session ended, and says that what is begun in
	// this one outlives it too; nil where nothing does.
	Begun map[Draft]string
	// Explain is the sentence for any error, those of the store included; nil leaves it to Texts.
	Explain func(error) string
	// Keys are the keys of the actions; nil is the table as it stands.
	Keys *action.Keymap
	// Suggest: the assign picker says which agencies were in on earlier efforts like one.
	Suggest bool
	// Present: others at the board see this session, and it sees them.
	Present bool
	// Wall has the board go from screen to screen by itself; nil where somebody sits.
	Wall *Wall
	// Title: the terminal's title says how much waits. Ring rings its bell when the officer's agency is asked; nil never.
	Title bool
	Ring  func()
	// Exercise: the store is made up and thrown away after.
	Exercise bool
	// Random is where the salts of PINs come from.
	Random io.Reader
	// Lock returns what hides the board, because nobody has touched a key or because somebody wants it. It does so by
	// itself after LockAfter without a key, never when that is 0.
	Lock      func(d *Desk, idle bool) Screen
	LockAfter time.Duration
	// Root returns the first screen, Global the actions that work on every screen but overlays, and
	// Welcome the first screen on a store that has never held anything.
	Root, Welcome func(*Desk) Screen
	Global        func(*Desk) []Bound
}

// Bound is an action bound to what it does.
type Bound = action.Bound[tea.Cmd]

// Screen is one thing to look at. Its methods are called on the event loop only.
type Screen interface {
	// Open is called once when the screen comes on the stack.
	Open() tea.Cmd
	// SetSize gives the cells there are to draw in.
	SetSize(width, height int)
	// Update takes what is meant for this screen: results of its own commands (Done, Loaded), BoardMsg and
	// TickMsg, and for a screen that is Typing or an Overlay every key and paste.
	Update(msg tea.Msg) tea.Cmd
	// View returns at most the given height of lines, none wider than the width. It does no input or output.
	View() string
	// Actions are what can be done here, the most useful first.
	Actions() []Bound
	// Title says where one is, for the frame.
	Title() safe.Text
}

// Uncounted is a screen on which the filter narrows something else than the efforts that are open now: the frame shows it
// without how many of those are left.
type Uncounted interface{ Uncounted() }

// Overlay is a screen drawn over the one below. It gets every key itself.
type Overlay interface {
	Screen
	// Place says where the box goes.
	Place() Place
	// Dirty reports whether something typed would be lost.
	Dirty() bool
}

// Typist is an overlay in whose field a person may be writing just now.
type Typist interface{ Typing() bool }

// Place is where an overlay is drawn.
type Place int

// The places.
const (
	Center Place = iota
	Foot
)

// BoardMsg says that Desk.Board has changed.
type BoardMsg struct{}

// TickMsg says that the minute has changed.
type TickMsg struct{}

// Done is the answer to a command given with Desk.Do.
type Done struct {
	Command model.Command
	Result  store.Result
	Err     error
}

// Acted tells every screen that a command of this session has been carried out, after the board has moved by it.
type Acted struct {
	Command model.Command
	Result  store.Result
}

// Loaded is the answer to Desk.Load.
type Loaded struct {
	Value any
	Err   error
}

// routed is a message for one screen; it is dropped when the screen is gone.
type routed struct {
	owned
	to  Screen
	msg tea.Msg
}

// Draft is whose text it is, and where it belongs.
type Draft struct {
	Officer model.OfficerID
	Place   string
}

// Desk is what all screens of a session look at and act through. It changes on the event loop only.
type Desk struct {
	*Session
	// Actor is who is at the desk now.
	Actor model.Actor
	// Board is what is shown: narrowed by the filter. Whole is everything.
	Board, Whole *model.Board
	// Filter is what the board is narrowed to, sticky across screens; Mine narrows to the own agency.
	Filter model.Filter
	Mine   bool
	// Drafts are texts that have been begun and not saved: they are kept while one looks elsewhere.
	Drafts map[Draft]string

	app *App
}

// Today returns the date on the board.
func (d *Desk) Today() model.Day { return d.Catalogue().Today(model.StampOf(d.Now())) }

// Catalogue returns what the board is drawn up in.
func (d *Desk) Catalogue() *model.Catalogue { return d.Whole.Catalogue() }

// Asker is who looks through a filter.
func (d *Desk) Asker() model.Asker {
	return model.Asker{Agency: d.Actor.Agency, Today: d.Today(), Silent: d.Catalogue().Silent}
}

// Lets reports whether what the board is narrowed to lets an effort through.
func (d *Desk) Lets(e *model.Effort) bool {
	who := d.Asker()
	return d.Filter.Match(e, who) && (!d.Mine || e.Concerns(who.Agency))
}

// Push puts a screen on the stack.
func (d *Desk) Push(s Screen) tea.Cmd { return d.app.push(s) }

// Pop takes the screen off the stack, with all that lies on it.
func (d *Desk) Pop(s Screen) tea.Cmd { return d.app.pop(s) }

// GoRoot replaces the whole stack.
func (d *Desk) GoRoot(s Screen) tea.Cmd { return d.app.root(s) }

// Leave leaves the board; what for is what App.Ended says then.
func (d *Desk) Leave(outcome string) tea.Cmd {
	d.app.ground().leftFor = outcome
	return tea.Quit
}

// Say puts a line into the message line; Fault one about what went wrong.
func (d *Desk) Say(line string) { d.app.say(theme.Message, line) }

// Fault puts an error's sentence into the message line.
func (d *Desk) Fault(err error) { d.app.say(theme.Error, d.Sentence(err)) }

// Sentence says an error to a person.
func (d *Desk) Sentence(err error) string {
	switch {
	case d.Actor.Guest && model.Is(err, model.NotRole):
		return d.NoOne()
	case d.InPast(): // what it says there names the way back
		return text.Fill(d.explain(err), "line", d.Line(""))
	}
	return d.explain(err)
}

func (d *Desk) explain(err error) string {
	if d.Explain == nil {
		return d.Texts.Error(err)
	}
	return d.Explain(err)
}

// Warn puts a sentence about what cannot be done into the message line.
func (d *Desk) Warn(line string) { d.app.say(theme.Error, line) }

// Do carries out a command away from the event loop. Keys typed meanwhile wait; the screen gets a Done,
// and the message line says what came of it.
func (d *Desk) Do(from Screen, cmd model.Command) tea.Cmd {
	a, who := d.app, d.Actor
	a.pending++
	return a.safely(func() tea.Msg {
		var result store.Result
		err := a.writes.do(from, func() (err error) {
			// Whoever has pressed enter and is cut off has saved: the store has a limit of its own to its waiting.
			result, err = d.Store.Do(context.WithoutCancel(a.ctx), who, cmd)
			return err
		})
		return routed{owned{a}, from, Done{cmd, result, err}}
	}, func(err error) tea.Msg { return routed{owned{a}, from, Done{cmd, store.Result{}, err}} })
}

// Load does something slow away from the event loop that changes no effort; the screen gets a Loaded, or nothing when it is gone.
func (d *Desk) Load(from Screen, read func(context.Context) (any, error)) tea.Cmd {
	ctx := d.app.ctx
	return d.app.safely(func() tea.Msg {
		value, err := read(ctx)
		return routed{owned{d.app}, from, Loaded{value, err}}
	}, func(err error) tea.Msg { return routed{owned{d.app}, from, Loaded{nil, err}} })
}

// SetFilter narrows the board; the zero Filter shows everything.
func (d *Desk) SetFilter(f model.Filter, mine bool) tea.Cmd {
	d.Filter, d.Mine = f, mine
	d.app.narrow()
	return tea.Batch(d.app.tell(BoardMsg{}), d.app.readEnded())
}

// Screen returns the uppermost screen that is no overlay.
func (d *Desk) Screen() Screen { return d.app.base() }

// Actions are what can be done on the uppermost screen and everywhere, for the help.
func (d *Desk) Actions() []Bound { return d.app.actions() }

// Keys are the keys of the actions.
func (d *Desk) Keys() *action.Keymap { return d.app.keys }

// Chose notes what the officer has chosen by name, by an id of the chooser's own; Recent are these, the latest first.
func (d *Desk) Chose(id string) {
	was := slices.DeleteFunc(d.app.chosen[d.Actor.Officer], func(s string) bool { return s == id })
	d.app.chosen[d.Actor.Officer] = append([]string{id}, was[:min(len(was), maxChosen-1)]...)
}

// Recent are the ids that the officer has chosen in this session, the latest first.
func (d *Desk) Recent() []string { return d.app.chosen[d.Actor.Officer] }

// maxChosen is how many choices are remembered of an officer.
const maxChosen = 8

// Line is how a word is typed on the command line: the key that opens it, and the word.
func (d *Desk) Line(word string) string {
	key := d.app.keys.Shown(action.Command)
	if utf8.RuneCountInString(key) > 1 {
		key += " "
	}
	return key + word
}

// Keyed is a text with the keys of the actions that it names in braces, {narrow} changes it, and with {line} for the key before
// a word of the command line.
func (d *Desk) Keyed(words string) string {
	filled, known := d.app.keyed[words]
	if !known {
		var pairs []string
		for _, a := range action.Table() {
			pairs = append(pairs, string(a.ID), d.app.keys.Shown(a.ID))
		}
		pairs = append(pairs, "line", d.Line(""))
		filled = text.Fill(words, pairs...)
		d.app.keyed[words] = filled
	}
	return filled
}

// After sends a message to a screen after a while, unless it is gone by then.
func (d *Desk) After(to Screen, wait time.Duration, msg tea.Msg) tea.Cmd {
	timer := d.Timer
	if timer == nil {
		timer = d.app.timer
	}
	return timer(wait, func(time.Time) tea.Msg { return routed{owned{d.app}, to, msg} })
}
