"""Building a hundred thousand values that all stay: the collector would walk them again and again for nothing."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def uncollected() -> Iterator[None]:
    """Switch the cyclic garbage collector off for the block, if it is on; what was made in it is old afterwards."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.unfreeze()  # into the oldest generation: the next look at the young ones does not walk it all
            gc.enable()
