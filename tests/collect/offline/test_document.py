"""The offline form and its start page as text: one file, shut off from the network, in which the plan's words are only words."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import uppfoljning
from tests.collect.offline.pieces import Taken, sheet
from uppfoljning.collect.offline.template import OUR_OWN, Link, Ways, embedded, form_document, paper, script, start_page
from uppfoljning.collect.sheet import as_plain, edition_of
from uppfoljning.project.plans import BUILT_IN

SCRIPTS = Path(uppfoljning.__file__).parent / "templates/blankett"
HOSTILE = "</script><script>alert(1)</script> ¤{sheet} <!-- \"'& <img src=x onerror=alert(1)>"


def hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize("form", BUILT_IN)
def test_one_file_that_asks_for_nothing_else(form: str) -> None:
    page = Taken(form_document(sheet(form)))
    assert not [tag for tag, _ in page.elements if tag in ("link", "img", "iframe", "object", "embed", "base")]
    assert not [
        attrs for _, attrs in page.elements if "src" in attrs or "style" in attrs or any(name[:2] == "on" for name in attrs)
    ]
    assert [attrs.get("lang") for tag, attrs in page.elements if tag == "html"] == ["sv"]
    assert [tag for tag, _ in page.elements].count("main") == 1
    assert page.embedded("blankett") == as_plain(sheet(form)) | {"edition": edition_of(sheet(form))}
    assert page.embedded("val") == {"mail": "", "forge": None}


@pytest.mark.parametrize("ways", [None, Ways("rapporter@kommun.example", "https://github.com/a/b", "github")])
def test_the_policy_lets_in_the_own_style_and_script_and_nothing_else(ways: Ways | None) -> None:
    page = Taken(form_document(sheet(), ways))
    runs = [text for attrs, text in page.scripts if "type" not in attrs]
    assert page.policy == {
        "default-src": "'none' ",
        "style-src": f"{hashed(page.styles[0])} ",
        "script-src": f"{hashed(runs[0])} ",
        "img-src": "data: ",
        "form-action": "'none' ",
        "base-uri": "'none' ",
    }
    assert (len(page.styles), len(runs)) == (1, 1)


def test_the_start_page_runs_no_script_at_all() -> None:
    page = Taken(start_page([Link("blankett-kvall.html", sheet())]))
    assert page.scripts == []
    assert "script-src" not in page.policy
    assert page.policy["style-src"] == f"{hashed(page.styles[0])} "


def test_the_plans_words_are_only_words() -> None:
    hostile = sheet(plan_title=HOSTILE, title=HOSTILE)
    plain = Taken(form_document(sheet()))
    page = Taken(form_document(hostile))
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in plain.elements]
    assert page.text.count(HOSTILE) == 5
    assert page.embedded("blankett")["title"] == HOSTILE
    start = Taken(start_page([Link("a.html", hostile)]))
    assert [tag for tag, _ in start.elements] == [tag for tag, _ in Taken(start_page([Link("a.html", sheet())])).elements]
    assert start.text.count(HOSTILE) == 2


@given(st.text(), st.dictionaries(st.text(), st.text()))
def test_what_is_embedded_never_ends_its_script_and_comes_back(text: str, more: dict[str, str]) -> None:
    written = embedded({"a": text, **more})
    page = Taken(f'<script type="application/json" id="val">{written}</script>') if text.isprintable() else None
    assert "<" not in written
    if page is not None and all(key.isprintable() and value.isprintable() for key, value in more.items()):
        assert page.embedded("val") == {"a": text, **more}


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert form_document(sheet()) == form_document(sheet())
    assert form_document(sheet()).startswith(OUR_OWN)
    assert form_document(sheet()) != form_document(sheet("krogtillsyn"))


def test_the_address_to_mail_to_stands_in_the_form_only() -> None:
    address = "rapporter@kommun.example"
    assert Taken(form_document(sheet(), Ways(mail=address))).embedded("val")["mail"] == address
    assert form_document(sheet(), Ways(mail=address)).count(address) == 1


@pytest.mark.parametrize("form", BUILT_IN)
def test_the_paper_asks_all_that_the_form_asks(form: str) -> None:
    asked = sheet(form)
    text = Taken(paper(asked, "abcd1234")).text
    for field in asked.fields.values():
        assert field.question in text
        assert all(choice[:1].upper() + choice[1:] in text for choice in field.choices)
    for choice in (*asked.places, *asked.steps, *asked.once):
        assert choice.title in text
    assert "Skriv inte namn, personnummer, telefonnummer eller bilnummer" in text
    assert "Lämna det till den som rapporterar: Nattvandrare." in text
    assert "prov-2026/kväll · utgåva abcd1234" in text


def test_the_paper_tells_the_least_crew_and_leaves_seldom_functions_to_a_line() -> None:
    text = Taken(paper(sheet(), "a")).text
    assert re.search(r"Nattvandrare\s+minst 3", text)
    assert "Fältassistent" in text
    assert "Samordnare" not in text
    assert "Andra funktioner" in text


def test_the_start_page_has_a_link_to_each_form_under_its_plan() -> None:
    page = Taken(start_page([Link("blankett-b.html", sheet("krogtillsyn")), Link("blankett-a.html", sheet())]))
    assert [attrs["href"] for tag, attrs in page.elements if tag == "a"] == ["blankett-b.html", "blankett-a.html"]
    assert [tag for tag, _ in page.elements].count("h1") == 1
    assert "Krogtillsyn · rapporteras av Nattvandrare" in page.text


FORBIDDEN = {
    "nätverk": r"\b(?:fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|import)\s*\(|\bimport\b",
    "text som blir HTML": r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment",
    "text som körs": r"\beval\s*\(|\bnew Function\b|javascript:",
    "nyare än telefonerna": r"\?\.[\w\[(]|\?\?|\(\?<[=!]|\.replaceAll\(|\.at\(-|structuredClone|#[a-z]\w*\s*[=(;]",
    "slut på skriptet": r"</script|<!--",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_script_has_none_of(what: str) -> None:
    found = re.findall(FORBIDDEN[what], re.sub(r"(?m)^\s*(?://|/?\*).*$", "", script()))
    assert found == []


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.js")), ids=lambda path: path.stem)
def test_each_script_is_about_one_thing(path: Path) -> None:
    assert len(re.findall(r"(?m)^const \w+ =", path.read_text("utf-8"))) == 1
