package screen

import (
	"context"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/pin"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// step is how far somebody has come who says who it is.
type step int

const (
	choosing step = iota // among the officers
	telling              // the PIN there is
	making               // a new PIN
	again                // the new one once more
)

// identify asks who somebody is: initials, and then the PIN. Key w and the lock both do.
//
// Whether somebody has a PIN is not asked before it is typed, so that initials and PIN can be typed in one go. What is
// typed while a PIN is checked is dropped: it was not meant for whatever the board shows then.
type identify struct {
	desk *app.Desk
	self app.Screen
	step step
	name widget.Field
	list widget.Window
	who  *model.Officer
	// secret is what is being typed, first the new PIN as it was typed first, old the hash that it replaces.
	secret     []rune
	first, old string
	busy       bool
	fault      string
	// sat is what happens when it is settled who it is, unknown when the officer has no PIN; nil: a new one is made.
	sat     func(model.Actor) tea.Cmd
	unknown func() tea.Cmd
}

// maxTyped bounds what is kept of a PIN that is typed: one over is enough for the refusal to say what the most is.
const maxTyped = model.MaxPIN + 1

func newIdentify(d *app.Desk, self app.Screen, sat func(model.Actor) tea.Cmd) identify {
	return identify{desk: d, self: self, sat: sat, name: widget.NewField(d.Theme, "", model.MaxShort)}
}

// found are the officers that what is typed fits: first whose initials it is, then whose it begins, then the rest by id,
// name or agency.
func (i *identify) found() []*model.Officer {
	typed := model.Fold(i.name.Value())
	var ranks [3][]*model.Officer
	officers := i.desk.Catalogue().Officers
	for n := range officers {
		o := &officers[n]
		initials := model.Fold(o.Initials)
		switch {
		case typed == "" || initials == typed:
			ranks[0] = append(ranks[0], o)
		case strings.HasPrefix(initials, typed):
			ranks[1] = append(ranks[1], o)
		case strings.Contains(model.Fold(string(o.ID)+" "+o.Name+" "+string(o.Agency)), typed):
			ranks[2] = append(ranks[2], o)
		}
	}
	return slices.Concat(ranks[:]...)
}

// begin asks for an officer's PIN, or with nil who it is.
func (i *identify) begin(o *model.Officer) {
	i.who, i.secret, i.first, i.old, i.fault = o, nil, "", "", ""
	i.step = telling
	if o == nil {
		i.step = choosing
		i.name.Set("")
		i.list = widget.Window{}
	}
}

// own reports whether it is who sits here already, who then changes the PIN.
func (i *identify) own() bool {
	return i.who != nil && i.who.ID == i.desk.Actor.Officer && i.unknown == nil
}

// key takes a key; back is true for an esc that leads out of it.
func (i *identify) key(k tea.KeyMsg) (cmd tea.Cmd, back bool) {
	name := k.String()
	switch {
	case i.busy:
		return nil, false
	case k.Paste && i.step == choosing:
		return nil, false
	case k.Paste:
		i.fault = i.desk.Texts.Screen.Who.Paste
		return nil, false
	case k.Alt: // an escape and a key in one read: neither is a letter of a PIN
		return nil, false
	case name == "esc" && i.step == choosing && i.name.Value() == "":
		return nil, true
	case name == "esc" && i.step == choosing:
		i.begin(nil)
		return nil, false
	case name == "esc":
		i.begin(nil)
		return nil, true
	case i.step == choosing:
		i.choose(k)
		return nil, false
	}
	i.fault = ""
	switch {
	case name == "enter":
		return i.enter(), false
	case name == "backspace":
		i.secret = i.secret[:max(len(i.secret)-1, 0)]
	case name == "ctrl+u":
		i.secret = nil
	case isText(k) && len(i.secret) < maxTyped:
		i.secret = append(i.secret, k.Runes...)
	}
	return nil, false
}

// choose moves among the officers, narrows them, and takes one.
func (i *identify) choose(k tea.KeyMsg) {
	found := i.found()
	i.fault = ""
	switch k.String() {
	case "up", "shift+tab":
		i.list.Move(i.list.Cursor-1, len(found))
	case "down", "tab":
		i.list.Move(i.list.Cursor+1, len(found))
	case "enter":
		i.begin(found[min(i.list.Cursor, len(found)-1)])
	default:
		was := i.name.Value()
		i.name.Update(k)
		if len(i.found()) == 0 { // a letter that leads to nobody is not shown: it may be of a PIN
			i.name.Set(was)
			i.fault = i.desk.Texts.Screen.Who.None
			return
		}
		i.list = widget.Window{}
	}
}

// enter goes on with what is typed.
func (i *identify) enter() tea.Cmd {
	d := i.desk
	typed := string(i.secret)
	i.secret = nil
	if i.step == telling {
		i.busy = true
		return i.check(typed)
	}
	clean, err := model.CleanPIN(typed)
	switch {
	case err != nil:
		i.fault = d.Sentence(err)
	case i.step == making:
		i.first, i.step = clean, again
	case clean != i.first:
		i.step, i.first, i.fault = making, "", d.Texts.Screen.Who.NotSame
	default:
		i.busy = true
		return i.set(clean)
	}
	return nil
}

// checked is what came of comparing a PIN: without a hash there is none yet.
type checked struct {
	hash, typed string
	right       bool
	tries       model.Tries
}

// isSet says that a PIN has been set.
type isSet struct{}

// check compares a PIN and has the try counted before anybody learns what came of it. Where somebody else tries at the
// same moment, it does so anew.
func (i *identify) check(typed string) tea.Cmd {
	d, sitter, taker := i.desk, i.desk.Actor, i.who.Actor(i.desk.Actor.Terminal)
	return d.Load(i.self, func(ctx context.Context) (any, error) {
		for attempt := 0; ; attempt++ {
			values, err := d.Store.Registered(ctx, model.PINKey(taker.Officer), model.TriesKey(taker.Officer))
			if err != nil || values[0] == "" {
				return checked{typed: typed}, err
			}
			clean, err := model.CleanPIN(typed)
			if err != nil {
				return nil, err
			}
			try := model.TryPIN{Officer: taker.Officer, Hash: values[0], Tries: values[1]}
			if _, err := d.Store.Try(ctx, sitter, try); err != nil { // there is a wait
				return nil, err
			}
			if try.Right, err = pin.Check(try.Hash, clean); err != nil {
				return nil, err
			}
			who := sitter
			if try.Right {
				who = taker
			}
			done, err := d.Store.Do(ctx, who, try)
			if model.FaultOf(err) == model.Conflict && attempt < maxAttempts {
				continue
			}
			got := checked{hash: try.Hash, right: try.Right}
			for _, ev := range done.Events {
				got.tries, _ = model.ParseTries(ev.Changes[0].New)
			}
			return got, err
		}
	})
}

// maxAttempts is how often a try is made anew when others try at the same moment.
const maxAttempts = 3

// set stores a new PIN.
func (i *identify) set(clean string) tea.Cmd {
	d, taker, old := i.desk, i.who.Actor(i.desk.Actor.Terminal), i.old
	return d.Load(i.self, func(ctx context.Context) (any, error) {
		hash, err := pin.Hash(d.Random, clean)
		if err == nil {
			_, err = d.Store.Do(ctx, taker, model.SetPIN{Officer: taker.Officer, Seen: old, Hash: hash})
		}
		return isSet{}, err
	})
}

// loaded takes the answer.
func (i *identify) loaded(msg app.Loaded) tea.Cmd {
	i.busy = false
	if msg.Err != nil {
		i.step, i.first, i.fault = telling, "", i.desk.Sentence(msg.Err)
		return nil
	}
	switch v := msg.Value.(type) {
	case isSet:
		return i.sat(i.who.Actor(i.desk.Actor.Terminal))
	case checked:
		return i.compared(v)
	}
	return nil
}

func (i *identify) compared(c checked) tea.Cmd {
	t := i.desk.Texts.Screen.Who
	switch {
	case c.hash == "" && i.unknown != nil:
		return i.unknown()
	case c.hash == "":
		clean, err := model.CleanPIN(c.typed)
		if i.step = again; err != nil {
			i.step, i.fault = making, i.desk.Sentence(err)
		}
		i.first = clean
	case c.right && i.own():
		i.step, i.old = making, c.hash
	case c.right:
		return i.sat(i.who.Actor(i.desk.Actor.Terminal))
	default:
		i.fault = text.Fill(t.Wrong, "n", strconv.Itoa(c.tries.Left()))
		if err := c.tries.Wait(i.who.ID, model.StampOf(i.desk.Now())); err != nil {
			i.fault = i.desk.Sentence(err)
		}
	}
	return nil
}

// called is what an officer is called: the initials and the name, else the id.
func called(o *model.Officer) string {
	name := o.Name
	if name == "" {
		name = string(o.ID)
	}
	return strings.TrimSpace(o.Initials + " " + name)
}

// lines draw the question and what is typed, in at most height lines; the list of officers takes what is left.
func (i *identify) lines(begin func() *widget.Line, height int) (lines []string) {
	t := i.desk.Texts.Screen.Who
	if i.step == choosing {
		l := begin().Say(theme.Label, t.Type).Skip(1)
		i.name.Draw(l, l.Left(), true, safe.Text{})
		return append([]string{l.Done()}, i.officers(begin, max(height-1, 1))...)
	}
	say := func(role theme.Role, words string) {
		for _, part := range safe.Of(words).Wrap(begin().Left()) {
			lines = append(lines, begin().Put(role, part).Done())
		}
	}
	who := called(i.who)
	label := text.Fill(t.PIN, "officer", who)
	switch {
	case i.step == telling && i.own():
		say(theme.Text, t.OwnPIN)
	case i.step == making:
		label = t.New
	case i.step == again:
		if i.old == "" {
			say(theme.Text, text.Fill(t.First, "officer", who))
		}
		label = t.Again
	}
	l := begin()
	l.Put(theme.Label, safe.Join(safe.Of(label).Cut(max(l.Left()-12, 8)), safe.Of(":"))).Skip(1)
	if i.busy {
		l.Say(theme.Dim, t.Checking)
	} else { // how many have been typed, as everywhere, and not what
		l.Say(theme.Input, strings.Repeat("*", min(len(i.secret), max(l.Left()-1, 0)))).Put(theme.Selected, safe.Blank(1))
	}
	return append(lines, l.Done())
}

// officers are those that fit, around the cursor.
func (i *identify) officers(begin func() *widget.Line, size int) (lines []string) {
	d := i.desk
	found := i.found()
	if len(found) == 0 {
		return []string{begin().Say(theme.Dim, d.Texts.Screen.Who.None).Done()}
	}
	i.list.Show(len(found), size)
	for n := i.list.Top; n < min(i.list.Top+size, len(found)); n++ {
		o := found[n]
		l := begin()
		role := row(d, l, n == i.list.Cursor)
		l.Put(role, safe.Of(o.Initials).Fit(5)).Put(role, safe.Of(string(o.Agency)).Fit(5))
		rest := safe.Of(d.Texts.Words.Role[o.Role.String()])
		name := safe.Of(o.Name)
		if o.Name == "" {
			name = safe.Of(string(o.ID))
		}
		if room := l.Left() - rest.Width() - 2; room >= 12 {
			l.Put(role, name.Fit(room)).Put(role, safe.Blank(1)).Put(role, rest)
		} else {
			l.Put(role, name.Cut(l.Left()))
		}
		lines = append(lines, l.Done())
	}
	return lines
}
