"""The file of the next plan: the old one's own text with the new period's dates, and what is open as comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from uppfoljning.domain.date_shift import Move
from uppfoljning.domain.finding import Tree
from uppfoljning.files.yaml_edit import Change, Note, spliced
from uppfoljning.followup.carry_over import Carried
from uppfoljning.followup.succession import succession
from uppfoljning.followup.table import Table
from uppfoljning.present.figures import plural
from uppfoljning.present.succession.notes import notes_of


def next_plan(text: str, tree: Mapping[str, Tree], table: Table, move: Move, id: str, carried: Sequence[Carried]) -> str:
    """The text of the new file. `text` and `tree` are what the table's plan was read from."""
    plan = table.plan
    changes: list[Change] = []
    for at, left in enumerate(carried):
        if notes := notes_of(left, plan, str(table.view.as_of)):
            changes.append(Note(("åtaganden", at), notes))
    return spliced(text, plan.id, [*changes, *succession(tree, plan, move, id, carried)])


def summary(carried: Sequence[Carried]) -> str:
    """What came along besides the promises, in a sentence; empty when nothing did."""
    counts = (
        (sum(len(one.moved) for one in carried), "flyttat tillfälle", "flyttade tillfällen"),
        (sum(len(one.undone) for one in carried), "moment som inte är gjort", "moment som inte är gjorda"),
        (sum(done.done is None for one in carried for done in one.one_offs), "mål som inte är klart", "mål som inte är klara"),
        (sum(len(one.observations) for one in carried), "öppen iakttagelse", "öppna iakttagelser"),
    )
    parts = [plural(number, one, many) for number, one, many in counts if number]
    return f"Med följde {', '.join(parts)}." if parts else ""
