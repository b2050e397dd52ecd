"""Text in columns: nothing lost, nothing wider than its room, figures in one piece."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppfoljning.present.escape import one_line
from uppfoljning.present.layout import ANY_WIDTH, LayoutColumn, fitting, fold, laid, packed, pad, width, widths

WORDS = st.text(alphabet=st.sampled_from("abåäöÅ0123456789,·–-/ 🙂漢\u0301\u200b\u202e\x1b\t\n"), max_size=120)


@pytest.mark.parametrize(
    ("text", "cells"),
    [("", 0), ("åäö", 3), ("▓▓░ 75 %", 8), ("●▲■○·", 5), ("漢字", 4), ("🙂", 2), ("e\u0301", 1), ("–−”“’…", 6), ("•", 1)],
)
def test_width(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 10, [""]),
        ("   ", 10, [""]),
        ("kort", 4, ["kort"]),
        ("två ord", 6, ["två", "ord"]),
        ("två ord", 7, ["två ord"]),
        ("brottsförebyggande", 7, ["brottsf", "örebygg", "ande"]),
        ("en brottsförebyggande", 7, ["en", "brottsf", "örebygg", "ande"]),
        ("漢字漢字漢", 5, ["漢字", "漢字", "漢"]),
        ("漢", 1, ["漢"]),
        ("reports/krogtillsyn/x.yaml", 20, ["reports/krogtillsyn/", "x.yaml"]),
        ("a/brottsförebyggande", 12, ["a/brottsföre", "byggande"]),
        ("2026-03-06-nattvandring", 15, ["2026-03-06-", "nattvandring"]),
        ("rad\n  två\ttre", 20, ["rad två tre"]),
    ],
)
def test_fold(text: str, room: int, lines: list[str]) -> None:
    assert fold(text, room) == lines


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("hittills 1 412 av 2 000", 16, ["hittills", "1 412 av 2 000"]),
        ("mot planen 93 %", 13, ["mot planen", "93 %"]),
        ("resurser · 2 maj saknar", 13, ["resurser ·", "2 maj saknar"]),
        ("minst 3 vandringar", 10, ["minst 3", "vandringar"]),
        ("under v. 14 2026", 12, ["under", "v. 14 2026"]),
        ("inkomna (7 av 8)", 12, ["inkomna", "(7 av 8)"]),
        ("ord · ord", 4, ["ord", "·", "ord"]),
        ("rapport ca 190", 12, ["rapport", "ca 190"]),
    ],
)
def test_a_figure_stays_with_what_it_counts(text: str, room: int, lines: list[str]) -> None:
    assert fold(text, room) == lines


@given(text=WORDS, room=st.integers(2, 40))
def test_folding_loses_nothing_and_keeps_to_the_room(text: str, room: int) -> None:
    lines = fold(text, room)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", one_line(text))
    assert max(map(width, lines)) <= room


@given(text=st.lists(st.sampled_from(["1 412", "13 av 14", "93 %", "ca 1 234,5", "och", "rapporter", "·", "vandringar,"])))
def test_no_figure_is_ever_broken(text: list[str]) -> None:
    """With room for the longest of them, every figure is whole on some line."""
    pattern = r"\d+(?: \d{3}(?!\d))*(?:,\d+)?"
    words = " och ".join(text)
    assert [one for line in fold(words, 22) for one in re.findall(pattern, line)] == re.findall(pattern, words)


def test_any_width_folds_nothing() -> None:
    text = "ord " * 5000 + "x" * 20_000
    assert fold(text, ANY_WIDTH) == [text]


def test_personal_numbers_and_terminal_codes_are_gone_before_a_line_is_broken() -> None:
    folded = fold("640823-3234 \x1b[31m", 5)
    assert "".join(folded) == "••••••-••••·[31m"


@pytest.mark.parametrize(("text", "room", "count"), [("abc", 2, 2), ("abc", 9, 3), ("漢字", 3, 1), ("漢字", 1, 1), ("a", 0, 1)])
def test_fitting(text: str, room: int, count: int) -> None:
    assert fitting(text, room) == count


def test_pad() -> None:
    assert (pad("å", 3), pad("å", 3, right=True), pad("漢", 3), pad("lång", 2)) == ("å  ", "  å", "漢 ", "lång")


COLUMNS = [LayoutColumn("Åtagande", folds=True, least=10), LayoutColumn("Hittills"), LayoutColumn("Status", folds=True, least=6)]
ROWS = [["Föräldramöten i årskurs 7", "1 412 av 2 000", "i fas"], ["Kort", "–", "uppnått för del"]]


@pytest.mark.parametrize(
    ("room", "sizes"),
    [
        (None, [25, 14, 15]),
        (58, [25, 14, 15]),
        (57, [24, 14, 15]),
        (43, [10, 14, 15]),
        (42, [10, 14, 14]),
        (34, [10, 14, 6]),
        (33, None),
    ],
)
def test_widths(room: int | None, sizes: list[int] | None) -> None:
    assert widths(COLUMNS, ROWS, room) == sizes


def test_widths_without_rows() -> None:
    assert widths(COLUMNS, [], None) == [8, 8, 6]


def test_a_laid_row_folds_words_and_keeps_figures() -> None:
    lines = laid(COLUMNS, ROWS[0], [10, 14, 6])
    assert lines == [
        ["Föräldramö", "1 412 av 2 000", "i fas "],
        ["ten i     ", " " * 14, " " * 6],
        ["årskurs 7 ", " " * 14, " " * 6],
    ]


@given(cells=st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=4), room=st.integers(30, 120))
def test_every_line_of_a_table_fits(cells: list[list[str]], room: int) -> None:
    rows = [[one_line(title), figure[:3].strip(), one_line(state)] for title, figure, state in cells]
    rows = [[title, "12" if not figure.isprintable() else figure, state] for title, figure, state in rows]
    sizes = widths(COLUMNS, rows, room)
    if sizes is None:
        least = sum(max(width(column.name), *(width(row[at]) for row in rows)) for at, column in enumerate(COLUMNS))
        assert least + 4 > room
        return
    for row in rows:
        for parts in laid(COLUMNS, row, sizes):
            assert width("  ".join(parts)) <= room
        assert laid(COLUMNS, row, sizes)[0][1].strip() == row[1]


@pytest.mark.parametrize(
    ("parts", "room", "lines"),
    [
        ([], 10, []),
        (["jan 2 av 2"], 40, ["jan 2 av 2"]),
        (["jan 2 av 2", "feb 1 av 2"], 23, ["jan 2 av 2 · feb 1 av 2"]),
        (["jan 2 av 2", "feb 1 av 2"], 22, ["jan 2 av 2 ·", "feb 1 av 2"]),
        (["jan 2 av 2", "feb 1 av 2"], 11, ["jan", "2 av 2 ·", "feb 1 av 2"]),
        (["a", "12345678", "b"], 5, ["a ·", "12345", "678 ·", "b"]),
    ],
)
def test_packed(parts: list[str], room: int, lines: list[str]) -> None:
    assert packed(parts, room) == lines
