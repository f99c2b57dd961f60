package report

import (
	"io"
	"strconv"
	"strings"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/exchange"
)

// CSV writes the report as one flat table that Excel in Swedish opens right: a row for each figure, with the key that
// --behind takes. Numbers have a decimal comma in every language and no blanks; an unknown one is an empty cell, a masked
// one two points. The last rows say when it was drawn up and where the journal ended then.
func (d *Document) CSV(w io.Writer) error {
	out := exchange.NewRows(w)
	x := d.texts.Report.List
	head := []string{x["key"], x["section"], x["row"], x["column"], x["unit"], x["from"], x["to"], x["value"], x["before"], x["difference"], x["efforts"]}
	if err := out.Add(head...); err != nil {
		return err
	}
	for _, rows := range []func(add func(...string)){d.listTables, d.listTrend, d.listRest} {
		var failed error
		rows(func(cells ...string) {
			if failed == nil {
				failed = out.Add(append(cells, make([]string, len(head)-len(cells))...)...)
			}
		})
		if failed != nil {
			return failed
		}
	}
	return out.Close()
}

// comma writes a figure as a number with a comma.
func comma(f model.Figure) string {
	switch {
	case !f.Known:
		return ""
	case f.Masked:
		return ".."
	}
	return commaOf(f.Milli)
}

func commaOf(milli int64) string {
	return strings.Replace(string(exchange.Decimal(milli)), ".", ",", 1)
}

func commaDifference(c model.Cell) string {
	n, known := c.Difference()
	switch {
	case c.This.Masked || c.Before.Masked:
		return ".."
	case !known:
		return ""
	}
	return commaOf(n)
}

// efforts are of how many efforts a figure is.
func efforts(f model.Figure) string {
	switch {
	case !f.Known:
		return ""
	case f.Masked:
		return ".."
	}
	return strconv.Itoa(f.Efforts)
}

func (d *Document) listTables(add func(...string)) {
	p := d.src.Report.Spec.Period
	for i := range d.Sections {
		s := &d.Sections[i]
		rows := s.Rows
		if s.Sum != nil {
			rows = append(rows[:len(rows):len(rows)], *s.Sum)
		}
		for j := range rows {
			for k, c := range s.Columns {
				cell := rows[j].Cells[k]
				key := model.ReportKey{Table: s.Table, Row: rows[j].Code, Column: c.Code}
				add(exchange.Guard(clean(key.String())), d.texts.Report.Table[string(s.Table)], exchange.Guard(rows[j].Name), c.Name, d.unit(rows[j].Units[k]),
					p.From.String(), p.To.String(), comma(cell.This), comma(cell.Before), commaDifference(cell), efforts(cell.This))
			}
		}
	}
}

func (d *Document) unit(u model.Unit) string { return d.texts.Report.Unit[u.String()] }

func (d *Document) listTrend(add func(...string)) {
	for _, l := range d.Trend.Lines {
		for i, f := range l.Figures {
			p := d.trend.Periods[i]
			key := model.ReportKey{Table: model.TableTrend, Row: l.Code, Column: model.Column(p.String())}
			add(exchange.Guard(clean(key.String())), d.Trend.Heading, exchange.Guard(l.Name), "", d.unit(l.Unit),
				p.From.String(), p.To.String(), comma(f), "", "", efforts(f))
		}
	}
}

func (d *Document) listRest(add func(...string)) {
	x := &d.texts.Report
	for _, line := range d.Late {
		add("late", x.Late, exchange.Guard(line))
	}
	if d.Undated != "" {
		key := model.ReportKey{Table: model.TableUndated, Row: model.RowSum, Column: model.ColumnEfforts}
		add(key.String(), x.Table[string(model.TableUndated)], d.Undated)
	}
	about := x.List["about"]
	for _, line := range []string{d.Title, d.Area, d.Against, d.Filter, d.Public, d.Drawn} {
		if line != "" {
			add("about", about, exchange.Guard(line))
		}
	}
	add("journal", about, d.Head, "", "", "", "", strconv.FormatUint(d.src.Head.Seq, 10))
	if d.Hash != "" {
		add("journal", about, d.Hash)
	}
}
