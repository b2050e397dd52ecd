"""Small projects with so many of something in one of their files: the pieces that the kinds of `growth_kinds` are made of."""

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
DECIDED = "beslut: {datum: 1999-12-01}\n"
FIRST = date(2000, 1, 1)
ONE_YEAR = "2020"
"""The period of a plan where what is many is followed up month by month, each of them."""
DAYS = 20_000
"""From the first of 2000 to long after: each of as many reports can have its own day."""


class Kind(NamedTuple):
    """So many of something: the project's files, made from how many, and the one that grows with them."""

    name: str
    file: str
    files: Callable[[int], Files]

    @property
    def one_file(self) -> bool:
        """Whether it grows within one file, and not in how many files there are."""
        return "." in self.file


def day(number: int) -> str:
    return str(FIRST + timedelta(days=number % DAYS))


def many(number: int, line: Callable[[int], str]) -> str:
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
        "period": "{från: 2000-01-01, till: 2054-12-31}",
        "plan": DECIDED,
        "åtagande": "",
        "åtaganden": "",
    } | more
    return (
        f"plan: p\ntitel: En plan\ntyp: annan\nperiod: {part['period']}\n"
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


def project(file: str, text: str, **others: str) -> Files:
    return {PLAN_FILE: plan(), FORM_FILE: FORM, file: text}


def in_rows(name: str, header: str, row: Callable[[int], str], **more: str) -> Kind:
    """So many rows of a table; `more` are the parts of the plan that are not as usual."""

    def files(number: int) -> Files:
        return project(ROWS, f"{header}\n{many(number, row)}") | ({PLAN_FILE: plan(**more)} if more else {})

    return Kind(name, ROWS, files)


def in_report(name: str, lead: str, line: Callable[[int], str], end: str = "") -> Kind:
    """So many lines in a report."""
    head = "åtagande: a\nplan: p\ndatum: 2020-03-01\n"
    return Kind(name, REPORT, lambda number: project(REPORT, f"{head}{lead}{many(number, line)}{end}"))


def in_plan(name: str, part: str, lead: str, line: Callable[[int], str], end: str = "", **more: str) -> Kind:
    """So many lines in a part of the plan."""

    def files(number: int) -> Files:
        return {PLAN_FILE: plan(**{part: f"{lead}{many(number, line)}{end}"} | more), FORM_FILE: FORM}

    return Kind(name, PLAN_FILE, files)


def in_form(name: str, line: Callable[[int], str], lead: str = "fält:\n", end: str = "") -> Kind:
    """So many lines in a form."""

    def files(number: int) -> Files:
        text = f"snabbrapport: f\ntitel: Blankett\n{lead}{many(number, line)}{end}"
        return {PLAN_FILE: plan(), FORM_FILE: text, REPORT: "åtagande: a\nplan: p\ndatum: 2020-03-01\n"}

    return Kind(name, FORM_FILE, files)


def in_cell(name: str, column: str, word: Callable[[int], str], between: str = ", ") -> Kind:
    """So many words in one cell of a table with one row."""

    def files(number: int) -> Files:
        return project(ROWS, f'åtagande;plan;datum;{column}\na;p;2020-03-01;"{between.join(map(word, range(number)))}"\n')

    return Kind(name, ROWS, files)


def listed(words: Iterable[str]) -> str:
    return f"[{', '.join(words)}]"


def in_list(name: str, part: str, key: str, word: Callable[[int], str], **more: str) -> Kind:
    """So many words in one list of the plan, on one line."""
    return Kind(
        name,
        PLAN_FILE,
        lambda number: {PLAN_FILE: plan(**{part: f"{key} {listed(map(word, range(number)))}\n"} | more), FORM_FILE: FORM},
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
        return {PLAN_FILE: plan(), FORM_FILE: FORM, ABOUT_SERIES: text, SERIES: f"område;månad;antal\n{many(number, row)}"}

    return Kind(name, SERIES, files)


def in_text(name: str, file: str, text: Callable[[int], str]) -> Kind:
    """So many of something in a file of its own."""
    return Kind(name, file, lambda number: project(file, text(number)))


def address(at: int) -> str:
    return f"namn{at}@exempel{at}.se"


def number(at: int) -> str:
    """A personal number that nobody has, with its check digit: the day before the century's turn and a running number."""
    digits = f"{(date(1920, 1, 1) + timedelta(days=at // 1000)):%y%m%d}{at % 1000:03}"
    total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(digits))
    return f"{digits[:6]}-{digits[6:]}{-total % 10}"


def phone(at: int) -> str:
    return f"070-{at % 1000:03} {at // 1000 % 100:02} 00"


ROW = "åtagande;plan;datum"
TOTAL = "åtagande;plan;period;antal"
SPAN = "åtagande;plan;period.från;period.till;antal"
BASE = "a;p;2020-03-01"


MONTHS = 12


def month(at: int) -> str:
    return f"{2000 + at // MONTHS % 55}-{at % MONTHS + 1:02}"
