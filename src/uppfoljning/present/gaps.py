"""The words for what cannot be seen of a plan's past: never to be taken for that nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from uppfoljning.domain.plan_history import Gap
from uppfoljning.files.git import SHORT
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import plural

_UNSEEN = "det går inte att se om något är ändrat sedan beslutet"


def sentences(gaps: Iterable[Gap]) -> Iterator[str]:
    """What cannot be seen, why, and what to do, as whole sentences; the same is said once."""
    known = dict.fromkeys(gaps)
    for message, remedy in dict.fromkeys((_which(gap), gap.remedy) for gap in known if gap.decided):
        yield f"{_capital(_UNSEEN)}: {message}. {_capital(remedy)}."
    for gap in known:
        if not gap.decided:
            yield f"En tidigare lydelse går inte att läsa, {_which(gap)}. {_capital(gap.remedy)}."


def words(gaps: Iterable[Gap]) -> tuple[str, ...]:
    """The same in a few words, for a foot."""
    known = list(dict.fromkeys(gaps))
    said = [f"{_UNSEEN}: {message}" for message in dict.fromkeys(_which(gap) for gap in known if gap.decided)]
    if later := sum(not gap.decided for gap in known):
        said.append(plural(later, "tidigare lydelse går inte att läsa", "tidigare lydelser går inte att läsa"))
    return tuple(said)


def _which(gap: Gap) -> str:
    if not gap.commit:
        return one_line(gap.message)
    return one_line(f"lydelsen i commit {gap.commit[:SHORT]}{f' den {gap.day}' if gap.day else ''}: {gap.message}")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def not_fetched(files: int, submodules: Iterable[str]) -> tuple[str, ...]:
    """What git has and the folder lacks, in a few words, for a foot."""
    said = [f"{plural(files, 'fil', 'filer')} i git finns inte i mappen (git sparse-checkout)"] if files else []
    return (*said, *(f"undermodulen {one_line(name)} är inte hämtad" for name in submodules))
