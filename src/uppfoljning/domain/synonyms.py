"""The words that people write first, and the format's own word for each.

A table, not a guess: `senast` and `sätt` look alike and mean nothing alike. A word that is not here is compared by its letters.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from types import MappingProxyType

_SAID = {
    "klart": "senast deadline till tom t.o.m. slutdatum sista-dag sista-datum färdig färdigt klar slutfört förfaller due",
    "senast": "klart deadline sista-dag sista-datum förfaller tidsfrist",
    "från": "start startdatum fr.o.m. from börjar början",
    "till": "slut slutdatum t.o.m. tom to slutar",
    "start": "starttid börjar började från klockan tid",
    "slut": "sluttid slutar slutade till",
    "tid": "klockslag tider timmar",
    "datum": "dag date när tillfälle",
    "period": "månad år tid avser gäller",
    "baslinje": "utgångsläge nuläge startvärde utgångsvärde baseline ingångsvärde",
    "värde": "tal siffra nivå läge",
    "enhet": "sort mått",
    "minst": "min minimum lägst åtminstone",
    "högst": "max maximum maximalt som-mest",
    "antal": "mängd styck st antal-tillfällen hur-många volym",
    "mål": "målsättning produktionsmål måltal målvärde",
    "effektmål": "effekt resultatmål önskad-effekt",
    "parter": "part organisationer aktörer samverkansparter medverkande",
    "part": "parter organisation tillhör",
    "ansvarig": "ansvar ägare ansvarig-funktion ansvarig-person kontaktperson handläggare",
    "rapportör": "rapporterare inlämnare rapporterad-av inlämnad-av uppgiftslämnare",
    "inlämnad": "inskickad inlämnat rapporterad inlämnad-datum skickad",
    "titel": "namn rubrik benämning",
    "plats": "platser område ställe var adress",
    "platser": "plats områden ställen",
    "funktioner": "roller bemanning personal deltagare vilka",
    "moment": "delmoment aktiviteter steg",
    "åtaganden": "löften åtgärder insatser aktiviteter",
    "åtagande": "löfte åtgärd insats aktivitet",
    "avvikelser": "avvikelse ändringar",
    "ändringar": "ändring revidering",
    "iakttagelser": "observationer observation iakttagelse",
    "timmar": "tidsåtgång arbetstid nedlagd-tid",
    "uppgifter": "svar fält siffror data",
    "text": "kommentar kommentarer anteckning anteckningar övrigt beskrivning fritext",
    "syfte": "ändamål avsikt",
    "arbetssätt": "metod genomförande tillvägagångssätt",
    "val": "motiv motivering bakgrund",
    "motivering": "motiv kommentar text",
    "orsaker": "orsak problem",
    "skäl": "orsak anledning",
    "varför": "orsak-i-ord förklaring motivering kommentar",
    "läge": "status tillstånd utfall",
    "snabbrapport": "blankett formulär mall rapport",
    "uppföljning": "rapportering rapporteras återrapportering",
    "rapporteras": "intervall frekvens hur-ofta varje",
    "pauser": "paus uppehåll semester",
    "tillfällen": "datum planerade-tillfällen schema",
    "källor": "källa länk länkar",
    "fördelning": "fördelat delmål",
    "villkor": "krav bara-om",
    "ersätter": "rättar korrigerar",
    "kommun": "kommunkod",
    "beslut": "beslutad fastställd antagen beslutsdatum",
    "referens": "diarienummer dnr protokoll",
    "fråga": "rubrik titel text",
    "fält": "frågor",
    "krävs": "obligatorisk obligatoriskt",
    # The closed lists of words.
    "resurser": "sjukdom sjuk sjukfrånvaro personalbrist bemanning brist-på-personal tidsbrist budget pengar ekonomi semester",
    "väder": "regn snö storm snöstorm halka kyla oväder",
    "samverkan": "samarbete samordning part-saknades",
    "säkerhet": "hot hotbild våld risk fara",
    "pandemi": "corona covid covid-19 smitta",
    "efterfrågan": "inget-intresse få-anmälda ingen-anmäld lågt-intresse ingen-begäran",
    "underlag": "data saknas-data uppgifter-saknas",
    "lagstiftning": "lag lagar regler regeländring",
    "prioritering": "prioriterat bortprioriterat annat-uppdrag andra-uppdrag omprioritering",
    "annat": "övrigt okänt vet-ej",
    "genomförd": "klar gjord utförd ok ja",
    "inställd": "inställt avbokad avbokat ställdes-in ej-genomförd inte-genomförd nej uteblev",
    "flyttad": "flyttat uppskjuten uppskjutet senarelagd ombokad",
    "nollrapport": "inget-att-rapportera ingenting noll inget-hände",
    "genomfört": "klart gjort utfört ja helt uppfyllt",
    "delvis": "till-viss-del halvt till-del nja",
    "ej genomfört": "inte-genomfört ogjort nej ej-gjort inte-gjort",
    "pågår": "pågående påbörjat påbörjad enligt-plan",
    "gott": "bra god positivt mycket-bra",
    "inget": "ingen ingen-effekt noll",
    "negativt": "dåligt sämre",
    "går inte att bedöma": "vet-ej kan-ej-bedömas ej-bedömt okänt går-ej-att-bedöma",
    "löpande": "kontinuerligt fortlöpande regelbundet",
    "vid behov": "behov vid-förfrågan på-begäran efter-behov",
    "utan måltal": "inget-mål inget inget-måltal saknas utan-mål",
    "dygn": "dag daglig dagligen varje-dag per-dag",
    "vecka": "veckovis varje-vecka veckor v",
    "månad": "månadsvis varje-månad månatligen månader mån",
    "kvartal": "kvartalsvis varje-kvartal",
    "tertial": "tertialvis varje-tertial",
    "halvår": "halvårsvis varje-halvår",
    "termin": "terminsvis varje-termin",
    "år": "årligen årsvis varje-år per-år årlig",
    "minska": "minskning minskar färre lägre ned ner sänka",
    "öka": "ökning ökar fler högre upp höja",
    "tillfälle": "varje-gång alltid tillfällen gång",
    "ja/nej": "ja-nej bool boolean janej kryss",
    "tal": "decimaltal decimal float",
    "tidpunkt": "datum-och-tid datumtid tidsstämpel",
    "längd": "tidslängd varaktighet",
    "andel": "procent",
    "nivå": "läge stock stående",
    "summa": "summera totalt total",
    "åtgärdsplan": "handlingsplan plan",
    "samverkansöverenskommelse": "överenskommelse avtal samverkansavtal",
    "medborgarlöfte": "löfte medborgarlöften",
}  # fmt: skip

_FOLD = str.maketrans({"å": "a", "ä": "a", "ö": "o", "é": "e", "_": "-", " ": "-"})


def fold(word: str) -> str:
    """A word without case and without the signs that are easily left out, for comparing only."""
    return word.casefold().translate(_FOLD)


def _by_said() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word, said in _SAID.items():
        for one in said.split():
            found[fold(one)] = (*found.get(fold(one), ()), word)
    return MappingProxyType(found)


MEANT: Mapping[str, tuple[str, ...]] = _by_said()
"""By what is written, folded: the format's words that may be meant, whichever can stand in the place."""

_NOT = frozenset(("ej", "inte", "icke", "ingen", "inget", "inga", "utan", "aldrig", "nej"))
_WORDS = re.compile(r"[^\W_]+")


def meant(word: str, known: Collection[str]) -> str | None:
    """The known word that `word` is another word for; None when the table has none that may stand here."""
    return next((one for one in MEANT.get(fold(word), ()) if one in known), None)


def begins_with(word: str, known: Collection[str]) -> str | None:
    """The known word that a longer text holds first, whole: `Delvis genomfört` says delvis. Denied where the text denies."""
    text = " ".join(_WORDS.findall(word.casefold()))
    if " " not in text:
        return None
    held = [(f" {text} ".find(f" {one.casefold()} "), -len(one), one) for one in known]
    found = min(((at, size, one) for at, size, one in held if at >= 0), default=None)
    return found[2] if found is not None and denies(found[2]) == denies(word) else None


def denies(text: str) -> bool:
    """Whether a text says that something is not so. A word is never offered for its opposite."""
    return not _NOT.isdisjoint(_WORDS.findall(text.casefold()))
