"""The drawing of a series: a line for what was counted, one for what was expected, and one where the measure began."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.present.test_web_charts import STYLE, drawing, inside
from tests.present.web_pages import tree
from uppfoljning.domain.number import Number
from uppfoljning.present.document.model import Chart, Column, Document, Grid, Part, number, text
from uppfoljning.present.renderers.html import html_text
from uppfoljning.present.renderers.html.charts import series, series_key

Values = Sequence[Number | None]


def chart(start: int, **lines: Values) -> Chart:
    length = len(next(iter(lines.values())))
    columns = (Column("Månad"), *(Column(name, "tal") for name in lines), Column("Läge"))
    rows = tuple(
        (text(f"jan {2000 + at}"), *(number(values[at]) for values in lines.values()), text("före" if at < start else "efter"))
        for at in range(length)
    )
    return Chart("serie", "Brott <b>", "Brott: 40 % färre.", Grid("serie x", "Serien", columns, rows))


def heights(svg: object, class_: str) -> list[float]:
    (found,) = svg.of(class_)  # type: ignore[attr-defined]
    return [float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", found.attributes["d"])]


def test_each_line_at_its_heights_and_a_line_at_the_start() -> None:
    svg = drawing(series(chart(2, Insatsområdet=(10, 8, 4, 2), Jämförelsen=(5, 5, 5, 5), Väntat=(10, 8, 10, 8))))
    ground, step = 200, 174 / 10
    assert heights(svg, "natt") == [pytest.approx(ground - value * step, abs=0.1) for value in (10, 8, 4, 2)]
    assert heights(svg, "jamforelse") == [pytest.approx(ground - 5 * step, abs=0.1)] * 4
    assert heights(svg, "plan") == [pytest.approx(ground - value * step, abs=0.1) for value in (10, 8, 10, 8)]
    (start,) = svg.of("start")
    left, right = (float(one) for one in re.findall(r"[ML]([\d.]+) ", start.attributes["d"]))
    second, third = [float(x) for x in re.findall(r"[ML]([\d.]+) ", svg.of("natt")[0].attributes["d"])][1:3]
    assert left == right and second < left < third
    assert "start" in [one.text for one in svg.all("text")] and inside(svg)
    assert svg.attributes["aria-label"] == "Brott: 40 % färre."


def test_a_missing_month_leaves_the_line_open_and_one_alone_is_a_short_line() -> None:
    svg = drawing(series(chart(3, Insatsområdet=(4, None, 5, 6, 7))))
    assert len(svg.of("natt")) == 2 and inside(svg)


def test_the_start_may_be_first_last_or_outside() -> None:
    assert len(drawing(series(chart(0, Insatsområdet=(4, 5)))).of("start")) == 1
    assert drawing(series(chart(9, Insatsområdet=(4, 5)))).of("start") == []
    late = drawing(series(chart(59, Insatsområdet=[4] * 60)))
    assert len(late.of("start")) == 1 and inside(late)


def test_nothing_to_draw() -> None:
    assert series(chart(1, Insatsområdet=(None, None))) is None


def test_the_key_names_the_lines_that_are_drawn() -> None:
    shown = chart(1, Insatsområdet=(1, 2), Jämförelsen=(3, 4), Väntat=(None, None))
    assert [one.text.strip() for one in tree(series_key(shown)).all("li")] == ["Insatsområdet", "Jämförelsen"]


def test_it_stands_on_the_page_with_its_table() -> None:
    part = Part("effekt", "Effekt", blocks=(chart(1, Insatsområdet=(1, 2), Väntat=(1, 1)),))
    root = tree(html_text(Document("Prov", "nu", "", (part,), ())))
    (figure,) = root.all("figure")
    assert "serie" in figure.attributes["class"].split() and len(list(figure.all("table"))) == 1
    assert [one.text.strip() for one in figure.of("nyckel")[0].all("li")] == ["Insatsområdet", "Väntat"]


NUMBERS = st.none() | st.integers(0, 5000) | st.fractions(0, 100, max_denominator=10)


@settings(max_examples=40)
@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=70), st.integers(0, 70))
def test_any_series_stays_on_the_sheet(rows: list[tuple[Number | None, Number | None]], start: int) -> None:
    own, other = zip(*rows, strict=True)
    drawn = series(chart(start, Insatsområdet=own, Jämförelsen=other))
    assert (drawn is None) is ({*own, *other} == {None})
    assert drawn is None or inside(drawing(drawn))


def test_the_lines_are_told_apart_without_colour() -> None:
    rules = dict(re.findall(r"(?m)^(?:\.serie )?\.(natt|plan|jamforelse) \{([^}]*)\}", STYLE))
    dashes = {name: re.findall(r"dasharray: ([^;]+)", rule) for name, rule in rules.items()}
    assert dashes["natt"] == [] and dashes["plan"] != dashes["jamforelse"] and all((dashes["plan"], dashes["jamforelse"]))
