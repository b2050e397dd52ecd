"""K: the columns of a mapping."""

from __future__ import annotations

from uppfoljning.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "K901",
        "fel",
        "samma kolumn två gånger",
        "En kolumn tas med eller hoppas över, och ger en enda uppgift. Rubriker som bara skiljer sig i stora bokstäver, "
        "mellanslag eller ett frågetecken på slutet är samma kolumn.",
        "kolumner: {Dag: datum, Antal samtal: uppgifter.samtal}\nhoppa_över: [antal samtal]",
        "kolumner: {Dag: datum, Antal samtal: uppgifter.samtal}\nhoppa_över: [Namn]",
        "mappning",
    ),
    Rule(
        "K902",
        "fel",
        "två ställen ger samma uppgift",
        "Då går det inte att se vilket av dem som gäller. Bara text får komma från flera kolumner, och blir då flera rader.",
        "kolumner: {Dag: datum, Datum: datum}",
        "kolumner: {Dag: datum, Datum: inlämnad}",
        "mappning",
    ),
    Rule(
        "K903",
        "fel",
        "mappningen saknar åtagande eller dag",
        "Varje rad blir en rapport, och en rapport hör till ett åtagande och en dag eller period.",
        "kolumner: {Antal samtal: uppgifter.samtal}",
        "kolumner: {Dag: datum, Antal samtal: uppgifter.samtal}",
        "mappning",
    ),
    Rule(
        "K904",
        "fel",
        "ingen kolumn ger det som översätts",
        "Ord och bredder hör till en kolumn. Utan kolumn används de aldrig, och då är nyckeln oftast felstavad.",
        "värden:\n  plats: {City: centrum}",
        "kolumner: {Dag: datum, Var: plats}\nvärden:\n  plats: {City: centrum}",
        "mappning",
    ),
    Rule(
        "K905",
        "fel",
        "ingen nyckel i en rapport",
        "Kolumnen ska bli något i rapporten, och det pekas ut med nyckeln så som den står i en rapport, med en punkt före namnet "
        "på nivån under.",
        "kolumner: {Dag: datum, Antal samtal: Antal samtal}",
        "kolumner: {Dag: datum, Antal samtal: uppgifter.samtal}",
        "mappning",
    ),
)
