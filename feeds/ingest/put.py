"""What a read seed says, into the store, inside the caller's transaction: new item, revision, copy, or nothing new."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from feeds.ingest.compose import wire_time
from feeds.ingest.grouping import regroup
from feeds.ingest.identity import (
    continues,
    fingerprint,
    guid_of,
    guid_of_bytes,
    opening_digests,
    outranks,
    same_story,
    same_text,
)
from feeds.ingest.noting import note_names
from storage.briefs import note_carrier
from storage.groups import other_ids, touch_beside
from storage.items import (
    find_item,
    fingerprint_of,
    insert_item,
    item_by_id,
    item_by_text,
    replace_tags,
    revise_item,
    supersede_item,
)
from storage.ledger import (
    Origin,
    is_led_by_another,
    origins_of_digest,
    origins_of_seed,
    put_origins,
    take_the_lead,
)
from storage.log import place_item, take_out
from storage.openings import opening_alike, put_openings
from storage.state import tick
from storage.types import LATEST, FeedKey

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from feeds.authority import Matcher
    from storage.engine import Connection
    from storage.types import Item, Report, Tag

_AGAIN = "another seed reports this article"
Result = Literal["new", "revised", "retagged", "same", "copy"]


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
    known = origins_of_digest(conn, digest)
    if not known:
        raise LookupError(digest)
    own = [replace(one, current=True) for one in known if one.seed == seed]
    if own:
        put_origins(conn, seed, own)
        return Outcome("same", own[0].item_id, own[0].reason)
    first = {one.position: one for one in reversed(known)}
    note = "the same bytes as another seed"
    put_origins(conn, seed, [_copy_of(conn, one, seed, note) for _, one in sorted(first.items())])
    return Outcome("copy", first[min(first)].item_id, note)


def _copy_of(conn: Connection, one: Origin, seed: bytes, note: str) -> Origin:
    """The same item from another seed, which leads where the one that did has left the folder (a rename)."""
    return replace(one, seed=seed, current=True, leads=not is_led_by_another(conn, seed, one.item_id), reason=note)


@dataclass(frozen=True, slots=True)
class Putting:
    """One seed on its way into the store.

    `digest` is the sha256 of its bytes, `now` the machine's time, `parents` the parent of each topic that has one.
    `retag` also replaces the tags of an item whose words stay: only re-reading does, a new delivery never. `matcher`
    finds the names that the authority does not know; without it none are noted.
    """

    conn: Connection
    seed: bytes
    digest: str
    now: datetime
    parents: Mapping[str, str]
    retag: bool = False
    matcher: Matcher | None = None

    def put(self, reports: Sequence[Report]) -> Outcome:
        """Store the article (the first report) and the briefs that it carries along; the outcome is the article's."""
        article = self._article(reports[0])
        outcomes = [article, *(self._brief(report, article.item_id) for report in reports[1:])]
        origins = [
            Origin(self.seed, position, self.digest, outcome.item_id, True, self._leads(outcome), outcome.note)
            for position, outcome in enumerate(outcomes)
        ]
        put_origins(self.conn, self.seed, origins)
        return outcomes[0]

    def _leads(self, outcome: Outcome) -> bool:
        """The seed that gave the words leads; so does a copy whose leader has left the folder."""
        return outcome.result != "copy" or not is_led_by_another(self.conn, self.seed, outcome.item_id)

    def _article(self, report: Report) -> Outcome:
        if outcome := self._go_on(report):
            return outcome
        guid, note = guid_of(report, self.digest), ""
        if claimed := self._find(guid):
            if claimed.gone_at is not None or same_text(claimed.report, report):
                return self._reported_again(claimed, report, _AGAIN)
            # Two seeds that claim one id with unlike text are two items; the first keeps the id.
            guid, note = guid_of_bytes(self.digest), f"claims the id of {claimed.guid}, which says something else"
            if again := self._find(guid):
                return Outcome("copy", again.id, note)
        if twin := item_by_text(self.conn, fingerprint(report).text):
            return self._reported_again(twin, report, note or "the same text from the same source")
        return self._insert(guid, report, note)

    def _go_on(self, report: Report) -> Outcome | None:
        """What the seed says of the item that it is tied to already; None where it says another article now."""
        mine = self._origin()
        if mine is None:
            return None
        item = item_by_id(self.conn, mine.item_id)
        if item.gone_at is None and fingerprint_of(self.conn, item.id).content == fingerprint(report).content:
            return self._unchanged(item, report, "same" if mine.leads else "copy", mine.reason)
        if not continues(item.report, report):
            return None
        if mine.leads:
            return self._revise(item, report)
        return self._reported_again(item, report, _AGAIN)

    def _brief(self, report: Report, carrier_id: int) -> Outcome:
        """A brief is one item however many articles carry it, and none where its full article is here."""
        if known := self._find(guid_of(report, self.digest)):
            if known.superseded_by is not None:
                return Outcome("copy", known.superseded_by, "a brief of a full article")
            if known.gone_at is not None:
                return _withdrawn(known)
            return self._unchanged(known, report, "same")
        for article in opening_alike(self.conn, opening_digests(report), "article"):
            if same_story(report, article.report):
                return Outcome("copy", article.id, "a brief of a full article")
        outcome = self._insert(guid_of(report, self.digest), report, "")
        note_carrier(self.conn, outcome.item_id, carrier_id)
        return outcome

    def _origin(self) -> Origin | None:
        """What tied this seed to its item until now."""
        return next((one for one in origins_of_seed(self.conn, self.seed) if one.position == 0), None)

    def _find(self, guid: str) -> Item | None:
        return find_item(self.conn, guid.removeprefix("urn:uuid:"))

    def _reported_again(self, item: Item, report: Report, note: str) -> Outcome:
        if outranks(report, item.report):
            return self._revise(item, report)
        return Outcome("copy", item.id, note) if item.gone_at is None else _withdrawn(item)

    def _unchanged(self, item: Item, report: Report, result: Result, note: str = "") -> Outcome:
        if not self.retag or item.report.tags == report.tags:
            return Outcome(result, item.id, note)
        replace_tags(self.conn, item.id, report.tags)
        at = tick(self.conn, self.now)
        place_item(self.conn, item.id, feeds_for(report.tags, self.parents), revised=False, at=at)
        return Outcome("retagged", item.id)

    def _insert(self, guid: str, report: Report, note: str) -> Outcome:
        at = tick(self.conn, self.now)
        shown = wire_time(report.published, at)
        item_id = insert_item(self.conn, guid, report, fingerprint(report), at=at, published_at=shown)
        self._place(item_id, report, at, revised=False)
        return Outcome("new", item_id, note)

    def _revise(self, item: Item, report: Report) -> Outcome:
        if item.gone_at is not None:
            return self._revise_unseen(item, report)
        at = self._replace(item, report)
        self._place(item.id, report, at, revised=True)
        if report.language != item.report.language:
            touch_beside(self.conn, item.id, at)
        return Outcome("revised", item.id)

    def _revise_unseen(self, item: Item, report: Report) -> Outcome:
        """Keep the correction of a retracted item, whom no feed shows, for the day on which it is restored."""
        purged = not item.report.title
        if not purged and fingerprint_of(self.conn, item.id).content != fingerprint(report).content:
            self._replace(item, report)
            put_openings(self.conn, item.id, opening_digests(report))
        return _withdrawn(item)

    def _replace(self, item: Item, report: Report) -> datetime:
        at = tick(self.conn, self.now)
        shown = wire_time(report.published, item.first_seen)
        revise_item(self.conn, item, report, fingerprint(report), at=at, published_at=shown)
        take_the_lead(self.conn, self.seed, item.id)
        return at

    def _place(self, item_id: int, report: Report, at: datetime, *, revised: bool) -> None:
        place_item(self.conn, item_id, feeds_for(report.tags, self.parents), revised=revised, at=at)
        put_openings(self.conn, item_id, opening_digests(report))
        others = other_ids(self.conn, item_id)
        regroup(self.conn, item_id)
        if other_ids(self.conn, item_id) != others:
            touch_beside(self.conn, item_id, at)
        if self.matcher is not None:
            note_names(self.conn, item_id, report, self.matcher)
        if report.kind == "article":
            self._take_place_of_briefs(item_id, report, at)

    def _take_place_of_briefs(self, article_id: int, report: Report, at: datetime) -> None:
        for brief in opening_alike(self.conn, opening_digests(report), "brief"):
            if same_story(brief.report, report):
                supersede_item(self.conn, brief.id, article_id, at)
                take_out(self.conn, brief.id, at)
                touch_beside(self.conn, brief.id, at)


def _withdrawn(item: Item) -> Outcome:
    """No file brings a retracted guid back (docs/contract.md, "Retraction")."""
    return Outcome("copy", item.id, "its item was retracted; only `dateline restore` brings it back")


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
