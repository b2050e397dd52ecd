"""What holds for every test: how long an example takes is for `bench/` to measure, on a machine that does nothing else."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("utan klocka", deadline=None)
settings.load_profile("utan klocka")
