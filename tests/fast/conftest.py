"""The fast road, whatever the environment says of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from uppfoljning.fast.doors import SWITCH


@pytest.fixture(scope="package", autouse=True)
def on() -> Iterator[None]:
    """The doors of `fast` open, in this process and in those that it starts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(SWITCH, raising=False)
        yield
