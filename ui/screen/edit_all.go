package screen

import (
	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/widget"
)

// newEditAll is the form for what can be the same on several efforts. A field that is left empty stays as it is on
// each of them.
func newEditAll(d *app.Desk, efforts []*model.Effort) app.Screen {
	t := d.Texts.Screen
	f := &form{overlay: overlay{desk: d, about: idsOf(efforts...)}, all: efforts}
	hints := map[model.Field]string{model.FieldReview: t.Form.Date}
	for _, field := range []model.Field{model.FieldReview, model.FieldArea, model.FieldCrime} {
		r := formRow{field: field, hint: t.Together.Unchanged, input: widget.NewField(d.Theme, "", model.MaxShort)}
		if hint := hints[field]; hint != "" {
			r.hint += " · " + hint
		}
		f.rows = append(f.rows, r)
	}
	return f
}

// saveAll gives the same edit for each effort.
func (f *form) saveAll() model.Command {
	fields := f.changed()
	return forAll(f.all, func(e *model.Effort) model.OnEffort { return model.Edit{On: on(e), Fields: fields} })
}
