package demo

import "board.internal/samverkan/model"

// words are the exercise's own texts: what people would have typed, in their language. They are data, not the
// program's texts.
type words struct {
	exercise, national                    string
	local, crime                          []string // with %s for the area or crime type
	individual, areas, crimes, partners   []string
	declines, releases, dormant, rejected []string
	outcomes, notes                       []string
	measures                              map[model.MeasureType][]string
}

func wordsIn(lang string) words {
	if lang == "sv" {
		return swedish()
	}
	return english()
}

func swedish() words {
	return words{
		exercise:   "Övning: ",
		national:   "Operativa rådet",
		local:      []string{"tillsyn kring %s", "gemensam närvaro vid %s", "trygghetsvandring och kontroll, %s"},
		crime:      []string{"insats mot %s", "kartläggning av %s", "kontrollvecka mot %s"},
		individual: []string{"uppföljning av nätverksärende", "gemensam lägesbild", "samlad indrivning", "avhopparstöd i samverkan"},
		areas:      []string{"torget", "hamnen", "centrum", "köpcentret", "industriområdet", "stationsområdet", "småbåtshamnen", "östra stadsdelen", "västra stadsdelen", "flygplatsen"},
		crimes:     []string{"punktskattebrott", "bidragsbrott", "penningtvätt", "avfallsbrott", "arbetslivskriminalitet", "bedrägerier", "felaktig folkbokföring", "smuggling", "bokföringsbrott"},
		partners:   []string{"kommunen", "länsstyrelsen", "bostadsbolaget", "räddningstjänsten", "arbetsmiljöverket", "transportstyrelsen"},
		declines:   []string{"inga resurser före kvartalsskiftet", "ligger utanför uppdraget", "återkommer efter pågående insats"},
		releases:   []string{"den egna delen är klar", "omprioriterat av ledningen", "tas över av annan myndighet"},
		dormant:    []string{"inväntar underlag", "väntar på domstol", "pausad till efter sommaren"},
		rejected:   []string{"täcks av en pågående insats", "för få myndigheter kan delta", "underlaget räcker inte"},
		outcomes:   []string{"tillsyn genomförd, ärenden överlämnade", "tillgångar säkrade, uppföljning pågår", "området lugnare, kommunen tar vid", "tillstånd återkallade"},
		notes: []string{"Avstämning hålls varannan tisdag.", "Lägesbild delad med rådet.", "Väntar på svar om lokaler.", "Underlag kompletterat.",
			"Kontrollerna flyttas en vecka.", "Samordnat med kommunens trygghetsarbete.", "Nästa steg beslutas på rådets möte."},
		measures: map[model.MeasureType][]string{
			model.Fighting:       {"kontroll på plats", "beslag genomfört", "utmätning"},
			model.Prevention:     {"information till näringsidkare", "orosanmälan till kommunen", "rutin för id-kontroll"},
			model.Safety:         {"trygghetsvandring", "belysning åtgärdad", "samordnad närvaro kvällstid"},
			model.Administrative: {"tillstånd omprövat", "avregistrering begärd"},
		},
	}
}

func english() words {
	return words{
		exercise:   "Exercise: ",
		national:   "Operative Council",
		local:      []string{"inspection around %s", "joint presence at %s", "safety walk and checks, %s"},
		crime:      []string{"effort against %s", "mapping of %s", "week of checks against %s"},
		individual: []string{"follow-up of a network case", "joint situation picture", "joint recovery of debts", "joint exit support"},
		areas:      []string{"the square", "the port", "the centre", "the shopping centre", "the industrial estate", "the station", "the marina", "the eastern district", "the western district", "the airport"},
		crimes:     []string{"excise fraud", "benefit fraud", "money laundering", "waste crime", "labour exploitation", "fraud", "false registration", "smuggling", "false accounting"},
		partners:   []string{"municipality", "county board", "housing company", "rescue service", "work environment authority", "transport agency"},
		declines:   []string{"no resources before the end of the quarter", "outside our remit", "can take part after the present effort"},
		releases:   []string{"our part is done", "other priorities", "another agency takes over"},
		dormant:    []string{"waiting for documents", "waiting for the court", "paused over the summer"},
		rejected:   []string{"covered by another effort", "too few agencies can take part", "not enough to go on"},
		outcomes:   []string{"inspections done, cases handed over", "assets secured, follow-up under way", "calmer area, the municipality goes on", "permits revoked"},
		notes: []string{"Meeting every other Tuesday.", "Situation picture shared with the council.", "Waiting for an answer about premises.", "Documents completed.",
			"The checks move by a week.", "Coordinated with the municipality's safety work.", "Next step to be decided by the council."},
		measures: map[model.MeasureType][]string{
			model.Fighting:       {"checks on site", "seizure", "attachment of assets"},
			model.Prevention:     {"information to businesses", "report to social services", "routine for identity checks"},
			model.Safety:         {"safety walk", "lighting repaired", "joint presence in the evenings"},
			model.Administrative: {"permit reviewed", "deregistration requested"},
		},
	}
}
