"""Sets of positions as bits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from storage.bits import BLOCK, highest, join, number_of, ones, pack, stretches, unpack, whole

offsets = st.sets(st.integers(0, BLOCK - 1), max_size=300)


def test_few_are_stored_one_by_one_and_many_as_they_are() -> None:
    assert pack(1 << 258 | 1) == b"\x00\x00\x02\x01"
    assert len(pack((1 << 65) - 1)) == 512
    assert pack(0) == b""


@given(offsets)
def test_a_block_comes_back(some: set[int]) -> None:
    bits = number_of(some, BLOCK)
    assert unpack(pack(bits)) == bits
    assert list(ones(bits)) == sorted(some)
    assert highest(bits, 5) == sorted(some, reverse=True)[:5]


@given(offsets, offsets)
def test_blocks_are_joined_in_their_places(low: set[int], high: set[int]) -> None:
    bits = join({7: pack(number_of(low, BLOCK)), 9: pack(number_of(high, BLOCK))}, 7, 9)
    assert list(ones(bits)) == [*sorted(low), *(2 * BLOCK + offset for offset in sorted(high))]


def test_stretches_are_where_blocks_hold_something() -> None:
    bits = 1 << 5 | 1 << BLOCK | 1 << (4 * BLOCK - 1)
    assert list(stretches(bits, 6 * BLOCK)) == [(0, 2 * BLOCK), (3 * BLOCK, BLOCK)]
    assert list(stretches(1 << (2 * BLOCK - 1), 2 * BLOCK)) == [(BLOCK, BLOCK)]
    assert list(stretches(0, 2 * BLOCK)) == []


def test_whole_blocks_have_all_their_positions() -> None:
    assert whole([3, 5], 3, 5) == (1 << BLOCK) - 1 | ((1 << BLOCK) - 1) << 2 * BLOCK
    assert whole([], 3, 5) == 0
