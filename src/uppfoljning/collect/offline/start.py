"""The start page: a big link to every form."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from uppfoljning.collect.offline.template import filled, policy, text_of
from uppfoljning.collect.sheet import Sheet


class Link(NamedTuple):
    """A form beside the start page: the name of its file, and what it asks."""

    file: str
    sheet: Sheet


def start_page(links: Sequence[Link]) -> str:
    """The whole file. The links stand in their order, under the title of their plan."""
    plans: dict[str, list[Link]] = {}
    for link in links:
        plans.setdefault(link.sheet.plan, []).append(link)
    style = text_of("page.css")
    parts = [_plan(group) for group in plans.values()]
    return filled("start.html", {"policy": policy(style), "style": style, "plans": "\n".join(parts)})


def _plan(links: Sequence[Link]) -> str:
    items = "".join(_item(link) for link in links)
    return f'<section><h2>{escape(links[0].sheet.plan_title)}</h2>\n<ul class="lankar">\n{items}</ul></section>'


def _item(link: Link) -> str:
    sheet = link.sheet
    about = "" if sheet.form_title == sheet.title else f"{sheet.form_title} · "
    told = f"{about}rapporteras av {sheet.reporter_title}"
    return f'<li><a href="{escape(link.file)}"><strong>{escape(sheet.title)}</strong> <span>{escape(told)}</span></a></li>\n'
