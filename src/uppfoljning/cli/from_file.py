"""A report handed in as a file, by a script or another program: checked as one that was asked for, and written as one."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from uppfoljning.cli import reading
from uppfoljning.cli.misuse import Misuse, leading_out, shown
from uppfoljning.cli.output import standard_output
from uppfoljning.cli.prompt import standard_input
from uppfoljning.cli.submit import Submission, new_receipt, refused
from uppfoljning.collect.naming import personal
from uppfoljning.collect.precheck import validate
from uppfoljning.collect.sheet import Sheet, sheet_of
from uppfoljning.collect.wizard.interview import completed
from uppfoljning.domain.finding import Finding, Tree
from uppfoljning.files.gate import OUTSIDE, read_given
from uppfoljning.files.machine import raise_if_short
from uppfoljning.files.source import YAML_LIMIT, Source
from uppfoljning.files.text import text_of, yaml_text
from uppfoljning.files.yaml_load import read_yaml
from uppfoljning.files.yaml_write import tidy
from uppfoljning.present.escape import covered
from uppfoljning.present.views.findings import FORMATS
from uppfoljning.present.views.findings_located import located
from uppfoljning.project.document import REPORTS
from uppfoljning.project.load import CheckedProject

STDIN = "-"
_ENCODINGS = ("F003", "F005")
_OTHER_KINDS = frozenset(("bedömning", "indikator", "snabbrapport"))
_AS = f"{REPORTS}inlamnad.yaml"
"""The name under which the file is looked at; its own may be anything."""


class _Handed:
    """A source of the one file that was handed in."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def names(self) -> list[str]:
        return [_AS]

    def read(self, name: str) -> bytes:
        return self._data


def hand_in(desk: Submission, file: str, plan: str, commitment: str) -> int:
    """Check and write a report from a file or from standard input; every fault is told in one run."""
    name = "standard input" if file == STDIN else file
    handed = _Handed(_read(desk, file))
    _, odd = yaml_text(_AS, handed.read(_AS))
    if encoding := [one for one in odd if one.problem.code in _ENCODINGS]:
        return _told(encoding, handed, name)
    tree, _ = read_yaml(_AS, handed.read(_AS))
    whole = _placed(tree, plan, commitment) if isinstance(tree, dict) else {}
    if not isinstance(tree, dict) or whole.keys() == tree.keys():
        verdict = validate(desk.source, desk.project, {_AS: text_of(handed, _AS)})
        if found := verdict.refused.get(_AS):
            return _told(found, verdict.source, name)
    if "åtagande" not in whole or not _OTHER_KINDS.isdisjoint(whole):
        raise Misuse(f"{shown(name)} är ingen snabbrapport. En sådan har nyckeln åtagande, och gäller en dag eller en period.")
    return _write(desk, whole)


def _told(findings: Sequence[Finding], source: Source, name: str) -> int:
    """Show findings under the file's own name; the exit status."""
    shown_as = [one._replace(file=covered(name)) for one in located(findings, source)]
    FORMATS["text"](shown_as, standard_output())
    print("Inget är skrivet.", file=sys.stderr)
    return 1


def _write(desk: Submission, tree: Mapping[str, Tree]) -> int:
    sheet = _sheet_of(desk.project, tree)
    clean = tidied(tree)
    for path, text in texts_of(clean):
        if problem := personal(text, path):
            print(f"fel[{problem.code}]: {problem.message}, i {path}. Inget är skrivet.", file=sys.stderr)
            return 1
    weighed = desk.weigh(completed(clean, sheet, date.today(), new_receipt()))
    if weighed.refused:
        return refused(weighed)
    for told in weighed.told():
        print(told, file=sys.stderr)
    return desk.write(weighed)


def _sheet_of(project: CheckedProject, tree: Mapping[str, Tree]) -> Sheet:
    """The questions of the commitment that a report names."""
    own, _, name = str(tree["åtagande"]).rpartition("/")
    own = own or str(tree.get("plan") or "")
    plans = reading.chosen_plans(project, own, [])
    reading.check_commitments([name], plans)
    found = next((home, one) for home in plans for one in home.commitments if one.id == name)
    return sheet_of(*found, project.forms.get(found[1].form))


def _read(desk: Submission, file: str) -> bytes:
    try:
        if file == STDIN:
            data = standard_input().read(YAML_LIMIT + 1)
        else:
            if Path(file).resolve().is_relative_to((desk.root / REPORTS).resolve()):
                raise Misuse(f"{shown(file)} ligger redan bland rapporterna. Rätta den med: uppfoljning ratta {shown(file)}")
            data = read_given(file, YAML_LIMIT, str(desk.root))
    except OSError as error:
        raise_if_short(error)
        if error.errno == OUTSIDE:
            raise leading_out(file) from None
        raise Misuse(f"filen {shown(file)} går inte att läsa. Kontrollera att den finns och är en vanlig fil.") from None
    if len(data) > YAML_LIMIT:
        raise Misuse(f"{shown(file)} är större än {YAML_LIMIT // 1024 // 1024} MB. Lämna en rapport i taget.")
    return data


def _placed(tree: dict[str, Tree], plan: str, commitment: str) -> dict[str, Tree]:
    """The report with the commitment and plan that stand on the command line, which must not be others than its own."""
    home, _, asked = commitment.rpartition("/")
    own_plan, _, own = str(tree.get("åtagande") or "").rpartition("/")
    wanted = (("åtagande", asked, own), ("plan", home or plan, own_plan or str(tree.get("plan") or "")))
    for key, value, stated in wanted:
        if value and stated and stated != value:
            raise Misuse(f"du skrev {key} {shown(value)}, men filen gäller {shown(covered(stated))}. Ta bort det ena.")
    return {key: value for key, value, stated in wanted if value and not stated} | tree


def tidied(tree: Mapping[str, Tree]) -> dict[str, Tree]:
    """A report with tidy texts, without what was left empty."""
    clean = {key: _tidied(value) for key, value in tree.items()}
    return {key: value for key, value in clean.items() if value}


def _tidied(value: Tree) -> Tree:
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, list):
        return [one for one in map(_tidied, value) if one]
    return tidied(value) if isinstance(value, dict) else None


def texts_of(value: Tree, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a report, with the keys that lead to it."""
    if isinstance(value, str):
        yield path, value
    else:
        parts = value.items() if isinstance(value, dict) else enumerate(value or ())
        for key, inner in parts:
            yield from texts_of(inner, f"{path}.{key}".strip("."))
