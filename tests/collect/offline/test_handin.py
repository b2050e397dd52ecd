"""How a report leaves the phone: its file's name, the mail, the link and what is shown before."""

from __future__ import annotations

import random
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.collect.offline.node import run
from tests.collect.offline.walks import sheet, state
from uppfoljning.collect.naming import receipt_of, report_file

BASE = "https://forge.example/kommun/uppfoljning"


def test_a_receipt_is_the_same_as_the_programs() -> None:
    chance = random.Random(5)
    drawn = [chance.randbytes(chance.randrange(1, 33)) for _ in range(500)]
    (given,) = run(("receipt", [], [[list(data)] for data in drawn]))
    assert given == [receipt_of(int.from_bytes(data, "big")) for data in drawn]


@pytest.mark.parametrize(
    ("id", "changes", "when"),
    [
        ("föräldramöte", {}, "2026-03-06"),
        ("est-lägesrapport", {"day": "6/3 2026"}, "2026-03-06"),
        ("nattvandring", {"outcome": "nollrapport", "period": "2026-K3"}, "2026-K3"),
        ("nattvandring", {"outcome": "nollrapport", "period": "VT2026"}, "VT2026"),
        ("allt", {"receipt": "2345-bcdf"}, "2026-03-06"),
    ],
)
def test_the_file_gets_the_name_that_the_program_gives(id: str, changes: dict[str, Any], when: str) -> None:
    filled = state(id, **changes)
    ((name,),) = run(("fileName", [sheet(id)], [[filled]]))
    assert f"reports/{name}" == report_file("prov-2026", id, when, filled["receipt"])


def test_a_receipt_that_cannot_stand_in_a_name_is_refused() -> None:
    receipts = ["K7M3", "a b", "-a", "a--b", "å", "a" * 41, "forms/1", "../x"]
    (answers,) = run(("problems", [sheet("allt")], [[state("allt", receipt=receipt)] for receipt in receipts]))
    assert [[one["where"] for one in said] for said in answers] == [["receipt"]] * len(receipts)


def test_the_mail_tells_shortly_and_holds_the_report() -> None:
    filled = state("allt", start="2030", end="0045", text="Lugnt: få ute.\n--- slut på rapporten ---")
    ((mail,), (yaml,)) = run(("mailText", [sheet("allt")], [[filled]]), ("yaml", [sheet("allt")], [[filled]]))
    told, _, rest = mail.partition("--- rapport, ändra inget nedanför ---\n")
    report, end, after = rest.partition("\n--- slut på rapporten ---\n")
    assert (f"{report}\n", after) == (yaml, "") and end
    assert told.splitlines()[:3] == [
        "Snabbrapport: Allt som kan frågas, 2026-03-06.",
        "Genomfört, klockan 20:30–00:45.",
        "Kvittonummer: k7m3-9qfx.",
    ]


@pytest.mark.parametrize(
    ("changes", "when", "how"),
    [
        ({"outcome": "inställd", "reason": "väder"}, "2026-03-06", "Inställt."),
        (
            {"outcome": "flyttad", "reason": "väder", "moved_to": "2026-03-13", "start": "20"},
            "2026-03-06",
            "Flyttat, klockan från 20:00.",
        ),
        ({"outcome": "nollrapport", "period": "2026-03"}, "2026-03", "Inget att rapportera."),
    ],
)
def test_the_mail_says_when_and_how_it_went(changes: dict[str, Any], when: str, how: str) -> None:
    ((mail,),) = run(("mailText", [sheet("nattvandring")], [[state("nattvandring", **changes)]]))
    assert mail.splitlines()[:2] == [f"Snabbrapport: Löftet om nattvandring, {when}.", how]


@pytest.mark.parametrize(
    ("kind", "page", "name", "content"),
    [
        ("github", "/new/main", "filename", "value"),
        ("forgejo", "/_new/main", "filename", "value"),
        ("gitea", "/_new/main", "filename", "value"),
        ("gitlab", "/-/new/main/", "file_name", "content"),
    ],
)
def test_the_link_opens_the_page_for_a_new_file(kind: str, page: str, name: str, content: str) -> None:
    yaml = 'text: "å & = # ? % + </script>"\n'
    ((link,),) = run(("forgeLink", [], [[f"{BASE}/", "prov-2026/allt/2026-03-06-k7m3.yaml", yaml, kind]]))
    parts = urlsplit(link)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == BASE + page
    assert parse_qs(parts.query) == {name: ["reports/prov-2026/allt/2026-03-06-k7m3.yaml"], content: [yaml]}
    assert parts.fragment == ""


def test_github_and_main_where_nothing_else_is_said_and_another_branch_where_it_is() -> None:
    ((plain, other),) = run(("forgeLink", [], [[BASE, "reports/a.yaml", "a"], [BASE, "a.yaml", "a", "github", "rapporter/nya"]]))
    assert plain == f"{BASE}/new/main?filename=reports%2Fa.yaml&value=a"
    assert other == f"{BASE}/new/rapporter%2Fnya?filename=reports%2Fa.yaml&value=a"


def test_no_link_where_it_would_not_be_sound() -> None:
    bases = ["", "javascript:alert(1)", "//forge.example/x", f"{BASE}?x=", f"{BASE}#x", f'{BASE}"', f"{BASE} x"]
    given = [[base, "a.yaml", "a"] for base in bases] + [[BASE, "a.yaml", "a", kind] for kind in ("svn", "constructor")]
    assert run(("forgeLink", [], [*given, [BASE, "a.yaml", "å" * 1000]])) == [[""] * (len(given) + 1)]


def test_the_longest_link() -> None:
    frame = len(f"{BASE}/new/main?filename=reports%2Fa.yaml&value=")
    ((fits, does_not),) = run(("forgeLink", [], [[BASE, "a.yaml", "a" * (6000 - frame + more)] for more in (0, 1)]))
    assert (len(fits), does_not) == (6000, "")


def test_what_is_shown_before_it_is_handed_in() -> None:
    filled = state(
        "allt", start="20:30", end="00:45", places=["hamnen", "torget"], facts={"samtal": "ca 23", "sort": "Fast"},
        steps={"samling": "nej"}, step_why={"samling": {"how": "Möttes ute", "reason": "väder", "why": "Regn"}},
        observations=[{"text": "Mörkt", "told": "nej", "action": "Felanmält", "responsible": "kommunpolis",
                       "done": "2026-03-20"}],
        hours={"genomförande": "4,25"}, text="Lugnt.",
    )  # fmt: skip
    ((shown,),) = run(("summary", [sheet("allt")], [[filled]]))
    assert shown == [
        ["Åtagande", "Allt som kan frågas"],
        ["Hur det gick", "Genomfört"],
        ["Dag", "2026-03-06"],
        ["Tid", "20:30–00:45"],
        ["Vilka", "Klubben"],
        ["Plats", "Torget, Hamnen"],
        ["Nattvandrare", "3"],
        ["Hur många pratade ni med?", "ca 23"],
        ["Sort", "fast"],
        ["Samling", "nej"],
        ["Avvikelse", "Samling: Momentet gjordes inte – Möttes ute – väder – Regn"],
        ["Iakttagelse", "Mörkt – inte rapporterat till polisen – Felanmält – Kommunpolis – klart 2026-03-20"],
        ["Timmar, genomförande", "4,25"],
        ["Fritt", "Lugnt."],
        ["Rapportör", "Nattvandrare"],
        ["Inlämnad", "2026-12-31"],
        ["Kvitto", "k7m3-9qfx"],
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"outcome": "flyttad", "reason": "väder", "why": "Storm", "moved_to": "2026-03-13"},
            [["Hur det gick", "Flyttat"], ["Dag", "2026-03-06"], ["Ny dag", "2026-03-13"]],
        ),
        ({"outcome": "nollrapport", "period": "2026-03"}, [["Hur det gick", "Inget att rapportera"], ["Period", "2026-03"]]),
        ({"end": "02", "replaces": "a/b"}, [["Tid", "till 02:00"], ["Rättar", "a/b"]]),
    ],
)
def test_other_outcomes_are_shown_as_they_are(changes: dict[str, Any], expected: list[list[str]]) -> None:
    ((shown,),) = run(("summary", [sheet("nattvandring")], [[state("nattvandring", **changes)]]))
    assert [row for row in expected if row not in shown] == []
