"""What differs in every face: text at every width, Markdown that fits a comment, JSON that keeps its promise."""

from __future__ import annotations

import json
import re
from datetime import date
from fractions import Fraction
from functools import cache
from html import unescape
from typing import Any

import pytest

from tests.present.pieces import Texts as Source
from tests.present.pieces import check_snapshot, figures, files, written
from tests.projects import FORM, commitment, make, plan
from uppfoljning.cli.streams import plain
from uppfoljning.domain.number import Number
from uppfoljning.domain.period import Period
from uppfoljning.followup.compare import PlanDiff, compare
from uppfoljning.followup.diff_snapshots import side_of
from uppfoljning.followup.table import Selection
from uppfoljning.followup.view import View
from uppfoljning.present.figures import signed
from uppfoljning.present.layout import width
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.terminal import Screen
from uppfoljning.present.views.diff import FORMATS, LIMIT, MARK, Moments, diff_json, diff_markdown, diff_text
from uppfoljning.project.load import CheckedProject, load_project

WIDTHS = (None, 200, 120, 80, 60, 40)
FIRST, LAST = date(2026, 5, 31), date(2026, 8, 31)
MOMENTS = Moments(Provenance(FIRST, "3f2a91c0d4e5", 12, 0, 0, exact=True), Provenance(LAST, "77ab01c0d4e5", 13, 1, 2))
MARKUP = "=1+1 | **fet** [bold]x[/bold] <b>y</b>"
NUMBER = "640823-3234"
LOGGED = """\
    ändringar:
      - {datum: 2026-06-01, vad: mål, före: minst 24, efter: minst 18, skäl: resurser, varför: En slutade, beslut: styrgruppen}
"""


def later() -> dict[str, str]:
    """The project with a little of everything done to it."""
    found = files()
    text = found["plans/prov-2026.yaml"]
    text = text.replace(
        "{minst: 24, enhet: tillsyner, per: år, fördelning: {tertial: [8, 6, 10]}}", "{minst: 18, enhet: tillsyner}"
    )
    text = text.replace("    moment:\n      - {id: urval", LOGGED + "    moment:\n      - {id: urval")
    text = text.replace("{mellan: [4, 6], enhet: utbildningar}", "{mellan: [3, 6], enhet: utbildningar}")
    text = text.replace("{klart: 2026-05-31}", "{klart: 2026-06-30}").replace("{högst: 10,", "{högst: 15,")
    text = text[: text.index("  - id: behov")] + text[text.index("  - id: sen") :]
    found["plans/prov-2026.yaml"] = text + (
        f"  - id: ny\n    titel: {json.dumps('Nytt ' + MARKUP)}\n    parter: [klubben]\n"
        "    mål: {minst: 3}\n    snabbrapport: prov\n"
    )
    del found["reports/besok.yaml"]
    found["reports/formel.yaml"] = found["reports/formel.yaml"].replace("samtal: 12", "samtal: 1412")
    found["reports/besok3.yaml"] = "trasig: ["
    found["reports/sen.yaml"] = "plan: prov-2026\nåtagande: tillsyn\ndatum: 2026-05-20\ninlämnad: 2026-07-01\n"
    return found


@cache
def projects() -> tuple[CheckedProject, CheckedProject]:
    return load_project(Source(files())), load_project(Source(later()))


@cache
def found(selection: Selection | None = None) -> tuple[PlanDiff, ...]:
    before, after = projects()
    sides = side_of(before, View(FIRST)), side_of(after, View(LAST))
    return tuple(compare(*sides, ["prov-2026"], selection or Selection()))


def text(room: int | None) -> str:
    return written(diff_text(found(), MOMENTS, room))


def markdown() -> str:
    return diff_markdown(found(), MOMENTS)


def content() -> dict[str, Any]:
    said: dict[str, Any] = json.loads(diff_json(found(), MOMENTS))
    return said


# Text


@pytest.mark.parametrize("room", WIDTHS)
def test_text(room: int | None) -> None:
    check_snapshot(f"diff-{room or 'fritt'}", text(room))


@pytest.mark.parametrize("room", [*WIDTHS[1:], 20])
def test_every_figure_survives_every_width_and_no_line_is_wider(room: int) -> None:
    assert figures(text(room)) == figures(text(None))
    bare = [one for one in plain(text(room)).splitlines() if width(one) > room]
    assert bare == []


def test_the_answer_comes_first_and_what_is_gone_next() -> None:
    lines = text(None).splitlines()
    assert lines[1] == "3f2a91c 2026-05-31 → mappen 2026-08-31"
    assert lines[2] == (
        "9 av 10 åtaganden har ändrats: 1 borttaget åtagande, 1 borttagen rapport, 1 utelämnad rapport, 2 sänkta mål,"
        " 1 senarelagt mål, 1 höjt tak, 1 nytt åtagande, 1 rättad rapport, 2 sena rapporter, 7 nya rapporter, 4 med ny status."
    )
    gone = lines.index("Borttaget och utelämnat")
    assert lines[gone + 1].startswith("  borttaget åtagande: Hjälp vid behov: ")
    assert lines[gone + 2].startswith("  borttagen rapport: reports/besok.yaml (")


def test_the_line_of_a_commitment() -> None:
    line = next(one for one in text(None).splitlines() if one.startswith("  Samordnad krogtillsyn: "))
    assert line.startswith("  Samordnad krogtillsyn: 2 → 5 tillsyner (+3): ")
    assert " · hela målet 24 → 18 (−6): ändrad plan −6 · " in line


def test_user_text_is_data() -> None:
    assert "[bold]x[/bold]" in text(None)
    assert "<b>" not in markdown()
    assert "**fet**" not in markdown()


def test_personal_numbers_are_covered() -> None:
    named = plan(commitment("{minst: 3}")).replace("Löftet", f"Löftet {NUMBER}")
    view = View(LAST)
    before = side_of(make(plan(commitment("{minst: 2}"))), view)
    project = load_project(Source({"plans/prov-2026.yaml": named, "plans/snabbrapporter/prov.yaml": ""}))
    (one,) = compare(before, side_of(project, view), ["prov-2026"], Selection())
    for said in (written(diff_text([one], MOMENTS, None)), diff_markdown([one], MOMENTS), diff_json([one], MOMENTS)):
        assert NUMBER not in said


# The printed parts add up


SIZE = r"[+−]\d+(?: \d{3})*(?:,\d+)?"


def amount(word: str) -> Fraction:
    return Fraction(word.replace("−", "-").replace(" ", "").replace(",", "."))


def test_what_is_printed_adds_up() -> None:
    said = re.findall(rf"\(({SIZE})(?: procent\w+)?\): ((?:[^·\n](?!→))+)", text(None))
    assert len(said) > 10
    for whole, rest in said:
        assert amount(whole) == sum(amount(part) for part in re.findall(rf"{SIZE}(?=,? |$)", rest))


@pytest.mark.parametrize(
    ("value", "expected"),
    [(6, "+6"), (-1, "−1"), (0, "±0"), (1412, "+1 412"), (Fraction(-3, 2), "−1,5"), (Fraction(1, 1000), "±0")],
)
def test_signed(value: Number, expected: str) -> None:
    assert signed(value) == expected


# Markdown


def test_markdown() -> None:
    check_snapshot("diff-md", markdown())


def test_a_comment_has_one_heading_and_the_worst_first() -> None:
    said = markdown()
    assert said.startswith(f"{MARK}\n## ")
    assert len(re.findall("^#", said, re.MULTILINE)) == 1
    points = [line.partition(":**")[0] for line in said.splitlines() if line.startswith("- **")]
    assert points == [
        "- **Borttaget åtagande", "- **Sänkt mål", "- **Senarelagt mål", "- **Höjt tak", "- **Sänkt mål",
        "- **Borttagen rapport", "- **Utelämnad rapport",
    ]  # fmt: skip
    assert said.count("<details>") == said.count("</details>")


def test_every_row_has_as_many_cells_as_its_head() -> None:
    tables = re.findall(r"(?:^\|.*\n)+", markdown(), re.MULTILINE)
    assert tables
    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1


def many(number: int, length: int) -> list[PlanDiff]:
    """So many commitments with long titles, all lowered, each with a report taken away."""
    titles = [f"Å{at} " + "lång " * length for at in range(number)]

    def wording(least: int) -> str:
        both = (commitment(f"{{minst: {least}}}", id=f"nr{at}").replace("Löftet", title) for at, title in enumerate(titles))
        return plan(*both)

    reports = {f"mapp-{at}/{'rapport' * 9}": f"datum: 2026-03-01\nåtagande: nr{at}\n" for at in range(number)}
    view = View(LAST)
    before, after = make(wording(9), reports=reports), make(wording(3))
    return compare(side_of(before, view), side_of(after, view), ["prov-2026"], Selection())


def test_a_comment_is_never_too_long() -> None:
    said = diff_markdown(many(250, 90), MOMENTS)
    assert 40_000 < len(said.encode()) <= LIMIT
    assert "rader fick inte plats. Hela listan: `uppfoljning diff`." in said
    assert said.count("<details>") == said.count("</details>")
    assert said.index("Sänkt mål") < said.index("<details>")
    assert said.rstrip().endswith("på grund av fel")
    assert "fick inte plats" not in markdown()


def test_a_comment_about_many_plans_is_never_too_long() -> None:
    said = diff_markdown(many(20, 2) * 300, MOMENTS)
    assert 40_000 < len(said.encode()) <= LIMIT
    assert said.count("<details>") == said.count("</details>") > 0
    assert said.rstrip().endswith("på grund av fel")


def test_text_counts_what_it_does_not_name() -> None:
    said = written(diff_text(many(25, 1), MOMENTS, None))
    assert "  och 5 borttagna rapporter till\n" in said


def test_markdown_and_text_have_the_same_figures() -> None:
    body = unescape(re.sub(r"\\(?=\W)", "", markdown()))
    assert set(figures(text(None))) <= set(figures(body)) | {"2", "5", "6"}


# JSON


def test_json() -> None:
    check_snapshot("diff-json", diff_json(found(), MOMENTS))


def test_json_keeps_its_promise() -> None:
    said = content()
    assert set(said) == {"version", "från", "till", "period", "planer"}
    assert (said["version"], said["från"]["vid"], said["till"]["mappen"]) == (1, "2026-05-31", True)
    for one in said["planer"][0]["åtaganden"]:
        assert set(one) == {
            "id", "titel", "parter", "status", "fullständighet", "bedömning", "blankett_ändrad", "mål", "rapporter",
        }  # fmt: skip
        for target in one["mål"]:
            for name in ("utfall", "hela_målet", "förväntat"):
                figure = target[name]
                assert list(figure["varav"]) == [
                    "borttagna_rapporter", "ändrad_plan", "rättelser", "sena_rapporter", "nytt_arbete",
                ]  # fmt: skip
                assert sum(figure["varav"].values()) == pytest.approx(figure["skillnad"])
                assert figure["skillnad"] == pytest.approx((figure["efter"] or 0) - (figure["före"] or 0))


def test_json_of_a_part_of_the_time() -> None:
    spring = Period(date(2026, 1, 1), date(2026, 4, 30))
    assert json.loads(diff_json(found(), MOMENTS._replace(period=spring)))["period"] == "2026-T1"


# Every face


class _Stream:
    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        self.text += text


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_is_nothing_in_every_face(format: str) -> None:
    out = _Stream()
    FORMATS[format]([], MOMENTS, Screen(out))  # type: ignore[arg-type]
    assert out.text == ""
    FORMATS[format](found(), MOMENTS, Screen(out))  # type: ignore[arg-type]
    assert "Samordnad krogtillsyn" in out.text


@pytest.mark.parametrize(
    ("before", "after", "said", "state"),
    [
        ("", "plan", "Ny plan med 2 åtaganden.", "ny"),
        ("plan", "", "Borttagen plan med 2 åtaganden.", "borttagen"),
        ("plan", "trasig", "Planen går inte längre att läsa, så dess 2 åtaganden jämförs inte.", "oläslig"),
        ("trasig", "plan", "Planen gick inte tidigare att läsa, så dess 2 åtaganden jämförs inte.", "oläslig"),
    ],
)
def test_a_plan_on_one_side(before: str, after: str, said: str, state: str) -> None:
    texts = {"plan": plan(commitment("{minst: 3}"), commitment("{minst: 3}", id="annat")), "trasig": "plan: ["}
    form = files()["plans/snabbrapporter/prov.yaml"]
    projects = (
        load_project(Source({"plans/snabbrapporter/prov.yaml": form} | ({"plans/prov-2026.yaml": texts[name]} if name else {})))
        for name in (before, after)
    )
    first, last = (side_of(project, View(LAST)) for project in projects)
    one = compare(first, last, ["prov-2026"], Selection())
    assert f"Prov\n{MOMENTS.heading}\n{said}\n" in written(diff_text(one, MOMENTS, None))
    assert f"**Prov**: {said}\n" in diff_markdown(one, MOMENTS)
    assert json.loads(diff_json(one, MOMENTS))["planer"][0]["läge"] == state


def test_a_change_of_the_plan_alone() -> None:
    view = View(LAST)
    wordings = (plan(commitment("{minst: 3}")), plan(commitment("{minst: 3}")).replace("titel: Prov\n", "titel: Provet\n"))
    before, after = (side_of(make(wording), view) for wording in wordings)
    one = compare(before, after, ["prov-2026"], Selection())
    said = written(diff_text(one, MOMENTS, None))
    assert (
        "Inget åtagande har ändrats, men det som står på planen.\n\nÄndringar av planen\n  planen, titel: Prov → Provet\n" in said
    )


def told(
    before: str, after: str, *, form: str = FORM, reports: str = "datum: 2026-03-01\nuppgifter: {nådda: 3, kontaktade: 4}\n"
) -> str:
    """The text when one target becomes another; the report stays."""
    view = View(LAST)
    report = f"plan: prov-2026\nåtagande: lov\n{reports}"
    first, last = (
        side_of(
            load_project(
                Source(
                    {
                        "plans/prov-2026.yaml": plan(commitment(target)),
                        "plans/snabbrapporter/prov.yaml": asked,
                        "reports/a.yaml": report,
                    }
                )
            ),
            view,
        )
        for target, asked in ((before, FORM), (after, form))
    )
    return written(diff_text(compare(first, last, ["prov-2026"], Selection()), MOMENTS, None))


SHARE = "{minst: 50 %, räknar: {täljare: nådda, nämnare: kontaktade}}"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("{minst: 4}", SHARE, "  Löftet: 1 → 75 %: ändrad plan · hela målet 4 → 50 %: ändrad plan"),
        (SHARE, "{minst: 4}", "  Löftet: 75 % → 1 tillfällen: ändrad plan · hela målet 50 % → 4: ändrad plan"),
        ("{minst: 4}", "{antal: löpande}", "1 av 1 åtagande har ändrats: 1 borttaget måltal, 1 med ny status."),
        ("{antal: löpande}", "{minst: 4}", "1 av 1 åtagande har ändrats: 1 nytt måltal, 1 med ny status."),
        ("{minst: 4}", "{högst: 4}", "1 av 1 åtagande har ändrats: 1 med ny status."),
        ("{minst: 4}", "{antal: 3}", "1 av 1 åtagande har ändrats: 1 sänkt mål."),
        ("{minst: 4, varje: vecka}", "{minst: 2, varje: vecka}", "1 av 1 åtagande har ändrats: 1 sänkt mål."),
        ("{högst: 4}", "{högst: 3}", "1 av 1 åtagande har ändrats: 1 sänkt tak."),
        ("{minst: 4, enhet: turer}", "{minst: 4, enhet: rundor}", "1 av 1 åtagande har ändrats.\n"),
        ("[{id: a, minst: 4}]", "[{id: a, minst: 4}, {id: b, minst: 1}]", "1 av 1 åtagande har ändrats: 1 nytt mål."),
        ("[{id: a, minst: 4}, {id: b, minst: 1}]", "[{id: a, minst: 4}]", "1 av 1 åtagande har ändrats: 1 borttaget mål."),
        ("{klart: 2026-09-30}", "{klart: 2026-09-01}", "1 av 1 åtagande har ändrats: 1 tidigarelagt mål."),
    ],
)
def test_what_was_done_to_a_promise(before: str, after: str, said: str) -> None:
    assert said in told(before, after)


def test_a_changed_form_is_told_where_it_matters() -> None:
    other = FORM.replace("nådda: {typ: antal}", "nådda: {typ: text}")
    assert " · blanketten prov är ändrad\n" in told(SHARE, "{minst: 4}", form=other)


@pytest.mark.parametrize(
    ("before", "after", "heading"),
    [
        (
            Provenance(FIRST, "a" * 40, 1, 0, 0, exact=True),
            Provenance(FIRST, "b" * 40, 1, 0, 0, exact=True),
            "aaaaaaa → bbbbbbb, per 2026-05-31",
        ),
        (
            Provenance(FIRST, "a" * 40, 1, 0, 0, exact=True),
            Provenance(FIRST, "a" * 40, 1, 0, 0),
            "aaaaaaa → mappen, per 2026-05-31",
        ),
        (Provenance(FIRST, "", 1, 0, 0), Provenance(LAST, "", 1, 0, 0), "2026-05-31 → 2026-08-31"),
    ],
)
def test_the_heading_says_what_tells_the_moments_apart(before: Provenance, after: Provenance, heading: str) -> None:
    assert Moments(before, after).heading == heading


def test_the_foot_says_both() -> None:
    first, last = MOMENTS.foot()
    assert first == "Från: per 2026-05-31 · commit 3f2a91c · 12 filer lästa, 0 utelämnade"
    assert last == (
        "Till: per 2026-08-31 · mappen, senaste commit 77ab01c · 13 filer lästa, 1 utelämnad och"
        " 2 rader utelämnade på grund av fel"
    )
    outside = Moments(Provenance(FIRST, "", 1, 0, 0), Provenance(LAST, "", 1, 0, 0))
    assert outside.foot()[0] == "Från: per 2026-05-31 · mappen, utanför git · 1 fil läst, 0 utelämnade"
