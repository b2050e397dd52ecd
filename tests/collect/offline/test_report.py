"""What the script lets through passes the check, and what the check would refuse the script has already said."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.collect.offline.node import run
from tests.collect.offline.strings import CHOICES, PIECES, as_told
from tests.collect.offline.walks import FIRST, SOURCE, sheet, state, walks
from uppfoljning.collect.precheck import validate
from uppfoljning.domain.scalars import REASONS
from uppfoljning.files.yaml_load import read_yaml
from uppfoljning.project.plans import BUILT_IN
from uppfoljning.rules.privacy import PERSONAL

NUMBER = "850704-9990"
FORMS = [*BUILT_IN, "allt"]
Answer = tuple[list[dict[str, str]], str, list[str]]
"""What the script says, the report it gives, and the codes for which the check would refuse that."""
Answered = dict[str, Answer]


def handed_in(cases: list[tuple[str, dict[str, Any]]]) -> list[Answer]:
    """Forms that are filled in, checked by the script and then all handed in together."""
    given = [[sheet(form), filled | {"receipt": f"r{at}"}] for at, (form, filled) in enumerate(cases)]
    problems, yamls, names = run(("problems", [], given), ("yaml", [], given), ("fileName", [], given))
    files = {f"reports/{name}": yaml for name, yaml in zip(names, yamls, strict=True)}
    refused = validate(SOURCE, walks(), files).refused
    return [
        (said, yaml, sorted(finding.problem.code for finding in refused.get(file, ())))
        for said, (file, yaml) in zip(problems, files.items(), strict=True)
    ]


def wrong(said: list[dict[str, str]]) -> list[str]:
    return [one["where"] for one in said if one["level"] == "fel"]


@pytest.fixture(scope="module")
def least() -> Answered:
    return dict(zip(FORMS, handed_in([(form, state(form)) for form in FORMS]), strict=True))


@pytest.mark.parametrize("form", FORMS)
def test_a_form_filled_in_as_little_as_it_can_be(form: str, least: Answered) -> None:
    said, yaml, refused = least[form]
    assert (said, refused) == ([], [])
    assert yaml.startswith(f"åtagande: {form}\nplan: prov-2026\ndatum: 2026-03-06\n")


def test_every_question_of_every_form_can_be_answered() -> None:
    answers = {"antal": "3", "text": "Torget, hamnen", "ja/nej": "nej"}
    cases = []
    for form in BUILT_IN:
        fields = sheet(form)["fields"]
        facts = {field["id"]: field["choices"][-1] if field["choices"] else answers[field["type"]] for field in fields}
        cases.append((form, state(form, facts=facts)))
    for (form, filled), (said, yaml, refused) in zip(cases, handed_in(cases), strict=True):
        assert (said, refused) == ([], []), form
        tree, _ = read_yaml("reports/a.yaml", yaml.encode())
        assert isinstance(tree, dict) and tree["uppgifter"] == filled["facts"]


FAULTS: dict[str, tuple[str, dict[str, Any], str, list[str]]] = {
    "ingen dag": ("fotpatrull", {"day": ""}, "day", ["S102"]),
    "dagen finns inte": ("fotpatrull", {"day": "2026-02-30"}, "day", ["S105"]),
    "dagen före åtagandet": ("allt", {"day": "2026-01-31"}, "day", ["D406"]),
    "dagen efter åtagandet": ("allt", {"day": "2026-12-01"}, "day", ["D406"]),
    "inlämnad före dagen": ("fotpatrull", {"submitted": "2026-03-05"}, "day", ["D408"]),
    "inlämnad är ingen dag": ("fotpatrull", {"submitted": "i går"}, "submitted", ["S105"]),
    "start kan inte vara 24:00": ("fotpatrull", {"start": "24:00"}, "start", ["S104"]),
    "slut är inget klockslag": ("fotpatrull", {"end": "sent"}, "end", ["S104"]),
    "antal av en funktion": ("fotpatrull", {"functions": {"kommunpolis": "ca 2"}}, "functions.kommunpolis", ["S107"]),
    "halv person": ("fotpatrull", {"functions": {"kommunpolis": "1,5"}}, "functions.kommunpolis", ["S109"]),
    "inget tal": ("allt", {"facts": {"samtal": "många"}}, "facts.samtal", ["S107"]),
    "tvetydigt tal": ("allt", {"facts": {"samtal": "1.500"}}, "facts.samtal", ["S108"]),
    "negativt antal": ("allt", {"facts": {"samtal": "-1"}}, "facts.samtal", ["S109"]),
    "under gränsen": ("allt", {"facts": {"besök": "0"}}, "facts.besök", ["S121"]),
    "över gränsen": ("allt", {"facts": {"km": "30,5"}}, "facts.km", ["S121"]),
    "ingen andel": ("allt", {"facts": {"trygga": "de flesta"}}, "facts.trygga", ["S110"]),
    "över hundra procent": ("allt", {"facts": {"trygga": "101"}}, "facts.trygga", ["S110"]),
    "varken ja eller nej": ("allt", {"facts": {"alkohol": "lite"}}, "facts.alkohol", ["S117"]),
    "inget datum": ("allt", {"facts": {"nästa": "snart"}}, "facts.nästa", ["S105"]),
    "inget klockslag": ("allt", {"facts": {"hemgång": "sen"}}, "facts.hemgång", ["S104"]),
    "ingen tidpunkt": ("allt", {"facts": {"anmäld": "2026-03-06"}}, "facts.anmäld", ["S111"]),
    "ingen längd": ("allt", {"facts": {"vandrat": "länge"}}, "facts.vandrat", ["S112"]),
    "för lång": ("allt", {"facts": {"vandrat": "12:31"}}, "facts.vandrat", ["S121"]),
    "del större än helhet": ("allt", {"facts": {"samtal": "4", "unga": "5"}}, "facts.unga", ["T502"]),
    "längre del än helhet": ("allt", {"facts": {"vandrat": "1:30", "väntat": "91 min"}}, "facts.väntat", ["T502"]),
    "ja till en del men inte till helheten": ("allt", {"facts": {"oro": "nej", "bråk": "ja"}}, "facts.bråk", ["T502"]),
    "åtgärdad före anmäld": (
        "allt", {"facts": {"anmäld": "2026-03-06 21:30", "åtgärdad": "2026-03-06 21:29"}}, "facts.åtgärdad", ["D409"],
    ),
    "åtgärdad dagen före": (
        "allt", {"facts": {"anmäld": "2026-03-06 01:30", "åtgärdad": "2026-03-05T21.30"}}, "facts.åtgärdad", ["D409"],
    ),
    "svaret på ett moment": ("allt", {"steps": {"samling": "kanske"}}, "steps.samling", ["S117"]),
    "ett antal på ett moment": ("allt", {"steps": {"kallelse": "2"}}, "steps.kallelse", ["S117"]),
    "okänt skäl till moment": (
        "allt", {"steps": {"samling": "nej"}, "step_why": {"samling": {"reason": "regn"}}}, "step_why.samling.reason", ["S120"],
    ),
    "avvikelse utan vad": (
        "fotpatrull", {"deviations": [{"what": " ", "reason": "väder"}]}, "deviations.0.what", ["S102"],
    ),
    "avvikelse med okänt skäl": (
        "fotpatrull", {"deviations": [{}, {"what": "Kort", "reason": "regn"}]}, "deviations.1.reason", ["S120"],
    ),
    "iakttagelse utan text": ("fotpatrull", {"observations": [{"told": "ja"}]}, "observations.0.text", ["S102"]),
    "iakttagelse med bara dagen": ("fotpatrull", {"observations": [{"done": "2026-03-09"}]}, "observations.0.text", ["S102"]),
    "iakttagelse med bara åtgärden": ("fotpatrull", {"observations": [{"action": "Anmält"}]}, "observations.0.text", ["S102"]),
    "rapporterad kanske": (
        "fotpatrull", {"observations": [{"text": "Mörkt", "told": "vet ej"}]}, "observations.0.told", ["S117"],
    ),
    "klart när": ("fotpatrull", {"observations": [{"text": "Mörkt", "done": "snart"}]}, "observations.0.done", ["S105"]),
    "timmar under noll": ("fotpatrull", {"hours": {"planering": "-1"}}, "hours.planering", ["S109"]),
    "inga timmar": ("fotpatrull", {"hours": {"genomförande": "fyra"}}, "hours.genomförande", ["S107"]),
    "inställd utan skäl": ("fotpatrull", {"outcome": "inställd", "why": "Regn"}, "reason", ["M711"]),
    "flyttad utan skäl": ("fotpatrull", {"outcome": "flyttad", "moved_to": "2026-03-13"}, "reason", ["M711"]),
    "flyttad utan ny dag": ("fotpatrull", {"outcome": "flyttad", "reason": "väder"}, "moved_to", ["M712"]),
    "flyttad till något annat": (
        "fotpatrull", {"outcome": "flyttad", "reason": "väder", "moved_to": "sedan"}, "moved_to", ["S106"],
    ),
    "inställd före åtagandet": ("allt", {"outcome": "inställd", "reason": "väder", "day": "2026-01-01"}, "day", ["D406"]),
    "nollrapport utan period": ("fotpatrull", {"outcome": "nollrapport"}, "period", ["S102"]),
    "nollrapport för ingen period": ("fotpatrull", {"outcome": "nollrapport", "period": "mars"}, "period", ["S106"]),
    "nollrapport utanför": ("allt", {"outcome": "nollrapport", "period": "2026-W05"}, "period", ["D407"]),
    "nollrapport för en annan termin": ("allt", {"outcome": "nollrapport", "period": "VT2027"}, "period", ["R311"]),
    "läge": ("fotpatrull", {"outcome": "kanske"}, "outcome", ["S120"]),
    "utgåvan": ("fotpatrull", {"edition": "a b"}, "edition", ["S122"]),
}  # fmt: skip


@pytest.fixture(scope="module")
def faults() -> Answered:
    cases = [(form, state(form, **changes)) for form, changes, _, _ in FAULTS.values()]
    return dict(zip(FAULTS, handed_in(cases), strict=True))


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_that_the_check_would_find(name: str, faults: Answered) -> None:
    _, _, where, codes = FAULTS[name]
    said, _, refused = faults[name]
    assert refused == codes
    assert wrong(said) == [where]


HANDED_IN: list[tuple[str, dict[str, Any], list[str]]] = [
    ("fotpatrull", {"start": "20:30", "end": "00:45"}, []),
    ("fotpatrull", {"start": "00:00", "end": "24:00"}, []),
    ("fotpatrull", {"start": "20.30", "end": "2030"}, ["end"]),
    ("allt", {"day": "2026-07-10"}, ["day"]),
    ("allt", {"day": "2026-07-10", "outcome": "inställd", "reason": "resurser"}, []),
    ("allt", {"facts": {"samtal": ""}, "functions": {"nattvandrare": ""}}, ["functions.nattvandrare", "facts.samtal"]),
    ("allt", {"facts": {"samtal": "ca 4", "unga": "5"}}, []),
    ("allt", {"facts": {"anmäld": "2026-03-06 21:30", "åtgärdad": "2026-03-06 21:30"}}, []),
    ("allt", {"steps": {"samling": "nej", "återkoppling": "ej aktuellt"}}, ["step_why.samling.reason"]),
    ("allt", {"steps": {"samling": "nej"}, "step_why": {"samling": {"reason": "väder"}}}, []),
    ("allt", {"steps": {"kallelse": "nej"}}, []),
    ("allt", {"functions": {"nattvandrare": "2"}, "crew": {"reason": "resurser", "why": "En blev sjuk"}}, []),
    ("fotpatrull", {"functions": {"kommunpolis": "0"}}, []),
    ("fotpatrull", {"deviations": [{"what": "En kortare runda"}]}, ["deviations.0.reason"]),
    ("fotpatrull", {"outcome": "inställd", "reason": "väder", "day": "2026-12-31", "submitted": "2026-03-06"}, []),
    ("fotpatrull", {"outcome": "flyttad", "reason": "väder", "moved_to": "2026-W12"}, []),
    ("fotpatrull", {"outcome": "flyttad", "reason": "väder", "moved_to": "6/3 2026"}, ["moved_to"]),
    ("fotpatrull", {"outcome": "nollrapport", "period": "2026-03"}, []),
    ("fotpatrull", {"outcome": "nollrapport", "period": "2026-03", "submitted": "2026-03-30"}, ["period"]),
    ("fotpatrull", {"outcome": "nollrapport", "period": "2026-03-06", "facts": {"samtal": "0"}, "hours": {"planering": "x"}}, []),
    ("fotpatrull", {"outcome": "nollrapport", "period": "VT2026"}, []),
    ("fotpatrull", {"parties": ["kommunen", "klubben"], "places": ["hamnen", "borta"], "reporter": "borta"}, []),
    ("allt", {"replaces": FIRST.removeprefix("reports/").removesuffix(".yaml"), "day": "2026-03-01"}, []),
    ("fotpatrull", {"submitted": "", "receipt": "", "edition": "", "reporter": ""}, []),
]


def test_what_may_be_handed_in() -> None:
    cases = [(form, state(form, **changes)) for form, changes, _ in HANDED_IN]
    for (form, changes, odd), (said, _, refused) in zip(HANDED_IN, handed_in(cases), strict=True):
        assert [(one["where"], one["level"]) for one in said] == [(where, "varning") for where in odd], (form, changes)
        assert refused == [], (form, changes)


def test_too_small_a_crew_needs_a_reason_and_is_a_deviation() -> None:
    short = {"functions": {"nattvandrare": "2"}}
    unsaid, told = handed_in([("allt", state("allt", **short)), ("allt", state("allt", **short, crew={"reason": "resurser"}))])
    assert wrong(unsaid[0]) == ["crew.reason"]
    assert wrong(told[0]) == []
    tree, _ = read_yaml("reports/a.yaml", told[1].encode())
    assert isinstance(tree, dict) and tree["avvikelser"] == [{"vad": "Färre än 3 nattvandrare", "skäl": "resurser"}]


@pytest.mark.parametrize(
    ("parties", "written"),
    [
        ([], None),
        (["kommunen", "klubben"], None),
        (["klubben"], ["klubben"]),
        (["klubben", "polisen"], ["klubben", "polisen"]),
        (["polisen", "kommunen", "klubben"], ["klubben", "kommunen", "polisen"]),
        (["okänd"], None),
    ],
)
def test_parties_are_written_when_they_are_not_those_that_promised(parties: list[str], written: list[str] | None) -> None:
    ((said, yaml, refused),) = handed_in([("fotpatrull", state("fotpatrull", parties=parties))])
    tree, _ = read_yaml("reports/a.yaml", yaml.encode())
    assert isinstance(tree, dict) and tree.get("parter") == written
    assert (said, refused) == ([], [])


def test_the_days_of_the_commitment_are_told_where_a_day_lies_outside() -> None:
    changes = [{"day": "2026-01-31"}, {"outcome": "nollrapport", "period": "2025"}]
    for said, _, _ in handed_in([("allt", state("allt", **one)) for one in changes]):
        assert said[0]["remedy"] == "Åtagandet gäller 2026-02-01 till 2026-11-30."


TEXTS: dict[str, dict[str, Any]] = {
    "text": {"text": "{}"},
    "facts.rutt": {"facts": {"rutt": "{}"}},
    "facts.samtal": {"facts": {"samtal": "{}"}},
    "step_why.samling.how": {"steps": {"samling": "nej"}, "step_why": {"samling": {"how": "{}", "reason": "annat"}}},
    "step_why.samling.why": {"steps": {"samling": "nej"}, "step_why": {"samling": {"reason": "annat", "why": "{}"}}},
    "crew.why": {"functions": {"nattvandrare": "1"}, "crew": {"reason": "resurser", "why": "{}"}},
    "deviations.0.what": {"deviations": [{"what": "{}", "reason": "annat"}]},
    "deviations.0.how": {"deviations": [{"what": "Kort", "how": "{}", "reason": "annat"}]},
    "deviations.0.why": {"deviations": [{"what": "Kort", "reason": "annat", "why": "{}"}]},
    "observations.0.text": {"observations": [{"text": "{}"}]},
    "observations.0.action": {"observations": [{"text": "Mörkt", "action": "{}"}]},
    "replaces": {"replaces": "{}"},
    "what": {"outcome": "inställd", "reason": "väder", "what": "{}"},
    "why": {"outcome": "inställd", "reason": "väder", "why": "{}"},
    "day": {"day": "{}"},
    "hours.planering": {"hours": {"planering": "{}"}},
    "functions.nattvandrare": {"functions": {"nattvandrare": "{}"}},
}


def with_text(changes: Any, text: str) -> Any:
    if isinstance(changes, dict):
        return {name: with_text(inner, text) for name, inner in changes.items()}
    if isinstance(changes, list):
        return [with_text(inner, text) for inner in changes]
    return text if changes == "{}" else changes


SECRETS = [NUMBER, "namn@exempel.example", "070-174 06 05", "bilen MLB 84A", "850704-9991"]


def test_personal_data_is_refused_in_every_text_and_never_said_again() -> None:
    places = [(where, secret) for where in TEXTS for secret in SECRETS]
    cases = [("allt", state("allt", **with_text(TEXTS[where], f"Kvällen, {secret}, torget"))) for where, secret in places]
    for (where, secret), (found, _, refused) in zip(places, handed_in(cases), strict=True):
        assert where in {one["where"] for one in found if one["level"] == "fel" and one["message"].startswith("Det här ser ut")}
        assert set(refused) & PERSONAL
        assert not any(secret in one["message"] + one["remedy"] for one in found)


def test_nor_is_it_let_through_in_other_ways() -> None:
    ways = {
        "Ringde från bil\n MLB 84A": "text",  # the line break is a sign in the file, so the word is near there
        "Skriv till a@exempel.example # undantag I102: funktionsbrevlåda": "text",
        "８５０７０４-９９９０": "facts.rutt",
        "😀 850704-\u200b9990": "text",
    }
    cases = [("allt", state("allt", **with_text(TEXTS[where], text))) for text, where in ways.items()]
    assert [wrong(found) for found, _, _ in handed_in(cases)] == [[where] for where in ways.values()]


def test_every_message_is_a_sentence_and_says_what_to_do() -> None:
    cases = [[sheet(form), state(form, **changes)] for form, changes, _, _ in FAULTS.values()]
    (answers,) = run(("problems", [], cases))
    for said in answers:
        for one in said:
            assert one["level"] in ("fel", "varning")
            for words in (one["message"], one["remedy"]):
                assert words[0].isupper() and words[-1] in ".?", words
                assert len(words) < 140


def test_problems_come_in_the_order_of_the_form() -> None:
    filled: dict[str, Any] = state(
        "allt", day="", start="x", functions={"nattvandrare": "x"}, facts={"samtal": "x"}, text=NUMBER,
        observations=[{"told": "ja"}], hours={"planering": "x"},
    )  # fmt: skip
    ((said, _, _),) = handed_in([("allt", filled)])
    assert wrong(said) == [
        "day", "start", "functions.nattvandrare", "facts.samtal", "observations.0.text", "hours.planering", "text",
    ]  # fmt: skip


def test_a_blank_form_asks_for_the_day_first() -> None:
    (blanks,) = run(("blank", [], [[sheet(form)] for form in FORMS]))
    for form, blank in zip(FORMS, blanks, strict=True):
        assert blank["edition"] == sheet(form)["edition"] and blank["reporter"] == "nattvandrare"
        assert set(blank) == set(state(form))
    # A draft may be so old that it has nothing of what is asked now.
    drafts: list[dict[str, Any]] = [*blanks, *({} for _ in FORMS)]
    (said,) = run(("problems", [], [[sheet(form), draft] for form, draft in zip(FORMS * 2, drafts, strict=True)]))
    assert [wrong(found) for found in said] == [["day"]] * len(drafts)


WORDS = st.sampled_from(["", "", "Lugnt", "Två höll på: ett bråk", *PIECES]) | st.text(max_size=20).map(as_told)
NUMBERS = st.sampled_from(["", "0", "1", "2", "3", "4", "ca 5", "minst 2", "7,5", "-1", "1.500", "1 234", "x", "500"])
DAYS = st.dates().map(str) | st.sampled_from(
    ["", "2026-01-31", "2026-02-01", "2026-03-06", "6/3 2026", "2026-07-15", "2026-11-30", "2026-12-01", "2026-12-31",
     "2027-01-01", "i går"]
)  # fmt: skip
CLOCKS = st.sampled_from(["", "20:30", "0045", "24:00", "9.05", "25:00", "sent", "kl 21"])
REASON = st.sampled_from(["", *REASONS, "regn"])
PERIODS = st.sampled_from(
    ["", "2026", "2026-03", "2026-W10", "VT2026", "HT2026", "HT2027", "2026-H1", "2026-K2", "2026-03-06", "2025-12", "mars"]
)
MOMENTS = st.sampled_from(["", "2026-03-06 21:30", "2026-03-06T21.29", "2026-03-07 kl 0015", "2026-03-06", "2026-02-30 10:00"])
ANSWER = {
    "antal": NUMBERS, "tal": NUMBERS, "andel": st.sampled_from(["", "75", "75 %", "101 %", "-1 %", "x"]), "text": WORDS,
    "ja/nej": st.sampled_from(["", "ja", "nej", "j", "Ja", "x"]), "datum": DAYS, "tid": CLOCKS, "tidpunkt": MOMENTS,
    "längd": st.sampled_from(["", "3:45", "45 min", "12,5 tim", "13 h", "x", "0 min"]),
}  # fmt: skip
STEP = st.sampled_from(["", "ja", "nej", "ej aktuellt", "x"])
CAUSE = st.fixed_dictionaries({"how": WORDS, "reason": REASON, "why": WORDS})


@st.composite
def filled_forms(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    form = draw(st.sampled_from([*FORMS, *["allt"] * 6]))
    asked = sheet(form)
    answers = {
        field["id"]: st.sampled_from(["", *field["choices"], *CHOICES]) if field["choices"] else ANSWER[field["type"]]
        for field in asked["fields"]
    }
    # Mostly sound, so that much is let through; each part that is drawn at random may bring a fault.
    parts: dict[str, st.SearchStrategy[Any]] = {
        "outcome": st.sampled_from(["genomförd", "genomförd", "inställd", "flyttad", "nollrapport"]),
        "day": DAYS, "start": CLOCKS, "end": CLOCKS, "period": PERIODS, "moved_to": PERIODS | DAYS,
        "parties": st.lists(st.sampled_from(["klubben", "kommunen", "polisen", "okänd"])),
        "places": st.lists(st.sampled_from(["torget", "hamnen", "okänd"])),
        "functions": st.dictionaries(st.sampled_from([*(one["id"] for one in asked["functions"]), "okänd"]), NUMBERS),
        "facts": st.fixed_dictionaries({}, optional=answers),
        "steps": st.dictionaries(st.sampled_from(["samling", "återkoppling", "kallelse", "okänt"]), STEP),
        "step_why": st.dictionaries(st.sampled_from(["samling", "återkoppling"]), CAUSE),
        "reason": REASON, "why": WORDS, "what": WORDS, "crew": st.fixed_dictionaries({"reason": REASON, "why": WORDS}),
        "deviations": st.lists(
            st.fixed_dictionaries(
                {"step": st.sampled_from(["", "samling", "okänt"]), "what": WORDS, "how": WORDS, "reason": REASON, "why": WORDS}
            ), max_size=2,
        ),
        "observations": st.lists(
            st.fixed_dictionaries(
                {"text": WORDS, "told": st.sampled_from(["", "ja", "nej", "x"]), "action": WORDS,
                 "responsible": st.sampled_from(["", "polisen", "kommunpolis", "okänd"]), "done": DAYS}
            ), max_size=2,
        ),
        "hours": st.dictionaries(st.sampled_from(["planering", "genomförande", "efterarbete"]), NUMBERS),
        "text": WORDS, "reporter": st.sampled_from(["", "nattvandrare", "polisen", "okänd"]), "submitted": DAYS,
    }  # fmt: skip
    changed = draw(st.lists(st.sampled_from(sorted(parts)), max_size=5, unique=True))
    return form, state(form, **{name: draw(parts[name]) for name in changed})


# Where the form asks for more than the check: why the crew was small, and a term that the plan has dated.
STRICTER = ("crew.reason", "moved_to")


@pytest.mark.slow
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
)
@given(st.lists(filled_forms(), min_size=20, max_size=40))
def test_the_script_and_the_check_think_the_same(cases: list[tuple[str, dict[str, Any]]]) -> None:
    for (form, filled), (said, yaml, refused) in zip(cases, handed_in(cases), strict=True):
        if not wrong(said):
            assert refused == [], (form, filled, yaml)
        elif not any(where.startswith(STRICTER) for where in wrong(said)) and not any(
            "ser ut som" in one["message"] or "går att välja" in one["message"] for one in said
        ):
            assert refused != [], (form, filled, yaml, said)
        assert read_yaml("reports/a.yaml", yaml.encode())[1] == []
