"""As many different articles as a test wants, each naming real actors and topics, from a seeded generator."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_WHO = ("Marco Rubio", "Cho Hyun", "Scott Bessent", "Choi Sang-mok", "Antony Blinken", "Kang Kyung-wha")
_WHAT = (
    "the tariff on cars",
    "the alliance",
    "North Korea",
    "critical minerals",
    "shipbuilding",
    "the joint fact sheet",
)
_WHERE = ("Seoul", "Washington", "Tokyo", "Busan", "Geneva", "Gyeongju")


def article(number: int) -> str:
    """Article `number`: a title and three paragraphs that no other number has."""
    draw = random.Random(number)
    who, other = draw.sample(_WHO, 2)
    what, where = draw.choice(_WHAT), draw.choice(_WHERE)
    title = f"Round {number}: {who} and {other} talk about {what}"
    lead = f"{who} met {other} in {where} for round {number} of the talks about {what}, officials said."
    more = f"Round {number} took {draw.randint(1, 9)} hours and {draw.randint(1, 59)} minutes."
    return f"{title}\n\n{lead}\n\n{more}\n\nThe next round after number {number} has not been set.\n"


def write_articles(folder: Path, numbers: range) -> None:
    """Write them as a careful sender does: under a hidden name, then renamed."""
    for number in numbers:
        part = folder / f".{number}.txt"
        part.write_text(article(number))
        part.rename(folder / f"{number:06}.txt")
