"""What is said when a command cannot write what it was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from uppfoljning.cli.machine import Cannot, sentence, why
from uppfoljning.cli.misuse import Misuse

ELSEWHERE = "Välj en annan plats med --ut"
IN_THE_WAY = "Se efter om det finns en fil där det ska vara en mapp"
NOTHING, SOME = "Inget är skrivet.", "Det som hann skrivas är helt; inget blir dubbelt när du kör igen."


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
