"""R: names that a file uses and another part declares."""

from __future__ import annotations

from uppfoljning.rules.rule import Rule

_TYPO = "Ett namn som inte finns är oftast en felstavning."

RULES: tuple[Rule, ...] = (
    Rule(
        "R301",
        "fel",
        "planen finns inte",
        "Rapporten eller bedömningen räknas till en plan, och utan rätt namn räknas den ingenstans.",
        "plan: exempel-2025",
        "plan: exempel-2026",
    ),
    Rule(
        "R302",
        "fel",
        "åtagandet finns inte",
        f"{_TYPO} Rapporten skulle annars inte räknas till något åtagande.",
        "åtagande: nattvandringar",
        "åtagande: nattvandring",
    ),
    Rule(
        "R303",
        "fel",
        "det går inte att se vilken plan åtagandet hör till",
        "Samma id kan finnas i flera planer. Då måste rapporten säga vilken, och den får inte säga två olika saker.",
        "åtagande: exempel-2025/nattvandring\nplan: exempel-2026",
        "åtagande: exempel-2026/nattvandring\nplan: exempel-2026",
    ),
    Rule(
        "R304",
        "fel",
        "parten finns inte i planen",
        f"{_TYPO} Parterna står i planen, så att det syns vem som har lovat vad.",
        "parter: [natvandrarna]",
        "parter: [nattvandrarna]",
    ),
    Rule(
        "R305",
        "fel",
        "funktionen finns inte i planen",
        f"{_TYPO} Funktioner är roller och aldrig personer, och planen säger vilken part varje roll hör till.",
        "funktioner: {natvandrare: 4}",
        "funktioner: {nattvandrare: 4}",
    ),
    Rule(
        "R306",
        "fel",
        "platsen finns inte i planen",
        f"{_TYPO} Med samma namn på platserna överallt går det att se var arbetet har skett.",
        "plats: centrumm",
        "plats: centrum",
    ),
    Rule(
        "R307",
        "fel",
        "orsaken finns inte i planen",
        "Åtgärden riktas mot en orsak som planen har numrerat. Utan den går det inte att se varför åtgärden valdes.",
        "orsaker: [7]",
        "orsaker: [1]",
        "åtagande",
    ),
    Rule(
        "R308",
        "fel",
        "fältet finns inte i blanketten",
        f"{_TYPO} Svaret skulle annars inte räknas.",
        "uppgifter:\n  samtall: 23",
        "uppgifter:\n  samtal: 23",
    ),
    Rule(
        "R309",
        "fel",
        "momentet finns inte i åtagandet",
        f"{_TYPO} Momenten står i planen, så att det syns om alla delar av åtgärden har gjorts.",
        "moment: {samlig: ja}",
        "moment: {samling: ja}",
    ),
    Rule(
        "R310",
        "fel",
        "blanketten finns inte",
        "Rapporterna läses efter en blankett, antingen en inbyggd eller en egen i plans/snabbrapporter.",
        "snabbrapport: kvällsvandrig",
        "snabbrapport: kvällsvandring",
        "åtagande",
    ),
    Rule(
        "R311",
        "fel",
        "terminen finns inte i planen",
        "Terminer börjar och slutar olika i olika kommuner. Därför säger planen vilka dagar som gäller.",
        "period: VT2031",
        "period: VT2026",
        "åtagande",
    ),
    Rule(
        "R312",
        "fel",
        "samma namn på part och funktion",
        "Parter och funktioner kan stå på samma ställe, till exempel som ansvarig. Med samma namn går det inte att se "
        "vilken som menas.",
        "funktioner:\n"
        "  nattvandrarna: {titel: Nattvandrare, part: nattvandrarna}\n"
        "  nattvandrare: {titel: Nattvandrare, part: nattvandrarna}\n"
        "  handläggare: {titel: Handläggare, part: kommunen}\n"
        "  kommunpolis: {titel: Kommunpolis, part: polisen}",
        "funktioner:\n"
        "  nattvandrare: {titel: Nattvandrare, part: nattvandrarna}\n"
        "  handläggare: {titel: Handläggare, part: kommunen}\n"
        "  kommunpolis: {titel: Kommunpolis, part: polisen}",
        "plan",
    ),
    Rule(
        "R313",
        "fel",
        "samma id två gånger",
        "Ett id pekar ut en enda sak. Finns det två går det inte att veta vilken en rapport eller rättelse gäller.",
        "moment:\n  - {id: kallelse, titel: Kalla föräldrar}\n  - {id: kallelse, titel: Kalla polisen}",
        "moment:\n  - {id: kallelse, titel: Kalla föräldrar}\n  - {id: kallelse-polis, titel: Kalla polisen}",
        "åtagande",
    ),
    Rule(
        "R314",
        "fel",
        "rapporten som rättas finns inte här",
        "En rättelse tar den gamla rapportens plats. Pekar den fel räknas båda, och siffran blir för hög.",
        "id;åtagande;datum;start;uppgifter.samtal;ersätter\n"
        "a;nattvandring;2026-03-06;21:00;23;\n"
        "b;nattvandring;2026-03-06;21:00;32;rader#c\n",
        "id;åtagande;datum;start;uppgifter.samtal;ersätter\n"
        "a;nattvandring;2026-03-06;21:00;23;\n"
        "b;nattvandring;2026-03-06;21:00;32;rader#a\n",
        "csv",
    ),
    Rule(
        "R315",
        "fel",
        "två planer med samma id",
        "Rapporterna pekar på planen med dess id. Med två går det inte att veta vilken som gäller; den som läses först används.",
        "plans/exempel-2026.yaml och plans/2026/exempel-2026.yaml, båda med plan: exempel-2026",
        "bara den ena filen, eller ett eget id i var och en",
        "projekt",
    ),
    Rule(
        "R316",
        "fel",
        "två blanketter med samma id",
        "Rapporterna läses efter blanketten som åtagandet nämner. Med två går det inte att veta vilka frågor som gäller.",
        "plans/snabbrapporter/tillsyn.yaml och plans/snabbrapporter/2026/tillsyn.yaml, båda med snabbrapport: tillsyn",
        "bara den ena filen, eller ett eget id i var och en",
        "projekt",
    ),
    Rule(
        "R317",
        "fel",
        "perioden är redan bedömd",
        "En period har en bedömning. Med två går det inte att veta vilken styrgruppen menade; den som läses först används.",
        "reports/bedomningar/exempel-2026-2026-T1.yaml och reports/bedomningar/igen.yaml, båda med bedömning: 2026-T1",
        "bara den ena filen",
        "projekt",
    ),
    Rule(
        "R318",
        "fel",
        "ändringen gäller något som inte finns",
        "Loggen ska gå att följa. Är ett mål eller moment borttaget skrivs det med efter: utgår. Ett helt "
        "åtagande som tagits bort loggas under planens egna ändringar.",
        "ändringar:\n  - {datum: 2026-05-04, vad: mål.kväll, före: minst 1, efter: minst 2, skäl: resurser}",
        "ändringar:\n  - {datum: 2026-05-04, vad: period, före: 2026, efter: 2026, skäl: resurser}",
        "åtagande",
    ),
    Rule(
        "R319",
        "fel",
        "två rapporter med samma kvitto",
        "Kvittot visar att det är samma rapport som har lämnats in igen, till exempel uppladdad två gånger. Den räknas en "
        "gång: den fil som kommer först i namnordning används.",
        "reports/a.yaml och reports/b.yaml, båda med kvitto: k7m3-9qfx",
        "bara den ena filen; en rättelse har ersätter: och inget kvitto från den gamla",
        "projekt",
    ),
    Rule(
        "R320",
        "fel",
        "serien saknar beskrivning",
        "Siffror utan källa går inte att lita på. Beskrivningen säger vad serien räknar, varifrån den kommer och om den beror på "
        "hur mycket polisen arbetar.",
        "reports/indikatorer/misshandel.csv utan plans/indikatorer/misshandel.yaml",
        "båda filerna, med samma namn",
        "projekt",
    ),
    Rule(
        "R321",
        "varning",
        "serien finns inte",
        "Effektmålet pekar på en serie som ingen har beskrivit. Bestäm och beskriv den innan resultatet är känt, annars går "
        "effekten inte att uppskatta.",
        "effektmål:\n  text: Färre bråk i centrum\n  indikator: misshandell",
        "effektmål:\n  text: Färre bråk i centrum\n  indikator: misshandel-utomhus",
        "åtagande",
    ),
    Rule(
        "R322",
        "fel",
        "två serier med samma id",
        "Effektmålet pekar på serien med dess id. Med två går det inte att veta vilken som gäller; den som läses först används.",
        "plans/indikatorer/misshandel.yaml och plans/indikatorer/2026/misshandel.yaml, båda med indikator: misshandel",
        "bara den ena filen, eller ett eget id i var och en",
        "projekt",
    ),
)
