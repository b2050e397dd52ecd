"""H: what only the history in git can show."""

from __future__ import annotations

from uppfoljning.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "H801",
        "fel",
        "ett löfte har ändrats utan skäl",
        "Efter beslutet ska varje ändring av ett mål, en period, parterna eller ett moment ha ett skäl. Annars kan ett sänkt mål "
        "dölja att löftet inte hölls.",
        "mål: {minst: 18}, när planen hade {minst: 24} när den beslutades, utan en rad om det under ändringar:",
        "ändringar:\n  - datum: 2026-05-04\n    vad: mål\n    före: minst 24\n    efter: minst 18\n    skäl: resurser\n"
        "    varför: En handläggare slutade i april\n    beslut: styrgruppen 2026-05-04",
        "projekt",
    ),
    Rule(
        "H802",
        "notis",
        "historiken räcker inte för att se ändringar",
        "Vad som beslutades läses ur git. Utanför git, eller i en klon som bara har den senaste commiten, går det inte att se.",
        "en mapp utan git, eller: git clone --depth 1",
        "en hel klon; i GitHub Actions: fetch-depth: 0",
        "projekt",
    ),
    Rule(
        "H803",
        "fel",
        "beslutets version kan inte läsas",
        "Det som står i beslut.version säger vilken lydelse som beslutades. Pekar det fel går det inte att jämföra med den.",
        "beslut: {datum: 2025-12-10, version: beslutadd-2026}",
        "beslut: {datum: 2025-12-10, version: beslutad-2026}, när taggen beslutad-2026 finns",
        "projekt",
    ),
    Rule(
        "H804",
        "varning",
        "rapporten fanns innan den lämnades in",
        "Dagen den lämnades in avgör om den kom i tid. En rapport kan inte ligga i git tidigare än så. Rättas den skrivs en ny "
        "rapport med ersätter, och då räknas den första dagen.",
        "inlämnad: 2026-03-20, i en fil som sparades i git 2026-03-07",
        "inlämnad: 2026-03-07",
        "projekt",
    ),
    Rule(
        "H821",
        "varning",
        "filen behövs men är inte med i git",
        "Det som inte är med i git finns bara på den här datorn. Hos andra, och när ändringen kontrolleras, blir siffrorna andra "
        "eller går planen inte att läsa.",
        "plans/snabbrapporter/vandring.yaml utan git add, när en plan i git använder den; en rapport som .gitignore utelämnar",
        "git add plans/snabbrapporter/vandring.yaml",
        "projekt",
    ),
    Rule(
        "H822",
        "notis",
        "filer är inte sparade i git än",
        "De räknas här men inte hos andra.",
        "en ny rapport som ännu inte är sparad med git commit",
        "git add reports, och sedan git commit",
        "projekt",
    ),
)
