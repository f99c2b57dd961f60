package cli

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/exchange"
)

func (p *program) list() *cobra.Command {
	cmd := p.command("list", 0, -1, p.withStore(func(ctx context.Context, args []string) error {
		words, err := p.recalled(ctx, args)
		if err != nil {
			return err
		}
		filter, err := model.ParseFilter(strings.Join(words, " "), p.cat, p.lexicon)
		if err != nil {
			return err
		}
		efforts, err := p.find(ctx, filter)
		if err != nil {
			return err
		}
		if p.flags.json {
			return p.printArray(efforts)
		}
		p.printEfforts(efforts)
		switch {
		case len(efforts) > 0:
		case filter.Mine() && p.actor.Agency == "":
			p.note(p.say("no_agency"))
		case filter.Empty():
			p.note(p.say("none"))
		default:
			p.note(p.say("none_filter", "filter", filter.String()))
		}
		return nil
	}))
	cmd.ValidArgsFunction = p.completeFilter
	return p.jsonFlag(p.atFlag(cmd))
}

// recalled puts in place of @name the filter that the officer has saved under the name.
func (p *program) recalled(ctx context.Context, args []string) (words []string, err error) {
	for _, w := range args {
		if name, saved := strings.CutPrefix(w, "@"); saved {
			board, err := p.store.Load(ctx)
			if err != nil {
				return nil, err
			}
			f, err := board.Filter(p.actor.Officer, name)
			if err != nil {
				return nil, err
			}
			w = f.Text
		}
		words = append(words, w)
	}
	return words, nil
}

// printArray prints efforts as JSON.
func (p *program) printArray(efforts []*model.Effort) error {
	array := exchange.NewArray(p.out)
	for _, e := range efforts {
		if err := array.Add(exchange.Effort(e)); err != nil {
			return err
		}
	}
	return array.Close()
}

// find returns the efforts that pass, in the order of cards: the open ones, or those of the statuses asked for.
func (p *program) find(ctx context.Context, filter model.Filter) (efforts []*model.Effort, err error) {
	who := p.asker()
	if filter.HasStatus() {
		err = p.store.Efforts(ctx, func(e *model.Effort) bool {
			if filter.Match(e, who) {
				efforts = append(efforts, e)
			}
			return true
		})
	} else {
		var board *model.Board
		if board, err = p.store.Load(ctx); err != nil {
			return nil, err
		}
		for e := range board.All() {
			if filter.Match(e, who) {
				efforts = append(efforts, e)
			}
		}
	}
	slices.SortFunc(efforts, (*model.Effort).Before)
	return efforts, err
}

// printEfforts prints one line for each effort.
func (p *program) printEfforts(efforts []*model.Effort) {
	if len(efforts) == 0 {
		return
	}
	t := p.table()
	t.spare = []int{3, 6, 8, 5}               // kind, priority, review, focus
	t.cut = []cut{{9, leastRoom / 2}, {4, 5}} // title, region: what a national effort touches goes
	t.add(p.head("id"), p.head("codename"), p.head("status"), p.head("kind"), p.head("region"), p.head("focus"), p.head("priority"),
		p.head("agencies"), p.head("review"), p.head("title"))
	for _, e := range efforts {
		t.add(string(e.ID), p.known(e.Codename), p.texts.Words.Status[e.Status.String()], p.texts.Words.Kind[e.Kind.String()],
			p.regions(e), p.texts.Value(model.FieldFocus, string(e.Focus), p.cat), strconv.Itoa(int(e.Priority)),
			p.known(exchange.Agencies(e)), p.known(e.Review.String()), p.known(e.Title))
	}
	p.printTable(t)
}

// known is a value, or the sign for an unknown one.
func (p *program) known(v string) string {
	if v == "" {
		return p.texts.Words.Unknown
	}
	return v
}

// regions are the codes of an effort's region, or of those it touches.
func (p *program) regions(e *model.Effort) string {
	var codes []string
	for _, r := range e.Touches {
		codes = append(codes, string(r))
	}
	if len(codes) == 0 {
		return string(e.Region)
	}
	return string(e.Region) + "(" + strings.Join(codes, ",") + ")"
}

// overview prints the national picture.
func (p *program) overview() *cobra.Command {
	return p.jsonFlag(p.atFlag(p.command("overview", 0, 0, p.withStore(func(ctx context.Context, _ []string) error {
		board, err := p.store.Load(ctx)
		if err != nil {
			return err
		}
		o := board.Overview(p.today())
		if p.flags.json {
			return exchange.Print(p.out, exchange.Overview(o))
		}
		t := p.table()
		heads := []string{""}
		for _, f := range o.Focuses {
			heads = append(heads, strings.ToUpper(f.Name.In(p.texts.Lang)))
		}
		t.add(append(heads, strings.ToUpper(p.say("sum")), p.head("oldest"))...)
		for _, row := range o.Rows {
			name := p.say("unplaced")
			if r := p.cat.Region(row.Region); r != nil {
				name = r.Name.In(p.texts.Lang)
			}
			p.overviewRow(t, name, row)
		}
		p.overviewRow(t, p.say("sum"), o.Total)
		p.printTable(t)
		return nil
	}))))
}

func (p *program) overviewRow(t *table, name string, row model.OverviewRow) {
	cells := []string{name}
	for _, c := range row.Cells {
		cells = append(cells, summary(c))
	}
	t.add(append(cells, summary(row.Sum), p.texts.Ago(row.Sum.Oldest, p.Now()))...)
}

// summary is a cell in a few signs: how many, ! waiting, ▲ new this week.
func summary(s *model.Summary) string {
	out := strconv.Itoa(s.Open)
	if s.Waiting > 0 {
		out += " !" + strconv.Itoa(s.Waiting)
	}
	if s.New > 0 {
		out += " ▲" + strconv.Itoa(s.New)
	}
	return out
}

// regionName is a region in the user's language, its code when it is not in the catalogue.
func (p *program) regionName(code model.RegionCode) string {
	return p.texts.Value(model.FieldRegion, string(code), p.cat)
}

// stamp writes a moment in the board's time zone.
func (p *program) stamp(s model.Stamp) string {
	if s == 0 {
		return p.texts.Words.Unknown
	}
	return s.Time().In(p.zone()).Format("2006-01-02 15:04")
}
