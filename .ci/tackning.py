"""Which lines the tests reach, counted in the process that runs them: a plugin for pytest.

So README's own command is run as it is written. The lines are written where COVERAGE_FILE says.
"""

from __future__ import annotations

import coverage

_lines = coverage.Coverage()
_lines.start()


def pytest_unconfigure() -> None:
    _lines.stop()
    _lines.save()
