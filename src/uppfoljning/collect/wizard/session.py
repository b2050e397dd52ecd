"""Where a conversation stands: the answers given so far, which question they lead to, and how one is taken back.

A session never changes; an answer gives a new one. Everything follows from the texts that were given: the conversation is held
again from its beginning with them, so that what has been taken back leaves no trace, and an answer that no longer fits is asked
for again."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple, TypeAlias, TypeVar

from uppfoljning.collect.naming import personal
from uppfoljning.collect.sheet import Choice
from uppfoljning.domain.finding import Problem, Tree
from uppfoljning.domain.scalars import parse_text
from uppfoljning.domain.schema import NOTHING, suggestion
from uppfoljning.domain.synonyms import fold
from uppfoljning.files.yaml_write import tidy

# A question: what is asked, how an answer is read, what Enter means; and the readers that several questions share.


YES = ("j", "ja", "y", "yes", "true")
NO = ("n", "nej", "no", "false")


class Need(Enum):
    """Whether a question must be answered."""

    FREE = "Enter hoppar över"
    WANTED = "skriv - om du inte vet"
    DEMANDED = "måste besvaras"


class ParsedAnswer(NamedTuple):
    """An answer that was understood: what it means, and how it is shown."""

    value: Any
    shown: str


BACK = object()
"""The value of an answer that takes the one before it back."""

AnswerParser: TypeAlias = Callable[[str], ParsedAnswer | Problem]


class Question(NamedTuple):
    """One question. `id` is the way to its answer in the report, with dots; `label` is its name in the summary, where it has one.

    `choices` are numbered or have letters of their own, `hints` say how to answer and `default` is what Enter takes.
    """

    id: str
    label: str
    text: str
    read: AnswerParser
    choices: tuple[tuple[str, str], ...] = ()
    hints: tuple[str, ...] = ()
    default: str = ""
    need: Need = Need.FREE
    help: str = ""


_T = TypeVar("_T")
Talk: TypeAlias = Generator[Question, Any, _T]
"""A conversation: it gives questions, is sent the values of their answers, and ends with what they amount to."""


def read_text(text: str) -> ParsedAnswer | Problem:
    """Free text."""
    value = parse_text(text)
    return value if isinstance(value, Problem) else ParsedAnswer(value, " ".join(value.split()))


def read_yes(text: str) -> ParsedAnswer | Problem:
    """Yes or no, the short ways too."""
    word = text.casefold()
    if word in YES:
        return ParsedAnswer(True, "ja")
    if word in NO:
        return ParsedAnswer(False, "nej")
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


def read_word(words: Sequence[str]) -> AnswerParser:
    """One of a closed list of words, by its first letters."""

    def read(text: str) -> ParsedAnswer | Problem:
        word = word_of(text, words)
        return word if isinstance(word, Problem) else ParsedAnswer(word, word)

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


def read_several(choices: Sequence[Choice]) -> AnswerParser:
    """Some of the choices, with commas between, or spaces between numbers; the value is a list of ids in that order."""

    def read(text: str) -> ParsedAnswer | Problem:
        whole = pick(text, choices)
        if not isinstance(whole, Problem):
            return ParsedAnswer([whole.id], whole.title)
        parts = text.split() if text.replace(" ", "").isdigit() else text.split(",")
        found: list[Choice] = []
        for part in filter(None, (part.strip() for part in parts)):
            choice = pick(part, choices)
            if isinstance(choice, Problem):
                return choice
            found += [choice] if choice not in found else []
        if not found:
            return whole
        return ParsedAnswer([choice.id for choice in found], ", ".join(choice.title for choice in found))

    return read


UNDO = ("ångra", "angra", "å")
HELP = "?"
NONE = "-"


class Result(NamedTuple):
    """What the answers amount to. `at_once` says that the question itself told everything, so that no summary is needed."""

    tree: Mapping[str, Tree]
    at_once: bool = False


Conversation: TypeAlias = Callable[[], Talk[Result]]


class SummaryRow(NamedTuple):
    """An answer as the summary shows it."""

    id: str
    label: str
    shown: str


class SessionState(NamedTuple):
    """Where a session is: the question that comes next, or the result; the answers before it; why it is asked once more."""

    question: Question | None
    result: Result | None
    answered: tuple[SummaryRow, ...]
    problem: Problem | None = None

    @property
    def rows(self) -> list[SummaryRow]:
        """The lines of the summary."""
        return [row for row in self.answered if row.label and row.shown]


class Turn(NamedTuple):
    """What an answer led to: the session, and what is to be told before the next question."""

    session: Session
    problem: Problem | None = None
    told: tuple[str, ...] = ()


class Session(NamedTuple):
    """`given` are the answers by question, in `order`; `taken_back` are former answers, which Enter takes again."""

    conversation: Conversation
    given: Mapping[str, str] = NOTHING
    order: tuple[str, ...] = ()
    taken_back: Mapping[str, str] = NOTHING

    def stand(self) -> SessionState:
        """Hold the conversation with the answers given."""
        talk = self.conversation()
        answered: list[SummaryRow] = []
        question = next(talk)
        while (text := self.given.get(question.id)) is not None:
            reading = question.read(text) if text else ParsedAnswer(None, "")
            if isinstance(reading, Problem):
                return SessionState(question, None, tuple(answered), reading)
            answered.append(SummaryRow(question.id, question.label, reading.shown))
            try:
                question = talk.send(reading.value)
            except StopIteration as done:
                return SessionState(None, done.value, tuple(answered))
        return SessionState(question, None, tuple(answered))

    def default(self, question: Question) -> str:
        """What Enter takes: the answer that was taken back, else the question's own."""
        return self.taken_back.get(question.id, question.default)

    def take(self, line: str) -> Turn:
        """Take a line as it was typed: an answer, Enter, `-`, `?` or `ångra`."""
        question = self.stand().question
        assert question is not None
        text = tidy(line)
        if text == HELP:
            return Turn(self, told=_explained(question))
        if text.casefold() in UNDO:
            return self.back()
        if text == NONE and question.need is not Need.DEMANDED:
            return Turn(self._with(question.id, ""))
        if not text and not (text := self.default(question)):
            if question.need is Need.FREE:
                return Turn(self._with(question.id, ""))
            return Turn(self, Problem("", "frågan behöver ett svar", question.need.value if question.need is Need.WANTED else ""))
        if problem := personal(text, question.id):
            return Turn(self, problem)
        reading = question.read(text)
        if isinstance(reading, Problem):
            return Turn(self, reading)
        return self.back() if reading.value is BACK else Turn(self._with(question.id, text))

    def back(self) -> Turn:
        """Take back the latest answer that still counts."""
        here = {row.id for row in self.stand().answered}
        latest = next((one for one in reversed(self.order) if one in here), None)
        if latest is None:
            return Turn(self, told=("Det finns inget att ångra.",))
        return Turn(self.again([latest]))

    def again(self, ids: list[str]) -> Session:
        """Ask some questions again, and keep the other answers."""
        back = {one: self.given[one] for one in ids if one in self.given}
        return self._replace(
            given={one: text for one, text in self.given.items() if one not in back},
            order=tuple(one for one in self.order if one not in back),
            taken_back={**self.taken_back, **back},
        )

    def _with(self, id: str, text: str) -> Session:
        order = (*(one for one in self.order if one != id), id)
        return self._replace(given={**self.given, id: text}, order=order)


def _explained(question: Question) -> tuple[str, ...]:
    lines = [question.help or question.text]
    lines += [f"{key}: {meaning}" for key, meaning in question.choices]
    lines += question.hints
    if question.need is not Need.DEMANDED:
        lines.append(f"{question.need.value[0].upper()}{question.need.value[1:]}.")
    return (*lines, "Skriv ångra för att gå tillbaka en fråga. Ctrl-C avbryter utan att något sparas.")
