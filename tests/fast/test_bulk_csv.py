"""Files read in columns amount to the same as the same files read row by row."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from bench.generate import generate
from tests.projects import FORM, HEAD
from tests.rules.project_pieces import EXAMPLES, base
from tests.rules.test_examples import files_of
from uppfoljning.domain.entry import Entry
from uppfoljning.fast.aggregation import grain_of, manner
from uppfoljning.fast.bulk_csv.head import BulkRefusal, Piece, head_of, read_handed
from uppfoljning.fast.bulk_csv.reading import read_columns
from uppfoljning.fast.partial import Owner, Partial, receipt_sum, unit_of
from uppfoljning.files.source import Folder
from uppfoljning.followup.table import Selection, follow_up
from uppfoljning.followup.view import View
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.views.status import status_text
from uppfoljning.project.file_result import read_file
from uppfoljning.project.load import ProjectContext
from uppfoljning.project.reports import Reports

pytest.importorskip("duckdb")

TARGETS = {
    "summor": """\
      - {id: a, minst: 40, enhet: tillfällen, per: år}
      - {id: b, antal: löpande, enhet: samtal, räknar: samtal}
      - {id: c, högst: 300, enhet: km, räknar: km}
      - {id: f, minst: 2, enhet: tillfällen, varje: månad}
""",
    "villkor": """\
      - {id: d, minst: 5, enhet: butiker, räknar: {unika: butik}}
      - {id: e, minst: 60 %, enhet: andel, räknar: {täljare: nådda, nämnare: kontaktade}}
      - {id: g, minst: 5, enhet: tillfällen, villkor: {platser: [torget], veckodagar: [fre, lör], tid: "20:00-02:00"}}
      - {id: h, minst: 5, enhet: tillfällen, villkor: {funktioner: {värd: 3}, uppgifter: {sort: fast, trakt: norr}}}
""",
    "enkelt": "      - {id: a, minst: 3, enhet: tillfällen}\n",
}
COMMITMENT = """\
  - id: {id}
    titel: {id}
    parter: [kommunen, klubben]
    ansvarig: värd
    snabbrapport: prov
    moment:
      - {{id: samling, titel: Samling, ansvarig: värd, varje: tillfälle}}
    uppföljning: {{rapporteras: månad, anstånd: 7, rapportör: värd}}
    mål:
{targets}"""
WIDE_FORM = (
    FORM.replace("  samtal: {typ: antal}", "  samtal: {typ: antal, krävs: ja, högst: 200}").replace(
        "  butik: {typ: text}",
        "  butik: {typ: text}\n  väg: {typ: text}\n  trakt: {typ: text}\n  flickor: {typ: antal, ingår_i: samtal}",
    )
    + "  pass: {typ: längd}\nminst_funktioner: {värd: 1}\n"
)
DAYS = (date(2028, 1, 1), date(2029, 1, 1))


def plan(name: str = "prov-2026") -> str:
    """A plan whose commitments count in every way that adds up."""
    head = HEAD.format(period="2026", extra="avläsningar: [2026-03-31, 2026-06-30]").replace("prov-2026", name)
    return head + "".join(COMMITMENT.format(id=own, targets=targets) for own, targets in TARGETS.items())


class Made:
    """A project in a folder, and what its files amount to in either reading."""

    def __init__(self, root: Path, files: Mapping[str, str | bytes]) -> None:
        self.root = root
        plans = {"plans/prov-2026.yaml": plan(), "plans/annan.yaml": plan("annan"), "plans/snabbrapporter/prov.yaml": WIDE_FORM}
        for name, text in {**plans, **files}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(text.encode() if isinstance(text, str) else text)
        folder = Folder(root, ("plans",))
        self.around = ProjectContext(folder, folder.names())
        self.reports = Reports(self.around.plans)
        self.files = sorted(files)

    def in_columns(self, moved: Mapping[Owner, frozenset[date]] | None = None) -> list[tuple[tuple[str, ...], Partial]]:
        return read_columns(self.files, self.root, self.reports, grain_of, manner().compact, moved or {})

    def by_rows(self, files: Iterable[str], moved: Mapping[Owner, frozenset[date]] | None = None) -> Partial:
        source = Folder(self.root)
        return unit_of([read_file(source, name, self.reports) for name in files], self.reports, manner().compact, moved or {})

    def table(self, entries: Mapping[Owner, Sequence[Entry]], day: date) -> list[str]:
        found = []
        for one in self.around.plans.plans.values():
            own = {commitment: tuple(some) for (name, commitment), some in entries.items() if name == one.id}
            table = follow_up(one, View(day), forms=self.around.plans.forms, entries=own)
            lines = status_text([table], Provenance(day, "", 0, 0, 0, False), 120, Selection())
            found += ["".join(text for text, _ in line) for line in lines]
        return found


def same(made: Made, moved: Mapping[Owner, frozenset[date]] | None = None) -> set[str]:
    """Check that both readings say the same; the files that were read in columns."""
    units = made.in_columns(moved)
    for files, unit in units:
        rows = made.by_rows(files, moved)
        assert unit.apart == rows.apart
        if not unit.apart:
            continue  # what it corrects must be looked for in all files, and the unit is not used
        assert sorted(map(repr, unit.findings)) == sorted(map(repr, rows.findings))
        for name in ("files", "left_out", "rows_left_out", "totals", "done", "settled", "receipts", "others"):
            assert (name, getattr(unit, name)) == (name, getattr(rows, name))
        for name in ("days", "moved_to", "split"):
            assert _filled(getattr(unit, name)) == _filled(getattr(rows, name)), name
        assert _times(unit) == _times(rows)
        for day in DAYS:
            assert day >= unit.settled
            assert made.table(unit.entries, day) == made.table(rows.entries, day)
    read = [file for files, _ in units for file in files]
    assert len(read) == len(set(read))
    return set(read)


def _filled(found: Mapping[Owner, frozenset[date]]) -> dict[Owner, frozenset[date]]:
    return {owner: days for owner, days in found.items() if days}


def _times(unit: Partial) -> dict[Owner, int]:
    return {owner: sum(entry.times for entry in some) for owner, some in unit.entries.items() if some}


COLUMNS = (
    "åtagande", "plan", "datum", "start", "slut", "parter", "plats", "funktioner.värd", "uppgifter.samtal", "uppgifter.km",
    "uppgifter.butik", "uppgifter.väg", "uppgifter.flickor", "uppgifter.sort", "uppgifter.trakt", "uppgifter.nådda",
    "uppgifter.kontaktade", "moment.samling", "läge", "avvikelser.vad", "avvikelser.skäl", "timmar.genomförande", "text",
    "inlämnad", "rapportör",
    "kvitto", "id", "ersätter", "flyttad_till", "period", "antal",
)  # fmt: skip


def row(chance: Random, number: int, faults: float, spread: int) -> dict[str, str]:
    """A row with whatever a row may say, now and then with a fault."""
    pick = chance.choice
    day = date(2026, 1, 1) + timedelta(days=chance.randrange(spread))
    cells = {
        "åtagande": pick(list(TARGETS)),
        "plan": pick(["prov-2026"] * 3 + ["annan"]),
        "datum": str(day),
        "start": f"{chance.randrange(18, 24)}:{chance.randrange(60):02}",
        "slut": pick(["", "23:30", "24:00", "01:15"]),
        "parter": pick(["", "", "kommunen", "klubben", "kommunen, klubben"]),
        "plats": pick(["torget", "hamnen", "parken", "torget, hamnen", "hamnen,torget"]),
        "funktioner.värd": pick(["2", "3", "5", "1", ""]),
        "uppgifter.samtal": pick([str(chance.randrange(40)), "ca 5", "minst 7", "1", "12"]),
        "uppgifter.km": pick(["", "2,5", "7", "0,125", "1.5"]),
        "uppgifter.butik": pick(["", "Ica", "ICA ", "Coop"]),
        "uppgifter.väg": pick(["", "Torget och parken", "Åvägen 7", f"Runda {number}", "(kort)"]),
        "uppgifter.flickor": pick(["", "0", "1"]),
        "uppgifter.sort": pick(["", "fast", "rörlig"]),
        "uppgifter.trakt": pick(["", "norr", "Norr", "söder"]),
        "uppgifter.nådda": pick(["", "1", "2"]),
        "uppgifter.kontaktade": pick(["3", "4"]),
        "moment.samling": pick(["ja", "nej", "Ej aktuellt", ""]),
        "text": pick(["", "", "Lugn kväll – inget hände", f"Kväll {number}"]),
        "timmar.genomförande": pick(["", "4,25", "3"]),
        "inlämnad": pick(["", str(day + timedelta(days=chance.randrange(40)))]),
        "rapportör": pick(["värd", "handläggare", ""]),
        "kvitto": f"k{number}-a" if chance.random() < 0.3 else "",
        "id": f"rad-{number}" if chance.random() < 0.3 else "",
    }
    if chance.random() < 0.1:
        cells |= {"läge": "inställd", "avvikelser.vad": "Regn", "avvikelser.skäl": pick(["väder", "resurser"])}
    elif chance.random() < 0.1:
        cells |= {"avvikelser.vad": "Annat", "avvikelser.skäl": pick(["väder", ""])}
    if chance.random() < faults:
        cells |= fault(chance, number, day)
    return cells


def fault(chance: Random, number: int, day: date) -> dict[str, str]:
    """Something that makes a row special, or is wrong with it."""
    return chance.choice(
        (
            {"datum": chance.choice(["2026-02-30", "3/6 2026", "", "2025-12-31", "2026-1-5"])},
            {"plats": chance.choice(["tornet", ""])},
            {"start": chance.choice(["25:00", "kväll", "", "20.30"])},
            {"uppgifter.samtal": chance.choice(["", "många", "1.500", "999", "1 0", "-1"])},
            {"uppgifter.flickor": "90"},
            {"uppgifter.sort": "lös"},
            {"funktioner.värd": chance.choice(["0", "två"])},
            {"åtagande": chance.choice(["", "lova", "annan/enkelt", "prov-2026/summor"])},
            {"plan": chance.choice(["", "okänd"])},
            {"parter": "okända"},
            {"moment.samling": "3"},
            {"läge": "flyttad", "avvikelser.vad": "Regn", "avvikelser.skäl": "väder", "flyttad_till": str(day + timedelta(9))},
            {"läge": chance.choice(["inställd", "klart"])},
            {"inlämnad": str(day - timedelta(days=1))},
            {"kvitto": chance.choice(["k1-a", "k2-a", "inget kvitto", f"r:{number}"])},
            {"id": chance.choice(["rad-3", "rad-4", f"rad-{number}"])},
            {"ersätter": chance.choice([f"serie#rad-{number - 1}", f"serie#{max(number - 2, 1)}", "serie#finns-inte"])},
            {
                "text": chance.choice(
                    ["ring 070-123 45 67", "namn@example.org", "ABC 123", "se 2025/123 456", "\u200bdolt", "e\u0301n"]
                )
            },
            {"uppgifter.butik": "a\x07b"},
            {"period": "2026-02", "datum": "", "antal": "4"} if chance.random() < 0.2 else {"antal": "2"},
            {"avvikelser.vad": "", "avvikelser.skäl": "väder"},
            {"datum": f" {day}"},
            {"text": chance.choice(['"Sen kväll"', '"a"" b"', '5" rör', '"torg;park"', '"öppet', '"två\nrader"', '"a" b'])},
        )
    )


def text_of(chance: Random, rows: Sequence[Mapping[str, str]], columns: Sequence[str], sign: str) -> str:
    """The rows as a file; some lines are blank, too short or too long."""
    lines = [sign.join(columns)]
    for one in rows:
        cells = [one.get(name, "").replace(sign, " och " if sign == "," else sign) for name in columns]
        lines.append(sign.join(cells))
        if chance.random() < 0.01:
            lines.append(chance.choice(["", "   ", sign * (len(columns) - 1), sign.join(cells[:-1]), sign.join([*cells, ""])]))
    return "\n".join(lines) + chance.choice(["\n", "", "\n\n"])


@pytest.mark.parametrize("seed", range(24))
def test_both_readers_say_the_same(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if seed % 2:
        monkeypatch.setattr("uppfoljning.fast.bulk_csv.table.TYPED_FROM", 0)
    chance = Random(seed)
    columns = [name for name in COLUMNS if name in ("åtagande", "plan", "datum", "uppgifter.samtal") or chance.random() < 0.75]
    sign = chance.choice([";", ";", "\t", ","])
    faults, spread = chance.choice([0.0, 0.02, 0.1]), chance.choice([20, 300])
    files: dict[str, str | bytes] = {}
    for name in ("serie", "andra")[: chance.choice([1, 2])]:
        rows = [row(chance, number, faults, spread) for number in range(1, chance.choice([60, 250]))]
        text = text_of(chance, rows, columns, sign)
        files[f"reports/{name}.csv"] = ("\ufeff" if chance.random() < 0.2 else "") + (
            text.replace("\n", "\r\n") if chance.random() < 0.2 else text
        )
    same(Made(tmp_path, files))


GOOD = {
    "åtagande": "summor",
    "plan": "prov-2026",
    "plats": "torget",
    "start": "18:00",
    "funktioner.värd": "2",
    "uppgifter.samtal": "4",
    "inlämnad": "2026-12-30",
}
FAULTS: dict[str, dict[str, str]] = {
    "S102": {"datum": ""},
    "S104": {"start": "25:00"},
    "S105": {"datum": "2026-02-30"},
    "S106": {"period": "2026-13", "datum": ""},
    "S107": {"uppgifter.samtal": "många"},
    "S108": {"uppgifter.samtal": "1.500"},
    "S109": {"funktioner.värd": "-2"},
    "S116": {"plats": "Stora torget"},
    "S117": {"moment.samling": "kanske"},
    "S123": {"uppgifter.sort": "lös"},
    "S121": {"uppgifter.samtal": "201"},
    "S122": {"kvitto": "inget kvitto"},
    "R301": {"plan": "okänd"},
    "R302": {"åtagande": "lova"},
    "R303": {"plan": ""},
    "R304": {"parter": "okända"},
    "R305": {"rapportör": "okänd"},
    "R306": {"plats": "tornet"},
    "R313": {"id": "a"},
    "R319": {"kvitto": "k062"},
    "D406": {"datum": "2025-12-31"},
    "D408": {"inlämnad": "2026-01-01"},
    "M701": {"uppgifter.samtal": ""},
    "M704": {"funktioner.värd": "0"},
    "M711": {"läge": "inställd"},
    "M712": {"läge": "flyttad", "avvikelser.vad": "Regn", "avvikelser.skäl": "väder"},
    "M713": {"flyttad_till": "2026-05-05"},
    "M714": {"läge": "nollrapport", "datum": "", "period": "2026-05"},
    "M715": {"antal": "3"},
    "M717": {"period": "2026-05"},
    "M718": {"läge": "nollrapport"},
    "T502": {"uppgifter.flickor": "5"},
    "Q601": {"datum": "2026-03-03"},
    "F008": {"text": "a\x07b"},
    "I101": {"text": "18850704-9990"},
    "I102": {"text": "namn@example.org"},
    "I103": {"text": "ring 070-123 45 67"},
}


def series(
    extra: Sequence[dict[str, str] | str],
    columns: Sequence[str] = COLUMNS,
    number: int = 60,
    first: date = date(2026, 3, 2),
) -> str:
    """Sound rows, each of its own day and none of them special, and some others below."""
    days = [first + timedelta(days=one) for one in range(number)]
    sound = [GOOD | {"datum": str(day), "kvitto": f"k{day:%j}", "id": "ab"[at] if at < 2 else ""} for at, day in enumerate(days)]
    rows = [*sound, *(GOOD | {"datum": "2026-06-30"} | one if isinstance(one, dict) else one for one in extra)]
    lines = (one if isinstance(one, str) else ";".join(one.get(name, "") for name in columns) for one in rows)
    return "\n".join([";".join(columns), *lines]) + "\n"


@pytest.mark.parametrize("code", FAULTS)
def test_a_row_with_a_finding(code: str, tmp_path: Path) -> None:
    made = Made(tmp_path, {"reports/serie.csv": series([FAULTS[code]])})
    assert same(made) == {"reports/serie.csv"}
    ((_, unit),) = made.in_columns()
    assert code in {finding.problem.code for finding in unit.findings}
    assert max(entry.times for entry in unit.entries["prov-2026", "summor"]) > 1


@pytest.mark.parametrize("line", ["summor;prov-2026", ";" * len(COLUMNS), "", "  ", ";" * (len(COLUMNS) - 1), ";" * 90])
def test_a_line_of_another_length(line: str, tmp_path: Path) -> None:
    made = Made(tmp_path, {"reports/serie.csv": series([line, FAULTS["M701"]])})
    # Some versions of DuckDB refuse a line with far too many cells.
    assert same(made) == {"reports/serie.csv"} or len(line) == 90


def test_what_two_parts_say_of_one_occasion(tmp_path: Path) -> None:
    one = {"datum": "2026-03-03", "plats": "hamnen", "parter": "kommunen", "uppgifter.samtal": "9"}
    rows = [one, one | {"parter": "klubben"}, one | {"parter": "polisen", "uppgifter.samtal": "8"}]
    made = Made(tmp_path, {"reports/serie.csv": series(rows)})
    assert same(made) == {"reports/serie.csv"}
    ((_, unit),) = made.in_columns()
    assert [finding.problem.code for finding in unit.findings] == ["Q602"]


@pytest.mark.parametrize("old", ["serie#b", "serie#7", "serie#62"])
def test_a_correction_of_a_row(old: str, tmp_path: Path) -> None:
    rows: list[dict[str, str] | str] = ["   ", {"datum": "2026-06-02"}, ";" * (len(COLUMNS) - 1), {"datum": "2026-06-03"}]
    made = Made(tmp_path, {"reports/serie.csv": series([*rows, {"ersätter": old, "uppgifter.samtal": "9"}])})
    assert same(made) == {"reports/serie.csv"}


@pytest.mark.parametrize(
    "row",
    [{"klart": "ja"}, {"datum": "", "period": "2026-02", "antal": "4"}],
)
def test_where_one_row_says_something_of_all(row: dict[str, str], tmp_path: Path) -> None:
    assert same(Made(tmp_path, {"reports/serie.csv": series([row], [*COLUMNS, "klart"])})) == set()


def test_a_commitment_whose_reports_must_be_seen_one_by_one(tmp_path: Path) -> None:
    level = "plan: prov-2027\nperiod: 2026\ntitel: T\nparter: {a: A}\nåtaganden:\n  - id: nivån\n    titel: N\n    parter: [a]\n"
    more = "    mål: {minst: 3, enhet: x, sätt: nivå, räknar: läge}\n    snabbrapport: prov\n"
    rows = "\n".join(["åtagande;plan;datum", *(f"nivån;prov-2027;2026-05-{day:02}" for day in range(1, 31))])
    files = {"plans/prov-2027.yaml": level + more, "reports/n.csv": rows, "reports/serie.csv": series([])}
    assert same(Made(tmp_path, files)) == {"reports/serie.csv"}


def test_the_day_that_an_occasion_was_moved_to_is_told_apart(tmp_path: Path) -> None:
    moved = FAULTS["M712"] | {"flyttad_till": "2026-05-05"}
    made = Made(tmp_path, {"reports/serie.csv": series([moved])})
    assert same(made) == {"reports/serie.csv"}
    assert same(made, {("prov-2026", "summor"): frozenset({date(2026, 4, 4)})}) == {"reports/serie.csv"}


def test_rows_of_which_none_was_carried_out(tmp_path: Path) -> None:
    cancelled = {"läge": "inställd", "avvikelser.vad": "Regn", "avvikelser.skäl": "väder"}
    lines = series([]).splitlines()
    rows = (dict(zip(COLUMNS, line.split(";"), strict=True)) | cancelled for line in lines[1:])
    text = "\n".join([lines[0], *(";".join(one[name] for name in COLUMNS) for one in rows)])
    assert same(Made(tmp_path, {"reports/serie.csv": text})) == {"reports/serie.csv"}


def test_rows_compared_in_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uppfoljning.fast.bulk_csv.bundle._AT_ONCE", 7)
    for bits in (40, 1):
        monkeypatch.setattr("uppfoljning.fast.bulk_csv.bundle._MOST_BITS", bits)
        assert same(Made(tmp_path, {"reports/serie.csv": series([])})) == {"reports/serie.csv"}
        made = Made(tmp_path, {"reports/serie.csv": series([{"datum": "2026-03-03"}, {"datum": "2026-03-09"}])})
        assert same(made) == {"reports/serie.csv"}
        ((_, unit),) = made.in_columns()
        assert len(unit.findings) == 2


def test_files_with_reports_of_the_same_day_are_one_unit(tmp_path: Path) -> None:
    files = {f"reports/{name}.csv": series([], number=number) for name, number in (("a", 30), ("b", 20))}
    made = Made(tmp_path, {**files, "reports/c.csv": series([], first=date(2026, 9, 1))})
    same(made)
    assert [files for files, _ in made.in_columns()] == [("reports/a.csv", "reports/b.csv"), ("reports/c.csv",)]


@pytest.mark.parametrize(
    "text",
    [
        "", "åtagande;plan;datum\n", "åtagande;plan;datum;datum\na;b;c;d\n", "åtagande;plan;;datum\n", "hej;du\n1;2\n",
        "åtagande;plan;plats\nsummor;prov-2026;torget\n", 'åtagande;plan;"datum\n"\n', "åtagande;plan;dat\x07um\n",
        "åtagande;plan;datum;uppgifter.okänd\n" + "summor;prov-2026;2026-01-01;1\n" * 9,
        b"\xe5tagande;plan;datum\nsummor;prov-2026;2026-01-01\n", "åtagande;plan;datum\n" + "summor;prov-2026;2025-01-01\n" * 99,
    ],
)  # fmt: skip
def test_files_for_the_reader_of_rows(text: str | bytes, tmp_path: Path) -> None:
    assert same(Made(tmp_path, {"reports/serie.csv": text, "reports/a.yaml": "åtagande: enkelt\n"})) == set()


def test_figures_that_are_counted_by_difference_are_for_the_reader_of_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(TARGETS, "olika", "      - {id: a, minst: 3, enhet: samtal, räknar: {unika: samtal}}\n")
    head = "åtagande;plan;datum;plats;uppgifter.samtal\n"
    rows = "".join(f"{{0}};prov-2026;2026-03-0{day};torget;{figure}\n" for day, figure in ((1, 3), (2, 3), (3, 6), (4, 6)))
    files = {"reports/olika.csv": head + rows.format("olika"), "reports/summor.csv": head + rows.format("summor")}
    assert same(Made(tmp_path, files)) == {"reports/summor.csv"}


@pytest.mark.parametrize(
    ("line", "is_read"),
    [
        ("summor;prov-2026;2026-07-01;\xe5".encode("latin-1"), False),
        ("<<<<<<< här".encode(), False),
        (b'"summor\n";prov-2026;2026-07-01;4', False),
        (b'"summor";prov-2026;2026-07-01;"4"', True),
        ("summor;prov-2026;2026-07-01;\U0001f600".encode(), True),
        (b"summor;prov-2026\r;2026-07-01;4", False),
        (b"summor;prov-2026;2026-07-01;m\xc3\xa5nga\r\nsumma;prov-2026;2026-07-02;4\rsumma;prov-2026;2026-07-02;4\r", False),
    ],
)
def test_a_strange_line(line: bytes, is_read: bool, tmp_path: Path) -> None:
    rows = b"".join(b"summor;prov-2026;2026-%02d-%02d;4\n" % (month, day) for month in range(1, 7) for day in range(1, 29))
    made = Made(tmp_path, {"reports/serie.csv": "åtagande;plan;datum;uppgifter.samtal\n".encode() + rows + line + b"\n"})
    assert same(made) == ({"reports/serie.csv"} if is_read else set())


def test_only_the_file_with_the_fault_is_left(tmp_path: Path) -> None:
    sound, other = series([]), series([], first=date(2026, 9, 1))
    broken = sound.encode() + b"\xff\xfe\n"
    made = Made(tmp_path, {"reports/a.csv": broken, "reports/b.csv": other, "reports/[c].csv": sound})
    assert same(made) == {"reports/b.csv"}


def test_values_that_only_some_rows_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uppfoljning.fast.bulk_csv.table._FEW_UNKNOWN", 3)
    rows = [{"uppgifter.butik": f"Butik nummer {number}", "datum": "2026-07-01", "start": f"{number}.15"} for number in range(24)]
    many = series([*rows, *rows], number=90)
    monkeypatch.setattr("uppfoljning.fast.bulk_csv.head._PIECE", 1)
    monkeypatch.setattr("uppfoljning.fast.bulk_csv.head._FIRST", 1000)
    assert same(Made(tmp_path, {"reports/serie.csv": many})) == {"reports/serie.csv"}
    monkeypatch.setattr("uppfoljning.fast.bulk_csv.table._MOST_WORDS", 3)
    assert same(Made(tmp_path, {"reports/serie.csv": many})) == set()


def test_rows_that_must_be_compared_closer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uppfoljning.fast.bulk_csv.bundle._MANY", 10)
    monkeypatch.setattr("uppfoljning.fast.bulk_csv.bundle._MOST_BITS", 1)
    same_day = {"datum": "2026-07-01", "slut": "20:00"}
    rows = [same_day | {"uppgifter.samtal": str(number % 17), "parter": "kommunen" * (number > 15)} for number in range(30)]
    assert same(Made(tmp_path, {"reports/serie.csv": series(rows)})) == {"reports/serie.csv"}
    rows += [same_day | {"uppgifter.samtal": word} for word in ("1 000", "1000")]
    rows = [one | {"uppgifter.km": ("2,5", "2.5", "3")[at % 3], "datum": "2026-08-01"} for at, one in enumerate(rows)]
    assert same(Made(tmp_path, {"reports/serie.csv": series(rows)})) == {"reports/serie.csv"}


def test_too_many_rows_to_hand_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uppfoljning.fast.bulk_csv.regular._ALWAYS", 5)
    rows = [FAULTS["M701"] | {"datum": f"2026-07-{day:02}"} for day in range(1, 31)]
    assert same(Made(tmp_path, {"reports/serie.csv": series(rows)})) == set()


def test_figures_with_decimals_are_added_up_with_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uppfoljning.fast.bulk_csv.regular._ALWAYS", 5)
    rows = [{"uppgifter.km": ("2,5", "0,125")[day % 2], "datum": f"2026-07-{day:02}"} for day in range(1, 31)]
    made = Made(tmp_path, {"reports/serie.csv": series(rows)})
    assert same(made) == {"reports/serie.csv"}
    columns = (*COLUMNS, "uppgifter.pass")
    few = series([*rows, {"uppgifter.pass": "0:20", "datum": "2026-08-01"}], columns)
    many = series([one | {"uppgifter.pass": "0:20"} for one in rows], columns)
    assert same(Made(tmp_path, {"reports/serie.csv": few})) == {"reports/serie.csv"}
    assert same(Made(tmp_path, {"reports/serie.csv": many})) == {"reports/serie.csv"}


def test_commitments_of_many_sorts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uppfoljning.fast.bulk_csv.regular._FEW", 0)
    assert same(Made(tmp_path, {"reports/serie.csv": series([])})) == {"reports/serie.csv"}


def test_too_many_values_to_look_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uppfoljning.fast.bulk_csv.regular._MOST_READ", 5)
    assert same(Made(tmp_path, {"reports/serie.csv": series([])})) == set()


def test_a_number_as_id_beside_rows_without(tmp_path: Path) -> None:
    assert same(Made(tmp_path, {"reports/serie.csv": series([{"id": "17"}])})) == set()


def test_without_duckdb_nothing_is_read_in_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Made(tmp_path, {"reports/serie.csv": series([])})
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert made.in_columns() == []


def test_an_engine_that_cannot_begin_leaves_the_files_to_the_reader_of_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("uppfoljning.fast.bulk_csv.table._MEMORY", "nothing")
    assert same(Made(tmp_path, {"reports/serie.csv": series([])})) == set()
    assert capfd.readouterr() == ("", "")


def test_the_engine_may_go_by_the_name_of_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("duckdb")
    monkeypatch.setitem(sys.modules, "_duckdb", None)
    assert same(Made(tmp_path, {"reports/serie.csv": series([])})) == {"reports/serie.csv"}


def test_files_of_several_heads(tmp_path: Path) -> None:
    heads = {"reports/a.csv": COLUMNS, "reports/b.csv": COLUMNS[::-1]}
    days = (date(2026, 2, 2), date(2026, 6, 2))
    files = {name: series([], columns, first=day) for (name, columns), day in zip(heads.items(), days, strict=True)}
    assert same(Made(tmp_path, files)) == set(files)


def test_the_check_sum_of_a_receipt_is_the_same_in_duckdb() -> None:
    import duckdb

    for receipt in ("k7m3-9qfx", "forms/123", "å:ö"):
        found = duckdb.connect().execute("SELECT md5_number_upper(?)", [receipt]).fetchall()
        assert found == [(receipt_sum(receipt),)]


@pytest.mark.parametrize(
    "example", sorted(path.parents[1] for path in (EXAMPLES / "underkanda").glob("*/reports/*.csv")), ids=str
)
def test_the_examples(example: Path, tmp_path: Path) -> None:
    same(Made(tmp_path, {**base(), **files_of(example)}))


@pytest.mark.slow
def test_a_generated_repository(tmp_path: Path) -> None:
    generate(tmp_path, 0, 20_000, 2)
    names = [name for name in Folder(tmp_path).names() if name.startswith("reports/")]
    made = Made(tmp_path, {name: (tmp_path / name).read_bytes() for name in names})
    assert same(made) == set(names)
    assert sum(len(some) for _, unit in made.in_columns() for some in unit.entries.values()) < 200


def test_files_that_are_not_there(tmp_path: Path) -> None:
    made = Made(tmp_path, {"reports/serie.csv": series([])})
    made.files.append("reports/borta.csv")
    assert same(made) == {"reports/serie.csv"}
    assert Piece("reports/a.csv", b"").names() == ["reports/a.csv"]


def test_days_that_there_are_not_in_the_first_rows(tmp_path: Path) -> None:
    assert same(Made(tmp_path, {"reports/serie.csv": series([{"datum": "2026-13-01"}], number=20)})) == {"reports/serie.csv"}


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    made = Made(tmp_path, {"reports/serie.csv": series([])})
    head = head_of(tmp_path, "reports/serie.csv", made.reports)
    assert head is not None
    with pytest.raises(BulkRefusal):
        read_handed(head, [0], 61, made.reports)


def test_a_column_where_every_row_has_a_value_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uppfoljning.fast.bulk_csv.table._MOST_WORDS", 50)
    assert same(Made(tmp_path, {"reports/serie.csv": series([])})) == set()


def test_a_file_without_rows_beside_one_with_many_faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uppfoljning.fast.bulk_csv.regular._ALWAYS", 5)
    rows = [FAULTS["M701"] | {"datum": f"2026-07-{day:02}"} for day in range(1, 8)]
    files = {"reports/serie.csv": series(rows), "reports/tom.csv": ";".join(COLUMNS) + "\n"}
    assert same(Made(tmp_path, files)) == {"reports/serie.csv", "reports/tom.csv"}
