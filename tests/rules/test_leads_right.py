"""What people write first: each wrong spelling is answered with what leads right, and what it says makes the finding go away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.running import folder
from tests.rules.project_pieces import JUDGEMENT, PLAN, base, project, report_with
from uppfoljning.cli.main import main
from uppfoljning.domain.finding import Finding
from uppfoljning.domain.synonyms import MEANT, begins_with, denies
from uppfoljning.project.plans import BUILT_IN, built_in
from uppfoljning.rules.catalogue import level_of

REPORT = "reports/prov.yaml"
GOAL = "mål: {minst: 40, enhet: vandringar, per: år}"
WHO = "ansvarig: nattvandrare\n    orsaker"
PARTIES = "parter: [nattvandrarna, kommunen]"
DECISION = "beslut: {datum: 2025-12-10, referens: KS 2025/123}"
ROLE = "kommunpolis: {titel: Kommunpolis, part: polisen}"
PAUSES = "pauser:\n      - {från: 2026-07-01, till: 2026-07-31, skäl: resurser}"
SERIES = "avläsningar: [2026-04-30, 2026-08-31, 2026-12-31]"

LEVEL = "mål: {minst: 2, sätt: nivå, räknar: besök, baslinje: {värde: 1}}"
ONE = "pauser:\n      - från: 2026-07-01\n        till: 2026-07-10\n        skäl: annat\n"
ANOTHER = "från: 2026-08-01\n        till: 2026-08-10\n        skäl: annat"
YEARS = "{från: 2026-01-01, till: 2028-12-31}"

IN_THE_PLAN = [
    # what stands in the sound plan, what people write instead, what they are told, what they then write
    (GOAL, "mål: {senast: 2026-05-31}", "menade du klart?", "mål: {klart: 2026-05-31}"),
    (GOAL, "mål: {deadline: 2026-05-31}", "menade du klart?", "mål: {klart: 2026-05-31}"),
    (GOAL, "mål: {till: 2026-05-31}", "menade du klart?", "mål: {klart: 2026-05-31}"),
    (GOAL, "mål: {slutdatum: 2026-05-31}", "menade du klart?", "mål: {klart: 2026-05-31}"),
    (GOAL, "mål: 24 tillsyner per år", "{minst: 24, enhet: tillsyner, per: år}", "mål: {minst: 24, enhet: tillsyner, per: år}"),
    (GOAL, "mål: högst 10 klagomål", "{högst: 10, enhet: klagomål}", "mål: {högst: 10, enhet: klagomål}"),
    (GOAL, "mål: 24", "{minst: 24}", "mål: {minst: 24}"),
    (GOAL, "mål: vid behov", "{antal: vid behov}", "mål: {antal: vid behov}"),
    (GOAL, "mål: kontinuerligt", "{antal: löpande}", "mål: {antal: löpande}"),
    (GOAL, "mål: 2026-06-30", "{klart: 2026-06-30}", "mål: {klart: 2026-06-30}"),
    (GOAL, "mål: så ofta det går", "{antal: vid behov}", "mål: {antal: vid behov}"),
    (GOAL, "mål: {antal: 24 st}", "skriv 24", "mål: {antal: 24}"),
    (GOAL, "mål: {min: 4}", "menade du minst?", "mål: {minst: 4}"),
    (GOAL, "mål: {max: 4}", "menade du högst?", "mål: {högst: 4}"),
    (GOAL, "mål: {minst: 24, per: årligen}", "menade du år?", "mål: {minst: 24, per: år}"),
    (GOAL, 'mål: {minst: 1, varje: "fre, lör"}', "[fre, lör]", "mål: {minst: 1, varje: [fre, lör]}"),
    (GOAL, "mål: {minst: 1, varje: fredag}", "[fre]", "mål: {minst: 1, varje: [fre]}"),
    (GOAL, "mål: {minst: 1, varje: fredagar och lördagar}", "[fre, lör]", "mål: {minst: 1, varje: [fre, lör]}"),
    (GOAL, "mål: {mellan: 4-6}", "[4, 6]", "mål: {mellan: [4, 6]}"),
    (GOAL, "mål: {minst: 2, sätt: nivå, baslinje: 1}", "{värde: 1}", LEVEL),
    (GOAL, "mål: {minst: 2, sätt: nivå, utgångsläge: {värde: 1}}", "menade du baslinje?", LEVEL),
    (WHO, "ansvarig: Alkoholhandläggare\n    orsaker", "skriv handläggare", "ansvarig: handläggare\n    orsaker"),
    (WHO, "ansvarig: alkoholhandläggare\n    orsaker", "menade du handläggare?", "ansvarig: handläggare\n    orsaker"),
    (WHO, "ansvarig: Exempelköpings kommun\n    orsaker", "skriv kommunen", "ansvarig: kommunen\n    orsaker"),
    (WHO, "ansvarig: Förnamn Efternamn\n    orsaker", "välj en funktion eller part: fältare, handläggare, kommunen, kommunpolis",
     "ansvarig: fältare\n    orsaker"),
    (WHO, "ansvar: nattvandrare\n    orsaker", "menade du ansvarig?", WHO),
    (DECISION, "beslut: 2025-12-10", "{datum: 2025-12-10}", "beslut: {datum: 2025-12-10}"),
    (DECISION, "beslutad: {datum: 2025-12-10}", "menade du beslut?", "beslut: {datum: 2025-12-10}"),
    (DECISION, "beslut:\n  - datum: 2025-12-10", "ta bort strecket", "beslut:\n    datum: 2025-12-10"),
    ("period: 2026\n", "period: 2026-2028\n", YEARS, f"period: {YEARS}\n"),
    ("period: 2026\n", "period: 2026-01 – 2026-12\n", "{från: 2026-01-01, till: 2026-12-31}",
     "period: {från: 2026-01-01, till: 2026-12-31}\n"),
    ("period: VT2026\n", "period: T2 2026\n", "skriv 2026-T2", "period: 2026-T2\n"),
    ("period: VT2026\n", "period: mars 2026\n", "skriv 2026-03", "period: 2026-03\n"),
    ("period: VT2026\n", "period: 2026-q2\n", "skriv 2026-K2", "period: 2026-K2\n"),
    (PARTIES, "parter: nattvandrarna, kommunen", "[nattvandrarna, kommunen]", PARTIES),
    (PARTIES, "parter: nattvandrarna och kommunen", "[nattvandrarna, kommunen]", PARTIES),
    (PARTIES, "parter: kommunen", "[kommunen]", "parter: [kommunen]"),
    (PARTIES, "parter: [Föreningen Nattvandrarna]", "skriv nattvandrarna", "parter: [nattvandrarna]"),
    (PARTIES, "part: [kommunen]", "menade du parter?", "parter: [kommunen]"),
    (ROLE, "kommunpolis: Kommunpolis", "{titel: …, part: …}", ROLE),
    (ROLE, "Förnamn Efternamn: {titel: Kommunpolis, part: polisen}", "skriv kommunpolis", ROLE),
    (ROLE, "Kommunpolis: {titel: Kommunpolis, part: polisen}", "skriv kommunpolis", ROLE),
    (ROLE, "kommunpolis: {titel: Kommunpolis, part: Lokalpolisområde Exempelköping}", "skriv polisen", ROLE),
    (ROLE, "kommunpolis: {namn: Kommunpolis, part: polisen}", "menade du titel?", ROLE),
    (PAUSES, PAUSES.replace("resurser", "semester"), "menade du resurser?", PAUSES),
    (PAUSES, PAUSES.replace("resurser", "sjukdom"), "menade du resurser?", PAUSES),
    (PAUSES, PAUSES.replace("skäl", "orsak"), "menade du skäl?", PAUSES),
    (PAUSES, "pauser: {från: 2026-07-01, till: 2026-07-31, skäl: resurser}", "före den första nyckeln: - från:", PAUSES),
    (PAUSES, "pauser:\n      -från: 2026-07-01\n      till: 2026-07-31", "- från:", PAUSES),
    (PAUSES, f"{ONE}        {ANOTHER}", "streck före: - från:", f"{ONE}      - {ANOTHER}"),
    ("platser: [centrum]", "platser: [Norra stan]", "skriv norra", "platser: [norra]"),
    ("insats: [centrum]", "insats: centrum", "[centrum]", "insats: [centrum]"),
    ("riktning: minska", "riktning: färre", "menade du minska?", "riktning: minska"),
    ("typ: åtgärdsplan", "typ: handlingsplan", "menade du åtgärdsplan?", "typ: åtgärdsplan"),
    ("rapporteras: månad", "rapporteras: månadsvis", "menade du månad?", "rapporteras: månad"),
    ("uppföljning: {rapporteras: månad, anstånd: 7, rapportör: handläggare}", "uppföljning: månad", "{rapporteras: månad}",
     "uppföljning: {rapporteras: månad}"),
    ("varje: tillfälle", "varje: gång", "menade du tillfälle?", "varje: tillfälle"),
    ("senast: 2026-01-20", "senast: den 20 januari 2026", "skriv 2026-01-20", "senast: 2026-01-20"),
    ("senast: 2026-01-20", "deadline: 2026-01-20", "menade du senast?", "senast: 2026-01-20"),
    ("snabbrapport: kvällsvandring", "snabbrapport: Kvällsvandring", "skriv kvällsvandring", "snabbrapport: kvällsvandring"),
    ("orsaker: [1]", "orsaker: 1, 2", "[1, 2]", "orsaker: [1, 2]"),
    (SERIES, "avläsningar: 2026-04-30, 2026-08-31", "[2026-04-30, 2026-08-31]", "avläsningar: [2026-04-30, 2026-08-31]"),
    ("{VT2026: [2026-01-08, 2026-06-12], ", "{VT2026: 2026-01-08 – 2026-06-12, ", "[2026-01-08, 2026-06-12]",
     "{VT2026: [2026-01-08, 2026-06-12], "),
]  # fmt: skip

IN_A_REPORT = [
    # what people write, what they are told, what they then write
    ("samtal: 14", "flytta in raden under uppgifter:", "uppgifter:\n  samtal: 14"),
    ("samling: ja", "flytta in raden under moment:", "moment:\n  samling: ja"),
    ("nattvandrare: 4", "flytta in raden under funktioner:", "funktioner:\n  nattvandrare: 4"),
    ("genomförande: 4", "flytta in raden under timmar:", "timmar:\n  genomförande: 4"),
    ("plats: Norra stan", "skriv norra", "plats: norra"),
    ("plats: centrum, norra", "[centrum, norra]", "plats: [centrum, norra]"),
    ("plats: centrum och norra", "[centrum, norra]", "plats: [centrum, norra]"),
    ("rapportör: Förnamn Efternamn", "välj en funktion eller part: fältare", "rapportör: fältare"),
    ("rapportör: Fältassistent", "skriv fältare", "rapportör: fältare"),
    ("rapportör: fältassistent", "menade du fältare?", "rapportör: fältare"),
    ("datum: 6 mars 2026", "skriv 2026-03-06", "datum: 2026-03-06"),
    ("datum: 2026-3-6", "skriv 2026-03-06", "datum: 2026-03-06"),
    ("datum: 20260306", "skriv 2026-03-06", "datum: 2026-03-06"),
    ("start: kl 20.30", "skriv 20:30", "start: 20:30"),
    ("start: 20", "skriv 20:00", "start: 20:00"),
    ("sluttid: 23:00", "menade du slut?", "slut: 23:00"),
    ("läge: genomfört", "menade du genomförd?", "läge: genomförd"),
    ("funktioner: {Nattvandrare: 3}", "skriv nattvandrare", "funktioner: {nattvandrare: 3}"),
    ("funktioner: {Förnamn Efternamn: 3}", "välj en funktion: fältare, handläggare", "funktioner: {fältare: 3}"),
    ("timmar: 4", "{planering: 1}", "timmar: {planering: 1}"),
    ("avvikelser: {vad: Regn, skäl: väder}", "före den första nyckeln: - vad:", "avvikelser:\n  - {vad: Regn, skäl: väder}"),
    ("avvikelser:\n  - {vad: Regn, skäl: regn}", "menade du väder?", "avvikelser:\n  - {vad: Regn, skäl: väder}"),
    ("avvikelser:\n  - {vad: Kort, skäl: sjukdom}", "menade du resurser?", "avvikelser:\n  - {vad: Kort, skäl: resurser}"),
    ("kommentar: Lugnt", "menade du text?", "text: Lugnt"),
    ("status: genomförd", "menade du läge?", "läge: genomförd"),
    ("inskickad: 2026-03-07", "menade du inlämnad?", "inlämnad: 2026-03-07"),
    ("uppgifter: {samtal: 14 st}", "skriv 14", "uppgifter: {samtal: 14}"),
    ("deltagare: {nattvandrare: 4}", "menade du funktioner?", "funktioner: {nattvandrare: 4}"),
    ("parter: kommunen", "[kommunen]", "parter: [kommunen]"),
    ("åtagande: Nattvandring i centrum", "skriv nattvandring", "åtagande: nattvandring"),
    ("plan: Åtgärdsplan för Exempelköping", "skriv exempel-2026", "plan: exempel-2026"),
]

IN_A_JUDGEMENT = [
    ("genomförande: delvis", "genomförande: Delvis genomfört", "menade du delvis?", "genomförande: delvis"),
    ("genomförande: delvis", "genomförande: inte genomfört", "menade du ej genomfört?", "genomförande: ej genomfört"),
    ("genomförande: delvis", "genomförande: Genomförd", "menade du genomfört?", "genomförande: genomfört"),
    ("genomförande: delvis", "genomförande: pågående", "menade du pågår?", "genomförande: pågår"),
    ("resultat: gott", "resultat: bra", "menade du gott?", "resultat: gott"),
    ("resultat: gott", "resultat: vet ej", "menade du går inte att bedöma?", "resultat: går inte att bedöma"),
]


def _found(files: dict[str, str]) -> list[Finding]:
    return [one for one in project(base(), files).findings if level_of(one.problem.code) == "fel"]


def _cases() -> list[tuple[dict[str, str], str, dict[str, str], str]]:
    plan, judgement = base()[PLAN].decode(), base()[JUDGEMENT].decode()
    cases = []
    for sound, wrong, said, right in IN_THE_PLAN:
        assert sound in plan, sound
        cases.append(({PLAN: plan.replace(sound, wrong, 1)}, said, {PLAN: plan.replace(sound, right, 1)}, wrong))
    for wrong, said, right in IN_A_REPORT:
        cases.append(({REPORT: report_with(wrong + "\n")}, said, {REPORT: report_with(right + "\n")}, wrong))
    for sound, wrong, said, right in IN_A_JUDGEMENT:
        before, after = judgement.replace(sound, wrong, 1), judgement.replace(sound, right, 1)
        cases.append(({JUDGEMENT: before}, said, {JUDGEMENT: after}, wrong))
    return cases


CASES = _cases()


def test_the_table_is_long_enough() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize(("wrong", "said", "right", "written"), CASES, ids=[case[3].replace("\n", " ")[:60] for case in CASES])
def test_the_remedy_leads_right_and_followed_makes_the_finding_go_away(
    wrong: dict[str, str], said: str, right: dict[str, str], written: str
) -> None:
    found = _found(wrong)
    told = [one for one in found if said in one.problem.remedy]
    assert told, [(one.problem.message, one.problem.remedy) for one in found]
    codes = {one.problem.code for one in told}
    assert not [one for one in _found(right) if one.problem.code in codes]
    shown = " ".join(f"{one.problem.message} {one.problem.remedy} {one.problem.note}" for one in found).casefold()
    assert not re.search(r"f[oö]rnamn|efternamn", shown)


PERSON = "Förnamn Efternamn"
NAMED = [
    {PLAN: base()[PLAN].decode().replace(WHO, f"ansvarig: {PERSON}\n    orsaker", 1)},
    {PLAN: base()[PLAN].decode().replace("rapportör: handläggare", f"rapportör: {PERSON}", 1)},
    {PLAN: base()[PLAN].decode().replace("ansvarig: handläggare, senast", f"ansvarig: {PERSON}, senast", 1)},
    {PLAN: base()[PLAN].decode().replace("funktioner: [kommunpolis, handläggare]", f"funktioner: [{PERSON}]", 1)},
    {PLAN: base()[PLAN].decode().replace(ROLE, f"{PERSON}: {{part: polisen}}", 1)},
    {REPORT: report_with(f"rapportör: {PERSON}\n")},
    {REPORT: report_with(f"funktioner: {{{PERSON}: 2}}\n")},
    {REPORT: report_with(f"iakttagelser:\n  - text: Lampa\n    ansvarig: {PERSON}\n")},
    {"reports/prov.csv": f"åtagande;plan;datum;rapportör\nnattvandring;exempel-2026;2026-03-07;{PERSON}\n"},
]


@pytest.mark.parametrize("files", NAMED)
def test_nobody_is_asked_to_write_a_persons_name(files: dict[str, str]) -> None:
    found = _found(files)
    assert any("personnamn hör inte hemma här" in one.problem.remedy for one in found)
    for one in found:
        assert not re.search(r"f[oö]rnamn|efternamn", f"{one.problem}".casefold())


def test_a_field_as_a_column_is_shown_where_it_belongs() -> None:
    (found,) = _found({"reports/prov.csv": "åtagande;plan;datum;samtal\nnattvandring;exempel-2026;2026-03-07;4\n"})
    assert found.problem.remedy == "döp kolumnen till uppgifter.samtal"


def test_two_keys_that_are_no_new_item_are_told_one_by_one() -> None:
    found = _found({REPORT: report_with("text: Lugnt\n") + "text: Tyst\nsamtal: 3\n"})
    assert "ta bort den ena, eller slå ihop dem" in [one.problem.remedy for one in found]


def test_every_word_of_the_table_is_one_of_the_format() -> None:
    """A word that the format no longer has would be offered in vain."""
    from uppfoljning.domain import form, judgement, period, plan, report, scalars, target
    from uppfoljning.domain.schema import Record

    def keys(cls: type[Record]) -> set[str]:
        return set(cls.KEYS).union(*(keys(below) for below in cls.__subclasses__()))

    words = {
        *scalars.REASONS, *report.STATES, *judgement.CARRIED_OUT_WORDS, *judgement.RESULT_WORDS, *target.NO_NUMBER,
        *period.SUB_PERIODS, *plan.KINDS, *form.TYPES, plan.EACH_OCCASION, "minska", "öka", "nivå", "summa",
    }  # fmt: skip
    known = keys(Record) | words
    assert {word for said in MEANT.values() for word in said} <= known


@pytest.mark.parametrize("id", BUILT_IN)
def test_no_field_of_a_built_in_form_is_taken_for_another_key(id: str) -> None:
    """What stands at the top of a report and is a field belongs under `uppgifter`, whatever else the word may mean."""
    plan = base()[PLAN].decode().replace("snabbrapport: kvällsvandring", f"snabbrapport: {id}", 1)
    from uppfoljning.domain.report import QuickReport

    for name in built_in(id).fields.keys() - QuickReport.KEYS.keys():
        text = f"åtagande: nattvandring\nplan: exempel-2026\ndatum: 2026-03-08\n{name}: 1\n"
        remedies = [one.problem.remedy for one in _found({PLAN: plan, REPORT: text}) if one.place.path == (name,)]
        assert remedies == ["flytta in raden under uppgifter:"]


@pytest.mark.parametrize("word", ["ej klart", "inte gjort alls", "inget gott"])
def test_a_word_is_never_answered_with_its_opposite(word: str) -> None:
    found = begins_with(word, ("genomfört", "klart", "gott", "gjort"))
    assert found is None and denies(word)


def test_what_is_said_of_several_places_is_said_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = "plan: prov\ntitel: Prov\ntyp: åtgärdsplan\nperiod: 2026\nparter: {a: A}\nåtaganden:\n"
    each = "".join(f"  - {{id: l{at}, titel: L, parter: [a], mål: {{minst: 2}}}}\n" for at in range(8))
    where = folder(tmp_path, {"plans/prov.yaml": head + each})
    assert main(["-C", where, "validera", "--format", "text"]) == 0
    told = capsys.readouterr()
    assert told.out.count("åtagandet saknar dokumentation") == 1
    assert "(8 ställen: rad 7, 8, 9, 10, 11, 12, 13, 14)" in " ".join(told.out.split())
    assert re.search(r"\b8 \w+ i 1 fil", told.err)
    # What a program reads has each of them.
    assert main(["-C", where, "validera", "--format", "kort"]) == 0
    assert capsys.readouterr().out.count("M702") == 8
