"""Files held against the public schemas of those who read them, which check-jsonschema carries with it: no network is used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def refused(schema: str, *files: Path) -> str:
    """What a built-in schema, as `vendor.github-workflows`, finds wrong with the files; nothing when they are sound."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    return "" if done.returncode == 0 else done.stdout + done.stderr
