"""A question: what is asked, how an answer is read, what Enter means; and the readers that several questions share."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from enum import Enum
from typing import Any, NamedTuple, TypeAlias, TypeVar

from uppfoljning.collect.sheet import Choice
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.scalars import parse_text
from uppfoljning.domain.schema import fold, suggestion

YES = ("j", "ja", "y", "yes", "true")
NO = ("n", "nej", "no", "false")


class Need(Enum):
    """Whether a question must be answered."""

    FREE = "Enter hoppar över"
    WANTED = "skriv - om du inte vet"
    DEMANDED = "måste besvaras"


class Reading(NamedTuple):
    """An answer that was understood: what it means, and how it is shown."""

    value: Any
    shown: str


BACK = object()
"""The value of an answer that takes the one before it back."""

Read: TypeAlias = Callable[[str], Reading | Problem]


class Question(NamedTuple):
    """One question. `id` is the way to its answer in the report, with dots; `label` is its name in the summary, where it has one.

    `choices` are numbered or have letters of their own, `hints` say how to answer and `default` is what Enter takes.
    """

    id: str
    label: str
    text: str
    read: Read
    choices: tuple[tuple[str, str], ...] = ()
    hints: tuple[str, ...] = ()
    default: str = ""
    need: Need = Need.FREE
    help: str = ""


_T = TypeVar("_T")
Talk: TypeAlias = Generator[Question, Any, _T]
"""A conversation: it gives questions, is sent the values of their answers, and ends with what they amount to."""


def read_text(text: str) -> Reading | Problem:
    """Free text."""
    value = parse_text(text)
    return value if isinstance(value, Problem) else Reading(value, " ".join(value.split()))


def read_yes(text: str) -> Reading | Problem:
    """Yes or no, the short ways too."""
    word = text.casefold()
    if word in YES:
        return Reading(True, "ja")
    if word in NO:
        return Reading(False, "nej")
    return Problem("S117", "svaret ska vara ja eller nej", "skriv j eller n")


YES_NO = (("j", "ja"), ("n", "nej"))


def letters(words: Sequence[str]) -> dict[str, str]:
    """The fewest first letters that tell each word from the others."""
    return {
        word: next(word[:size] for size in range(1, len(word) + 1) if size == len(word) or _alone(word[:size], word, words))
        for word in words
    }


def _alone(start: str, word: str, words: Sequence[str]) -> bool:
    return not any(other != word and other.startswith(start) for other in words)


def lettered(words: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Words as choices by their first letters."""
    return tuple((start, word) for word, start in letters(words).items())


def word_of(text: str, words: Sequence[str]) -> str | Problem:
    """The word that a text names, whole or by letters that begin no other."""
    found = [word for word in words if word.startswith(text.casefold())]
    if text.casefold() in words or len(found) == 1:
        return text.casefold() if text.casefold() in words else found[0]
    if found:
        return Problem("S120", "bokstäverna räcker inte", f"skriv en till: {' eller '.join(found)}")
    return Problem("S120", "det är inget av orden", suggestion(text, words))


def read_word(words: Sequence[str]) -> Read:
    """One of a closed list of words, by its first letters."""

    def read(text: str) -> Reading | Problem:
        word = word_of(text, words)
        return word if isinstance(word, Problem) else Reading(word, word)

    return read


def numbered(choices: Sequence[Choice]) -> tuple[tuple[str, str], ...]:
    """Choices by their number."""
    return tuple((str(at), choice.title) for at, choice in enumerate(choices, 1))


def pick(text: str, choices: Sequence[Choice]) -> Choice | Problem:
    """The choice that a text names by its number, id, title or how one of them begins."""
    if text.isascii() and text.isdigit() and len(text) < 6:
        if 1 <= int(text) <= len(choices):
            return choices[int(text) - 1]
        if not any(text in (choice.id, choice.title) for choice in choices):
            return Problem("S120", "det numret finns inte", f"välj mellan 1 och {len(choices)}")
    word = fold(text)
    for found in (
        [choice for choice in choices if word in (fold(choice.id), fold(choice.title))],
        [choice for choice in choices if fold(choice.id).startswith(word) or fold(choice.title).startswith(word)],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            return Problem("S120", "det stämmer in på flera", f"välj bland: {', '.join(choice.title for choice in found)}")
    return Problem("S120", "det finns inte att välja", suggestion(text, [choice.title for choice in choices]))


def read_several(choices: Sequence[Choice]) -> Read:
    """Some of the choices, with commas between, or spaces between numbers; the value is a list of ids in that order."""

    def read(text: str) -> Reading | Problem:
        whole = pick(text, choices)
        if not isinstance(whole, Problem):
            return Reading([whole.id], whole.title)
        parts = text.split() if text.replace(" ", "").isdigit() else text.split(",")
        found: list[Choice] = []
        for part in filter(None, (part.strip() for part in parts)):
            choice = pick(part, choices)
            if isinstance(choice, Problem):
                return choice
            found += [choice] if choice not in found else []
        if not found:
            return whole
        return Reading([choice.id for choice in found], ", ".join(choice.title for choice in found))

    return read
