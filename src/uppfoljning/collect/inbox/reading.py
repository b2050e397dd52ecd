"""A block of text as the tree of a report, with the line that every part of it stood on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from uppfoljning.collect.inbox.extract import (
    HARD_SPACES,
    SPANS,
    TABLES,
    THINGS,
    WITHOUT_PLAN,
    Homes,
    TextBlock,
    blocks_in,
    ordered,
    unfit_names,
    whole,
)
from uppfoljning.collect.inbox.repair import Mended, Stuck, mend
from uppfoljning.collect.inbox.texts import Text
from uppfoljning.domain.finding import Finding, Place, Problem, Tree, TreePath
from uppfoljning.domain.report import QuickReport
from uppfoljning.domain.schema import FieldProblem, read
from uppfoljning.files.yaml_edit import locate
from uppfoljning.files.yaml_load import read_yaml
from uppfoljning.rules.catalogue import level_of

_FILE = "rapport.yaml"
_SHAPE = "S103"
_PARTS = (*(key for key in TABLES if key not in SPANS), *THINGS)
_OTHER = {"snabbrapport": "en blankett", "bedömning": "en bedömning", "indikator": "en indikator", "åtaganden": "en plan"}
"""Keys at the top that tell of a file that is something else than a report."""

NO_REPORT = Problem("", "ingen rapport hittades", "be om filen som blanketten gav, eller hela texten mellan strecken")
_CUT = Problem(
    "", "rapporten är avklippt: raden --- slut på rapporten --- saknas", "be om hela brevet, eller om filen som blanketten gav"
)
_ASK_FOR_FILE = "be om filen som blanketten gav i stället för texten"


class Origin(NamedTuple):
    """Where a report came from: its file, the part of a letter, and the line it begins on."""

    file: str
    part: str = ""
    line: int = 1


class Draft(NamedTuple):
    """A report that was found. `tree` is tidy and in the order of the form; `where` gives the line of a part, or 0."""

    origin: Origin
    tree: dict[str, Tree]
    where: Callable[[TreePath], int]


class Unread(NamedTuple):
    """What could not be read as a report, and why. Line 0: it concerns the whole."""

    origin: Origin
    line: int
    problem: Problem


def reports_in(file: str, texts: Iterable[Text], homes: Homes) -> list[Draft | Unread]:
    """Every report in the texts of one file, each once, and what looks like one and cannot be read; at least one thing."""
    found: list[Draft | Unread] = []
    seen: list[dict[str, Tree]] = []
    for text in texts:
        for one in _of_text(file, text, homes):
            if isinstance(one, Unread):
                found.append(one)
            elif one.tree not in seen:
                seen.append(one.tree)
                found.append(one)
    return found or [Unread(Origin(file), 0, NO_REPORT)]


def _of_text(file: str, text: Text, homes: Homes) -> Iterable[Draft | Unread]:
    blocks = blocks_in(text.text)
    if not any(block.marked for block in blocks):
        everything = _Reading(Origin(file, text.part), whole(text.text), homes).result()
        if isinstance(everything, Draft):
            return [everything]
        if everything and (text.alone or everything[0].line == 0):
            return everything
    found: list[Draft | Unread] = []
    for block in blocks:
        origin = Origin(file, text.part, block.first)
        if block.cut:
            found.append(Unread(origin, 0, _CUT))
            continue
        one = _Reading(origin, block, homes).result()
        if isinstance(one, Draft):
            found.append(one)
        else:
            found += one or ([Unread(origin, 0, NO_REPORT)] if block.marked else [])
    return found


class _Reading:
    """One block read as it is written, and where that is not sound, as its keys tell that it was."""

    def __init__(self, origin: Origin, block: TextBlock, homes: Homes) -> None:
        self._origin = origin
        self._block = block
        self._homes = homes
        self._text = block.text.translate(HARD_SPACES)
        self._numbers = [line.number for line in block.lines]

    def result(self) -> Draft | list[Unread]:
        """The report, or what is wrong; nothing is wrong where there is no report at all."""
        read_tree, findings = read_yaml(_FILE, self._text.encode("utf-8", "replace"))
        tree = read_tree if isinstance(read_tree, dict) else None
        if tree is not None and "åtagande" not in tree and (other := next((_OTHER[key] for key in _OTHER if key in tree), "")):
            return [
                Unread(
                    self._origin,
                    0,
                    Problem("", f"filen är {other}, ingen rapport", "lägg den i projektet för sig, om den ska gälla"),
                )
            ]
        out = _problems(tree)
        if tree is not None and "åtagande" in tree and not (findings or out or _has_bare_part(tree)):
            return self._draft(tree, self._line_of, ())
        named = self._named()
        if named is None:
            return []
        home = self._homes.of(*named)
        mended = mend(self._block.lines, home.names if home else WITHOUT_PLAN)
        return self._better(tree, findings, out, mended)

    def _better(
        self, tree: dict[str, Tree] | None, findings: Sequence[Finding], out: list[FieldProblem], mended: Mended | Stuck
    ) -> Draft | list[Unread]:
        """The mended report where it is the sounder one. What lost so much that it could mean two things is not read."""
        if isinstance(mended, Stuck):
            if mended.doubt or (self._block.marked and tree is None):
                return [Unread(self._origin, mended.number, Problem("", mended.why, _ASK_FOR_FILE))]
        else:
            wrong = _problems(mended.tree)
            if tree is None or findings or len(wrong) < len(out) or (_has_bare_part(tree) and len(wrong) == len(out)):
                return self._draft(mended.tree, lambda path: _nearest(mended.lines, path), wrong)
        if grave := [one for one in findings if tree is None or level_of(one.problem.code) != "notis"]:
            spans = [(one.place.span.line if one.place.span else 0, one.problem) for one in grave]
            return [Unread(self._origin, self._number(line), problem) for line, problem in spans]
        assert tree is not None
        return self._draft(tree, self._line_of, out)

    def _draft(
        self, tree: Mapping[str, Tree], where: Callable[[TreePath], int], out: Iterable[FieldProblem]
    ) -> Draft | list[Unread]:
        """The report, unless something in it is such that it cannot even be written."""
        unfit = [*unfit_names(dict(tree)), *((path, problem) for path, _, problem in out if problem.code == _SHAPE)]
        if unfit:
            return [Unread(self._origin, where(path), problem) for path, problem in unfit]
        home = self._homes.of(tree.get("åtagande"), tree.get("plan"))
        named: dict[str, Tree] = {"åtagande": home.commitment.id, "plan": home.plan.id} if home else {}
        return Draft(self._origin, ordered({**tree, **named}, home.names if home else WITHOUT_PLAN), where)

    def _named(self) -> tuple[str, str] | None:
        """What the lines say that the commitment and its plan are; None when they name none."""
        said = {"åtagande": "", "plan": ""}
        for line in self._block.lines:
            key, colon, value = line.text.translate(HARD_SPACES).strip().partition(":")
            if colon and key in said:
                said[key] = said[key] or value.strip().strip("\"'“”„")
        return (said["åtagande"], said["plan"]) if said["åtagande"] else None

    def _line_of(self, path: TreePath) -> int:
        return self._number(locate(self._text, _FILE, Place("", path, on_key=True)).line) if path else 0

    def _number(self, at: int) -> int:
        return self._numbers[min(at, len(self._numbers)) - 1] if at and self._numbers else 0


def _problems(tree: dict[str, Tree] | None) -> list[FieldProblem]:
    out: list[FieldProblem] = []
    if tree is not None:
        read(QuickReport, tree, (), out)
    return out


def _has_bare_part(tree: Mapping[str, Tree]) -> bool:
    """Whether a part that should hold something is empty: a sign that what stood in it has lost its indentation."""
    return any(key in tree and not tree[key] for key in _PARTS)


def _nearest(lines: Mapping[TreePath, int], path: TreePath) -> int:
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 0)
