package screen

import (
	"context"
	"io"
	"strings"

	forms "board.internal/samverkan/ui/report"
)

// saving is the report as it is shown, written in any form that the command writes.
func (s *report) saving() saving {
	d, spec := s.desk, s.read.spec
	t := d.Texts.Screen.Report
	name := strings.Join([]string{t.File, strings.ReplaceAll(spec.Period.String(), "..", "-")}, "-")
	if spec.Region != "" {
		name += "-" + strings.ToLower(string(spec.Region))
	}
	// Text is what one sees; the page is what others want to have.
	return saving{title: t.Export, name: name + ".html", formats: []string{"html", "xlsx", "csv", "md", "json", "text"}, written: t.Exported,
		write: func(ctx context.Context, w io.Writer, format string) (int, error) {
			r, end, err := d.Store.Report(ctx, spec, nil, false)
			if err != nil {
				return 0, err
			}
			return 0, forms.New(forms.Source{Report: r, Head: end, Drawn: spec.Today, Past: d.InPast()}, d.Texts, d.Catalogue()).Write(w, format)
		}}
}
