package text

import (
	"strconv"
	"strings"

	"board.internal/samverkan/model"
)

// ReportTexts are the texts of the report on the screen, beside those of Report.
type ReportTexts struct {
	// Title has {where}. Efforts and those after it are the pages.
	Title, Efforts, Agencies, Followup, Trend string
	// Countries are what the whole country is called behind the word on the command line.
	Countries []string
	// Upto is a {year} up to a {day}.
	Upto string
	// Cell says a figure in words: {row}, {what}, {figure}; Behind is without it. Of and OfOne say of how many efforts it is, Difference compares
	// with the year before, NoBefore says that nothing is known of it, Instead what it has where this year has nothing.
	Cell, Behind, Of, OfOne, Difference, NoBefore, Instead string
	// Phrase is what a column says of a row, by model.Column or table.column: {period}, or {day} for its last.
	Phrase map[string]string
	// Amount is a figure with what it counts, {n}; AmountOne is for one.
	Amount, AmountOne map[string]string
	// Why nothing is known: of hours, outcomes, measures or efforts.
	Why map[string]string
	// Sign stands for a column where there is no room for a word.
	Sign map[string]string
	// Thousands and Millions are what the numbers of a plot are in.
	Thousands, Millions string
	// Late and Undated open what they speak of: {n}, {day}, {key}.
	Late, LateOne, LateTitle, Undated, UndatedOne, UndatedTitle string
	// NextPage and PreviousPage are what tab does there.
	NextPage, PreviousPage string
	// Why something cannot be done.
	NothingBehind, NothingEarlier, Ahead string
	// Export asks for the name of a file, which begins with File; Exported says that it is written: {path}.
	Export, File, Exported string
}

// PeriodShort is a period in as few words as tell it from the year before: 2025, 2026 to 23 Nov.
func (t *Texts) PeriodShort(p model.Period) string {
	from := p.From.Time()
	if from.YearDay() == 1 && p.To.Year() == from.Year() && strings.Contains(p.String(), "..") {
		return Fill(t.Screen.Report.Upto, "year", strconv.Itoa(from.Year()), "day", t.Day(p.To, p.To))
	}
	return t.Period(p)
}
