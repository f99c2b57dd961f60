package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/exchange"
)

// loadCell is what one agency does in one region. Capacity, Share and Office are null where they are not known; what
// lies in no region of today has the region "".
type loadCell struct {
	Agency     model.AgencyCode `json:"agency"`
	Region     model.RegionCode `json:"region"`
	Open       int              `json:"open"`
	Capacity   *int             `json:"capacity"`
	Asked      int              `json:"asked"`
	Unanswered int              `json:"unanswered"`
	Declined   int              `json:"declined"`
	Share      *int             `json:"share"`
	Office     *bool            `json:"office"`
	tally      model.Tally
}

// loadRow is an agency's row: its regions, what lies in none of them, and the country, which all of it adds up to.
type loadRow struct {
	regions           []loadCell
	unplaced, country loadCell
}

func (p *program) load() *cobra.Command {
	var sort, answers *bool
	var figure *string
	cmd := p.command("load", 0, 0, p.withStore(func(ctx context.Context, _ []string) error {
		if *answers {
			return p.answers(ctx)
		}
		shown, err := p.figure(*figure)
		if err != nil {
			return err
		}
		board, err := p.store.Load(ctx)
		if err != nil {
			return err
		}
		loads := board.Loads(p.today())
		if *sort {
			loads.ByLoad()
		}
		if p.flags.json {
			return p.printLoadJSON(p.loadRows(loads))
		}
		p.printLoad(loads, shown)
		return nil
	}))
	sort, figure, answers = p.boolFlag(cmd, "sort"), p.stringFlag(cmd, "figure"), p.boolFlag(cmd, "answers")
	p.completeFlag(cmd, "figure", cobra.FixedCompletions(figures(), cobra.ShellCompDirectiveNoFileComp))
	cmd.ValidArgsFunction = cobra.NoFileCompletions
	return p.jsonFlag(p.atFlag(cmd))
}

// figures are what the cells of the load can show.
func figures() []string { return []string{"load", "asked", "share"} }

// figure is how a cell is shown.
func (p *program) figure(name string) (func(loadCell) string, error) {
	switch name {
	case "", "load":
		return loadFigure, nil
	case "asked":
		return askedFigure, nil
	case "share":
		return p.shareFigure, nil
	}
	return nil, p.unknown("figure", name, model.Nearest(name, figures()), figures())
}

// loadFigure is 6/8: efforts it takes part in, of those it can carry.
func loadFigure(c loadCell) string {
	if c.Capacity == nil {
		return strconv.Itoa(c.Open)
	}
	return strconv.Itoa(c.Open) + "/" + strconv.Itoa(*c.Capacity)
}

// askedFigure is 2 !1: what it has not answered, and what of that for too long.
func askedFigure(c loadCell) string {
	if c.Unanswered == 0 {
		return strconv.Itoa(c.Asked)
	}
	return strconv.Itoa(c.Asked) + " !" + strconv.Itoa(c.Unanswered)
}

// shareFigure is 67%: how many of its answers were yes.
func (p *program) shareFigure(c loadCell) string {
	if c.Share == nil {
		return p.texts.Words.Unknown
	}
	return strconv.Itoa(*c.Share) + "%"
}

func (p *program) loadRows(loads *model.Loads) (rows []loadRow) {
	for i := range loads.Rows {
		r := &loads.Rows[i]
		row := loadRow{}
		for j, c := range r.Cells {
			region := model.RegionCode("")
			if j < len(loads.Regions) {
				region = loads.Regions[j].Code
			}
			cell := cellOf(r.Code, region, c.Tally)
			if c.Known {
				cell.Capacity = &c.Capacity
			}
			if r.Agency != nil {
				if has, known := r.Agency.Office(region); known {
					cell.Office = &has
				}
			}
			row.regions = append(row.regions, cell)
		}
		row.country = row.regions[len(loads.Regions)]
		row.regions = row.regions[:len(loads.Regions)]
		row.unplaced = cellOf(r.Code, "", r.Other)
		rows = append(rows, row)
	}
	return rows
}

func cellOf(agency model.AgencyCode, region model.RegionCode, t model.Tally) loadCell {
	c := loadCell{Agency: agency, Region: region, Open: t.Accepted, Asked: t.Asked, Unanswered: t.Unanswered, Declined: t.Declined, tally: t}
	if n, known := t.Share(); known {
		c.Share = &n
	}
	return c
}

// printLoad prints the rows and their sums; what lies in no region of today has a column of its own where there is any.
func (p *program) printLoad(loads *model.Loads, shown func(loadCell) string) {
	unplaced := loads.Other != model.Tally{}
	t := p.table()
	heads := []string{p.head("agency")}
	for _, r := range loads.Regions {
		heads = append(heads, string(r.Code))
	}
	if unplaced {
		heads = append(heads, p.head("unplaced"))
	}
	t.add(append(heads, p.head("country"))...)
	for _, row := range p.loadRows(loads) {
		cells := []string{string(row.country.Agency)}
		for _, c := range row.regions {
			cells = append(cells, shown(c))
		}
		if unplaced {
			cells = append(cells, shown(row.unplaced))
		}
		t.add(append(cells, shown(row.country))...)
	}
	sums := []string{p.say("sum")}
	for i, sum := range loads.Sums {
		if unplaced && i == len(loads.Regions) {
			sums = append(sums, shown(cellOf("", "", loads.Other)))
		}
		sums = append(sums, shown(cellOf("", "", sum)))
	}
	t.add(sums...)
	p.printTable(t)
}

func (p *program) printLoadJSON(rows []loadRow) error {
	array := exchange.NewArray(p.out)
	for _, row := range rows {
		cells := row.regions
		if (row.unplaced.tally != model.Tally{}) {
			cells = append(cells, row.unplaced)
		}
		for _, c := range cells {
			if err := array.Add(c); err != nil {
				return err
			}
		}
	}
	return array.Close()
}
