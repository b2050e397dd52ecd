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
        "varning",
        "historiken räcker inte för att se ändringar",
        "Går en tidigare lydelse inte att läsa, eller finns bara en del av historiken, kan ett sänkt mål döljas. Där kontrollen "
        "avgör, i CI, med --strikt och med --sedan, är det därför ett fel. I en mapp utan git är det en notis, i CI en varning.",
        "git clone --depth 1, eller en klon med --filter=blob:none som inte når den den gjordes från",
        "en hel klon; i GitHub Actions: fetch-depth: 0",
        "projekt",
        unseen=True,
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
        "H805",
        "fel",
        "planens beslut har tagits bort",
        "Utan beslut jämförs planen inte med något. En plan som har beslutats är beslutad, också när raden är borta.",
        "ingen rad med beslut:, i en plan som hade beslut: {datum: 2025-12-10} i en tidigare commit",
        "beslut: {datum: 2025-12-10}",
        "projekt",
    ),
    Rule(
        "H806",
        "fel",
        "beslut.version går förbi ändringar utan skäl",
        "Det som räknas som beslutat är den första lydelsen med beslut. Pekar beslut.version på en senare, där löften redan var "
        "andra eller den första inte går att läsa, behövs ett skäl. Annars kan pekaren dölja en sänkning.",
        "beslut: {datum: 2025-12-10, version: sankt}, när taggen sankt är satt efter att målet sänktes",
        "ändringar:\n  - datum: 2026-02-01\n    vad: beslut.version\n    skäl: underlag\n    varför: Utkastet hade datumet",
        "projekt",
    ),
    Rule(
        "H807",
        "notis",
        "planen kom in i git långt efter beslutet",
        "Planen jämförs med den första lydelsen i git. Kom den in mer än tre månader efter beslutet syns inte vad som ändrades "
        "dessförinnan. Med adressen till det beslutade dokumentet kan läsaren själv jämföra.",
        "beslut: {datum: 2025-12-10}, i en fil som sparades i git första gången 2026-06-01, utan källor",
        "källor:\n  - https://example.org/atgardsplan-2026",
        "projekt",
    ),
    Rule(
        "H808",
        "varning",
        "filer i förrådet är inte hämtade",
        "I en mapp som bara är delvis utcheckad saknas filer som finns i git. De har inte lästs, så fel i dem syns inte. Där "
        " kontrollen avgör, i CI, med --strikt och med --sedan, är det ett fel.",
        "git sparse-checkout set plans, eller en undermodul som inte är hämtad",
        "git sparse-checkout disable",
        "projekt",
        unseen=True,
    ),
    Rule(
        "H809",
        "varning",
        "en beslutad plan har tagits bort före periodens slut",
        "Löftena i den följs inte upp längre, och det syns inte i någon tabell. En ersatt plan får ligga kvar bredvid den nya.",
        "git rm plans/lunda-2026.yaml den 5 maj 2026, när planen gäller hela 2026",
        "plans/lunda-2026.yaml ligger kvar, bredvid den plan som ersätter den",
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
