"""Every built-in form, filled in with the keyboard alone and without a network: the file is a sound report of what was typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.webb import made
from tests.webb.pages import Phone, put
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.form import Field, figure_of
from uppfoljning.project.plans import BUILT_IN, built_in

pytestmark = pytest.mark.slow

TEXT = "Ån, ”torget” & <b>: \\ # 100 % – 'ja' \"nej\" 😀"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbyggda")
    made.make(folder)
    return folder


def answer(at: int, field: Field) -> str:
    """Something to type in a field: parts are small, wholes are large."""
    if field.type == "antal":
        return "2" if field.part_of else "7" if field.at_most else str(20 + at)
    return {"ja/nej": "nej", "val": field.choices[-1] if field.choices else "", "text": TEXT}[field.type]


def fill(phone: Phone, name: str, field: Field, text: str) -> None:
    if field.type in ("ja/nej", "val"):
        phone.choose(field.question, len(field.choices) - 1 if field.choices else 1)
    else:
        phone.type_in(field.question, text)


def only_entry(root: Path, name: str) -> Entry:
    (entry,) = made.read(root).entries["prov-2026"][name]
    return entry


@pytest.mark.parametrize("name", BUILT_IN)
def test_with_the_keyboard_alone(name: str, root: Path, phone: Phone, tmp_path: Path) -> None:
    form = built_in(name)
    typed = {field: answer(at, asked) for at, (field, asked) in enumerate(form.fields.items())}
    page = phone.open(made.file(root, name))
    phone.choose("Blev det av?", 0)
    phone.type_in("Slutade", "00:45")
    phone.tick("Hamnen")
    phone.type_in("Nattvandrare", "4")
    phone.type_in("Ordningsvakt", "2")
    for field, asked in form.fields.items():
        fill(phone, field, asked, typed[field])
    phone.choose("Samling före", 0)
    phone.choose("Samtal efter", 2)
    phone.walk_to_button("Lägg till en iakttagelse")
    phone.press("Enter")
    phone.type_in("Vad såg ni?", "Trasig lampa, mörkt")
    phone.choose("Rapporterad till polisen?", 1)
    phone.type_in("Något mer att berätta?", "Lugnt\nända till slutet: ja")
    assert (phone.widest(), phone.small_targets()) == (360, [])
    phone.walk_to_button("Granska")
    phone.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Stämmer det?"
    assert "Tänk efter" not in page.inner_text("#granska")
    assert phone.widest() == 360
    phone.walk_to_button("Spara som fil")
    with page.expect_download() as waited:
        phone.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Rapporten är klar"
    assert (phone.widest(), phone.small_targets()) == (360, [])
    assert phone.faults == []
    assert [address for address in phone.asked if not address.startswith(("file:", "blob:"))] == []

    made.write(tmp_path, BUILT_IN)
    path = put(tmp_path, waited.value)
    assert path.name.isascii()
    entry = only_entry(tmp_path, name)
    report = entry.report
    assert {field: _plain(value) for field, value in entry.facts.items()} == typed
    assert (str(report.day), report.start, report.end) == ("2026-03-06", 20 * 60 + 30, 45)
    assert (report.places, dict(report.functions)) == (("hamnen",), {"nattvandrare": 4, "ordningsvakt": 2})
    assert dict(report.steps) == {"samling": "ja", "samtal": "ej aktuellt"}
    (seen,) = report.observations
    assert (seen.text, seen.told_police) == ("Trasig lampa, mörkt", False)
    assert report.text == "Lugnt\nända till slutet: ja"
    assert (report.reporter, str(report.submitted)) == ("nattvandrare", "2026-03-06")
    assert report.receipt in path.name


@pytest.mark.parametrize("name", BUILT_IN)
def test_no_question_hinders_anyone(name: str, root: Path, phone: Phone, axe: str) -> None:
    phone.open(made.file(root, name))
    phone.tap("Ja")
    assert phone.checked(axe) == []


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    figure = figure_of(value)
    return str(value if figure is None else figure.value)
