"""A report on its way in: weighed against the whole project, shown, and written whole or not at all."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from uppfoljning.cli.misuse import Misuse
from uppfoljning.cli.output import written
from uppfoljning.cli.prompt import Terminal
from uppfoljning.collect.naming import receipt_of, report_file
from uppfoljning.collect.precheck import PrecheckResult, validate
from uppfoljning.collect.wizard.session import Session, SessionState
from uppfoljning.domain.finding import Finding, Tree
from uppfoljning.files.atomic_write import write_new
from uppfoljning.files.source import Source
from uppfoljning.files.yaml_write import write_yaml
from uppfoljning.present.views.findings_located import located
from uppfoljning.project.load import CheckedProject
from uppfoljning.rules.catalogue import level_of

Completion = Callable[[Mapping[str, Tree]], Mapping[str, Tree]]
"""What adds to the answers what the program knows by itself."""
_CHANCE = 64
_EXPLAINED = "M704"
"""Fewer than the least crew, which the wizard has asked why."""


def new_receipt() -> str:
    """A receipt number that no other report has."""
    return receipt_of(secrets.randbits(_CHANCE))


class Submission(NamedTuple):
    """Where reports are handed in: the project and its folder. With `dry` they are shown instead of written."""

    root: Path
    source: Source
    project: CheckedProject
    dry: bool = False

    def weigh(self, tree: Mapping[str, Tree]) -> Weighed:
        """What the project would say of a report."""
        file = file_of(tree)
        text = write_yaml(tree)
        return Weighed(file, text, tree, validate(self.source, self.project, {file: text}))

    def write(self, weighed: Weighed, following: str = "") -> int:
        """Write an accepted report, say where and what comes next; the exit status."""
        if self.dry:
            print(weighed.text, end="")
            return 0
        with written(weighed.file):
            new = write_new(self.root / weighed.file, weighed.text)
        if not new:
            raise Misuse(f"{weighed.file} finns redan, så inget är skrivet. Kör igen.")
        print(f"Skrev {weighed.file}")
        receipt = weighed.tree["kvitto"]
        print(following or f"Skicka in filen som ni brukar, till exempel med git. Blev något fel: uppfoljning ratta {receipt}")
        return 0


class Weighed(NamedTuple):
    """A report as its file, its text and what the project says of it."""

    file: str
    text: str
    tree: Mapping[str, Tree]
    verdict: PrecheckResult

    @property
    def refused(self) -> tuple[Finding, ...]:
        """Why it cannot be taken in; empty when it can."""
        return self.verdict.refused.get(self.file, ())

    @property
    def findings(self) -> list[Finding]:
        """Everything to tell of it: why it is refused, else what is worth a second look."""
        warnings = (one for one in self.verdict.remarks if level_of(one.problem.code) == "varning")
        explained = bool(self.tree.get("avvikelser"))
        return list(self.refused) or [one for one in warnings if not (explained and one.problem.code == _EXPLAINED)]

    def told(self) -> list[str]:
        """The findings in words. Lines and columns would mean nothing, for the file is not there yet."""
        return [
            f"{one.level}[{one.code}]: {one.headline}{f' (se {one.also})' if one.also and one.also.file != self.file else ''}"
            + (f". {one.remedy[0].upper()}{one.remedy[1:]}." if one.remedy else "")
            for one in located(self.findings, self.verdict.source)
        ]


def file_of(tree: Mapping[str, Tree]) -> str:
    """The name of the file that a report goes into."""
    period = tree.get("period")
    if isinstance(period, dict):
        period = f"{period.get('från')}-{period.get('till')}"
    when = tree.get("datum") or period or "utan-dag"
    return report_file(str(tree["plan"]), str(tree["åtagande"]), str(when), str(tree["kvitto"]))


def refused(weighed: Weighed, undone: str = "Inget är skrivet.") -> int:
    """Say why a report was not taken in; the exit status."""
    print(*weighed.told(), undone, sep="\n", file=sys.stderr)
    return 1


def concerned(stand: SessionState, file: str, findings: Sequence[Finding]) -> list[str]:
    """The questions that findings are about, as far as their places tell."""
    asked = [row.id for row in stand.answered]
    ways = [one for one in asked if one.partition(".")[0] == "läge"]
    found: dict[str, None] = {}
    for place in (place for finding in findings for place in finding.places if place.file == file and place.path):
        path = [str(part) for part in place.path]
        names = (".".join(path[:size]) for size in range(len(path), 0, -1))
        name = next((name for name in names if name in asked), "")
        if not name and path[0] in ("datum", "läge", "period", "flyttad_till") and ways:
            name = ways[-1]
        if name:
            found.setdefault(name)
    return list(found)


def settle(terminal: Terminal, desk: Submission, session: Session, complete: Completion) -> Weighed:
    """Ask until a report is right; only one of a quick way may be refused."""
    while True:
        session, stand = terminal.converse(session)
        assert stand.result is not None
        weighed = desk.weigh(complete(stand.result.tree))
        if stand.result.at_once:
            return weighed
        for text in weighed.told():
            terminal.tell("", f"■ {text}", style="bad" if weighed.refused else "warn")
        if weighed.refused and (again := concerned(stand, weighed.file, weighed.refused)):
            session = session.again(again)
            continue
        following = terminal.confirm(session, stand)
        if following is None and not weighed.refused:
            return weighed
        session = following or session
