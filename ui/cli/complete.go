package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
)

// completer offers words for what is being typed. It is asked on every tab: it is quick, and silent when the store
// cannot be read.
type completer = cobra.CompletionFunc

// completeThen completes an effort first, and then the next arguments; the last completer is that of all that follow.
func (p *program) completeThen(next ...completer) completer {
	return func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		if len(args) == 0 {
			return p.completeEffort(cmd, args, typed)
		}
		return next[min(len(args), len(next))-1](cmd, args, typed)
	}
}

// completeEffort offers codenames, and ids when one is begun, of the open efforts.
func (p *program) completeEffort(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	if err := p.open(); err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	board, err := p.store.Load(cmd.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var words []string
	folded := model.Fold(typed)
	for e := range board.All() {
		name := string(e.ID)
		if e.Codename != "" && !(typed != "" && strings.HasPrefix(model.Fold(name), folded)) {
			name = e.Codename
		}
		if strings.HasPrefix(model.Fold(name), folded) {
			words = append(words, sameCase(typed, name)+"\t"+p.plain(string(e.ID)+" "+e.Title))
		}
	}
	slices.Sort(words)
	return words, cobra.ShellCompDirectiveNoFileComp
}

// sameCase writes a word the way the typed beginning is written, as shells throw away what does not begin with it.
func sameCase(typed, word string) string {
	if n := len([]rune(typed)); n <= len([]rune(word)) {
		return typed + string([]rune(word)[n:])
	}
	return word
}

// completeNames offers the stable names of a closed set.
func (p *program) completeNames(d model.Domain) completer {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		if err := p.settle(); err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return p.names(d), cobra.ShellCompDirectiveNoFileComp
	}
}

// names are a closed set's stable names with what they are called.
func (p *program) names(d model.Domain) (words []string) {
	for _, w := range p.closedSet(d) {
		words = append(words, w.code+"\t"+w.name)
	}
	return words
}

// called is a word of a closed set: its stable name and what it is called in the user's language.
type called struct{ code, name string }

func (p *program) closedSet(d model.Domain) (words []called) {
	enum := func(names []string, name map[string]string) {
		for _, n := range names {
			words = append(words, called{n, name[n]})
		}
	}
	w := &p.texts.Words
	switch d {
	case model.DomainAgency:
		for _, a := range p.cat.Agencies {
			words = append(words, called{string(a.Code), a.Name.In(p.texts.Lang)})
		}
	case model.DomainRegion:
		for _, r := range append(p.cat.CurrentRegions(p.today()), p.cat.National) {
			words = append(words, called{string(r.Code), r.Name.In(p.texts.Lang)})
		}
	case model.DomainFocus:
		for _, f := range p.cat.CurrentFocuses(p.today()) {
			words = append(words, called{string(f.Code), f.Name.In(p.texts.Lang)})
		}
	case model.DomainStatus:
		enum(stable(model.Statuses()), w.Status)
	case model.DomainMode:
		enum(stable(model.Modes()), w.Mode)
	case model.DomainMeasure:
		enum(stable(model.MeasureTypes()), w.Measure)
	case model.DomainOutcome:
		for _, o := range p.cat.Outcomes {
			words = append(words, called{string(o.Code), o.Name.In(p.texts.Lang)})
		}
	case model.DomainKind:
		enum(stable(model.Kinds()), w.Kind)
	case model.DomainLevel:
		enum(stable(model.Levels()), w.Level)
	case model.DomainState:
		enum(stable(model.States()), w.State)
	}
	return words
}

func stable[T interface{ String() string }](all []T) (names []string) {
	for _, v := range all {
		names = append(names, v.String())
	}
	return names
}

func (p *program) completeField(f model.Field) completer {
	return p.completeNames(map[model.Field]model.Domain{model.FieldRegion: model.DomainRegion, model.FieldFocus: model.DomainFocus,
		model.FieldKind: model.DomainKind, model.FieldLevel: model.DomainLevel}[f])
}

// completeParts offers agencies, and once a + is there the partners of the effort's regions.
func (p *program) completeParts(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if !strings.HasPrefix(typed, "+") {
		return p.completeNames(model.DomainAgency)(cmd, args, typed)
	}
	if err := p.open(); err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	board, err := p.store.Load(cmd.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	e := board.Find(args[0])
	if e == nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	regions := append([]model.RegionCode{e.Region}, e.Touches...)
	return p.partnerWords(cmd.Context(), "+", typed, regions...), cobra.ShellCompDirectiveNoFileComp
}

func (p *program) completeAnswer(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return []string{p.texts.CLI.Accept[0], p.texts.CLI.Decline[0]}, cobra.ShellCompDirectiveNoFileComp
}

// completeFilter offers filter words, and their values once the colon is there.
func (p *program) completeFilter(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	if err := p.settle(); err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	word, _, colon := strings.Cut(typed, ":")
	if !colon { // in the user's language, and once a word is begun in English too
		words := model.FilterWords(p.texts.Lang)
		if typed != "" {
			words = slices.Compact(slices.Sorted(slices.Values(append(words, model.FilterWords("en")...))))
		}
		return words, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
	domain := map[string]model.Domain{"region": model.DomainRegion, "focus": model.DomainFocus, "kind": model.DomainKind,
		"level": model.DomainLevel, "status": model.DomainStatus, "agency": model.DomainAgency, "lead": model.DomainAgency,
		"state": model.DomainState, "mode": model.DomainMode, "gap": model.DomainMeasure}[model.FilterWord(strings.TrimPrefix(word, "!"), true)]
	words := p.names(domain)
	for i := range words {
		words[i] = word + ":" + words[i]
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}

// completeJournal offers an effort first, and then the words that narrow the journal.
func (p *program) completeJournal(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 && typed != "" && !strings.Contains(typed, ":") {
		return p.completeEffort(cmd, args, typed)
	}
	if err := p.settle(); err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	word, _, colon := strings.Cut(typed, ":")
	if !colon {
		return model.JournalWords(p.texts.Lang), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
	if model.FilterWord(word, true) != "agency" {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	words := p.names(model.DomainAgency)
	for i := range words {
		words[i] = word + ":" + words[i]
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}
