"""P: what a plan promises and what a form asks: parts that do not go together."""

from __future__ import annotations

from uppfoljning.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "P201",
        "fel",
        "det går inte att se vad som ska räknas",
        "räknar säger på ett av fyra sätt vad siffran är: ett fält, olika värden, en andel eller inom en tid. Blandas "
        "de går det inte att räkna.",
        "mål:\n  minst: 75 %\n  räknar: {täljare: besök_ute}",
        "mål:\n  minst: 75 %\n  räknar: {täljare: besök_ute, nämnare: besök}",
        "åtagande",
    ),
    Rule(
        "P202",
        "fel",
        "målet säger inte hur mycket",
        "Utan minst, antal, högst, mellan, alla eller klart går målet inte att följa upp. Är inget tal lovat säger "
        "antal: utan måltal just det.",
        "mål: {enhet: vandringar}",
        "mål: {antal: utan måltal, enhet: vandringar}",
        "åtagande",
    ),
    Rule(
        "P203",
        "fel",
        "två krav i samma mål",
        "Ett mål är uppfyllt eller inte. Med två krav kan det vara både och; skriv då två mål med varsitt id.",
        "mål: {minst: 20, högst: 40}",
        "mål: {mellan: [20, 40]}",
        "åtagande",
    ),
    Rule(
        "P204",
        "fel",
        "mellan behöver två tal",
        "Mellan har en undre och en övre gräns, den minsta först.",
        "mål: {mellan: [40, 20]}",
        "mål: {mellan: [20, 40]}",
        "åtagande",
    ),
    Rule(
        "P205",
        "fel",
        "målet går alltid eller aldrig att nå",
        "Ett mål som är nått innan något har gjorts säger ingenting om arbetet, och ett tak under noll går inte att hålla.",
        "mål: {minst: 0}",
        "mål: {antal: utan måltal}",
        "åtagande",
    ),
    Rule(
        "P206",
        "fel",
        "andelen är inte hel",
        "En andel räknas som summan av delarna genom summan av det hela. Därför behövs både procent i målet och något "
        "att dela med.",
        "mål: {minst: 75 %, räknar: besök}",
        "mål: {minst: 75 %, räknar: {täljare: besök_ute, nämnare: besök}}",
        "åtagande",
    ),
    Rule(
        "P207",
        "fel",
        "alla behöver veta alla av vad",
        "alla betyder att en känd mängd ska täckas, till exempel varje butik. Då räknas hur många olika värden ett "
        "fält har fått.",
        "mål: {alla: 12}",
        "mål: {alla: 12, räknar: {unika: rutt}}",
        "åtagande",
    ),
    Rule(
        "P208",
        "fel",
        "per eller varje passar inte målet",
        "per ger en summa över hela perioden, varje kräver att varje delperiod når talet. Ett mål kan ha en av dem, "
        "och bara när det har ett tal.",
        "mål: {minst: 1, per: år, varje: vecka}",
        "mål: {minst: 1, varje: vecka}",
        "åtagande",
    ),
    Rule(
        "P209",
        "fel",
        "målet kan inte fördelas",
        "En fördelning delar upp en summa över året. Ett tak, en andel eller ett krav varje vecka har ingen summa att dela upp.",
        "mål: {högst: 24, fördelning: {tertial: [8, 6, 10]}}",
        "mål: {minst: 24, fördelning: {tertial: [8, 6, 10]}}",
        "åtagande",
    ),
    Rule(
        "P210",
        "fel",
        "baslinje utan nivå",
        "En baslinje är läget när arbetet började. Den betyder något bara när målet är en nivå och inte en summa.",
        "mål: {minst: 12, räknar: besök, baslinje: {värde: 7}}",
        "mål: {minst: 12, räknar: besök, sätt: nivå, baslinje: {värde: 7}}",
        "åtagande",
    ),
    Rule(
        "P211",
        "fel",
        "nivå utan fält",
        "En nivå är den senaste siffran i ett fält, till exempel antal grannsamverkansområden. Tillfällen har ingen "
        "nivå, de läggs ihop.",
        "mål: {minst: 12, sätt: nivå}",
        "mål: {minst: 12, räknar: besök, sätt: nivå}",
        "åtagande",
    ),
    Rule(
        "P212",
        "fel",
        "ett av flera mål saknar id",
        "När ett åtagande har flera mål behöver varje mål ett namn, så att tabeller och ändringar kan säga vilket de gäller.",
        "mål:\n  - {id: kvällar, minst: 40}\n  - {antal: löpande, räknar: samtal}",
        "mål:\n  - {id: kvällar, minst: 40}\n  - {id: samtal, antal: löpande, räknar: samtal}",
        "åtagande",
    ),
    Rule(
        "P213",
        "fel",
        "två mål med samma id",
        "Med samma id går målen inte att skilja åt i tabeller och ändringar.",
        "mål:\n  - {id: kvällar, minst: 40}\n  - {id: kvällar, minst: 10}",
        "mål:\n  - {id: kvällar, minst: 40}\n  - {id: morgnar, minst: 10}",
        "åtagande",
    ),
    Rule(
        "P214",
        "fel",
        "moment med både sista dag och varje tillfälle",
        "Ett moment görs en gång, senast en viss dag, eller vid varje tillfälle. Båda på en gång går inte att följa upp.",
        "moment:\n  - {id: samling, titel: Samling, varje: tillfälle, senast: 2026-05-01}",
        "moment:\n  - {id: samling, titel: Samling, varje: tillfälle}",
        "åtagande",
    ),
    Rule(
        "P215",
        "fel",
        "fältet går inte att räkna så",
        "En text eller ett datum har ingen summa, och tid kan bara mätas mellan två tidpunkter. Välj ett annat fält "
        "eller ändra fältets typ.",
        "mål: {minst: 100, räknar: rutt}",
        "mål: {minst: 100, räknar: samtal}",
        "åtagande",
    ),
    Rule(
        "P216",
        "fel",
        "fel antal tal i fördelningen",
        "Fördelningen har ett tal för varje del av året: tre för tertial, fyra för kvartal, tolv för månad. Då syns "
        "det vilket tal som hör till vilken del.",
        "mål: {minst: 24, fördelning: {tertial: [8, 16]}}",
        "mål: {minst: 24, fördelning: {tertial: [8, 0, 16]}}",
        "åtagande",
    ),
    Rule(
        "P217",
        "fel",
        "svaren hör till typen val",
        "Typen val behöver veta vilka svar som finns, och bara den har en lista av svar.",
        "fält:\n  stämning: {typ: val}",
        "fält:\n  stämning: {typ: val, av: [lugnt, livligt, oroligt]}",
        "blankett",
    ),
    Rule(
        "P218",
        "fel",
        "fältet kan inte ingå i ett annat",
        "ingår_i säger att en siffra är en del av en annan siffra. Ett fält kan inte vara en del av sig självt, och en "
        "text har inga delar.",
        "fält:\n  besök: {typ: antal, ingår_i: besök}",
        "fält:\n  besök: {typ: antal}\n  besök_ute: {typ: antal, ingår_i: besök}",
        "blankett",
    ),
    Rule(
        "P219",
        "fel",
        "den loggade ändringen stämmer inte med planen",
        "Efter den sista ändringen ska planen säga det som loggen slutar i. Annars är något ändrat utan skäl.",
        "mål: {minst: 18, enhet: vandringar}\nändringar:\n"
        "  - {datum: 2026-05-04, vad: mål, före: minst 24, efter: minst 20, skäl: resurser}",
        "mål: {minst: 18, enhet: vandringar}\nändringar:\n"
        "  - {datum: 2026-05-04, vad: mål, före: minst 24, efter: minst 18, skäl: resurser}",
        "åtagande",
    ),
    Rule(
        "P220",
        "fel",
        "områdena som ska jämföras överlappar",
        "Ett område kan inte jämföras med sig självt, eller med något som det ligger i: då räknas samma händelser på båda sidor.",
        "effektmål:\n  text: Färre bråk\n  indikator: misshandel-utomhus\n  insats: [centrum]\n  jämförelse: [centrum]",
        "effektmål:\n  text: Färre bråk\n  indikator: misshandel-utomhus\n  insats: [centrum]\n  jämförelse: [norra]",
        "åtagande",
    ),
)
