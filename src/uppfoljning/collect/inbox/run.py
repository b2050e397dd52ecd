"""The whole way of an inbox: from its files to what becomes of every report in them."""

from __future__ import annotations

from collections.abc import Iterable

from uppfoljning.collect.inbox.folder import Arrived, Aside
from uppfoljning.collect.inbox.keys import Homes
from uppfoljning.collect.inbox.reading import Draft, Origin, Unread, reports_in
from uppfoljning.collect.inbox.sorting import Sorted, sort_in
from uppfoljning.collect.inbox.texts import texts_in
from uppfoljning.domain.finding import Problem
from uppfoljning.files.source import Source
from uppfoljning.project.load import Project


def take_in_all(files: Iterable[Arrived | Aside], project: Project, source: Source, *, correct: bool) -> Sorted:
    """Find, mend, compare and weigh every report of the files; nothing is written."""
    homes = Homes(project)
    found: list[Draft | Unread] = []
    for one in files:
        texts = one.problem if isinstance(one, Aside) else texts_in(one.name, one.data)
        if isinstance(texts, Problem):
            found.append(Unread(Origin(one.name), 0, texts))
        else:
            found += reports_in(one.name, texts, homes)
    return sort_in(found, homes, project, source, correct=correct)
