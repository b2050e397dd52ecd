"""What may be many in a stranger's files: for each kind a small project with `n` of it, and with one.

Every kind has its own file (`file`) that grows; the rest of the project is small. None is larger than a file may be at 10 000.
"""

from __future__ import annotations

from collections.abc import Callable

from bench.growth_projects import (
    ABOUT_SERIES,
    BASE,
    DECIDED,
    FORM,
    FORM_FILE,
    JUDGEMENT,
    MAPPING,
    ONE_YEAR,
    PLAN_FILE,
    REPORT,
    ROW,
    ROWS,
    SERIES,
    SPAN,
    TOTAL,
    Files,
    Kind,
    address,
    day,
    in_cell,
    in_form,
    in_list,
    in_many_files,
    in_plan,
    in_report,
    in_rows,
    in_series,
    in_text,
    many,
    month,
    number,
    phone,
    plan,
    project,
)

MIXED = ("W10", "03", "K1", "H1")
TERMS = ("VT", "HT")


def _series_kinds() -> list[Kind]:
    """Areas, months and areas within areas."""

    def nested(number: int) -> str:
        return f"rymmer:\n{many(number, lambda at: f'  o{at}: [o{at + 1}]')}"

    return [
        in_series("områden i en serie", lambda at: f"o{at};2020-01;1"),
        in_series("månader i en serie", lambda at: f"o{at // 600};{month(at % 600)};{at % 7}"),
        in_series("samma månad i en serie", lambda at: "centrum;2020-01;1"),
        in_series("fel tal i en serie", lambda at: f"o{at};2020-01;x{at}"),
        Kind(
            "områden inuti varandra",
            ABOUT_SERIES,
            lambda number: {
                PLAN_FILE: plan(), FORM_FILE: FORM, SERIES: "område;månad;antal\no0;2020-01;1\n",
                ABOUT_SERIES: f"indikator: i\ntitel: Serie\nkälla: K\n{nested(number)}",
            },
        ),
    ]  # fmt: skip


def _chain(number: int) -> Files:
    return project(ROWS, f"{ROW};id;ersätter\n{BASE};0;\n" + many(number, lambda at: f"{BASE};{at + 1};p/r#{at}"))


def _chain_back(number: int) -> Files:
    rows = many(number, lambda at: f"{BASE};{number - at};p/r#{number - at - 1}")
    return project(ROWS, f"{ROW};id;ersätter\n{rows}{BASE};0;\n")


def _ring(number: int) -> Files:
    return project(ROWS, f"{ROW};id;ersätter\n" + many(number, lambda at: f"{BASE};{at};p/r#{(at + 1) % number}"))


def _all_of(number: int) -> Files:
    old = ", ".join(f"p/r#{at}" for at in range(number))
    return project(ROWS, f'{ROW};id;ersätter\n{many(number, lambda at: f"{BASE};{at};")}{BASE};x;"{old}"\n')


def _header(number: int) -> Files:
    names = ";".join(f"okänd{at}" for at in range(number))
    return project(ROWS, f"{ROW};{names}\n{BASE}{';x' * number}\n")


def _header_facts(number: int) -> Files:
    names = ";".join(f"uppgifter.okänd{at}" for at in range(number))
    return project(ROWS, f"{ROW};{names}\n{BASE}{';1' * number}\n")


def _same_columns(number: int) -> Files:
    return project(ROWS, f"{ROW}{';text' * number}\n{BASE}{';x' * number}\n")


def _no_columns(number: int) -> Files:
    return project(ROWS, f"{ROW}{';' * number}\n{BASE}{';x' * number}\n")


def _blocks(number: int) -> str:
    return f"åtagande: a\nplan: p\ndatum: 2020-03-01\ntext: |\n{many(number, lambda at: f'  hej {address(at)} och')}"


def _waived(number: int) -> str:
    lines = many(number, lambda at: f"  - text: hej {address(at)} # undantag I102: funktionsbrevlåda")
    return f"åtagande: a\nplan: p\ndatum: 2020-03-01\niakttagelser:\n{lines}"


def _needless(number: int) -> str:
    lines = many(number, lambda at: f"  - text: hej {at} # undantag I102: funktionsbrevlåda")
    return f"åtagande: a\nplan: p\ndatum: 2020-03-01\niakttagelser:\n{lines}"


def _parts(number: int, whole: Callable[[int], str], answers: bool) -> Files:
    fields = "fält:\n  f0: {typ: antal}\n" + many(number, lambda at: f"  f{at + 1}: {{typ: antal, ingår_i: {whole(at)}}}")
    facts = "uppgifter:\n" + many(number, lambda at: f"  f{at}: {at}") if answers else ""
    return {
        PLAN_FILE: plan(),
        FORM_FILE: f"snabbrapport: f\ntitel: Blankett\n{fields}",
        REPORT: f"åtagande: a\nplan: p\ndatum: 2020-03-01\n{facts}",
    }


def _part_kinds() -> list[Kind]:
    return [
        Kind("delar av delar", FORM_FILE, lambda number: _parts(number, lambda at: f"f{at}", answers=True)),
        Kind("delar av samma", FORM_FILE, lambda number: _parts(number, lambda at: "f0", answers=True)),
        Kind("delar i ring", FORM_FILE, lambda number: _parts(number, lambda at: f"f{(at + 2) % (number + 1)}", answers=False)),
        Kind("delar av delar bakåt", FORM_FILE, lambda number: _parts(number, lambda at: f"f{at + 2}", answers=False)),
        in_form("fält", lambda at: f"  f{at}: {{typ: antal}}"),
        in_form("krävda fält", lambda at: f"  f{at}: {{typ: antal, krävs: ja}}"),
        in_form("fel i fält", lambda at: f"  f{at}: {{typ: antl, okänd: {at}}}"),
        in_form("okänd del", lambda at: f"  f{at}: {{typ: antal, ingår_i: g{at}}}"),
        in_form("val", lambda at: f"    - val {at}", "fält:\n  f0:\n    typ: val\n    av:\n"),
        in_form("samma val", lambda at: "    - val", "fält:\n  f0:\n    typ: val\n    av:\n"),
        in_form("minst funktioner", lambda at: f"  f{at}: 2", "minst_funktioner:\n"),
        in_form("okända nycklar i en blankett", lambda at: f"okänd{at}: 2", "fält:\n  f0: {typ: antal}\n"),
    ]


def _row_kinds() -> list[Kind]:
    return [
        in_rows("rader", f"{ROW};start;plats", lambda at: f"a;p;{day(at)};20:00;centrum"),
        in_rows("e-postadress på varje rad", f"{ROW};text", lambda at: f"a;p;{day(at)};hej {address(at)}"),
        in_rows("personnummer på varje rad", f"{ROW};text", lambda at: f"a;p;{day(at)};hej {number(at)}"),
        in_rows("telefonnummer på varje rad", f"{ROW};text", lambda at: f"a;p;{day(at)};ring {phone(at)}"),
        in_rows("fel datum", ROW, lambda at: f"a;p;2020-13-{at % 28 + 1:02}"),
        in_rows("okänt åtagande", ROW, lambda at: f"okänt{at};p;2020-03-01"),
        in_rows("okänd plan", ROW, lambda at: f"a;okänd{at};2020-03-01"),
        in_rows("okänd plats", f"{ROW};plats", lambda at: f"{BASE};okänd{at}"),
        in_rows("okänd part", f"{ROW};parter", lambda at: f"{BASE};okänd{at}"),
        in_rows("okänd rapportör", f"{ROW};rapportör", lambda at: f"{BASE};okänd{at}"),
        in_rows("fel val", f"{ROW};uppgifter.hur", lambda at: f"{BASE};okänd{at}"),
        in_rows("fel tal", f"{ROW};uppgifter.samtal", lambda at: f"{BASE};okänd{at}"),
        in_rows("delen större än det hela", f"{ROW};uppgifter.samtal;uppgifter.prat", lambda at: f"{BASE};{at};{at + 1}"),
        in_rows("avvikelser utan skäl", f"{ROW};läge", lambda at: f"a;p;{day(at)};inställd"),
        in_rows("avvikelser", f"{ROW};avvikelser.vad;avvikelser.skäl", lambda at: f"a;p;{day(at)};sak {at};väder"),
        in_rows("iakttagelser", f"{ROW};iakttagelser.text", lambda at: f"a;p;{day(at)};sak {at}"),
        in_rows("samma id", f"{ROW};id", lambda at: f"a;p;{day(at)};x"),
        in_rows("samma kvitto", f"{ROW};kvitto", lambda at: f"a;p;{day(at)};k-1"),
        in_rows("olika kvitton", f"{ROW};kvitto", lambda at: f"a;p;{day(at)};k-{at}"),
        in_rows("rättelser av en och samma", f"{ROW};id;ersätter", lambda at: f"{BASE};{at};p/r#0"),
        in_rows("rättelser av en som saknas", f"{ROW};id;ersätter", lambda at: f"{BASE};{at};p/q#{at}"),
        in_rows("rättelser av sig själv", f"{ROW};id;ersätter", lambda at: f"{BASE};{at};p/r#{at}"),
        Kind("rättelser i kedja", ROWS, _chain),
        Kind("rättelser i kedja bakåt", ROWS, _chain_back),
        Kind("rättelser i ring", ROWS, _ring),
        Kind("en rättelse av många", ROWS, _all_of),
        Kind("okända kolumner", ROWS, _header),
        Kind("okända uppgifter i rubrikraden", ROWS, _header_facts),
        Kind("samma kolumn", ROWS, _same_columns),
        Kind("kolumner utan namn", ROWS, _no_columns),
        in_rows("rapporter samma dag", ROW, lambda at: BASE),
        in_rows("rapporter samma dag, olika svar", f"{ROW};uppgifter.samtal", lambda at: f"{BASE};{at}"),
        in_rows("rapporter samma dag, start", f"{ROW};start;plats;parter",
                lambda at: f"{BASE};20:{at % 60:02};centrum;{('kommunen', 'polisen')[at % 2]}"),
        in_rows("rapporter samma dag, somliga svar", f"{ROW};uppgifter.samtal;uppgifter.prat;uppgifter.rutt;slut",
                lambda at: f"{BASE};{at if at & 1 else ''};{at if at & 2 else ''};{at if at & 4 else ''};"
                           f"{f'2{at % 3}:{at % 60:02}' if at & 8 else ''}"),
        in_rows("gemensamma tillfällen", f"{ROW};start;plats;parter",
                lambda at: f"{BASE};20:00;centrum;{('kommunen', 'polisen')[at % 2]}"),
        in_rows("löpande totaler", SPAN, lambda at: f"a;p;{day(0)};{day(at)};{at + 1}"),
        in_rows("fallande totaler", SPAN, lambda at: f"a;p;{day(0)};{day(at)};{10 - at % 2}"),
        in_rows("överlappande totaler", SPAN, lambda at: f"a;p;{day(at)};{day(at + 2)};{at + 1}"),
        in_rows("flyttade", f"{ROW};läge;flyttad_till;avvikelser.vad;avvikelser.skäl",
                lambda at: f"a;p;{day(at)};flyttad;{day(at + 1)};sak;väder"),
        in_rows("korta rader", f"{ROW};text", lambda at: BASE),
        in_rows("långa rader", ROW, lambda at: f"{BASE};x;y"),
        in_rows("öppna citattecken", f"{ROW};text", lambda at: f'{BASE};"x'),
        in_rows("text efter citattecken", f"{ROW};text", lambda at: f'{BASE};"x" y'),
        in_rows("styrtecken", f"{ROW};text", lambda at: f"{BASE};x\x01y"),
        in_rows("radbrytningar i fält", f"{ROW};text", lambda at: f'{BASE};"x\ny"'),
        in_rows("samma månad som total", TOTAL, lambda at: "a;p;2020-03;5"),
        in_rows("månader som totaler", TOTAL, lambda at: f"a;p;{month(at)};5"),
        in_rows("veckor och månader som totaler", TOTAL, lambda at: f"a;p;{2000 + at % 50}-{MIXED[at % 4]};5"),
        in_cell("parter i ett fält", "parter", lambda at: f"part{at}"),
        in_cell("platser i ett fält", "plats", lambda at: f"plats{at}"),
        in_cell("rättelser i ett fält", "ersätter", lambda at: f"p/q#{at}"),
        in_cell("e-postadresser på en rad", "text", address),
        in_cell("personnummer på en rad", "text", number),
        in_cell("telefonnummer på en rad", "text", phone),
        in_cell("länkar på en rad", "text", lambda at: f"https://exempel.se/{at} 0700{at % 1000:03}"),
    ]  # fmt: skip


def _report_kinds() -> list[Kind]:
    return [
        in_report("avvikelser i en rapport", "avvikelser:\n", lambda at: f"  - {{vad: sak {at}, skäl: väder}}"),
        in_report("fel avvikelser i en rapport", "avvikelser:\n", lambda at: f"  - {{vd: sak {at}, skäl: vädr{at}}}"),
        in_report("avvikelser om okända moment", "avvikelser:\n", lambda at: f"  - {{vad: sak, moment: okänt{at}}}"),
        in_report("iakttagelser i en rapport", "iakttagelser:\n", lambda at: f"  - {{text: sak {at}, ansvarig: fältare}}"),
        in_report("iakttagelser med okänd ansvarig", "iakttagelser:\n", lambda at: f"  - {{text: sak, ansvarig: okänd{at}}}"),
        in_report("okända moment", "moment:\n", lambda at: f"  okänt{at}: ja"),
        in_report("okända uppgifter", "uppgifter:\n", lambda at: f"  okänt{at}: 1"),
        in_report("okända funktioner", "funktioner:\n", lambda at: f"  okänd{at}: 1"),
        in_report("okända platser", "plats:\n", lambda at: f"  - okänd{at}"),
        in_report("okända parter", "parter:\n", lambda at: f"  - okänd{at}"),
        in_report("okända nycklar", "", lambda at: f"okänd{at}: 1"),
        in_report("samma nyckel", "", lambda at: f"text: sak {at}"),
        in_report("ersätter i en rapport", "ersätter:\n", lambda at: f"  - p/q{at}"),
        in_report("kommentarer", "", lambda at: f"# kommentar {at}"),
        in_report("e-postadresser i kommentarer", "", lambda at: f"# hej {address(at)}"),
        in_report("tabbar", "iakttagelser:\n", lambda at: f"  - text:\tsak {at}"),
        in_report("ihopskrivna nycklar", "iakttagelser:\n", lambda at: f"  - text:sak{at}"),
        in_report("tomma i klamrar", "iakttagelser:\n", lambda at: f"  - {{text: sak, mörkt{at}}}"),
        in_report("ankare", "iakttagelser:\n", lambda at: f"  - text: &a{at} sak"),
        in_report("citerade", "iakttagelser:\n", lambda at: f"  - text: \"sak {at}\""),
        in_report("flera dokument", "", lambda at: f"---\na{at}: 1"),
        in_report("fel indrag", "iakttagelser:\n", lambda at: f"  - text: sak\n   åtgärd: x{at}"),
        in_text("adresser i en lång text", REPORT, _blocks),
        in_text("undantag", REPORT, _waived),
        in_text("undantag som inte behövs", REPORT, _needless),
    ]  # fmt: skip


def _target(at: int) -> str:
    return f"      - {{id: m{at}, minst: 1, enhet: gånger, per: år}}"


def _commitment(at: int) -> str:
    return f"  - {{id: b{at}, titel: Ett till, parter: [kommunen], ansvarig: fältare, mål: {{antal: utan måltal}}}}"


def _change(at: int, what: str) -> str:
    return f"      - {{datum: {day(at)}, vad: {what}, efter: minst 24, skäl: väder}}"


def _plan_kinds() -> list[Kind]:
    steps = "    moment:\n"
    return [
        in_plan("moment", "moment", steps, lambda at: f"      - {{id: m{at}, titel: Moment, varje: tillfälle}}"),
        in_plan("engångsmoment", "moment", steps, lambda at: f"      - {{id: m{at}, titel: Moment, senast: {day(at)}}}"),
        in_plan("samma moment", "moment", steps, lambda at: "      - {id: m, titel: Moment, varje: tillfälle}"),
        in_plan("moment med okänd ansvarig", "moment", steps, lambda at: f"      - {{id: m{at}, titel: M, ansvarig: okänd{at}}}"),
        in_plan("ändringar av målet", "åtagande", "    ändringar:\n", lambda at: _change(at, "mål")),
        in_plan("ändringar av okända moment", "åtagande", "    ändringar:\n", lambda at: _change(at, f"moment.m{at}")),
        in_plan("ändringar av planen", "plan", f"{DECIDED}ändringar:\n",
                lambda at: f"  - {{datum: {day(at)}, vad: åtagande.x{at}, skäl: väder}}"),
        in_plan("ändringar av planens okända", "plan", f"{DECIDED}ändringar:\n",
                lambda at: f"  - {{datum: {day(at)}, vad: okänd{at}, skäl: väder}}"),
        in_plan("ändringar av planens period", "plan", f"{DECIDED}ändringar:\n",
                lambda at: f"  - {{datum: {day(at)}, vad: period, före: 2000, efter: 2001, skäl: resurser}}"),
        Kind("ändringar av varsitt moment", PLAN_FILE, _changed_steps),
        in_plan("åtaganden", "åtaganden", "", _commitment, period=ONE_YEAR),
        in_plan("samma åtagande", "åtaganden", "", lambda at: _commitment(0)),
        in_plan("mål", "mål", "    mål:\n", _target, period=ONE_YEAR),
        in_plan("samma mål", "mål", "    mål:\n", lambda at: _target(0)),
        in_plan("parter", "parter", "  kommunen: Kommunen\n  polisen: P\n", lambda at: f"  p{at}: Part {at}"),
        in_plan("parter med samma namn", "parter", "  kommunen: Kommunen\n  polisen: P\n", lambda at: f"  p{at}: Part"),
        in_plan("funktioner", "funktioner", "  fältare: {titel: F, part: kommunen}\n",
                lambda at: f"  f{at}: {{titel: F, part: kommunen}}"),
        in_plan("funktioner hos okända parter", "funktioner", "  fältare: {titel: F, part: kommunen}\n",
                lambda at: f"  f{at}: {{titel: F, part: okänd{at}}}"),
        in_plan("platser", "platser", "  centrum: C\n", lambda at: f"  p{at}: Plats {at}"),
        in_plan("orsaker", "orsaker", "", lambda at: f"  {at + 1}: Orsak {at}"),
        in_plan("samma part", "parter", "  kommunen: Kommunen\n  polisen: P\n", lambda at: "  p: Part"),
        in_plan("pauser", "åtagande", "    pauser:\n", lambda at: f"      - {{från: {day(2 * at)}, till: {day(2 * at)}}}"),
        in_plan("pauser utanför", "åtagande", "    pauser:\n", lambda at: "      - {från: 1990-01-01, till: 1990-02-01}"),
        in_plan("tillfällen", "åtagande", "    tillfällen:\n", lambda at: f"      - {day(at)}"),
        in_plan("tillfällen utanför", "åtagande", "    tillfällen:\n", lambda at: "      - 1990-01-01"),
        in_list("fördelning", "mål", "    mål:\n      minst: 1\n      enhet: g\n      fördelning:\n        månad:", str),
        Kind("fördelning på perioder", PLAN_FILE, _phased),
        in_plan("terminer", "plan", f"{DECIDED}terminer:\n",
                lambda at: f"  {TERMS[at % 2]}{at // 2 + 1000}: [{day(at)}, {day(at)}]"),
        in_plan("avläsningar", "plan", f"{DECIDED}avläsningar:\n", lambda at: f"  - {day(at)}"),
        in_plan("källor", "plan", f"{DECIDED}källor:\n", lambda at: f"  - https://exempel.se/{at}"),
        in_plan("fel källor", "plan", f"{DECIDED}källor:\n", lambda at: f"  - exempel{at}"),
        in_plan("okända nycklar i planen", "plan", DECIDED, lambda at: f"okänd{at}: 1"),
        in_plan("okända nycklar i ett åtagande", "åtagande", "", lambda at: f"    okänd{at}: 1"),
        in_list("okända orsaker", "åtagande", "    orsaker:", lambda at: f"x{at}"),
        in_list("villkor på okända platser", "mål", "    mål:\n      minst: 5\n      villkor:\n        platser:",
                lambda at: f"okänd{at}"),
        in_list("väntade funktioner", "åtagande", "    förväntan:\n      funktioner:", lambda at: f"okänd{at}"),
        in_plan("villkor på okända uppgifter", "mål", "    mål:\n      minst: 5\n      villkor:\n        uppgifter:\n",
                lambda at: f"          okänd{at}: x"),
        Kind("planer", "plans", lambda number: {FORM_FILE: FORM, **{
            f"plans/p{at}.yaml": plan(plan="").replace("plan: p\n", f"plan: p{at}\n", 1) for at in range(number)}}),
        Kind("samma plan", "plans", lambda number: {FORM_FILE: FORM, **{f"plans/p{at}.yaml": plan() for at in range(number)}}),
    ]  # fmt: skip


def _phased(number: int) -> Files:
    shares = many(number, lambda at: f"        {day(at)}: 1")
    return {PLAN_FILE: plan(mål=f"    mål:\n      minst: {number}\n      enhet: g\n      fördelning:\n{shares}"), FORM_FILE: FORM}


def _changed_steps(number: int) -> Files:
    steps = "    moment:\n" + many(number, lambda at: f"      - {{id: m{at}, titel: M}}")
    changes = "    ändringar:\n" + many(number, lambda at: f"      - {{datum: 2020-01-01, vad: moment.m{at}, skäl: väder}}")
    return {PLAN_FILE: plan(moment=steps, åtagande=changes), FORM_FILE: FORM}


def _judgements(number: int) -> Files:
    verdicts = many(number, lambda at: f"  b{at}: {{genomförande: delvis, motivering: Så}}")
    head = "bedömning: 2020\nplan: p\ndatum: 2020-12-31\nav: styrgruppen\nåtaganden:\n"
    return project(JUDGEMENT, head + verdicts)


def _judged(number: int) -> Files:
    return _judgements(number) | {PLAN_FILE: plan(åtaganden=many(number, _commitment), period=ONE_YEAR)}


def _mapping(line: Callable[[int], str], lead: str) -> Callable[[int], Files]:
    head = "mappning: m\nplan: p\nåtagande: a\nkolumner:\n  Datum: datum\n  Samtal: uppgifter.samtal\n"
    return lambda number: project(MAPPING, head + lead + many(number, line))


def _steps_and_answers(number: int) -> Files:
    steps = "    moment:\n" + many(number, lambda at: f"      - {{id: m{at}, titel: Moment, varje: tillfälle}}")
    answers = "moment:\n" + many(number, lambda at: f"  m{at}: ja")
    wrongs = "avvikelser:\n" + many(number, lambda at: f"  - {{vad: sak, moment: m{at}, skäl: väder}}")
    head = "åtagande: a\nplan: p\ndatum: 2020-03-01\n"
    return {PLAN_FILE: plan(moment=steps), FORM_FILE: FORM, REPORT: head + answers + wrongs}


def _other_kinds() -> list[Kind]:
    head = "åtagande: a\nplan: p\n"
    return [
        Kind("bedömda åtaganden", JUDGEMENT, _judged),
        Kind("bedömda okända åtaganden", JUDGEMENT, _judgements),
        Kind("svar om varje moment", REPORT, _steps_and_answers),
        Kind("kolumner i en mappning", MAPPING, _mapping(lambda at: f"  Kolumn {at}: uppgifter.rutt{at}", "")),
        Kind("samma mål i en mappning", MAPPING, _mapping(lambda at: f"  Kolumn {at}: uppgifter.rutt", "")),
        Kind("ord i en mappning", MAPPING, _mapping(lambda at: f"    ord {at}: bra", "värden:\n  uppgifter.samtal:\n")),
        in_many_files("filer", lambda at: f"{head}datum: {day(at)}\nstart: 20:00\nplats: centrum\n"),
        in_many_files("filer med okänd plats", lambda at: f"{head}datum: {day(at)}\nplats: okänd{at}\n"),
        in_many_files("filer samma dag", lambda at: f"{head}datum: 2020-03-01\n"),
        in_many_files("filer med samma kvitto", lambda at: f"{head}datum: {day(at)}\nkvitto: k-1\n"),
        in_many_files("filer i kedja", lambda at: f"{head}datum: 2020-03-01\n" + (
            f"ersätter: p/{(at - 1) // 500:03}/r{at - 1:05}\n" if at else "")),
        in_many_files("filer bredvid rader", lambda at: f"{head}datum: {day(at)}\n", lambda number: {
            ROWS: f"{ROW}\n{many(number, lambda at: f'a;p;{day(at)}')}"}),
        in_many_files("filer med löpande totaler", lambda at:
                      f"{head}period: {{från: 2000-01-01, till: {day(at)}}}\nantal: {at + 1}\n"),
        in_many_files("filer med överlappande totaler", lambda at:
                      f"{head}period: {{från: {day(at)}, till: {day(at + 2)}}}\nantal: 1\n"),
        in_many_files("filer med inneslutna totaler", lambda at:
                      f"{head}period: {{från: {day(at % 9999)}, till: {day(19_999 - at % 9999)}}}\nantal: 1\n"),
    ]  # fmt: skip


KINDS: tuple[Kind, ...] = (
    *_row_kinds(),
    *_report_kinds(),
    *_plan_kinds(),
    *_part_kinds(),
    *_series_kinds(),
    *_other_kinds(),
)
