package screen

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// form creates an effort or edits one. Choices turn with the arrows or by their first letter; enter saves
// from any field.
type form struct {
	overlay
	// effort is the one that is edited, nil for a new one; all are those that are edited together, when they are.
	effort *model.Effort
	all    []*model.Effort
	rows   []formRow
	win    widget.Window
	// proposals are codenames that were read and not shown yet.
	proposals []string
	// warned: esc has been pressed once on a changed form.
	warned bool
}

// formRow is one field: a text, or a choice.
type formRow struct {
	field   model.Field
	input   widget.Field
	choices []choice
	chosen  int
	// was is the value the form began with.
	was string
	// hint stands in an empty field.
	hint string
}

type choice struct{ value, label string }

func (r *formRow) value() string {
	if r.choices != nil {
		return r.choices[r.chosen].value
	}
	return strings.TrimSpace(r.input.Value())
}

func newCreate(d *app.Desk, region model.RegionCode, focus model.FocusCode) app.Screen {
	e := &model.Effort{Region: region, Focus: focus, Kind: model.Operative, Priority: model.PriorityNormal, Level: model.Regional}
	if e.Region == model.RegionNational {
		e.Level = model.National
	}
	if e.Region == "" && len(d.Actor.Regions) > 0 {
		e.Region = d.Actor.Regions[0]
	}
	return newForm(d, nil, e)
}

// newEdit edits an effort; of several, what can be the same for all.
func newEdit(d *app.Desk, efforts []*model.Effort) app.Screen {
	if len(efforts) > 1 {
		return newEditAll(d, efforts)
	}
	return newForm(d, efforts[0], efforts[0])
}

func newForm(d *app.Desk, edited, from *model.Effort) *form {
	f := &form{overlay: overlay{desk: d, about: idsOf(edited)}, effort: edited}
	t, cat := d.Texts, d.Catalogue()
	limits := map[model.Field]int{model.FieldCodename: model.MaxCodename, model.FieldTitle: model.MaxTitle}
	hints := map[model.Field]string{model.FieldRegions: t.Screen.Form.Regions, model.FieldReview: t.Screen.Form.Date,
		model.FieldDecided: t.Screen.Form.Date, model.FieldCodename: d.Keyed(t.Screen.Form.Optional)}
	for _, field := range fieldsOf(d, edited) {
		r := formRow{field: field, was: from.Get(field), hint: hints[field]}
		switch field {
		case model.FieldRegion:
			for _, c := range append(cat.CurrentRegions(d.Today()), cat.National) {
				r.choices = append(r.choices, choice{string(c.Code), c.Name.In(t.Lang)})
			}
		case model.FieldFocus:
			for _, c := range cat.CurrentFocuses(d.Today()) {
				r.choices = append(r.choices, choice{string(c.Code), c.Name.In(t.Lang)})
			}
		case model.FieldKind:
			for _, k := range model.Kinds() {
				r.choices = append(r.choices, choice{k.String(), t.Words.Kind[k.String()]})
			}
		case model.FieldLevel:
			for _, l := range model.Levels() {
				r.choices = append(r.choices, choice{l.String(), t.Words.Level[l.String()]})
			}
		case model.FieldPriority:
			for i, label := range []string{t.Screen.Prompt.High, t.Screen.Prompt.Normal, t.Screen.Prompt.Low} {
				n := strconv.Itoa(i + 1)
				r.choices = append(r.choices, choice{n, n + " " + label})
			}
		default:
			limit := limits[field]
			if limit == 0 {
				limit = model.MaxShort
			}
			r.input = widget.NewField(d.Theme, r.was, limit)
		}
		r.choose()
		f.rows = append(f.rows, r)
	}
	return f
}

// fieldsOf are the fields of the form: those of the decision too where there is one and the officer may.
func fieldsOf(d *app.Desk, e *model.Effort) []model.Field {
	fields := model.EditFields()
	if e != nil && e.Status >= model.Decided && e.Status != model.Rejected && d.Actor.MayOn(model.RightStatus, e, "") == nil {
		fields = append(fields, model.DecisionFields()...)
	}
	return fields
}

// choose settles a choice on the value the form began with; one that the catalogue no longer has stays to choose.
func (r *formRow) choose() {
	if r.choices == nil {
		return
	}
	r.chosen = slices.IndexFunc(r.choices, func(c choice) bool { return c.value == r.was })
	if r.chosen < 0 && r.was != "" {
		r.choices = append(r.choices, choice{r.was, r.was})
		r.chosen = len(r.choices) - 1
	}
	r.chosen = max(r.chosen, 0)
}

// changed are the fields that differ from what the form began with; for a new effort all that have a value.
func (f *form) changed() map[model.Field]string {
	fields := map[model.Field]string{}
	for i := range f.rows {
		r := &f.rows[i]
		if v := r.value(); v != r.was || f.effort == nil && v != "" {
			fields[r.field] = v
		}
	}
	return fields
}

// opened are the efforts that the form is about.
func (f *form) opened() []*model.Effort {
	if f.effort == nil {
		return f.all
	}
	return []*model.Effort{f.effort}
}

// Typing reports whether the cursor is in a text.
func (f *form) Typing() bool { return f.rows[f.win.Cursor].choices == nil }

// Dirty reports whether a text has been typed or, on an existing effort, anything changed.
func (f *form) Dirty() bool {
	if f.effort != nil {
		return len(f.changed()) > 0
	}
	return slices.ContainsFunc(f.rows, func(r formRow) bool { return r.choices == nil && r.value() != r.was })
}

func (f *form) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Done:
		if len(model.Against(msg.Err)) > 0 {
			return f.answered(f, msg)
		}
		f.busy = false
		if msg.Err != nil {
			f.refused(msg.Err)
			return nil
		}
		pop := f.desk.Pop(f)
		if f.effort == nil && len(msg.Result.Efforts) > 0 {
			return tea.Batch(pop, reveal(f.desk, msg.Result.Efforts[0]))
		}
		return pop
	case app.Loaded:
		return f.proposed(msg)
	case app.BoardMsg:
		if f.effort != nil {
			f.changedBy(f.effort)
		}
	case tea.KeyMsg:
		return f.key(msg)
	}
	return nil
}

// refused shows why it was not saved, with the cursor on the field that is wrong.
func (f *form) refused(err error) {
	f.fault = f.desk.Sentence(err)
	var no *model.Error
	if !errors.As(err, &no) {
		return
	}
	name, _, _ := strings.Cut(no.Args["field"], ",")
	for i := range f.rows {
		if string(f.rows[i].field) == name {
			f.win.Cursor = i
		}
	}
}

func (f *form) key(msg tea.KeyMsg) tea.Cmd {
	r := &f.rows[f.win.Cursor]
	key := msg.String()
	if key != "esc" {
		f.warned = false
	}
	switch {
	case isText(msg) && r.choices == nil:
		f.fault = ""
		r.input.Update(msg)
		return nil
	case isText(msg):
		if !msg.Paste {
			r.turnTo(key)
		}
		return nil
	}
	if f.proposes(key) {
		return f.propose()
	}
	switch key {
	case "esc":
		if f.Dirty() && !f.warned {
			f.warned = true
			f.fault = f.desk.Texts.Screen.Form.Discard
			return nil
		}
		return f.desk.Pop(f)
	case "enter", "ctrl+s":
		return f.save()
	case "up", "shift+tab":
		f.win.Move(f.win.Cursor-1, len(f.rows))
	case "down", "tab":
		f.win.Move(f.win.Cursor+1, len(f.rows))
	case "left", "right":
		if r.choices == nil {
			r.input.Update(msg)
			return nil
		}
		by := 1
		if key == "left" {
			by = -1
		}
		r.chosen = (r.chosen + by + len(r.choices)) % len(r.choices)
	default:
		if r.choices == nil {
			r.input.Update(msg)
		}
	}
	return nil
}

// turnTo goes to the next choice that starts with a letter or digit; a blank goes to the next of all.
func (r *formRow) turnTo(key string) {
	for i := range r.choices {
		at := (r.chosen + 1 + i) % len(r.choices)
		c := r.choices[at]
		if key == " " || strings.HasPrefix(model.Fold(c.label), model.Fold(key)) || strings.HasPrefix(model.Fold(c.value), model.Fold(key)) {
			r.chosen = at
			return
		}
	}
}

// reveal goes to a new effort's column with the cursor on it, so that the next key is about it.
func reveal(d *app.Desk, e *model.Effort) tea.Cmd {
	if r, ok := d.Screen().(*region); ok && e.In(r.code) {
		r.point(e)
		return nil
	}
	code := e.Region
	if len(e.Touches) > 0 {
		code = e.Touches[0]
	}
	r := newRegion(d, code, e.Focus)
	cmd := d.GoRoot(r)
	r.point(e)
	return cmd
}

func (f *form) save() tea.Cmd {
	if !f.days() {
		return nil
	}
	fields := f.changed()
	if f.all != nil && len(fields) > 0 {
		return f.give(f, f.saveAll())
	}
	if f.effort == nil && f.all == nil && fields[model.FieldCodename] == "" && fields[model.FieldTitle] == "" {
		f.fault = f.desk.Texts.Screen.Form.Nameless
		return nil
	}
	if f.effort == nil && f.all == nil {
		f.fault, f.busy = "", true
		return f.desk.Do(f, model.Propose{Fields: fields})
	}
	if len(fields) == 0 {
		f.desk.Say(f.desk.Texts.Screen.NoChange)
		return f.desk.Pop(f)
	}
	f.fault, f.busy = "", true
	return f.desk.Do(f, model.Edit{On: on(f.effort), Fields: fields})
}

// days writes days as the board keeps them: 8w, fri and 15 Dec do as well. It reports whether all could be read.
func (f *form) days() bool {
	for i := range f.rows {
		r := &f.rows[i]
		v := r.value()
		if r.field != model.FieldReview && r.field != model.FieldDecided || v == "" || v == r.was {
			continue
		}
		day, err := f.desk.Texts.ParseDay(v, f.desk.Today(), r.field == model.FieldReview)
		if err != nil {
			f.fault, f.win.Cursor = f.desk.Sentence(err), i
			return false
		}
		r.input.Set(day.String())
	}
	return true
}

// View draws the fields that fit around the cursor.
func (f *form) View() string {
	t := f.desk.Texts
	width := f.inner(72)
	size := f.overlay.rows() - 1
	if f.fault != "" {
		size -= len(safe.Of(f.fault).Wrap(width))
	}
	f.win.Show(len(f.rows), max(size, 1))
	var lines []string
	for i := f.win.Top; i < min(f.win.Top+max(size, 1), len(f.rows)); i++ {
		lines = append(lines, f.row(&f.rows[i], i == f.win.Cursor, width))
	}
	title := t.Screen.Form.Create
	if f.all != nil {
		title = text.Fill(t.Screen.Form.Edit, "effort", named(f.desk, f.all))
	}
	if f.effort != nil {
		title = text.Fill(t.Screen.Form.Edit, "effort", f.effort.Name())
	}
	return f.box(title, lines, fitting(width, t.Screen.Form.Hint, t.Screen.Form.HintShort), width)
}

func (f *form) row(r *formRow, focus bool, width int) string {
	g := f.desk.Theme.Glyph
	l := f.begin(width)
	if focus {
		l.Put(theme.Strong, g.Cursor)
	} else {
		l.Skip(1)
	}
	l.Put(theme.Dim, safe.Of(f.desk.Texts.Field(r.field)).Cut(13)).To(max(min(15, width/3), 13))
	if r.choices == nil {
		r.input.Draw(l, l.Left(), focus, safe.Of(r.hint))
		return l.Done()
	}
	label := safe.Of(r.choices[r.chosen].label)
	if focus {
		return l.Put(theme.Selected, label).Skip(1).Put(theme.Dim, safe.Of("< >")).Done()
	}
	return l.Put(theme.Text, label).Done()
}
