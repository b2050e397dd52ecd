"""What may be many in a stranger's files: for each kind a small project with `n` of it, and with one.

Every kind has its own file (`file`) that grows; the rest of the project is small. None is larger than a file may be at 10 000.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

Files = dict[str, str]
PLAN_FILE, FORM_FILE = "plans/p.yaml", "plans/snabbrapporter/f.yaml"
ROWS, REPORT = "reports/p/r.csv", "reports/p/r.yaml"
SERIES, ABOUT_SERIES = "reports/indikatorer/i.csv", "plans/indikatorer/i.yaml"
MAPPING = "plans/mappningar/m.yaml"
JUDGEMENT = "reports/bedomningar/p-2020.yaml"
FIRST = date(2000, 1, 1)
DAYS = 20_000
"""From the first of 2000 to long after: each of as many reports can have its own day."""


class Kind(NamedTuple):
    """So many of something: the project's files, made from how many, and the one that grows with them."""

    name: str
    file: str
    files: Callable[[int], Files]


def _day(number: int) -> str:
    return str(FIRST + timedelta(days=number % DAYS))


def _many(number: int, line: Callable[[int], str]) -> str:
    return "".join(f"{line(at)}\n" for at in range(number))


def plan(**more: str) -> str:
    """A plan with one commitment; `more` are parts by name, written as they stand, for what is not as usual."""
    part = {
        "parter": "  kommunen: Kommunen\n  polisen: Polisen\n",
        "funktioner": "  fältare: {titel: Fältare, part: kommunen}\n",
        "platser": "  centrum: Centrum\n  norra: Norra\n",
        "orsaker": "  1: Mörkt\n",
        "mål": "    mål: {minst: 24, enhet: gånger, per: år}\n",
        "moment": "    moment:\n      - {id: samling, titel: Samling, varje: tillfälle}\n",
        "plan": "",
        "åtagande": "",
        "åtaganden": "",
    } | more
    return (
        "plan: p\ntitel: En plan\ntyp: annan\nperiod: {från: 2000-01-01, till: 2054-12-31}\n"
        f"{part['plan']}parter:\n{part['parter']}funktioner:\n{part['funktioner']}platser:\n{part['platser']}"
        f"orsaker:\n{part['orsaker']}åtaganden:\n  - id: a\n    titel: Ett åtagande\n    parter: [kommunen]\n"
        f"    ansvarig: fältare\n{part['mål']}{part['moment']}    snabbrapport: f\n{part['åtagande']}{part['åtaganden']}"
    )


FORM = """snabbrapport: f
titel: Blankett
fält:
  samtal: {typ: antal, fråga: Hur många?}
  prat: {typ: antal, ingår_i: samtal}
  hur: {typ: val, av: [bra, mindre bra]}
  rutt: {typ: text}
"""


def _project(file: str, text: str, **others: str) -> Files:
    return {PLAN_FILE: plan(), FORM_FILE: FORM, file: text}


def in_rows(name: str, header: str, row: Callable[[int], str], **more: str) -> Kind:
    """So many rows of a table; `more` are the parts of the plan that are not as usual."""

    def files(number: int) -> Files:
        return _project(ROWS, f"{header}\n{_many(number, row)}") | ({PLAN_FILE: plan(**more)} if more else {})

    return Kind(name, ROWS, files)


def in_report(name: str, lead: str, line: Callable[[int], str], end: str = "") -> Kind:
    """So many lines in a report."""
    head = "åtagande: a\nplan: p\ndatum: 2020-03-01\n"
    return Kind(name, REPORT, lambda number: _project(REPORT, f"{head}{lead}{_many(number, line)}{end}"))


def in_plan(name: str, part: str, lead: str, line: Callable[[int], str], end: str = "", **more: str) -> Kind:
    """So many lines in a part of the plan."""

    def files(number: int) -> Files:
        return {PLAN_FILE: plan(**{part: f"{lead}{_many(number, line)}{end}"} | more), FORM_FILE: FORM}

    return Kind(name, PLAN_FILE, files)


def in_form(name: str, line: Callable[[int], str], lead: str = "fält:\n", end: str = "") -> Kind:
    """So many lines in a form."""

    def files(number: int) -> Files:
        text = f"snabbrapport: f\ntitel: Blankett\n{lead}{_many(number, line)}{end}"
        return {PLAN_FILE: plan(), FORM_FILE: text, REPORT: "åtagande: a\nplan: p\ndatum: 2020-03-01\n"}

    return Kind(name, FORM_FILE, files)


def in_cell(name: str, column: str, word: Callable[[int], str], between: str = ", ") -> Kind:
    """So many words in one cell of a table with one row."""

    def files(number: int) -> Files:
        return _project(ROWS, f'åtagande;plan;datum;{column}\na;p;2020-03-01;"{between.join(map(word, range(number)))}"\n')

    return Kind(name, ROWS, files)


def _listed(words: Iterable[str]) -> str:
    return f"[{', '.join(words)}]"


def in_list(name: str, part: str, key: str, word: Callable[[int], str], **more: str) -> Kind:
    """So many words in one list of the plan, on one line."""
    return Kind(
        name,
        PLAN_FILE,
        lambda number: {PLAN_FILE: plan(**{part: f"{key} {_listed(map(word, range(number)))}\n"} | more), FORM_FILE: FORM},
    )


def in_many_files(name: str, text: Callable[[int], str], more: Callable[[int], Mapping[str, str]] = lambda number: {}) -> Kind:
    """So many reports in files of their own; the reading of all of them is what is grown with."""

    def files(number: int) -> Files:
        reports = {f"reports/p/{at // 500:03}/r{at:05}.yaml": text(at) for at in range(number)}
        return {PLAN_FILE: plan(), FORM_FILE: FORM, **reports, **more(number)}

    return Kind(name, "reports", files)


def in_series(name: str, row: Callable[[int], str], about: Callable[[int], str] = lambda number: "") -> Kind:
    """So many rows of a series."""

    def files(number: int) -> Files:
        text = f"indikator: i\ntitel: Serie\nkälla: K\n{about(number)}"
        return {PLAN_FILE: plan(), FORM_FILE: FORM, ABOUT_SERIES: text, SERIES: f"område;månad;antal\n{_many(number, row)}"}

    return Kind(name, SERIES, files)


def in_text(name: str, file: str, text: Callable[[int], str]) -> Kind:
    """So many of something in a file of its own."""
    return Kind(name, file, lambda number: _project(file, text(number)))


def _address(at: int) -> str:
    return f"namn{at}@exempel{at}.se"


def _number(at: int) -> str:
    """A personal number that nobody has, with its check digit: the day before the century's turn and a running number."""
    digits = f"{(date(1920, 1, 1) + timedelta(days=at // 1000)):%y%m%d}{at % 1000:03}"
    total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(digits))
    return f"{digits[:6]}-{digits[6:]}{-total % 10}"


def _phone(at: int) -> str:
    return f"070-{at % 1000:03} {at // 1000 % 100:02} 00"


_ROW = "åtagande;plan;datum"
_TOTAL = "åtagande;plan;period;antal"
_SPAN = "åtagande;plan;period.från;period.till;antal"
_BASE = "a;p;2020-03-01"


_MONTHS = 12


def _month(at: int) -> str:
    return f"{2000 + at // _MONTHS % 55}-{at % _MONTHS + 1:02}"


def _series_kinds() -> list[Kind]:
    """Areas, months and areas within areas."""

    def nested(number: int) -> str:
        return f"rymmer:\n{_many(number, lambda at: f'  o{at}: [o{at + 1}]')}"

    return [
        in_series("områden i en serie", lambda at: f"o{at};2020-01;1"),
        in_series("månader i en serie", lambda at: f"o{at // 600};{_month(at % 600)};{at % 7}"),
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
    return _project(ROWS, f"{_ROW};id;ersätter\n{_BASE};0;\n" + _many(number, lambda at: f"{_BASE};{at + 1};p/r#{at}"))


def _chain_back(number: int) -> Files:
    rows = _many(number, lambda at: f"{_BASE};{number - at};p/r#{number - at - 1}")
    return _project(ROWS, f"{_ROW};id;ersätter\n{rows}{_BASE};0;\n")


def _ring(number: int) -> Files:
    return _project(ROWS, f"{_ROW};id;ersätter\n" + _many(number, lambda at: f"{_BASE};{at};p/r#{(at + 1) % number}"))


def _all_of(number: int) -> Files:
    old = ", ".join(f"p/r#{at}" for at in range(number))
    return _project(ROWS, f'{_ROW};id;ersätter\n{_many(number, lambda at: f"{_BASE};{at};")}{_BASE};x;"{old}"\n')


def _header(number: int) -> Files:
    names = ";".join(f"okänd{at}" for at in range(number))
    return _project(ROWS, f"{_ROW};{names}\n{_BASE}{';x' * number}\n")


def _header_facts(number: int) -> Files:
    names = ";".join(f"uppgifter.okänd{at}" for at in range(number))
    return _project(ROWS, f"{_ROW};{names}\n{_BASE}{';1' * number}\n")


def _same_columns(number: int) -> Files:
    return _project(ROWS, f"{_ROW}{';text' * number}\n{_BASE}{';x' * number}\n")


def _no_columns(number: int) -> Files:
    return _project(ROWS, f"{_ROW}{';' * number}\n{_BASE}{';x' * number}\n")


def _blocks(number: int) -> str:
    return f"åtagande: a\nplan: p\ndatum: 2020-03-01\ntext: |\n{_many(number, lambda at: f'  hej {_address(at)} och')}"


def _waived(number: int) -> str:
    lines = _many(number, lambda at: f"  - text: hej {_address(at)} # undantag I102: funktionsbrevlåda")
    return f"åtagande: a\nplan: p\ndatum: 2020-03-01\niakttagelser:\n{lines}"


def _needless(number: int) -> str:
    lines = _many(number, lambda at: f"  - text: hej {at} # undantag I102: funktionsbrevlåda")
    return f"åtagande: a\nplan: p\ndatum: 2020-03-01\niakttagelser:\n{lines}"


def _parts(number: int, whole: Callable[[int], str], answers: bool) -> Files:
    fields = "fält:\n  f0: {typ: antal}\n" + _many(number, lambda at: f"  f{at + 1}: {{typ: antal, ingår_i: {whole(at)}}}")
    facts = "uppgifter:\n" + _many(number, lambda at: f"  f{at}: {at}") if answers else ""
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
        in_rows("rader", f"{_ROW};start;plats", lambda at: f"a;p;{_day(at)};20:00;centrum"),
        in_rows("e-postadress på varje rad", f"{_ROW};text", lambda at: f"{_BASE};hej {_address(at)}"),
        in_rows("personnummer på varje rad", f"{_ROW};text", lambda at: f"{_BASE};hej {_number(at)}"),
        in_rows("telefonnummer på varje rad", f"{_ROW};text", lambda at: f"{_BASE};ring {_phone(at)}"),
        in_rows("fel datum", _ROW, lambda at: f"a;p;2020-13-{at}"),
        in_rows("okänt åtagande", _ROW, lambda at: f"okänt{at};p;2020-03-01"),
        in_rows("okänd plan", _ROW, lambda at: f"a;okänd{at};2020-03-01"),
        in_rows("okänd plats", f"{_ROW};plats", lambda at: f"{_BASE};okänd{at}"),
        in_rows("okänd part", f"{_ROW};parter", lambda at: f"{_BASE};okänd{at}"),
        in_rows("okänd rapportör", f"{_ROW};rapportör", lambda at: f"{_BASE};okänd{at}"),
        in_rows("fel val", f"{_ROW};uppgifter.hur", lambda at: f"{_BASE};okänd{at}"),
        in_rows("fel tal", f"{_ROW};uppgifter.samtal", lambda at: f"{_BASE};okänd{at}"),
        in_rows("delen större än det hela", f"{_ROW};uppgifter.samtal;uppgifter.prat", lambda at: f"{_BASE};{at};{at + 1}"),
        in_rows("avvikelser utan skäl", f"{_ROW};läge", lambda at: f"a;p;{_day(at)};inställd"),
        in_rows("avvikelser", f"{_ROW};avvikelser.vad;avvikelser.skäl", lambda at: f"a;p;{_day(at)};sak {at};väder"),
        in_rows("iakttagelser", f"{_ROW};iakttagelser.text", lambda at: f"a;p;{_day(at)};sak {at}"),
        in_rows("samma id", f"{_ROW};id", lambda at: f"a;p;{_day(at)};x"),
        in_rows("samma kvitto", f"{_ROW};kvitto", lambda at: f"a;p;{_day(at)};k-1"),
        in_rows("olika kvitton", f"{_ROW};kvitto", lambda at: f"a;p;{_day(at)};k-{at}"),
        in_rows("rättelser av en och samma", f"{_ROW};id;ersätter", lambda at: f"{_BASE};{at};p/r#0"),
        in_rows("rättelser av en som saknas", f"{_ROW};id;ersätter", lambda at: f"{_BASE};{at};p/q#{at}"),
        in_rows("rättelser av sig själv", f"{_ROW};id;ersätter", lambda at: f"{_BASE};{at};p/r#{at}"),
        Kind("rättelser i kedja", ROWS, _chain),
        Kind("rättelser i kedja bakåt", ROWS, _chain_back),
        Kind("rättelser i ring", ROWS, _ring),
        Kind("en rättelse av många", ROWS, _all_of),
        Kind("okända kolumner", ROWS, _header),
        Kind("okända uppgifter i rubrikraden", ROWS, _header_facts),
        Kind("samma kolumn", ROWS, _same_columns),
        Kind("kolumner utan namn", ROWS, _no_columns),
        in_rows("rapporter samma dag", _ROW, lambda at: _BASE),
        in_rows("rapporter samma dag, olika svar", f"{_ROW};uppgifter.samtal", lambda at: f"{_BASE};{at}"),
        in_rows("rapporter samma dag, start", f"{_ROW};start;plats;parter",
                lambda at: f"{_BASE};20:{at % 60:02};centrum;{('kommunen', 'polisen')[at % 2]}"),
        in_rows("rapporter samma dag, somliga svar", f"{_ROW};uppgifter.samtal;uppgifter.prat;uppgifter.rutt;slut",
                lambda at: f"{_BASE};{at if at & 1 else ''};{at if at & 2 else ''};{at if at & 4 else ''};"
                           f"{f'2{at % 3}:{at % 60:02}' if at & 8 else ''}"),
        in_rows("gemensamma tillfällen", f"{_ROW};start;plats;parter",
                lambda at: f"{_BASE};20:00;centrum;{('kommunen', 'polisen')[at % 2]}"),
        in_rows("löpande totaler", _SPAN, lambda at: f"a;p;{_day(0)};{_day(at)};{at + 1}"),
        in_rows("fallande totaler", _SPAN, lambda at: f"a;p;{_day(0)};{_day(at)};{10 - at % 2}"),
        in_rows("överlappande totaler", _SPAN, lambda at: f"a;p;{_day(at)};{_day(at + 2)};{at + 1}"),
        in_rows("flyttade", f"{_ROW};läge;flyttad_till;avvikelser.vad;avvikelser.skäl",
                lambda at: f"a;p;{_day(at)};flyttad;{_day(at + 1)};sak;väder"),
        in_rows("korta rader", f"{_ROW};text", lambda at: _BASE),
        in_rows("långa rader", _ROW, lambda at: f"{_BASE};x;y"),
        in_rows("öppna citattecken", f"{_ROW};text", lambda at: f'{_BASE};"x'),
        in_rows("text efter citattecken", f"{_ROW};text", lambda at: f'{_BASE};"x" y'),
        in_rows("styrtecken", f"{_ROW};text", lambda at: f"{_BASE};x\x01y"),
        in_rows("radbrytningar i fält", f"{_ROW};text", lambda at: f'{_BASE};"x\ny"'),
        in_rows("samma månad som total", _TOTAL, lambda at: "a;p;2020-03;5"),
        in_rows("månader som totaler", _TOTAL, lambda at: f"a;p;{_month(at)};5"),
        in_rows("veckor och månader som totaler", _TOTAL, lambda at: f"a;p;{2000 + at % 50}-{('W10', '03', 'K1', 'H1')[at % 4]};5"),
        in_cell("parter i ett fält", "parter", lambda at: f"part{at}"),
        in_cell("platser i ett fält", "plats", lambda at: f"plats{at}"),
        in_cell("rättelser i ett fält", "ersätter", lambda at: f"p/q#{at}"),
        in_cell("e-postadresser på en rad", "text", _address),
        in_cell("personnummer på en rad", "text", _number),
        in_cell("telefonnummer på en rad", "text", _phone),
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
        in_report("e-postadresser i kommentarer", "", lambda at: f"# hej {_address(at)}"),
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
    return f"      - {{datum: {_day(at)}, vad: {what}, före: minst {at}, efter: minst {at + 1}, skäl: resurser, beslut: s}}"


def _plan_kinds() -> list[Kind]:
    steps = "    moment:\n"
    return [
        in_plan("moment", "moment", steps, lambda at: f"      - {{id: m{at}, titel: Moment, varje: tillfälle}}"),
        in_plan("engångsmoment", "moment", steps, lambda at: f"      - {{id: m{at}, titel: Moment, senast: {_day(at)}}}"),
        in_plan("samma moment", "moment", steps, lambda at: "      - {id: m, titel: Moment, varje: tillfälle}"),
        in_plan("moment med okänd ansvarig", "moment", steps, lambda at: f"      - {{id: m{at}, titel: M, ansvarig: okänd{at}}}"),
        in_plan("ändringar av målet", "åtagande", "    ändringar:\n", lambda at: _change(at, "mål")),
        in_plan("ändringar av okända moment", "åtagande", "    ändringar:\n", lambda at: _change(at, f"moment.m{at}")),
        in_plan("ändringar av planen", "plan", "ändringar:\n",
                lambda at: f"  - {{datum: {_day(at)}, vad: åtagande.x{at}, före: finns, efter: borta, skäl: resurser}}"),
        in_plan("ändringar av planens okända", "plan", "ändringar:\n",
                lambda at: f"  - {{datum: {_day(at)}, vad: okänd{at}, skäl: resurser}}"),
        in_plan("ändringar av planens period", "plan", "ändringar:\n",
                lambda at: f"  - {{datum: {_day(at)}, vad: period, före: 2000, efter: 2001, skäl: resurser}}"),
        Kind("ändringar av varsitt moment", PLAN_FILE, _changed_steps),
        in_plan("åtaganden", "åtaganden", "", _commitment),
        in_plan("samma åtagande", "åtaganden", "", lambda at: _commitment(0)),
        in_plan("mål", "mål", "    mål:\n", _target),
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
        in_plan("pauser", "åtagande", "    pauser:\n", lambda at: f"      - {{från: {_day(2 * at)}, till: {_day(2 * at)}}}"),
        in_plan("pauser utanför", "åtagande", "    pauser:\n", lambda at: "      - {från: 1990-01-01, till: 1990-02-01}"),
        in_plan("tillfällen", "åtagande", "    tillfällen:\n", lambda at: f"      - {_day(at)}"),
        in_plan("tillfällen utanför", "åtagande", "    tillfällen:\n", lambda at: "      - 1990-01-01"),
        in_list("fördelning", "mål", "    mål:\n      minst: 1\n      enhet: g\n      fördelning:\n        månad:", str),
        in_plan("fördelning på perioder", "mål", "    mål:\n      minst: 5\n      enhet: g\n      fördelning:\n",
                lambda at: f"        {_day(at)}: 1"),
        in_plan("terminer", "plan", "terminer:\n", lambda at: f"  VT{at % 9000 + 1000}: [{_day(at)}, {_day(at)}]"),
        in_plan("avläsningar", "plan", "avläsningar:\n", lambda at: f"  - {_day(at)}"),
        in_plan("källor", "plan", "källor:\n", lambda at: f"  - https://exempel.se/{at}"),
        in_plan("fel källor", "plan", "källor:\n", lambda at: f"  - exempel{at}"),
        in_plan("okända nycklar i planen", "plan", "", lambda at: f"okänd{at}: 1"),
        in_plan("okända nycklar i ett åtagande", "åtagande", "", lambda at: f"    okänd{at}: 1"),
        in_list("okända orsaker", "åtagande", "    orsaker:", lambda at: f"x{at}"),
        in_list("villkor på okända platser", "mål", "    mål:\n      minst: 5\n      villkor:\n        platser:",
                lambda at: f"okänd{at}"),
        in_list("väntade funktioner", "åtagande", "    förväntan:\n      funktioner:", lambda at: f"okänd{at}"),
        in_plan("villkor på okända uppgifter", "mål", "    mål:\n      minst: 5\n      villkor:\n        uppgifter:\n",
                lambda at: f"          okänd{at}: x"),
        Kind("planer", "plans", lambda number: {FORM_FILE: FORM, **{
            f"plans/p{at}.yaml": plan().replace("plan: p\n", f"plan: p{at}\n", 1) for at in range(number)}}),
        Kind("samma plan", "plans", lambda number: {FORM_FILE: FORM, **{f"plans/p{at}.yaml": plan() for at in range(number)}}),
    ]  # fmt: skip


def _changed_steps(number: int) -> Files:
    steps = "    moment:\n" + _many(number, lambda at: f"      - {{id: m{at}, titel: Moment, varje: tillfälle}}")
    changes = "    ändringar:\n" + _many(
        number, lambda at: f"      - {{datum: 2020-01-01, vad: moment.m{at}, efter: x, skäl: resurser}}"
    )
    return {PLAN_FILE: plan(moment=steps, åtagande=changes), FORM_FILE: FORM}


def _judgements(number: int) -> Files:
    verdicts = _many(number, lambda at: f"  b{at}: {{genomförande: delvis, motivering: Så}}")
    head = "bedömning: 2020\nplan: p\ndatum: 2020-12-31\nav: styrgruppen\nåtaganden:\n"
    return _project(JUDGEMENT, head + verdicts)


def _judged(number: int) -> Files:
    return _judgements(number) | {PLAN_FILE: plan(åtaganden=_many(number, _commitment))}


def _mapping(line: Callable[[int], str], lead: str) -> Callable[[int], Files]:
    head = "mappning: m\nplan: p\nåtagande: a\nkolumner:\n  Datum: datum\n  Samtal: uppgifter.samtal\n"
    return lambda number: _project(MAPPING, head + lead + _many(number, line))


def _steps_and_answers(number: int) -> Files:
    steps = "    moment:\n" + _many(number, lambda at: f"      - {{id: m{at}, titel: Moment, varje: tillfälle}}")
    answers = "moment:\n" + _many(number, lambda at: f"  m{at}: ja")
    wrongs = "avvikelser:\n" + _many(number, lambda at: f"  - {{vad: sak, moment: m{at}, skäl: väder}}")
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
        in_many_files("filer", lambda at: f"{head}datum: {_day(at)}\nstart: 20:00\nplats: centrum\n"),
        in_many_files("filer med okänd plats", lambda at: f"{head}datum: {_day(at)}\nplats: okänd{at}\n"),
        in_many_files("filer samma dag", lambda at: f"{head}datum: 2020-03-01\n"),
        in_many_files("filer med samma kvitto", lambda at: f"{head}datum: {_day(at)}\nkvitto: k-1\n"),
        in_many_files("filer i kedja", lambda at: f"{head}datum: 2020-03-01\n" + (
            f"ersätter: p/{(at - 1) // 500:03}/r{at - 1:05}\n" if at else "")),
        in_many_files("filer bredvid rader", lambda at: f"{head}datum: {_day(at)}\n", lambda number: {
            ROWS: f"{_ROW}\n{_many(number, lambda at: f'a;p;{_day(at)}')}"}),
        in_many_files("filer med löpande totaler", lambda at:
                      f"{head}period: {{från: 2000-01-01, till: {_day(at)}}}\nantal: {at + 1}\n"),
        in_many_files("filer med överlappande totaler", lambda at:
                      f"{head}period: {{från: {_day(at)}, till: {_day(at + 2)}}}\nantal: 1\n"),
        in_many_files("filer med inneslutna totaler", lambda at:
                      f"{head}period: {{från: {_day(at % 9999)}, till: {_day(19_999 - at % 9999)}}}\nantal: 1\n"),
    ]  # fmt: skip


KINDS: tuple[Kind, ...] = (
    *_row_kinds(),
    *_report_kinds(),
    *_plan_kinds(),
    *_part_kinds(),
    *_series_kinds(),
    *_other_kinds(),
)
