"""The parts of a zip archive as they really are when they are unpacked, whatever the archive says of their size."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

_LOCAL_HEADER = 30
_MOST_PARTS = 10_000
_STEP = 256 * 1024


class Budget:
    """How many bytes may still be unpacked."""

    def __init__(self, left: int) -> None:
        self.left = left


class TooLarge(Exception):  # noqa: N818 - nothing is wrong with the archive
    """More than may be unpacked."""


class Part(NamedTuple):
    """One part of an archive, by its name."""

    name: str
    data: bytes
    at: int
    size: int
    method: int

    def pieces(self, budget: Budget) -> Iterator[bytes]:
        """Its content, piece by piece. TooLarge past what may be unpacked, BadZipFile where it is broken."""
        head = self.data[self.at : self.at + _LOCAL_HEADER]
        if len(head) < _LOCAL_HEADER or not head.startswith(b"PK\x03\x04"):
            raise zipfile.BadZipFile
        first = self.at + _LOCAL_HEADER + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        packed = memoryview(self.data)[first : first + self.size]
        pieces: Iterator[bytes]
        if self.method == zipfile.ZIP_STORED:
            pieces = (bytes(packed[at : at + _STEP]) for at in range(0, len(packed), _STEP))
        elif self.method == zipfile.ZIP_DEFLATED:
            pieces = _inflated(packed)
        else:
            raise zipfile.BadZipFile
        for piece in pieces:
            budget.left -= len(piece)
            if budget.left < 0:
                raise TooLarge
            yield piece


def parts_of(data: bytes) -> list[Part]:
    """What an archive holds. TooLarge where that is more than any workbook has, BadZipFile where it is broken."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside = archive.infolist()
    if len(inside) > _MOST_PARTS:
        raise TooLarge
    return [Part(one.filename, data, one.header_offset, one.compress_size, one.compress_type) for one in inside]


def _inflated(packed: memoryview) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for at in range(0, len(packed), _STEP):
            waiting = bytes(packed[at : at + _STEP])
            while waiting and not unpacker.eof:
                if piece := unpacker.decompress(waiting, _STEP):
                    yield piece
                waiting = unpacker.unconsumed_tail
    except zlib.error:
        raise zipfile.BadZipFile from None
