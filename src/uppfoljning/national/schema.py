"""The tables of partial sums: their columns, what each means, and the version of the whole.

Names are ASCII and every month is text, so that DuckDB, Spark, Dask and any warehouse read the files as they are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

VERSION = 2
"""Raised when a column changes its meaning, comes or goes."""

FILE = "delsummor.parquet"
"""The one file of a municipality in each table: exported anew it takes the place of the former."""

_SET = "kalla=kommun-"
"""A folder of a partition. The word before the code keeps any reader from taking `0180` for the number 180."""


def folder_of(municipality: str) -> str:
    """The folder of a municipality within a table."""
    return f"{_SET}{municipality}"


class SchemaColumn(NamedTuple):
    """A column: its name, its type in SQL, and in Swedish what it holds."""

    name: str
    type: str
    about: str


class SchemaTable(NamedTuple):
    """A table: `keys` tell its rows apart, `values` are what they hold; with `sums` these are added when rows are merged."""

    name: str
    about: str
    keys: tuple[SchemaColumn, ...]
    values: tuple[SchemaColumn, ...]
    sums: bool

    @property
    def columns(self) -> tuple[SchemaColumn, ...]:
        """All columns, in the order of the file."""
        return (*SAME, *self.keys, *self.values)


SAME = (
    SchemaColumn("version", "SMALLINT", "Formatets version"),
    SchemaColumn("vid", "DATE", "Dagen som förrådet följdes upp vid"),
    SchemaColumn("kommun", "VARCHAR", "Kommunkod, fyra siffror med inledande nolla"),
    SchemaColumn("lan", "VARCHAR", "Länskod, kommunkodens två första siffror"),
)
"""What is the same in every row of a set."""

_COMMITMENT = (
    SchemaColumn("plan", "VARCHAR", "Planens id"),
    SchemaColumn("atagande", "VARCHAR", "Åtagandets id"),
    SchemaColumn("blankett", "VARCHAR", "Blankettens id, tomt där åtagandet inte har någon"),
    SchemaColumn("blankettversion", "VARCHAR", "Åtta tecken som ändras när något i blanketten ändras"),
)
_PART = SchemaColumn("part", "VARCHAR", "Parterna, i bokstavsordning med + emellan; för plikter den som ska rapportera")
_MONTH = SchemaColumn(
    "manad", "VARCHAR", "Månaden för rapportens dag, eller sista dagen i dess period; för plikter förfallodagen"
)


def _sum(name: str, about: str) -> SchemaColumn:
    return SchemaColumn(name, "BIGINT", about)


_SUMS = (
    _sum("rapporter", "Gällande rapporter; en rättad räknas inte"),
    _sum("tillfallen", "Genomförda tillfällen; ett gemensamt räknas en gång"),
    _sum("ca", "Så många av uppgifterna om tillfällen som är ”ca”"),
    _sum("minst", "Så många av dem som är ”minst”"),
    _sum("saknas", "Rapporter som räknas men saknar antal; summan är då minst så stor"),
    _sum("nollrapporter", "Rapporter om att inget har hänt"),
    _sum("som_planerat", "Tillfällen utan avvikelse"),
    _sum("andrade", "Genomförda med en avvikelse"),
    _sum("installda", "Inställda tillfällen"),
    _sum("flyttade", "Flyttade tillfällen"),
    _sum("plikter", "Rapporter som skulle ha kommit"),
    _sum("besvarade", "De av dem som kom"),
    _sum("i_tid", "De av dem som kom i tid"),
)
"""What a commitment has amounted to, and what was due."""

MONTHS = SchemaTable(
    "manader",
    "Rapporter, tillfällen och plikter för varje åtagande, utgåva, part och månad",
    (*_COMMITMENT, SchemaColumn("utgava", "VARCHAR", "Utgåvan som rapporten skrevs i, tomt där ingen står"), _PART, _MONTH),
    _SUMS,
    True,
)

FIGURES = SchemaTable(
    "siffror",
    "Summor av blankettens tal, timmar, moment och skäl, för varje åtagande, part och månad",
    (
        *_COMMITMENT,
        _PART,
        _MONTH,
        SchemaColumn("slag", "VARCHAR", "uppgift, timmar, moment, engångsmoment eller skäl"),
        SchemaColumn("namn", "VARCHAR", "Fältets eller momentets id, timmarnas slag eller skälets ord"),
        SchemaColumn("personer", "BOOLEAN", "Om talet räknar människor"),
        _sum("namnare", "Nämnaren: summan är täljarna delade med den. Exakt, och bråk med samma nämnare läggs ihop"),
    ),
    (
        _sum("taljare", "Summan av täljarna; för moment så många gånger det gjordes"),
        _sum("av", "För moment: så många gånger det kunde göras"),
        _sum("antal", "Så många tal som är summerade"),
        _sum("ca", "Så många av talen som är ”ca”"),
        _sum("minst", "Så många av dem som är ”minst”"),
        _sum("saknas", "Rapporter som räknas men saknar talet; summan är då minst så stor"),
    ),
    True,
)

REPORTING = SchemaTable(
    "rapportmanader",
    "Kommunens rapporter månad för månad, de som står i `manader`: vilka som rapporterar läses i få rader",
    (_MONTH,),
    (_sum("rapporter", "Gällande rapporter; en rättad räknas inte"),),
    True,
)

COMMITMENTS = SchemaTable(
    "ataganden",
    "Varje åtagande som det står den dagen, och vad det blivit hittills",
    _COMMITMENT,
    (
        SchemaColumn("inbyggd", "BOOLEAN", "Om blanketten är programmets egen, utan ändring"),
        SchemaColumn("plantyp", "VARCHAR", "Slag av dokument"),
        SchemaColumn("parter", "VARCHAR", "Parterna som lovat, i bokstavsordning med + emellan"),
        SchemaColumn("fran", "DATE", "Första dagen"),
        SchemaColumn("till", "DATE", "Sista dagen"),
        SchemaColumn("avslutad", "BOOLEAN", "Om planens sista dag har passerats"),
        SchemaColumn("matbart", "BOOLEAN", "Om något mål har ett tal"),
        SchemaColumn("uppnatt", "BOOLEAN", "Om alla mål med tal är uppnådda"),
        SchemaColumn("status", "VARCHAR", "Programmets förslag, ett av de fasta orden"),
        _sum("mal", "Så många mål av slaget minst och antal som räknar tillfällen, och där utfallet är känt"),
        _sum("lovade", "Tillfällena som de målen lovar"),
        _sum("vantade_taljare", "Tillfällena som väntades hittills, täljaren"),
        _sum("vantade_namnare", "Nämnaren"),
        _sum("gjorda", "Tillfällena som räknas mot de målen"),
        *_SUMS,
        SchemaColumn("senaste", "VARCHAR", "Den sista månaden med en rapport, tomt utan"),
        SchemaColumn("genomforande", "VARCHAR", "Senaste bedömningen av genomförandet, tomt utan bedömning"),
        SchemaColumn("resultat", "VARCHAR", "Senaste bedömningen av resultatet, tomt utan bedömning"),
    ),
    False,
)


def _fraction(name: str, about: str) -> tuple[SchemaColumn, SchemaColumn]:
    return _sum(f"{name}_taljare", f"{about}, täljaren; tomt där det inte är känt"), _sum(f"{name}_namnare", "Nämnaren")


TARGETS = SchemaTable(
    "mal",
    "Varje mål som det står den dagen",
    (*_COMMITMENT, SchemaColumn("mal", "VARCHAR", "Målets id, tomt för det enda")),
    (
        SchemaColumn("operator", "VARCHAR", "minst, antal, högst, mellan, alla eller klart"),
        SchemaColumn("raknar", "VARCHAR", "tillfällen, fält, unika, andel eller inom"),
        SchemaColumn("falt", "VARCHAR", "Fältet som räknas, tomt för tillfällen"),
        SchemaColumn("personer", "BOOLEAN", "Om utfallet räknar människor"),
        SchemaColumn("laggs_ihop", "BOOLEAN", "Om målet och utfallet är antal som får läggas ihop med andras"),
        SchemaColumn("matbart", "BOOLEAN", "Om målet har ett tal"),
        *_fraction("hela", "Hela målet"),
        *_fraction("vantat", "Väntat hittills"),
        *_fraction("utfall", "Utfall"),
        SchemaColumn("sakerhet", "VARCHAR", "ca eller minst, tomt där utfallet står som det är"),
        SchemaColumn("status", "VARCHAR", "Programmets förslag, ett av de fasta orden"),
    ),
    False,
)

TABLES: Mapping[str, SchemaTable] = {table.name: table for table in (MONTHS, REPORTING, FIGURES, COMMITMENTS, TARGETS)}
"""Every table by its name, which also is its folder."""


# The names of Statistics Sweden's codes: counties, and municipalities as they are written in a table.


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
