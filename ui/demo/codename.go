package demo

import (
	"math/rand/v2"
	"strings"

	"board.internal/samverkan/model"
)

// Of a codename's first part, what grows, swims and flies; of the second, weather and what lies in the ground.
// Words that end surnames or place names (berg, sten, lund, ström, vik) are left out on purpose.
const (
	firsts = `ABBORR AKLEJ ALM ASK ASP BARR BLÅKLINT BLÅBÄRS BOCKROT BOFINK BOK BRAXEN BRÄKEN BÄVER DAGG DUVHÖK
ENBÄRS EN FJÄLLRÄV FJÄRIL FLUNDRE FÄRGGINST GETING GIRS GLIMMER GRAN GRÄSAND GRÖNFINK GÄDD HARSYR HASSEL
HAVRE HAVSÖRN HERMELIN HJORTRON HUMLE HÄGG HÄST HÖKUGGLE IDEGRAN ID IGELKOTT ILLER JORDGUBB JÄRV KABBELEK KASTANJ KLÖVER KNIPE KORP KORN KOVALL KRUSBÄRS KRÅK KÄRRHÖK LAV LAX LIND LINGON LO LUNGÖRT LÄRK LÖNN MALVA
MARULK MINK MOSSE MÅRD MÖRT NATTVIOL NORS NÖTSKRIK NÄVE ODON OLVON OXEL PIGGVAR PILGRIM POPPEL PORS
PÄRON RAPPHÖN REN RIPE RUDE RÅDJUR RÅG RÅK RÖDHAKE RÖDING RÖNN SAFFRAN SALVIE SEJ SIDENSVANS SIK SIKLÖJ SILL SISKE
SKARV SKATE SKVATTRAM SLÅN SNÄPPE SOLROS SOPP SPOV STARR STÖR SUTAR SVALE SVAN SÄLG SÄV TALL TALTRAST TIBAST TIMJAN
TISTEL TORSK TRANE TRAST TRUT TUSSILAGO TÅTEL TÄRNE UGGLE UTTER VAKTEL VALLMO VESSLE VETE VIDE VILDSVIN
VINTERGRÖN VITSIPP VÅTARV ÅL ÅKERBÄR ÄLG ÄRT ÄRL ÖRING ÖGONTRÖST`
	seconds = `AGAT ASKA BASALT BLIXT BLY BRIS BRUS CIRRUS DAGER DAGG DIABAS DIMMA DIS DROPPE DRIVA DY DYNING
DÅN FLINTA FROST FLUOR FÖHN GLANS GLIMMER GLÖD GNEJS GNISTA GRAFIT GRANIT GRUS GRYNING GYTTJA HAGEL HALKA
HETTA IS ISTAPP JORD JÄRN KALK KISEL KLART KOL KOPPAR KVARTS KVÄLL KÖLD LAVA LERA LJUS LOGN MARMOR
MIDNATT MOLN MORÄN MULL MÄRGEL MÅNSKEN MÖRKER NATT NEDAN NICKEL NORRSKEN PORFYR RASSEL REGN RIMFROST
RODNAD RUSK RÅK SAND SILVER SKARE SKIFFER SKIMMER SKUGGA SKUR SKYMNING SLASK SMUL SNÖ SOL SOLDIS SPAT STILTJE STORM
STRIMMA SVAVEL TALK TENN TITAN TJÄLE TORV TOPAS TÖ URAN VIND VIRVEL VOLFRAM VÄTA YRSNÖ YRA ZINK ÅSKA
ÖSREGN`
	thirds = `BI BLÅ FRÖ GRÅ GRÖN GUL KLO MUR NÅL PIL RAM RING RIS RÖD RÖR TÅG VIT ÖGLA`
)

// codenames returns n codenames that differ even without case and diacritics.
func codenames(rng *rand.Rand, n int) []string {
	first, second, third := strings.Fields(firsts), strings.Fields(seconds), strings.Fields(thirds)
	names := make([]string, 0, n)
	taken := make(map[string]bool, n)
	add := func(name string) {
		folded := model.Fold(name)
		if clean, err := model.CleanCodename(name); err != nil || clean != name || taken[folded] || len(names) == n {
			return
		}
		taken[folded] = true
		names = append(names, name)
	}
	pairs := len(first) * len(second)
	for _, i := range rng.Perm(pairs) {
		add(first[i/len(second)] + second[i%len(second)])
	}
	// Two words are enough for every country; more is for those who try the size of the board.
	for _, t := range third {
		if len(names) == n {
			break
		}
		for _, i := range rng.Perm(pairs) {
			add(first[i/len(second)] + t + second[i%len(second)])
		}
	}
	return names
}
