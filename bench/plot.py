"""Draws how time and memory grow, as SVG written by hand: logarithmic axes, a line for each program, in light and dark.

Words are words, so that they can be searched, read aloud and enlarged; each line is named at its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from math import ceil, floor, log10
from typing import NamedTuple

from bench.figures import Figures, Suites, grown

OURS = "status"
WIDTH, HEIGHT = 480, 330
LEFT, TOP, RIGHT, BOTTOM = 62, 44, 170, 40
"""Room around a panel's field: numbers to the left, a heading above, names to the right, sizes below."""
APART = 16
"""Between names, so that letters of 13 do not touch."""
COLOURS = 5
STYLE = """
svg { --ink: #1b1b1b; --soft: #d5d5d5; --paper: #ffffff; --ours: #a1320b;
  --c0: #0b5cad; --c1: #1f7a3d; --c2: #7a3fa0; --c3: #6b5d00; --c4: #9c1c5b; }
@media (prefers-color-scheme: dark) {
  svg { --ink: #ececec; --soft: #4a4a4a; --paper: #16181c; --ours: #ff9d73;
    --c0: #7cbcff; --c1: #7fd69a; --c2: #d0a3f0; --c3: #e0cf66; --c4: #ff9ac8; }
}
text { font: 13px system-ui, sans-serif; fill: var(--ink); }
.rubrik { font-weight: 600; }
.papper { fill: var(--paper); }
.nat { stroke: var(--soft); fill: none; }
.linje { fill: none; stroke-width: 1.6; }
.vi .linje { stroke-width: 3; }
.vi text { font-weight: 600; }
"""
PAINT = "".join(
    f".{name} .linje {{ stroke: var(--{paint}); }} .{name} circle, .{name} text {{ fill: var(--{paint}); }}\n"
    for name, paint in (("vi", "ours"), *((f"c{number}", f"c{number}") for number in range(COLOURS)))
)
DASHES = ("", "7 3", "2 3", "9 3 2 3", "12 4")


class Axis(NamedTuple):
    """A logarithmic axis over whole powers of ten, from one place on the sheet to another."""

    low: int
    high: int
    start: float
    end: float

    def at(self, value: float) -> float:
        return self.start + (log10(value) - self.low) / (self.high - self.low) * (self.end - self.start)


def picture(suites: Suites) -> str:
    """The whole picture: a row for files and one for rows, seconds to the left and memory to the right."""
    panels: list[str] = []
    spoken: list[str] = []
    for number, (what, sizes, lines) in enumerate(grown(suites)):
        if not lines:
            continue
        unit = "YAML-filer" if what == "filer" else "rader CSV"
        for column, (heading, value) in enumerate(((f"Sekunder, {unit}", seconds), (f"Minne i MiB, {unit}", mib))):
            drawn = "".join(panel(heading, sizes, lines, value))
            panels.append(f'<g transform="translate({column * WIDTH} {number * HEIGHT})">{drawn}</g>')
        spoken.append(f"{unit}: {', '.join(lines)}")
    size = f"{2 * WIDTH} {2 * HEIGHT}"
    title = "<title>Hur tid och minne växer med antalet filer och rader</title>"
    words = f"<desc>Logaritmiska axlar. {escape('; '.join(spoken))}. Siffrorna står i tabellen på sidan om prestanda.</desc>"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" role="img">'
    paper = f'<rect class="papper" width="{2 * WIDTH}" height="{2 * HEIGHT}"/>'
    return f"{head}\n{title}\n{words}\n<style>{STYLE}{PAINT}</style>\n{paper}\n" + "\n".join(panels) + "\n</svg>\n"


def seconds(figures: Figures) -> float | None:
    """What it took, unless it was stopped: then nobody knows."""
    return None if figures.stopped else figures.seconds


def mib(figures: Figures) -> float | None:
    return None if figures.stopped else figures.mib or None


def panel(
    heading: str,
    sizes: Sequence[int],
    lines: Mapping[str, Mapping[int, Figures]],
    value: Callable[[Figures], float | None],
) -> Iterator[str]:
    """One field with its axes, and its lines with their names."""
    told = {
        title: {size: found for size, figures in points.items() if (found := value(figures)) is not None}
        for title, points in lines.items()
    }
    numbers = [number for points in told.values() for number in points.values()]
    if not numbers:
        return
    across = Axis(floor(log10(min(sizes))), ceil(log10(max(sizes))), LEFT, WIDTH - RIGHT)
    up = Axis(floor(log10(min(numbers))), max(ceil(log10(max(numbers))), floor(log10(min(numbers))) + 1), HEIGHT - BOTTOM, TOP)
    yield f'<text class="rubrik" x="{LEFT}" y="{TOP - 18}">{escape(heading)}</text>'
    yield from axes(across, up)
    drawn = {title: points for title, points in told.items() if points}
    ends = {title: up.at(points[max(points)]) for title, points in drawn.items()}
    names = dict(zip(sorted(ends, key=ends.__getitem__), apart(sorted(ends.values())), strict=True))
    others = [title for title in drawn if not title.startswith(OURS)]
    for title, points in drawn.items():
        own = title.startswith(OURS)
        order = ([one for one in drawn if one.startswith(OURS)] if own else others).index(title)
        cut = "" if max(points) == max(sizes) else ", avbruten"
        yield f'<g class="{"vi" if own else f"c{order % COLOURS}"}">'
        yield curve([(across.at(size), up.at(number)) for size, number in sorted(points.items())], DASHES[order % len(DASHES)])
        yield f'<text x="{WIDTH - RIGHT + 10}" y="{names[title] + 4:.1f}">{escape(short(title))}{cut}</text></g>'


def axes(across: Axis, up: Axis) -> Iterator[str]:
    """A line for every power of ten, with its number."""
    for power in range(across.low, across.high + 1):
        x = across.at(10**power)
        yield f'<path class="nat" d="M{x:.1f} {up.start}V{up.end}"/>'
        yield f'<text x="{x:.1f}" y="{up.start + 20}" text-anchor="middle">{plain(power)}</text>'
    for power in range(up.low, up.high + 1):
        y = up.at(10**power)
        yield f'<path class="nat" d="M{across.start} {y:.1f}H{across.end}"/>'
        yield f'<text x="{across.start - 8}" y="{y + 4:.1f}" text-anchor="end">{plain(power)}</text>'


def curve(points: Sequence[tuple[float, float]], dashes: str) -> str:
    """A line through the points, and a dot on each."""
    way = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    pattern = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path class="linje" d="M{way}"{pattern}/>' + "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points)


def apart(heights: Sequence[float]) -> list[float]:
    """The same heights, in order, pushed so far from each other that names do not cover each other, and kept on the sheet."""
    found: list[float] = []
    for height in heights:
        found.append(max(height, found[-1] + APART) if found else max(height, TOP))
    lowest = HEIGHT - 8.0
    for place in reversed(range(len(found))):
        found[place] = min(found[place], lowest)
        lowest = found[place] - APART
    return found


def short(title: str) -> str:
    """The program's name without its options; of ours what it had before it."""
    return title.replace(f"{OURS}, ", "vi, ").split(" bal")[0].replace(" av alla filer", "").replace("typade kolumner", "typat")


def plain(power: int) -> str:
    """A power of ten as it is read."""
    return f"{10**power:,}".replace(",", "\N{NO-BREAK SPACE}") if power >= 0 else f"{10.0**power:.{-power}f}".replace(".", ",")
