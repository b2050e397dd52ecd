"""The web page: whole, self-contained, in order for a screen reader, and with every figure of the paper it is made from."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.present.pieces import check_snapshot
from tests.present.web_pages import COMMAND, NASTY, Node, report, small, tree
from uppfoljning.present.document.model import Cell, Chart, Column, Document, Grid, Part, for_readers, grids, text
from uppfoljning.present.escape import one_line
from uppfoljning.present.renderers.html import html_text

PAPERS = [pytest.param(report(), id="report"), pytest.param(small(), id="small")] + [
    pytest.param(small(word), id=f"nasty {number}") for number, word in enumerate(NASTY)
]
each = pytest.mark.parametrize("paper", PAPERS)


@cache
def page(paper: Document) -> Node:
    return tree(html_text(paper))


def charts(parts: tuple[Part, ...]) -> list[Chart]:
    return [one for part in parts for one in (*(block for block in part.blocks if isinstance(block, Chart)), *charts(part.parts))]


def statuses(parts: tuple[Part, ...]) -> list[tuple[str, str]]:
    return [one for part in parts for one in (*([(part.heading, part.status)] if part.status else []), *statuses(part.parts))]


def said_of(figure: Node) -> str:
    return next(one.attributes["aria-label"] for one in figure.all("svg") if one.attributes.get("role") == "img")


@each
def test_one_first_heading_and_no_level_skipped(paper: Document) -> None:
    levels = [int(one.name[1]) for one in page(paper).all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@each
def test_language_title_and_landmarks(paper: Document) -> None:
    root = page(paper)
    (html,) = root.all("html")
    assert html.attributes["lang"] == "sv"
    titles = [one.text for one in next(root.all("head")).all("title")]
    assert titles == [f"{one_line(paper.title)} – {paper.when}"]
    assert [one.name for one in root.all("header", "nav", "main", "footer")] == ["header", "nav", "main", "footer"]


@each
def test_nothing_runs_and_nothing_is_fetched(paper: Document) -> None:
    root = page(paper)
    assert list(root.all("script", "iframe", "object", "embed", "form", "base", "img")) == []
    for one in root.all():
        assert "style" not in one.attributes and not any(name.startswith("on") for name in one.attributes)
        for name in ("href", "src", "xlink:href"):
            assert one.attributes.get(name, "#").startswith(("#", "data:"))
    (style,) = root.all("style")
    assert "url(" not in style.text and "@import" not in style.text
    (policy,) = (one.attributes["content"] for one in root.all("meta") if "http-equiv" in one.attributes)
    digest = b64encode(sha256(style.text.encode()).digest()).decode()
    assert policy.split("; ")[:3] == ["default-src 'none'", f"style-src 'sha256-{digest}'", "img-src data:"]


@each
def test_ids_are_unique_and_every_pointer_has_its_mark(paper: Document) -> None:
    root = page(paper)
    ids = [one.attributes["id"] for one in root.all() if "id" in one.attributes]
    assert len(ids) == len(set(ids)) and all(re.fullmatch(r"[\w-]+", one) for one in ids)
    links = [one.attributes["href"][1:] for one in root.all("a")]
    labels = [label for one in root.all() for label in one.attributes.get("aria-labelledby", "").split()]
    assert links and set(links) | set(labels) <= set(ids)


@each
def test_tables_have_a_caption_and_headings_of_columns_and_rows(paper: Document) -> None:
    for drawn in page(paper).all("table"):
        assert [one.text.strip() != "" for one in drawn.all("caption")] == [True]
        (head,) = drawn.all("thead")
        columns = list(head.all("th", "td"))
        assert {one.attributes.get("scope") for one in columns} == {"col"}
        (body,) = drawn.all("tbody")
        for row in body.all("tr"):
            cells = list(row.all("th", "td"))
            assert len(cells) == len(columns)
            assert [one.name for one in cells] == ["th", *["td"] * (len(cells) - 1)]
            assert cells[0].attributes["scope"] == "row"


@each
def test_wide_tables_scroll_in_a_frame_that_the_keyboard_reaches(paper: Document) -> None:
    root = page(paper)
    names = set()
    for frame in root.of("tabell"):
        wide = len(list(next(frame.all("thead")).all("th"))) > 3
        assert ("bred" in frame.attributes["class"].split()) == wide
        if wide:
            assert frame.attributes["role"] == "region" and frame.attributes["tabindex"] == "0"
            names.add(frame.attributes["aria-labelledby"])
    assert len(names) == len(root.of("bred"))


@each
def test_every_cell_that_a_reader_sees_is_there_as_it_is_shown(paper: Document) -> None:
    wanted = [view for grid in grids(paper.parts) if (view := for_readers(grid)).columns]
    found = [[[cell.text for cell in row.all("th", "td")] for row in drawn.all("tr")] for drawn in page(paper).all("table")]
    # What is worst stands first on the page, so the tables come in another order than in the paper.
    assert sorted(found) == sorted(
        [[one_line(column.name) for column in view.columns], *([one_line(cell.shown) for cell in row] for row in view.rows)]
        for view in wanted
    )


@each
def test_every_chart_tells_in_words_what_it_shows_and_stands_with_its_table(paper: Document) -> None:
    figures = sorted(page(paper).all("figure"), key=said_of)
    wanted = sorted(charts(paper.parts), key=lambda chart: one_line(chart.alt))
    assert len(figures) == len(wanted) > 0
    for figure, chart in zip(figures, wanted, strict=True):
        drawings = [one for one in figure.all("svg") if one.attributes.get("role") == "img"]
        assert [one.attributes["aria-label"] for one in drawings] == [one_line(chart.alt)]
        assert [one.text for one in drawings[0].all("title")] == [one_line(chart.title)]
        assert [one.name for one in figure.all("figcaption", "details", "table")] == ["figcaption", "details", "table"]
        assert next(figure.all("figcaption")).text
    others = [one for one in page(paper).all("svg") if one.attributes.get("role") != "img"]
    assert {one.attributes.get("aria-hidden") for one in others} <= {"true"}


@each
def test_status_is_a_word_and_a_shape_wherever_it_stands(paper: Document) -> None:
    root = page(paper)
    wanted = statuses(paper.parts)
    assert wanted
    beside = [(next(one.all("h2", "h3")).text, one.of("lage")[0].text) for one in root.of("rubrik")]
    assert sorted(beside) == sorted((one_line(heading), f"Status: {status}") for heading, status in wanted)
    tiles = [one.text.split(" ", 1) for one in root.of("lagen")[0].all("li")]
    assert {status: int(number) for number, status in tiles} == {
        status: sum(one == status for _, one in wanted) for status in {one for _, one in wanted}
    }
    for mark in root.of("lage"):
        shape = mark.of("form")[0]
        assert shape.attributes["aria-hidden"] == "true" and shape.text in "●▲■○·"


def test_the_answer_comes_first() -> None:
    header = next(page(report()).all("header"))
    assert header.of("svaret")[0].text == report().answer.split(" · ")[0]
    assert header.of("mer")[0].text == " · ".join(report().answer.split(" · ")[1:])
    assert [one.text for one in header.all("h1")] == [report().answer.split(" · ")[0]]
    assert header.of("namn")[0].text == report().title


def test_every_commitment_is_a_row_that_opens_the_worst_first_and_a_link_leads_into_it() -> None:
    rows = page(report()).of("fald")
    assert len(rows) == len(next(part for part in report().parts if part.id == "ataganden").parts)
    shapes = [one.of("lage")[0].text.removeprefix("Status: ")[0] for one in rows]
    assert shapes == sorted(shapes, key="■▲○●·".index) and len(set(shapes)) > 2
    for one in rows:
        (inside,) = (it for it in one.all("section") if it.attributes.get("id", "").startswith("atagande-"))
        assert one.name == "details" and next(one.all("summary")).of("lage") and inside.text


def test_a_status_has_as_many_blocks_as_commitments() -> None:
    for one in page(report()).of("lagen")[0].all("li"):
        assert len(list(one.all("i"))) == int(one.of("antal")[0].text)


def test_only_wide_tables_of_many_rows_are_folded() -> None:
    def folded(columns: int, rows: int) -> bool:
        cells = tuple(tuple(text(str(at)) for at in range(columns)) for _ in range(rows))
        grid = Grid("t", "Tabell", tuple(Column(f"K{at}") for at in range(columns)), cells)
        return bool(list(tree(html_text(Document("Prov", "nu", "", (Part("a", "A", blocks=(grid,)),), ()))).all("details")))

    assert [folded(4, 9), folded(4, 8), folded(3, 90)] == [True, False, False]


def test_tiles_stand_green_first() -> None:
    order = [one.attributes["class"] for one in page(report()).of("lagen")[0].all("li")]
    assert order == sorted(order, key=("gron", "gul", "rod", "gra", "vilar").index)


def test_contents_lead_to_every_part() -> None:
    links = [(one.text, one.attributes["href"]) for one in page(report()).of("innehall")[0].all("a")]
    first, *rest = links
    assert first == ("Åtagande för åtagande", "#ataganden")
    assert rest == [(part.heading, f"#{part.id}") for part in report().parts if part.id != "ataganden"]


def test_a_row_leads_to_its_commitment() -> None:
    (part,) = (one for one in page(report()).all("section") if one.attributes.get("id") == "mal")
    goals = next(iter(part.all("table")))
    led = {one.text: one.attributes["href"] for one in goals.all("a")}
    assert led["Samordnad krogtillsyn"] == "#atagande-tillsyn"
    assert led["Kvällar på hamnplan, samtal"] == "#atagande-kvällar"


def test_the_foot_says_when_from_what_and_how() -> None:
    said = next(page(report()).all("footer")).text
    assert "per 2026-08-31" in said and "commit 3f2a91c" in said and COMMAND in said


def test_sources_are_not_drawn_but_told_of() -> None:
    root = page(report())
    (part,) = (one for one in root.all("section") if one.attributes["id"] == "underlag")
    assert COMMAND in part.text and list(part.all("table")) == []


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert html_text(report()) == html_text(report())


def test_a_small_page() -> None:
    written = html_text(small())
    check_snapshot("webbsida-liten", written[written.index("<body>") :])


def test_an_empty_paper() -> None:
    root = page(Document("Inget", "per 2026-08-31", "", (), ()))
    assert [one.text for one in root.all("h1", "h2")] == ["Inget", "Innehåll"]
    assert list(root.all("table", "figure")) == []


def test_parts_with_ids_alike_or_of_odd_signs_are_told_apart() -> None:
    parts = (Part("a b", "Ett"), Part("a b", "Två"), Part("sidan-innehall", "Tre", status="● i fas"), Part("", "Fyra"))
    root = page(Document("Prov", "nu", "Svar.", parts, ()))
    ids = [one.attributes["id"] for one in root.all() if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    assert {one.attributes["href"][1:] for one in root.all("a")} <= set(ids)


def test_parts_far_down_keep_the_lowest_heading() -> None:
    part = Part("längst", "Längst ner")
    for level in range(7):
        part = Part(f"nivå-{level}", f"Nivå {level}", parts=(part,))
    levels = [int(one.name[1]) for one in page(Document("Prov", "nu", "Svar.", (part,), ())).all("h2", "h3", "h4", "h5", "h6")]
    assert levels == [2, 2, 3, 4, 5, 6, 6, 6, 6]


def test_a_caption_that_repeats_its_heading_is_only_for_screen_readers() -> None:
    grid = Grid("a", "Mål", (Column("X"),), ((text("x"),),))
    root = page(Document("Prov", "nu", "", (Part("a", "Mål", blocks=(grid, grid._replace(title="Annat"))),), ()))
    assert [one.attributes.get("class") for one in root.all("caption")] == ["dold", None]


def test_a_status_of_one_word_and_an_empty_one() -> None:
    grid = Grid("a", "Mål", (Column("X"), Column("Y", "status")), ((text("x"), Cell("", "")), (text("y"), Cell("dold", "dold"))))
    root = page(Document("Prov", "nu", "", (Part("a", "Mål", blocks=(grid,)),), ()))
    assert [one.text for one in root.all("td")] == ["", "dold"]


@given(st.text(min_size=1))
def test_any_text_comes_back_as_text(word: str) -> None:
    written = html_text(small(f"a{word}b"))
    root = tree(written)
    shown = one_line(f"a{word}b")
    assert root.of("namn")[0].text == shown
    assert shown in [one.text for one in root.all("td")]
    assert shown in [one.text for one in root.all("li")]
    assert next(one.attributes["aria-label"] for one in root.all("svg") if "role" in one.attributes) == f"{shown}: 3 av 7."
    assert not any(sign in written for sign in "\u202e\u200f\x1b\x00")
