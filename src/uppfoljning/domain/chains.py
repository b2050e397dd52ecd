"""What leads to what, step by step: corrections of corrections, parts of parts. Each step is taken once, however long the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator


def rings(names: Iterable[str], leads_to: Callable[[str], Iterable[str]]) -> Iterator[list[str]]:
    """All that can be reached from some names, in groups: those that lead round to each other are one.

    A group comes after all that it leads to. `leads_to` is asked once for each name. It is Tarjan's algorithm, without recursion.
    """
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    done: set[str] = set()
    kept: list[str] = []
    for name in names:
        way = [] if name in number else [(name, iter(leads_to(name)))]
        if way:
            number[name] = lowest[name] = len(number)
            kept.append(name)
        while way:
            at, steps = way[-1]
            for step in steps:
                if step not in number:
                    number[step] = lowest[step] = len(number)
                    kept.append(step)
                    way.append((step, iter(leads_to(step))))
                    break
                if step not in done:
                    lowest[at] = min(lowest[at], number[step])
            else:
                way.pop()
                if way:
                    lowest[way[-1][0]] = min(lowest[way[-1][0]], lowest[at])
                if lowest[at] == number[at]:
                    group = [kept.pop()]
                    while group[-1] != at:
                        group.append(kept.pop())
                    done.update(group)
                    yield group


def first_reaching(names: Iterable[str], leads_to: Callable[[str], Iterable[str]]) -> dict[str, str]:
    """For each that can be reached from some names, in at least one step, the first of the names that leads to it."""
    found: dict[str, str] = {}
    for name in names:
        waiting = [name]
        while waiting:
            for step in leads_to(waiting.pop()):
                if step not in found:
                    found[step] = name
                    waiting.append(step)
    return found
