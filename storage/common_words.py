"""The words that many items have, as sets of positions: of these, the full text would have to give far too many.

Once a block of positions is full, the words that are common in it become terms of it, as its feeds and languages are.
A closed block only ever loses items, and a search begins with those that are there, so what is noted stays right; and
which words are noted, and of which blocks, is a matter of speed alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from storage.bits import BLOCK, pack
from storage.facets import word_term
from storage.schema import facet_blocks, texts
from storage.tokens import GAP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy.engine import Connection

_SAMPLE = 8  # every eighth text of a block tells which words are common
_COMMON = 16  # a word that one text in so many has
_NOTED = "words"  # the term of a block whose common words are noted


def note_common_words(conn: Connection, positions: Iterable[int]) -> None:
    """Note the common words of one full block where some are missing, the newest first.

    `positions` are those that were just written. Where one is in a block that is noted already, that is forgotten.
    """
    written = {position // BLOCK for position in positions}
    noted = set(conn.execute(select(facet_blocks.c.block).where(facet_blocks.c.term == _NOTED)).scalars())
    for block in sorted(written & noted):
        _forget(conn, block)
    missing = set(range(max(written, default=0))) - noted
    if missing:
        _note(conn, max(missing))


def forget_common_words(conn: Connection) -> None:
    """Forget what is noted of all blocks, as a purged text may be in it; it is noted anew with the next writes."""
    conn.execute(delete(facet_blocks).where(facet_blocks.c.term.startswith(_NOTED[:-1])))


def _forget(conn: Connection, block: int) -> None:
    words = facet_blocks.c.term.startswith(_NOTED[:-1])
    conn.execute(delete(facet_blocks).where(words, facet_blocks.c.block == block))


def _note(conn: Connection, block: int) -> None:
    common = _common(conn, block)
    offsets: dict[str, list[int]] = defaultdict(list)
    for offset, tokens in _texts(conn, block):
        for token in common.intersection(tokens):
            offsets[token].append(offset)
    rows = [{"term": _NOTED, "block": block, "bits": b""}]
    for token, found in offsets.items():
        rows.append({"term": word_term(token), "block": block, "bits": pack(sum(1 << offset for offset in found))})
    conn.execute(insert(facet_blocks), rows)


def _common(conn: Connection, block: int) -> set[str]:
    often: Counter[str] = Counter()
    seen = 0
    for offset, tokens in _texts(conn, block):
        if offset % _SAMPLE == 0:
            seen += 1
            often.update(set(tokens))
    return {token for token, number in often.items() if number * _COMMON >= seen and token != GAP}


def _texts(conn: Connection, block: int) -> Iterator[tuple[int, list[str]]]:
    query = select(texts.c.position, texts.c.words).where(
        texts.c.position.between(block * BLOCK, block * BLOCK + BLOCK - 1)
    )
    for position, words in conn.execute(query.execution_options(yield_per=200)):
        yield position % BLOCK, words.split(" ")
