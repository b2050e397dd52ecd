"""Writes a sound repository of any size: a plan, its form, report files and report series. The same arguments, the same bytes.

python bench/generate.py --files 10000 --rows 0 --commitments 40 --out DIR
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

PLAN = "matning-2026"
SERIES = "serie"
FIRST, DAYS = date(2026, 1, 1), 330
STRIDE = 13  # has no factor in common with DAYS: the days are spread over the year, and each is met once
PLACES = tuple(f"plats-{number}" for number in range(1, 9))
REASONS = ("resurser", "väder", "säkerhet", "prioritering")

HEAD = f"""plan: {PLAN}
titel: Plan att mäta på
typ: medborgarlöfte
period: 2026
beslut: {{datum: 2025-12-10, referens: KS 2025/1}}
parter:
  kommunen: Kommunen
  föreningen: Föreningen
funktioner:
  samordnare: {{titel: Samordnare, part: kommunen}}
  värd: {{titel: Värd, part: föreningen}}
platser:
"""

COMMITMENT = """  - id: {id}
    titel: Åtagande {id}
    parter: [föreningen, kommunen]
    ansvarig: samordnare
    mål:
      - {{id: tillfällen, minst: {times}, enhet: tillfällen, per: år}}
      - {{id: samtal, antal: löpande, enhet: samtal, räknar: samtal}}
    moment:
      - {{id: samling, titel: Samling, ansvarig: värd, varje: tillfälle}}
    snabbrapport: runda
    uppföljning: {{rapporteras: månad, anstånd: 7, rapportör: samordnare}}
"""

FORM = """snabbrapport: runda
titel: Runda
fält:
  samtal:
    fråga: Hur många pratade ni med?
    typ: antal
    krävs: ja
  väg:
    fråga: Vilken väg tog ni?
    typ: text
"""

REPORT = """åtagande: {commitment}
plan: {plan}
datum: {day}
start: {start}
slut: {end}
parter: [föreningen]
plats: {place}
funktioner: {{värd: {hosts}}}
uppgifter:
  samtal: {talks}
  väg: Torget, parken och stationen
moment: {{samling: ja}}
timmar:
  planering: 1
  genomförande: 2.5
text: En vanlig kväll med mycket folk ute.
inlämnad: {handed_in}
rapportör: värd
"""

CANCELLED = """åtagande: {commitment}
plan: {plan}
datum: {day}
start: {start}
plats: {place}
läge: inställd
avvikelser:
  - vad: Rundan ställdes in
    hur: Ny runda veckan efter
    skäl: {reason}
    varför: Det gick inte att genomföra
inlämnad: {handed_in}
rapportör: värd
"""

COLUMNS = "åtagande;plan;datum;start;slut;plats;funktioner.värd;uppgifter.samtal;uppgifter.väg;moment.samling;inlämnad;rapportör"


@dataclass(frozen=True)
class Occasion:
    """The `number`th occasion of a commitment: no two of them have the same day, place and beginning."""

    number: int

    @property
    def day(self) -> date:
        return FIRST + timedelta(days=self.number * STRIDE % DAYS)

    @property
    def place(self) -> str:
        return PLACES[self.number // DAYS % len(PLACES)]

    def clock(self, minutes: int) -> str:
        """The beginning, or `minutes` after it."""
        later = 10 * 60 + self.number // (DAYS * len(PLACES)) % 600 + minutes
        return f"{later // 60:02}:{later % 60:02}"


def plan(commitments: int, each: int, rows: int) -> str:
    """The plan; a target is what will be reported, so that the follow-up has something to say."""
    places = "".join(f"  {place}: {place.capitalize()}\n" for place in PLACES)
    promised = [(name(number), max(each, 1)) for number in range(commitments)] + ([(SERIES, rows)] if rows else [])
    return HEAD + places + "åtaganden:\n" + "".join(COMMITMENT.format(id=own, times=times) for own, times in promised)


def name(number: int) -> str:
    return f"runda-{number + 1}"


def reports(files: int, commitments: int, chance: Random) -> Iterator[tuple[str, str]]:
    """Path under `reports/` and text of each report file; every fifteenth is a cancelled occasion."""
    for serial in range(files):
        number, which = divmod(serial, commitments)
        occasion = Occasion(number)
        template = CANCELLED if chance.randrange(15) == 0 else REPORT
        text = template.format(
            commitment=name(which),
            plan=PLAN,
            day=occasion.day,
            start=occasion.clock(0),
            end=occasion.clock(150),
            place=occasion.place,
            hosts=chance.randint(2, 8),
            talks=chance.randint(0, 60),
            reason=chance.choice(REASONS),
            handed_in=occasion.day + timedelta(days=chance.randint(0, 3)),
        )
        yield f"{occasion.day:%Y-%m}/{occasion.day}-{name(which)}-{number}.yaml", text


def series(rows: int, chance: Random) -> dict[str, list[str]]:
    """The rows of each month, as lines of a CSV file without its header."""
    months: dict[str, list[str]] = {}
    for number in range(rows):
        one = Occasion(number)
        cells = (SERIES, PLAN, one.day, one.clock(0), one.clock(150), one.place, chance.randint(2, 8), chance.randint(0, 60))
        rest = ("Torget och parken", "ja", one.day + timedelta(days=1), "värd")
        months.setdefault(f"{one.day:%Y-%m}", []).append(";".join(map(str, cells + rest)))
    return months


def generate(out: Path, files: int, rows: int, commitments: int, seed: int = 1) -> None:
    """Writes the repository into `out`, which must be empty or not exist."""
    if out.exists() and any(out.iterdir()):
        raise SystemExit(f"{out} är inte tom")
    chance = Random(seed)
    write(out / "plans" / f"{PLAN}.yaml", plan(commitments, files // max(commitments, 1), rows))
    write(out / "plans" / "snabbrapporter" / "runda.yaml", FORM)
    for path, text in reports(files, commitments, chance):
        write(out / "reports" / path, text)
    for month, lines in series(rows, chance).items():
        write(out / "reports" / month / f"{SERIES}-{month}.csv", "\n".join([COLUMNS, *lines]) + "\n")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000, help="report files")
    parser.add_argument("--rows", type=int, default=0, help="rows in report series")
    parser.add_argument("--commitments", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    wanted = parser.parse_args()
    generate(wanted.out, wanted.files, wanted.rows, wanted.commitments, wanted.seed)


if __name__ == "__main__":
    main()
