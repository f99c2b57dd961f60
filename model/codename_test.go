package model_test

import (
	"slices"
	"strings"
	"testing"

	"board.internal/samverkan/model"
)

// What a codename must not be: a place, a surname, a first name, the name of a people.
const (
	municipalities = `ale alingsås alvesta aneby arboga arjeplog arvidsjaur arvika askersund avesta bengtsfors berg bjurholm bjuv
boden bollebygd bollnäs borgholm borlänge borås botkyrka boxholm bromölla bräcke burlöv båstad dals-ed danderyd degerfors
dorotea eda ekerö eksjö emmaboda enköping eskilstuna eslöv essunga fagersta falkenberg falköping falun filipstad finspång
flen forshaga färgelanda gagnef gislaved gnesta gnosjö gotland grums grästorp gullspång gällivare gävle göteborg götene
habo hagfors hallsberg hallstahammar halmstad hammarö haninge haparanda heby hedemora helsingborg herrljunga hjo hofors
huddinge hudiksvall hultsfred hylte håbo hällefors härjedalen härnösand härryda hässleholm höganäs högsby hörby höör
jokkmokk järfälla jönköping kalix kalmar karlsborg karlshamn karlskoga karlskrona karlstad katrineholm kil kinda kiruna
klippan knivsta kramfors kristianstad kristinehamn krokom kumla kungsbacka kungsör kungälv kävlinge köping laholm
landskrona laxå lekeberg leksand lerum lessebo lidingö lidköping lilla lindesberg linköping ljungby ljusdal ljusnarsberg
lomma ludvika luleå lund lycksele lysekil malmö malung-sälen malå mariestad mark markaryd mellerud mjölby mora motala
mullsjö munkedal munkfors mölndal mönsterås mörbylånga nacka nora norberg nordanstig nordmaling norrköping norrtälje
norsjö nybro nykvarn nyköping nynäshamn nässjö ockelbo olofström orsa orust osby oskarshamn ovanåker oxelösund pajala
partille perstorp piteå ragunda robertsfors ronneby rättvik sala salem sandviken sigtuna simrishamn sjöbo skara skellefteå
skinnskatteberg skurup skövde smedjebacken sollefteå sollentuna solna sorsele sotenäs staffanstorp stenungsund stockholm
storfors storuman strängnäs strömstad strömsund sundbyberg sundsvall sunne surahammar svalöv svedala svenljunga säffle
säter sävsjö söderhamn söderköping södertälje sölvesborg tanum tibro tidaholm tierp timrå tingsryd tjörn tomelilla torsby
torsås tranemo tranås trelleborg trollhättan trosa tyresö täby töreboda uddevalla ulricehamn umeå upplands-bro
upplands-väsby uppsala uppvidinge vadstena vaggeryd valdemarsvik vallentuna vansbro vara varberg vaxholm vellinge vetlanda
vilhelmina vimmerby vindeln vingåker vårgårda vänersborg vännäs värmdö värnamo västervik västerås växjö ydre ystad åmål ånge
åre årjäng åsele åstorp åtvidaberg älmhult älvdalen älvkarleby älvsbyn ängelholm öckerö ödeshög örebro örkelljunga
örnsköldsvik östersund österåker östhammar östra`
	places = `blekinge dalarna gävleborg halland jämtland kronoberg norrbotten skåne södermanland uppland uppsala värmland
västerbotten västernorrland västmanland östergötland öland gotland småland lappland ångermanland medelpad hälsingland
gästrikland närke dalsland bohuslän rinkeby tensta husby kista rosengård hammarkullen bergsjön angered biskopsgården
hjällbo lövgärdet fittja alby hallunda norsborg ronna geneta hovsjö vivalla gottsunda klockaretorpet skäggetorp araby
seved nydala hermodsdal holma kroksbäck råslätt charlottesborg älvsjö farsta skärholmen bredäng vårberg akalla hjulsta
ursvik hagalund labrador norge danmark finland island alaska sahara`
	surnames = `andersson johansson karlsson nilsson eriksson larsson olsson persson svensson gustafsson pettersson jonsson jansson
hansson bengtsson jönsson lindberg jakobsson magnusson lindström olofsson lindqvist lindgren berg axelsson bergström
lundberg lind lundgren lundqvist mattsson berglund fredriksson sandberg henriksson forsberg sjöberg ali wallin mohamed
engström eklund danielsson lundin håkansson björk bergman gunnarsson wikström holm samuelsson isaksson fransson bergqvist
nyström holmberg arvidsson löfgren söderberg nyberg ahmed blomqvist claesson nordström hassan mårtensson lundström viklund
eliasson björklund berggren sandström nordin lund falk ström åberg hermansson ekström holmgren hedlund dahlberg sundberg
hellström sjögren ek dahl öberg strömberg martinsson abrahamsson åkesson blom falck åström norberg lindholm hallberg palm
sundström melin dahlgren hedberg ericsson strand sten gran asp alm ask lönn rönn ljung stål storm frisk rask modig stark
sköld svärd hjelm hjort räv björn varg uggla örn hök duva svan gädda lax braun nordh frost is snö quist kvist löv blad
ros lilja rosén hedin norén åhlin rubin kristall silver gyllene brunn källa bäck fors å sjö hav strömgren ahl lindell
wiklund månsson nordlund hult lindh`
	firstNames = `alice maja vera alma selma elsa lilly astrid wilma freja olivia saga ella ebba agnes signe stella leah iris
edith juni ida alva sigrid molly siri linnea tyra vilda ines elvira liv hedda tuva nova clara ester celine svea lykke lo
viola lovisa rut ingrid flora nora elin emma julia hanna klara sara anna maria eva karin kristina lena kerstin marie
birgitta gunilla ulla malin annika susanne monica jenny camilla ellen rosa lilja heidi vendela malva salvia ronja filippa
noah hugo liam william lucas adam oliver matteo elias frans leo theo august nils sam otto vincent ludvig arvid axel harry
alfred valter gabriel henry jack melvin melker frank loke ebbe olle sixten love malte ivar gustav viggo erik lars karl
anders johan per mikael jan hans peter lennart gunnar sven bengt bo göran magnus fredrik stefan tomas daniel martin
alexander sten björn tore ask torsten stig rolf kjell roland börje ahmed ali mohammed omar ibrahim jasmin dragan opal ruby
jasper timo timotej`
	peoples = `same samer lapp rom romer zigenare tattare turk turkar kurd kurder arab araber jude judar finne finnar norrman
dansk danskar svensk svenskar tysk tyskar ryss ryssar polack somalier syrier assyrier syrian iranier irakier afghan afghaner
alban albaner serb serber kroat bosnier bosniak grek greker kines kineser japan indier pakistanier etiopier eritrean
marockan tunisier libanes palestinier israel amerikan engelsman skotte irländare fransman spanjor italienare viking got`
)

// forbidden are all of these, folded.
func forbidden() map[string]bool {
	words := map[string]bool{}
	for _, list := range []string{municipalities, places, surnames, firstNames, peoples} {
		for _, w := range strings.Fields(list) {
			words[model.Fold(w)] = true
		}
	}
	return words
}

func TestCodenamesSayNothing(t *testing.T) {
	bad := forbidden()
	if len(bad) < 700 {
		t.Fatalf("only %d words to look for", len(bad))
	}
	seen, n := map[string]bool{}, 0
	for name := range model.Codenames(1) {
		folded := model.Fold(name)
		if n++; bad[folded] {
			t.Errorf("%s is a place, a name or a people", name)
		}
		if n <= 300 {
			if clean, err := model.CleanCodename(name); err != nil || clean != name || seen[folded] {
				t.Errorf("%s: %q, %v, seen %v", name, clean, err, seen[folded])
			}
			seen[folded] = true
		}
		if n == 40_000 { // all single words, and all of two parts
			break
		}
	}
	if n < 40_000 {
		t.Errorf("only %d words", n)
	}
}

// TestCodenamesAreOfTheSeed: the same seed gives the same, another others, and an officer does not guess the next.
func TestCodenamesAreOfTheSeed(t *testing.T) {
	some := func(seed uint64) (names []string) {
		for name := range model.Codenames(seed) {
			if names = append(names, name); len(names) == 50 {
				break
			}
		}
		return names
	}
	if !slices.Equal(some(7), some(7)) || slices.Equal(some(7), some(8)) {
		t.Error("the seed does not say which")
	}
	if slices.IsSorted(some(7)) {
		t.Error("they come by the alphabet")
	}
}
