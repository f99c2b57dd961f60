package screen

import (
	"cmp"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
)

// find is one thing that the command line finds: a word, an action, a region, an agency, a saved filter or an effort.
type find struct {
	// id is by what it is remembered as chosen lately.
	id string
	// names are what it is found by, folded; also are those in the other language, which stand back.
	names, also []string
	// words are others that it is looked for by, of which what is typed has to be the beginning.
	words []string
	// label, key and help are its row: what it is, the key that does the same, and what it does.
	label     safe.Text
	key, help string
	// bias is how far it stands before others that fit as well.
	bias int
	// why says why it cannot be done now; nil is that it can.
	why func() string
	do  func() (tea.Cmd, error)
}

func (f *find) off() string {
	if f.why == nil {
		return ""
	}
	return f.why()
}

// How far one kind of thing stands before another, and what is chosen lately before all that fits as well.
const (
	biasOrder     = 24
	biasAction    = 18
	biasRegion    = 14
	biasSaved     = 14
	biasAgency    = 8
	biasRecent    = 30
	biasOther     = -12
	biasWord      = 20  // the beginning of another word for it, before letters strewn about
	biasOff       = -20 // what cannot be done now
	biasElsewhere = -biasBegun
	biasExact     = 400
	biasBegun     = 80
)

// finds are all that the line finds but efforts, of which there may be very many.
func (c *command) finds() (all []find) {
	return slices.Concat(c.orderFinds(), c.actionFinds(), c.regionFinds(), c.savedFinds(), c.agencyFinds())
}

func (c *command) orderFinds() (all []find) {
	d := c.desk
	t := d.Texts.Screen
	for _, s := range c.words {
		if !s.own {
			continue
		}
		f := find{id: "word " + s.id, label: c.form(s), help: t.Command.Help[s.id], bias: biasOrder}
		f.names = folds(s.name)
		for _, lang := range text.Languages() {
			x := text.In(lang).Screen
			f.also = append(f.also, model.Fold(x.Command.Word[s.id]))
			f.words = append(f.words, folds(strings.Fields(x.Also[string(s.act)])...)...)
		}
		if s.act != "" {
			f.key = d.Keys().Shown(s.act)
		}
		f.help = cmp.Or(f.help, t.Action[string(s.act)].Help)
		bound := c.bound(s.act)
		if f.do = func() (tea.Cmd, error) { return s.do(d, "") }; s.do == nil {
			f.why, f.do = bound.Why, func() (tea.Cmd, error) { return d.Run(bound), nil }
		}
		all = append(all, f)
	}
	return all
}

// actionFinds are what can be done here by a key and by no word.
func (c *command) actionFinds() (all []find) {
	d := c.desk
	seen := map[action.ID]bool{action.Command: true}
	for _, o := range orders() {
		seen[o.act] = true
	}
	here := d.Actions()
	for _, a := range action.Table() { // what is done elsewhere is found too, and says so
		here = append(here, app.Bound{ID: a.ID, Off: func() string { return c.texts().Elsewhere }})
	}
	for _, b := range here {
		if seen[b.ID] || d.Keys().Moves(b.ID) || b.ID == action.Saved {
			continue
		}
		seen[b.ID] = true
		said := d.Texts.Screen.Action[string(b.ID)]
		f := find{id: "action " + string(b.ID), key: d.Keys().Shown(b.ID), help: said.Help, bias: biasAction, why: b.Why,
			do: func() (tea.Cmd, error) { return d.Run(b), nil }}
		if b.Do == nil {
			f.bias = biasElsewhere
		}
		if b.Label != nil {
			said.Label = b.Label()
		}
		f.label, f.names = safe.Of(said.Label), folds(said.Label)
		for _, lang := range text.Languages() {
			x := text.In(lang).Screen
			f.also = append(f.also, model.Fold(x.Action[string(b.ID)].Label))
			f.words = append(f.words, folds(strings.Fields(x.Also[string(b.ID)])...)...)
		}
		all = append(all, f)
	}
	return all
}

func (c *command) regionFinds() (all []find) {
	d := c.desk
	cat := d.Catalogue()
	for i, r := range append(cat.CurrentRegions(d.Today()), cat.National) {
		all = append(all, find{id: "region " + string(r.Code), label: safe.Of(r.Name.In(d.Texts.Lang)), key: d.Keys().Key(action.Region, i), help: c.texts().Region,
			names: folds(string(r.Code), r.Name.SV, r.Name.EN), bias: biasRegion,
			do: func() (tea.Cmd, error) { return d.GoRoot(newRegion(d, r.Code, "")), nil }})
	}
	return all
}

func (c *command) savedFinds() (all []find) {
	d := c.desk
	for _, s := range d.Whole.Filters(d.Actor.Officer) {
		f := find{id: "filter " + model.Fold(s.Name), label: safe.Of(s.Name), help: text.Fill(c.texts().Saved, "filter", s.Text), names: folds(s.Name), bias: biasSaved,
			do: func() (tea.Cmd, error) { return applySaved(d, s), nil }}
		if s.Key > 0 {
			f.key = keyOf(d, s.Key)
		}
		all = append(all, f)
	}
	return all
}

// agencyFinds list the open efforts that an agency takes part in or is asked for.
func (c *command) agencyFinds() (all []find) {
	d := c.desk
	for _, a := range d.Catalogue().Agencies {
		title := text.Fill(c.texts().Agency, "agency", a.Name.In(d.Texts.Lang))
		all = append(all, find{id: "agency " + string(a.Code), label: safe.Of(string(a.Code) + " " + a.Name.In(d.Texts.Lang)), help: title,
			names: folds(append([]string{string(a.Code), a.Name.SV, a.Name.EN}, a.Aliases...)...), bias: biasAgency,
			do: func() (tea.Cmd, error) {
				return d.Push(newList(d, title, func(b *model.Board) (efforts []*model.Effort) {
					for e := range b.All() {
						if e.Concerns(a.Code) {
							efforts = append(efforts, e)
						}
					}
					slices.SortFunc(efforts, (*model.Effort).Before)
					return efforts
				})), nil
			}})
	}
	return all
}

func folds(names ...string) (folded []string) {
	for _, n := range names {
		if n != "" {
			folded = append(folded, model.Fold(n))
		}
	}
	return folded
}

// search ranks what fits what is typed, the best first; for nothing typed what was chosen lately, and then the words.
func (c *command) search(typed string) []find {
	typed = model.Fold(strings.TrimSpace(typed))
	recent := map[string]int{}
	for i, id := range c.desk.Recent() {
		recent[id] = biasRecent - i
	}
	if typed == "" {
		return c.first(recent)
	}
	type ranked struct {
		find
		score int
	}
	var found []ranked
	for _, f := range c.all {
		score, fits := fit(typed, f.names)
		if also, other := fit(typed, f.also); other && (!fits || also+biasOther > score) {
			score, fits = also+biasOther, true
		}
		if begins := func(word string) bool { return strings.HasPrefix(word, typed) }; !fits && len(typed) > 2 && slices.ContainsFunc(f.words, begins) {
			score, fits = biasWord, true
		}
		switch {
		case !fits:
		case f.off() != "":
			found = append(found, ranked{f, plain(score) + min(f.bias, 0) + biasOff})
		default:
			found = append(found, ranked{f, score + f.bias + recent[f.id]})
		}
	}
	for _, f := range c.efforts(typed) {
		found = append(found, ranked{f, f.bias + recent[f.id]})
	}
	slices.SortStableFunc(found, func(x, y ranked) int { return cmp.Compare(y.score, x.score) })
	all := make([]find, len(found))
	for i, r := range found {
		all[i] = r.find
	}
	return all
}

// plain is how well a name fits without what sets apart those that fit as well: what cannot be done now has nothing else.
func plain(score int) int {
	for _, least := range []int{biasExact, biasBegun, 0} {
		if score >= least {
			return least
		}
	}
	return score
}

// first is what stands there before a letter is typed.
func (c *command) first(recent map[string]int) (all []find) {
	var rest []find
	for _, f := range c.all {
		switch {
		case recent[f.id] > 0:
			all = append(all, f)
		case f.bias == biasOrder:
			rest = append(rest, f)
		}
	}
	for id := range recent {
		if effort, is := strings.CutPrefix(id, "effort "); is {
			if e := c.desk.Whole.Effort(model.EffortID(effort)); e != nil {
				all = append(all, c.effortFind(e, 0))
			}
		}
	}
	slices.SortFunc(all, func(x, y find) int { return recent[y.id] - recent[x.id] })
	return append(all, rest...)
}

// fit is how well what is typed fits one of some names: all of it, its beginning, or its letters in their order.
func fit(typed string, names []string) (best int, fits bool) {
	for _, m := range fuzzy.Find(typed, names) {
		score := m.Score
		switch {
		case m.Str == typed:
			score += biasExact
		case strings.HasPrefix(m.Str, typed) || strings.Contains(m.Str, " "+typed):
			score += biasBegun
		case len(typed) > 2 && score < 0: // letters strewn about
			continue
		}
		if !fits || score > best {
			best, fits = score, true
		}
	}
	return best, fits
}
