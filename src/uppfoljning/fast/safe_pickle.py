"""Values of the domain as bytes and back, for keeping and for handing over between processes.

What is read back may have been written by anyone who can write to the folder: nothing but these classes is ever made from it.
"""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pickle import Unpickler

_CLASSES = {
    "datetime": {"date", "datetime"},
    "fractions": {"Fraction"},
    "uppfoljning.domain.entry": {"Entry"},
    "uppfoljning.domain.finding": {"Finding", "Place", "Problem", "Span"},
    "uppfoljning.domain.number": {"Quantity"},
    "uppfoljning.domain.period": {"Period"},
    "uppfoljning.domain.report": {"Deviation", "Observation", "QuickReport"},
    "uppfoljning.project.file_result": {"FileResult"},
    "uppfoljning.fast.partial": {"Partial"},
}


def dumped(value: object) -> bytes:
    """A value as bytes."""
    import pickle

    return pickle.dumps(value, protocol=5)


def loaded(data: bytes) -> Any:
    """The value of some bytes that `dumped` made; None where they are something else."""
    try:
        return _careful()(io.BytesIO(data)).load()
    except Exception:  # noqa: BLE001 - what is damaged can fail in any way, and is then as good as not there
        return None


@cache
def _careful() -> type[Unpickler]:
    """What makes values of the classes above and nothing else; made where it is needed, for small projects keep nothing."""
    import pickle

    class Careful(pickle.Unpickler):
        def find_class(self, module: str, name: str) -> Any:
            if name in _CLASSES.get(module, ()):
                return super().find_class(module, name)
            raise pickle.UnpicklingError(f"{module}.{name}")

    return Careful
