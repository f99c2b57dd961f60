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
		words = append(words, w.Code+"\t"+w.Name)
	}
	return words
}

// closedSet are the words of a closed set in the user's language.
func (p *program) closedSet(d model.Domain) []model.Called {
	return p.texts.Called(d, p.cat, p.today())
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
	directive := cobra.ShellCompDirectiveNoFileComp
	if !strings.Contains(typed, ":") {
		directive |= cobra.ShellCompDirectiveNoSpace
	}
	var words []string
	for _, o := range p.lexicon.FilterOffers(typed, p.texts.Lang, p.closedSet) {
		words = append(words, strings.TrimSuffix(sameCase(typed, o.Word)+"\t"+o.Name, "\t"))
	}
	return words, directive
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
