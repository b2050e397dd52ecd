"""How a command writes: the terminal's width and colour, settled once."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import typer

from uppfoljning.cli.machine import Cannot, sentence, why
from uppfoljning.cli.misuse import Misuse, shown
from uppfoljning.cli.options import directory
from uppfoljning.cli.project_dir import nearest_root
from uppfoljning.files.source import FOLDERS
from uppfoljning.present.renderers.drawn import PAPERS, TableFormat
from uppfoljning.present.terminal import Screen

if TYPE_CHECKING:
    from datetime import date

    from uppfoljning.cli.reading import Opened
    from uppfoljning.present.provenance import Provenance

NARROWEST = 20
ELSEWHERE = "Välj en annan plats med --ut"
IN_THE_WAY = "Se efter om det finns en fil där det ska vara en mapp"
NOTHING, SOME = "Inget är skrivet.", "Det som hann skrivas är helt; inget blir dubbelt när du kör igen."


def standard_output() -> Screen:
    """A terminal has a width and, unless NO_COLOR is set, colour; a pipe has neither, so that nothing is folded or dressed up.

    COLUMNS sets a width anywhere, FORCE_COLOR colour unless NO_COLOR is set.
    """
    columns = os.environ.get("COLUMNS", "")
    wide = max(int(columns), NARROWEST) if columns.isascii() and columns.isdigit() and int(columns) > 0 else None
    plain = bool(os.environ.get("NO_COLOR"))
    if not sys.stdout.isatty():
        return Screen(sys.stdout, wide, bool(os.environ.get("FORCE_COLOR")) and not plain)
    width = wide or max(shutil.get_terminal_size((80, 24)).columns, NARROWEST)
    return Screen(sys.stdout, width, not plain and os.environ.get("TERM") != "dumb")


# Where a command writes: the terminal or a pipe, or with `--ut` a file, whole or not at all.


ENDINGS = {one.face.ending: one.value for one in TableFormat} | {".ics": "ics"}
"""What the ending of a file's name says of its format."""
_OPENED = {one.value: one.face.opened for one in TableFormat}
_BINARY = [one for one in TableFormat if one.face.binary]


class Out(NamedTuple):
    """What a command writes, and the file if there is one; `name` is the file as the user wrote it."""

    format: str
    path: Path | None
    name: str
    screen: Screen

    def foot(self, ctx: typer.Context, opened: Opened, as_of: date) -> Provenance:
        """The foot of what is written; a face that is a paper also says what command it is from."""
        foot = opened.foot(as_of)
        if self.format not in PAPERS:
            return foot
        from uppfoljning.cli.command_line import again

        return foot._replace(command=again(ctx, as_of))

    def finish(self) -> None:
        """Puts what was written in its file, and says so."""
        if self.path is not None:
            self.screen.stream.flush()
            content = cast("io.BytesIO", cast("io.TextIOWrapper", self.screen.stream).buffer).getvalue()
            write(self.path, self.name, content, self.format)


def settled(ctx: typer.Context, format: StrEnum | str | None, out: str) -> Out:
    """Where to write and in which format: the one asked for, else what the file's ending says, else text."""
    ending = Path(out).suffix.lower() if out else ""
    named = ENDINGS.get(ending, "")
    chosen = str(format or (named if named in set(TableFormat) else "text"))
    if named not in ("", chosen, *(["text"] if chosen == "paminnelse" else [])):
        raise Misuse(f"flaggan --ut: {shown(out)} slutar på {ending}, men formatet är {chosen}. Ändra det ena.")
    if out:
        screen = Screen(io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline=""))
        return Out(chosen, place(ctx, out), out, screen)
    if chosen in _BINARY and sys.stdout.isatty():
        raise Misuse(
            f"formatet {chosen} går inte att visa i en terminal. Skriv en fil med --ut, till exempel --ut tabell.{chosen}"
        )
    return Out(chosen, None, "", standard_output())


def place(ctx: typer.Context, out: str, *, folder: bool = False) -> Path:
    """The path of `--ut`, from the directory the command works in; never among the plans and reports, which are read as such."""
    path = directory(ctx) / out
    root = nearest_root(ctx)
    if root is not None and any(path.resolve().is_relative_to(root.resolve() / one) for one in FOLDERS):
        raise Misuse(
            f"flaggan --ut: i {' och '.join(FOLDERS)} ligger bara planer och rapporter. Välj en annan mapp än den i {shown(out)}."
        )
    if path.is_dir() and not folder:
        raise Misuse(f"flaggan --ut: {shown(out)} är en mapp. Skriv också vad filen ska heta.")
    if folder and path.exists() and not path.is_dir():
        raise Misuse(f"flaggan --ut: {shown(out)} är en fil, men formatet csv blir en mapp med en fil för varje tabell.")
    return path


def write(path: Path, name: str, content: bytes, format: str) -> None:
    """Write a file, and say what was written and how to open it."""
    from uppfoljning.files.atomic_write import write_over

    with written(shown(name), ELSEWHERE, option="--ut"):
        changed = write_over(path, content)
    said = f"Skrev {shown(name)}." if changed else f"{shown(name)} är redan aktuell."
    print(" ".join(filter(None, (said, _OPENED.get(format, "")))))


def write_folder(path: Path, name: str, files: Mapping[str, bytes], how_to_open: str) -> None:
    """Write the files of a folder, and say what was written; also what lies there from another time."""
    from uppfoljning.files.atomic_write import write_all_over

    with written(shown(name), ELSEWHERE, option="--ut"):
        write_all_over(path, files)
        others = sorted(one.name for one in path.glob("*.csv") if one.name not in files)
    print(f"Skrev {len(files)} {'fil' if len(files) == 1 else 'filer'} i {shown(name)}. {how_to_open}")
    if others:
        print(f"I {shown(name)} ligger också {', '.join(map(shown, others))}, som inte hör till det här.", file=sys.stderr)


@contextmanager
def written(what: str, otherwise: str = IN_THE_WAY, *, left: str = NOTHING, option: str = "") -> Iterator[None]:
    """Tells of an OSError inside: as the machine's, with exit status 1, or where the place is wrong as misuse, with 2.

    `what` is what cannot be written, `otherwise` what to do where another place is needed, `left` what is there afterwards, and
    `option` the option that named the place.
    """
    try:
        yield
    except OSError as error:
        said = f"{f'flaggan {option}: ' if option else ''}det går inte att skriva {what}"
        found = why(error)
        if found is None:
            raise Misuse(f"{said}. {otherwise}.") from error
        raise Cannot(f"{said}: {sentence(found, '' if otherwise == IN_THE_WAY else otherwise)} {left}") from error
