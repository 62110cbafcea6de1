"""Writing that does not fail for one entry: what no writer can write is left out and reported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feeds.syndication.document import Fault

if TYPE_CHECKING:
    from feeds.syndication.document import FeedDocument
    from feeds.syndication.formats import Format


@dataclass(frozen=True, slots=True)
class Written:
    """A feed's bytes, and the entries that are not in them."""

    data: bytes
    faults: tuple[Fault, ...] = ()


def write(form: Format, document: FeedDocument) -> Written:
    """Write a document in a format; when that fails, without the entries that fail alone too.

    Raises:
        Exception: the fault is in no entry, but in the feed itself.

    """
    try:
        return Written(form.write(document), document.faults)
    except Exception:
        good, bad = [], []
        for entry in document.entries:
            try:
                form.write(replace(document, entries=(entry,), tombstones=()))
            except Exception as error:  # noqa: BLE001 - whatever it is, it is this entry's
                bad.append(Fault(entry.guid, f"{form.name}: {type(error).__name__}: {error}"))
            else:
                good.append(entry)
        if not bad:
            raise
        return Written(form.write(replace(document, entries=tuple(good))), (*document.faults, *bad))
