"""What every chart is made of: its sheet, words at a place, and lines through points."""

from __future__ import annotations

from collections.abc import Iterable

from uppfoljning.present.renderers.html.markup import Html, tag

WIDTH = 340
"""The width of every chart in its own units: on a phone a unit is a little less than a pixel, so letters of 14 stay readable."""
LETTER = 14
HALO = 5
Spot = tuple[float, float]


def sheet(height: float, title: str, alt: str, *inside: Html) -> Html:
    """A chart that tells in words what it shows."""
    held = Html("".join(inside))
    return tag(
        "svg", tag("title", title), held, class_="bild", viewBox=f"0 0 {WIDTH} {place(height)}", role="img", aria_label=alt
    )


def place(value: float) -> str:
    """A coordinate, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")


def width_of(text: str, size: float = LETTER) -> float:
    """How wide a text is, on the safe side for figures and short words."""
    return len(text) * size * 0.58


def words(text: str, at: Spot, class_: str | None = None, anchor: str | None = None) -> Html:
    """A text at a place; `anchor` is `middle` or `end` where it does not begin there."""
    return tag("text", text, x=place(at[0]), y=place(at[1]), class_=class_, text_anchor=anchor)


def line(class_: str, one: Spot, other: Spot) -> Html:
    """A straight line."""
    return tag("path", d=f"M{place(one[0])} {place(one[1])}L{place(other[0])} {place(other[1])}", class_=class_)


def path(class_: str, d: Iterable[str]) -> Html:
    """A drawn line of pieces."""
    return tag("path", d="".join(d), class_=class_)


def box(class_: str, at: Spot, size: Spot) -> Html:
    """A rectangle."""
    x, y, width, height = map(place, (*at, *size))
    return tag("rect", x=x, y=y, width=width, height=height, class_=class_)
