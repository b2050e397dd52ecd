"""The charts of the web page: every value at its place, nothing outside the sheet, no figure upon another, colours told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import uppfoljning
from tests.present.web_pages import Node, tree
from uppfoljning.domain.number import Number
from uppfoljning.present.document.model import Cell, Chart, Column, Document, Grid, Kind, Part, number, share, text
from uppfoljning.present.figures import figure
from uppfoljning.present.renderers.html import html_text
from uppfoljning.present.renderers.html.charts import LETTER, WIDTH, bars, progress, progress_key, scale, width_of
from uppfoljning.present.renderers.html.charts.calendar import calendar

MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
Values = Sequence[Number | None]


def development(reached: Values, planned: Values, kind: Kind = "tal", names: Sequence[str] = ()) -> Chart:
    def cell(value: Number | None) -> Cell:
        return share(None if value is None else Fraction(value)) if kind == "andel" else number(value)

    names = names or [MONTHS[at % 12] for at in range(len(reached))]
    rows = tuple((text(name), cell(one), cell(other)) for name, one, other in zip(names, reached, planned, strict=True))
    columns = (Column("Månad"), Column("Hittills", kind), Column("Planerat", kind))
    return Chart("utveckling", "Kvällar", "Kvällar.", Grid("u", "Kvällar", columns, rows))


def week(columns: dict[str, Sequence[Number]]) -> Chart:
    names = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
    rows = tuple((text(day), *(number(values[at]) for values in columns.values())) for at, day in enumerate(names))
    grid = Grid("k", "Kalender", (Column("Veckodag"), *(Column(name, "tal") for name in columns)), rows)
    return Chart("kalender", "När", "När.", grid)


def drawing(drawn: str | None) -> Node:
    assert drawn is not None
    (svg,) = tree(drawn).all("svg")
    return svg


def spots(svg: Node) -> list[tuple[float, float]]:
    """Every point that a line, a box or a word stands at."""
    found = []
    for one in svg.all("path"):
        x, y = 0.0, 0.0
        for order, figures in re.findall(r"([MLHV])([\d. -]+)", one.attributes["d"]):
            values = [float(value) for value in figures.split()]
            x, y = (values[0], y) if order == "H" else (x, values[0]) if order == "V" else (values[0], [*values, y][1])
            found.append((x, y))
    for one in svg.all("rect"):
        x, y, width, height = (float(one.attributes[name]) for name in ("x", "y", "width", "height"))
        found += [(x, y), (x + width, y + height)]
    return found + [edge for one in svg.all("text") for edge in box(one)]


def box(word: Node) -> tuple[tuple[float, float], tuple[float, float]]:
    """The two corners of a word."""
    x, y, width = float(word.attributes["x"]), float(word.attributes["y"]), width_of(word.text)
    left = x - {"middle": width / 2, "end": width}.get(word.attributes.get("text-anchor", ""), 0)
    return (left, y - LETTER * 0.8), (left + width, y)


def inside(svg: Node) -> bool:
    _, _, width, height = map(float, svg.attributes["viewbox"].split())
    return all(-1 <= x <= width + 1 and -1 <= y <= height + 1 for x, y in spots(svg))


def values_of(svg: Node) -> dict[str, str]:
    return {one.attributes["class"]: one.text for one in svg.all("text") if one.attributes.get("class") in ("varde", "mal")}


def test_a_stair_of_what_was_reached_and_a_broken_line_of_what_was_planned() -> None:
    svg = drawing(progress(development((2, 5, None), (3, 6, 9))))
    assert values_of(svg) == {"varde": "5", "mal": "9"}
    (stair,) = svg.of("natt")
    levels = [float(one) for one in re.findall(r"V([\d.]+)", stair.attributes["d"])]
    ground, step = 200, 174 / 10
    assert levels == [pytest.approx(ground - 2 * step, abs=0.1), pytest.approx(ground - 5 * step, abs=0.1)]
    (line,) = svg.of("plan")
    points = [float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", line.attributes["d"])]
    assert points == [pytest.approx(ground - value * step, abs=0.1) for value in (3, 6, 9)]
    assert [one.text for one in svg.all("text")][:6] == ["0", "2", "4", "6", "8", "10"]


def test_the_key_says_the_last_figures_and_their_month() -> None:
    chart = development((2, 5, None), (3, 6, Fraction(19, 2)))
    assert [one.text.strip() for one in tree(progress_key(chart)).all("li")] == ["Hittills: 5 (feb)", "Planerat: 9,5 (mar)"]
    alone = development((2, 5, None), (None, None, None))
    assert [one.text.strip() for one in tree(progress_key(alone)).all("li")] == ["Hittills: 5 (feb)"]


def test_a_gap_is_left_open_and_a_single_month_is_still_a_line() -> None:
    svg = drawing(progress(development((2, None, 4), (1, None, None))))
    assert len(svg.of("natt")) == len(svg.of("yta")) == 2
    assert len(svg.of("plan")) == 1 and inside(svg)


def test_shares_are_percent() -> None:
    svg = drawing(progress(development((Fraction(1, 2), Fraction(9, 10)), (Fraction(85, 100),) * 2, "andel")))
    assert [one.text for one in svg.all("text")][:6] == ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"]
    assert values_of(svg) == {"varde": "90 %", "mal": "85 %"}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (MONTHS, ["jan", "mar", "maj", "jul", "sep", "nov"]),
        (MONTHS[:4], ["jan", "feb", "mar", "apr"]),
        (
            [f"{month} {year}" for year in (2017, 2018, 2019) for month in MONTHS],
            ["jan 2017", "okt 2017", "jul 2018", "apr 2019"],
        ),
    ],
)
def test_months_are_named_as_far_as_there_is_room(names: Sequence[str], expected: list[str]) -> None:
    svg = drawing(progress(development([1] * len(names), [2] * len(names), names=names)))
    assert [one.text for one in svg.all("text") if float(one.attributes["y"]) > 210] == expected
    assert inside(svg)


def test_nothing_to_draw() -> None:
    assert progress(development((None, None), (None, None))) is None
    assert calendar(week({"18–21": [0] * 7})) is None
    assert bars(Chart("staplar", "Skäl", "Skäl.", Grid("s", "Skäl", (Column("Skäl"), Column("Antal", "tal")), ()))) is None
    part = Part("a", "A", blocks=(development((None, None), (None, None)),))
    root = tree(html_text(Document("Prov", "nu", "", (part,), ())))
    assert list(root.all("figure")) == [] and len(list(root.all("table"))) == 1


NUMBERS = st.none() | st.integers(0, 5000) | st.fractions(0, 100, max_denominator=50)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=40), st.sampled_from(["tal", "andel"]))
def test_any_figures_stay_on_the_sheet_and_the_last_ones_apart(
    rows: list[tuple[Number | None, Number | None]], kind: Kind
) -> None:
    reached, planned = zip(*rows, strict=True)
    drawn = progress(development(reached, planned, kind))
    if drawn is None:
        assert {*reached, *planned} == {None}
        return
    svg = drawing(drawn)
    assert inside(svg)
    ends = [box(one) for one in svg.all("text") if one.attributes.get("class") in ("varde", "mal")]
    if len(ends) == 2:
        ((left, top), (right, bottom)), ((other_left, other_top), (other_right, other_bottom)) = ends
        assert right < other_left or other_right < left or bottom <= other_top or other_bottom <= top


@given(st.lists(st.integers(-1000, 10**9) | st.fractions(-100, 10**6), min_size=1), st.booleans())
def test_an_axis_of_round_numbers_holds_every_value(values: list[Number], whole: bool) -> None:
    axis = scale(values, whole)
    assert axis.low <= min(values) and max(values) <= axis.high and axis.low < axis.high
    assert 0 in axis.lines and axis.lines[-1] == axis.high and len(axis.lines) <= 8
    assert all(-1e-9 <= axis.part(value) <= 1 + 1e-9 for value in values)
    if whole:
        assert all(one.denominator == 1 for one in axis.lines)


def test_a_calendar_has_a_square_for_each_day_and_hour_that_is_used_with_the_number_in_it() -> None:
    svg = drawing(
        calendar(week({"15–18": [0] * 7, "18–21": [0, 0, 1, 0, 8, 4, 0], "21–00": [0, 0, 0, 0, 2, 0, 0], "00–03": [0] * 7}))
    )
    assert [one.text for one in svg.of("liten")] == ["18–21", "21–00"]
    assert len(list(svg.all("rect"))) == 14
    assert [one.text for one in svg.of("i")] == ["1", "8", "2", "4"]
    shades = [one.attributes["class"] for one in svg.all("rect")]
    assert shades[8] == "ruta n4" and shades[9] == "ruta n1" and shades[10] == "ruta n2" and shades[0] == "ruta n0"


def test_a_calendar_of_the_whole_day_folds_its_headings() -> None:
    bands = [f"{hour:02}–{(hour + 3) % 24:02}" for hour in range(0, 24, 3)]
    svg = drawing(calendar(week({name: [1] * 7 for name in (*bands, "ej angivet")})))
    assert [one.text for one in svg.of("liten")][:2] == ["00–", "03"] and inside(svg)
    assert [one.text for one in svg.of("liten")][-2:] == ["ej", "angivet"]


def test_a_hidden_square_says_so_where_it_has_room() -> None:
    chart = week({"18–21": [3, 1, 0, 0, 0, 0, 0]})
    (_, first), *rest = chart.grid.rows
    del first
    grid = chart.grid._replace(rows=((text("måndag"), Cell(None, "dold")), (text("tisdag"), Cell(None, "färre än 5")), *rest[1:]))
    assert calendar(chart._replace(grid=grid)) is None
    grid = grid._replace(rows=(*grid.rows[:2], (text("onsdag"), number(2)), *grid.rows[3:]))
    assert [one.text for one in drawing(calendar(chart._replace(grid=grid))).of("i")] == ["dold", "–", "2"]


def test_bars_are_as_long_as_their_figures() -> None:
    rows = (("resurser", 12), ("väder", 3), ("annat", 0), ("Ett skäl som är alldeles för långt för att skrivas ut i en bild", 6))
    grid = Grid("s", "Skäl", (Column("Skäl"), Column("Antal", "tal")), tuple((text(name), number(value)) for name, value in rows))
    svg = drawing(bars(Chart("staplar", "Skäl", "Skäl.", grid)))
    longest, *others = (float(one.attributes["width"]) for one in svg.all("rect"))
    assert [round(one / longest, 2) for one in others] == [0.25, 0.5] and inside(svg)
    assert [one.text for one in svg.of("varde")] == ["12", "3", "0", "6"]
    assert [one.text for one in svg.all("text")][-2].endswith("…")


def test_a_bar_beside_a_share_stops_at_the_whole() -> None:
    cells = tuple((text("x"), share(value)) for value in (Fraction(1, 2), Fraction(3, 2), Fraction(0), None))
    part = Part("a", "A", blocks=(Grid("g", "G", (Column("X"), Column("Andel", "andel")), cells),))
    root = tree(html_text(Document("Prov", "nu", "", (part,), ())))
    widths = [[one.attributes["width"] for one in bar.all("rect")] for bar in root.of("matare")]
    assert widths == [["48", "24"], ["48", "48"], ["48"]]
    assert [one.text for one in root.all("td")] == ["50 %", "150 %", "0 %", "–"]


# Colours, as the style sheet has them.

STYLE = (Path(uppfoljning.__file__).parent / "templates" / "rapport" / "page.css").read_text("utf-8")


def palette(opening: str) -> dict[str, str]:
    block = STYLE[STYLE.index(opening) :]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block[: block.index("}")]))


LIGHT = palette(":root {")
DARK = LIGHT | palette("@media screen and (prefers-color-scheme: dark)")
PRINT = LIGHT | palette("@media print")
THEMES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark"), pytest.param(PRINT, id="print")]


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_reckoned_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_dark_has_every_colour_of_light(theme: dict[str, str]) -> None:
    assert set(theme) == set(LIGHT) and len(LIGHT) > 25


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("words", "ground"),
    [
        *((words, ground) for ground in ("sida", "yta") for words in ("text", "dov", "ton", "plan")),
        ("band-text", "band"), ("band-dov", "band"),
        *((light, f"{light}-yta") for light in ("gron", "gul", "rod", "gra")),
        *((light, "yta") for light in ("gron", "gul", "rod", "gra")),
        *((f"i{shade}", f"n{shade}") for shade in (1, 2, 3, 4)), ("dov", "n0"),
    ],
)  # fmt: skip
def test_words_stand_out(theme: dict[str, str], words: str, ground: str) -> None:
    assert contrast(theme[words], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("drawn", "ground"),
    [
        ("ton", "yta"), ("ton", "sida"), ("ton", "ton-svag"), ("plan", "yta"), ("plan", "sida"), ("plan", "ton-svag"),
        ("axel", "yta"), ("axel", "sida"), ("ton", "svag"), ("fokus", "yta"), ("fokus", "sida"), ("ton", "n0"),
        ("gron", "yta"), ("gul", "yta"), ("rod", "yta"),
    ],
)  # fmt: skip
def test_drawings_stand_out(theme: dict[str, str], drawn: str, ground: str) -> None:
    assert contrast(theme[drawn], theme[ground]) >= 3


def test_the_two_lines_are_told_apart_without_colour() -> None:
    rules = dict(re.findall(r"^\.(natt|plan) \{([^}]*)\}", STYLE, re.MULTILINE))
    assert "dasharray" in rules["plan"] and "dasharray" not in rules["natt"]


def test_the_width_of_a_chart_leaves_room_for_its_figures() -> None:
    svg = drawing(progress(development((1_234_567,), (2_345_678,))))
    assert inside(svg) and figure(1_234_567) in [one.text for one in svg.all("text")]
    assert svg.attributes["viewbox"].split()[2] == str(WIDTH)
