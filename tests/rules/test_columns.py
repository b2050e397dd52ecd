"""Files read in columns amount to the same as the same files read row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.projects import FORM, HEAD
from uppfoljning.domain.entry import Entry
from uppfoljning.files.source import Folder
from uppfoljning.followup.bundles import compact, grain_of
from uppfoljning.followup.selection import Selection
from uppfoljning.followup.table import follow_up
from uppfoljning.followup.view import View
from uppfoljning.present.foot import Foot
from uppfoljning.present.status.text import status_text
from uppfoljning.rules.columns.reading import read_columns
from uppfoljning.rules.project import Around
from uppfoljning.rules.reads import read_file
from uppfoljning.rules.reports import Reports
from uppfoljning.rules.unit import Owner, Unit, unit_of

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
      - {id: h, minst: 5, enhet: tillfällen, villkor: {funktioner: {värd: 3}, uppgifter: {sort: fast}}}
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
        "  butik: {typ: text}", "  butik: {typ: text}\n  väg: {typ: text}\n  flickor: {typ: antal, ingår_i: samtal}"
    )
    + "minst_funktioner: {värd: 1}\n"
)
DAYS = (date(2027, 3, 1), date(2028, 1, 1))


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
        self.around = Around(folder, folder.names())
        self.reports = Reports(self.around.plans)
        self.files = sorted(files)

    def in_columns(self, moved: Mapping[Owner, frozenset[date]] | None = None) -> list[tuple[tuple[str, ...], Unit]]:
        return read_columns(self.files, self.root, self.reports, grain_of, compact, moved or {})

    def by_rows(self, files: Iterable[str], moved: Mapping[Owner, frozenset[date]] | None = None) -> Unit:
        source = Folder(self.root)
        return unit_of([read_file(source, name, self.reports) for name in files], self.reports, compact, moved or {})

    def table(self, entries: Mapping[Owner, Sequence[Entry]], day: date) -> list[str]:
        found = []
        for one in self.around.plans.plans.values():
            own = {commitment: tuple(some) for (name, commitment), some in entries.items() if name == one.id}
            table = follow_up(one, View(day), forms=self.around.plans.forms, entries=own)
            lines = status_text([table], Foot(day, "", 0, 0, 0, False), 120, Selection())
            found += ["".join(text for text, _ in line) for line in lines]
        return found


def same(made: Made, moved: Mapping[Owner, frozenset[date]] | None = None) -> set[str]:
    """Check that both readings say the same; the files that were read in columns."""
    units = made.in_columns(moved)
    for files, unit in units:
        rows = made.by_rows(files, moved)
        assert sorted(map(repr, unit.findings)) == sorted(map(repr, rows.findings))
        for name in ("files", "left_out", "rows_left_out", "totals", "done", "settled", "receipts", "apart", "others"):
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


def _times(unit: Unit) -> dict[Owner, int]:
    return {owner: sum(entry.times for entry in some) for owner, some in unit.entries.items() if some}


COLUMNS = (
    "åtagande", "plan", "datum", "start", "slut", "parter", "plats", "funktioner.värd", "uppgifter.samtal", "uppgifter.km",
    "uppgifter.butik", "uppgifter.väg", "uppgifter.flickor", "uppgifter.sort", "uppgifter.nådda", "uppgifter.kontaktade",
    "moment.samling", "läge", "avvikelser.vad", "avvikelser.skäl", "timmar.genomförande", "text", "inlämnad", "rapportör",
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


@pytest.mark.parametrize("seed", range(40))
def test_both_readers_say_the_same(seed: int, tmp_path: Path) -> None:
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
