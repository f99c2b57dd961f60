package report

import (
	"encoding/json"
	"io"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/exchange"
)

// The shapes of a report as JSON. What is unknown or masked is null.
type (
	reportShape struct {
		Period  model.Period     `json:"period"`
		From    model.Day        `json:"from"`
		To      model.Day        `json:"to"`
		Before  model.Period     `json:"before"`
		Region  model.RegionCode `json:"region"`
		Filter  string           `json:"filter"`
		Public  bool             `json:"public"`
		Floor   *int             `json:"floor"`
		Drawn   model.Day        `json:"drawn"`
		Tables  []tableShape     `json:"tables"`
		Trend   trendShape       `json:"trend"`
		Late    []lateShape      `json:"late"`
		Undated *int             `json:"undated"`
		Journal journalShape     `json:"journal"`
	}
	tableShape struct {
		Table   model.Table    `json:"table"`
		Columns []model.Column `json:"columns"`
		Rows    []rowShape     `json:"rows"`
		Sum     *rowShape      `json:"sum"`
	}
	rowShape struct {
		Row   string                     `json:"row"`
		Name  string                     `json:"name"`
		Unit  *model.Unit                `json:"unit"`
		Cells map[model.Column]cellShape `json:"cells"`
	}
	cellShape struct {
		Value      *json.Number `json:"value"`
		Before     *json.Number `json:"before"`
		Difference *json.Number `json:"difference"`
		Efforts    *int         `json:"efforts"`
		Masked     bool         `json:"masked"`
	}
	trendShape struct {
		Periods []model.Period `json:"periods"`
		Lines   []lineShape    `json:"lines"`
	}
	lineShape struct {
		Line    string        `json:"line"`
		Name    string        `json:"name"`
		Unit    model.Unit    `json:"unit"`
		Figures []figureShape `json:"figures"`
	}
	figureShape struct {
		Value   *json.Number `json:"value"`
		Efforts *int         `json:"efforts"`
		Masked  bool         `json:"masked"`
	}
	lateShape struct {
		Effort   model.EffortID     `json:"effort"`
		Codename string             `json:"codename"`
		Agency   *model.AgencyCode  `json:"agency"`
		Hours    *json.Number       `json:"hours"`
		Type     *model.MeasureType `json:"type"`
		Measure  *model.OutcomeCode `json:"measure"`
		Value    *json.Number       `json:"value"`
		Date     *model.Day         `json:"date"`
		Gone     bool               `json:"gone"`
	}
	journalShape struct {
		Seq  uint64 `json:"seq"`
		Hash string `json:"hash"`
	}
)

// JSON writes the report for programs. It mirrors the tables.
func (d *Document) JSON(w io.Writer) error {
	r := d.src.Report
	j := reportShape{Period: r.Spec.Period, From: r.Spec.Period.From, To: r.Spec.Period.To, Before: r.Before(), Region: r.Spec.Region,
		Filter: r.Spec.Filter.String(), Public: d.src.Public, Drawn: d.src.Drawn, Tables: []tableShape{}, Late: []lateShape{},
		Trend: trendShape{d.trend.Periods, []lineShape{}}, Journal: journalShape{d.src.Head.Seq, d.src.Head.Hash}}
	if d.src.Public {
		j.Floor = &d.src.Floor
	}
	for i := range d.tables {
		t := &d.tables[i]
		shape := tableShape{Table: t.Name, Columns: t.Columns, Rows: []rowShape{}}
		for k := range t.Rows {
			shape.Rows = append(shape.Rows, d.shapeRow(t, &t.Rows[k]))
		}
		if t.Sum != nil {
			sum := d.shapeRow(t, t.Sum)
			shape.Sum = &sum
		}
		j.Tables = append(j.Tables, shape)
	}
	for _, l := range d.trend.Lines {
		shape := lineShape{Line: l.Code, Name: d.name(model.TableTrend, l.Code, 0), Unit: l.Unit}
		for _, f := range l.Figures {
			shape.Figures = append(shape.Figures, figureShape{number(f.Milli, f.Shown()), count(f), f.Masked})
		}
		j.Trend.Lines = append(j.Trend.Lines, shape)
	}
	if !d.src.Public {
		for _, l := range r.Late() {
			j.Late = append(j.Late, d.shapeLate(&l))
		}
	}
	if n := r.Undated(); n == 0 || !d.src.Public || d.src.Floor <= 1 {
		j.Undated = &n
	}
	return exchange.Print(w, j)
}

func (d *Document) shapeRow(t *model.ReportTable, row *model.ReportRow) rowShape {
	j := rowShape{Row: row.Code, Name: d.name(t.Name, row.Code, 0), Cells: map[model.Column]cellShape{}}
	if row.Unit != 0 {
		j.Unit = &row.Unit
	}
	for i, c := range row.Cells {
		n, known := c.Difference()
		j.Cells[t.Columns[i]] = cellShape{number(c.This.Milli, c.This.Shown()), number(c.Before.Milli, c.Before.Shown()), number(n, known),
			count(c.This), c.This.Masked || c.Before.Masked}
	}
	return j
}

func number(milli int64, shown bool) *json.Number {
	if !shown {
		return nil
	}
	n := exchange.Decimal(milli)
	return &n
}

func count(f model.Figure) *int {
	if !f.Shown() {
		return nil
	}
	return &f.Efforts
}

func (d *Document) shapeLate(l *model.LateLine) lateShape {
	j := lateShape{Effort: l.Effort.ID, Codename: l.Effort.Codename, Gone: l.Gone}
	switch {
	case l.Hours != nil:
		j.Agency, j.Hours, j.Date = &l.Hours.Agency, number(int64(l.Hours.Centi)*10, true), &l.Hours.Date
	case l.Measure != nil:
		day := d.cat.Today(l.Measure.At)
		j.Type, j.Date = &l.Measure.Type, &day
	case l.Outcome != nil:
		j.Measure, j.Value, j.Date = &l.Outcome.Measure, number(l.Outcome.Milli, true), &l.Outcome.Date
	}
	return j
}
