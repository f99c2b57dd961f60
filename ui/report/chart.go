package report

import (
	"html/template"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/go-analyze/charts"

	"board.internal/samverkan/model"
)

// Picture is a chart for a page: SVG that needs nothing from outside. Title and Unit stand beside it; the figures
// themselves are in the tables. SVG is "" where nothing is known.
type Picture struct {
	Title, Unit string
	SVG         template.HTML
}

// How large charts are, in the pixels of a page: two beside each other, three, and one by itself.
const (
	pairWidth, pairHeight   = 512, 250
	smallWidth, smallHeight = 333, 160
	wideWidth               = 640

	usualLetters, smallLetters = 9, 7.5
)

// The colours are told apart by how dark they are, and lines by their marks and names, so that a chart reads in black and
// white too.
var (
	ink    = charts.ColorFromHex("#1d2733")
	faint  = charts.ColorFromHex("#d5dae0")
	dark   = charts.ColorFromHex("#1f3f63")
	middle = charts.ColorFromHex("#b4622a")
	light  = charts.ColorFromHex("#7f93a8")
)

// palette is a theme of some colours on white.
func palette(series ...charts.Color) charts.ColorPalette {
	return charts.MakeTheme(charts.ThemeOption{AxisStrokeColor: faint, AxisSplitLineColor: faint, BackgroundColor: charts.ColorWhite,
		TextColor: ink, TextColorTitle: ink, TextColorMark: ink, TextColorLabel: ink, TextColorLegend: ink, TextColorXAxis: ink, TextColorYAxis: ink,
		SeriesColors: series})
}

// letters are those of a chart, in points.
func letters(size float64) charts.FontStyle { return charts.FontStyle{FontSize: size, FontColor: ink} }

// drawn is what a painter has drawn as SVG, with a name for who cannot see it.
func drawn(p *charts.Painter, err error, name string) template.HTML {
	if err != nil {
		return ""
	}
	svg, err := p.Bytes()
	if err != nil {
		return ""
	}
	return template.HTML(strings.Replace(string(svg), "<svg ", `<svg role="img" aria-label="`+template.HTMLEscapeString(name)+`" `, 1))
}

func painter(width, height int) *charts.Painter {
	return charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputSVG, Width: width, Height: height})
}

// values are figures as a chart takes them, a gap where there is nothing to be read, and whether there is anything.
func values(figures []model.Figure, by float64) (out []float64, any bool) {
	for _, f := range figures {
		if !f.Shown() {
			out = append(out, charts.GetNullValue())
			continue
		}
		out = append(out, float64(f.Milli)/1000/by)
		any = true
	}
	return out, any
}

// number writes a value of a chart short: whole from ten on, else with one decimal.
func (d *Document) number(v float64) string {
	if v == charts.GetNullValue() {
		return ""
	}
	if math.Abs(v) >= 10 {
		return d.texts.Number(int64(math.Round(v))*1000, 3)
	}
	return d.texts.Number(int64(math.Round(v*10))*100, 3)
}

// scale is what figures are divided by and what they are in then: crowns by thousands or millions.
func (d *Document) scale(figures []model.Figure, unit model.Unit) (by float64, name string) {
	top := int64(0)
	for _, f := range figures {
		top = max(top, f.Milli)
	}
	switch {
	case unit == model.UnitSEK && top >= 1_000_000_000:
		return 1e6, d.texts.Report.Unit["msek"]
	case unit == model.UnitSEK && top >= 10_000_000:
		return 1e3, d.texts.Report.Unit["tsek"]
	}
	return 1, d.unit(unit)
}

// overYears draws efforts begun, running and closed as lines, each with a mark of its own and its name at its end.
func (d *Document) overYears() Picture {
	marks := []charts.SymbolShape{charts.SymbolCircle, charts.SymbolSquare, charts.SymbolDiamond}
	var series charts.LineSeriesList
	known := false
	for _, l := range d.Trend.Lines[:len(marks)] {
		v, any := values(l.Figures, 1)
		known = known || any
		series = append(series, charts.LineSeries{Values: v, Name: l.Name, Symbol: charts.Symbol{Shape: marks[len(series)], Size: 4}})
	}
	pic := Picture{Title: d.texts.Report.EffortsOver, Unit: d.unit(model.UnitCount)}
	if !known {
		return pic
	}
	opt := charts.NewLineChartOptionWithSeries(series)
	opt.Theme = palette(dark, middle, light)
	opt.Padding = charts.NewBoxEqual(8)
	opt.LineStrokeWidth = 2
	opt.XAxis.Labels, opt.XAxis.LabelFontStyle = d.Trend.Periods, letters(usualLetters)
	opt.YAxis[0].Min, opt.YAxis[0].LabelFontStyle = charts.Ptr(0.0), letters(usualLetters)
	opt.Legend.FontStyle = letters(usualLetters)
	opt.Legend.SeriesNames = nil
	for _, s := range series {
		opt.Legend.SeriesNames = append(opt.Legend.SeriesNames, s.Name)
	}
	opt.ValueFormatter = d.number
	opt.YAxis[0].LabelCount, opt.YAxis[0].PreferNiceIntervals = 6, charts.Ptr(true)
	p := painter(pairWidth, pairHeight)
	pic.SVG = drawn(p, p.LineChart(opt), pic.Title)
	return pic
}

// columns draws one line of the trend as a column for each year, with its figure on it.
func (d *Document) columns(l *Line, title string, width, height int) Picture {
	by, unit := d.scale(l.Figures, l.Unit)
	v, any := values(l.Figures, by)
	pic := Picture{Title: title, Unit: unit}
	if !any {
		return pic
	}
	pic.SVG = d.bars(v, d.Trend.Periods, title, false, width, height)
	return pic
}

// rows draws one column of a section as a bar for each row that has something.
func (d *Document) rows(s *Section, column model.Column, title string) Picture {
	at := 0
	for i, c := range s.Columns {
		if c.Code == column {
			at = i
		}
	}
	var figures []model.Figure
	var names []string
	for i := len(s.Rows) - 1; i >= 0; i-- { // drawn from below
		if f := s.Rows[i].Cells[at].This; f.Shown() {
			figures, names = append(figures, f), append(names, s.Rows[i].Name)
		}
	}
	v, any := values(figures, 1)
	pic := Picture{Title: title}
	if len(s.Rows) > 0 {
		pic.Unit = d.unit(s.Rows[0].Units[at])
	}
	if any {
		pic.SVG = d.bars(v, names, title, true, wideWidth, 16+24*len(names))
	}
	return pic
}

// bars draws values with a label on each.
func (d *Document) bars(v []float64, labels []string, title string, lying bool, width, height int) template.HTML {
	size, labels := letters(usualLetters), slices.Clone(labels)
	if width == smallWidth {
		size = letters(smallLetters)
		for i, l := range labels { // ’16 has room where 2016 has none
			if _, err := strconv.Atoi(l); err == nil && len(l) == 4 {
				labels[i] = "’" + l[2:]
			}
		}
	}
	series := charts.NewSeriesListBar([][]float64{v}, charts.BarSeriesOption{Label: charts.SeriesLabel{Show: charts.Ptr(true), FontStyle: size,
		ValueFormatter: d.number}})
	opt := charts.NewBarChartOptionWithSeries(series)
	opt.Theme = palette(dark)
	opt.Horizontal = lying
	opt.Padding = charts.NewBoxEqual(8)
	opt.CategoryAxis.Labels, opt.CategoryAxis.LabelFontStyle = labels, size
	opt.ValueAxis[0].Show = charts.Ptr(false)
	opt.ValueAxis[0].Min = charts.Ptr(0.0)
	opt.ValueAxis[0].SplitLineShow = charts.Ptr(false)
	opt.Legend.Show = charts.Ptr(false)
	opt.ValueFormatter = d.number
	opt.ValueAxis[0].RangeValuePaddingScale = charts.Ptr(0.0)
	top := 0.0
	for _, n := range v {
		if n != charts.GetNullValue() {
			top = max(top, n)
		}
	}
	opt.ValueAxis[0].Max = charts.Ptr(max(top, 1) * 1.08)        // a label has room beyond the highest
	opt.BarSize = min(0.75, 56/(float64(width)/float64(len(v)))) // few columns do not become slabs
	if lying {
		opt.Padding = charts.Box{Top: 4, Bottom: 4, Left: 0, Right: 48}
		opt.BarSize = 0.6
		for i, label := range labels { // room where a page's letters are wider than those that were measured with
			labels[i] = label + strings.Repeat(" ", 2+len(label)/5)
		}
	}
	p := painter(width, height)
	return drawn(p, p.BarChart(opt), title)
}
