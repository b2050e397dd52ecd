"""The whole way of an inbox: from its files to what becomes of every report in them."""

from __future__ import annotations

from collections.abc import Iterable

from uppfoljning.collect.inbox.folder import Arrived, Aside
from uppfoljning.collect.inbox.keys import Homes
from uppfoljning.collect.inbox.reading import Draft, Origin, Unread, reports_in
from uppfoljning.collect.inbox.sorting import Sorted, sort_in
from uppfoljning.collect.inbox.texts import texts_in
from uppfoljning.files.source import Source
from uppfoljning.rules.project import Project


def take_in_all(files: Iterable[Arrived | Aside], project: Project, source: Source, *, correct: bool) -> Sorted:
    """Find, mend, compare and weigh every report of the files; nothing is written."""
    homes = Homes(project)
    found: list[Draft | Unread] = []
    for one in files:
        if isinstance(one, Aside):
            found.append(Unread(Origin(one.name), 0, one.problem))
        else:
            found += reports_in(one.name, texts_in(one.name, one.data), homes)
    return sort_in(found, homes, project, source, correct=correct)
