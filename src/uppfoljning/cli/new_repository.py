"""What `init` without `--fran` settles before it writes: the plan's id, title and period, and that the result is sound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from unicodedata import normalize

from uppfoljning.cli.dates import refusal
from uppfoljning.cli.misuse import Misuse
from uppfoljning.cli.output import written
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.period import Period, parse_period, period_name
from uppfoljning.domain.scalars import parse_id
from uppfoljning.files import git
from uppfoljning.files.atomic_write import in_the_way, write_all_new
from uppfoljning.files.root import git_top
from uppfoljning.files.source import FOLDERS, Folder, Source, WithFiles
from uppfoljning.present.escape import one_line
from uppfoljning.present.views.repository import Wishes, repository_files
from uppfoljning.project.load import load_project
from uppfoljning.rules.catalogue import level_of

NO_CI = "ingen"
_MUNICIPALITY = "Lillköpings kommun"
"""No municipality has that name."""
_FEWEST_DAYS = 28
"""The example promises something every Friday and shows two of them."""
_LONGEST_TEXT, _LONGEST_ID = 120, 60


def wishes(*, id: str, title: str, municipality: str, period: str, ci: Sequence[str]) -> Wishes:
    """The new repository as the options say, or as suits most; refused when an option cannot be taken. Reads the clock."""
    from importlib.metadata import version

    days = _period(period) if period else Period(date(today := date.today().year, 1, 1), date(today, 12, 31))
    chosen = list(dict.fromkeys(ci)) or ["github"]
    if NO_CI in chosen and len(chosen) > 1:
        raise Misuse(f"flaggan --ci: {NO_CI} går inte ihop med {chosen[chosen[0] == NO_CI]}.")
    who = _text("--kommun", municipality) or _MUNICIPALITY
    if who.isdigit():
        raise Misuse("flaggan --kommun: skriv kommunens namn. Kommunkoden skriver du i planen, under kommun.")
    return Wishes(
        id=_id(id) or f"atgardsplan-{period_name(days).lower()}",
        title=_text("--titel", title) or f"Åtgärdsplan för {who} {period_name(days)}",
        municipality=who,
        period=days,
        ci=[one for one in chosen if one != NO_CI],
        version=version("uppfoljning"),
    )


def _period(text: str) -> Period:
    period = parse_period(text)
    if isinstance(period, Problem):
        raise Misuse(refusal("--period", text, period))
    if not isinstance(period, Period):
        raise Misuse(
            f"flaggan --period: den nya planen säger inte när {period} är. Skriv ett år eller ett halvår: 2027, 2027-H1."
        )
    if period.days < _FEWEST_DAYS:
        raise Misuse("flaggan --period: en plan gäller minst en månad. Skriv till exempel 2027, 2027-H1 eller 2027-03.")
    return period


def _id(text: str) -> str:
    found = parse_id(text) if text else ""
    if isinstance(found, Problem):
        raise Misuse(f"{refusal('--id', text, found)}. Ett id har små bokstäver, siffror och bindestreck, som atgardsplan-2027.")
    if len(found) > _LONGEST_ID or found.startswith("-"):
        raise Misuse(f"flaggan --id: ett id börjar med en bokstav eller siffra och har högst {_LONGEST_ID} tecken.")
    return found


def _text(option: str, text: str) -> str:
    found = " ".join(normalize("NFC", text).split(" ")).strip()
    if not found.isprintable() or len(found) > _LONGEST_TEXT:
        raise Misuse(f"flaggan {option}: skriv en rad med högst {_LONGEST_TEXT} vanliga tecken.")
    return found


def write(root: Path, wished: Wishes) -> list[str]:
    """Write the repository and give the names of its files; refused, with nothing written, when something is in the way."""
    if Folder(root).names():
        raise Misuse(
            "här finns redan planer eller rapporter, så inget är skrivet. Nästa periods plan skriver du med: "
            "uppfoljning init --fran PLAN"
        )
    _not_in_the_program(root)
    files = repository_files(wished)
    if in_the_way(root, [_IGNORED]):
        # Nearly every repository has one, and what it lets in is its owner's choice.
        del files[_IGNORED]
    taken = in_the_way(root, files)
    if not taken:
        _check(Folder(root), files)
        with written("i mappen", "Välj en annan mapp"):
            taken = write_all_new(root, files)
    if taken:
        raise Misuse(f"det här är i vägen, så inget är skrivet: {', '.join(taken)}. Flytta undan det, eller välj en annan mapp.")
    return list(files)


_IGNORED = ".gitignore"


def _not_in_the_program(root: Path) -> None:
    """Refuses a folder in a clone of the program: plans of one's own do not belong in its history."""
    top = git_top(str(root))
    if top is None:
        return
    try:
        own = 'name = "uppfoljning"' in (Path(top) / "pyproject.toml").read_text("utf-8", "replace").splitlines()
    except OSError:
        return
    if own:
        raise Misuse(
            "det här är programmets egen katalog, så inget är skrivet. Välj en mapp utanför, till exempel: "
            "uppfoljning init ../min-kommun"
        )


_FIRST_COMMIT = "Nytt förråd för uppföljning"


def keep(root: Path, files: Sequence[str]) -> str:
    """Make a repository of git of a new project and commit its files; where it stands in one that is left to the user.

    What was done, or what is left to do, in words: the files are written and whole, also where the machine is short of something.
    """
    from uppfoljning.cli.machine import why

    try:
        return _kept(root, files)
    except OSError as error:
        if (found := why(error)) is None:
            raise
        return f"Git sparade inget: {found.text}. {found.remedy} och spara sedan filerna, med: git init, git add . och git commit"


def _kept(root: Path, files: Sequence[str]) -> str:
    by_hand = "Spara filerna i git, med: git add . och git commit"
    if git_top(str(root)) is not None:
        return by_hand
    if git.ask(root, "init", "--quiet", "--initial-branch=main") is None:
        return "Inget git-förråd blev gjort: git finns inte, eller är för gammalt. Gör ett när du har git, med: git init"
    said = git.ask(root, "add", "--", *files)
    if said is None or git.ask(root, "commit", "--quiet", "-m", _FIRST_COMMIT) is None:
        return f"Gjorde ett git-förråd, men git sparade inget än. Säg först till git vem du är. {by_hand}"
    return "Gjorde ett git-förråd och sparade filerna i det."


def _check(source: Source, files: Mapping[str, str]) -> None:
    """Refuses what the user wrote when the project would not be free of remarks; the text itself is not shown."""
    folders = tuple(f"{folder}/" for folder in FOLDERS)
    thought = {name: text for name, text in files.items() if name.startswith(folders) and name.endswith(".yaml")}
    grave = [one.problem for one in load_project(WithFiles(source, thought)).findings if level_of(one.problem.code) != "notis"]
    if grave:
        raise Misuse(
            f"den nya planen skulle få en anmärkning, så inget är skrivet: {one_line(grave[0].message)}. Ändra flaggorna."
        )
