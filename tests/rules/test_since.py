"""What a change brings: known findings stay known where lines and files move, and no new one hides behind an old."""

from __future__ import annotations

import pytest

from tests.present.pieces import Texts
from uppfoljning.domain.finding import Finding, Place, Problem
from uppfoljning.files.source import Source, stretch
from uppfoljning.project.baseline import Checked, brought

A, B = "reports/a.yaml", "reports/b.yaml"


class Checks(dict[str, str]):
    """Files, in which every `!` is a finding whose message is the word after it; a `?` anywhere is one of the whole file."""

    def checked(self) -> Checked:
        found = []
        for file in sorted(self):
            text = self[file]
            if "?" in text:
                found.append(Finding(Place(file), Problem("F006", "filen är tom")))
            for at, sign in enumerate(text):
                if sign == "!":
                    span = stretch(text, at, at + 1)
                    found.append(Finding(Place(file, span=span), Problem("S104", text[at + 1 :].split()[0])))
        source: Source = Texts(self)
        return Checked(source, found)


def new(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, int]]:
    """The file and line of each new finding; a whole file is line 0."""
    found = brought(Checks(before).checked(), Checks(after).checked())
    return [(one.place.file, one.place.span.line if one.place.span else 0) for one in found]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param({A: "x !ett\n"}, {A: "x !ett\n"}, [], id="nothing"),
        pytest.param({A: "x !ett\n"}, {A: "ny\n\nx !ett\n"}, [], id="a line moved"),
        pytest.param({A: "x !ett\n"}, {A: "  x !ett\n"}, [], id="a line indented"),
        pytest.param({A: "x !ett\n"}, {A: "y !ett\n"}, [(A, 1)], id="a line rewritten"),
        pytest.param({A: "x !ett\n"}, {A: "x !ett\nx !två\n"}, [(A, 2)], id="one more"),
        pytest.param({A: "x !ett\n"}, {A: "x !ett\nx !ett\nx !ett\n"}, [(A, 2), (A, 3)], id="equal ones are counted"),
        pytest.param({A: "x !ett\nx !ett\n"}, {A: "x !ett\n"}, [], id="one less"),
        pytest.param({A: "x !ett\n"}, {B: "x !ett\n"}, [], id="renamed"),
        pytest.param({A: "x !ett\n"}, {B: "x !ett\nx !två\n"}, [(B, 2)], id="renamed and changed"),
        pytest.param({A: "x !ett\n"}, {A: "x !ett\n", B: "x !ett\n"}, [(B, 1)], id="copied"),
        pytest.param({A: "x !ett\n", B: "b\n"}, {B: "x !ett\n"}, [(B, 1)], id="moved to an old file"),
        pytest.param({A: "a?\n"}, {A: "ab?\n"}, [], id="a whole file"),
        pytest.param({A: "a\n"}, {A: "a?\n"}, [(A, 0)], id="a whole file anew"),
        pytest.param({}, {A: "x !ett\n"}, [(A, 1)], id="the first file"),
        pytest.param({A: "x 640823-3234 !nr\n"}, {A: "x 640823-3234 !nr\n"}, [], id="the same number"),
        pytest.param({A: "x 640823-3234 !nr\n"}, {A: "x 701063-2391 !nr\n"}, [(A, 1)], id="another number in its place"),
    ],
)
def test_brought(before: dict[str, str], after: dict[str, str], expected: list[tuple[str, int]]) -> None:
    assert new(before, after) == expected


def test_a_place_in_the_tree_is_known_by_its_line() -> None:
    before, after = Texts({A: "mål: fel\n"}), Texts({A: "a: b\nmål: fel\n"})
    finding = Finding(Place(A, ("mål",)), Problem("S104", "fel"))
    assert brought(Checked(before, [finding]), Checked(after, [finding, finding])) == [finding]
