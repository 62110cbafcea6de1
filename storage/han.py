"""Chinese characters folded to their simplified form, one by one, so that one name is found in both scripts."""

from __future__ import annotations

from functools import lru_cache

from opencc import OpenCC


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(char: str) -> str:
    """Give the simplified form of one character; anything but a Chinese character comes back as it is."""
    return str(_converter().convert(char)) if "\u3400" <= char <= "\U0003ffff" and len(char) == 1 else char
