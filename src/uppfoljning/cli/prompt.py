"""Questions in the terminal: one at a time, folded to its width, with line editing where there is any."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import BinaryIO, NamedTuple

import typer

from uppfoljning.cli.machine import Cannot
from uppfoljning.cli.misuse import Misuse
from uppfoljning.cli.output import standard_output
from uppfoljning.collect.wizard.session import UNDO, Question, Session, SessionState
from uppfoljning.domain.finding import Problem
from uppfoljning.present.escape import covered, one_line, shown
from uppfoljning.present.layout import ANY_WIDTH, packed
from uppfoljning.present.terminal import BLANK, Screen, TextLine, folded, plain

_WIDE = 40
"""Choices that are longer have a line each."""
_LONGEST_DEFAULT = 40
HOW = "Enter tar svaret inom [ ] eller hoppar över. ? förklarar, ångra går tillbaka, Ctrl-C avbryter utan att spara."


def is_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def standard_input() -> BinaryIO:
    """The bytes that somebody sends to the program; refused where nobody can."""
    if sys.stdin is None:
        raise Cannot("det finns inget att läsa, för standard in är stängd. Skicka in texten med < FIL, eller med |.")
    return sys.stdin.buffer


def demand_terminal(instead: str) -> None:
    """Wrong use where nobody can answer; `instead` says what to do then."""
    if not is_terminal():
        raise Misuse(f"det finns ingen terminal att fråga i. {instead}")


class Terminal(NamedTuple):
    """Where questions are asked."""

    screen: Screen

    @classmethod
    def open(cls) -> Terminal:
        """The terminal of this run, with line editing but without a history, for answers are not to be kept anywhere."""
        try:
            import readline
        except ImportError:
            return cls(standard_output())
        readline.parse_and_bind("set enable-bracketed-paste off")
        readline.set_auto_history(False)
        return cls(standard_output())

    def tell(self, *texts: str, style: str = "") -> None:
        """Write texts, each from a new line."""
        self.screen.show(line for text in texts for line in folded(text, self.screen.width, style=style))

    def refuse(self, problem: Problem) -> None:
        """Say why an answer cannot be taken, and what to do."""
        note = f" ({problem.note})" if problem.note else ""
        remedy = f". {problem.remedy[0].upper()}{problem.remedy[1:]}" if problem.remedy else ""
        self.tell(f"■ {problem.message[:1].upper()}{problem.message[1:]}{note}{remedy}.", style="bad")

    def answer(self, default: str = "") -> str:
        """A line as it was typed. The end of the input is an interruption."""
        text = covered(" ".join(default.split()))
        mark = f"[{text if len(text) <= _LONGEST_DEFAULT else text[: _LONGEST_DEFAULT - 1] + '…'}] " if default else ""
        self.screen.stream.flush()
        try:
            return input(f"{mark}> ")
        except (EOFError, KeyboardInterrupt):
            print()
            raise typer.Abort from None
        except UnicodeDecodeError:
            return "\ufffd"

    def ask(self, question: Question, default: str) -> str:
        """Show a question and take a line."""
        room = self.screen.width
        lines: list[TextLine] = [BLANK, *folded(question.text, room, style="title")]
        choices = [f"[{key}] {meaning}" for key, meaning in question.choices]
        lines += _laid(choices, room)
        for hint in question.hints:
            lines += folded(f"({hint})", room, 2, "quiet")
        self.screen.show(lines)
        return self.answer(default)

    def converse(self, session: Session) -> tuple[Session, SessionState]:
        """Ask until there is a result."""
        while (stand := session.stand()).question is not None:
            if stand.problem is not None:
                self.refuse(stand.problem)
            turn = session.take(self.ask(stand.question, session.default(stand.question)))
            if turn.problem is not None:
                self.refuse(turn.problem)
            self.tell(*turn.told)
            session = turn.session
        return session, stand

    def confirm(self, session: Session, stand: SessionState) -> Session | None:
        """Show what has been answered and ask whether it is right; None when it is, else the session to go on with."""
        rows = stand.rows
        self.screen.show(_summary(rows_of(stand), self.screen.width))
        while True:
            self.screen.show([BLANK, plain("Stämmer det?", "title"), *_laid(_ANSWERS, self.screen.width)])
            text = self.answer().strip().casefold()
            if text in UNDO:
                return session.back().session
            if text in ("j", "ja", "y", "yes"):
                return None
            if text in ("n", "nej", "no"):
                self.tell("Vilken rad är fel? Skriv numret, eller Enter för att sluta utan att spara.")
                if not (text := self.answer().strip()):
                    raise typer.Abort
            if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= len(rows):
                return session.again([rows[int(text[:6]) - 1].id])
            self.tell(f"■ Skriv j, n, ångra eller radens nummer, 1–{len(rows)}.", style="bad")


_ANSWERS = ("[j] ja, skriv rapporten", "[n] nej", "[ångra] sista frågan igen", "[nummer] ändra den raden")


def rows_of(stand: SessionState) -> list[tuple[str, str]]:
    """The lines of the summary: what was asked, and the answer."""
    return [(row.label, row.shown) for row in stand.rows]


def _summary(rows: Sequence[tuple[str, str]], room: int | None) -> Iterable[TextLine]:
    yield BLANK
    yield plain("Sammanfattning", "title")
    margin = len(str(len(rows)))
    for at, (label, answer) in enumerate(rows, 1):
        gap = "  " if label.startswith(" ") else ""
        first, *rest = folded(f"{one_line(label).rstrip('?:')}: {answer}", None if room is None else room - margin - 4 - len(gap))
        yield ((f"  {at:>{margin}}  {gap}", "quiet"), *first)
        yield from (((" " * (margin + 4 + len(gap)), ""), *line) for line in rest)


def _laid(choices: Sequence[str], room: int | None) -> Iterable[TextLine]:
    """Choices beside each other, or below each other where they are long."""
    if any(len(choice) > _WIDE for choice in choices[:-1]):
        for choice in choices:
            yield from folded(choice, room, 2)
    elif choices:
        yield from (plain(f"  {line}") for line in packed([shown(choice) for choice in choices], (room or ANY_WIDTH) - 2))
