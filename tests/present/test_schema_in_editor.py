"""What a person sees in an editor: Swedish meaning, Swedish keys and Swedish errors, by yaml-language-server itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from tests.present.language_server import VARIABLE, LanguageServer, command
from uppfoljning.present.views.schema import editor_settings

HOME = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(
    not command(),
    reason=f"node eller yaml-language-server saknas; npm install --prefix MAPP yaml-language-server, {VARIABLE}=MAPP",
)


def modeline(name: str) -> str:
    return f"# yaml-language-server: $schema={(HOME / 'schema' / f'{name}.schema.json').as_uri()}\n"


PLAN = (
    modeline("plan")
    + """\
plan: prov-2026
titel: Prov
typ: åtgärd
period: 2026
avläsningar: [2026-02-30]
parter: {polisen: Polisen}
åtaganden:
  - id: gång
    titel: Gå tillsammans
    arbetssätt: Två och två
    mål: {minst: 3, antal: 4, per: vekca}
    förväntan: {tid: 20-02}
    \n\
orsak: {}
"""
)
LINES = PLAN.split("\n")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    with LanguageServer(tmp_path_factory.mktemp("redigerare")) as running:
        yield running


@pytest.fixture(scope="module")
def errors(server: LanguageServer) -> dict[str, str]:
    """The text that each error marks, and what it says."""
    return {_marked(one["range"]): one["message"] for one in server.diagnostics("plans/prov-2026.yaml", PLAN)}


def _marked(span: dict[str, dict[str, int]]) -> str:
    return LINES[span["start"]["line"]][span["start"]["character"] : span["end"]["character"]]


def place(text: str) -> tuple[int, int]:
    return next((row, line.index(text)) for row, line in enumerate(LINES) if text in line)


def test_errors_are_swedish_and_say_what_to_do(errors: dict[str, str]) -> None:
    assert errors == {
        "åtgärd": "Värdet är inget av de ord som kan stå här. Välj bland: samverkansöverenskommelse, medborgarlöfte,"
        " åtgärdsplan, annan.",
        "2026-02-30": "Värdet är inget datum. Skriv år, månad och dag som 2026-03-06.",
        "i": "Nyckeln parter saknas. Lägg till en rad parter: med ett värde.",
        "antal": "Målet har redan minst. Välj minst eller antal, eller skriv två mål.",
        "vekca": "Värdet är inget av de ord som kan stå här. Välj bland: dygn, vecka, månad, kvartal, tertial,"
        " halvår, termin, år.",
        "20-02": "Värdet är ingen tid på dygnet. Skriv från och till, som 20:00–02:00.",
        "orsak": "Nyckeln finns inte här. Nycklarna är: plan, titel, typ, period, avläsningar, kommun, beslut, källor, parter,"
        " funktioner, platser, orsaker, terminer, åtaganden, ändringar.",
    }


@pytest.mark.parametrize(
    ("key", "about"),
    [
        ("åtaganden", "Det som lovats"),
        ("arbetssätt", "Hur ni praktiskt arbetar"),
        ("avläsningar", "Dagar då styrgruppen informeras"),
        ("per:", "Siffran gäller per delperiod, som summa över hela perioden"),
        ("tid:", "Skriv från och till, som 20:00–02:00."),
    ],
)
def test_a_key_tells_what_it_means(key: str, about: str, server: LanguageServer, errors: dict[str, str]) -> None:
    row, column = place(key)
    shown = server.at("hover", "plans/prov-2026.yaml", row, column + 1)["contents"]["value"]
    assert shown.startswith(f"#### {key.strip(':')}") and about in shown


def labels(server: LanguageServer, row: int, column: int) -> dict[str, Any]:
    found = server.at("completion", "plans/prov-2026.yaml", row, column)
    return {one["label"]: one.get("insertText") for one in found["items"]}


def test_the_keys_that_are_left_are_offered(server: LanguageServer, errors: dict[str, str]) -> None:
    offered = labels(server, LINES.index("    "), 4)
    assert {"uppföljning", "effektmål", "tillfällen", "ändringar", "syfte"} <= offered.keys()
    assert not {"arbetssätt", "mål", "terminer", "null"} & offered.keys()
    assert offered["syfte"] == "syfte: "


def test_the_words_are_offered_and_nothing_else(server: LanguageServer, errors: dict[str, str]) -> None:
    row, column = place("vekca")
    assert [*labels(server, row, column + 5)] == ["dygn", "vecka", "månad", "kvartal", "tertial", "halvår", "termin", "år"]


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("plan", "plans/exempelkoping-2026.yaml"),
        ("snabbrapport", "reports/exempelkoping-2026/nattvandring/2026-03-06-nattvandring.yaml"),
        ("blankett", "src/uppfoljning/forms/kronobergsmodellen.yaml"),
        ("bedomning", "reports/bedomningar/exempelkoping-2026-2026-T1.yaml"),
    ],
)
def test_a_sound_file_has_no_error(kind: str, file: str, server: LanguageServer) -> None:
    assert server.diagnostics(file, modeline(kind) + (HOME / file).read_text("utf-8")) == []


def test_the_settings_give_each_file_its_own_schema(tmp_path: Path) -> None:
    copytree(HOME / "schema", tmp_path / "schema")
    keys = {
        "plans/prov-2026.yaml": "titel",
        "plans/snabbrapporter/prov.yaml": "snabbrapport",
        "reports/2026/05/a.yaml": "åtagande",
        "reports/a.yaml": "åtagande",
        "reports/bedomningar/prov-2026-2026-T1.yaml": "bedömning",
    }
    with LanguageServer(tmp_path, editor_settings()) as server:
        said = {name: [one["message"] for one in server.diagnostics(name, "x: 1\n")] for name in keys}
    unknown = "Nyckeln finns inte här."
    assert {
        name: [f"Nyckeln {key} saknas." in "".join(said[name]), "".join(said[name]).count(unknown)] for name, key in keys.items()
    } == {name: [True, 1] for name in keys}
