"""Figures, answers and names as people write them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppfoljning.collect.table import values
from uppfoljning.collect.table.values import Unreadable
from uppfoljning.domain.mapping import COMMA, POINT

PLACES = values.by_fold([("centrum", "Centrum"), ("norra", "Norra stan"), ("n2", "Torget"), ("n3", "Torget"), ("torg", "norra")])


def read(reader: Callable[[str], str | list[str] | Unreadable], text: str) -> str | list[str] | None:
    found = reader(text)
    return None if isinstance(found, Unreadable) else found


@pytest.mark.parametrize(
    ("text", "count"),
    [
        *(("12", "12"), ("1 234", "1234"), ("1\u00a0234", "1234"), ("12 st", "12"), ("12st.", "12"), ("12 personer", "12")),
        *(("ca 20", "ca 20"), ("c:a 20", "ca 20"), ("Cirka 20 st", "ca 20"), ("ungefär 20", "ca 20"), ("~20", "ca 20")),
        *(("minst 5", "minst 5"), ("över 5", "minst 5"), ("20+", "minst 20"), ("３", "3"), ("3.0", "3"), ("tolv", "12")),
        *(("inga", "0"), ("noll", "0"), ("-1", None), ("1,5", None), ("12 varav 3 barn", None), ("många", None), ("1.500", None)),
        *(("007", None), ("", None), ("ca", None), ("10-12", None)),
    ],
)
def test_counts(text: str, count: str | None) -> None:
    assert read(values.read_count, text) == count


@pytest.mark.parametrize(
    ("text", "number"), [("1,5", "1,5"), ("1.5", "1,5"), ("-3", "-3"), ("ca 2,5", "ca 2,5"), ("1.333", None)]
)
def test_numbers(text: str, number: str | None) -> None:
    assert read(values.read_number, text) == number


def test_a_figure_that_can_be_two_says_how_to_settle_it() -> None:
    found = values.read_count("1.500")
    assert isinstance(found, Unreadable)
    assert "decimaltecken" in found.reason


@pytest.mark.parametrize(
    ("text", "sign", "written"),
    [
        *(("1.333", POINT, "1,3330"), ("1,234.5", POINT, "1234,5"), ("0.667", POINT, "0,667"), ("1,234", POINT, "1234")),
        *(("1.500", COMMA, "1500"), ("1.234.567,5", COMMA, "1234567,5"), ("1.5", COMMA, "1.5"), ("1,5", COMMA, "1,5")),
        *(("ca 1.5", POINT, "ca 1.5"), ("1.333", "", "1.333")),
    ],
)
def test_the_sign_before_decimals(text: str, sign: str, written: str) -> None:
    assert values.with_comma(text, sign) == written


@pytest.mark.parametrize(
    ("text", "share"),
    [
        *(("75 %", "75 %"), ("75%", "75 %"), ("75 procent", "75 %"), ("0,75", "75 %"), ("75", "75 %"), ("0", "0 %")),
        *(("1", None), ("1 %", "1 %"), ("100", "100 %"), ("-5 %", None), ("ca 5 %", None), ("hälften", None)),
    ],
)
def test_shares(text: str, share: str | None) -> None:
    assert read(values.read_share, text) == share


@pytest.mark.parametrize(
    ("text", "length"),
    [
        *(
            ("3:45", "3:45"),
            ("03:45:00", "03:45"),
            ("45 min", "45 min"),
            ("45 minutes", "45 min"),
            ("2 hours 30 min", "2 tim 30 min"),
        ),
        *(("1,5 tim", "1,5 tim"), ("länge", None), ("3", None)),
    ],
)
def test_lengths(text: str, length: str | None) -> None:
    assert read(values.read_length, text) == length


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        *(
            ("4,25", "4,25"),
            ("4.25", "4,25"),
            ("3:45", "3,75"),
            ("20 min", "0,33"),
            ("-1", None),
            ("ca 4", None),
            ("länge", None),
        ),
        ("1.333", None),
    ],
)
def test_hours(text: str, hours: str | None) -> None:
    assert read(values.read_hours, text) == hours


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *((one, "ja") for one in ("Ja", "j", "YES", "y", "TRUE", "1", "x", "X", "✓", "sant")),
        *((one, "nej") for one in ("Nej", "n", "No", "FALSE", "0", "falskt")),
        *((one, None) for one in ("Ja, två gånger", "kanske", "2", "-", "")),
    ],
)
def test_yes_and_no(text: str, answer: str | None) -> None:
    assert read(values.read_yes, text) == answer
    assert read(values.read_step, text) == answer


@pytest.mark.parametrize("text", ["Ej aktuellt", "ej relevant", "N/A"])
def test_a_step_may_not_apply(text: str) -> None:
    assert values.read_step(text) == "ej aktuellt"
    assert isinstance(values.read_yes(text), Unreadable)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        *(
            ("centrum", ["centrum"]),
            ("Norra stan", ["norra"]),
            ("NORRA STAN.", ["norra"]),
            ("Centrum, Norra stan", ["centrum", "norra"]),
        ),
        *(
            ("Centrum;Norra stan;", ["centrum", "norra"]),
            ("Centrum\nCentrum", ["centrum"]),
            ("norra", ["norra"]),
            ("Torget", None),
        ),
        *(("City", None), ("Centrum, City", None)),
    ],
)
def test_names_are_known_by_id_or_title(text: str, places: list[str] | None) -> None:
    assert read(lambda one: values.read_names(one, PLACES, "platsen"), text) == places


def test_one_name() -> None:
    assert values.read_name("Norra stan", PLACES, "platsen") == "norra"
    found = values.read_name("City", PLACES, "platsen")
    assert isinstance(found, Unreadable)
    assert found.reason == "platsen finns inte i planen; översätt ordet under värden i mappningen"


@given(st.text(max_size=20))
def test_reading_what_was_read_gives_the_same(text: str) -> None:
    for reader in (
        values.read_count,
        values.read_number,
        values.read_share,
        values.read_length,
        values.read_hours,
        values.read_yes,
    ):
        found = reader(text)
        assert isinstance(found, Unreadable) or reader(found) == found


@given(st.integers(0, 10**6), st.sampled_from(["{}", "ca {}", "minst {}"]))
def test_a_figure_of_the_format_stays_as_it_is(number: int, shape: str) -> None:
    assert values.read_count(shape.format(number)) == shape.format(number)
