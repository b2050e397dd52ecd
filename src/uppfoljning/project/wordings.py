"""The wordings of one plan, out of the versions of its file: which was decided, what came after, and what cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from uppfoljning.domain.plan import Plan
from uppfoljning.domain.plan_history import POINTER, Gap, PlanHistory, Wording, changes_between, history_of
from uppfoljning.files.git import SHORT, Objects
from uppfoljning.files.git_history import FileVersion, Node
from uppfoljning.files.machine import raise_if_short
from uppfoljning.files.source import YAML_LIMIT
from uppfoljning.project.plans import plan_in

_DEEPEN = "hämta resten med: git fetch --unshallow --tags"
_FETCH = "hämta det som saknas, eller gör en ny klon med: git clone"


def shallow_gap(decided: bool) -> Gap:
    return Gap("klonen har bara en del av historiken", _DEEPEN, decided, edge=True)


_DECISION = (b"beslut", b"\0", b"\\")
"""What a text that says that it is decided must hold: the key, or what could be it in another encoding or another spelling."""


class _Unread(NamedTuple):
    """A content that is no plan today; `decided` says that it may have been decided, for all that can be seen."""

    message: str
    remedy: str
    decided: bool


_Reading = Plan | _Unread | None


class Reader:
    """Makes the wordings of one plan out of the versions of its file. `today` is git's name for the content it has now."""

    def __init__(self, file: str, plan: Plan, today: str, objects: Objects, *, shallow: bool) -> None:
        self._file = file
        self._plan = plan
        self._objects = objects
        self._shallow = shallow
        self._read: dict[str, _Reading] = {"": None, **({today: plan} if today else {})}

    def history(self, versions: Sequence[FileVersion], nodes: Sequence[Node]) -> PlanHistory | None:
        """The history from the first wording that was decided, along the line of first parents; None where none ever was.

        Where that wording came with a merge from another line, the way from it to that merge comes first.
        """
        line, unread = self._line(versions)
        first = next((at for at, one in enumerate(line) if one.plan.decision is not None), None)
        line = line[first:] if first is not None else []
        begin = line[0].commit if line else ""
        if begin:
            days = [version.commit for version in versions]
            unread = [one for one in unread if days.index(one.commit) > days.index(begin)]
        origin = _Origin(self, nodes)
        gaps = list(origin.gaps())
        if self._plan.decision is None and not line and not origin.candidates and not gaps:
            return None
        if origin.candidates and begin not in origin.commits:
            way, more = self._line(origin.way_to(next((one for one in versions if one.commit == begin), None)))
            line = [*way, *line]
            unread = [*more, *unread]
        if not line or line[-1].plan != self._plan:
            line.append(Wording(self._plan))
        later = (self._gap(one, False) for one in unread if one.blob not in origin.open_blobs)
        gaps += [gap for gap in later if gap is not None]
        return history_of(line, sorted(gaps, key=lambda gap: not gap.decided))

    def _line(self, versions: Sequence[FileVersion]) -> tuple[list[Wording], list[FileVersion]]:
        """The readable versions, oldest first, from the last on that was another plan, and those that cannot be read.

        A plan that was removed and came back is the same plan.
        """
        wordings: list[Wording] = []
        unread: list[FileVersion] = []
        plan = self._plan
        for version in reversed(versions):
            reading = self.read(version)
            if isinstance(reading, _Unread):
                unread.append(version)
            elif reading is not None:
                if not _same(plan, reading):
                    break
                plan = reading
                wordings.append(Wording(reading, version.commit, version.day, version.subject))
        return wordings[::-1], unread[::-1]

    def read(self, version: FileVersion) -> _Reading:
        """What a version says; where its content has been read already, what that said. None where the file was removed."""
        if version.blob not in self._read:
            self._read[version.blob] = self._content(version.blob)
        return self._read[version.blob]

    def _content(self, blob: str) -> Plan | _Unread:
        try:
            data = self._objects.read(blob, YAML_LIMIT + 1)
        except OSError as error:
            raise_if_short(error)
            return _Unread("git kan inte läsa den: innehållet saknas eller är trasigt", _FETCH, True)
        plan = plan_in(self._file, data)
        remedy = f"läs den med git show, och skriv i {POINTER} vilken commit som beslutades, med ett skäl under ändringar"
        return plan or _Unread("dagens program kan inte läsa den", remedy, any(word in data for word in _DECISION))

    def gap(self, version: FileVersion) -> Gap | None:
        """What a version hides, where it cannot be read or came before all that can be seen."""
        return self._gap(version, True)

    def _gap(self, version: FileVersion, first: bool) -> Gap | None:
        reading = self.read(version)
        if not isinstance(reading, _Unread):
            return None
        return Gap(reading.message, reading.remedy, first and reading.decided, version.commit, version.day)

    def begun_before(self, version: FileVersion) -> Gap | None:
        """That a version is only the oldest of those that can be seen."""
        if not version.cut:
            return None
        if self._shallow:
            return shallow_gap(True)
        return Gap("det går inte att se om filen har hetat något annat: innehåll saknas i klonen", _FETCH, True, edge=True)

    @property
    def plan(self) -> Plan:
        """The plan as it is today."""
        return self._plan


class _Origin:
    """Where in the whole of a file's history the plan was first decided.

    `candidates` are the positions of the wordings that were decided with none decided before them; `commits` are theirs.
    """

    def __init__(self, reader: Reader, nodes: Sequence[Node]) -> None:
        self._reader = reader
        self._nodes = nodes
        self._reached = self._same_plan()
        self.candidates: list[int] = []
        self._open: list[int] = []
        """The wordings that came before any that is known to be decided."""
        after: set[int] = set()
        for at in sorted(self._reached):
            parents = nodes[at].parents
            if any(one in after for one in parents):
                after.add(at)
                continue
            self._open.append(at)
            reading = self._reached[at]
            if isinstance(reading, Plan) and reading.decision is not None:
                self.candidates.append(at)
                after.add(at)
        self.commits = {nodes[at].version.commit for at in self.candidates}
        self.open_blobs = {nodes[at].version.blob for at in self._open}

    def _same_plan(self) -> dict[int, _Reading]:
        """The wordings that are of this plan, found from the newest on backwards."""
        found: dict[int, _Reading] = {}
        left = [(len(self._nodes) - 1, self._reader.plan)] if self._nodes else []
        while left:
            at, plan = left.pop()
            if at in found:
                continue
            reading = self._reader.read(self._nodes[at].version)
            if isinstance(reading, Plan):
                if not _same(plan, reading):
                    continue
                plan = reading
            found[at] = reading
            left += [(parent, plan) for parent in self._nodes[at].parents]
        return found

    def gaps(self) -> Iterator[Gap]:
        """What may hide the decided wording: one that cannot be read before it, a history that ends, or two that contradict."""
        said: set[Gap] = set()
        for at in self._open:
            version = self._nodes[at].version
            for gap in (self._reader.gap(version), self._reader.begun_before(version)):
                if gap is not None and gap.decided and gap not in said:
                    said.add(gap)
                    yield gap
        first, *others = ([self._plan_at(at) for at in self.candidates]) or [None]
        if first is not None and any(change.substance for one in others if one for change in changes_between(first, one)):
            commits = ", ".join(self._nodes[at].version.commit[:SHORT] for at in self.candidates)
            message = f"historiken har flera beslutade lydelser som säger olika: {commits}"
            yield Gap(message, f"skriv i {POINTER} vilken av dem som beslutades, med ett skäl under ändringar", True)

    def _plan_at(self, at: int) -> Plan | None:
        reading = self._reached[at]
        return reading if isinstance(reading, Plan) else None

    def way_to(self, version: FileVersion | None) -> list[FileVersion]:
        """The versions from the oldest decided wording to the one that another line has, else to the newest; oldest first."""
        goal = self.candidates[0]
        below = {goal}
        for at in sorted(self._reached):
            if any(parent in below for parent in self._nodes[at].parents):
                below.add(at)
        ends = [at for at in below if version is not None and self._nodes[at].version.blob == version.blob]
        at = max(ends or below)
        way = [at]
        while at != goal:
            at = next(parent for parent in self._nodes[at].parents if parent in below)
            way.append(at)
        return [self._nodes[one].version for one in reversed(way)]


def _same(newer: Plan, older: Plan) -> bool:
    """Whether two wordings of a file are of one plan: by the id, or where that was changed, unless another decision was.

    Next year's plan, begun with this year's text and so with its decision, is about other days.
    """
    if newer.id == older.id:
        return True
    new, old = newer.decision, older.decision
    decided_anew = new is not None and old is not None and (new.day, new.reference) != (old.day, old.reference)
    return not decided_anew and newer.span.cut(older.span) is not None
