"""`docs/python.md` runs from top to bottom on the plans of the repository, and prints what it says that it prints."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import uppfoljning as uf
from docs import gor

HOME = Path(__file__).resolve().parents[2]
PAGE = (HOME / "docs" / "python.md").read_text("utf-8")
README = (HOME / "README.md").read_text("utf-8")
EXAMPLE = re.compile(r"(?ms)^```python\n(.*?)^```$(?:\n\n^```text\n(.*?)^```$)?")
QUESTIONS = 5


def drawing(drawn: list[Any]) -> ModuleType:
    """A place for `DataFrame.plot` to draw that keeps what it was given: matplotlib is not a dependency."""
    module = ModuleType("uppfoljning_drawing")

    def plot(data: Any, kind: str, **how: Any) -> None:
        drawn.append((data, kind, how))

    module.plot = plot  # type: ignore[attr-defined]
    return module


def run(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[list[tuple[str, str, str]], list[Any]]:
    """Every example with what it should print and what it printed, and what was drawn."""
    import pandas as pd

    drawn: list[Any] = []
    monkeypatch.chdir(HOME)
    monkeypatch.setitem(sys.modules, "uppfoljning_drawing", drawing(drawn))
    names: dict[str, Any] = {}
    found = []
    with pd.option_context("plotting.backend", "uppfoljning_drawing"):
        for code, printed in EXAMPLE.findall(text):
            out = io.StringIO()
            with redirect_stdout(out):
                exec(compile(code, "docs/python.md", "exec"), names)
            found.append((code, printed, "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())))
    return found, drawn


def test_every_example_prints_what_the_page_says(monkeypatch: pytest.MonkeyPatch) -> None:
    found, drawn = run(PAGE, monkeypatch)
    assert len(found) == PAGE.count("```python") > QUESTIONS
    assert [(code, printed) for code, printed, _ in found] == [(code, out) for code, _, out in found]
    ((data, kind, _),) = drawn
    assert (kind, list(data.columns)) == ("bar", ["utfall", "förväntat"])
    assert len(data) > 0


def test_the_page_answers_five_questions() -> None:
    (part,) = re.findall(r"(?ms)^## Fem frågor\n(.*?)^## ", PAGE)
    assert len(re.findall(r"(?m)^### .+\?$|^### .+\n", part)) == QUESTIONS
    assert len(EXAMPLE.findall(part)) == QUESTIONS


def test_the_readme_shows_the_analyst_a_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = run(README, monkeypatch)
    assert found
    assert [printed for _, printed, _ in found] == [out for *_, out in found]
    assert "docs/python.md" in README


@pytest.mark.parametrize("name", gor.FRAMES)
def test_the_page_has_every_column_with_its_dtype(name: str) -> None:
    (part,) = re.findall(rf"(?ms)^<!-- kolumner:{name} -->\n(.*?)^<!-- /kolumner -->", PAGE)
    shown = re.findall(r"(?m)^\| `([^`]+)` \| ([^|,]+?)(, exakt bredvid)? \|", part)
    assert [(column, dtype) for column, dtype, _ in shown] == [(column.name, column.dtype) for column in gor.FRAMES[name]]
    assert [bool(exact) for *_, exact in shown] == [column.kind == "figure" for column in gor.FRAMES[name]]


def test_the_page_names_everything_that_is_public() -> None:
    def public(cls: Callable[..., Any]) -> list[str]:
        return [name for name in vars(cls) if not name.startswith("_")]

    assert [name for name in uf.__all__ if f"uf.{name}" not in PAGE and name not in ("Project", "FollowUp")] == []
    shown = {*re.findall(r"project\.(\w+)", PAGE), *re.findall(r"table\.(\w+)", PAGE)}
    for name in public(uf.Project):
        assert name in shown or name in ("plans", "left_out", "commit"), name
    assert {"frame", "by"} <= shown
    for one in (uf.load, uf.Project, uf.FollowUp, *(getattr(uf.Project, name) for name in public(uf.Project))):
        assert one.__doc__
