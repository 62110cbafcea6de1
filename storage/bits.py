"""Sets of positions as bits: packed into small blocks for the store, joined into one number for reckoning."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

BLOCK = 4096  # positions in a block
_BYTES = BLOCK // 8
_FEW = 64  # up to so many positions are stored one by one


def pack(bits: int) -> bytes:
    """Write a block: its offsets, two bytes each, where they are few, else all its bits."""
    if bits.bit_count() > _FEW:
        return bits.to_bytes(_BYTES, "little")
    return b"".join(offset.to_bytes(2, "little") for offset in ones(bits))


def unpack(data: bytes) -> int:
    """Read what `pack` wrote."""
    if len(data) == _BYTES:
        return int.from_bytes(data, "little")
    block = bytearray(_BYTES)
    _set_few(block, 0, data)
    return int.from_bytes(block, "little")


def join(blocks: Mapping[int, bytes], first: int, last: int) -> int:
    """Join the packed blocks from number `first` to `last` into one number whose bit 0 is the first position."""
    whole = bytearray((last - first + 1) * _BYTES)
    for number, data in blocks.items():
        start = (number - first) * _BYTES
        if len(data) == _BYTES:
            whole[start : start + _BYTES] = data
        else:
            _set_few(whole, start, data)
    return int.from_bytes(whole, "little")


def whole(blocks: Iterable[int], first: int, last: int) -> int:
    """All positions of these blocks, as `join` would have them."""
    return join(dict.fromkeys(blocks, b"\xff" * _BYTES), first, last)


def stretches(bits: int, width: int) -> Iterator[tuple[int, int]]:
    """Where blocks with a bit that is set follow each other: the first position of each stretch, and its width."""
    data, empty = bits.to_bytes(width // 8, "little"), bytes(_BYTES)
    start = None
    for at in range(0, len(data) + 1, _BYTES):
        used = data[at : at + _BYTES] not in {empty, b""}
        if used and start is None:
            start = at
        elif not used and start is not None:
            yield start * 8, (at - start) * 8
            start = None


def ones(bits: int) -> Iterator[int]:
    """Give the offsets of the bits that are set, lowest first."""
    digits = f"{bits:b}"[::-1]
    at = digits.find("1")
    while at >= 0:
        yield at
        at = digits.find("1", at + 1)


def highest(bits: int, number: int) -> list[int]:
    """Give the offsets of the highest bits that are set, highest first, at most `number`."""
    digits = f"{bits:b}"
    found: list[int] = []
    top, at = len(digits) - 1, digits.find("1")
    while at >= 0 and len(found) < number:
        found.append(top - at)
        at = digits.find("1", at + 1)
    return found


def number_of(positions: Iterable[int], width: int, start: int = 0) -> int:
    """Make one number of `width` bits from the positions that are to be set; bit 0 is the position `start`."""
    digits = bytearray(b"0") * width
    top = start + width - 1
    for position in positions:
        digits[top - position] = 49  # ASCII "1"
    return int(digits, 2)


def _set_few(block: bytearray, start: int, data: bytes) -> None:
    for offset in _offsets(data):
        block[start + (offset >> 3)] |= 1 << (offset & 7)


def _offsets(data: bytes) -> array[int]:
    offsets = array("H", data)
    if array("H", b"\x01\x00")[0] != 1:
        offsets.byteswap()
    return offsets
