"""The worked examples of the design, each as a small project, with every limit at, just under and just over it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.projects import commitment, line, make, plan, rows
from uppfoljning.followup.row import Row
from uppfoljning.followup.status import Status


def only(project: object, day: str, period: str = "") -> Row:
    (row,) = line(project, day, period).rows  # type: ignore[arg-type]
    return row


def dated(first: str, count: int) -> str:
    """`count` occasions, each handed in on its own day, from a first day on."""
    from datetime import date, timedelta

    start = date.fromisoformat(first)
    return rows("\n".join((start + timedelta(days=at)).isoformat() for at in range(count)))


def total(first: str, last: str, count: str, submitted: str, more: str = "") -> str:
    return f"period: {{från: {first}, till: {last}}}\nantal: {count}\ninlämnad: {submitted}\n{more}"


def test_lulea_traffic_in_july_and_at_the_end() -> None:
    reports = {
        "a": total("2026-05-01", "2026-07-31", "71", "2026-08-01"),
        "b": total("2026-05-01", "2026-12-31", "301", "2027-01-05"),
    }
    project = make(plan(commitment("{minst: 1, enhet: kontroller, per: dygn}")), reports=reports)
    july = only(project, "2026-08-01")
    assert (july.outcome.value, july.expected, july.pace, july.whole) == (71, Fraction(92), Fraction(71, 92), 365)
    assert (july.status, july.fulfilment) == (Status.BEHIND, Fraction(71, 365))
    end = only(project, "2027-01-31")
    assert (end.outcome.value, end.part, end.fulfilment) == (301, 245, Fraction(301, 245))
    assert end.status == Status.REACHED_IN_PART_REPORTED
    assert [(str(part.first), str(part.last)) for part in end.unreported] == [("2026-01-01", "2026-04-30")]


def test_lulea_licence_checks_are_21_and_not_31() -> None:
    reports = {
        "a": total("2026-05-01", "2026-07-31", "10", "2026-08-20"),
        "b": total("2026-05-01", "2026-12-31", "21", "2027-01-11"),
    }
    project = make(plan(commitment("{antal: löpande}")), reports=reports)
    assert only(project, "2027-01-31").outcome.value == 21
    assert only(project, "2026-09-30").outcome.value == 10


def test_a_total_shows_nothing_of_every_day() -> None:
    reports = {"a": total("2026-01-01", "2026-12-31", "400", "2027-01-05")}
    row = only(make(plan(commitment("{minst: 1, varje: dygn}")), reports=reports), "2027-01-31")
    assert (row.outcome.value, row.status) == (None, Status.NO_DATA)
    assert [one.why for one in row.outcome.left_out] == ["visar ingen enskild delperiod"]


def test_a_total_within_one_sub_period_shows_that_one() -> None:
    reports = {"a": total("2026-03-01", "2026-03-31", "4", "2026-04-02")}
    row = only(make(plan(commitment("{minst: 3, varje: månad}")), reports=reports), "2026-05-10")
    assert (row.outcome.value, row.fulfilment) == (1, Fraction(1, 4))


def test_forty_inspections_fourteen_done_by_june() -> None:
    project = make(
        plan(commitment("{minst: 40, enhet: tillsyner}", "uppföljning: {rapporteras: halvår}")), dated("2026-06-01", 14)
    )
    row = only(project, "2026-06-30")
    assert row.expected == Fraction(40 * 181, 365)
    assert row.pace == Fraction(14 * 365, 40 * 181)
    assert row.status == Status.BEHIND
    assert row.forecast is not None and round(row.forecast) == 28
    assert row.needed_a_month == Fraction(26, 6)


@pytest.mark.parametrize(("done", "forecast"), [(2, False), (3, True)])
def test_no_forecast_from_fewer_than_three(done: int, forecast: bool) -> None:
    row = only(make(plan(commitment("{minst: 40}")), dated("2026-01-01", done)), "2026-02-28")
    assert (row.forecast is not None) == forecast


def test_no_forecast_once_met_or_over() -> None:
    project = make(plan(commitment("{minst: 3}")), dated("2026-01-01", 3))
    assert only(project, "2026-02-28").forecast is None
    assert only(project, "2026-02-28").needed_a_month is None
    assert only(make(plan(commitment("{minst: 9}")), dated("2026-01-01", 3)), "2027-01-31").forecast is None


def test_nykoping_a_flow_and_a_stock_are_never_added() -> None:
    target = "[{id: moten, antal: utan måltal}, {id: omraden, antal: utan måltal, räknar: läge, sätt: nivå}]"
    reports = {"a": total("2026-01-01", "2026-12-31", "5", "2027-01-05", "uppgifter: {läge: 7}\n")}
    rows_ = line(make(plan(commitment(target)), reports=reports), "2027-01-31").rows
    assert [row.outcome.value for row in rows_] == [5, 7]


def test_nykvarn_a_walk_every_term() -> None:
    project = make(plan(commitment("{minst: 1, varje: termin}")), rows("2026-03-03\n2026-05-05"))
    row = only(project, "2027-01-31")
    assert (row.outcome.value, row.whole, row.status) == (1, 2, Status.PARTLY)


def test_kontrollkop_twenty_of_twenty_one() -> None:
    shops = "\n".join(f"2026-05-0{1 + at // 7};1{at % 7}:00;butik {at}" for at in range(20))
    target = "{alla: 21, enhet: butiker, räknar: {unika: butik}}"
    project = make(plan(commitment(target, "period: 2026-05"), period="2026"), rows(shops, "datum;start;uppgifter.butik"))
    row = only(project, "2026-06-30")
    assert (row.status, row.fulfilment) == (Status.PARTLY, Fraction(20, 21))


def test_strangnas_three_of_four_and_one_moved() -> None:
    reports = {
        "a": total("2026-01-01", "2026-12-31", "3", "2027-01-05"),
        "b": "datum: 2026-11-18\nläge: flyttad\nflyttad_till: 2027\nantal: 1\navvikelser: [{vad: Inställd, skäl: pandemi}]\n",
    }
    found = line(make(plan(commitment("{minst: 4}")), reports=reports), "2027-01-31")
    (row,) = found.rows
    assert (row.status, row.fulfilment, found.departures.moved) == (Status.PARTLY, Fraction(3, 4), 1)
    assert found.departures.reasons == (("pandemi", 1),)


def test_only_walks_at_the_two_stations_count() -> None:
    target = "{minst: 4, villkor: {platser: [torget, hamnen]}}"
    text = "2026-03-01;torget\n2026-03-02;hamnen\n2026-03-03;parken\n2026-03-04;"
    row = only(make(plan(commitment(target)), rows(text, "datum;plats")), "2026-06-30")
    assert (row.outcome.value, row.outcome.failed, row.outcome.unshown) == (3, 1, 1)
    assert [one.entry.report.places for one in row.outcome.left_out] == [("parken",)]


@pytest.mark.parametrize(
    ("target", "period", "whole"),
    [
        ("{minst: 3, per: vecka}", "{från: 2022-01-01, till: 2023-12-31}", 313),
        ("{minst: 2, per: år}", "{från: 2026-03-01, till: 2030-02-28}", 8),
        ("{minst: 200, per: år}", "{från: 2026-03-01, till: 2030-02-28}", 800),
        ("{minst: 500, per: år}", "{från: 2024-03-01, till: 2028-02-29}", 2000),
        ("{minst: 1, per: månad}", "2026-T1", 4),
        ("{minst: 5, per: månad}", "{från: 2026-04-01, till: 2026-04-14}", 2),
        ("{minst: 5, per: månad}", "{från: 2026-04-01, till: 2026-04-15}", 3),
        ("{minst: 5, per: månad}", "{från: 2026-04-01, till: 2026-04-16}", 3),
        ("{minst: 1, per: år}", "2026-04", 1),
    ],
)
def test_the_whole_target_of_per(target: str, period: str, whole: int) -> None:
    row = only(make(plan(commitment(target), period=period)), "2022-01-01")
    assert row.whole == whole


@pytest.mark.parametrize(("first", "counts"), [("2026-03-04", True), ("2026-03-05", True), ("2026-03-06", False)])
def test_a_cut_week_counts_when_half_of_it_is_inside(first: str, counts: bool) -> None:
    row = only(make(plan(commitment("{minst: 1, varje: vecka}"), period=f"{{från: {first}, till: 2026-03-15}}")), "2026-02-01")
    assert row.whole == (2 if counts else 1)
    assert bool(row.skipped_slots) is not counts


@pytest.mark.parametrize(
    ("pause", "whole"),
    [
        ("{från: 2026-03-09, till: 2026-03-15}", 3),
        ("{från: 2026-03-09, till: 2026-03-14}", 4),
        ("{från: 2026-03-08, till: 2026-03-16}", 3),
    ],
)
def test_a_pause_removes_only_whole_weeks(pause: str, whole: int) -> None:
    made = plan(commitment("{minst: 1, varje: vecka}", f"pauser: [{pause}]"), period="{från: 2026-03-02, till: 2026-03-29}")
    assert only(make(made), "2026-02-01").whole == whole


def test_expectation_stands_still_in_a_pause() -> None:
    made = plan(commitment("{minst: 30}", "pauser: [{från: 2026-08-01, till: 2026-08-15}]"), period="2026-H2")
    project = make(made)
    assert only(project, "2026-07-31").expected == only(project, "2026-08-15").expected == Fraction(30 * 31, 169)
    assert only(project, "2026-08-16").expected == Fraction(30 * 32, 169)
    assert only(project, "2026-08-16").whole == 30


def test_phasing_by_tertial_and_by_period() -> None:
    project = make(plan(commitment("{minst: 24, per: år, fördelning: {tertial: [8, 6, 10]}}")))
    assert [only(project, day).expected for day in ("2026-04-30", "2026-08-31", "2026-12-31")] == [8, 14, 24]
    keyed = make(plan(commitment("{minst: 12, fördelning: {2026-T1: 4, HT2026: 8}}")))
    assert [only(keyed, day).expected for day in ("2026-04-30", "2026-08-16", "2026-12-31")] == [4, 4, 12]


def test_phasing_in_a_paused_sub_period_falls_at_its_end() -> None:
    made = plan(commitment("{minst: 12, fördelning: {2026-07: 4, 2026-09: 8}}", "pauser: [{från: 2026-07-01, till: 2026-07-31}]"))
    assert [only(make(made), day).expected for day in ("2026-07-30", "2026-07-31")] == [0, 4]


@pytest.mark.parametrize(
    ("target", "cells", "value", "status"),
    [
        ("{högst: 3}", "2026-03-01", 1, Status.REACHED),
        ("{högst: 0}", "2026-03-01", 1, Status.EXCEEDED),
        ("{mellan: [2, 3]}", "2026-03-01", 1, Status.PARTLY),
        ("{antal: 1}", "2026-03-01", 1, Status.REACHED),
        ("{antal: 2}", "2026-03-01", 1, Status.PARTLY),
    ],
)
def test_operators_when_it_is_over(target: str, cells: str, value: int, status: Status) -> None:
    row = only(make(plan(commitment(target)), rows(cells)), "2027-01-31")
    assert (row.outcome.value, row.status) == (value, status)


def test_a_ceiling_of_nothing_has_no_percentage_and_is_met_by_a_zero_report() -> None:
    reports = {"a": "period: 2026\nläge: nollrapport\ninlämnad: 2027-01-03\n"}
    row = only(make(plan(commitment("{högst: 0}")), reports=reports), "2027-01-31")
    assert (row.outcome.value, row.fulfilment, row.status) == (0, None, Status.REACHED)


def test_more_than_promised_is_said() -> None:
    row = only(make(plan(commitment("{antal: 2}")), rows("2026-03-01\n2026-03-02\n2026-03-03")), "2026-06-30")
    assert row.more_than_promised and row.fulfilment == Fraction(3, 2)


@pytest.mark.parametrize(
    ("day", "value", "status"),
    [("2026-06-29", 0, Status.NOT_DUE), ("2026-06-30", 0, Status.BEHIND), ("2027-01-31", 0, Status.NOT_REACHED)],
)
def test_klart_before_on_and_long_after_its_day(day: str, value: int, status: Status) -> None:
    row = only(make(plan(commitment("{klart: 2026-06-30}")), rows("2026-02-01")), day)
    assert (row.outcome.value, row.status) == (value, status)


@pytest.mark.parametrize(("day", "late"), [("2026-06-29", 0), ("2026-06-30", 0), ("2026-07-01", 1), ("2026-07-12", 12)])
def test_klart_says_how_late(day: str, late: int) -> None:
    row = only(make(plan(commitment("{klart: 2026-06-30}")), rows(f"{day};ja", "datum;klart")), "2026-12-01")
    assert (row.outcome.late_days, row.status) == (late, Status.REACHED)


def test_klart_from_a_narrative_alone_is_unknown() -> None:
    reports = {"a": "period: 2026-H1\ntext: En skylt är uppsatt\ninlämnad: 2026-07-03\n"}
    row = only(make(plan(commitment("{klart: 2026-06-30}")), reports=reports), "2026-08-31")
    assert (row.outcome.value, row.status) == (None, Status.NO_DATA)


def test_a_share_is_a_sum_over_a_sum() -> None:
    target = "{minst: 75 %, räknar: {täljare: nådda, nämnare: kontaktade}}"
    text = "2026-02-03;5;10\n2026-03-03;40;50\n2026-03-04;3;"
    row = only(
        make(plan(commitment(target), period="2026-K1"), rows(text, "datum;uppgifter.nådda;uppgifter.kontaktade")), "2026-04-30"
    )
    assert (row.outcome.numerator, row.outcome.denominator, row.outcome.value) == (45, 60, Fraction(3, 4))
    assert (row.status, row.fulfilment) == (Status.REACHED, Fraction(3, 4))


def test_a_share_of_nothing_is_unknown() -> None:
    target = "{minst: 75 %, räknar: {täljare: nådda, nämnare: kontaktade}}"
    made = make(plan(commitment(target), period="2026-K1"), rows("2026-02-03;0;0", "datum;uppgifter.nådda;uppgifter.kontaktade"))
    assert only(made, "2026-04-30").outcome.value is None


@pytest.mark.parametrize(
    ("day", "counted", "value"),
    [("2026-05-13", 1, 1), ("2026-05-14", 2, Fraction(1, 2)), ("2026-05-15", 2, Fraction(1, 2))],
)
def test_what_is_not_mended_in_time_counts_as_not_within(day: str, counted: int, value: Fraction) -> None:
    """A lamp reported at 09:30 on the 12th and never mended: its 48 hours are over on the 14th."""
    target = "{minst: 60 %, räknar: {inom: 48 timmar, av: [anmäld, åtgärdad]}}"
    text = "2026-05-12;2026-05-12 09:30;2026-05-12 10:00\n2026-05-12;2026-05-12 09:30;"
    made = make(plan(commitment(target)), rows(text, "datum;uppgifter.anmäld;uppgifter.åtgärdad"))
    row = only(made, day)
    assert (row.outcome.denominator, row.outcome.value) == (counted, value)


def test_within_exactly_the_limit_is_within_and_a_minute_more_is_not() -> None:
    target = "{minst: 60 %, räknar: {inom: 48 timmar, av: [anmäld, åtgärdad]}}"
    text = "2026-05-14;2026-05-12 09:30;2026-05-14 09:30\n2026-05-14;2026-05-12 09:30;2026-05-14 09:31"
    made = make(plan(commitment(target)), rows(text, "datum;uppgifter.anmäld;uppgifter.åtgärdad"))
    assert only(made, "2026-06-30").outcome.numerator == 1


@pytest.mark.parametrize(
    ("target", "level", "day", "status", "share"),
    [
        ("{minst: 10, räknar: läge, sätt: nivå, baslinje: {värde: 6}}", 8, "2026-07-01", Status.ON_PACE, Fraction(1, 2)),
        ("{minst: 10, räknar: läge, sätt: nivå, baslinje: {värde: 6}}", 9, "2027-01-31", Status.PARTLY, Fraction(3, 4)),
        ("{minst: 10, räknar: läge, sätt: nivå, baslinje: {värde: 6}}", 6, "2027-01-31", Status.NOT_REACHED, Fraction(0)),
        ("{minst: 10, räknar: läge, sätt: nivå, baslinje: {värde: 6}}", 10, "2026-03-01", Status.REACHED, Fraction(1)),
        ("{högst: 4, räknar: läge, sätt: nivå, baslinje: {värde: 8}}", 6, "2026-07-01", Status.ON_PACE, Fraction(1, 2)),
        ("{högst: 4, räknar: läge, sätt: nivå}", 6, "2026-07-01", Status.EXCEEDED, Fraction(3, 2)),
    ],
)
def test_levels(target: str, level: int, day: str, status: Status, share: Fraction) -> None:
    row = only(make(plan(commitment(target)), rows(f"2026-02-01;{level}", "datum;uppgifter.läge")), day)
    assert (row.status, row.fulfilment) == (status, share)


def test_of_levels_the_latest_counts() -> None:
    text = "2026-03-20;29\n2026-10-05;27"
    made = make(plan(commitment("{minst: 30, räknar: läge, sätt: nivå}")), rows(text, "datum;uppgifter.läge"))
    row = only(made, "2026-12-01")
    assert row.outcome.value == 27
    assert [one.why for one in row.outcome.left_out] == ["äldre läge"]


def test_a_missing_counted_field_makes_the_sum_at_least() -> None:
    text = "2026-03-01;23\n2026-03-02;"
    row = only(make(plan(commitment("{antal: löpande, räknar: samtal}")), rows(text, "datum;uppgifter.samtal")), "2026-06-30")
    assert (row.outcome.value, row.outcome.certainty) == (23, "minst")
    alone = only(make(plan(commitment("{antal: löpande, räknar: samtal}")), rows("2026-03-02")), "2026-06-30")
    assert alone.outcome.value is None


@pytest.mark.parametrize(
    ("target", "count", "day", "status"),
    [
        ("{minst: 30}", "minst 30", "2027-01-31", Status.REACHED),
        ("{minst: 30}", "minst 29", "2027-01-31", Status.UNCERTAIN),
        ("{minst: 30}", "ca 29", "2027-01-31", Status.PARTLY),
        ("{minst: 30}", "ca 30", "2027-01-31", Status.REACHED),
        ("{högst: 30}", "minst 31", "2027-01-31", Status.EXCEEDED),
        ("{högst: 30}", "minst 30", "2027-01-31", Status.UNCERTAIN),
        ("{högst: 30}", "ca 30", "2027-01-31", Status.REACHED),
        ("{mellan: [10, 20]}", "minst 15", "2027-01-31", Status.UNCERTAIN),
    ],
)
def test_about_is_used_as_it_stands_and_at_least_decides_only_upwards(target: str, count: str, day: str, status: Status) -> None:
    reports = {"a": total("2026-01-01", "2026-12-31", count, "2027-01-05")}
    assert only(make(plan(commitment(target)), reports=reports), day).status == status


@pytest.mark.parametrize(("count", "status"), [("minst 15", Status.ON_PACE), ("minst 14", Status.UNCERTAIN)])
def test_at_least_on_the_way(count: str, status: Status) -> None:
    reports = {"a": total("2026-01-01", "2026-06-30", count, "2026-07-01")}
    made = make(plan(commitment("{minst: 30}")), reports=reports)
    assert only(made, "2026-07-01").expected == Fraction(30 * 181, 365)
    assert only(made, "2026-07-01").status == status


def test_phasing_by_terms() -> None:
    terms = make(plan(commitment("{minst: 3, fördelning: {termin: [2, 1]}}")))
    assert [only(terms, day).expected for day in ("2026-06-12", "2026-08-16", "2026-12-20")] == [2, 2, 3]


def test_a_phasing_wholly_in_nothing_expects_nothing() -> None:
    made = make(plan(commitment("{minst: 3, fördelning: {tertial: [0, 0, 3]}}", "period: {från: 2026-08-01, till: 2026-12-31}")))
    assert [only(made, day).expected for day in ("2026-08-31", "2026-12-31")] == [0, 3]


@pytest.mark.parametrize(("day", "closed"), [("2026-05-11", 0), ("2026-05-12", 1), ("2026-05-13", 1), ("2026-05-14", 2)])
def test_each_weekday_is_closed_after_its_days_of_grace(day: str, closed: int) -> None:
    made = plan(commitment("{minst: 2, varje: [tis, tor]}"), period="{från: 2026-05-04, till: 2026-05-31}")
    row = only(make(made, rows("2026-05-05\n2026-05-06\n2026-05-07")), day)
    assert (row.outcome.value, row.expected) == (0, Fraction(closed))
    assert row.whole == 8


def test_a_sub_period_that_has_reached_its_figure_counts_at_once() -> None:
    made = plan(commitment("{minst: 1, varje: [tis, tor]}"), period="{från: 2026-05-04, till: 2026-05-31}")
    row = only(make(made, rows("2026-05-05\n2026-05-06\n2026-05-07")), "2026-05-07")
    assert (row.outcome.value, row.expected, row.fulfilment) == (2, Fraction(2), Fraction(1))
    missed = only(make(made, rows("2026-05-05\n2026-05-14")), "2026-05-14")
    assert (missed.outcome.value, missed.expected, missed.fulfilment) == (2, Fraction(3), Fraction(2, 3))


def test_a_figure_in_every_sub_period() -> None:
    text = "2026-01-05;10\n2026-01-06;5\n2026-02-05;14"
    made = plan(commitment("{minst: 15, varje: månad, räknar: samtal}"), period="2026-K1")
    row = only(make(made, rows(text, "datum;uppgifter.samtal")), "2026-04-30")
    assert [(slot.value, slot.reached) for slot in row.outcome.slots] == [(15, True), (14, False), (None, False)]
    assert (row.outcome.value, row.whole, row.status) == (1, 3, Status.PARTLY)


def test_a_zero_report_makes_a_sub_period_known() -> None:
    reports = {"a": "period: 2026-02\nläge: nollrapport\ninlämnad: 2026-03-01\n"}
    row = only(make(plan(commitment("{minst: 1, varje: månad}"), period="2026-K1"), reports=reports), "2026-04-30")
    assert (row.outcome.value, [slot.value for slot in row.outcome.slots]) == (0, [None, 0, None])


def test_the_part_of_a_phased_target() -> None:
    reports = {"a": total("2026-01-01", "2026-04-30", "8", "2026-05-02")}
    row = only(make(plan(commitment("{minst: 24, per: år, fördelning: {tertial: [8, 6, 10]}}")), reports=reports), "2027-01-31")
    assert (row.part, row.status) == (8, Status.REACHED_IN_PART_REPORTED)


def test_the_part_of_a_plain_target_is_not_rounded() -> None:
    reports = {"a": total("2026-01-01", "2026-01-02", "1", "2026-01-03")}
    row = only(make(plan(commitment("{minst: 24}")), reports=reports), "2027-01-31")
    assert (row.part, row.status) == (Fraction(48, 365), Status.REACHED_IN_PART_REPORTED)


def test_the_part_of_a_target_with_a_pause_is_what_is_expected_of_those_days() -> None:
    reports = {"a": total("2026-01-01", "2026-03-31", "8", "2026-04-05")}
    paused = "pauser: [{från: 2026-02-01, till: 2026-02-28, skäl: resurser}]"
    row = only(make(plan(commitment("{minst: 12, per: kvartal}", paused)), reports=reports), "2027-01-31")
    assert row.part == row.expected == Fraction(48 * 62, 337)
    assert (row.status, row.fulfilment) == (Status.PARTLY, Fraction(8 * 337, 48 * 62))


@pytest.mark.parametrize(("per", "whole"), [("vecka", 141), ("månad", 33), ("kvartal", 12), ("år", 3)])
def test_a_sub_period_that_lies_wholly_in_a_pause_asks_for_nothing(per: str, whole: int) -> None:
    """Five whole weeks and one whole month, but no whole quarter or year: the same rule for all of them."""
    paused = "pauser: [{från: 2026-06-29, till: 2026-08-02, skäl: resurser}]"
    row = only(make(plan(commitment(f"{{minst: 3, per: {per}}}", paused))), "2026-12-31")
    assert row.whole == whole


def test_a_phasing_with_nothing_in_the_commitments_days_expects_nothing() -> None:
    made = make(plan(commitment("{minst: 3, fördelning: {tertial: [3, 0, 0]}}", "period: 2026-T2")))
    assert only(made, "2026-08-31").expected == 0


@pytest.mark.parametrize(
    ("target", "period"),
    [
        ("{minst: 24, fördelning: {tertial: [8, 6, 10]}}", "{från: 2026-04-01, till: 2027-03-31}"),
        ("{minst: 48, fördelning: {tertial: [8, 6, 10]}}", "{från: 2026-01-01, till: 2027-12-31}"),
        ("{minst: 24, per: år, fördelning: {tertial: [8, 6, 10]}}", "{från: 2026-01-01, till: 2027-12-31}"),
    ],
)
def test_a_phasing_is_repeated_each_year(target: str, period: str) -> None:
    row = only(make(plan(commitment(target), period=period)), "2026-04-30")
    assert row.expected == (2 if "2026-04" in period else 8)
    assert row.whole == (24 if "2026-04" in period else 48)


def test_a_target_is_settled_when_it_is_reached_or_its_time_is_over() -> None:
    project = make(plan(commitment("{minst: 2}")), rows("2026-03-01\n2026-03-02"))
    assert [only(project, day).settled for day in ("2026-03-01", "2026-03-02")] == [False, True]
    assert only(make(plan(commitment("{minst: 2}")), rows("2026-03-01")), "2027-01-31").settled


def test_the_last_day_there_is_can_be_looked_at() -> None:
    target = "[{id: tid, minst: 60 %, räknar: {inom: 48 timmar, av: [anmäld, åtgärdad]}}, {id: vecka, minst: 1, varje: vecka}]"
    more = "uppföljning: {rapporteras: vecka, anstånd: 12345678901234567890}"
    made = make(plan(commitment(target, more)), rows("2026-05-12;2026-05-12 09:30", "datum;uppgifter.anmäld"))
    found = line(made, "9999-12-31")
    assert [row.outcome.value for row in found.rows] == [0, 1]
    assert found.missing
