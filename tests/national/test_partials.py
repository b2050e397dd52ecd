"""The partial sums of one municipality, worked out by hand; exact, with how sure they are, and without anyone's words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest

from docs import gor
from tests.national.pieces import exported, partials, promise, rows, town
from tests.projects import FORM, errors, read
from uppfoljning.domain.scalars import parse_text
from uppfoljning.national.gathered import LARGEST
from uppfoljning.national.parquet import parquet_files
from uppfoljning.national.partials import form_version, is_built_in, municipality_of, partials_of
from uppfoljning.national.schema import TABLES
from uppfoljning.project.plans import BUILT_IN, built_in

SUMS = [column.name for column in TABLES["manader"].values]


def month(part: str, month: str, **wanted: int) -> tuple[str, str, dict[str, int]]:
    return part, month, dict.fromkeys(SUMS, 0) | wanted


def test_the_months_of_a_commitment() -> None:
    found = [(one["part"], one["manad"], {name: one[name] for name in SUMS}) for one in rows(town(), "manader")]
    late = {"plikter": 1}
    assert sorted(found, key=repr) == sorted(
        [
            # the joint occasion counts once, for both; each of its reports for its own party
            month("kommunen", "2026-01", rapporter=2, tillfallen=1, andrade=1),
            month("polisen", "2026-01", rapporter=1),
            month("kommunen+polisen", "2026-01", tillfallen=1, som_planerat=1),
            month("kommunen", "2026-02", rapporter=1, installda=1),
            month("kommunen", "2026-03", rapporter=1, flyttade=1),
            month("kommunen", "2026-04", rapporter=1, tillfallen=3, minst=1),
            month("kommunen+polisen", "2026-05", rapporter=1, nollrapporter=1),
            month("kommunen", "2026-06", rapporter=1, tillfallen=1, som_planerat=1),
            # duties fall due seven days into the month after, and are the reporter's party's
            month("klubben", "2026-02", plikter=1, besvarade=1, i_tid=1),
            month("klubben", "2026-03", plikter=1, besvarade=1),
            month("klubben", "2026-04", plikter=1, besvarade=1, i_tid=1),
            month("klubben", "2026-05", plikter=1, besvarade=1, i_tid=1),
            month("klubben", "2026-06", plikter=1, besvarade=1, i_tid=1),
            month("klubben", "2026-07", plikter=1, besvarade=1, i_tid=1),
            *(month("klubben", f"2026-{number:02}", **late) for number in (8, 9, 10, 11, 12)),
        ],
        key=repr,
    )
    assert {one["utgava"] for one in rows(town(), "manader") if one["manad"] == "2026-06" and one["rapporter"]} == {"0123abcd"}


def test_the_reporting_months_are_those_of_the_months() -> None:
    by_month: Counter[str] = Counter()
    for one in rows(town(), "manader"):
        by_month[str(one["manad"])] += int(str(one["rapporter"]))
    found = {str(one["manad"]): one["rapporter"] for one in rows(town(), "rapportmanader")}
    assert found == +by_month == {f"2026-{month:02}": number for month, number in enumerate((3, 1, 1, 1, 1, 1), 1)}


def test_the_figures_of_a_commitment() -> None:
    found = {
        (one["slag"], one["namn"], one["part"], one["manad"], one["namnare"]): (
            one["taljare"],
            one["av"],
            one["antal"],
            one["ca"],
        )
        for one in rows(town(), "siffror")
        if one["antal"]
    }
    assert found == {
        ("uppgift", "samtal", "kommunen+polisen", "2026-01", 1): (10, 0, 1, 0),
        ("uppgift", "samtal", "kommunen", "2026-01", 1): (5, 0, 1, 1),
        ("uppgift", "samtal", "kommunen", "2026-04", 1): (7, 0, 1, 0),
        ("uppgift", "samtal", "kommunen", "2026-06", 1): (4, 0, 1, 0),
        ("uppgift", "km", "kommunen+polisen", "2026-01", 2): (3, 0, 1, 0),
        ("uppgift", "sedd", "kommunen", "2026-01", 1): (1, 0, 1, 0),
        # hours are those of different people: both reports of the joint occasion count
        ("timmar", "genomförande", "kommunen", "2026-01", 4): (9, 0, 1, 0),
        ("timmar", "genomförande", "polisen", "2026-01", 1): (3, 0, 1, 0),
        # done once of the three occasions that are single; the one that was corrected is not there
        ("moment", "samling", "kommunen+polisen", "2026-01", 1): (1, 2, 2, 0),
        ("moment", "samling", "kommunen+polisen", "2026-06", 1): (0, 1, 1, 0),
        ("engångsmoment", "kurs", "kommunen+polisen", "2026-01", 1): (1, 1, 1, 0),
        ("skäl", "väder", "kommunen", "2026-01", 1): (1, 0, 1, 0),
        ("skäl", "resurser", "kommunen", "2026-02", 1): (1, 0, 1, 0),
        ("skäl", "väder", "kommunen", "2026-03", 1): (1, 0, 1, 0),
    }


def test_a_missing_answer_is_told_as_missing_so_that_the_sum_is_a_lower_bound() -> None:
    missing = {(one["namn"], one["manad"]): one["saknas"] for one in rows(town(), "siffror") if one["saknas"]}
    assert missing[("km", "2026-01")] == 1 and missing[("km", "2026-04")] == 1
    assert ("samtal", "2026-01") not in missing


def test_the_commitment_and_its_targets_as_they_stand() -> None:
    (one,) = rows(town(), "ataganden")
    assert one["parter"] == "kommunen+polisen" and one["plantyp"] == "medborgarlöfte" and one["inbyggd"] is False
    assert (one["fran"], one["till"], one["avslutad"]) == (date(2026, 1, 1), date(2026, 12, 31), False)
    assert (one["matbart"], one["uppnatt"], one["status"]) == (True, False, "osäkert")
    assert (one["mal"], one["lovade"], one["gjorda"]) == (1, 12, 6)
    assert Fraction(int(str(one["vantade_taljare"])), int(str(one["vantade_namnare"]))) == 12
    (target,) = rows(town(), "mal")
    assert target["laggs_ihop"] and (target["hela_taljare"], target["utfall_taljare"], target["sakerhet"]) == (12, 6, "minst")


def test_a_day_in_between_sees_what_was_there() -> None:
    early = rows(town(), "manader", date(2026, 2, 1))
    assert {one["manad"] for one in early} == {"2026-01"}
    assert sum(int(str(one["tillfallen"])) for one in early) == 2


def test_a_stock_has_no_sum() -> None:
    text = promise(target="[{id: a, minst: 9, räknar: läge, sätt: nivå}, {id: b, minst: 3}]")
    found = rows(
        town(reports={"a": "datum: 2026-01-09\nuppgifter: {läge: 4, samtal: 2}\ninlämnad: 2026-01-09\n"}, text=text), "siffror"
    )
    assert {one["namn"] for one in found if one["slag"] == "uppgift" and one["antal"]} == {"samtal"}
    targets = rows(town(reports={"a": "datum: 2026-01-09\nuppgifter: {läge: 4}\ninlämnad: 2026-01-09\n"}, text=text), "mal")
    assert [(one["mal"], one["utfall_taljare"], one["laggs_ihop"]) for one in targets] == [("a", 4, False), ("b", 1, True)]


def test_thirds_are_exact(tmp_path: Path) -> None:
    form = FORM + "  tid: {typ: längd}\n"
    files = {"plans/prov-2026.yaml": promise(), "plans/snabbrapporter/prov.yaml": form}
    for day in (1, 2, 3):
        said = f"plan: prov-2026\nåtagande: lov\ndatum: 2026-01-0{day}\nuppgifter: {{tid: 20 min}}\ninlämnad: 2026-01-05\n"
        files[f"reports/{day}.yaml"] = said
    (one,) = (one for one in rows(read(files), "siffror") if one["namn"] == "tid")
    assert (one["taljare"], one["namnare"]) == (3, 3)


def test_what_no_count_can_be_is_left_out_and_told() -> None:
    large = {"a": f"datum: 2026-01-09\nuppgifter:\n  samtal: {LARGEST + 1}\n  km: 0,{'3' * 20}\ninlämnad: 2026-01-09\n"}
    found = partials(town(reports=large))
    assert found.too_large == ("prov-2026/lov",)
    lacking = {
        one["namn"]: (one["taljare"], one["saknas"])
        for one in rows(town(reports=large), "siffror")
        if one["saknas"] and one["namn"] in ("samtal", "km")
    }
    assert lacking == {"samtal": (0, 1), "km": (0, 1)}
    assert (
        partials(town(reports={"a": f"datum: 2026-01-09\nuppgifter: {{samtal: {LARGEST}}}\ninlämnad: 2026-01-09\n"})).too_large
        == ()
    )


def test_the_same_rows_give_the_same_bytes() -> None:
    found = {"0180": partials(town())}
    assert parquet_files(found, date(2026, 12, 31)) == parquet_files(found, date(2026, 12, 31))


def test_a_municipality_keeps_its_zero_in_every_reader(tmp_path: Path) -> None:
    exported(tmp_path, {"0180": town()})
    for name, table in TABLES.items():
        described = duckdb.execute(f"DESCRIBE SELECT * FROM '{tmp_path}/{name}/*/*.parquet'").fetchall()
        assert [(column[0], column[1]) for column in described if column[0] != "kalla"] == [
            (one.name, one.type) for one in table.columns
        ]
        assert duckdb.execute(f"SELECT DISTINCT kalla, kommun, lan FROM '{tmp_path}/{name}/*/*.parquet'").fetchall() == [
            ("kommun-0180", "0180", "01")
        ]


def test_a_plan_without_a_code_has_that_of_the_others_or_the_one_given() -> None:
    project = town()
    (plan,) = project.plans.values()
    assert municipality_of(plan, project, "1480") == "0180"
    nameless = town(text=promise().replace('kommun: "0180"\n', ""))
    (plan,) = nameless.plans.values()
    assert municipality_of(plan, nameless, "1480") == "1480" and municipality_of(plan, nameless) == ""


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_the_programs_own_forms_are_known(name: str) -> None:
    assert is_built_in(built_in(name))


def test_a_changed_form_is_another_version() -> None:
    form = town().forms["prov"]
    other = town_with(FORM.replace("samtal: {typ: antal}", "samtal: {typ: antal, krävs: ja}"))
    assert form_version(form) != form_version(other) and len(form_version(form)) == 8
    assert not is_built_in(form) and not is_built_in(None)


def town_with(form: str) -> Any:
    return read({"plans/prov-2026.yaml": promise(), "plans/snabbrapporter/prov.yaml": form}).forms["prov"]


MARK = "Hemlighet"
MARKED = {
    "plans/prov-2026.yaml": f"""\
plan: prov-2026
titel: {MARK}
typ: medborgarlöfte
period: 2026
kommun: "0180"
källor: ["https://example.org/{MARK}"]
beslut: {{datum: 2025-12-10, referens: {MARK}, version: {MARK}}}
parter: {{kommunen: {MARK}, polisen: {MARK}}}
funktioner: {{värd: {{titel: {MARK}, part: kommunen}}}}
platser: {{torget: {MARK}}}
orsaker: {{1: {MARK}}}
ändringar:
  - {{datum: 2026-01-05, vad: period, före: {MARK}, efter: 2026, skäl: annat, varför: {MARK}, beslut: {MARK}}}
åtaganden:
  - id: lov
    titel: {MARK}
    parter: [kommunen, polisen]
    orsaker: [1]
    val: {MARK}
    syfte: {MARK}
    arbetssätt: {MARK}
    mål: {{minst: 3, enhet: {MARK}}}
    pauser: [{{från: 2026-07-01, till: 2026-07-31, skäl: resurser, varför: {MARK}}}]
    moment: [{{id: samling, titel: {MARK}, varje: tillfälle}}]
    snabbrapport: prov
    effektmål: {{text: {MARK}}}
    ändringar:
      - {{datum: 2026-01-05, vad: mål, före: minst 5 {MARK}, efter: minst 3 {MARK}, skäl: annat, varför: {MARK}, beslut: {MARK}}}
""",
    "plans/snabbrapporter/prov.yaml": f"""\
snabbrapport: prov
titel: {MARK}
fält:
  samtal: {{fråga: {MARK}, typ: antal}}
  väg: {{fråga: {MARK}, typ: text}}
  sort: {{fråga: {MARK}, typ: val, av: [{MARK}, annat]}}
""",
    f"reports/{MARK}.yaml": f"""\
plan: prov-2026
åtagande: lov
datum: 2026-01-09
uppgifter: {{samtal: 3, väg: {MARK}, sort: {MARK}}}
avvikelser: [{{vad: {MARK}, hur: {MARK}, skäl: väder, varför: {MARK}}}]
iakttagelser: [{{text: {MARK}, åtgärd: {MARK}}}]
kvitto: {MARK}
utgåva: {MARK}
text: {MARK}
inlämnad: 2026-01-09
""",
    "reports/rader.csv": f"plan;åtagande;datum;text;id;inlämnad\nprov-2026;lov;2026-01-16;{MARK};{MARK};2026-01-16\n",
    "reports/rattad.yaml": f"plan: prov-2026\nåtagande: lov\ndatum: 2026-01-16\nersätter: rader#{MARK}\ninlämnad: 2026-01-17\n",
    "reports/bedomningar/prov-2026-2026-T1.yaml": f"""\
bedömning: 2026-T1
plan: prov-2026
datum: 2026-05-12
av: {MARK}
åtaganden: {{lov: {{genomförande: delvis, motivering: {MARK}}}}}
""",
}


def free_text_keys() -> Iterator[str]:
    """The keys that take any text, of what a plan, a form, a report and a judgement hold."""
    for record in gor.records().values():
        if record.__module__.rpartition(".")[2] in ("plan", "report", "form", "judgement"):
            yield from (key for key, (_, declared) in record.KEYS.items() if declared.parse is parse_text)


def test_no_word_that_anyone_wrote_freely_is_there(tmp_path: Path) -> None:
    project = read(MARKED)
    assert errors(project) == []
    told = "\n".join(MARKED.values()) + f"id: {MARK}, vad: {MARK}, efter: {MARK}"  # the id of a row is a column
    assert [key for key in free_text_keys() if not re.search(rf"\b{key}: (minst . )?{MARK}", told)] == []
    exported(tmp_path, {"0180": project})
    files = sorted(tmp_path.rglob("*.parquet"))
    assert len(files) == len(TABLES)
    for file in files:
        assert MARK.encode() not in file.read_bytes()
        everything = duckdb.execute(f"SELECT * FROM read_parquet('{file}', hive_partitioning = false)").fetchall()
        assert everything and MARK not in repr(everything)
        metadata = duckdb.execute(f"SELECT * FROM parquet_kv_metadata('{file}')").fetchall()
        assert MARK not in repr(metadata) and str(tmp_path) not in repr(metadata)
    editions = {one["utgava"] for one in rows(project, "manader")}
    assert editions == {"", "annan"}


def test_the_plans_of_a_project_can_be_chosen() -> None:
    project = town()
    assert all(not found for found in partials_of(project, [], date(2026, 12, 31)).tables.values())
