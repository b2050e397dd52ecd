"""The words of a grouped follow-up, the same in every face: what a group is called, and why groups need not add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from uppfoljning.domain.plan import Plan
from uppfoljning.followup.group_caveats import Apart, apart
from uppfoljning.followup.grouping import BY_PERIOD, Group, Grouped
from uppfoljning.present.figures import days, figure, plural

NOWHERE = "utan angiven plats"
_SUBS = {
    "månad": ("ingen månad", "flera månader och är inte med i någon", "den månad", "månadens"),
    "kvartal": ("inget kvartal", "flera kvartal och är inte med i något", "det kvartal", "kvartalets"),
    "tertial": ("inget tertial", "flera tertial och är inte med i något", "det tertial", "tertialets"),
}


def title(grouped: Grouped, group: Group) -> str:
    """`Lokalpolisområde Exempelköping (polisen)`, `januari 2026`; by the id alone where plans name it differently."""
    if group.period is not None:
        return days(group.period, year=True)
    if not group.name:
        return NOWHERE
    names = {_names(grouped, table.plan)[group.name] for table in group.tables}
    return f"{names.pop()} ({group.name})" if len(names) == 1 else group.name


def _names(grouped: Grouped, plan: Plan) -> Mapping[str, str]:
    return plan.parties if grouped.by == "part" else plan.places


def notes(grouped: Grouped) -> list[str]:
    """What the reader must know to add the groups, or not to."""
    return list(_notes(grouped, apart(grouped)))


def _notes(grouped: Grouped, found: Apart) -> Iterator[str]:
    if found.shared and grouped.by == "part":
        yield (
            "Ett gemensamt åtagande står under var och en av sina parter, med hela sin siffra, och ett gemensamt tillfälle räknas"
            " en gång för var och en. Parternas siffror ska därför inte läggas ihop."
        )
    elif found.shared:
        yield (
            "Ett åtagande står under varje plats där det har något, med hela sin siffra, och ett tillfälle på flera platser"
            " räknas en gång för var och en. Platsernas siffror ska därför inte läggas ihop."
        )
    if found.placeless is not None and found.placeless.value:
        number, certainty = found.placeless.value, found.placeless.certainty
        yield f"{NOWHERE.capitalize()}: {figure(number, certainty)} {'tillfälle' if number == 1 else 'tillfällen'}."
    if grouped.by in BY_PERIOD:
        yield from _of_time(grouped, found)


def _of_time(grouped: Grouped, found: Apart) -> Iterator[str]:
    none, several, that, its = _SUBS[grouped.by]
    if grouped.tables and not grouped.groups:
        yield f"{none.capitalize()} har börjat än."
    if found.crossing:
        yield f"{plural(len(found.crossing), 'rapport', 'rapporter')} gäller tid i {several}, bara i helheten."
    if found.every:
        subs = " och ".join(found.every)
        yield f"Mål för varje {subs}: delperioden hör till {that} där den slutar, och bara {its} tillfällen räknas."
    if found.recounted:
        yield "Andelar, nivåer och antal olika läggs inte ihop, utan räknas om för hela tiden."
