"""The names of Statistics Sweden's codes: counties, and municipalities as they are written in a table."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

COUNTIES = {
    "01": "Stockholms län", "03": "Uppsala län", "04": "Södermanlands län", "05": "Östergötlands län", "06": "Jönköpings län",
    "07": "Kronobergs län", "08": "Kalmar län", "09": "Gotlands län", "10": "Blekinge län", "12": "Skåne län",
    "13": "Hallands län", "14": "Västra Götalands län", "17": "Värmlands län", "18": "Örebro län", "19": "Västmanlands län",
    "20": "Dalarnas län", "21": "Gävleborgs län", "22": "Västernorrlands län", "23": "Jämtlands län", "24": "Västerbottens län",
    "25": "Norrbottens län",
}  # fmt: skip


def county_name(code: str) -> str:
    """The name of a county; an unknown code is its own name."""
    return COUNTIES.get(code, f"län {code}")


def municipality_name(code: str) -> str:
    """The name of a municipality, without the word; an unknown code is its own name."""
    return municipalities().get(code, f"kommun {code}")


@cache
def municipalities() -> dict[str, str]:
    """Every municipality's name by its code."""
    text = files("uppfoljning.national").joinpath("kommuner.csv").read_text("utf-8")
    return {code: name for code, _, name in (line.partition(";") for line in text.splitlines()[1:])}
