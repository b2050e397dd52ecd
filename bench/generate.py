"""Writes a sound repository of any size: a plan, its form, report files and report series. The same arguments, the same bytes.

python bench/generate.py --files 10000 --rows 0 --commitments 40 --out DIR
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from random import Random
from typing import NamedTuple

PLAN = "matning-2026"
FIRST, DAYS = date(2026, 1, 1), 330
STRIDE = 13  # has no factor in common with DAYS: the days are spread over the year, and each is met once
PLACES = tuple(f"plats-{number}" for number in range(1, 9))
MINUTES = 600
MOST_ROWS = DAYS * len(PLACES) * MINUTES
COUNTS = tuple(f"{hosts};{talks}" for hosts in range(2, 9) for talks in range(61))
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
        later = 10 * 60 + self.number // (DAYS * len(PLACES)) % MINUTES + minutes
        return f"{later // 60:02}:{later % 60:02}"


class Made(NamedTuple):
    """What one report file tells; of a cancelled occasion the reason."""

    commitment: str
    occasion: Occasion
    cancelled: bool
    hosts: int
    talks: int
    reason: str
    handed_in: date


def name(number: int) -> str:
    return f"runda-{number + 1}"


def series_name(number: int) -> str:
    return f"serie-{number + 1}"


def promises(files: int, rows: int, commitments: int) -> dict[str, int]:
    """How many occasions each commitment promises: about what will be reported, so that the follow-up has something to say."""
    promised: dict[str, int] = {}
    if files or not rows:
        promised |= {name(number): max(files // commitments, 1) for number in range(commitments)}
    if rows:
        promised |= {series_name(number): max(share(rows, commitments, number), 1) for number in range(commitments)}
    return promised


def share(rows: int, commitments: int, number: int) -> int:
    """How many of the rows belong to a commitment: they are dealt as evenly as can be."""
    return rows // commitments + (number < rows % commitments)


def plan(promised: Mapping[str, int]) -> str:
    places = "".join(f"  {place}: {place.capitalize()}\n" for place in PLACES)
    return HEAD + places + "åtaganden:\n" + "".join(COMMITMENT.format(id=own, times=times) for own, times in promised.items())


def occasions(files: int, commitments: int, chance: Random) -> Iterator[Made]:
    """What each report file tells; every fifteenth is of a cancelled occasion."""
    for serial in range(files):
        number, which = divmod(serial, commitments)
        occasion = Occasion(number)
        yield Made(
            commitment=name(which),
            occasion=occasion,
            cancelled=chance.randrange(15) == 0,
            hosts=chance.randint(2, 8),
            talks=chance.randint(0, 60),
            reason=chance.choice(REASONS),
            handed_in=occasion.day + timedelta(days=chance.randint(0, 3)),
        )


def report(made: Made) -> tuple[str, str]:
    """Path under `reports/` and text of a report file."""
    occasion = made.occasion
    text = (CANCELLED if made.cancelled else REPORT).format(
        commitment=made.commitment,
        plan=PLAN,
        day=occasion.day,
        start=occasion.clock(0),
        end=occasion.clock(150),
        place=occasion.place,
        hosts=made.hosts,
        talks=made.talks,
        reason=made.reason,
        handed_in=made.handed_in,
    )
    return f"{occasion.day:%Y-%m}/{occasion.day}-{made.commitment}-{occasion.number}.yaml", text


def series(rows: int, commitments: int, chance: Random) -> Iterator[tuple[str, str]]:
    """Month and lines of a CSV file without its header, a block for each day and commitment: little memory, however many rows.

    The rows of a commitment are its occasions 0, 1, 2 …, as `Occasion` has them.
    """
    if rows > commitments * MOST_ROWS:
        raise SystemExit(
            f"{rows} rader kräver fler åtaganden: högst {MOST_ROWS} tillfällen per åtagande har egen dag, plats och tid"
        )
    back = pow(STRIDE, -1, DAYS)
    most = -(-share(rows, commitments, 0) // DAYS) if rows else 0
    slots = [";".join((one.clock(0), one.clock(150), one.place)) for one in (Occasion(DAYS * turn) for turn in range(most))]
    for ahead in range(DAYS):
        day = FIRST + timedelta(days=ahead)
        first = ahead * back % DAYS
        end = f";Torget och parken;ja;{day + timedelta(days=1)};värd\n"
        for number in range(commitments):
            count = len(range(first, share(rows, commitments, number), DAYS))
            head = f"{series_name(number)};{PLAN};{day};"
            counts = chance.choices(COUNTS, k=count)
            yield f"{day:%Y-%m}", "".join([f"{head}{slot};{told}{end}" for slot, told in zip(slots, counts, strict=False)])


def generate(out: Path, files: int, rows: int, commitments: int, seed: int = 1) -> None:
    """Writes the repository into `out`, which must be empty or not exist."""
    if out.exists() and any(out.iterdir()):
        raise SystemExit(f"{out} är inte tom")
    chance = Random(seed)
    write(out / "plans" / f"{PLAN}.yaml", plan(promises(files, rows, commitments)))
    write(out / "plans" / "snabbrapporter" / "runda.yaml", FORM)
    made: set[Path] = set()
    for path, text in map(report, occasions(files, commitments, chance)):
        file = out / "reports" / path
        if file.parent not in made:
            file.parent.mkdir(parents=True)
            made.add(file.parent)
        file.write_text(text, encoding="utf-8", newline="\n")
    for month, blocks in groupby(series(rows, commitments, chance) if rows else (), key=itemgetter(0)):
        path = out / "reports" / month / f"serie-{month}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(COLUMNS + "\n")
            file.writelines(lines for _, lines in blocks)


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
