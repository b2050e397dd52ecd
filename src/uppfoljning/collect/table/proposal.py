"""A mapping proposed from the headings and cells of a table; what is not certain is marked, and no column is left untold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from uppfoljning.collect.sheet import Sheet
from uppfoljning.collect.table.columns import (
    COUNT,
    DAY,
    HOUR,
    NAME,
    NAMES,
    NUMBER,
    SHARE,
    WORD,
    YES,
    ReportKey,
    is_of_persons,
    is_personal,
    looks_personal,
    order_shown,
    read_cell,
    sign_shown,
    targets_of,
)
from uppfoljning.collect.table.headings import ImportedTable
from uppfoljning.collect.table.programs import OWN_TABLE, FormProgram, is_hand_in, program_of
from uppfoljning.collect.table.values import Unreadable, folded, read_moment, with_comma
from uppfoljning.domain.mapping import COMMA, DAY_FIRST, MONTH_FIRST, POINT, same_heading

_SURE, _LIKELY, _BY_STEM = 0.93, 0.65, 0.66
_STEM, _FEW = 4, 4
_FIGURES = (NUMBER, HOUR, SHARE)
_OF_THE_PLAN = ("uppgifter.", "moment.")
_CELLS_LOOKED_AT = 50
_READABLE = 0.6
_MOST_WORDS, _LONGEST_WORD = 12, 60
_OTHER_NAMES = {
    "datum": "date|dag|dagens datum|vilken dag|vilket datum|när var det|kväll|vilken kväll|datum för tillfället|date of event",
    "start": "start|starttid|började|när började ni|klockan|tid|från|start klockslag|time|started at",
    "slut": "slut|sluttid|slutade|när slutade ni|till|end|ended at",
    "plats": "plats|var|område|ställe|place|location|area|where",
    "parter": "organisation|part|förening|vem",
    "text": "övrigt|kommentar|kommentarer|anteckningar|comments|comment|other|notes|beskrivning|övriga upplysningar",
    "avvikelser.vad": "avvikelse|avvikelser|vad blev inte som planerat|blev något annorlunda",
    "avvikelser.varför": "varför|orsak|why",
    "avvikelser.skäl": "skäl|skäl till avvikelsen|reason",
    "iakttagelser.text": "iakttagelser|iakttagelse|vad såg ni|observationer|observations",
    "timmar.genomförande": "timmar|arbetade timmar|hours|volunteer hours",
    "antal": "antal tillfällen",
    "period": "period|månad|vecka",
    "läge": "läge|blev det av|status",
}
_STOP_WORDS = (
    *("många", "antal", "vilken", "vilket", "pratade", "hade", "gjorde", "under", "kväll", "kvällen", "kvällens", "först"),
    *("deras", "ditt", "there", "many"),
)
_CREW = "hur många var ni|hur många vuxna var ni|antal vuxna|antal deltagare|antal personer|deltagare|attended|bemanning"
_TWO_WAYS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_EITHER_FIRST = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/]\d{4}\b.*")
_CLOCK_ALONE = re.compile(
    r"(?:kl\.? ?)?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?(?: ?[-–—] ?\d{1,2}[:.]\d\d)?", re.IGNORECASE
)
_LIKE_A_NAME = re.compile(r"[A-ZÅÄÖÉ][a-zåäöéü]+(?:[ -][A-ZÅÄÖÉ][a-zåäöéü]+)+")
_FITTING = 0.8
"""As many of a column's cells as must be known names for the cells to decide what the column is."""


class Guess(NamedTuple):
    """What a column is thought to give, and whether that is certain."""

    heading: str
    target: str
    sure: bool


class Proposal(NamedTuple):
    """A mapping to look through. `kind` is where the table seems to come from; `skipped` are headings with why.

    `unread` are cells that no answer fits, by key, with the answers to choose among. `missing` are the questions that the form
    requires or a target counts and no column gives.
    """

    kind: str
    guesses: tuple[Guess, ...]
    skipped: tuple[tuple[str, str], ...]
    row_id: str
    row_id_sure: bool
    order: str
    decimals: str
    unread: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    missing: tuple[str, ...] = ()


def propose(table: ImportedTable, sheet: Sheet, counted: Iterable[str] = ()) -> Proposal:
    """What a mapping of a table for one commitment would be; `counted` are the fields of its form that some target counts."""
    targets = targets_of(sheet)
    headings = table.headings
    program = program_of(headings)
    known = {name for key in ("rapportör", "iakttagelser.ansvarig", "parter") for name in targets[key].names}
    personal = {
        one: at for at, one in enumerate(headings) if is_of_persons(table, at, program, known) or looks_personal(table, at)
    }
    row_id, sure = _row_id(table, personal, program)
    skipped = dict.fromkeys(personal, "pekar ut personer")
    free = [one for one in headings if one not in personal and one != row_id and not _is_added(table, one, program)]
    crew = {f"funktioner.{name}": _CREW for name in list(sheet.least_crew)[:1]}
    names = {key: _names(target, _OTHER_NAMES | crew) for key, target in targets.items()}
    asked = {one: program.question(one) for one in headings}
    likeness = {
        (one, key): _likeness(asked[one], names[key], key.startswith(_OF_THE_PLAN)) for one in headings for key in targets
    }
    guesses = _matched(table, free, targets, likeness)
    unsure = _by_cells(table, free, targets, guesses)
    submitted = program.moment(headings) or next((one for one in headings if is_hand_in(one) and one not in personal), "")
    if submitted and submitted not in personal and "inlämnad" not in guesses.values():
        guesses[submitted] = "inlämnad"
    unsure |= _day_for(table, free, guesses)
    for heading in table.headings:
        if heading not in guesses and heading not in skipped:
            skipped[heading] = _why(table, heading, row_id, program, targets, likeness, guesses)
    ordered = []
    for one in filter(guesses.__contains__, headings):
        key = guesses[one]
        submitted_by_form = key == "inlämnad" and one == submitted
        alike = submitted_by_form or likeness[one, key] >= _SURE
        ordered.append(Guess(one, key, alike and one not in unsure and _readable(table, one, targets[key]) == 1))
    days = [one.heading for one in ordered if targets[one.target].kind == DAY]
    return Proposal(
        kind=program.mapping_ends,
        guesses=tuple(ordered),
        skipped=tuple((one, skipped[one]) for one in table.headings if one in skipped and one != row_id),
        row_id=row_id,
        row_id_sure=sure,
        order=_order(table, days),
        decimals=_decimals(table, [one.heading for one in ordered if targets[one.target].kind in _FIGURES]),
        unread={one.target: found for one in ordered if (found := _unread(table, one, targets[one.target])) is not None},
        missing=tuple(
            target.title
            for target in targets.values()
            if target.key not in guesses.values() and target.key != "datum"
            if target.required or target.key.removeprefix("uppgifter.") in set(counted)
        ),
    )


def _is_added(table: ImportedTable, heading: str, program: FormProgram) -> bool:
    """Whether a column is the program's own or of the handing in; one of clock times is an answer whatever it is called."""
    if not program.adds(heading) and not is_hand_in(heading):
        return False
    cells = _cells(table, heading)
    return not cells or not all(map(_CLOCK_ALONE.fullmatch, cells))


def _by_cells(table: ImportedTable, free: list[str], targets: Mapping[str, ReportKey], guesses: dict[str, str]) -> set[str]:
    """Let cells that are names of the plan decide where headings do not; gives the columns that are settled so."""
    settled = set()
    for key in ("plats", "parter", "rapportör", *(key for key in targets if key.startswith("uppgifter."))):
        target = targets[key]
        if not target.names:
            continue
        now = next((one for one, given in guesses.items() if given == key), "")
        if now and _fitting(table, now, target):
            continue
        left = [one for one in free if _is_open(table, one, targets, guesses) and _fitting(table, one, target) >= _FITTING]
        if len(left) == 1:
            if now:
                del guesses[now]
            guesses[left[0]] = key
            settled.add(left[0])
    return settled


def _is_open(table: ImportedTable, heading: str, targets: Mapping[str, ReportKey], guesses: Mapping[str, str]) -> bool:
    """Whether a column gives nothing yet, or something with names of which none of its cells is one."""
    if heading not in guesses:
        return True
    given = targets[guesses[heading]]
    return given.kind in (NAME, NAMES, WORD) and not _fitting(table, heading, given)


def _fitting(table: ImportedTable, heading: str, target: ReportKey) -> float:
    """How many of a column's cells are names that a target knows."""
    cells = _cells(table, heading)
    return sum(not isinstance(read_cell(target, cell), Unreadable) for cell in cells) / len(cells) if cells else 0


def _matched(
    table: ImportedTable, headings: list[str], targets: Mapping[str, ReportKey], likeness: Mapping[tuple[str, str], float]
) -> dict[str, str]:
    """The likeliest target of each heading, each target once, best likeness first."""
    pairs = []
    for heading in headings:
        for target in targets.values():
            alike = likeness[heading, target.key]
            if alike >= _LIKELY and _readable(table, heading, target) >= _READABLE:
                # What the form itself asks wins over a word that only the program has for it.
                own = target.key.startswith(_OF_THE_PLAN) and alike >= _SURE
                pairs.append((-alike - own, headings.index(heading), target.key, heading))
    found: dict[str, str] = {}
    taken = set()
    for _, _, key, heading in sorted(pairs):
        if heading not in found and (key not in taken or key == "text"):
            found[heading] = key
            taken.add(key)
    return found


def _likeness(heading: str, names: list[str], by_stem: bool) -> float:
    """From 0 to 1: the same words in another case are 1, one inside the other a little less, the same stem just likely."""
    return max(_alike(folded(heading), folded(name), by_stem) for name in names)


def _names(target: ReportKey, others: Mapping[str, str]) -> list[str]:
    own = [target.key.partition(".")[2].replace("_", " ")] if target.key.startswith(_OF_THE_PLAN) else []
    return [target.title, target.key, *own, *others.get(target.key, "").split("|")]


def _alike(one: str, other: str, by_stem: bool) -> float:
    if not other:
        return 0
    if one == other:
        return 1
    mine, theirs = _proposal_words(one), _proposal_words(other)
    if mine and theirs and (mine <= theirs or theirs <= mine):
        return 0.9 * (0.75 + 0.25 * len(mine & theirs) / len(mine | theirs))
    if by_stem and {word[:_STEM] for word in mine} & {word[:_STEM] for word in theirs} and len(mine) <= _FEW:
        return _BY_STEM
    return SequenceMatcher(None, one, other).ratio() * 0.92


def _proposal_words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[a-z]{4,}", text) if word not in _FOLDED_STOP_WORDS)


_FOLDED_STOP_WORDS = frozenset(map(folded, _STOP_WORDS))


def _readable(table: ImportedTable, heading: str, target: ReportKey) -> float:
    """How many of a column's cells can be read as a target's; all of them where there are none."""
    cells = _cells(table, heading)
    read = sum(_reads(target, cell) for cell in cells)
    # Words of a list are readable once they are translated, and a free text takes anything.
    if target.kind in (WORD, NAME, NAMES):
        return 1.0 if len(set(cells)) <= _MOST_WORDS else read / len(cells)
    return read / len(cells) if cells else 1.0


def _reads(target: ReportKey, cell: str) -> bool:
    """Whether a cell can be read in some order of day and month, and with some sign before decimals."""
    cells = [with_comma(cell, sign) for sign in (POINT, COMMA)] if target.kind in _FIGURES else [cell]
    return any(not isinstance(read_cell(target, one, order), Unreadable) for order in (DAY_FIRST, MONTH_FIRST) for one in cells)


def _cells(table: ImportedTable, heading: str) -> list[str]:
    at = table.at(heading)
    assert at is not None
    return table.column(at)[:_CELLS_LOOKED_AT]


def _day_for(table: ImportedTable, free: list[str], guesses: dict[str, str]) -> set[str]:
    """Find a day where no heading told of one: a column of days, else when the form was begun. Gives what is unsure."""
    if not {"datum", "period"}.isdisjoint(guesses.values()):
        return set()
    begun = [one for one in table.headings if same_heading(one) in ("starttid", "start time", "start") and one not in guesses]
    for heading in [*(one for one in free if one not in guesses), *begun]:
        cells = _cells(table, heading)
        days = sum(
            any(not isinstance(read_moment(cell, order), Unreadable) for order in (DAY_FIRST, MONTH_FIRST)) for cell in cells
        )
        if cells and days >= len(cells) * 0.8:
            guesses[heading] = "datum"
            return {heading}
    return set()


def _why(
    table: ImportedTable,
    heading: str,
    row_id: str,
    program: FormProgram,
    targets: Mapping[str, ReportKey],
    likeness: Mapping[tuple[str, str], float],
    guesses: Mapping[str, str],
) -> str:
    """Why a column is left out."""
    if program.adds(heading):
        return "lägger formuläret till av sig självt"
    if is_hand_in(heading):
        return "säger när raden lämnades in, inte vilken dag den gäller"
    if not _cells(table, heading):
        return "är tom"
    for other, key in guesses.items():
        if key != "text" and likeness[heading, key] >= _SURE:
            return f"{CHECK}: liknar {other}, som redan ger {key}"
    return "passar ingen fråga i rapporten"


def _row_id(table: ImportedTable, personal: Mapping[str, int], program: FormProgram) -> tuple[str, bool]:
    """The column that tells rows apart, and whether it is certain; when a form was handed in is seldom the same twice."""
    free = [one for one in table.headings if one not in personal]
    for ids in (program.row_ids(free), OWN_TABLE.row_ids(free)):
        for heading in ids:
            if _tells_apart(table, heading):
                return heading, True
    if (moment := program.moment(free)) and _tells_apart(table, moment):
        return moment, False
    for heading in free:
        if re.search(r"(?:^|[_ -])id$", same_heading(heading)) and _tells_apart(table, heading):
            return heading, False
    return "", True


def _tells_apart(table: ImportedTable, heading: str) -> bool:
    at = table.at(heading)
    assert at is not None
    cells = [row.cells[at] for row in table.rows]
    return bool(cells) and all(cells) and len(set(cells)) == len(cells)


def _order(table: ImportedTable, headings: list[str]) -> str:
    """The order of day and month, where a cell with more than twelve tells it and none tells the other."""
    first = second = False
    for heading in headings:
        at = table.at(heading)
        assert at is not None
        for found in filter(None, map(_EITHER_FIRST.fullmatch, table.column(at))):
            first |= int(found[1]) > 12
            second |= int(found[2]) > 12
    return DAY_FIRST if first and not second else MONTH_FIRST if second and not first else ""


def _decimals(table: ImportedTable, headings: list[str]) -> str:
    """The sign before decimals, where some figure can be read in two ways and the others of the table settle it."""
    cells = [cell for heading in headings for cell in _cells(table, heading)]
    if not any(_TWO_WAYS.fullmatch(cell) for cell in cells):
        return ""
    return sign_shown(cells)


def is_order_open(table: ImportedTable, proposal: Proposal) -> bool:
    """Whether some day can be read in two ways and nothing in the table settles it."""
    known = ("datum",) if program_of(table.headings).order else ("datum", "inlämnad")
    columns = [_cells(table, one.heading) for one in proposal.guesses if one.target in known]
    return not proposal.order and any(
        not order_shown(cells) and any(_EITHER_FIRST.fullmatch(cell) for cell in cells) for cells in columns
    )


def _unread(table: ImportedTable, guess: Guess, target: ReportKey) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The cells of a column with fixed answers that fit none, and the answers; None when all fit or there are too many."""
    if target.kind not in (WORD, NAME, NAMES, YES, COUNT):
        return None
    at = table.at(guess.heading)
    assert at is not None
    strange = [cell for cell in dict.fromkeys(table.column(at)) if isinstance(read_cell(target, cell), Unreadable)]
    short = [cell for cell in strange if len(cell) <= _LONGEST_WORD and "\n" not in cell and not is_personal(cell)]
    strangers = target.kind in (NAME, NAMES) and not _fitting(table, guess.heading, target)
    # A name is never written down, and where a column has one the rest of its words may be names too.
    if target.key != "plats" and (strangers or any(map(_LIKE_A_NAME.search, short))):
        return None
    if not short or len(short) > _MOST_WORDS:
        return None
    answers = ("ja", "nej") if target.kind == YES else tuple(dict.fromkeys(filter(None, target.names.values())))
    return tuple(short), answers


# A proposed mapping as the text of its file, with a remark wherever somebody has to look.


CHECK = "# kontrollera"
_IN_QUOTES = re.compile(r""" "(?:\\.|[^"\\])*"|'(?:''|[^'])*' """.strip())
_MARK = re.compile(r"(?:^|\s)#\s*kontrollera\b", re.IGNORECASE)


def marks_left(text: str) -> list[int]:
    """The numbers of the lines of a mapping that somebody still has to look through."""
    return [number for number, line in enumerate(text.splitlines(), 1) if _MARK.search(_IN_QUOTES.sub("", line))]


def mapping_text(
    name: str, plan: str, commitment: str, proposal: Proposal, table: ImportedTable, sheet: str, header: int | None
) -> str:
    """The file of a mapping. Every column of the table stands in it, given or left out and why."""
    return "".join(f"{line}\n" for line in _lines(name, plan, commitment, proposal, table, sheet, header))


def _lines(
    name: str, plan: str, commitment: str, proposal: Proposal, table: ImportedTable, sheet: str, header: int | None
) -> Iterator[str]:
    yield f"# Föreslagen ur tabellens rubriker och svar. Gå igenom raderna med {CHECK.removeprefix('# ')} och ta bort orden."
    yield f"mappning: {name}"
    yield f"plan: {plan}"
    yield f"åtagande: {commitment}"
    if sheet:
        yield f"blad: {_quoted(sheet)}"
    if header is not None:
        yield f"rubrikrad: {header}"
    if proposal.row_id:
        yield f"rad_id: {_quoted(proposal.row_id)}{'' if proposal.row_id_sure else f'   {CHECK}: skiljer den alla rader åt?'}"
    else:
        yield "# rad_id: ingen kolumn skiljer raderna åt, så de känns igen på sitt innehåll"
    if proposal.order:
        yield f"datumordning: {proposal.order}   # så som datumen i tabellen visar"
    elif is_order_open(table, proposal):
        yield f"# datumordning: dag-månad   {CHECK}: datumen kan läsas på två sätt; ta bort första # eller skriv månad-dag"
    if proposal.decimals:
        yield f"decimaltecken: {proposal.decimals}   # så som siffrorna i tabellen visar"
    yield "kolumner:"
    for guess in proposal.guesses:
        yield f"  {_quoted(guess.heading)}: {guess.target}{'' if guess.sure else f'   {CHECK}'}"
    if not {"datum", "period"} & {guess.target for guess in proposal.guesses}:
        yield f"  # ingen kolumn ger dagen   {CHECK}: skriv rubriken här, med datum efter kolonet"
    for title in proposal.missing:
        yield f"  # ingen kolumn ger svaret på {_quoted(title)}   {CHECK}: skriv rubriken här, eller ta bort raden"
    if proposal.unread:
        yield from _proposal_text_words(proposal)
    if proposal.skipped:
        yield "hoppa_över:"
        yield from (f"  - {_quoted(heading)}   # {why}" for heading, why in proposal.skipped)


def _proposal_text_words(proposal: Proposal) -> Iterator[str]:
    """What could not be read, as lines to fill in; they are remarks until somebody has done so."""
    yield f"# värden:   {CHECK}: ord i tabellen som rapporten inte har; fyll i och ta bort # framför raderna"
    for target, (cells, answers) in proposal.unread.items():
        yield f"#   {target}:"
        choice = f"   # välj bland: {', '.join(answers)}" if answers else "   # skriv ett antal"
        yield from (f"#     {_quoted(cell)}: {choice}" for cell in cells)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
