from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.domain.refusals import assert_refused, codes, places_stand
from uppfoljning.domain.clock import Window
from uppfoljning.domain.finding import Tree
from uppfoljning.domain.period import SUB_PERIODS, Period, TermName
from uppfoljning.domain.schema import REFUSED, FieldProblem
from uppfoljning.domain.target import WITHOUT_NUMBER, Baseline, Condition, Counts, Phasing, Target
from uppfoljning.domain.target_reading import PHASED_BY, read_target, read_targets

SHARE_OF = {"täljare": "nådda", "nämnare": "kontaktade"}
WITHIN = {"inom": "24 timmar", "av": ["anmäld", "åtgärdad"]}


def reading(tree: Tree) -> tuple[Any, list[FieldProblem]]:
    out: list[FieldProblem] = []
    target = read_target(tree, ("mål",), out)
    assert places_stand({"mål": tree}, out)
    return target, out


def target(tree: Tree) -> Target:
    found, out = reading(tree)
    assert out == []
    assert isinstance(found, Target)
    return found


def refusal(tree: Tree) -> FieldProblem:
    """The only finding of a target that is refused."""
    found, out = reading(tree)
    assert found is REFUSED
    (only,) = out
    return only


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        pytest.param({"minst": "8", "enhet": "områden"}, Target("minst", value=8, unit="områden"), id="at least"),
        pytest.param({"minst": "2", "per": "år"}, Target("minst", value=2, per="år"), id="per year"),
        pytest.param({"minst": "3", "per": "vecka"}, Target("minst", value=3, per="vecka"), id="per week"),
        pytest.param({"minst": "1", "varje": "vecka"}, Target("minst", value=1, every="vecka"), id="every week"),
        pytest.param(
            {"minst": "1", "varje": ["fre", "lör"]}, Target("minst", value=1, weekdays=(4, 5)), id="every Friday and Saturday"
        ),
        pytest.param({"antal": "2"}, Target("antal", value=2), id="just so many"),
        pytest.param({"högst": "10"}, Target("högst", value=10), id="at most"),
        pytest.param({"mellan": ["4", "6"]}, Target("mellan", value=4, ceiling=6), id="between"),
        pytest.param(
            {"alla": "21", "räknar": {"unika": "butik"}},
            Target("alla", value=21, counts=Counts("unika", "butik")),
            id="all of a known set",
        ),
        pytest.param(
            {"minst": "100 %", "räknar": SHARE_OF},
            Target("minst", value=Fraction(1), share=True, counts=Counts("andel", "nådda", "kontaktade")),
            id="a share",
        ),
        pytest.param(
            {"minst": "90 %", "räknar": WITHIN},
            Target("minst", value=Fraction(9, 10), share=True, counts=Counts("inom", "anmäld", "åtgärdad", 1440)),
            id="a share within a time",
        ),
        pytest.param({"klart": "2026-06-30"}, Target("klart", due=date(2026, 6, 30)), id="done by a day"),
        pytest.param({"antal": "löpande"}, Target("antal", no_number="löpande"), id="as it goes"),
        pytest.param({"antal": "vid behov"}, Target("antal", no_number="vid behov"), id="on request"),
        pytest.param({"antal": "utan måltal"}, Target("antal", no_number="utan måltal"), id="without a number"),
        pytest.param(
            {"minst": "24", "enhet": "tillsyner", "per": "år", "fördelning": {"tertial": ["8", "6", "10"]}},
            Target("minst", value=24, unit="tillsyner", per="år", phasing=Phasing("tertial", (8, 6, 10))),
            id="the plan's inspections",
        ),
        pytest.param(
            {"id": "samtal", "antal": "löpande", "enhet": "samtal", "räknar": "samtal"},
            Target("antal", id="samtal", no_number="löpande", unit="samtal", counts=Counts("fält", "samtal")),
            id="the plan's talks",
        ),
        pytest.param(
            {"minst": "7", "sätt": "nivå", "räknar": "områden", "baslinje": {"värde": "4,5", "datum": "2025-12-31"}},
            Target(
                "minst",
                value=7,
                stock=True,
                counts=Counts("fält", "områden"),
                baseline=Baseline(Fraction(9, 2), date(2025, 12, 31)),
            ),
            id="a level with a baseline",
        ),
    ],
)
def test_the_examples_of_the_format(tree: Tree, expected: Target) -> None:
    assert target(tree) == expected


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        pytest.param({"minst": "4,5"}, Target("minst", value=Fraction(9, 2)), id="decimals"),
        pytest.param({"högst": "0"}, Target("högst", value=0), id="a ceiling of nothing"),
        pytest.param({"mellan": ["4", "4"]}, Target("mellan", value=4, ceiling=4), id="a range of one"),
        pytest.param({"minst": "1", "varje": "fre"}, Target("minst", value=1, weekdays=(4,)), id="one weekday"),
        pytest.param({"antal": "1", "varje": "termin"}, Target("antal", value=1, every="termin"), id="every term"),
        pytest.param({"minst": "1", "sätt": "summa"}, Target("minst", value=1), id="a sum said out loud"),
        pytest.param({"minst": "2", "per": None, "varje": None, "villkor": None}, Target("minst", value=2), id="keys left empty"),
        pytest.param(
            {"högst": "5 %", "räknar": SHARE_OF},
            Target("högst", value=Fraction(1, 20), share=True, counts=Counts("andel", "nådda", "kontaktade")),
            id="a share at most",
        ),
        pytest.param(
            {"antal": "löpande", "räknar": SHARE_OF},
            Target("antal", no_number="löpande", counts=Counts("andel", "nådda", "kontaktade")),
            id="a share without a target",
        ),
        pytest.param(
            {"minst": "4", "räknar": {"unika": "butik"}},
            Target("minst", value=4, counts=Counts("unika", "butik")),
            id="distinct values",
        ),
        pytest.param(
            {"minst": "1", "baslinje": {"värde": "7"}, "sätt": "nivå", "räknar": "f"},
            Target("minst", value=1, stock=True, counts=Counts("fält", "f"), baseline=Baseline(7)),
            id="a baseline without a day",
        ),
    ],
)
def test_other_sound_targets(tree: Tree, expected: Target) -> None:
    assert target(tree) == expected


@pytest.mark.parametrize("kind", SUB_PERIODS)
def test_every_sub_period_may_stand_after_per_and_varje(kind: str) -> None:
    assert target({"minst": "1", "per": kind}).per == kind
    assert target({"minst": "1", "varje": kind}).every == kind


@pytest.mark.parametrize("kind", PHASED_BY)
def test_a_target_is_phased_by_calendar_sub_periods(kind: str) -> None:
    assert target({"minst": "4", "fördelning": {kind: ["4"]}}).phasing == Phasing(kind, (4,))


def test_a_target_is_phased_by_periods() -> None:
    phasing = target({"minst": "7", "fördelning": {"2026-T1": "4", "HT2026": "2,5"}}).phasing
    assert phasing is not None
    half = Period(date(2026, 1, 1), date(2026, 4, 30))
    assert phasing == Phasing(by_period=((half, 4), (TermName("HT2026"), Fraction(5, 2))))
    assert phasing.total == Fraction(13, 2)
    assert Phasing("tertial", (8, 6, 10)).total == 24


def test_a_condition_has_each_of_its_parts() -> None:
    tree: Tree = {
        "platser": ["centrum", "norra"],
        "veckodagar": ["fre", "lör"],
        "tid": "20:00–02:00",
        "funktioner": {"nattvandrare": "3"},
        "uppgifter": {"typ": "fast", "slag": ["a", "b"]},
    }
    assert target({"minst": "1", "villkor": tree}).condition == Condition(
        ("centrum", "norra"), (4, 5), Window(1200, 120), {"nattvandrare": 3}, {"typ": ("fast",), "slag": ("a", "b")}
    )
    assert target({"minst": "1", "villkor": {"platser": "centrum"}}).condition == Condition(("centrum",))


@pytest.mark.parametrize(
    ("counts", "fields"),
    [
        (Counts(), ()),
        (Counts("fält", "a"), ("a",)),
        (Counts("andel", "a", "b"), ("a", "b")),
        (Counts("inom", "a", "b", 60), ("a", "b")),
    ],
)
def test_the_fields_that_must_be_answered(counts: Counts, fields: tuple[str, ...]) -> None:
    assert counts.fields == fields


def test_what_a_target_asks_for() -> None:
    assert not target({"minst": "1"}).each
    assert target({"minst": "1", "varje": "vecka"}).each
    assert target({"minst": "1", "varje": ["fre"]}).each
    assert target({"minst": "1"}).testable
    assert not target({"antal": "löpande"}).testable
    assert target({"antal": "utan måltal"}) == WITHOUT_NUMBER


@pytest.mark.parametrize(
    ("tree", "path", "code", "says"),
    [
        pytest.param("minst 8", (), "S103", "nycklar med värden", id="a text"),
        pytest.param({}, (), "P202", "inte hur mycket", id="nothing"),
        pytest.param({"enhet": "vandringar"}, (), "P202", "antal: utan måltal", id="no operator"),
        pytest.param({"minst": None}, ("minst",), "P202", "inte hur mycket", id="an operator left empty"),
        pytest.param({"klart": None}, ("klart",), "P202", "skriv till exempel minst: 8", id="a day left empty"),
        pytest.param({"minst": "4", "högst": "6"}, ("högst",), "P203", "välj minst eller högst", id="two operators"),
        pytest.param({"antal": "4", "klart": "2026-06-30"}, ("klart",), "P203", "målet har redan antal", id="a number and a day"),
        pytest.param({"mins": "4"}, ("mins",), "S101", "menade du minst?", id="misspelt"),
        pytest.param({"minst": "många"}, ("minst",), "S107", "inget tal", id="no number"),
        pytest.param({"minst": "1.500"}, ("minst",), "S108", "två sätt", id="ambiguous"),
        pytest.param({"minst": "x %"}, ("minst",), "S107", "inget tal", id="no percentage"),
        pytest.param({"antal": "lopande"}, ("antal",), "S107", "menade du löpande?", id="a misspelt word for no number"),
        pytest.param({"antal": "några"}, ("antal",), "S107", "varken ett tal eller", id="a word"),
        pytest.param({"antal": "4 st"}, ("antal",), "S107", "värdet är inget tal", id="a number with a unit"),
        pytest.param({"alla": "4,5", "räknar": {"unika": "b"}}, ("alla",), "S109", "helt tal", id="half of a set"),
        pytest.param({"klart": "juni"}, ("klart",), "S105", "inget datum", id="no day"),
        pytest.param({"minst": "4", "per": "månader"}, ("per",), "S120", "menade du månad?", id="no sub-period"),
        pytest.param({"minst": "4", "varje": "veka"}, ("varje",), "S120", "menade du vecka?", id="a misspelt sub-period"),
        pytest.param({"minst": "4", "varje": "tillfälle"}, ("varje",), "S120", "hör till moment", id="every occasion"),
        pytest.param({"minst": "4", "varje": ["fredag"]}, ("varje", 0), "S113", "skriv fre", id="a weekday in full"),
        pytest.param({"minst": "4", "varje": []}, ("varje",), "S120", "delperiod eller veckodagar", id="no weekday at all"),
        pytest.param(
            {"minst": "4", "varje": {"a": "b"}}, ("varje",), "S120", "veckodagar som [fre, lör]", id="a mapping after varje"
        ),
        pytest.param({"minst": "4", "sätt": "stock"}, ("sätt",), "S120", "nivå", id="no way to add up"),
        pytest.param({"minst": "4", "räknar": "Samtal"}, ("räknar",), "S116", "skriv samtal", id="no field"),
        pytest.param({"minst": "4", "räknar": ["a"]}, ("räknar",), "S103", "nycklar med värden", id="a list of fields"),
        pytest.param({"minst": "4", "räknar": {}}, ("räknar",), "P201", "vad som ska räknas", id="nothing to count"),
        pytest.param(
            {"minst": "4 %", "räknar": {"täljare": "a"}}, ("räknar",), "P201", "{täljare: fält, nämnare: fält}", id="half a share"
        ),
        pytest.param(
            {"minst": "4", "räknar": {"unika": "a", **SHARE_OF}}, ("räknar",), "P201", "{unika: fält}", id="a share and distinct"
        ),
        pytest.param({"minst": "4 %", "räknar": {**WITHIN, **SHARE_OF}}, ("räknar",), "P201", "inom: 24 timmar", id="two shares"),
        pytest.param(
            {"minst": "4 %", "räknar": {"inom": "1 dygn", "av": ["a"]}}, ("räknar",), "P201", "av: [fält, fält]", id="one moment"
        ),
        pytest.param(
            {"minst": "4 %", "räknar": {"inom": "snart", "av": ["a", "b"]}},
            ("räknar", "inom"),
            "S112",
            "tidsgräns",
            id="no limit",
        ),
        pytest.param(
            {"minst": "4", "räknar": {"unik": "a"}}, ("räknar", "unik"), "S101", "menade du unika?", id="a misspelt way"
        ),
        pytest.param({"minst": "4", "villkor": "centrum"}, ("villkor",), "S103", "nycklar", id="a text as condition"),
        pytest.param({"minst": "4", "villkor": {"tid": "kväll"}}, ("villkor", "tid"), "S114", "20:00–02:00", id="no hours"),
        pytest.param(
            {"minst": "4", "villkor": {"plats": "a"}}, ("villkor", "plats"), "S101", "platser", id="a misspelt condition"
        ),
        pytest.param(
            {"minst": "4", "villkor": {"funktioner": {"a": "-1"}}}, ("villkor", "funktioner", "a"), "S109", "helt tal", id="crew"
        ),
        pytest.param({"minst": "4", "fördelning": ["4"]}, ("fördelning",), "S103", "nycklar", id="a phasing without its kind"),
        pytest.param(
            {"minst": "4", "fördelning": {"tertial": "4"}}, ("fördelning", "tertial"), "S103", "lista", id="a phasing of one"
        ),
        pytest.param(
            {"minst": "4", "fördelning": {"tertial": ["x"]}}, ("fördelning", "tertial", 0), "S107", "inget tal", id="no share"
        ),
        pytest.param(
            {"minst": "4", "fördelning": {"2026-T4": "4"}}, ("fördelning", "2026-T4"), "S106", "2026-T1", id="no period"
        ),
        pytest.param(
            {"minst": "4", "fördelning": {"2026-T1": None}}, ("fördelning", "2026-T1"), "S107", "skriv ett tal", id="empty share"
        ),
        pytest.param(
            {"minst": "4", "fördelning": {"vecka": ["4"]}}, ("fördelning", "vecka"), "S106", "månad, kvartal", id="by weeks"
        ),
        pytest.param(
            {"minst": "4", "baslinje": {"datum": "2026-01-01"}}, ("baslinje",), "S102", "värde", id="a baseline without a level"
        ),
        pytest.param({"mellan": ["6", "4"]}, ("mellan",), "P204", "det minsta först", id="a range backwards"),
        pytest.param({"mellan": ["4"]}, ("mellan",), "P204", "mellan: [4, 6]", id="a range of one end"),
        pytest.param({"mellan": ["4", "5", "6"]}, ("mellan",), "P204", "två tal", id="a range of three ends"),
        pytest.param(
            {"minst": "4", "fördelning": {"halvår": ["-1", "5"]}},
            ("fördelning", "halvår", 0),
            "S109",
            "under noll",
            id="negative",
        ),
        pytest.param({"minst": "0"}, ("minst",), "P205", "nått redan från början", id="at least nothing"),
        pytest.param({"antal": "0"}, ("antal",), "P205", "antal: utan måltal", id="just nothing"),
        pytest.param({"minst": "-1 %", "räknar": SHARE_OF}, ("minst",), "S110", "under noll", id="a negative share"),
        pytest.param({"alla": "0", "räknar": {"unika": "b"}}, ("alla",), "P205", "nått redan från början", id="all of none"),
        pytest.param({"högst": "-1"}, ("högst",), "P205", "tak kan inte vara under noll", id="a ceiling under zero"),
        pytest.param({"minst": "75 %"}, ("minst",), "P206", "något att dela med", id="a share of nothing"),
        pytest.param({"minst": "75 %", "räknar": "samtal"}, ("minst",), "P206", "dela med", id="a share of one field"),
        pytest.param({"minst": "75", "räknar": SHARE_OF}, ("minst",), "P206", "skrivs i procent", id="a share without per cent"),
        pytest.param({"antal": "75", "räknar": WITHIN}, ("antal",), "P206", "skrivs i procent", id="a share within as a number"),
        pytest.param(
            {"mellan": ["4", "6"], "räknar": SHARE_OF}, ("räknar",), "P206", "inte ihop med mellan", id="a share in a range"
        ),
        pytest.param(
            {"klart": "2026-06-30", "räknar": WITHIN}, ("räknar",), "P206", "inte ihop med klart", id="a share by a day"
        ),
        pytest.param({"alla": "21"}, ("alla",), "P207", "räknar: {unika: fält}", id="all of what"),
        pytest.param({"minst": "1", "per": "år", "varje": "vecka"}, ("varje",), "P208", "per och varje", id="per and every"),
        pytest.param({"mellan": ["4", "6"], "per": "år"}, ("per",), "P208", "talet gäller hela perioden", id="a range per year"),
        pytest.param({"klart": "2026-06-30", "per": "år"}, ("per",), "P208", "ta bort per", id="a day per year"),
        pytest.param({"antal": "löpande", "per": "år"}, ("per",), "P208", "per går inte ihop", id="no number per year"),
        pytest.param({"antal": "löpande", "varje": "vecka"}, ("varje",), "P208", "skriv minst: 1", id="no number every week"),
        pytest.param(
            {"högst": "4", "varje": "vecka"}, ("varje",), "P208", "bara ihop med minst eller antal", id="at most every week"
        ),
        pytest.param(
            {"minst": "75 %", "räknar": SHARE_OF, "varje": ["fre"]}, ("varje",), "P208", "ett tal", id="a share every Friday"
        ),
        pytest.param(
            {"högst": "4", "fördelning": {"år": ["4"]}}, ("fördelning",), "P209", "kan inte fördelas", id="a ceiling phased"
        ),
        pytest.param(
            {"minst": "1", "varje": "vecka", "fördelning": {"år": ["1"]}},
            ("fördelning",),
            "P209",
            "utan per",
            id="every week, phased",
        ),
        pytest.param(
            {"minst": "1", "per": "vecka", "fördelning": {"år": ["1"]}}, ("fördelning",), "P209", "per: år", id="per week, phased"
        ),
        pytest.param(
            {"minst": "1", "baslinje": {"värde": "7"}}, ("baslinje",), "P210", "sätt: nivå", id="a baseline without a level key"
        ),
        pytest.param({"minst": "1", "sätt": "nivå"}, ("sätt",), "P211", "räknar: fält", id="a level of occasions"),
        pytest.param(
            {"minst": "1", "sätt": "nivå", "räknar": {"unika": "b"}}, ("sätt",), "P211", "nivå behöver", id="a level of values"
        ),
    ],
)
def test_what_does_not_make_a_target(tree: Tree, path: tuple[str | int, ...], code: str, says: str) -> None:
    place, _, problem = refusal(tree)
    assert place == ("mål", *path)
    assert_refused(problem, code, says)


@pytest.mark.parametrize(
    ("tree", "on_key"),
    [
        pytest.param({"minst": "4", "högst": "6"}, True, id="an operator too many"),
        pytest.param({"minst": None}, True, id="an operator left empty"),
        pytest.param({"mellan": ["4", "6"], "per": "år"}, True, id="a key that does not go with the operator"),
        pytest.param({"högst": "4", "fördelning": {"år": ["4"]}}, True, id="a phasing that does not"),
        pytest.param({"minst": "4", "fördelning": {"2026-T4": "4"}}, True, id="a period that is a key"),
        pytest.param({"minst": "4", "fördelning": {"2026-T1": "x"}}, False, id="a share"),
        pytest.param({"minst": "0"}, False, id="a figure"),
        pytest.param({"minst": "4", "räknar": {}}, False, id="what is counted"),
        pytest.param({}, False, id="the whole target"),
    ],
)
def test_a_key_is_pointed_at_when_it_is_the_key_that_is_wrong(tree: Tree, on_key: bool) -> None:
    assert refusal(tree)[1] == on_key


def test_every_fault_of_a_target_is_found() -> None:
    found, out = reading({"minst": "x", "per": "veka", "varje": ["fredag", "lör"], "okänd": "1"})
    assert found is REFUSED
    assert {code for _, code in codes(out)} == {"S107", "S120", "S113", "S101"}
    assert len(out) == 4


def test_a_target_with_three_operators_names_each_that_is_too_many() -> None:
    _, out = reading({"minst": "1", "antal": "2", "högst": "3"})
    assert codes(out) == [(("mål", "antal"), "P203"), (("mål", "högst"), "P203")]


def test_misfits_are_all_found() -> None:
    found, out = reading(
        {"högst": "-1", "per": "vecka", "varje": "vecka", "fördelning": {"år": ["1"]}, "baslinje": {"värde": "1"}}
    )
    assert found is REFUSED
    assert codes(out) == [
        (("mål", "högst"), "P205"),
        (("mål", "varje"), "P208"),
        (("mål", "varje"), "P208"),
        (("mål", "fördelning"), "P209"),
        (("mål", "baslinje"), "P210"),
    ]


def several(tree: Tree) -> tuple[Any, list[FieldProblem]]:
    out: list[FieldProblem] = []
    found = read_targets(tree, ("mål",), out)
    assert places_stand({"mål": tree}, out)
    return found, out


@pytest.mark.parametrize(
    ("tree", "ids"),
    [
        pytest.param({"minst": "1"}, [None], id="one mapping"),
        pytest.param([{"minst": "1"}], [None], id="a list of one needs no id"),
        pytest.param([{"id": "a", "minst": "1"}, {"id": "b", "antal": "löpande"}], ["a", "b"], id="two"),
    ],
)
def test_one_target_or_several(tree: Tree, ids: list[str | None]) -> None:
    found, out = several(tree)
    assert out == []
    assert [one.id for one in found] == ids


@pytest.mark.parametrize(
    ("tree", "kept", "path", "code", "says"),
    [
        pytest.param([], None, ("mål",), "P202", "inte hur mycket", id="an empty list"),
        pytest.param("minst 8", None, ("mål",), "S103", "nycklar", id="a text"),
        pytest.param(["minst 8"], None, ("mål", 0), "S103", "nycklar", id="a list of texts"),
        pytest.param([{"id": "a", "minst": "1"}, {"minst": "2"}], ["a"], ("mål", 1), "P212", "saknar id", id="one without an id"),
        pytest.param(
            [{"id": "a", "minst": "1"}, {"id": "a", "minst": "2"}],
            ["a"],
            ("mål", 1, "id"),
            "P213",
            "id a finns redan",
            id="the same id",
        ),
        pytest.param(
            [{"id": "a", "minst": "0"}, {"id": "b", "minst": "2"}],
            ["b"],
            ("mål", 0, "minst"),
            "P205",
            "nått redan",
            id="one wrong",
        ),
    ],
)
def test_several_targets_that_do_not_go_together(
    tree: Tree, kept: list[str] | None, path: tuple[str | int, ...], code: str, says: str
) -> None:
    found, out = several(tree)
    assert ([one.id for one in found] if found is not REFUSED else None) == kept
    ((place, _, problem),) = out
    assert place == path
    assert_refused(problem, code, says)
