"""Every figure survives every kind of output: narrow, wide, piped, in colour, without, in old encodings."""

from __future__ import annotations

import os
import re

import pytest

from tests.cli.running import EXAMPLE, process, terminal, words
from tests.present.pieces import figures
from uppfoljning.cli.streams import plain
from uppfoljning.present.layout import width

ESCAPE = "\x1b"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
DETAIL = ("status", "nattvandring", "--plan", "exempelkoping-2026", "--vid", "2026-08-31")
UNDERLAG = ("underlag", "krogtillsyn", "--vid", "2026-08-31")
GROUPED = [(*EXAMPLE, "--gruppera", by) for by in ("part", "plats", "månad")]
DIFF = ("diff", "--plan", "exempelkoping-2026", "--vid", "2026-04-30", "--mot", "2026-08-31")
COMMANDS = [EXAMPLE, DETAIL, UNDERLAG, DIFF, *GROUPED]

needs_terminal = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")


# The figure of a title (årskurs 7): where the page is narrow, a title may be cut.
TITLED = "7"


def counted(text: str) -> list[str]:
    return [figure for figure in figures(text) if figure != TITLED]


def piped(*argv: str, encoding: str = "utf-8", **more: str) -> str:
    done = process(*argv, encoding=encoding, **more)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode(encoding).replace("\r\n", "\n")


@pytest.mark.slow
@pytest.mark.parametrize("argv", COMMANDS, ids=words)
@pytest.mark.parametrize(
    ("encoding", "columns"),
    [
        *(("utf-8", columns) for columns in ("40", "60", "80", "200")),
        *((old, columns) for old in ("cp1252", "ascii") for columns in ("", "60")),
    ],
)
def test_every_figure_survives(argv: tuple[str, ...], columns: str, encoding: str) -> None:
    wide = piped(*argv)
    assert len(counted(wide)) > 40
    found = piped(*argv, encoding=encoding, COLUMNS=columns)
    assert counted(found) == counted(wide)
    assert ESCAPE not in found
    assert columns == "" or max(map(width, found.splitlines())) <= int(columns)


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_only_the_look_differs_in_old_encodings(encoding: str) -> None:
    assert plain(piped(*EXAMPLE, encoding=encoding, COLUMNS="80")) == plain(piped(*EXAMPLE, COLUMNS="80"))


@pytest.mark.slow
@needs_terminal
@pytest.mark.parametrize("argv", COMMANDS, ids=words)
@pytest.mark.parametrize("columns", [60, 80, 200])
def test_a_terminal_has_colour_and_its_own_width(argv: tuple[str, ...], columns: int) -> None:
    status, found = terminal(*argv, columns=columns)
    assert status == 0
    assert ESCAPE in found
    bare = COLOUR.sub("", found)
    assert ESCAPE not in bare
    stripped = "".join(f"{line.rstrip()}\n" for line in bare.splitlines())
    assert stripped == piped(*argv, COLUMNS=str(columns))


@needs_terminal
def test_colour_is_never_alone() -> None:
    """Without colour the same words and shapes are there: what is red is ■, what is green is ●."""
    _, found = terminal(*EXAMPLE, columns=80)
    assert re.findall(r"\x1b\[31m(\S)", found) == ["■"] * found.count("■")
    assert set(re.findall(r"\x1b\[32m(\S)", found)) == {"●"}


@needs_terminal
@pytest.mark.parametrize("more", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}], ids=str)
@pytest.mark.parametrize("argv", [EXAMPLE, ("validera",), ("regel", "S104"), ("status", "--help"), ("status", "nej")], ids=words)
def test_no_colour_where_none_is_wanted(argv: tuple[str, ...], more: dict[str, str]) -> None:
    _, found = terminal(*argv, more=more)
    assert found.strip()
    assert ESCAPE not in found


@needs_terminal
def test_findings_have_colour_in_a_terminal() -> None:
    status, found = terminal("validera", columns=60)
    assert status == 0
    assert f"{ESCAPE}[33mvarning[M" in found
    lines = COLOUR.sub("", found).splitlines()
    assert [line for line in lines if width(line) > 60 and not line.startswith(("notis[", "  reports/", "  plans/"))] == []


def test_colour_can_be_forced_into_a_pipe() -> None:
    assert ESCAPE in piped(*EXAMPLE, FORCE_COLOR="1")
    assert ESCAPE not in piped(*EXAMPLE, FORCE_COLOR="1", NO_COLOR="1")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
@pytest.mark.parametrize("face", ["csv", "json", "md"])
def test_a_machine_format_is_utf8_in_a_pipe_whatever_the_terminal_speaks(face: str, encoding: str) -> None:
    done = process("status", "--format", face, "--plan", "strangnas-2020", "--vid", "2021-03-31", encoding=encoding)
    text = done.stdout.decode("utf-8")
    assert "Gå trygghetsvandringar" in text
    assert text.startswith("\ufeffplan;åtagande") == (face == "csv")
    assert text.count("\r\n") == (2 if face == "csv" else 0)
