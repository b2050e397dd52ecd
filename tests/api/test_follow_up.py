"""The follow-up as a frame has the figures of `status --format json`, whatever the project holds."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import uppfoljning as uf
from tests.followup.test_compare_any import NAMES, plans, said
from tests.projects import FORM, commitment, plan, read, rows
from uppfoljning.api.columns import DTYPES, FrameColumn, exact, names_of
from uppfoljning.api.follow_up import GROUPINGS, STATUSES, TARGETS, group_column
from uppfoljning.api.project import Project
from uppfoljning.cli.main import main
from uppfoljning.domain.report import HOURS

HOME = Path(__file__).resolve().parents[2]
TEXT = "gå ”12”"
OF_COMMITMENT: Mapping[str, tuple[str, ...]] = {
    "plan": ("plan",),
    "åtagande": ("id",),
    "titel": ("titel",),
    "åtagandets_status": ("status",),
    "bedömning_period": ("bedömning", "period"),
    "bedömning_genomförande": ("bedömning", "genomförande"),
    "bedömning_resultat": ("bedömning", "resultat"),
    "fullständighet": ("fullständighet",),
    "punktlighet": ("punktlighet",),
    "innehåll": ("innehåll",),
    "som_planerat": ("avvikelser", "som planerat"),
    "ändrade": ("avvikelser", "ändrade"),
    "inställda": ("avvikelser", "inställda"),
    "flyttade": ("avvikelser", "flyttade"),
    "tillagt_efter_beslutet": ("tillagt_efter_beslutet",),
    **{f"timmar_{kind}": ("timmar", kind) for kind in (*HOURS, "summa")},
    "rapporter_med_timmar": ("timmar", "rapporter_med_timmar"),
    "rapporter": ("timmar", "rapporter"),
    **{
        f"dokumenterat_{link}": ("dokumentation", link)
        for link in ("orsaker", "val", "syfte", "arbetssätt", "mål", "uppföljning")
    },
}
OF_TARGET: Mapping[str, tuple[str, ...]] = {
    "mål": ("id",),
    **{name: (name,) for name in ("operator", "enhet", "förväntat", "utfall", "säkerhet", "andel", "takt", "status", "prognos")},
    "villkor_ej_visat": ("villkor_ej_visat",),
    "varav": ("varav",),
    **{f"beslutat_{name}": ("beslutat", name) for name in ("löfte", "värde", "förväntat", "utfall", "andel", "status")},
}
BY_OTHER_MEANS = {"parter", "värde", "värde_högst", "ej_redovisat", "saknade", "vid", "period"}
NOT_IN_JSON = {"från", "till", "åtagandet_från", "åtagandet_till"}


def within(content: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        content = None if content is None else content[key]
    return content


def expected(content: Mapping[str, Any], groups: bool = False) -> list[dict[str, Any]]:
    """The rows that JSON tells, by column."""
    found = []
    for one in content["åtaganden"]:
        for target in one["mål"]:
            value = target["värde"]
            between = value if isinstance(value, list) else [value, None]
            found.append(
                {name: within(one, path) for name, path in OF_COMMITMENT.items()}
                | {name: within(target, path) for name, path in OF_TARGET.items()}
                | {
                    "parter": ", ".join(one["parter"]),
                    "värde": between[0],
                    "värde_högst": between[1],
                    "ej_redovisat": ", ".join(target["ej_redovisat"]) or None,
                    "saknade": len(one["saknade"]),
                }
            )
    return found


def told(frame: Any, columns: list[str]) -> list[dict[str, Any]]:
    """A frame's rows as plain values, what is missing as None."""
    return [
        {name: plain(value) for name, value in zip(columns, row, strict=True)}
        for row in frame[columns].itertuples(index=False, name=None)
    ]


def plain(value: Any) -> Any:
    import pandas as pd

    return None if pd.isna(value) else value


def same(frame: Any, content: Mapping[str, Any]) -> None:
    wanted = expected(content)
    columns = [*OF_COMMITMENT, *OF_TARGET, *(BY_OTHER_MEANS - {"vid", "period"})]
    assert told(frame, columns) == [{name: row[name] for name in columns} for row in wanted]
    for column in TARGETS:
        if column.kind == "figure":
            for figure, text in told_pairs(frame, column):
                assert figure == (None if text is None else float(Fraction(text)))


def told_pairs(frame: Any, column: FrameColumn) -> list[tuple[Any, Any]]:
    return [(plain(a), plain(b)) for a, b in zip(frame[column.name], frame[exact(column.name)], strict=True)]


def by_json(capsys: pytest.CaptureFixture[str], folder: Path, *words: str, status: int = 0) -> Any:
    assert main(["-C", str(folder), *words, "--format", "json"]) == status
    return json.loads(capsys.readouterr().out)


def written(folder: Path, files: Mapping[str, str]) -> Path:
    for name in ("plans", "reports"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def test_every_column_is_compared_with_json_or_known_to_have_no_place_there() -> None:
    assert {column.name for column in TARGETS} == OF_COMMITMENT.keys() | OF_TARGET.keys() | BY_OTHER_MEANS | NOT_IN_JSON


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"as_of": "2026-08-31", "plan": "exempelkoping-2026"}, ["--plan", "exempelkoping-2026", "--vid", "2026-08-31"]),
        ({"as_of": "2026-12-31"}, ["--vid", "2026-12-31"]),
        ({"as_of": "2026-08-31", "period": "2026-T1"}, ["--vid", "2026-08-31", "--period", "2026-T1"]),
        (
            {"as_of": date(2026, 8, 31), "plan": "exempelkoping-2026", "party": "polisen"},
            ["--vid", "2026-08-31", "--plan", "exempelkoping-2026", "--part", "polisen"],
        ),
        (
            {"as_of": "2026-08-31", "plan": "exempelkoping-2026", "place": "centrum"},
            ["--vid", "2026-08-31", "--plan", "exempelkoping-2026", "--plats", "centrum"],
        ),
        ({"as_of": "2026-08-31", "commitments": "krogtillsyn"}, ["--vid", "2026-08-31", "krogtillsyn"]),
        (
            {"as_of": "2026-08-31", "period": "VT2026", "plan": "exempelkoping-2026"},
            ["--vid", "2026-08-31", "--period", "VT2026", "--plan", "exempelkoping-2026"],
        ),
    ],
)
def test_a_frame_has_the_figures_of_json(asked: Any, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    content = by_json(capsys, HOME, "status", *words)
    follow_up = uf.load(HOME).follow_up(**asked)
    frame = follow_up.frame()
    assert len(frame) > 0
    same(frame, content)
    assert set(frame["vid"].dt.strftime("%Y-%m-%d")) == {content["vid"]}
    assert {plain(one) for one in frame["period"]} == {content["period"]}
    assert follow_up.period == content["period"]
    assert frame.attrs == {
        "version": content["version"],
        "commit": content["commit"],
        "filer": content["filer"],
        "fel": 0,
        "vid": content["vid"],
    }


def test_a_frame_has_what_was_decided_at_a_commit(capsys: pytest.CaptureFixture[str]) -> None:
    content = by_json(capsys, HOME, "status", "--ref", "HEAD", "--vid", "2026-08-31")
    project = uf.load(HOME, ref="HEAD")
    assert project.commit == content["commit"]
    same(project.follow_up(as_of="2026-08-31").frame(), content)


@pytest.mark.slow
@pytest.mark.parametrize("by", GROUPINGS)
def test_groups_have_the_figures_of_json(by: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--plan", "exempelkoping-2026", "--vid", "2026-08-31"]
    content = by_json(capsys, HOME, "status", *words, "--gruppera", by)
    frame = uf.load(HOME).follow_up(as_of="2026-08-31", plan="exempelkoping-2026").by(by)
    assert list(frame.columns) == [by, *names_of(TARGETS)]
    same(frame, {"åtaganden": [one for group in content["grupper"] for one in group["åtaganden"]]})
    names = [group["grupp"] for group in content["grupper"] for one in group["åtaganden"] for _ in one["mål"]]
    if by in ("månad", "kvartal"):
        assert [str(one) for one in frame[by]] == [name.replace("-K", "Q") for name in names]
        assert list(frame[by].dt.start_time.dt.date) == list(frame["från"].dt.date)
    else:
        assert [plain(one) for one in frame[by]] == names
    if by == "tertial":
        assert [str(one.date()) for one in frame["från"].unique()] == ["2026-01-01", "2026-05-01"]
        assert [str(one.date()) for one in frame["till"].unique()] == ["2026-04-30", "2026-08-31"]


@settings(max_examples=25)
@given(st.data())
def test_any_project_gives_the_figures_of_json(data: st.DataObject) -> None:
    from uppfoljning.present.provenance import Provenance
    from uppfoljning.present.views.status_document import status_json

    names = NAMES[: data.draw(st.integers(0, 5))]
    files: dict[str, str | bytes] = {"plans/prov-2026.yaml": data.draw(plans()), "plans/snabbrapporter/prov.yaml": FORM}
    files |= {f"reports/{name}.yaml": data.draw(said(NAMES[:at])) for at, name in enumerate(names)}
    if data.draw(st.integers(0, 4)) == 0:
        files["reports/trasig.yaml"] = "åtagande: ["
    checked = read(files)
    follow_up = Project(HOME / "finns-inte", checked).follow_up(
        as_of=data.draw(st.dates(date(2026, 1, 1), date(2027, 3, 1))),
        period=data.draw(st.sampled_from((None, "2026-T1", "2026-03", "2025"))),
        place=data.draw(st.sampled_from((None, "torget"))),
    )
    foot = Provenance(follow_up.as_of, "", checked.files, len(checked.left_out), checked.rows_left_out)
    text = status_json(follow_up._tables, foot, follow_up._view, follow_up._selection)
    same(follow_up.frame(), json.loads(text))


def test_what_is_exact_stays_exact(tmp_path: Path) -> None:
    huge = 10**25 + 1
    answers = commitment("{minst: 3, räknar: samtal}")
    files = {
        "plans/prov-2026.yaml": plan(answers),
        "plans/snabbrapporter/prov.yaml": FORM,
        "reports/a.csv": rows(f"2026-03-06;{huge}", "datum;uppgifter.samtal"),
    }
    frame = uf.load(written(tmp_path, files)).follow_up(as_of="2026-12-31").frame()
    assert frame.loc[0, "utfall"] == float(huge)
    assert Fraction(frame.loc[0, "utfall_exakt"]) == huge
    assert Fraction(frame.loc[0, "andel_exakt"]) == Fraction(huge, 3)


def test_occasions_without_end_that_were_moved_are_counted_exactly(tmp_path: Path) -> None:
    report = "plan: prov-2026\nåtagande: lov\ndatum: 2026-03-06\nläge: flyttad\nflyttad_till: 2026-05\n"
    report += f"antal: {10**20}\navvikelser: [{{vad: Flyttad, skäl: väder, varför: Snö}}]\n"
    files = {
        "plans/prov-2026.yaml": plan(commitment("{minst: 3}")),
        "plans/snabbrapporter/prov.yaml": FORM,
        "reports/a.yaml": report,
    }
    project = uf.load(written(tmp_path, files))
    assert project.follow_up(as_of="2026-12-31").frame().loc[0, "flyttade_exakt"] == str(10**20)
    assert project.reports().loc[0, "antal_exakt"] == str(10**20)


def dtype_of(column: FrameColumn) -> str:
    return DTYPES[column.kind] if isinstance(column.kind, str) else "category"


def holds_its_types(frame: Any, columns: tuple[FrameColumn, ...]) -> None:
    assert list(frame.columns) == names_of(columns)
    for column in columns:
        assert str(frame[column.name].dtype) == dtype_of(column), column.name
        if isinstance(column.kind, tuple):
            assert tuple(frame[column.name].cat.categories) == column.kind
            assert frame[column.name].cat.ordered
        if column.kind == "figure":
            assert str(frame[exact(column.name)].dtype) == "string"


@pytest.mark.parametrize("by", [None, *GROUPINGS])
def test_an_empty_project_gives_an_empty_frame_with_all_columns_and_types(by: Any, tmp_path: Path) -> None:
    empty = uf.load(written(tmp_path, {})).follow_up()
    full = uf.load(HOME).follow_up(as_of="2026-08-31")
    columns = TARGETS if by is None else (group_column(by), *TARGETS)
    for follow_up, some in ((empty, False), (full, True)):
        frame = follow_up.frame() if by is None else follow_up.by(by)
        assert bool(len(frame)) is some
        holds_its_types(frame, columns)


@pytest.mark.parametrize("by", [None, *GROUPINGS])
def test_nothing_is_lost_to_parquet_and_back(by: Any) -> None:
    pytest.importorskip("pyarrow")
    import pandas as pd

    follow_up = uf.load(HOME).follow_up(as_of="2026-08-31")
    frame = follow_up.frame() if by is None else follow_up.by(by)
    kept = io.BytesIO()
    frame.to_parquet(kept)
    back = pd.read_parquet(kept)
    pd.testing.assert_frame_equal(back, frame)
    assert back.attrs == frame.attrs


def test_a_status_sorts_worst_first() -> None:
    frame = uf.load(HOME).follow_up(as_of="2026-08-31").frame()
    found = [STATUSES.index(status) for status in frame.sort_values("status")["status"]]
    assert found == sorted(found)
    assert (frame["status"] < "i fas").sum() == sum(STATUSES.index(one) < STATUSES.index("i fas") for one in frame["status"])


@pytest.mark.parametrize(
    ("asked", "said_of"),
    [
        ({"as_of": "2026-02-30"}, "2026-02 går från 01 till 28"),
        ({"as_of": "31 augusti"}, "skriv år, månad och dag som 2026-03-06"),
        ({"as_of": 20260831}, "skriv år, månad och dag"),
        ({"as_of": ""}, "skriv år, månad och dag"),
        ({"as_of": "2026-08-31", "plan": "exempelkoping-2027"}, "menade du exempelkoping-2026?"),
        ({"as_of": "2026-08-31", "commitments": ["krogtilsyn"]}, "menade du krogtillsyn?"),
        ({"as_of": "2026-08-31", "party": "polis"}, "menade du polisen?"),
        ({"as_of": "2026-08-31", "place": "centrun"}, "menade du centrum?"),
        ({"as_of": "2026-08-31", "period": "2026-T4"}, "T går från 1 till 3"),
        ({"as_of": "2026-08-31", "period": "2026-Q3"}, "skriv 2026-K3 för kvartalet"),
        ({"as_of": "2026-08-31", "period": "VT2031"}, "ingen plan säger när terminen är"),
    ],
)
def test_what_cannot_be_answered_is_a_value_error_that_names_the_near(asked: Any, said_of: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as refused:
        uf.load(HOME).follow_up(**asked)
    assert said_of.lower() in str(refused.value).lower()


def test_a_missing_timestamp_is_no_day_and_a_timestamp_is_its_day() -> None:
    import pandas as pd

    project = uf.load(HOME)
    assert project.follow_up(as_of=pd.Timestamp("2026-08-31 14:00")).as_of == date(2026, 8, 31)
    with pytest.raises(ValueError, match="NaT"):
        project.follow_up(as_of=pd.NaT)


@pytest.mark.parametrize(("by", "near"), [("manad", "månad"), ("halvar", "halvår"), ("Plats", "plats"), (7, "tertial")])
def test_an_unknown_grouping_names_the_near(by: Any, near: str) -> None:
    with pytest.raises(ValueError, match=near):
        uf.load(HOME).follow_up(as_of="2026-08-31").by(by)


@pytest.mark.parametrize(("limit", "by"), [({"party": "polisen"}, "part"), ({"place": "centrum"}, "plats")])
def test_a_follow_up_of_one_is_not_grouped_by_it(limit: Any, by: str) -> None:
    follow_up = uf.load(HOME).follow_up(as_of="2026-08-31", plan="exempelkoping-2026", **limit)
    with pytest.raises(ValueError, match=next(iter(limit))):
        follow_up.by(by)
