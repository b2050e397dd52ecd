"""D: days that lie outside the period they belong to, or in the wrong order."""

from __future__ import annotations

from uppfoljning.rules.rule import Rule

_OUTSIDE = "Det som ligger utanför perioden räknas inte."

RULES: tuple[Rule, ...] = (
    Rule(
        "D401",
        "fel",
        "åtagandets period ligger utanför planens",
        "Ett åtagande gäller inom planens tid. Ska det gälla längre behöver planens period ändras, eller åtagandet tas "
        "in i nästa plan.",
        "period: {från: 2026-10-01, till: 2027-03-31}",
        "period: {från: 2026-10-01, till: 2026-12-31}",
        "åtagande",
    ),
    Rule(
        "D402",
        "fel",
        "pausen ligger utanför åtagandets period",
        "Under en paus väntas inga rapporter. Utanför perioden väntas inga ändå, så datumen är troligen fel.",
        "pauser:\n  - {från: 2025-07-01, till: 2025-07-31, skäl: resurser}",
        "pauser:\n  - {från: 2026-07-01, till: 2026-07-31, skäl: resurser}",
        "åtagande",
    ),
    Rule(
        "D403",
        "fel",
        "planerat tillfälle utanför åtagandets period",
        f"{_OUTSIDE} Ett tillfälle där skulle alltid saknas.",
        "tillfällen: [2025-03-06, 2026-03-13]",
        "tillfällen: [2026-03-06, 2026-03-13]",
        "åtagande",
    ),
    Rule(
        "D404",
        "fel",
        "klart-dagen ligger utanför åtagandets period",
        "Efter perioden följs åtagandet inte upp, och då kan det aldrig bli klart i tid.",
        "mål: {klart: 2027-06-30}",
        "mål: {klart: 2026-06-30}",
        "åtagande",
    ),
    Rule(
        "D405",
        "fel",
        "fördelningen går utanför åtagandets period",
        f"{_OUTSIDE} Den delen av målet skulle aldrig kunna nås.",
        "mål:\n  minst: 24\n  fördelning: {2026-T1: 12, 2027-T1: 12}",
        "mål:\n  minst: 24\n  fördelning: {2026-T1: 12, 2026-T3: 12}",
        "åtagande",
    ),
    Rule(
        "D406",
        "fel",
        "rapportens dag ligger utanför åtagandets period",
        f"{_OUTSIDE} Oftast är det ett gammalt årtal som följt med när en fil kopierats.",
        "datum: 2025-03-06",
        "datum: 2026-03-06",
    ),
    Rule(
        "D407",
        "fel",
        "totalens period ligger utanför åtagandets",
        "En siffra för en längre tid än åtagandet går inte att dela upp. Ange siffran för den del som ligger inom "
        "åtagandets period.",
        "period: {från: 2025-12-01, till: 2026-01-31}\nantal: 4",
        "period: 2026-01\nantal: 3",
    ),
    Rule(
        "D408",
        "fel",
        "inlämnad före tillfället",
        "En rapport kan inte berätta om något som inte har hänt. Dagen avgör också om rapporten kom i tid, så den "
        "behöver stämma.",
        "datum: 2026-03-06\ninlämnad: 2026-02-07",
        "datum: 2026-03-06\ninlämnad: 2026-03-07",
    ),
    Rule(
        "D409",
        "fel",
        "tidpunkterna står i fel ordning",
        "Målet räknar tiden från den ena tidpunkten till den andra. En tid under noll är ett skrivfel.",
        "åtagande;datum;uppgifter.anmäld;uppgifter.åtgärdad\nklotter;2026-03-06;2026-03-06 08:00;2026-03-05 09:00\n",
        "åtagande;datum;uppgifter.anmäld;uppgifter.åtgärdad\nklotter;2026-03-06;2026-03-06 08:00;2026-03-07 09:00\n",
        "csv",
    ),
    Rule(
        "D410",
        "varning",
        "slut är före start",
        "Ett tillfälle får sluta efter midnatt. Men från 21:00 till 19:00 är 22 timmar, och då har klockslagen oftast bytt "
        "plats.",
        "start: 21:00\nslut: 19:00",
        "start: 19:00\nslut: 21:00",
    ),
)
