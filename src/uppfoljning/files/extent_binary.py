"""How far the cells reach in the workbooks that are no text: Excel's of before 2007, and its binary ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from struct import error, unpack_from

_ROW = 0
_LAST_CELL = 11
"""The numbers of the records of an xlsb that tell a row, and up to which they tell a cell."""
_BEGINNING = b"\x91\x01"
"""How the record before the rows of an xlsb is written; what has none is no sheet."""
OLE = b"\xd0\xcf\x11\xe0"
_FREE = 0xFFFFFFFA
"""Numbers of sectors from which on they are none."""
_ENTRY, _HEADER = 128, 512
_SMALL = 4096
_STREAMS = ("Workbook", "Book")
_SHEET, _END = 0x0085, 0x000A
_LOCK = 0x002F
_MANY = 0x00BD
_CELLS = frozenset((
    0x0001, 0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x0206, 0x0207,
    0x0406, 0x027E, 0x00BD, 0x00BE, 0x00D6, 0x00FD,
))  # fmt: skip
"""The records of an xls that tell a cell; each begins with its row and its column."""
_BLANK = (0x0001, 0x0201, 0x00BE, 0x0207)


def reach_of_records(data: bytes) -> int:
    """How many cells a part of an xlsb would be laid out as; 0 for what is no sheet."""
    if (_BEGINNING + b"\0" if data.startswith(OLE) else _BEGINNING) not in data:
        return 0
    at = row = last_row = last_column = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        size, at = _number(data, at, 4)
        if kind == _ROW and size >= 4:
            row = int.from_bytes(data[at : at + 4], "little")
        elif 0 < kind <= _LAST_CELL and size >= 4:
            last_row = max(last_row, row + 1)
            last_column = max(last_column, int.from_bytes(data[at : at + 4], "little") + 1)
        at += size
    return last_row * last_column


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number written seven bits a byte, and where it ends."""
    found = 0
    for step in range(most):
        byte = data[at + step] if at + step < len(data) else 0
        found |= (byte & 0x7F) << (7 * step)
        if not byte & 0x80:
            return found, at + step + 1
    return found, at + most


def reach_of_old(data: bytes) -> int:
    """How many cells all the sheets of an xls would be laid out as, together. ValueError where it is broken."""
    try:
        return sum(map(_reach_of_stream, _streams(data)))
    except error:
        raise ValueError("a file that is cut") from None


def _reach_of_stream(stream: bytes) -> int:
    """The sheets begin where the stream says; each is read to its end, also where one begins within another."""
    starts = []
    for kind, body in _records(stream, 0):
        if kind == _LOCK and body[:2] != b"\0\0":
            # What follows is a secret, and the reader says so before it reads any of it.
            return 0
        if kind == _END:
            break
        if kind == _SHEET:
            starts.append(unpack_from("<I", body)[0])
    return sum(_reach_of_sheet(stream, start) for start in starts)


def _reach_of_sheet(stream: bytes, start: int) -> int:
    last_row = last_column = 0
    for kind, body in _records(stream, start):
        if kind == _END:
            break
        if kind in _CELLS and kind not in _BLANK and len(body) >= 4:
            row, column = unpack_from("<HH", body)
            last = unpack_from("<H", body, len(body) - 2)[0] if kind == _MANY else column
            last_row, last_column = max(last_row, row + 1), max(last_column, column + 1, last + 1)
    return last_row * last_column


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, size = unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _chain(first: int, following: bytes, sector: Callable[[int], bytes]) -> bytes:
    """The sectors from the first on, each followed by what the list says."""
    found: list[bytes] = []
    seen: set[int] = set()
    while first < _FREE and first not in seen and 4 * first + 4 <= len(following):
        seen.add(first)
        found.append(sector(first))
        first = unpack_from("<I", following, 4 * first)[0]
    return b"".join(found)


def _streams(data: bytes) -> Iterator[bytes]:
    """The streams of an OLE file that may hold a workbook."""
    if len(data) < _HEADER:
        raise ValueError("no OLE file")
    shift, small_shift = unpack_from("<HH", data, 30)
    first_folder = unpack_from("<I", data, 48)[0]
    first_small, _, first_more, _ = unpack_from("<4I", data, 60)
    if not 7 <= shift <= 16 or not 4 <= small_shift < shift:
        raise ValueError("no OLE file")
    size = 1 << shift

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    lists = list(unpack_from("<109I", data, 76))
    seen: set[int] = set()
    while first_more < _FREE and first_more not in seen:
        seen.add(first_more)
        more = sector(first_more)
        lists += unpack_from(f"<{size // 4 - 1}I", more)
        first_more = unpack_from("<I", more, size - 4)[0]
    following = b"".join(sector(number) for number in lists if number < _FREE)
    folder = _chain(first_folder, following, sector)
    entries = [folder[at : at + _ENTRY] for at in range(0, len(folder) - _ENTRY + 1, _ENTRY)]
    small_following = _chain(first_small, following, sector)
    for entry in entries:
        name = entry[: max(unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace")
        first, length = unpack_from("<IQ", entry, 116)
        length &= 0xFFFFFFFF
        if name not in _STREAMS:
            continue
        if length >= _SMALL:
            yield _chain(first, following, sector)[:length]
        else:
            inside = _chain(unpack_from("<I", entries[0], 116)[0], following, sector)
            step = 1 << small_shift

            def small(number: int, inside: bytes = inside, step: int = step) -> bytes:
                return inside[number * step : (number + 1) * step]

            yield _chain(first, small_following, small)[:length]
