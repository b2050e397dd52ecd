"""What holds for every test.

How long an example takes is for `bench/` to measure, on a machine that does nothing else. And what a CI service or a
terminal says of itself changes no answer.
"""

from __future__ import annotations

import os

from hypothesis import settings

from uppfoljning.cli.ci import CI

settings.register_profile("utan klocka", deadline=None)
settings.load_profile("utan klocka")

OF_THE_SURROUNDINGS = {*CI, "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR"}
for name in [name for name in os.environ if name.startswith("GITHUB_") or name in OF_THE_SURROUNDINGS]:
    del os.environ[name]
