package report

import (
	"archive/zip"
	"cmp"
	"fmt"
	"io"
	"sort"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"board.internal/samverkan/model"
)

// book writes a workbook. The first fault is kept and told at the end, so that a sheet reads as what it is made of.
type book struct {
	*Document
	file   *excelize.File
	styles map[string]int
	sheet  string
	// widths are how many letters the columns of the sheet need.
	widths []int
	err    error
}

// XLSX writes the report as a workbook: a sheet for each section, real numbers, and charts of the program that opens it.
// It says nothing of who made it or where, and the same report gives the same bytes.
func (d *Document) XLSX(w io.Writer) error {
	b := &book{Document: d, file: excelize.NewFile(), styles: map[string]int{}}
	defer b.file.Close()
	b.cover()
	for i := range d.Sections {
		b.section(&d.Sections[i])
	}
	b.years()
	b.late()
	b.about()
	b.properties()
	sort.Slice(b.file.ContentTypes.Defaults, func(i, j int) bool { // the library takes them from a map
		return b.file.ContentTypes.Defaults[i].Extension < b.file.ContentTypes.Defaults[j].Extension
	})
	b.file.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return dated{zip.NewWriter(w), d.src.Drawn.Time()} })
	if b.err == nil {
		_, b.err = b.file.WriteTo(w)
	}
	if b.err != nil {
		return fmt.Errorf("write workbook: %w", b.err)
	}
	return nil
}

// dated writes an archive whose files are all of one day: the library gives them none.
type dated struct {
	*zip.Writer
	day time.Time
}

func (z dated) Create(name string) (io.Writer, error) {
	return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: z.day})
}

func (b *book) do(err error) { b.err = cmp.Or(b.err, err) }

// open begins a sheet; the first one is there already.
func (b *book) open(title string) {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return -1
		}
		return r
	}, title)
	for utf8.RuneCountInString(name) > 31 {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	if b.sheet == "" {
		b.do(b.file.SetSheetName(b.file.GetSheetName(0), name))
	} else {
		_, err := b.file.NewSheet(name)
		b.do(err)
	}
	b.sheet, b.widths = name, nil
	landscape, a4, fit, all := "landscape", 9, 1, 0
	b.do(b.file.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &fit, FitToHeight: &all}))
	yes := true
	b.do(b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes}))
}

// done ends a sheet: its columns are as wide as what stands in them.
func (b *book) done() {
	for i, n := range b.widths {
		column, err := excelize.ColumnNumberToName(i + 1)
		b.do(err)
		b.do(b.file.SetColWidth(b.sheet, column, column, float64(min(max(n, 4), 100))+2))
	}
}

// The looks of cells; a number's has its format behind it.
const (
	lookTitle = "title"
	lookFirst = "first"
	lookHead  = "head"
	lookGroup = "group"
	lookText  = "text"
	lookSum   = "sum"
	lookSign  = "sign"
	lookBold  = "bold "
	lookPlain = "plain "
)

func (b *book) style(look string) int {
	if id, ok := b.styles[look]; ok {
		return id
	}
	s := &excelize.Style{Font: &excelize.Font{Family: "Calibri", Size: 11}, Alignment: &excelize.Alignment{}}
	line := []excelize.Border{{Type: "bottom", Style: 1, Color: "1D2733"}}
	switch look {
	case lookTitle:
		s.Font.Bold, s.Font.Size = true, 16
	case lookFirst:
		s.Font.Bold, s.Border = true, line
	case lookHead:
		s.Font.Bold, s.Border, s.Alignment.Horizontal = true, line, "right"
	case lookGroup:
		s.Font.Bold, s.Alignment.Horizontal = true, "center"
	case lookText:
	case lookSum:
		s.Font.Bold = true
	case lookSign:
		s.Alignment.Horizontal = "right"
	default:
		format, bold := strings.CutPrefix(look, lookBold)
		s.Font.Bold = bold
		format = strings.TrimPrefix(format, lookPlain)
		s.CustomNumFmt = &format
	}
	id, err := b.file.NewStyle(s)
	b.do(err)
	b.styles[look] = id
	return id
}

// put writes a value into the cell of a column and row, both from 1.
func (b *book) put(column, row int, value any, look string) {
	cell, err := excelize.CoordinatesToCellName(column, row)
	b.do(err)
	if s, ok := value.(string); ok {
		b.do(b.file.SetCellStr(b.sheet, cell, s)) // a text, whatever it begins with
		b.wide(column, utf8.RuneCountInString(s))
	} else {
		b.do(b.file.SetCellValue(b.sheet, cell, value))
	}
	b.do(b.file.SetCellStyle(b.sheet, cell, cell, b.style(look)))
}

func (b *book) wide(column, letters int) {
	for len(b.widths) < column {
		b.widths = append(b.widths, 0)
	}
	b.widths[column-1] = max(b.widths[column-1], letters)
}

// format is how a spreadsheet shows numbers of a unit.
func format(u model.Unit) string {
	switch u {
	case model.UnitHours:
		return "#,##0.0#"
	case model.UnitYears, model.UnitKg:
		return "#,##0.0##"
	}
	return "#,##0"
}

// figure writes a figure as a number, or as the sign for one that is not there to be read.
func (b *book) figure(column, row int, f model.Figure, u model.Unit, bold bool) {
	if !f.Shown() {
		b.put(column, row, b.texts.Figure(f), lookSign)
		return
	}
	b.number(column, row, f.Milli, format(u), bold)
}

func (b *book) number(column, row int, milli int64, format string, bold bool) {
	look := lookPlain
	if bold {
		look = lookBold
	}
	b.put(column, row, float64(milli)/1000, look+format)
	b.wide(column, len(b.texts.Number(milli, 3))+1)
}

func (b *book) difference(column, row int, c model.Cell, u model.Unit, bold bool) {
	n, known := c.Difference()
	if !known {
		b.put(column, row, b.texts.Difference(c), lookSign)
		return
	}
	f := format(u)
	b.number(column, row, n, "+"+f+";-"+f+";0", bold)
}

// cover is the first sheet: what the report is about, and the sums of the first table.
func (b *book) cover() {
	b.open(b.texts.Report.Title)
	b.put(1, 1, b.Title, lookTitle)
	b.widths = nil // a title goes on over the columns beside it
	row := 2
	for _, line := range []string{b.Area, b.Against, b.Filter, b.Public} {
		if line != "" {
			b.put(1, row, line, lookText)
			b.widths = nil
			row++
		}
	}
	row++
	for i, head := range []string{"", b.This, b.Before, b.Change} {
		b.put(i+1, row, head, lookHead)
	}
	s := &b.Sections[0]
	for i, c := range s.Columns {
		row++
		cell, unit := s.Sum.Cells[i], s.Sum.Units[i]
		b.put(1, row, c.Name, lookText)
		b.figure(2, row, cell.This, unit, true)
		b.figure(3, row, cell.Before, unit, false)
		b.difference(4, row, cell, unit, false)
	}
	b.done()
}

// section is a sheet with a table: the names of figures over three columns each, and both lines of headings stay in sight.
func (b *book) section(s *Section) {
	b.open(s.Heading)
	b.put(1, 2, s.First, lookFirst)
	for i, c := range s.Columns {
		first := 2 + 3*i
		b.put(first, 1, c.Name, lookGroup)
		b.widths[first-1] = 0
		from, err := excelize.CoordinatesToCellName(first, 1)
		b.do(err)
		to, err := excelize.CoordinatesToCellName(first+2, 1)
		b.do(err)
		b.do(b.file.MergeCell(b.sheet, from, to))
		for j, head := range []string{b.This, b.Before, b.Change} {
			b.put(first+j, 2, head, lookHead)
			b.wide(first+j, (utf8.RuneCountInString(c.Name)+2)/3)
		}
	}
	write := func(row int, r *Row, bold bool) {
		look := lookText
		if bold {
			look = lookSum
		}
		b.put(1, row, r.Name, look)
		for i, c := range r.Cells {
			b.figure(2+3*i, row, c.This, r.Units[i], bold)
			b.figure(3+3*i, row, c.Before, r.Units[i], bold)
			b.difference(4+3*i, row, c, r.Units[i], bold)
		}
	}
	for i := range s.Rows {
		write(3+i, &s.Rows[i], false)
	}
	if s.Sum != nil {
		write(3+len(s.Rows), s.Sum, true)
	}
	b.freeze(2)
	b.done()
}

// freeze keeps the first column and so many rows in sight.
func (b *book) freeze(rows int) {
	cell, err := excelize.CoordinatesToCellName(2, rows+1)
	b.do(err)
	b.do(b.file.SetPanes(b.sheet, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: rows, TopLeftCell: cell, ActivePane: "bottomRight"}))
}

// years is the sheet of the trend, with its charts below. They have columns, of which one that is not there says nothing:
// a line would go through 0 where nothing is known.
func (b *book) years() {
	t := &b.Trend
	b.open(t.Heading)
	b.put(1, 1, t.First, lookFirst)
	for i, p := range t.Periods {
		b.put(2+i, 1, p, lookHead)
	}
	for i, l := range t.Lines {
		b.put(1, 2+i, l.Name, lookText)
		for j, f := range l.Figures {
			b.figure(2+j, 2+i, f, l.Unit, false)
		}
	}
	row := 3 + len(t.Lines)
	b.freeze(1)
	b.done()
	if t.Note != "" { // goes on over the columns beside it
		b.put(1, row, t.Note, lookText)
		row += 2
	}
	b.chart(1, row, b.texts.Report.EffortsOver, 2, 3, 4)
	b.chart(6, row, b.texts.Report.HoursOver, 6)
}

// chart puts a chart of some rows of the trend at a cell.
func (b *book) chart(column, row int, title string, lines ...int) {
	at, err := excelize.CoordinatesToCellName(column, row)
	b.do(err)
	last, err := excelize.ColumnNumberToName(1 + len(b.Trend.Periods))
	b.do(err)
	colours := []string{"1F3F63", "B4622A", "7F93A8"}
	var series []excelize.ChartSeries
	for i, line := range lines {
		in := "'" + b.sheet + "'!"
		series = append(series, excelize.ChartSeries{Name: fmt.Sprintf("%s$A$%d", in, line), Categories: fmt.Sprintf("%s$B$1:$%s$1", in, last),
			Values: fmt.Sprintf("%s$B$%d:$%s$%d", in, line, last, line), Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: colours[i : i+1]}})
	}
	legend := "bottom"
	if len(lines) == 1 {
		legend = "none"
	}
	b.do(b.file.AddChart(b.sheet, at, &excelize.Chart{Type: excelize.Col, Series: series, Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title}}},
		Legend: excelize.ChartLegend{Position: legend}, Dimension: excelize.ChartDimension{Width: 560, Height: 300}}))
}

// late lists all that was added after the period, where there is any.
func (b *book) late() {
	if len(b.Late) == 0 {
		return
	}
	x := &b.texts.Report
	b.open(x.Late)
	b.put(1, 1, x.LateAbout, lookText)
	for i, line := range b.Late {
		b.put(1, 3+i, line, lookText)
	}
	b.done()
}

// about is the last sheet: what the figures mean, when they were drawn up, and where the journal ended then.
func (b *book) about() {
	b.open(b.texts.Report.List["about"])
	row := 1
	for _, t := range b.Legend {
		b.put(1, row, t.Name, lookSum)
		b.put(2, row, t.Meaning, lookText)
		row++
	}
	row++
	for _, line := range append(append([]string{}, b.Remarks...), b.Undated, b.Drawn, b.Head, b.Hash) {
		if line != "" {
			b.put(2, row, line, lookText)
			row++
		}
	}
	b.done()
}

// properties are those of the document: nothing of who made it, and the day instead of the moment.
func (b *book) properties() {
	const program = "samverkan"
	day := b.src.Drawn.Time().Format(time.RFC3339)
	b.do(b.file.SetDocProps(&excelize.DocProperties{Title: b.Title, Language: b.Lang, Creator: program, LastModifiedBy: program, Created: day, Modified: day}))
	b.do(b.file.SetAppProps(&excelize.AppProperties{Application: program}))
	b.file.SetActiveSheet(0)
}
