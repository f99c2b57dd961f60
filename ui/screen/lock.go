package screen

import (
	"context"
	"strconv"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// lock is all that is seen while the board is locked: the time, since when and why, and how one comes back. The officer
// who sat here unlocks with the PIN and finds everything as it was; another one takes the desk. Where no PIN is known
// there is nothing to ask for: enter shows the board, and the screen says so.
type lock struct {
	desk          *app.Desk
	width, height int
	since         time.Time
	idle          bool
	// known: whether who sat here has a PIN; until that is read it is taken for granted.
	known bool
	ask   identify
}

// Lock returns the locked board; idle says that nobody wanted it, but nobody has touched a key either.
func Lock(d *app.Desk, idle bool) app.Screen {
	l := &lock{desk: d, since: d.Now(), idle: idle, known: true}
	l.ask = newIdentify(d, l, l.sat)
	l.back()
	return l
}

// sat shows the board to whoever has given the PIN; another officer than before is told so.
func (l *lock) sat(actor model.Actor) tea.Cmd {
	d, other := l.desk, actor.Officer != l.desk.Actor.Officer
	sit := d.Sit(actor)
	if other && d.Quiet() {
		d.Say(text.Fill(d.Texts.Screen.Who.Sat, "officer", called(l.ask.who)))
	}
	return sit
}

// sitter is the officer who sat here, nil when it was none of the configuration's.
func (l *lock) sitter() *model.Officer { return l.desk.Catalogue().Officer(l.desk.Actor.Officer) }

// back asks for the PIN of who sat here.
func (l *lock) back() {
	l.ask.unknown = l.desk.Uncover
	if l.ask.begin(l.sitter()); l.ask.who == nil {
		l.ask.step, l.known = telling, false
	}
}

// Actions: the lock takes its keys itself and says them.
func (l *lock) Actions() []app.Bound { return nil }

// Title is drawn by nobody.
func (l *lock) Title() safe.Text { return safe.Text{} }

func (l *lock) SetSize(width, height int) { l.width, l.height = width, height }

// Open reads whether there is a PIN to ask for.
func (l *lock) Open() tea.Cmd {
	d, sitter := l.desk, l.ask.who
	if sitter == nil {
		return nil
	}
	return d.Load(l, func(ctx context.Context) (any, error) {
		values, err := d.Store.Registered(ctx, model.PINKey(sitter.ID))
		return hasPIN(err != nil || values[0] != ""), nil // what cannot be read is asked for
	})
}

// hasPIN says whether who sat here has a PIN.
type hasPIN bool

func (l *lock) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Loaded:
		if has, ok := msg.Value.(hasPIN); ok {
			l.known = bool(has)
			return nil
		}
		return l.ask.loaded(msg)
	case tea.KeyMsg:
		return l.key(msg)
	}
	return nil
}

func (l *lock) key(k tea.KeyMsg) tea.Cmd {
	switch name := k.String(); {
	case !k.Paste && name == "tab" && l.ask.step == telling && !l.ask.busy && !l.desk.Own && len(l.desk.Catalogue().Officers) > 0:
		l.ask.begin(nil)
		return nil
	case l.ask.who == nil && l.ask.step == telling: // there is nobody to ask for a PIN
		if !k.Paste && name == "enter" {
			return l.desk.Uncover()
		}
		return nil
	}
	was := l.ask.step
	cmd, back := l.ask.key(k)
	switch {
	case back:
		l.back()
	case was == choosing && l.ask.step == telling && l.ask.who != l.sitter():
		l.ask.unknown = l.noneYet
	case was == choosing:
		l.ask.unknown = l.desk.Uncover
	}
	return cmd
}

// noneYet: who has no PIN cannot prove to be anybody, and the lock would be open to all who pick such a name.
func (l *lock) noneYet() tea.Cmd {
	l.ask.fault = text.Fill(l.desk.Texts.Screen.Lock.NoneYet, "officer", called(l.ask.who), "key", l.desk.Keys().Shown(action.Who))
	return nil
}

// View draws the lock in the middle of the terminal, whatever its size, and nothing else.
func (l *lock) View() string {
	width := max(min(l.width-2, 60), 1)
	lines := l.lines(width)
	if room := l.height - len(lines); room < 0 {
		lines = lines[:max(l.height, 0)]
	} else {
		lines = append(make([]string, room/2), lines...)
	}
	left := strings.Repeat(" ", max((l.width-width)/2, 0))
	for i := range lines {
		if lines[i] != "" {
			lines[i] = left + lines[i]
		}
	}
	for len(lines) < l.height { // every line of the terminal is drawn over
		lines = append(lines, "")
	}
	return strings.Join(lines, "\n")
}

// lines are the lock's lines, those first that are needed most.
func (l *lock) lines(width int) []string {
	d, t := l.desk, l.desk.Texts.Screen.Lock
	p := &page{desk: d, width: width}
	say := func(role theme.Role, words string) {
		for _, part := range safe.Of(words).Wrap(width) {
			p.add(p.begin().Put(role, part))
		}
	}
	head := p.begin().Say(theme.Title, "SAMVERKAN")
	if d.Exercise {
		head.Skip(2).Say(theme.Badge, d.Texts.Screen.Exercise)
	}
	p.add(head.Right(theme.Strong, safe.Of(l.clock(d.Now()))))
	sat, why := t.Guest, t.By
	if o := l.sitter(); o != nil {
		sat = called(o)
	} else if !d.Actor.Guest {
		sat = string(d.Actor.Officer)
	}
	if l.idle {
		why = t.Idle
	}
	say(theme.Text, text.Fill(why, "officer", sat, "time", l.clock(l.since), "n", strconv.Itoa(int(d.LockAfter/time.Minute))))
	p.blank()
	hint := t.Hint
	if d.Own {
		hint = t.OwnHint
	}
	switch {
	case l.ask.step == choosing:
		hint = t.Others
	case l.ask.who != l.sitter():
		hint = d.Texts.Screen.Who.PINHint
	case !l.known:
		say(theme.Text, t.Open)
		if hint = t.OpenHint; d.Own || len(d.Catalogue().Officers) == 0 {
			hint = t.AloneHint
		}
	}
	if l.ask.step == choosing || l.ask.who != nil && (l.known || l.ask.who != l.sitter()) {
		p.lines = append(p.lines, l.ask.lines(p.begin, max(l.height-len(p.lines)-3, 2))...)
	}
	if l.ask.fault != "" {
		say(theme.Error, l.ask.fault)
	}
	if d.Leaving() {
		say(theme.Error, t.Unsaved)
	}
	say(theme.Dim, hint)
	return p.lines
}

// clock is a moment on the board's clock, with the day when that is another one.
func (l *lock) clock(at time.Time) string {
	d := l.desk
	day := d.Catalogue().Today(model.StampOf(at))
	if zone := d.Catalogue().Zone; zone != nil {
		at = at.In(zone)
	}
	if day != d.Today() {
		return d.Texts.Day(day, d.Today()) + " " + at.Format("15:04")
	}
	return at.Format("15:04")
}
