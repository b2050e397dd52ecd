"""M: what a plan or report should hold, and what its state asks for and rules out."""

from __future__ import annotations

from uppfoljning.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "M701",
        "varning",
        "ett svar som krävs saknas",
        "Blanketten säger att frågan ska besvaras. Rapporten räknas ändå, men summan av fältet blir då minst så mycket.",
        "uppgifter:\n  besök: 4",
        "uppgifter:\n  besök: 4\n  samtal: 23",
    ),
    Rule(
        "M702",
        "varning",
        "åtagandet saknar dokumentation",
        "Kedjan från orsak till val av åtgärd, syfte och arbetssätt behövs för att i efterhand se vad i arbetet som "
        "gav resultat.",
        "syfte:",
        "syfte: Färre unga ute sent utan vuxna",
        "åtagande",
    ),
    Rule(
        "M703",
        "notis",
        "inget mål med tal",
        "Det är tillåtet: ungefär hälften av alla åtaganden saknar tal. Åtagandet visas men räknas inte in i andelen "
        "som når målet.",
        "mål: {antal: utan måltal}",
        "mål: {minst: 40}",
        "åtagande",
    ),
    Rule(
        "M704",
        "varning",
        "färre än blankettens minsta bemanning",
        "Blanketten säger hur många som behövs. Rapporten räknas ändå, men det är bra att veta varför ni var färre.",
        "funktioner: {nattvandrare: 2}",
        "funktioner: {nattvandrare: 3}",
    ),
    Rule(
        "M705",
        "notis",
        "effektmålet har ingen serie",
        "Texten räcker som mål. Med en serie siffror går det också att se om förändringen kom.",
        "effektmål:\n  text: Färre bråk i centrum",
        "effektmål:\n  text: Färre bråk i centrum\n  indikator: misshandel-utomhus",
        "åtagande",
    ),
    Rule(
        "M711",
        "fel",
        "inställd eller flyttad utan skäl",
        "Uppföljningen ska visa vad som ändrades och varför. Skälet är ett av de fasta orden, så att skälen kan räknas.",
        "läge: inställd",
        "läge: inställd\navvikelser:\n  - vad: Ingen vandring\n    skäl: väder\n    varför: Snöstorm",
    ),
    Rule(
        "M712",
        "fel",
        "flyttad utan ny dag",
        "Ett flyttat tillfälle väntas en annan dag. Finns det ingen sådan är det inställt.",
        "läge: flyttad\navvikelser:\n  - vad: Flyttad en vecka\n    skäl: väder",
        "läge: flyttad\nflyttad_till: 2026-03-13\navvikelser:\n  - vad: Flyttad en vecka\n    skäl: väder",
    ),
    Rule(
        "M713",
        "fel",
        "ny dag på något som inte är flyttat",
        "flyttad_till säger när tillfället blir av i stället. Det kan inte både ha blivit av och vara flyttat.",
        "flyttad_till: 2026-03-13",
        "läge: flyttad\nflyttad_till: 2026-03-13\navvikelser:\n  - vad: Flyttad en vecka\n    skäl: väder",
    ),
    Rule(
        "M714",
        "fel",
        "nollrapport med siffror",
        "En nollrapport säger att ni skulle rapportera och att inget hände. Läget räcker; en nolla bredvid ser ut som "
        "en räknad siffra.",
        "läge: nollrapport\nperiod: 2026-03\nantal: 0",
        "läge: nollrapport\nperiod: 2026-03",
    ),
    Rule(
        "M715",
        "fel",
        "antal på ett enstaka tillfälle",
        "En rapport med datum är ett tillfälle. Gäller den flera ska den ha en period, så att inget räknas två gånger.",
        "datum: 2026-03-06\nantal: 3",
        "period: 2026-03\nantal: 3",
    ),
    Rule(
        "M716",
        "fel",
        "inställd eller flyttad men klar",
        "Det som inte blev av kan inte göra åtagandet klart.",
        "läge: inställd\nklart: ja\navvikelser:\n  - vad: Ingen vandring\n    skäl: väder",
        "läge: inställd\navvikelser:\n  - vad: Ingen vandring\n    skäl: väder",
    ),
    Rule(
        "M717",
        "fel",
        "både datum och period",
        "Datum betyder ett tillfälle, period betyder en total. De räknas på olika sätt, och rapporten är det ena eller "
        "det andra.",
        "datum: 2026-03-06\nperiod: 2026-03",
        "datum: 2026-03-06",
    ),
    Rule(
        "M718",
        "fel",
        "nollrapport med datum",
        "Att inget hände gäller en tid som skulle rapporteras, till exempel en månad. Ett enstaka tillfälle som inte "
        "blev av är inställt.",
        "läge: nollrapport\ndatum: 2026-03-06\nuppgifter:",
        "läge: nollrapport\nperiod: 2026-03",
    ),
    Rule(
        "M719",
        "fel",
        "klart fast moment återstår",
        "När flera delar på en åtgärd är det lätt att ett moment glöms. Åtagandet är klart först när alla "
        "engångsmoment är gjorda eller inte längre aktuella.",
        "klart: ja",
        "klart: ja\nmoment: {kallelse: ja}",
    ),
)
