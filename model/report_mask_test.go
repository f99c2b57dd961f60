package model_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"board.internal/samverkan/model"
)

// public is a report of 2026 for the public.
func public(floor int, efforts ...*model.Effort) ([]model.ReportTable, model.Trend) {
	r := report("2026-12-31", efforts...)
	return model.MaskReport(r.Tables(), r.Trend(), r.Undated() > 0, floor)
}

// begun are so many efforts that began in 2026 in the first regions.
func begun(counts ...int) (efforts []*model.Effort) {
	for i, n := range counts {
		for range n {
			efforts = append(efforts, lived("2026-03-01", "", func(e *model.Effort) { e.Region = model.DefaultCatalogue().Regions[i].Code }))
		}
	}
	return efforts
}

// TestMasked: figures of few efforts are not there, and no sum gives one away.
func TestMasked(t *testing.T) {
	for _, c := range []struct {
		counts []int
		masked []bool
		sum    bool
	}{
		{[]int{5, 2, 4, 0, 7}, []bool{false, true, true, false, false}, false}, // one alone is what the sum lacks
		{[]int{1, 1, 3, 9}, []bool{true, true, true, false}, false},            // two of which each is 1
		{[]int{2, 2, 9}, []bool{true, true, true}, false},                      // and 2
		{[]int{1, 2, 9}, []bool{true, true, false}, false},
		{[]int{2}, []bool{true}, true},
		{[]int{1, 1}, []bool{true, true}, true},
		{[]int{3, 3}, []bool{false, false}, false},
	} {
		tables, trend := public(model.DefaultFloor, begun(c.counts...)...)
		for i, masked := range c.masked {
			if got := cell(t, tables, "regions."+string(model.DefaultCatalogue().Regions[i].Code)+".begun").This; got.Masked != masked || masked && (got.Milli != 0 || got.Efforts != 0) {
				t.Errorf("%v: region %d is %+v", c.counts, i, got)
			}
		}
		for _, key := range []string{"regions.total.begun", "kinds.total.begun"} {
			if got := cell(t, tables, key).This; got.Masked != c.sum {
				t.Errorf("%v: %s is %+v", c.counts, key, got)
			}
		}
		if last := trend.Lines[0].Figures[len(trend.Periods)-1]; last.Masked != c.sum {
			t.Errorf("%v: the trend ends with %+v", c.counts, last)
		}
		if model.TableOf(tables, model.TableLevels) != nil {
			t.Error("there is a table of levels")
		}
	}
	if tables, _ := public(1, begun(2)...); cell(t, tables, "regions.NORD.begun").This.Milli != 2000 || model.TableOf(tables, model.TableLevels) == nil {
		t.Error("a floor of 1 masks")
	}
}

// TestNothingGivesAFigureAway: whoever reckons with every sum, with what runs at the end of a year and with the trend does
// not learn what a masked figure is.
func TestNothingGivesAFigureAway(t *testing.T) {
	cat := model.DefaultCatalogue()
	rapid.Check(t, func(t *rapid.T) {
		var efforts []*model.Effort
		for range rapid.IntRange(0, 40).Draw(t, "efforts") {
			begins := rapid.SampledFrom([]string{"2023-03-01", "2024-03-01", "2025-03-01", "2026-03-01", "2026-03-02"}).Draw(t, "begun")
			ends := rapid.SampledFrom([]string{"", "", "2026-10-01", "2026-10-01", "2024-10-01"}).Draw(t, "ended")
			if ends < begins {
				ends = ""
			}
			efforts = append(efforts, lived(begins, ends, func(e *model.Effort) {
				e.Region = append(cat.Regions[:3:3], cat.National)[rapid.IntRange(0, 3).Draw(t, "region")].Code
				e.Focus = rapid.SampledFrom(cat.Focuses).Draw(t, "focus").Code
				e.Kind = rapid.SampledFrom(model.Kinds()).Draw(t, "kind")
				if e.Region == "NAT" {
					e.Level = model.National
				}
				if ends != "" && rapid.Bool().Draw(t, "rejected") {
					e.Status = model.Rejected
				}
				if ends != "" && rapid.IntRange(0, 5).Draw(t, "undated") == 0 {
					e.Ended = 0
				}
			}))
		}
		floor := rapid.IntRange(2, 5).Draw(t, "floor")
		r := report("2026-12-31", efforts...)
		tables, trend := model.MaskReport(r.Tables(), r.Trend(), r.Undated() > 0, floor)
		a := &attacker{low: map[string]int64{}, high: map[string]int64{}, masked: map[string]bool{}}
		real := map[string]model.Figure{}
		know := func(name string, f, of model.Figure) string {
			real[name] = of
			a.low[name], a.high[name] = f.Milli/1000, f.Milli/1000
			a.masked[name] = f.Masked
			if f.Masked { // also who knows that it is not nought is not to know more
				a.low[name], a.high[name] = min(of.Milli/1000, 1), math.MaxInt32
			}
			return name
		}
		life := []model.Column{model.ColumnBegun, model.ColumnRunning, model.ColumnClosed, model.ColumnRejected}
		for _, table := range tables {
			whole := model.TableOf(r.Tables(), table.Name)
			if table.Sum == nil || !slices.Contains(table.Columns, model.ColumnBegun) {
				continue
			}
			for side, of := range []func(model.Cell) model.Figure{func(c model.Cell) model.Figure { return c.This }, func(c model.Cell) model.Figure { return c.Before }} {
				for i, column := range life {
					var rows []string
					for j, row := range table.Rows {
						rows = append(rows, know(fmt.Sprint(table.Name, row.Code, column, side), of(row.Cells[i]), of(whole.Rows[j].Cells[i])))
					}
					sum := know(fmt.Sprint("total", column, side), of(table.Sum.Cells[i]), of(whole.Sum.Cells[i])) // of all tables and of the trend
					a.equal(rows, []string{sum})
				}
			}
			for _, code := range append(codes(table), "") {
				name := func(column model.Column, side int) string {
					if code == "" {
						return fmt.Sprint("total", column, side)
					}
					return fmt.Sprint(table.Name, code, column, side)
				}
				a.equal([]string{name("running", 1), name("begun", 0)}, a.went(r, "running", "closed", "rejected", name, 0))
			}
		}
		for i := range trend.Periods {
			back := len(trend.Periods) - 1 - i
			for j, column := range life {
				if back > 1 {
					know(fmt.Sprint("total", column, back), trend.Lines[j].Figures[i], r.Trend().Lines[j].Figures[i])
				}
			}
			name := func(column model.Column, back int) string { return fmt.Sprint("total", column, back) }
			if back > 0 && i > 0 {
				a.equal([]string{name("running", back+1), name("begun", back)}, a.went(r, "running", "closed", "rejected", name, back))
			}
		}
		a.reckon()
		for _, sum := range a.sums { // whoever guesses that all that is masked of a column is of few
			efforts, few := 0, 0
			for _, name := range sum[0] {
				if f := real[name]; a.masked[name] {
					if efforts += f.Efforts; f.Efforts > 0 {
						few++
					}
					if f.Efforts >= floor {
						few = math.MinInt32
					}
				}
			}
			if whole := sum[1][0]; len(sum[1]) == 1 && few > 0 && a.low[whole] == a.high[whole] && efforts == few*(floor-1) {
				t.Fatalf("%s is %d, and what is masked of it can be told to be %d each", whole, efforts, floor-1)
			}
		}
		for name, f := range real {
			if f.Known && f.Efforts > 0 && f.Efforts < floor && a.high[name] == a.low[name] {
				t.Fatalf("%s can be told to be %d; the floor is %d", name, f.Efforts, floor)
			}
		}
	})
}

// went is what runs and ended in a row, and when some efforts have ended nobody knows when, a number of these: the report
// says that there are some, and not how many.
func (a *attacker) went(r *model.Report, runs, closed, rejected model.Column, name func(model.Column, int) string, back int) []string {
	all := []string{name(runs, back), name(closed, back), name(rejected, back)}
	if r.Undated() > 0 {
		lost := name("lost", back)
		a.low[lost], a.high[lost] = 0, math.MaxInt32
		all = append(all, lost)
	}
	return all
}

func codes(table model.ReportTable) (codes []string) {
	for _, row := range table.Rows {
		codes = append(codes, row.Code)
	}
	return codes
}

// attacker knows of every figure what it is at least and at most, and what adds up to what.
type attacker struct {
	low, high map[string]int64
	masked    map[string]bool
	sums      [][2][]string
}

func (a *attacker) equal(left, right []string) { a.sums = append(a.sums, [2][]string{left, right}) }

// reckon narrows the bounds as far as the sums tell.
func (a *attacker) reckon() {
	for changed := true; changed; {
		changed = false
		for _, sum := range a.sums {
			for side := range sum {
				for i, name := range sum[side] {
					low, high := int64(0), int64(0) // of what is left for this one
					for _, other := range sum[1-side] {
						low, high = low+a.low[other], high+a.high[other]
					}
					for j, other := range sum[side] {
						if j != i {
							low, high = low-a.high[other], high-a.low[other]
						}
					}
					if low > a.low[name] {
						a.low[name], changed = low, true
					}
					if high < a.high[name] {
						a.high[name], changed = high, true
					}
				}
			}
		}
	}
}
