"""What differs between two wordings of a plan: every key has words, and only what changes a promise is of substance."""

from __future__ import annotations

import pytest

from tests.projects import FORM, commitment, plan, read
from uppfoljning.domain.plan import Plan
from uppfoljning.domain.plan_history import Change, changes_between

STEPS = "moment: [{id: samling, titel: Samlas, varje: tillfälle}, {id: brev, titel: Brev, senast: 2026-03-31}]"


def wording(text: str) -> Plan:
    (found,) = read({"plans/prov-2026.yaml": text, "plans/snabbrapporter/prov.yaml": FORM}).plans.values()
    return found


def of(*commitments: str, period: str = "2026", extra: str = "") -> Plan:
    return wording(plan(*commitments, period=period, extra=extra))


def told(before: Plan, after: Plan) -> list[tuple[str, str, str, str, bool]]:
    return [(one.commitment, one.what, one.before, one.after, one.substance) for one in changes_between(before, after)]


def lov(target: str = "{minst: 24}", *more: str, parties: str = "[kommunen]") -> str:
    return commitment(target, *more, parties=parties)


@pytest.mark.parametrize(
    ("before", "after", "what", "was", "is_"),
    [
        ("{minst: 24}", "{minst: 18}", "mål", "minst 24 tillfällen", "minst 18 tillfällen"),
        ("{minst: 24}", "{antal: 24}", "mål", "minst 24 tillfällen", "antal 24 tillfällen"),
        ("{minst: 1200}", "{minst: 1250}", "mål", "minst 1 200 tillfällen", "minst 1 250 tillfällen"),
        ("{minst: 24}", "{antal: löpande}", "mål", "minst 24 tillfällen", "tillfällen löpande"),
        ("{klart: 2026-05-01}", "{klart: 2026-06-30}", "mål", "klart 2026-05-01", "klart 2026-06-30"),
        ("{mellan: [4, 6]}", "{mellan: [4, 8]}", "mål", "mellan 4 och 6 tillfällen", "mellan 4 och 8 tillfällen"),
        ("{minst: 2, per: år}", "{minst: 2, per: månad}", "mål", "minst 2 tillfällen per år", "minst 2 tillfällen per månad"),
        (
            "{minst: 1, varje: vecka}", "{minst: 1, varje: [fre, lör]}", "mål",
            "minst 1 tillfällen varje vecka", "minst 1 tillfällen varje fre och lör",
        ),
        (
            "{minst: 12.5 %, räknar: {täljare: nådda, nämnare: kontaktade}}",
            "{minst: 13 %, räknar: {täljare: nådda, nämnare: kontaktade}}",
            "mål", "minst 12,5 % tillfällen", "minst 13 % tillfällen",
        ),
        (
            "{minst: 24, fördelning: {tertial: [8, 6, 10]}}", "{minst: 24, fördelning: {tertial: [2, 2, 20]}}", "mål",
            "minst 24 tillfällen, fördelning per tertial 8, 6, 10", "minst 24 tillfällen, fördelning per tertial 2, 2, 20",
        ),
        (
            "{minst: 24, fördelning: {2026-T1: 20, 2026-T3: 4}}", "{minst: 24}", "mål",
            "minst 24 tillfällen, fördelning 2026-T1: 20, 2026-T3: 4", "minst 24 tillfällen",
        ),
        (
            "{minst: 24, villkor: {platser: [torget], veckodagar: [fre], tid: 20:00–02:00, funktioner: {värd: 2}}}",
            "{minst: 24, villkor: {uppgifter: {sort: fast}}}", "mål",
            "minst 24 tillfällen, villkor platser torget; veckodagar fre; tid 20:00–02:00; funktioner minst 2 värd",
            "minst 24 tillfällen, villkor uppgifter sort fast",
        ),
        (
            "{minst: 24, räknar: samtal}", "{minst: 24, räknar: {unika: butik}}", "mål",
            "minst 24 tillfällen, räknar samtal", "minst 24 tillfällen, räknar olika butik",
        ),
        (
            "{minst: 90 %, räknar: {inom: 24 timmar, av: [anmäld, åtgärdad]}}",
            "{minst: 90 %, räknar: {täljare: nådda, nämnare: kontaktade}}", "mål",
            "minst 90 % tillfällen, räknar åtgärdad inom 1440 minuter från anmäld",
            "minst 90 % tillfällen, räknar nådda av kontaktade",
        ),
        (
            "{minst: 24, räknar: läge, sätt: nivå, baslinje: {värde: 7}}", "{minst: 24, räknar: läge}", "mål",
            "minst 24 tillfällen, sätt nivå, baslinje 7", "minst 24 tillfällen",
        ),
    ],
)  # fmt: skip
def test_a_target_is_another(before: str, after: str, what: str, was: str, is_: str) -> None:
    assert told(of(lov(before)), of(lov(after))) == [("lov", what, was, is_, True)]


def test_what_a_figure_is_called_changes_no_promise() -> None:
    found = told(of(lov("{minst: 24}")), of(lov("{minst: 24, enhet: besök}")))
    assert found == [("lov", "mål", "minst 24 tillfällen", "minst 24 besök", False)]


def test_several_targets_are_told_one_by_one() -> None:
    two = of(lov("[{id: a, minst: 4}, {id: b, högst: 9}]"))
    assert told(two, of(lov("[{id: b, högst: 8}, {id: c, minst: 1}]"))) == [
        ("lov", "mål.a", "minst 4 tillfällen", "", True),
        ("lov", "mål.b", "högst 9 tillfällen", "högst 8 tillfällen", True),
        ("lov", "mål.c", "", "minst 1 tillfällen", True),
    ]
    assert told(two, of(lov("[{id: b, högst: 9}, {id: a, minst: 4}]"))) == []


def test_a_target_that_gets_an_id_is_the_same() -> None:
    assert told(of(lov("{minst: 4}")), of(lov("[{id: a, minst: 4}]"))) == []
    assert told(of(lov("{minst: 4}")), of(lov("[{id: b, högst: 9}, {id: a, minst: 4}]"))) == [
        ("lov", "mål.b", "", "högst 9 tillfällen", True)
    ]


def test_periods() -> None:
    whole = of(lov())
    assert told(whole, of(lov("{minst: 24}", "period: 2026-H1"))) == [("lov", "period", "2026", "2026-H1", True)]
    longer = of(lov(), period="{från: 2026-01-01, till: 2027-06-30}")
    assert told(whole, longer) == [("", "period", "2026", "2026-01-01–2027-06-30", True)]


def test_parties_in_another_order_are_the_same() -> None:
    two = of(lov(parties="[kommunen, polisen]"))
    assert told(two, of(lov(parties="[polisen, kommunen]"))) == []
    assert told(two, of(lov(parties="[kommunen]"))) == [("lov", "parter", "kommunen, polisen", "kommunen", True)]


def test_steps() -> None:
    before = of(lov("{minst: 24}", STEPS))
    later = STEPS.replace("senast: 2026-03-31", "senast: 2026-05-31").replace(", varje: tillfälle", "")
    assert told(before, of(lov("{minst: 24}", later))) == [
        ("lov", "moment.samling", "Samlas, varje tillfälle", "Samlas, en gång", True),
        ("lov", "moment.brev", "Brev, senast 2026-03-31", "Brev, senast 2026-05-31", True),
    ]
    assert told(before, of(lov())) == [
        ("lov", "moment.samling", "Samlas, varje tillfälle", "", True),
        ("lov", "moment.brev", "Brev, senast 2026-03-31", "", True),
    ]
    assert told(of(lov()), before)[1] == ("lov", "moment.brev", "", "Brev, senast 2026-03-31", True)
    renamed = STEPS.replace("titel: Brev", "titel: Skicka brev, ansvarig: värd")
    assert [(one[1], one[4]) for one in told(before, of(lov("{minst: 24}", renamed)))] == [("moment.brev", False)]


def test_commitments_come_and_go() -> None:
    one, other = lov(), commitment("{minst: 2}", id="annat")
    assert told(of(one), of(one, other)) == [("annat", "åtagande", "", "Löftet: minst 2 tillfällen", True)]
    gone = changes_between(of(one, other), of(one))
    assert [(change.what, change.before, change.after, change.name) for change in gone] == [
        ("åtagande", "Löftet: minst 2 tillfällen", "", "åtagande.annat")
    ]


@pytest.mark.parametrize(
    ("before", "after", "told_"),
    [
        ("ansvarig: värd", "ansvarig: handläggare", ("ansvarig", "värd", "handläggare")),
        ("syfte: Lugn", "", ("syfte", "Lugn", "")),
        (
            "pauser: [{från: 2026-07-01, till: 2026-07-31, skäl: resurser}]", "",
            ("pauser", "från 2026-07-01, till 2026-07-31, skäl resurser", ""),
        ),
        ("uppföljning: {rapporteras: månad, anstånd: 7}", "uppföljning: {rapporteras: vecka, anstånd: 7}",
         ("uppföljning", "rapporteras månad, anstånd 7", "rapporteras vecka, anstånd 7")),
        ("förväntan: {veckodagar: [fre], tid: 20:00–02:00}", "förväntan: {veckodagar: [lör], tid: 20:00–02:00}",
         ("förväntan", "veckodagar fre, tid 20:00–02:00", "veckodagar lör, tid 20:00–02:00")),
        ("tillfällen: [2026-03-06]", "tillfällen: [2026-03-06, 2026-03-13]",
         ("tillfällen", "2026-03-06", "2026-03-06, 2026-03-13")),
        (
            "tillfällen: [" + ", ".join(f"2026-03-{day:02}" for day in range(1, 21)) + "]",
            "tillfällen: [" + ", ".join(f"2026-03-{day:02}" for day in range(2, 22)) + "]",
            ("tillfällen", "2026-03-01", "2026-03-21"),
        ),
    ],
)  # fmt: skip
def test_other_keys_change_no_promise(before: str, after: str, told_: tuple[str, str, str]) -> None:
    assert told(of(lov("{minst: 24}", before)), of(lov("{minst: 24}", after) if after else lov())) == [("lov", *told_, False)]


def test_the_plan_itself() -> None:
    before = of(lov(), extra="beslut: {datum: 2025-12-10, referens: KS 1}\navläsningar: [2026-04-30]\nkällor: [https://a.se]")
    text = "beslut: {datum: 2025-12-10, referens: KS 2, version: beslutad}\navläsningar: [2026-04-30]\nkällor: [https://a.se]"
    after = wording(plan(lov(), extra=text).replace("titel: Prov", "titel: Ny").replace("hamnen: Hamnen", "hamnen: Södra hamnen"))
    assert told(before, after) == [
        ("", "beslut.version", "", "beslutad", False),
        ("", "titel", "Prov", "Ny", False),
        ("", "beslut", "datum 2025-12-10, referens KS 1", "datum 2025-12-10, referens KS 2", False),
        ("", "platser", "hamnen: Hamnen", "hamnen: Södra hamnen", False),
    ]


def test_a_decision_that_comes_or_goes() -> None:
    decided = of(lov(), extra="beslut: {datum: 2025-12-10}")
    assert told(of(lov()), decided) == [("", "beslut", "", "datum 2025-12-10", False)]
    assert told(decided, of(lov())) == [("", "beslut", "datum 2025-12-10", "", False)]


def test_another_order_is_no_change() -> None:
    one, other = lov(), commitment("{minst: 2}", id="annat")
    assert told(of(one, other), of(other, one)) == []


def test_a_change_carries_both_commitments() -> None:
    (change,) = changes_between(of(lov("{minst: 24}")), of(lov("{minst: 18}")))
    assert isinstance(change, Change)
    assert change.old is not None and change.new is not None
    assert (change.old.targets[0].value, change.new.targets[0].value, change.name) == (24, 18, "mål")
