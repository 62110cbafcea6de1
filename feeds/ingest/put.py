"""One read seed into the store, inside the caller's transaction: new item, revision, copy, or nothing new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from feeds.ingest.compose import wire_time
from feeds.ingest.identity import continues, fingerprint, guid_of, guid_of_bytes, outranks, same_text
from storage.items import find_item, fingerprint_of, insert_item, item_by_id, item_by_text, revise_item
from storage.ledger import Origin, origins_of_digest, origins_of_seed, put_origins
from storage.log import place_item
from storage.state import tick
from storage.types import LATEST, FeedKey

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from storage.engine import Connection
    from storage.types import Item, Report, Tag

Result = Literal["new", "revised", "same", "copy"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a seed: the item it belongs to, and a note for the ledger where there is something to say."""

    result: Result
    item_id: int
    note: str = ""


def link_copy(conn: Connection, seed: bytes, digest: str) -> Outcome:
    """Link a seed whose very bytes were read before, under this name or another, to what they gave.

    Raises:
        LookupError: these bytes gave nothing yet.

    """
    known = {one.position: one for one in origins_of_digest(conn, digest)}
    if not known:
        raise LookupError(digest)
    own = any(one.seed == seed for one in known.values())
    note = "" if own else "the same bytes as another seed"
    linked = [Origin(seed, position, digest, one.item_id, True, note) for position, one in sorted(known.items())]
    put_origins(conn, seed, linked)
    return Outcome("same" if own else "copy", linked[0].item_id, note)


def put(
    conn: Connection, seed: bytes, digest: str, report: Report, now: datetime, parents: Mapping[str, str]
) -> Outcome:
    """Store what a seed says; `digest` is the sha256 of its bytes, `now` the machine's time, `parents` of topics."""
    outcome = _resolve(conn, seed, digest, report, now, parents)
    put_origins(conn, seed, [Origin(seed, 0, digest, outcome.item_id, True, outcome.note)])
    return outcome


def _resolve(
    conn: Connection, seed: bytes, digest: str, report: Report, now: datetime, parents: Mapping[str, str]
) -> Outcome:
    if mine := _item_of_seed(conn, seed):
        if fingerprint_of(conn, mine.id).content == fingerprint(report).content:
            return Outcome("same", mine.id)
        if continues(mine.report, report):
            return _revise(conn, mine, report, now, parents)
    guid, note = guid_of(report, digest), ""
    if claimed := find_item(conn, guid.removeprefix("urn:uuid:")):
        if same_text(claimed.report, report):
            return _reported_again(conn, claimed, report, now, parents)
        # Two seeds that claim one id with unlike text are two items; the first keeps the id.
        guid, note = guid_of_bytes(digest), f"claims the id of {claimed.guid}, which says something else"
        if again := find_item(conn, guid.removeprefix("urn:uuid:")):
            return Outcome("copy", again.id, note)
    if twin := item_by_text(conn, fingerprint(report).text):
        return Outcome("copy", twin.id, note or "the same text from the same source")
    return _insert(conn, guid, report, now, parents, note)


def _item_of_seed(conn: Connection, seed: bytes) -> Item | None:
    origins = origins_of_seed(conn, seed)
    return item_by_id(conn, origins[0].item_id) if origins else None


def _reported_again(
    conn: Connection, claimed: Item, report: Report, now: datetime, parents: Mapping[str, str]
) -> Outcome:
    if outranks(report, claimed.report):
        return _revise(conn, claimed, report, now, parents)
    return Outcome("copy", claimed.id, "another seed reports this article")


def _insert(
    conn: Connection, guid: str, report: Report, now: datetime, parents: Mapping[str, str], note: str
) -> Outcome:
    at = tick(conn, now)
    shown = wire_time(report.published, at)
    item_id = insert_item(conn, guid, report, fingerprint(report), at=at, published_at=shown)
    place_item(conn, item_id, feeds_for(report.tags, parents), revised=False, at=at)
    return Outcome("new", item_id, note)


def _revise(conn: Connection, item: Item, report: Report, now: datetime, parents: Mapping[str, str]) -> Outcome:
    at = tick(conn, now)
    shown = wire_time(report.published, item.first_seen)
    revise_item(conn, item, report, fingerprint(report), at=at, published_at=shown)
    place_item(conn, item.id, feeds_for(report.tags, parents), revised=True, at=at)
    return Outcome("revised", item.id)


def feeds_for(tags: tuple[Tag, ...], parents: Mapping[str, str]) -> set[FeedKey]:
    """The feeds that hold an item: `latest`, one for each tag, and the parents of its topics."""
    keys = {LATEST}
    for tag in tags:
        keys.add(FeedKey(tag.kind, tag.slug))
        above = parents.get(tag.slug) if tag.kind == "topic" else None
        while above and FeedKey("topic", above) not in keys:
            keys.add(FeedKey("topic", above))
            above = parents.get(above)
    return keys
