"""N: what files are called and where they lie."""

from __future__ import annotations

from uppfoljning.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "N101",
        "fel",
        "id är inte filens namn",
        "Den som ser ett id ska hitta filen. Å, ä och ö skrivs som a, a och o i filens namn.",
        "plan: exempel-2027",
        "plan: exempel-2026",
        "plan",
    ),
    Rule(
        "N102",
        "fel",
        "filen ligger i fel mapp",
        "Planer, blanketter, rapporter och bedömningar har var sin mapp. I en annan mapp hittas filen inte av den som "
        "letar, och den räknas inte.",
        "plans/2026-03-06.yaml:\nåtagande: nattvandring\ndatum: 2026-03-06",
        "reports/2026-03-06.yaml:\nåtagande: nattvandring\ndatum: 2026-03-06",
        "projekt",
    ),
    Rule(
        "N103",
        "varning",
        "filens namn har å, ä, ö eller andra tecken",
        "Sådana namn blir ibland förvanskade mellan Windows, Mac och git, och då ser det ut som två filer. Inne i "
        "filen är alla tecken välkomna.",
        "reports/2026-03-06-föräldramöte.yaml",
        "reports/2026-03-06-foraldramote.yaml",
        "projekt",
    ),
    Rule(
        "N104",
        "varning",
        "filen slutar på .yml",
        "Alla andra filer slutar på .yaml. Med en enda ändelse hittar både människor och program alla filer.",
        "reports/2026-03-06.yml",
        "reports/2026-03-06.yaml",
        "projekt",
    ),
    Rule(
        "N105",
        "notis",
        "egen blankett i stället för den inbyggda",
        "Det är tillåtet och ibland just vad du vill. Är det inte meningen behöver din blankett ett annat id.",
        "plans/snabbrapporter/nattvandring.yaml:\nsnabbrapport: nattvandring\ntitel: Vår nattvandring",
        "plans/snabbrapporter/nattvandring-centrum.yaml:\nsnabbrapport: nattvandring-centrum\ntitel: Vår nattvandring",
        "projekt",
    ),
)
