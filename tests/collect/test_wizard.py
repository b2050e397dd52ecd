"""The wizard as a state machine: its order, its answers, undo, and that what it lets through can be taken in."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.collect.sheets import PLAN, Desk, answered, by_question, tree_of
from uppfoljning.collect.wizard.session import Session, letters
from uppfoljning.domain.finding import Tree
from uppfoljning.domain.scalars import REASONS

DESK = Desk()
NUMBER = "850709-9805"
EVENING = [
    "j", "2030", "0045", "1,norra", "5", "1", "", "23", "4", "Storgatan", "lu", "n", "75", "4,5", "fre", "21", "igår 21:30",
    "45 min", "a", "", "", "", "Lugn kväll",
]  # fmt: skip


def asked(session: Session) -> str:
    question = session.stand().question
    return question.id if question is not None else ""


def test_an_evening_from_the_first_question_to_the_tree() -> None:
    session = answered(DESK.session(), EVENING)
    assert DESK.complete(tree_of(session)) == {
        "åtagande": "gång",
        "plan": "prov-2026",
        "datum": "2026-03-07",
        "start": "20:30",
        "slut": "00:45",
        "plats": ["centrum", "norra"],
        "funktioner": {"vandrare": "5", "ledare": "1"},
        "uppgifter": {
            "samtal": "23",
            "hjälpta": "4",
            "rutt": "Storgatan",
            "stämning": "lugnt",
            "larm": "nej",
            "andel_nöjda": "75 %",
            "sträcka": "4,5",
            "uppföljs": "2026-03-06",
            "stängde": "21:00",
            "anmäld": "2026-03-06 21:30",
            "paus": "45 min",
        },
        "moment": {"samling": "ja", "återkoppling": "ja"},
        "text": "Lugn kväll",
        "inlämnad": "2026-03-07",
        "rapportör": "ledare",
        "kvitto": "k7m3-9qfx",
        "utgåva": DESK.complete({})["utgåva"],
    }
    assert DESK.refused(tree_of(session)) == ()


@pytest.mark.parametrize(
    ("line", "tree"),
    [
        ("0", {"period": "2026-01", "läge": "nollrapport"}),
        ("iv", {"datum": "2026-03-07", "läge": "inställd", "avvikelser": [{"vad": "Tillfället ställdes in", "skäl": "väder"}]}),
        (
            "i sä",
            {"datum": "2026-03-07", "läge": "inställd", "avvikelser": [{"vad": "Tillfället ställdes in", "skäl": "säkerhet"}]},
        ),
    ],
)
def test_a_quick_way_is_one_answer(line: str, tree: object) -> None:
    session = answered(DESK.session(), [line])
    result = session.stand().result
    assert result is not None and result.at_once
    assert result.tree == tree
    assert DESK.refused(result.tree) == ()


def test_the_first_question_says_what_the_quick_ways_are_for() -> None:
    question = DESK.session().stand().question
    assert question is not None
    assert question.text == "Blev det av lördag 7 mars 2026?"
    assert ("0", "inget att rapportera för januari 2026") in question.choices
    assert "iv=väder" in question.hints[0]


def test_a_zero_report_is_for_the_period_of_the_day_where_nothing_is_missing_and_not_for_one_that_is_reported() -> None:
    reported = {f"reports/{month}.yaml": f"åtagande: gång\nperiod: 2026-{month}\nläge: nollrapport\n" for month in ("01", "02")}
    assert tree_of(answered(Desk(reported).session(), ["0"]))["period"] == "2026-03"
    reported["reports/03.yaml"] = "åtagande: gång\ndatum: 2026-03-01\n"
    turn = Desk(reported, today=date(2026, 3, 9)).session().take("0")
    assert turn.problem is not None and "redan" in turn.problem.remedy


def test_another_day_is_shown_and_asked_about_again() -> None:
    session = answered(DESK.session(), ["fre"])
    question = session.stand().question
    assert question is not None and question.text == "Blev det av fredag 6 mars 2026?"
    assert tree_of(answered(session, ["iv"]))["datum"] == "2026-03-06"
    assert asked(answered(session, ["j", "ångra"])) == "läge.1"
    assert asked(answered(session, ["ångra"])) == "läge"


@pytest.mark.parametrize("line", ["2025-12-31", "5/13", "nej", "x", "is", "im", "", "-", "2026-02-30"])
def test_the_first_question_is_asked_again_when_the_answer_cannot_be_taken(line: str) -> None:
    turn = DESK.session().take(line)
    assert turn.problem is not None
    assert not turn.session.given


def test_a_day_to_come_can_be_cancelled_but_not_carried_out() -> None:
    session = answered(DESK.session(), ["i morgon"])
    assert session.take("j").problem is not None
    assert tree_of(answered(session, ["iv"]))["datum"] == "2026-03-08"


def test_a_day_in_a_pause_is_asked_about() -> None:
    session = Desk(today=date(2026, 7, 15)).session()
    assert asked(answered(session, ["j"])) == "paus"
    assert asked(answered(session, ["iv"])) == "paus"
    assert asked(answered(session, ["j", "n"])) == "läge"
    assert asked(answered(session, ["j", "j"])) == "start"
    assert tree_of(answered(session, ["iv", "j"]))["läge"] == "inställd"


def test_moved_asks_where_to_and_why() -> None:
    tree = tree_of(answered(DESK.session(), ["f", "2026-03-14", "r", "Vi var för få", ""]))
    assert (tree["läge"], tree["flyttad_till"]) == ("flyttad", "2026-03-14")
    assert tree["avvikelser"] == [{"vad": "Tillfället flyttades", "skäl": "resurser", "varför": "Vi var för få"}]
    assert DESK.refused(tree) == ()


def test_an_end_at_the_beginning_is_asked_again() -> None:
    session = answered(DESK.session(), ["j", "20:30"])
    assert session.take("20:30").problem is not None
    assert asked(answered(session, [""])) == "plats"
    assert asked(answered(DESK.session(), ["j", "-"])) == "plats"


def test_fewer_than_the_least_crew_is_explained() -> None:
    answers = {"läge": "j", "funktioner.vandrare": "2", "avvikelser.funktioner-vandrare.skäl": "r", "uppgifter.samtal": "1"}
    tree = tree_of(by_question(DESK.session(), answers))
    assert tree["avvikelser"] == [{"vad": "Vandrare: 2, och 3 behövs", "skäl": "resurser"}]


def test_a_step_that_was_not_done_is_explained() -> None:
    answers = {
        "läge": "j",
        "moment.samling": "e",
        "moment.återkoppling": "n",
        "avvikelser.återkoppling.hur": "Ringde dagen efter",
        "avvikelser.återkoppling.skäl": "sa",
        "moment": "1",
    }
    tree = tree_of(by_question(DESK.session(), answers))
    assert tree["moment"] == {"samling": "ej aktuellt", "återkoppling": "nej", "schema": "ja"}
    assert tree["avvikelser"] == [
        {"moment": "återkoppling", "vad": "Återkoppla: gjordes inte", "hur": "Ringde dagen efter", "skäl": "samverkan"}
    ]
    assert DESK.refused(tree) == ()


def test_observations_end_with_enter() -> None:
    answers = {
        "läge": "j",
        "iakttagelser.0": "Trasig lampa",
        "iakttagelser.0.rapporterad_till_polisen": "n",
        "iakttagelser.1": "Klotter",
    }
    tree = tree_of(by_question(DESK.session(), answers))
    assert tree["iakttagelser"] == [{"text": "Trasig lampa", "rapporterad_till_polisen": "nej"}, {"text": "Klotter"}]


def test_a_part_is_at_most_its_whole_whichever_is_changed() -> None:
    session = answered(DESK.session(), EVENING[:9])
    assert session.stand().question is not None
    assert answered(DESK.session(), EVENING[:8]).take("24").problem is not None
    smaller = answered(session, EVENING[9:]).again(["uppgifter.samtal"])
    stand = answered(smaller, ["3"]).stand()
    assert stand.question is not None and stand.question.id == "uppgifter.hjälpta" and stand.problem is not None


def test_a_required_answer_may_be_unknown_but_not_skipped() -> None:
    session = answered(DESK.session(), EVENING[:7])
    assert asked(session) == "uppgifter.samtal"
    assert session.take("").problem is not None
    assert asked(answered(session, ["-"])) == "uppgifter.hjälpta"


@pytest.mark.parametrize(
    "line",
    [
        NUMBER,
        f"x {NUMBER} x",
        "namn@example.org",
        "ring 070-123 45 67",
        f"{NUMBER} # undantag I101: får stå",
        "ring 070-123 45 67 # undantag I103: får stå",
    ],
)
@pytest.mark.parametrize("before", [[], EVENING[:1], EVENING[:9], EVENING[:-1]], ids=len)
def test_personal_data_is_refused_at_once_and_never_told(before: list[str], line: str) -> None:
    session = answered(DESK.session(), before)
    turn = session.take(line)
    assert turn.problem is not None and turn.problem.code.startswith("I")
    assert turn.session == session
    assert not any(piece in part for part in turn.problem for piece in (NUMBER, "namn@", "123 45"))


def test_a_question_is_explained_with_its_choices() -> None:
    told = answered(DESK.session(), EVENING[:10]).take("?").told
    assert "1: lugnt" in told and any("ångra" in line for line in told)


def test_there_is_nothing_to_undo_at_the_beginning() -> None:
    turn = DESK.session().take("ångra")
    assert turn.told and not turn.session.given


def test_what_is_undone_is_taken_again_with_enter() -> None:
    session = answered(DESK.session(), EVENING)
    for _ in EVENING[4:]:
        session = session.back().session
    assert asked(session) == "funktioner.vandrare"
    again = answered(session, ["4", *[""] * (len(EVENING) - 5)])
    assert tree_of(again) == {**tree_of(answered(DESK.session(), EVENING)), "funktioner": {"vandrare": "4", "ledare": "1"}}


def test_hours_are_asked_for_only_when_wanted() -> None:
    answers = {"läge": "j", "timmar.genomförande": "4,25"}
    assert "timmar" not in tree_of(by_question(DESK.session(), answers))
    assert tree_of(by_question(Desk(hours=True).session(), answers))["timmar"] == {"genomförande": "4,25"}


def test_a_commitment_that_is_done_once_can_be_done() -> None:
    assert tree_of(by_question(Desk(commitment="bara").session(), {"läge": "j", "klart": "j"}))["klart"] == "ja"
    assert "klart" not in tree_of(by_question(Desk(commitment="bara").session(), {"läge": "j"}))


def test_letters_tell_every_reason_apart() -> None:
    found = letters(REASONS)
    assert found["väder"] == "v" and found["säkerhet"] == "sä"
    assert all([word for word in REASONS if word.startswith(start)] == [whole] for whole, start in found.items())


ANSWERS = st.sampled_from(
    ["", "-", "?", "j", "n", "a", "e", "i", "f", "0", "iv", "ångra", "ångra", "å", "1", "2", "3", "23", "500", "501", "20:30",
     "0045",
     "24:00", "fre", "5/3", "2026-03-14", "igår 21:30", "75 %", "ca 12", "45 min", "v", "res", "centrum, norra", "2 kommunpolis",
     "Lugn kväll", 'a "b": #c\\', "=1+1", "</script>", NUMBER,
     "# undantag I103: x", "NO", "21:30", "null", "å\u0308\u202e\x07"]
) | st.text(max_size=12)  # fmt: skip
OLD: dict[str, Tree] = {
    "åtagande": "gång", "plan": "prov-2026", "datum": "2026-02-06", "start": "20:30", "slut": "23:00", "plats": "centrum",
    "funktioner": {"vandrare": "2", "kommunpolis": "1"}, "uppgifter": {"samtal": "ca 20", "hjälpta": "2", "larm": "ja"},
    "moment": {"samling": "ja", "återkoppling": "nej"},
    "avvikelser": [{"moment": "återkoppling", "vad": "Ingen ringde", "skäl": "resurser"}, {"vad": "Regn", "skäl": "väder"}],
    "iakttagelser": [{"text": "Mörkt", "åtgärd": "Felanmält"}], "timmar": {"planering": "1"},
    "text": "Rad ett\nrad två", "parter": ["förening"],
}  # fmt: skip


@given(st.lists(ANSWERS, max_size=40), st.booleans())
@settings(max_examples=40)
def test_any_answers_and_undos_end_as_the_same_answers_given_straight(lines: list[str], correcting: bool) -> None:
    old = OLD if correcting else None
    session = DESK.session(old)
    for line in lines:
        if session.stand().question is None:
            session = session.back().session
        session = session.take(line).session
    while session.stand().question is not None:
        turns = (session.take(line) for line in ("", "-", "j", "iv", "r", "2026-02-06", "2026-05-01"))
        session = next(turn.session for turn in turns if turn.problem is None)
    tree = tree_of(session)
    straight = DESK.session(old)
    while (question := straight.stand().question) is not None:
        straight = answered(straight, [session.given[question.id] or "-"])
    assert tree_of(straight) == tree
    assert DESK.refused(tree) == ()


def test_a_correction_with_nothing_changed_says_the_same() -> None:
    session = DESK.session(OLD)
    while session.stand().question is not None:
        session = answered(session, [""])
    assert DESK.complete({**tree_of(session)}) == DESK.complete(OLD)


def test_a_correction_can_clear_and_change() -> None:
    answers = {"text": "-", "uppgifter.samtal": "21", "avvikelser.0": "-", "iakttagelser.0": "-", "moment.återkoppling": "j"}
    tree = tree_of(by_question(DESK.session(OLD), answers))
    assert "avvikelser" not in DESK.complete(tree) and "iakttagelser" not in DESK.complete(tree)
    assert "text" not in DESK.complete(tree)
    assert tree["uppgifter"] == {"samtal": "21", "hjälpta": "2", "larm": "ja"}


def test_totals_are_corrected_with_their_own_questions() -> None:
    old: dict[str, Tree] = {
        "åtagande": "gång",
        "period": {"från": "2026-01-01", "till": "2026-02-15"},
        "antal": "4",
        "uppgifter": {"samtal": "90", "larm": "2"},
    }
    tree = tree_of(by_question(DESK.session(old), {"antal": "ca 5", "moment.samling": "4"}))
    assert tree["period"] == {"från": "2026-01-01", "till": "2026-02-15"}
    assert (tree["antal"], tree["uppgifter"]) == ("ca 5", {"samtal": "90", "larm": "2"})
    assert tree["moment"] == {"samling": "4"}
    assert DESK.refused(tree) == ()


def test_a_zero_report_is_corrected_to_an_occasion() -> None:
    old: dict[str, Tree] = {"åtagande": "gång", "period": "2026-02", "läge": "nollrapport"}
    tree = tree_of(by_question(DESK.session(old), {"läge": "j", "datum": "2026-02-06", "uppgifter.samtal": "3"}))
    assert DESK.complete(tree)["datum"] == "2026-02-06"
    assert "läge" not in tree and "period" not in tree


@pytest.mark.parametrize(("line", "crew"), [("2 kommunpolis", {"kommunpolis": "2"}), ("1 komm,", {"kommunpolis": "1"})])
def test_other_functions_are_told_with_their_number(line: str, crew: dict[str, str]) -> None:
    assert tree_of(by_question(DESK.session(), {"läge": "j", "funktioner": line}))["funktioner"] == crew


@pytest.mark.parametrize("line", ["kommunpolis", "2", "2 brandman", "två kommunpolis", ","])
def test_what_is_no_number_of_a_function_is_asked_again(line: str) -> None:
    session = answered(DESK.session(), EVENING[:6])
    assert asked(session) == "funktioner"
    assert session.take(line).problem is not None


ROTA = PLAN.replace("uppföljning: {rapporteras: månad, anstånd: 7, rapportör: ledare}", "tillfällen: [2026-02-27, 2026-03-06]")


@pytest.mark.parametrize(
    ("today", "reports", "day"),
    [
        (date(2026, 3, 9), {}, "fredag 6 mars 2026"),
        (date(2026, 3, 6), {}, "fredag 6 mars 2026"),
        (date(2026, 3, 9), {"reports/a.yaml": "åtagande: gång\ndatum: 2026-03-06\n"}, "fredag 27 februari 2026"),
        (date(2026, 5, 4), {}, "måndag 4 maj 2026"),
    ],
    ids=str,
)
def test_with_a_rota_the_latest_of_its_days_without_a_report_is_shown(today: date, reports: dict[str, str], day: str) -> None:
    question = Desk({"plans/prov-2026.yaml": ROTA, **reports}, today=today).session().stand().question
    assert question is not None and day in question.text
