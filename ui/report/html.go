package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"

	"board.internal/samverkan/model"
)

//go:embed page.html
var pageHTML string

// page is what the template of a page is filled with.
type page struct {
	*Document
	// Tiles are the sums of the first table.
	Tiles []tile
	// HoursAt is the section that hours by agency belong to. EffortsOver, HoursOver, HoursBy, Balance and Outcomes are its charts.
	EffortsOver, HoursOver, HoursBy, Balance Picture
	Outcomes                                 []Picture
	HoursAt                                  int
	Words                                    words
}

type tile struct {
	Name string
	Cell model.Cell
}

// words are headings that only a page has.
type words struct{ Contents, Late, LateAbout, Legend, OutcomesOver string }

// HTML writes the report as one page for a browser that needs nothing from outside: no network, no script, no font. It
// prints on A4. All text in it is escaped.
func (d *Document) HTML(w io.Writer) error {
	t, err := template.New("page").Funcs(template.FuncMap{"figure": d.texts.Figure, "difference": d.texts.Difference, "late": d.LateShown}).Parse(pageHTML)
	if err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	x := &d.texts.Report
	p := page{Document: d, EffortsOver: d.overYears(), Words: words{x.Contents, x.Late, x.LateAbout, x.Legend, x.OutcomesOver}}
	for i := range d.Sections {
		switch s := &d.Sections[i]; s.Table {
		case model.TableRegions:
			for k, c := range s.Columns {
				p.Tiles = append(p.Tiles, tile{c.Name, s.Sum.Cells[k]})
			}
		case model.TableAgencies: // hours are in the second of its sections
			p.HoursBy, p.HoursAt = d.rows(s, model.ColumnHours, x.HoursBy), i
		case model.TableMeasures:
			p.Balance = d.rows(s, model.ColumnValue, x.Balance)
		}
	}
	for i := range d.Trend.Lines {
		l := &d.Trend.Lines[i]
		switch {
		case l.Code == string(model.ColumnHours):
			p.HoursOver = d.columns(l, x.HoursOver, pairWidth, pairHeight)
		case l.Outcome:
			p.Outcomes = append(p.Outcomes, d.columns(l, d.name(model.TableOutcomes, l.Code, 0), smallWidth, smallHeight))
		}
	}
	var b bytes.Buffer
	if err = t.Execute(&b, p); err == nil {
		_, err = w.Write(b.Bytes())
	}
	if err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	return nil
}
