"""Where in a text the reports stand, with what mail programs put around their lines taken away."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from uppfoljning.collect.sheet import Sheet, edition_of, sheet_of
from uppfoljning.domain.finding import Problem, Tree, TreePath
from uppfoljning.domain.plan import Commitment, Plan
from uppfoljning.domain.report import CARRIED_OUT, HOURS, Deviation, Observation, QuickReport
from uppfoljning.files.text import decoded
from uppfoljning.files.yaml_write import tidy
from uppfoljning.project.load import CheckedProject

# The keys of a report as the inbox needs them: which hold what, in which order they stand, and which names each may have.


THINGS = {"avvikelser": Deviation.KEYS, "iakttagelser": Observation.KEYS}
"""The lists of things, with the keys of each thing."""
SPANS = ("period", "flyttad_till")
TABLES = ("funktioner", "uppgifter", "moment", "timmar", *SPANS)
"""What holds names with values; a span may also be one word."""
LISTS = ("parter", "plats", "ersätter")
FREE_TEXT = frozenset({"text", "vad", "hur", "varför", "åtgärd"})
ORDER = (
    "åtagande", "plan", "datum", "period", "läge", "antal", "start", "slut", "parter", "plats", "funktioner", "uppgifter",
    "moment", "avvikelser", "iakttagelser", "timmar", "klart", "text", "flyttad_till", "ersätter", "inlämnad", "rapportör",
    "kvitto", "utgåva",
)  # fmt: skip
"""The keys in the order of the offline form."""

Names = Mapping[str, tuple[str, ...]]
"""The names that each table may have, in the order of the form."""

WITHOUT_PLAN: Names = {"timmar": HOURS, **dict.fromkeys(SPANS, ("från", "till"))}
"""The names that are the same in every report."""


class ReportedCommitment(NamedTuple):
    """The commitment that a report is about, and what its form asks."""

    plan: Plan
    commitment: Commitment
    sheet: Sheet

    @property
    def names(self) -> Names:
        """The names of its tables."""
        return {
            **WITHOUT_PLAN,
            "funktioner": tuple(one.id for one in self.sheet.functions),
            "uppgifter": tuple(self.sheet.fields),
            "moment": tuple(step.id for step in self.commitment.steps),
        }

    @property
    def edition(self) -> str:
        """The edition that a form made now would have."""
        return edition_of(self.sheet)


class Homes:
    """The commitments of a project by name."""

    def __init__(self, project: CheckedProject) -> None:
        self._project = project
        self._found: dict[tuple[str, str], ReportedCommitment] = {}

    def of(self, commitment: object, plan: object) -> ReportedCommitment | None:
        """What `åtagande` and `plan` of a report name; None when that is nothing, or more than one."""
        if not isinstance(commitment, str):
            return None
        lead, slash, name = commitment.rpartition("/")
        wanted = {lead} if slash else set()
        wanted |= {plan} if isinstance(plan, str) and plan else set()
        known = self._project.plans
        if len(wanted) > 1:
            return None
        plans = [known[one] for one in wanted if one in known] if wanted else list(known.values())
        fitting = [(one, there) for one in plans for there in one.commitments if there.id == name]
        return self._home(*fitting[0]) if len(fitting) == 1 else None

    def _home(self, plan: Plan, commitment: Commitment) -> ReportedCommitment:
        at = plan.id, commitment.id
        if at not in self._found:
            sheet = sheet_of(plan, commitment, self._project.forms.get(commitment.form))
            self._found[at] = ReportedCommitment(plan, commitment, sheet)
        return self._found[at]


# Letters that some program could not write are any signs here, and so are the dashes that a phone draws together.
_DASHES, _LOST = r"[-–—]{1,3}", r"\S{1,4}"
_BEGIN = re.compile(rf"([\s>]*){_DASHES}\s*rapport,?\s+{_LOST}ndra\s+inget\s+nedanf{_LOST}r\s*(?:{_DASHES})?\s*", re.IGNORECASE)
_END = re.compile(rf"[\s>]*{_DASHES}\s*slut\s+p{_LOST}\s+rapporten\s*(?:{_DASHES})?\s*", re.IGNORECASE)
_FIRST_KEY = re.compile(r"([\s>]*)(?:åtagande|plan):\s+\S")
_KEY = re.compile(r"[\s>]*(?:[-•–*]\s+)?([0-9a-zåäö_-]+):(?:\s|$)")
_CODED = re.compile(r"=(?:C3=A5|E5)tagande:|=(?:C3=A4|E4)ndra\s+inget\s+nedanf")
_QUOTES = ('"', "“", "”", "„")
_SIGNATURE = re.compile(r"(?:-- ?|_{3,}) *")
_SOFT_BREAK = re.compile(r"=[ \t]*\n")


class NumberedLine(NamedTuple):
    """A line and its number in the file, from 1."""

    number: int
    text: str


class TextBlock(NamedTuple):
    """The lines of a text that should be one report. `marked`: the form's own marks stood around it; `cut`: the last did not."""

    lines: tuple[NumberedLine, ...]
    marked: bool = False
    cut: bool = False

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "".join(f"{line.text}\n" for line in self.lines)

    @property
    def first(self) -> int:
        """The number of its first line."""
        return self.lines[0].number if self.lines else 1


def whole(text: str) -> TextBlock:
    """A text that should be one report and nothing else."""
    return TextBlock(tuple(NumberedLine(at, line) for at, line in enumerate(_lines(text), 1)))


def blocks_in(text: str) -> list[TextBlock]:
    """The reports of a text: what stands between the form's marks, else from the first key to the last in each."""
    lines = [NumberedLine(at, line) for at, line in enumerate(_lines(text), 1)]
    return _marked(lines) or _unmarked(lines)


def _lines(text: str) -> list[str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _CODED.search(text):
        text = decoded(quopri.decodestring(text.encode("utf-8", "replace"))).replace("\r\n", "\n")
    else:
        text = _SOFT_BREAK.sub("", text)
    return text.removesuffix("\n").split("\n")


def _marked(lines: Sequence[NumberedLine]) -> list[TextBlock]:
    found = []
    inside: list[NumberedLine] | None = None
    depth = 0
    for line in lines:
        if begin := _BEGIN.fullmatch(line.text):
            if inside is not None:
                found.append(_block(inside, depth, cut=True))
            inside, depth = [], begin[1].count(">")
        elif inside is not None and _END.fullmatch(line.text):
            found.append(_block(inside, depth, cut=False))
            inside = None
        elif inside is not None:
            inside.append(line)
    if inside is not None:
        found.append(_block(inside, depth, cut=True))
    return found


def _block(lines: Iterable[NumberedLine], depth: int, *, cut: bool) -> TextBlock:
    return TextBlock(tuple(line for line in _unquoted(lines, depth) if line.text.strip()), marked=True, cut=cut)


def _unmarked(lines: Sequence[NumberedLine]) -> list[TextBlock]:
    found = []
    starts = [at for at, line in enumerate(lines) if _FIRST_KEY.match(line.text)]
    begin: int | None = None
    seen: set[str] = set()
    for at in [*starts, len(lines)]:
        match = _KEY.match(lines[at].text) if at < len(lines) else None
        key = match[1] if match else ""
        if begin is not None and (not key or key in seen):
            found.append(_until_last_key(lines[begin:at]))
            begin, seen = None, set()
        if begin is None:
            begin = at
        seen.add(key)
    return found


def _until_last_key(lines: Sequence[NumberedLine]) -> TextBlock:
    """The lines of one report without what follows it: a greeting, a signature."""
    first = _FIRST_KEY.match(lines[0].text)
    bare = _undoubled(_unquoted(lines, first[1].count(">") if first else 0))
    bare = bare[: _end_of_report(bare)]
    last = max(at for at, line in enumerate(bare) if _KEY.match(line.text))
    end, on = last + 1, _goes_on(bare[last].text)
    while end < len(bare) and bare[end].text.strip() and (on or bare[end].text.startswith((" ", "\u00a0"))):
        end += 1
    while end < len(bare) and _is_item(bare[end].text):
        end += 1
    return TextBlock(tuple(bare[:end]))


def _end_of_report(lines: Sequence[NumberedLine]) -> int:
    """Where a signature begins by its own mark, or the form's last key has been; else the end of the lines."""
    keys = [match[1] if (match := _KEY.match(line.text)) else "" for line in lines]
    for at, line in enumerate(lines):
        if _SIGNATURE.fullmatch(line.text):
            return at
        if keys[at] == ORDER[-1] and not any(key in QuickReport.KEYS for key in keys[at + 1 :]):
            return at + 1
    return len(lines)


def _goes_on(text: str) -> bool:
    """Whether a value is not ended on its line."""
    value = text.partition(":")[2].strip()
    if value.startswith("["):
        return "]" not in value
    return value.startswith(_QUOTES) and (len(value) == 1 or not value.endswith(_QUOTES))


def _is_item(text: str) -> bool:
    return re.match(r"\s*[-•]\s+\S", text) is not None


def _unquoted(lines: Iterable[NumberedLine], depth: int) -> list[NumberedLine]:
    """The lines without the `>` that as many answers have put before them; one that was broken off may have fewer."""
    marks = re.compile(rf"\A(?:[ \t\u00a0]*>){{1,{depth}}}[ \u00a0]?" if depth else r"\A(?!)")
    return [NumberedLine(line.number, marks.sub("", line.text)) for line in lines]


def _undoubled(lines: list[NumberedLine]) -> list[NumberedLine]:
    """The lines without the empty ones, where a program has put one after each."""
    full = [at for at, line in enumerate(lines) if line.text.strip()]
    doubled = len(full) > 2 and all(after - before > 1 for before, after in pairwise(full))
    return [lines[at] for at in full] if doubled else lines


# The tree of a report as it is kept: tidy, nothing empty in it, in the order of the form.


HARD_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f", " "))
"""Mail programs put them in where there were spaces."""
_NAME = re.compile(r"[0-9A-Za-zÅÄÖåäö_-]+")


def ordered(tree: Mapping[str, Tree], names: Names) -> dict[str, Tree]:
    """A report as it is kept; what the form does not have comes last. That it was carried out goes without saying."""
    found: dict[str, Tree] = {}
    for key in _first(ORDER, tree):
        value = _tidied(tree[key])
        if isinstance(value, dict) and key in names:
            value = {name: value[name] for name in _first(names[key], value)}
        elif isinstance(value, list) and key in THINGS:
            value = [{name: one[name] for name in _first(THINGS[key], one)} if isinstance(one, dict) else one for one in value]
        if value and (key, value) != ("läge", CARRIED_OUT):
            found[key] = value
    return found


def unfit_names(tree: Tree, at: TreePath = ()) -> Iterable[tuple[TreePath, Problem]]:
    """The keys that are no names, which cannot be written as they are."""
    if isinstance(tree, dict):
        for name, inner in tree.items():
            if not _NAME.fullmatch(name):
                yield (
                    (*at, name),
                    Problem("S101", "en nyckel har tecken som inte kan stå där", "skriv nyckeln med bokstäver och siffror"),
                )
            yield from unfit_names(inner, (*at, name))
    elif isinstance(tree, list):
        for position, inner in enumerate(tree):
            yield from unfit_names(inner, (*at, position))


def _first(order: Iterable[str], there: Mapping[str, Tree]) -> Iterable[str]:
    known = [name for name in order if name in there]
    return [*known, *(name for name in there if name not in known)]


def _tidied(value: Tree) -> Tree:
    if isinstance(value, str):
        return tidy(value.translate(HARD_SPACES))
    if isinstance(value, dict):
        return {key: inner for key, one in value.items() if (inner := _tidied(one))}
    return [inner for one in value if (inner := _tidied(one))] if isinstance(value, list) else value
