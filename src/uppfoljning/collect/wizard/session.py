"""Where a conversation stands: the answers given so far, which question they lead to, and how one is taken back.

A session never changes; an answer gives a new one. Everything follows from the texts that were given: the conversation is held
again from its beginning with them, so that what has been taken back leaves no trace, and an answer that no longer fits is asked
for again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from uppfoljning.collect.privacy import personal
from uppfoljning.collect.wizard.question import BACK, Need, Question, Reading, Talk
from uppfoljning.domain.finding import Problem, Tree
from uppfoljning.domain.schema import NOTHING
from uppfoljning.files.yaml_write import tidy

UNDO = ("ångra", "angra", "å")
HELP = "?"
NONE = "-"


class Result(NamedTuple):
    """What the answers amount to. `at_once` says that the question itself told everything, so that no summary is needed."""

    tree: Mapping[str, Tree]
    at_once: bool = False


Conversation: TypeAlias = Callable[[], Talk[Result]]


class Row(NamedTuple):
    """An answer as the summary shows it."""

    id: str
    label: str
    shown: str


class Stand(NamedTuple):
    """Where a session is: the question that comes next, or the result; the answers before it; why it is asked once more."""

    question: Question | None
    result: Result | None
    answered: tuple[Row, ...]
    problem: Problem | None = None

    @property
    def rows(self) -> list[Row]:
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

    def stand(self) -> Stand:
        """Hold the conversation with the answers given."""
        talk = self.conversation()
        answered: list[Row] = []
        question = next(talk)
        while (text := self.given.get(question.id)) is not None:
            reading = question.read(text) if text else Reading(None, "")
            if isinstance(reading, Problem):
                return Stand(question, None, tuple(answered), reading)
            answered.append(Row(question.id, question.label, reading.shown))
            try:
                question = talk.send(reading.value)
            except StopIteration as done:
                return Stand(None, done.value, tuple(answered))
        return Stand(question, None, tuple(answered))

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
