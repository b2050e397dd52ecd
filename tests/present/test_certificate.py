"""The certificate of a party: fair words, its own figures, no names; the same in every face."""

from __future__ import annotations

import io
from datetime import date

import pytest

from tests.cli.running import HOME, UNSET, folder
from tests.followup.test_party import JOINT, TOGETHER, followed
from tests.present.papers import texts
from tests.present.pieces import check_snapshot, written
from uppfoljning.cli.main import main
from uppfoljning.followup.table import Table
from uppfoljning.present.document.certificate import Party, certificate_of
from uppfoljning.present.document.model import Document
from uppfoljning.present.document.tables import told_within
from uppfoljning.present.layout import width
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.markdown import markdown_paper
from uppfoljning.present.renderers.text import paper_text

FOOT = Provenance(date(2026, 6, 30), "3f2a91c" + "0" * 33, 4, 0, 0, command="uppfoljning intyg --part klubben --vid 2026-06-30")
Capture = pytest.CaptureFixture[str]


def certificate(party: str, *tables: Table) -> Document:
    return certificate_of(Party(party, tables), FOOT)


def said(paper: Document) -> list[str]:
    """The sentences about the first commitment."""
    first, rest = paper.parts[0].parts[0].sentences
    return [first, *rest.replace(". ", ".\n").split("\n")]


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)


def test_a_whole_certificate_in_words() -> None:
    paper = certificate(
        "klubben",
        followed(
            "2026-02-06;;;;3;2,5;2026-02-07\n2026-02-13;inställd;Snö;väder;;;2026-02-14\n2026-02-20;inställd;Sjuk;resurser;;;2026-02-21",
            "datum;läge;avvikelser.vad;avvikelser.skäl;funktioner.värd;timmar.genomförande;inlämnad",
            more=("tillfällen: [2026-02-06, 2026-02-13, 2026-02-20, 2026-09-04]", "uppföljning: {rapportör: värd, anstånd: 7}"),
        ),
    )
    assert paper.title == "Intyg: Klubben"
    assert paper.answer == "Klubben är part i 1 åtagande. 1 tillfälle är hållet, 2 är inställda och 0 är flyttade."
    assert said(paper) == [
        "Överenskommet: minst 12 tillfällen.",
        "3 dagar var planerade till och med 2026-06-30.",
        "1 återstår.",
        "1 tillfälle är hållet.",
        "2 tillfällen är inställda.",
        "Skäl: resurser (1) och väder (1).",
        "1 av dem berodde på väder, som ingen part råder över.",
        "Bemanningen (minst 3 värd) var full vid 1 av 1 tillfälle där den är angiven.",
        "2,5 timmar är redovisade, i 1 av 1 rapport.",
        "3 av 3 väntade rapporter har kommit, 3 i tid.",
    ]
    assert [cell.shown for cell in paper.parts[0].blocks[0].rows[0]] == ["Löftet", "3", "1", "2", "0", "1 av 1", "2,5"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("csv", "expected"),
    [
        (
            "2026-02-06;inställd;Snö;väder",
            "1 tillfälle är inställt. Skäl: väder (1). Det berodde på väder, som ingen part råder över.",
        ),
        (
            "2026-02-06;inställd;Snö;väder\n2026-02-13;inställd;Hot;säkerhet",
            "2 tillfällen är inställda. Skäl: säkerhet (1) och väder (1). Alla berodde på säkerhet och väder, som ingen part",
        ),
        ("2026-02-06;inställd;Sjuk;resurser", "1 tillfälle är inställt. Skäl: resurser (1)."),
    ],
)
def test_what_was_cancelled_is_told_fairly(csv: str, expected: str) -> None:
    paper = certificate("klubben", followed(csv, "datum;läge;avvikelser.vad;avvikelser.skäl"))
    assert expected in paper.parts[0].parts[0].sentences[1]


def test_nothing_reported_is_said_so() -> None:
    paper = certificate("klubben", followed())
    assert paper.answer == "Klubben är part i 1 åtagande. Inget tillfälle är rapporterat än."
    assert "Inget tillfälle är rapporterat, så det går inte att säga hur många som hölls." in said(paper)
    assert "Bemanningen (minst 3 värd) är inte angiven vid något tillfälle." in said(paper)


def test_a_party_without_a_commitment() -> None:
    paper = certificate("polisen", followed("2026-02-06"))
    assert paper.answer == "Polisen är inte part i något åtagande under tiden."
    assert paper.parts == ()
    assert [part.sentences for part in told_within(paper).parts] == [
        (paper.answer,),
        (str(FOOT), f"Gjort med: {FOOT.command}"),
    ]


def test_a_joint_commitment_says_with_whom_and_who_reports() -> None:
    csv = "2026-02-06;20:00;torget;kommunen,polisen;2026-02-07;1"
    more = ("uppföljning: {rapportör: handläggare}",)
    paper = certificate("polisen", followed(csv, f"{TOGETHER};timmar.planering", JOINT, more))
    assert said(paper) == [
        "Överenskommet: minst 12 tillfällen. Åtagandet är gemensamt för Kommunen och Polisen.",
        "1 tillfälle är hållet.",
        "1 timme är redovisad, i 1 av 1 rapport.",
        "Rapporterna lämnas av Handläggare.",
    ]
    assert any("Timmar i en rapport som flera parter" in text for text in texts(paper))


def test_a_lower_bound_is_said_to_be_one() -> None:
    paper = certificate("klubben", followed("2026-01;4;\n2026-02;;5", "period;antal;uppgifter.samtal"))
    assert paper.answer.endswith("Minst 4 tillfällen är hållna, 0 är inställda och 0 är flyttade.")
    assert "Minst 4 tillfällen är hållna." in said(paper)


def test_two_plans_are_a_part_each() -> None:
    one = followed("2026-02-06")
    paper = certificate("klubben", one, one)
    assert [part.heading for part in paper.parts] == ["Prov", "Prov", "Så är det räknat", "Underskrift"]
    assert paper.answer.startswith("Klubben är part i 2 åtaganden. 2 tillfällen är hållna")


def run(capsys: Capture, *words: str) -> tuple[int, str, str]:
    status = main(list(words))
    out, err = capsys.readouterr()
    return status, out, err


EXAMPLE = ("-C", str(HOME), "intyg", "--plan", "exempelkoping-2026", "--vid", "2026-08-31")


@pytest.mark.parametrize("party", ["nattvandrarna", "polisen"])
def test_the_certificate_of_the_example(party: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    status, out, err = run(capsys, *EXAMPLE, "--part", party)
    assert (status, err) == (0, "")
    assert all(width(line) <= 80 for line in out.splitlines())
    check_snapshot(f"intyg-{party}-80", out.rpartition("\nper ")[0])


def test_the_same_words_as_text_as_markdown_and_in_a_document() -> None:
    paper = certificate("klubben", followed("2026-02-06;3", "datum;funktioner.värd"))
    text, markdown = written(paper_text(paper, None)), markdown_paper(paper)
    for sentence in (paper.answer, *paper.parts[0].parts[0].sentences, str(FOOT)):
        assert sentence in text
        assert sentence in markdown.replace("`", "")
    within = texts(told_within(paper))
    assert {paper.answer, str(FOOT), f"Gjort med: {FOOT.command}"} <= set(within)


def test_a_document_says_all_that_the_text_does(tmp_path: object, capsys: Capture) -> None:
    from docx import Document

    status, _, _ = run(capsys, *EXAMPLE, "--part", "nattvandrarna", "--ut", f"{tmp_path}/intyg.docx")
    assert status == 0
    with open(f"{tmp_path}/intyg.docx", "rb") as file:
        document = Document(io.BytesIO(file.read()))
    paragraphs = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "46 tillfällen är hållna, 3 är inställda och 0 är flyttade." in paragraphs
    assert "uppfoljning intyg --part nattvandrarna --plan exempelkoping-2026 --vid 2026-08-31" in paragraphs
    assert document.tables[0].rows[1].cells[2].text == "43"


@pytest.mark.parametrize(("name", "begins"), [("intyg.md", "# Intyg: "), ("intyg.txt", "Intyg: "), ("intyg.html", "<!")])
def test_the_ending_says_the_format(name: str, begins: str, tmp_path: object, capsys: Capture) -> None:
    status, out, err = run(capsys, *EXAMPLE, "--part", "nattvandrarna", "--ut", f"{tmp_path}/{name}")
    assert (status, err) == (0, "")
    assert out.startswith("Skrev ")
    with open(f"{tmp_path}/{name}", encoding="utf-8") as file:
        assert file.read().lstrip().startswith(begins)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--part", "nattvandrana"], "parten ”nattvandrana” finns inte i någon vald plan. Menade du nattvandrarna?"),
        (["--part", "nattvandrarna", "--ut", "intyg.xlsx"], "ett intyg skrivs inte som xlsx. Välj bland text, md, html, docx."),
        ([], "flaggan --part saknas"),
        (["--part", ""], "flaggan --part: skriv vilken part intyget gäller"),
    ],
)
def test_wrong_use(words: list[str], told: str, capsys: Capture) -> None:
    status, out, err = run(capsys, *EXAMPLE, *words)
    assert (status, out) == (2, "")
    assert told in err


def test_a_project_without_the_party(tmp_path: object, capsys: Capture) -> None:
    where = folder(tmp_path, {"reports/x.txt": ""})  # type: ignore[arg-type]
    status, out, err = run(capsys, "-C", where, "intyg", "--part", "klubben")
    assert (status, out) == (2, "")
    assert "parten ”klubben” finns inte i någon vald plan" in err


def test_no_free_text_and_no_report_is_in_it(capsys: Capture) -> None:
    _, out, _ = run(capsys, *EXAMPLE, "--part", "nattvandrarna", "--format", "md")
    assert "reports/" not in out
    assert "SMHI" not in out
