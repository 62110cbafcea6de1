"""The collector is off inside and as it was outside."""

from __future__ import annotations

import gc

import pytest

from feeds.authority.garbage import uncollected


def test_it_is_on_again_even_after_an_error() -> None:
    with pytest.raises(KeyError), uncollected():
        assert not gc.isenabled()
        raise KeyError
    assert gc.isenabled()


def test_what_was_made_inside_is_old_and_still_collected() -> None:
    with uncollected():
        ring: list[object] = []
        ring.append(ring)
        made = id(ring)
        assert any(id(one) == made for one in gc.get_objects(generation=0))
    assert any(id(one) == made for one in gc.get_objects(generation=2))
    assert gc.get_freeze_count() == 0


def test_where_it_was_off_it_stays_off() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
