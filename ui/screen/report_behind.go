package screen

import (
	"cmp"
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/text"
)

// nothing says why there is nothing to open, "" when there is.
func (s *report) nothing() string {
	t := s.desk.Texts.Screen
	r := s.under()
	switch {
	case s.read == nil:
		return t.Journal.Reading
	case r == nil:
		return ""
	}
	if c := r.row.Cells[s.at(r.table)]; c.This.Efforts+c.Before.Efforts == 0 {
		return t.Report.NothingBehind
	}
	return ""
}

// open lists what is behind the selected figure and, a key further, behind that of the year before; on a line below the rows,
// what it speaks of.
func (s *report) open() tea.Cmd {
	r := s.under()
	if r == nil {
		return s.openNote()
	}
	column := s.at(r.table)
	t := &s.sheet.tables[r.table]
	this, before := s.periods(r, column)
	aside := func(p model.Period, key model.ReportKey, earlier bool) listing {
		return listing{
			title: text.Fill(s.desk.Texts.Screen.Report.Behind, "row", s.rowName(r), "what", s.phrase(r, column, p)),
			label: s.desk.Texts.PeriodShort(p),
			find:  behindFigure(s.desk, s.read.spec, key, earlier, s.counts(r, column)),
		}
	}
	key := model.ReportKey{Table: t.Name, Row: r.row.Code, Column: t.Columns[column]}
	listings := []listing{aside(this, key, false)}
	switch {
	case t.Name != model.TableTrend:
		listings = append(listings, aside(before, key, true))
	case column > 0:
		key.Column = t.Columns[column-1]
		listings = append(listings, aside(before, key, false))
	}
	first := 0
	if r.row.Cells[column].This.Efforts == 0 {
		first = len(listings) - 1
	}
	return s.desk.Push(newListings(s.desk, listings, first))
}

// openNote lists what a line below the rows speaks of.
func (s *report) openNote() tea.Cmd {
	t, spec := s.desk.Texts.Screen.Report, s.read.spec
	if s.spot().at.table == model.TableUndated {
		key := model.ReportKey{Table: model.TableUndated, Column: model.ColumnEfforts}
		return s.desk.Push(newListings(s.desk, []listing{{title: t.UndatedTitle, find: behindFigure(s.desk, spec, key, false, string(model.ColumnEfforts))}}, 0))
	}
	return s.desk.Push(newListings(s.desk, []listing{{title: s.filled(t.LateTitle, ""), find: addedLate(s.desk, spec)}}, 0))
}

// behindFigure reads the efforts behind a figure of a report, or behind that of the year before. Where it counts something
// else than efforts, each has its share beside it, the largest first.
func behindFigure(d *app.Desk, spec model.ReportSpec, key model.ReportKey, before bool, counts string) func(context.Context) (found, error) {
	from, t := d.Store, d.Texts
	return func(ctx context.Context) (found, error) {
		r, _, err := from.Report(ctx, spec, &key, before)
		if err != nil {
			return found{}, err
		}
		f := found{efforts: r.Efforts()}
		if counts == string(model.ColumnEfforts) || counts == countsParts {
			return f, nil
		}
		f.notes, f.ordered = map[model.EffortID]string{}, true
		for _, e := range f.efforts {
			f.notes[e.ID] = amountOf(t, counts, model.Figure{Milli: r.Share(e.ID), Known: true})
		}
		slices.SortFunc(f.efforts, func(a, b *model.Effort) int { // what was taken off comes last
			return cmp.Or(cmp.Compare(r.Share(b.ID), r.Share(a.ID)), strings.Compare(string(a.ID), string(b.ID)))
		})
		return f, nil
	}
}

// addedLate reads the efforts about which something was written down, or taken back, after the period, and what.
func addedLate(d *app.Desk, spec model.ReportSpec) func(context.Context) (found, error) {
	from, t, cat := d.Store, d.Texts, d.Catalogue()
	return func(ctx context.Context) (found, error) {
		r, _, err := from.Report(ctx, spec, nil, false)
		if err != nil {
			return found{}, err
		}
		f := found{notes: map[model.EffortID]string{}}
		for _, line := range r.Late() {
			id := line.Effort.ID
			_, what, _ := strings.Cut(t.Late(&line, cat), ": ") // the effort's name is beside it
			if f.notes[id] == "" {
				f.efforts = append(f.efforts, line.Effort)
				f.notes[id] = what
			} else {
				f.notes[id] += "; " + what
			}
		}
		return f, nil
	}
}
