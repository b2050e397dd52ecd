"""How a thing is written: its keys, what each means, and how its text is read.

A class of the domain declares every key once, with `field(...)`. That declaration reads files, finds misspelt keys and describes
the format; nothing else repeats it. Reading never stops at a fault: every fault is added to a list, and what is sound is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from contextvars import ContextVar
from functools import wraps
from itertools import islice
from types import MappingProxyType
from typing import Any, ClassVar, Final, ParamSpec, Self, TypeAlias, TypeVar, dataclass_transform

from uppfoljning.domain.finding import REMEMBERED, Problem, Tree, TreePath
from uppfoljning.domain.synonyms import begins_with, denies, fold, meant

FieldProblem: TypeAlias = tuple[TreePath, bool, Problem]
"""A problem with the way to the value, and whether it is the key that is wrong rather than the value."""

Parse: TypeAlias = Callable[[str], Any]
"""Reads one text: the value, or a `Problem`."""

TreeReader: TypeAlias = Callable[[Tree, TreePath, list[FieldProblem]], Any]
"""Reads a part of a tree: the value, or `REFUSED` after adding at least one problem to the list."""


Made: TypeAlias = tuple[str, tuple[Any, ...]]
"""How a parser or reader was made: `LIST` of an item, `TABLE` of a key and a value, `ANY` of some forms, or `WORDS`.

A form is a domain class, a parser or a reader.
"""

LIST, TABLE, ANY, WORDS = "list", "table", "any", "words"
_Reader = TypeVar("_Reader", bound=Callable[..., Any])


def made(reader: _Reader, how: str, *of: Any) -> _Reader:
    """Note on a parser or reader how it was made, so that the format is described from what reads it."""
    vars(reader)["made"] = (how, of)
    return reader


def made_of(reader: Callable[..., Any]) -> Made | None:
    """How a parser or reader was made; None when it reads a text in a way of its own."""
    return vars(reader).get("made")


def written_as(*forms: Any) -> Callable[[_Reader], _Reader]:
    """Declare which forms a reader of its own making takes."""
    return lambda reader: made(reader, ANY, *forms)


class Refused:
    """The only instance, `REFUSED`, stands for a value that could not be read and whose problem is already noted."""


REFUSED: Final = Refused()


class SchemaField:
    """One key as people write it. Exactly one of `parse` (a single text) and `read` (anything larger) is given."""

    __slots__ = ("about", "default", "name", "parse", "read", "required")

    def __init__(self, name: str, about: str, required: bool, default: Any, parse: Parse | None, read: TreeReader | None) -> None:
        self.name = name
        self.about = about
        self.required = required
        self.default = default
        self.parse = parse
        self.read = read


def field(name: str, parse: Parse, about: str, *, required: bool = False, default: Any = None) -> Any:
    """Declare a key whose value is one text."""
    return SchemaField(name, about, required, default, parse, None)


def nested(name: str, read: TreeReader, about: str, *, required: bool = False, default: Any = None) -> Any:
    """Declare a key whose value is a list, a mapping or of several forms."""
    return SchemaField(name, about, required, default, None, read)


_LONG = 100
NOTHING: Mapping[str, Any] = MappingProxyType({})
"""The default of a mapping that a file leaves out."""


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field, nested))
class Record:
    """A value whose attributes are declared with `field` and `nested`. It cannot be changed; `but` gives a changed copy.

    Dataclasses would do the same, but making some thirty of them takes longer than reading a hundred reports.
    """

    KEYS: ClassVar[dict[str, tuple[str, SchemaField]]] = {}
    REQUIRED: ClassVar[tuple[str, ...]] = ()
    NEEDED: ClassVar[frozenset[str]] = frozenset()
    """The attributes of the required keys."""
    ATTRIBUTES: ClassVar[frozenset[str]] = frozenset()
    READING: ClassVar[dict[str, tuple[str, Parse | None, TreeReader | None, dict[str, Any]]]] = {}
    """By key: the attribute, how its text or its part of the tree is read, and sound texts that have been read, by what they say.

    The same few texts come again in report after report.
    """

    def __init_subclass__(cls) -> None:
        declared = {name: value for name, value in vars(cls).items() if isinstance(value, SchemaField)}
        cls.KEYS = {one.name: (attribute, one) for attribute, one in declared.items()}
        cls.ATTRIBUTES = frozenset(declared)
        cls.REQUIRED = tuple(one.name for one in declared.values() if one.required)
        cls.NEEDED = frozenset(attribute for attribute, one in declared.items() if one.required)
        cls.READING = {one.name: (attribute, one.parse, one.read, {}) for attribute, one in declared.items()}
        for attribute, one in declared.items():
            if one.required:
                delattr(cls, attribute)
            else:
                setattr(cls, attribute, one.default)

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values)

    @classmethod
    def make(cls, **values: Any) -> Self:
        """A record of some values, the others at their defaults."""
        return cls(**values)

    def but(self, **changes: Any) -> Self:
        """The same record with some values changed."""
        # What was worked out from the old values, and is kept beside them, does not follow.
        kept = {name: value for name, value in self.__dict__.items() if name in self.ATTRIBUTES}
        return type(self)(**{**kept, **changes})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name, _ in self.KEYS.values())

    __hash__: ClassVar[None] = None  # type: ignore[assignment] # equal records may hold mappings

    def __repr__(self) -> str:
        values = (f"{name}={value!r}" for name, value in self.__dict__.items() if name in self.ATTRIBUTES)
        return f"{type(self).__name__}({', '.join(values)})"


R = TypeVar("R", bound=Record)


def read(cls: type[R], tree: Tree, at: TreePath, out: list[FieldProblem]) -> R | Refused:
    """Read a mapping as `cls`. An optional key that cannot be read is left at its default, so that the rest can be checked."""
    if not isinstance(tree, dict):
        out.append((at, False, wants_mapping(_keys_with_values(cls, tree))))
        return REFUSED
    reading = cls.READING
    values: dict[str, Any] = {}
    for name, raw in tree.items():
        known = reading.get(name)
        if known is None:
            out.append(((*at, name), True, unknown_key(name, cls.KEYS)))
            continue
        if raw is None:
            continue
        attribute, parse, read_part, read_before = known
        if parse is None:
            assert read_part is not None
            value = read_part(raw, (*at, name), out)
            if value is not REFUSED:
                values[attribute] = value
        elif type(raw) is str:
            value = read_before.get(raw)
            if value is None:
                value = parse(raw)
                if type(value) is Problem:
                    out.append(((*at, name), False, value))
                    continue
                _remember(raw, value, read_before)
            values[attribute] = value
        else:
            out.append(((*at, name), False, wants_text()))
    if not values.keys() >= cls.NEEDED:
        out += _lacking(cls, tree, values, at)
        return REFUSED
    # As cls(**values), which takes several times as long.
    record = cls.__new__(cls)
    record.__dict__.update(values)
    return record


def frozen(value: Any) -> Hashable:
    """A value as one that can be looked up: two are the same where the values are equal."""
    if isinstance(value, Record):
        return type(value), *(frozen(getattr(value, name)) for name, _ in value.KEYS.values())
    if isinstance(value, Mapping):
        return frozenset((name, frozen(inner)) for name, inner in value.items())
    if isinstance(value, (tuple, list)):
        return tuple(map(frozen, value))
    found: Hashable = value
    return found


def _remember(raw: str, value: Any, read_before: dict[str, Any]) -> None:
    """Longer texts seldom come again; and where there are too many, those that do are soon known again."""
    if len(raw) < _LONG:
        if len(read_before) >= REMEMBERED:
            read_before.clear()
        read_before[raw] = value


def _keys_with_values(cls: type[Record], tree: Tree) -> str:
    """How the keys of a class are written, around the value that was written without one where a key takes it."""
    if isinstance(tree, list) and len(tree) == 1 and isinstance(tree[0], dict):
        return "ta bort strecket: här står nycklarna direkt"
    # Words may be anybody's; figures, days and the format's own words are safe to show.
    given = tree if isinstance(tree, str) and len(tree) < _LONG else None
    takes = None
    if given is not None:
        takes = next((name for name, (_, one) in cls.KEYS.items() if _takes(one, given)), None)
    names = list(dict.fromkeys([*([takes] if takes else []), *cls.REQUIRED])) or list(cls.KEYS)[:2]
    return "skriv {" + ", ".join(f"{name}: {given if name == takes else '…'}" for name in names) + "}"


def _takes(one: SchemaField, text: str) -> bool:
    if one.parse is None or isinstance(value := one.parse(text), Problem):
        return False
    return not isinstance(value, str) or (made_of(one.parse) or ("",))[0] == WORDS


def _lacking(cls: type[Record], tree: dict[str, Tree], values: Mapping[str, Any], at: TreePath) -> Iterator[FieldProblem]:
    """What is required and was not given at all; of what could not be read it is noted already."""
    for name in cls.REQUIRED:
        if cls.READING[name][0] not in values and tree.get(name) is None:
            yield ((*at, name) if name in tree else at), True, missing_key(name)


def thing(cls: type[Record]) -> TreeReader:
    """A mapping read as a domain class."""
    return made(lambda tree, at, out: read(cls, tree, at, out), ANY, cls)


def listing(parse: Parse) -> TreeReader:
    """A list of single values, as a tuple; in a CSV cell the values stand with commas between."""

    def reader(tree: Tree, at: TreePath, out: list[FieldProblem]) -> Any:
        if not isinstance(tree, list):
            out.append((at, False, wants_list(as_list(tree, parse))))
            return REFUSED
        values = []
        for position, raw in enumerate(tree):
            value = parse(raw) if isinstance(raw, str) else wants_text()
            if isinstance(value, Problem):
                out.append(((*at, position), False, value))
            else:
                values.append(value)
        return tuple(values)

    return made(reader, LIST, parse)


_BETWEEN = re.compile(r"\s*[,;/&]\s*|\s+och\s+|\s+samt\s+")
_A_LIST = "en lista inom [ ]"


def as_list(tree: Tree, parse: Parse) -> str:
    """A text as the list it means, when each part of it can be taken; a part with a remedy of one word is written so."""
    if not isinstance(tree, str) or len(tree) >= _LONG:
        return _A_LIST
    parts = [part for part in _BETWEEN.split(tree.strip()) if part]
    ends = re.fullmatch(r"\s*(\S+)\s*(?:[–—-]|till|\.\.)\s*(\S+)\s*", tree)
    if len(parts) == 1 and ends is not None and isinstance(parse(parts[0]), Problem):
        parts = [ends[1], ends[2]]
    taken = [_taken(part, parse) for part in parts]
    return f"[{', '.join(part for part in taken if part)}]" if taken and all(taken) else _A_LIST


def _taken(part: str, parse: Parse) -> str | None:
    """A part as it may be written; None where nothing is sure, or where a text of one's own would be shown."""
    value = parse(part)
    if not isinstance(value, Problem):
        return part
    said = re.fullmatch(r"skriv (\w{3})", value.remedy)
    return said[1] if said and value.code == "S113" else None


def one_or_more(parse: Parse) -> TreeReader:
    """A single value or a list of them, always given back as a tuple."""
    several = listing(parse)

    def reader(tree: Tree, at: TreePath, out: list[FieldProblem]) -> Any:
        if not isinstance(tree, str):
            return several(tree, at, out)
        value = parse(tree)
        if isinstance(value, Problem):
            listed = as_list(tree, parse) if _BETWEEN.search(tree) else _A_LIST
            out.append((at, False, value if listed == _A_LIST else wants_list(listed)))
            return REFUSED
        return (value,)

    return made(reader, ANY, parse, several)


def things(cls: type[Record]) -> TreeReader:
    """A list of mappings, each read as a domain class; those that cannot be read are left out."""

    def reader(tree: Tree, at: TreePath, out: list[FieldProblem]) -> Any:
        if not isinstance(tree, list):
            out.append((at, False, wants_list(_with_dashes(cls, tree))))
            return REFUSED
        values = (read(cls, item, (*at, position), out) for position, item in enumerate(tree))
        return tuple(value for value in values if value is not REFUSED)

    return made(reader, LIST, cls)


def _with_dashes(cls: type[Record], tree: Tree) -> str:
    """How a list of mappings is written: the first key of each after a dash."""
    first = next(iter(cls.REQUIRED), next(iter(cls.KEYS)))
    written = [name.lstrip("-–—") for name in tree] if isinstance(tree, dict) else []
    if not cls.KEYS.keys().isdisjoint(written):
        first = next(name for name in written if name in cls.KEYS)
        return f"ett streck och ett mellanslag före den första nyckeln: - {first}:"
    return f"en lista där varje del börjar med ett streck: - {first}: …"


def table(parse_key: Parse, value: Parse | TreeReader, *, nested: bool = False) -> TreeReader:
    """A mapping with free keys. `nested` says that `value` reads a part of the tree and not one text."""

    def reader(tree: Tree, at: TreePath, out: list[FieldProblem]) -> Any:
        if not isinstance(tree, dict):
            how, words = made_of(parse_key) or ("", ())
            remedy = f"skriv en av {', '.join(words)} med ett värde, som {{{words[0]}: 1}}" if how == WORDS else _EACH_ON_A_LINE
            out.append((at, False, wants_mapping(remedy)))
            return REFUSED
        values = {}
        for name, raw in tree.items():
            key_value = parse_key(name)
            if isinstance(key_value, Problem):
                out.append(((*at, name), True, key_value))
                continue
            if nested:
                read_value = value(raw, (*at, name), out)  # type: ignore[call-arg, arg-type]
            elif raw is None:
                continue
            else:
                read_value = value(raw) if isinstance(raw, str) else wants_text()  # type: ignore[call-arg]
                if isinstance(read_value, Problem):
                    out.append(((*at, name), False, read_value))
                    continue
            if read_value is not REFUSED:
                values[key_value] = read_value
        return values

    return made(reader, TABLE, parse_key, value)


_EACH_ON_A_LINE = "skriv nyckel: värde, en på varje rad"


def raw_table(tree: Tree, at: TreePath, out: list[FieldProblem]) -> Any:
    """A mapping kept as text; its types come from a form that is known first later."""
    if isinstance(tree, dict):
        return tree
    out.append((at, False, wants_mapping()))
    return REFUSED


_MOST_COMPARED = 20_000
"""As many pairs of words are compared for what is said of one file: each takes longer than to read a line."""
_left: ContextVar[int | None] = ContextVar("left", default=None)
_LONGEST_WORD = 100
_MOST_NAMED = 12
P = ParamSpec("P")
T = TypeVar("T")


def sparing(work: Callable[P, T]) -> Callable[P, T]:
    """What reads a file: in it, words are compared with others only so many times, however many of them are unknown.

    Past that a remedy no longer names the nearest word. Each file begins anew, so what is said of it depends on it alone.
    """

    @wraps(work)
    def reading(*args: P.args, **named: P.kwargs) -> T:
        before = _left.set(_MOST_COMPARED)
        try:
            return work(*args, **named)
        finally:
            _left.reset(before)

    return reading


def may_compare(number: int) -> bool:
    """Whether a word may be compared with so many more."""
    left = _left.get()
    if left is None:
        return True
    _left.set(left := max(0, left - max(1, number)))
    return left > 0


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word that `word` means or is most like, or None when none is. Case and missing dots over å ä ö do not count.

    What it is another word for comes before what it looks like, and a word is never answered with its opposite.
    """
    if len(word) > _LONGEST_WORD or not may_compare(len(known)):
        return None
    import difflib

    by_fold = {fold(name): name for name in sorted(set(known))}
    if (exact := by_fold.get(fold(word))) is not None:
        return exact
    if (said := meant(word, known) or begins_with(word, known)) is not None:
        return said
    same = [folded for folded, name in by_fold.items() if denies(name) == denies(word)]
    close = difflib.get_close_matches(fold(word), same, n=1, cutoff=0.6)
    return by_fold[close[0]] if close else None


def suggestion(word: str, known: Collection[str], lead: str = "menade du") -> str:
    """A remedy that names the nearest known word, or else the known ones: all when they are few."""
    if (best := nearest(word, known)) is not None:
        return f"{lead} {best}?"
    if not known:
        return ""
    few = len(known) <= _MOST_NAMED or _left.get() != 0
    shown = ", ".join(sorted(set(known))[:_MOST_NAMED] if few else islice(known, _MOST_NAMED))
    return f"välj bland: {shown}{' …' if len(known) > _MOST_NAMED else ''}"


def unknown_key(name: str, known: Collection[str]) -> Problem:
    """A key the format does not have."""
    bare = name.lstrip("-–—")
    if bare != name and bare in known:
        return Problem("S101", f"nyckeln {name} finns inte här", f"skriv ett mellanslag efter strecket: - {bare}:")
    return Problem("S101", f"nyckeln {name} finns inte här", suggestion(name, known))


def missing_key(name: str) -> Problem:
    """A required key that is not there, or is empty."""
    return Problem("S102", f"nyckeln {name} saknas", f"lägg till en rad {name}: med ett värde")


def wants_text() -> Problem:
    """A list or a mapping where one value belongs."""
    return Problem("S103", "här ska ett enda värde stå", "skriv värdet efter kolonet, utan lista eller underrader")


def wants_list(what: str = "en lista inom [ ]") -> Problem:
    """One value or a mapping where a list belongs."""
    return Problem("S103", "här ska en lista stå", f"skriv {what}")


def wants_mapping(remedy: str = _EACH_ON_A_LINE) -> Problem:
    """One value or a list where keys with values belong."""
    return Problem("S103", "här ska nycklar med värden stå", remedy)
