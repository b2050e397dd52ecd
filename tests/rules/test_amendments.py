"""Logged changes: the last word on a thing must be what the plan now says; earlier ones are history."""

from __future__ import annotations

import pytest

from tests.projects import FORM, commitment, plan, read

SHARE = "{minst: 75 %, räknar: {täljare: nådda, nämnare: kontaktade}}"
TWO = "[{id: a, minst: 4}, {id: b, högst: 9}]"


def codes(target: str, *changes: str, more: str = "moment: [{id: samling, titel: Samlas}]") -> list[str]:
    """The codes of what is found in a plan whose one commitment logs the changes."""
    log = (
        "ändringar: [" + ", ".join(f"{{datum: 2026-05-0{at}, skäl: resurser, {one}}}" for at, one in enumerate(changes, 1)) + "]"
    )
    made = plan(commitment(target, more, log))
    project = read({"plans/prov-2026.yaml": made, "plans/snabbrapporter/prov.yaml": FORM})
    return [finding.problem.code for finding in project.findings if finding.problem.code in ("P219", "R318", "S103")]


@pytest.mark.parametrize(
    ("target", "after", "agrees"),
    [
        ("{minst: 18}", "minst 18", True),
        ("{minst: 18}", "Minst 18 tillsyner per år", True),
        ("{minst: 18}", "minst 19", False),
        ("{minst: 18}", "antal 18", False),
        ("{minst: 18}", "minst arton", False),
        ("{minst: 18}", "minst 1.800", False),
        ("{minst: 1200}", "minst 1 200", True),
        (SHARE, "minst 75 %", True),
        (SHARE, "minst 80 %", False),
        ("{mellan: [4, 6]}", "mellan 4 och 6", True),
        ("{mellan: [4, 6]}", "mellan 4 och 7", False),
        ("{antal: löpande}", "antal löpande", True),
        ("{antal: löpande}", "antal 4", False),
        ("{klart: 2026-06-30}", "klart 2026-06-30", True),
        ("{klart: 2026-06-30}", "klart 2026-09-30", False),
    ],
)
def test_the_last_word_is_what_the_plan_says(target: str, after: str, agrees: bool) -> None:
    assert codes(target, f"vad: mål, efter: {after}") == ([] if agrees else ["P219"])


@pytest.mark.parametrize(
    ("what", "after", "agrees"),
    [
        ("period", "2026", True),
        ("period", "2026-01-01–2026-12-31", True),
        ("period", "2027", False),
        ("parter", "kommunen", True),
        ("parter", "kommunen och polisen", False),
        ("titel", "Något annat", True),
        ("moment.samling", "varje tillfälle", True),
    ],
)
def test_other_things(what: str, after: str, agrees: bool) -> None:
    assert codes("{minst: 18}", f"vad: {what}, efter: {after}") == ([] if agrees else ["P219"])


def test_only_the_last_of_several_is_compared() -> None:
    assert codes("{minst: 18}", "vad: mål, efter: minst 20", "vad: mål, efter: minst 18") == []
    assert codes("{minst: 20}", "vad: mål, efter: minst 20", "vad: mål, efter: minst 18") == ["P219"]
    assert codes("{minst: 18}", "vad: mål") == []


def test_of_several_targets_each_is_named() -> None:
    assert codes(TWO, "vad: mål.a, efter: minst 4", "vad: mål.b, efter: högst 9") == []
    assert codes(TWO, "vad: mål.b, efter: högst 8") == ["P219"]
    assert codes(TWO, "vad: mål, efter: minst 4") == ["R318"]


@pytest.mark.parametrize("what", ["mål.c", "moment.annat", "id", "mal"])
def test_a_change_of_what_is_not_there(what: str) -> None:
    assert codes("{minst: 18}", f"vad: {what}, efter: x") == ["R318"]


def test_a_log_that_cannot_be_read_is_not_checked() -> None:
    assert codes("{minst: 18}", "vad: [mål], efter: minst 9") == ["S103"]


@pytest.mark.parametrize(
    ("what", "after", "code"),
    [
        ("mål", "utgår", "P219"),
        ("mål.kväll", "utgår", None),
        ("moment.brev", "utgår", None),
        ("moment.samling", "utgår", "P219"),
        ("moment.brev", "senast i maj", "R318"),
        ("parter.x", "utgår", "R318"),
    ],
)
def test_what_is_gone_is_logged_as_gone(what: str, after: str, code: str | None) -> None:
    assert codes("{minst: 18}", f"vad: {what}, efter: {after}") == ([code] if code else [])


def test_the_day_of_a_step() -> None:
    steps = "moment: [{id: brev, titel: Brev, senast: 2026-03-31}]"
    assert codes("{minst: 18}", "vad: moment.brev, efter: senast 2026-03-31", more=steps) == []
    assert codes("{minst: 18}", "vad: moment.brev, efter: senast 2026-04-30", more=steps) == ["P219"]


@pytest.mark.parametrize(
    ("what", "after", "code"),
    [
        ("period", "2026", None),
        ("period", "2027", "P219"),
        ("period", "", None),
        ("titel", "Ny", None),
        ("åtagande.annat", "utgår", None),
        ("åtagande.lov", "utgår", "R318"),
        ("mål", "minst 2", "R318"),
    ],
)
def test_the_log_of_the_plan_itself(what: str, after: str, code: str | None) -> None:
    end = f", efter: {after}" if after else ""
    made = plan(commitment("{minst: 18}"), extra=f"ändringar: [{{datum: 2026-05-01, skäl: resurser, vad: {what}{end}}}]")
    project = read({"plans/prov-2026.yaml": made, "plans/snabbrapporter/prov.yaml": FORM})
    assert [one.problem.code for one in project.findings if one.problem.code in ("P219", "R318")] == ([code] if code else [])
