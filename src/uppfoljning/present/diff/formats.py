"""The formats of `diff`, by name. None of them writes anything when nothing differs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from uppfoljning.followup.differences import PlanDiff
from uppfoljning.present.diff.moments import Moments
from uppfoljning.present.terminal import Screen

Writer = Callable[[Sequence[PlanDiff], Moments, Screen], None]


def _text(found: Sequence[PlanDiff], moments: Moments, screen: Screen) -> None:
    from uppfoljning.present.diff.text import diff_text

    screen.show(diff_text(found, moments, screen.width))


def _json(found: Sequence[PlanDiff], moments: Moments, screen: Screen) -> None:
    from uppfoljning.present.diff.json import diff_json

    screen.write_data(diff_json(found, moments))


def _markdown(found: Sequence[PlanDiff], moments: Moments, screen: Screen) -> None:
    from uppfoljning.present.diff.markdown import diff_markdown

    screen.write_data(diff_markdown(found, moments))


FORMATS: dict[str, Writer] = {"text": _text, "json": _json, "md": _markdown}
