"""E-mail addresses, phone numbers and plates: what is found and what is left alone. All are invented or kept free for
books and films by the Post and Telecom Authority."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppfoljning.rules.contact import emails, phones, plates
from uppfoljning.rules.privacy import check_privacy, cover
from uppfoljning.rules.privacy_look import may_be_personal

EMAILS = [
    "namn@exempel.example", "namn.efternamn@exempel.example", "Namn.Efternamn@Exempel.Example", "n@a.example",
    "namn+vandring@exempel.example", "namn_1@sub.exempel.example", "namn-n@exempel-koping.example", "åsa@exempel.example",
    "namn@åre.example", "namn%x@exempel.example", "namn＠exempel.example", "n.a.m.n@a.b.c.example",
]  # fmt: skip
PHONES = [
    "070-174 06 05", "070-1740605", "070 174 06 05", "0701740605", "073-000 00 00", "076-000 00 00", "072-000 00 00",
    "079-000 00 00", "070–174 06 05", "070-174\u00a006\u00a005", "070 - 174 06 05", "070/174 06 05", "070-17 40 605",
    "+46 70 174 06 05", "+46701740605", "+46 (0)70-174 06 05", "+46-70-1740605", "0046 70 174 06 05", "0046701740605",
    "08-465 004 00", "08-46 50 04", "08-4650040", "08 465 004 00", "(08) 465 004 00", "040-628 04 01", "031-390 06 00",
    "0980-319 202", "0980-319203", "0980-319 200", "040-628 04 00", "070-174-06-05", "070-174\u201106\u201105",
    "+47 22 12 34 56 78", "+358 40 000 0000", "0730000000",
]  # fmt: skip
PHONES_WITH_A_WORD = ["tel 084650040", "telefon: 0980 319 200", "ring 0980 319201", "nås på 0313900600", "mobil 0406280402"]
PLATES = [
    "bilen ABC 123", "regnr ABC123", "reg.nr ABC 12D", "reg ABC 123", "registreringsnummer ABC123", "skylt: MLB 84A",
    "nummerplåt MLB84A", "mopeden ABC 123", "en mc med ABC 123", "röd Volvo, ABC 123", "ABC 123 på bilen",
    "fordonet (ABC 123)", "personbil ABC 123", "skåpbilen ABC 123", "A-traktor, ABC 123", "motorcykel ABC\u00a0123",
    "släpvagn ABC 123", "taxi ABC 123", "husbilen ABC123.", "Fordon ABC 123 och bil DEF 456",
]  # fmt: skip
NEITHER = [
    "KS 2025/123", "dnr 0123-2026", "2026-03-06", "2026-03-06 20:30", "2026-03-06–2026-03-20", "kl 08-12", "kl 08-12 13-17",
    "08-16, 09-15", "20:00–02:00", "1 234 567", "1 234 567 kr", "+1 234 567", "100 000 invånare", "0180", 'kommun: "0180"',
    "0180 123 456", "556677-8899", "org.nr 556677-8899", "802001-0103", "112", "114 14", "polisen 11414", "1177", "116 111",
    "08-46 50", "0980-319 000 000 000",
    "0,5 timmar", "0.00468314680949", "58.0123456, 14.0987654", "2026-W14", "2026-T1", "VT2026", "E 20", "väg E 20 och bil",
    "bil PDF 123", "skylten ISO 900", "LVU 2026", "LVU 202 om bilen", "bilen HVB 123", "bil: ABQ 123", "bil ABI 123",
    "ABC 123", "mobil ABC 123", "stabil ABC 123", "bilen\nABC 123", "bil ABC 1234", "bil XABC 123", "bil ABC-123-x",
    "@kommunen", "3 @ 50 kr", "git@example.org:grupp/plan", "typer@0.28", "namn@värd", "a@b",
    "https://example.org/070-174-06-05", "https://example.org/0701740605?x=1", "https://example.org/850704-9991",
    "0123456789", "12345678901234567890", "id 0701740605a", "3f0701740605", "0-100 000 kr",
    "14 000-16 000", "sidan 08-09", "05-12 2026", "lag (2023:196)", "123 45 Exempelköping", "bankgiro 123-4567",
]  # fmt: skip


@pytest.mark.parametrize("address", EMAILS)
@pytest.mark.parametrize("around", ["{}", "Skriv till {}.", "mejl:{};", "<{}>", "({}),"])
def test_an_address(address: str, around: str) -> None:
    text = around.format(address)
    begun = around.index("{")
    assert list(emails(text)) == [(begun, begun + len(address))]
    assert may_be_personal(text.encode())


@pytest.mark.parametrize("number", PHONES)
@pytest.mark.parametrize("around", ["{}", "Nås på {}.", "tel:{};", "({}),", "'{}'", "2026-03-06: {} kl. 20"])
def test_a_phone_number(number: str, around: str) -> None:
    text = around.format(number)
    begun = around.index("{")
    found = list(phones(text))
    assert found == [(begun, begun + len(number))]
    assert may_be_personal(text.encode())


@pytest.mark.parametrize("text", PHONES_WITH_A_WORD)
def test_a_phone_number_that_needs_a_word(text: str) -> None:
    word, _, number = text.rpartition(" 0")
    assert len(list(phones(text))) == 1
    assert list(phones(f"0{number}")) == []
    assert word and may_be_personal(text.encode())


@pytest.mark.parametrize("text", PLATES)
def test_a_plate(text: str) -> None:
    found = list(plates(text))
    assert len(found) == 1 + text.count("DEF")
    assert all(text[start:end].replace("\u00a0", " ").replace(" ", "").isalnum() for start, end in found)
    assert may_be_personal(text.encode())


@pytest.mark.parametrize("text", NEITHER)
def test_left_alone(text: str) -> None:
    assert [*emails(text), *phones(text), *plates(text)] == []
    assert cover(text) == text
    assert check_privacy("reports/x.yaml", text) == []


@pytest.mark.parametrize("text", [*EMAILS, *PHONES, *PLATES])
def test_covered_and_as_long(text: str) -> None:
    hidden = cover(text)
    assert len(hidden) == len(text)
    assert "•" in hidden
    assert [*emails(hidden), *phones(hidden), *plates(hidden)] == []
    assert cover(hidden) == hidden


@given(
    st.lists(
        st.sampled_from(
            [*"0123456789-+ /()@", "–", "\u00a0", "07", "08-", "46", "850704", "９", "＠", "bil ", "ABC", "tel ", "a.se"]
        )
    )
)
def test_the_quick_look_misses_nothing(parts: list[str]) -> None:
    text = "".join(parts)
    assert may_be_personal(text.encode()) or [*emails(text), *phones(text), *plates(text)] == []
    assert may_be_personal(text.encode()) or check_privacy("x.yaml", text) == []


@given(st.text(max_size=80))
def test_any_text_is_covered_once_and_for_all(text: str) -> None:
    assert len(cover(text)) == len(text)
    assert cover(cover(text)) == cover(text)


@given(
    st.lists(st.sampled_from([*EMAILS, *PHONES, *PLATES]), min_size=1, max_size=6),
    st.sampled_from([", ", "/", ";", " och ", "\n"]),
)
def test_each_of_many_is_covered(values: list[str], between: str) -> None:
    hidden = cover(between.join(values))
    assert not any(value in hidden for value in values)
    assert cover(hidden) == hidden
