"""A chart on the page: its title, what its lines mean, the drawing, and the table it is drawn from."""

from __future__ import annotations

from uppfoljning.present.document.model import Chart
from uppfoljning.present.escape import one_line
from uppfoljning.present.renderers.html.charts import progress, series
from uppfoljning.present.renderers.html.charts.bars import bars
from uppfoljning.present.renderers.html.charts.calendar import calendar
from uppfoljning.present.renderers.html.markup import NOTHING, Html, tag
from uppfoljning.present.renderers.html.names import Names
from uppfoljning.present.renderers.html.tables import Place, table

_DRAWN = {"utveckling": progress.progress, "kalender": calendar, "staplar": bars, "serie": series.series}
_KEYS = {"utveckling": progress.key, "serie": series.key}


def drawn(chart: Chart, names: Names, under: Place) -> Html:
    """The figure; the table alone where there is nothing to draw."""
    drawing = _DRAWN[chart.kind](chart)
    if drawing is None:
        return table(chart.grid, names, under)
    table_title = _short(chart.grid.title, under)
    # Its note is for whoever reads the drawing too, so it does not stand in what is folded away.
    figures = table(chart.grid._replace(note=""), names, under, table_title, bars=False)
    summary = tag("summary", "Siffrorna i en tabell", tag("span", f": {chart.title}", class_="dold"))
    return tag(
        "figure",
        tag("figcaption", _short(chart.title, under) or table_title),
        _KEYS[chart.kind](chart) if chart.kind in _KEYS else NOTHING,
        drawing,
        tag("details", summary, figures),
        tag("p", chart.grid.note, class_="not") if chart.grid.note else NOTHING,
        class_=f"diagram {chart.kind}",
    )


def _short(title: str, under: Place) -> str:
    """A title without the heading's words, which have just been read; nothing when it has no others."""
    begins = one_line(under.heading)
    if title != begins and not title.startswith(f"{begins}, "):
        return title
    rest = title[len(begins) + 2 :]
    return rest[:1].upper() + rest[1:]
