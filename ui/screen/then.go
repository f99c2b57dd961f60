package screen

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// then asks which moment to look back at, and reads the journal up to it.
type then struct {
	overlay
	field widget.Field
	// at is the moment that is being read, stop ends the reading.
	at   model.Stamp
	stop context.CancelFunc
}

// goThen looks back: at once at a moment that was named, else it asks.
func goThen(d *app.Desk, arg string) (tea.Cmd, error) {
	t := &then{overlay: overlay{desk: d}, field: widget.NewField(d.Theme, arg, model.MaxShort)}
	if arg == "" {
		return d.Push(t), nil
	}
	at, err := t.moment()
	if err != nil {
		return nil, err
	}
	push := d.Push(t)
	return tea.Batch(push, t.read(at)), nil
}

func takesMoment(d *app.Desk, arg string) bool {
	_, err := d.Texts.ParseMoment(arg, d.Clock(), d.Catalogue())
	return err == nil
}

// goNow comes back from the past.
func goNow(d *app.Desk, _ string) (tea.Cmd, error) {
	if !d.InPast() {
		d.Say(d.Keyed(d.Texts.Screen.Then.Already))
		return nil, nil
	}
	return d.Return(), nil
}

// moment is what was typed, when it has come.
func (t *then) moment() (model.Stamp, error) {
	d, now := t.desk, t.desk.Clock()
	at, err := d.Texts.ParseMoment(t.field.Value(), now, d.Catalogue())
	if err != nil {
		return 0, err
	}
	return at, d.Catalogue().HasCome(at, model.StampOf(now))
}

// was is the board as it was; the effort in sight is named when it was there.
type was struct {
	store  *store.Store
	effort model.EffortID
}

// read reads the journal up to a moment.
func (t *then) read(at model.Stamp) tea.Cmd {
	live, id := t.desk.Live(), model.EffortID("")
	if s, ok := t.desk.Screen().(*effort); ok {
		id = s.id
	}
	ctx, stop := context.WithCancel(context.Background())
	t.at, t.stop, t.busy, t.fault = at, stop, true, ""
	return t.desk.Load(t, func(board context.Context) (any, error) {
		defer context.AfterFunc(board, stop)()
		defer stop()
		past, err := live.Then(ctx, at)
		if err != nil {
			return nil, err
		}
		if _, err := past.Load(ctx); err != nil {
			return nil, err
		}
		if _, no := past.Effort(ctx, string(id)); no != nil {
			id = ""
		}
		return was{past, id}, nil
	})
}

// Place: at the foot, as the line it comes from.
func (t *then) Place() app.Place { return app.Foot }

// Typing: there is nothing but the field.
func (t *then) Typing() bool { return true }

func (t *then) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Covered: // whoever uncovers it is not to be anywhere else than before
		return t.leave()
	case app.Loaded:
		t.busy = false
		if msg.Err != nil {
			t.fault = t.desk.Sentence(msg.Err)
			return nil
		}
		return t.show(msg.Value.(was))
	case tea.KeyMsg:
		switch key := msg.String(); {
		case !isText(msg) && key == "esc":
			return t.leave()
		case t.busy:
			return nil
		case !isText(msg) && key == "enter":
			at, err := t.moment()
			if err != nil {
				t.fault = t.desk.Sentence(err)
				return nil
			}
			return t.read(at)
		}
		t.fault = ""
		t.field.Update(msg)
	}
	return nil
}

// leave closes the question, and what is being read is not read on.
func (t *then) leave() tea.Cmd {
	if t.busy {
		t.stop()
	}
	return t.desk.Pop(t)
}

// show opens the past where one is: in the region, and on the effort.
func (t *then) show(w was) tea.Cmd {
	d := t.desk
	pop := d.Pop(t)
	under, _ := d.Find(func(s app.Screen) bool { _, is := s.(*region); return is }).(*region)
	var region model.RegionCode
	var focus model.FocusCode
	if under != nil {
		region, focus = under.Spot()
	}
	return tea.Batch(pop, d.LookBack(w.store, func(past *app.Desk) tea.Cmd {
		var root, on tea.Cmd
		if under != nil {
			root = past.GoRoot(newRegion(past, region, focus))
		} else {
			root = past.GoRoot(newPicture(past))
		}
		if w.effort != "" {
			on = past.Push(newEffort(past, w.effort))
		}
		return tea.Batch(root, on)
	}))
}

// View draws the question, or that the journal is being read.
func (t *then) View() string {
	words := t.desk.Texts.Screen.Then
	width := t.inner(t.width - 4)
	if t.busy {
		l := t.begin(width).Say(theme.Dim, text.Fill(words.Reading, "at", when(t.desk, t.at)))
		return t.box(words.Title, []string{l.Done()}, words.ReadingHint, width)
	}
	l := t.begin(width)
	t.field.Draw(l, width, true, safe.Text{})
	return t.box(words.Title, []string{l.Done()}, fitting(width, words.Hint, words.HintShort), width)
}
