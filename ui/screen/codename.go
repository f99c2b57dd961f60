package screen

import (
	"context"
	"encoding/binary"
	"io"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
)

// atOnce is how many proposals are read of the store: the next key has one ready.
const atOnce = 20

// newCodename opens an effort to be edited with a codename proposed.
func newCodename(d *app.Desk, e *model.Effort) tea.Cmd {
	f := newForm(d, e, e)
	return tea.Batch(d.Push(f), f.propose())
}

// noCodename says why no codename is proposed for an effort: it has one, and who knows it by that.
func noCodename(d *app.Desk, a aim) func() string {
	may := mayAll(d, model.RightEdit, a)
	return func() string {
		if e := a.effort(); e != nil && e.Codename != "" {
			return d.Texts.Screen.Form.HasCodename
		}
		return may()
	}
}

// proposes reports whether a key asks the form for a codename.
func (f *form) proposes(key string) bool {
	id, _, _ := f.desk.Keys().Find(key)
	return id == action.Codename && f.codename() >= 0
}

// codename is the row of the codename, -1 where there is none.
func (f *form) codename() int {
	return slices.IndexFunc(f.rows, func(r formRow) bool { return r.field == model.FieldCodename })
}

// propose puts the next proposal into the field of the codename, or reads some first.
func (f *form) propose() tea.Cmd {
	if len(f.proposals) > 0 {
		f.win.Cursor, f.fault = f.codename(), ""
		f.rows[f.win.Cursor].input.Set(f.proposals[0])
		f.proposals = f.proposals[1:]
		return nil
	}
	d, seed := f.desk, make([]byte, 8)
	return d.Load(f, func(ctx context.Context) (any, error) {
		if _, err := io.ReadFull(d.Random, seed); err != nil {
			return nil, err
		}
		return d.Store.Codenames(ctx, atOnce, binary.BigEndian.Uint64(seed))
	})
}

// proposed takes what was read.
func (f *form) proposed(read app.Loaded) tea.Cmd {
	names, _ := read.Value.([]string)
	if f.proposals = names; read.Err != nil || len(names) == 0 {
		if read.Err != nil {
			f.fault = f.desk.Sentence(read.Err)
		}
		return nil
	}
	return f.propose()
}
