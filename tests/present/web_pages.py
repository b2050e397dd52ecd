"""A web page read back as a browser would, as a tree that must be well-formed; and papers to make pages of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from html.parser import HTMLParser

from tests.present.pieces import EVERYTHING, FOOT, table
from uppfoljning.domain.number import Number
from uppfoljning.followup.deviations import deviations_of
from uppfoljning.followup.outstanding import outstanding
from uppfoljning.present.document.model import Cell, Chart, Column, Document, Grid, Part, number, share, text
from uppfoljning.present.document.report import ReportInput, report_of

VOID = ("meta", "link")
COMMAND = "uppfoljning exportera html --plan prov-2026 --vid 2026-08-31"
NASTY = (
    "<script>alert(1)</script>",
    "</style></title><b>fet",
    "[/fel] [bold]x[/bold] | =1+1 & &amp; \"citat\" 'apostrof'",
    "الشرطة \u202evänd\u202c 👮🏽\u200d♀️",
    "Förebyggandesamverkansöverenskommelseuppföljningsgruppsmöte" * 5,
    "Ett löfte med många ord " * 13,
)


@dataclass
class Node:
    """An element, with elements and texts inside in order."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[Node | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(one if isinstance(one, str) else one.text for one in self.inside)

    def all(self, *names: str) -> Iterator[Node]:
        """This and every element below, in order; those of the names when any are given."""
        if not names or self.name in names:
            yield self
        for one in self.inside:
            if isinstance(one, Node):
                yield from one.all(*names)

    def of(self, class_: str) -> list[Node]:
        return [one for one in self.all() if class_ in one.attributes.get("class", "").split()]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), tag
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().name == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def tree(page: str) -> Node:
    """The page as a tree; every element is closed where it should be."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert [one.name for one in reader.open] == [""]
    return reader.open[0]


@cache
def report() -> Document:
    """The whole report of the small project."""
    found = table()
    return report_of(ReportInput(found, EVERYTHING, deviations_of(found), outstanding(found), None, FOOT, COMMAND))


def small(word: str = "Kvällsvandring", id: str = "vandring") -> Document:
    """A paper with one of everything, and a word of someone's in every place that may hold one."""
    months = ("jan", "feb", "mar")
    done_by: tuple[Number | None, ...] = (None, 3, None)
    hoped_by: tuple[Number | None, ...] = (2, Fraction(9, 2), 7)
    reached = Grid(
        f"utveckling {id}",
        f"{word}, månad för månad",
        (Column("Månad"), Column("Hittills", "tal"), Column("Planerat", "tal")),
        tuple((text(month), number(done), number(hoped)) for month, done, hoped in zip(months, done_by, hoped_by, strict=True)),
    )
    hours = Grid(
        f"kalender {id}",
        "Tillfällen efter veckodag",
        (Column("Veckodag"), *(Column(band, "tal") for band in ("15–18", "18–21", "21–00", "ej angivet"))),
        ((text("fredag"), *map(number, (0, 4, 1, 0))), (text("lördag"), *map(number, (0, 0, 2, 0)))),
        note=word,
    )
    reasons = Grid(
        "skäl", "Skäl", (Column("Skäl"), Column("Antal", "tal")), ((text(word), number(5)), (text("väder"), number(1)))
    )
    goals = Grid(
        "uppföljning",
        "Mål",
        (
            Column("Åtagande", data=False), Column("åtagande", read=False), Column("Andel", "andel"), Column("Status", "status"),
            Column("Anmärkning", "fritext"),
        ),
        ((text(word), text(id), share(Fraction(3, 4)), Cell("efter", "■ efter"), text(word)),),
        note=word,
    )  # fmt: skip
    hidden = Grid("underlag", "Underlag", (Column("fil", read=False),), ((text("reports/a.yaml"),),))
    charts = (
        Chart("utveckling", word, f"{word}: 3 av 7.", reached),
        Chart("kalender", f"{word}, veckodag", f"{word}: flest på fredag.", hours),
        Chart("staplar", "Skäl", f"Skäl: {word} 5.", reasons),
    )
    one = Part(f"atagande-{id}", word, (word, f"Lovat: {word}"), charts, free=(f"Syfte: {word}",), status="■ efter")
    return Document(
        word,
        "per 2026-08-31",
        "0 av 1 åtagande följer planen · 1 efter.",
        (
            Part("mal", "Mål", blocks=(goals,)),
            Part("ataganden", "Åtaganden", parts=(one,)),
            Part("underlag", "Underlag", (word,), (hidden,)),
        ),
        ("per 2026-08-31 · commit 3f2a91c", f"Gjord med: {word}"),
    )
