"""The tables, once, for both engines. Ids and positions are counted by us, never by a sequence: see `storage.state`."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Instant(TypeDecorator[datetime]):
    """An aware datetime as whole microseconds since 1970 UTC: exact, ordered and equal on both engines."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Refuse a naive time: nobody could say which instant it is."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs a zone")
        return (value - EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give the instant back in UTC."""
        return None if value is None else instant_of(value)


def instant_of(microseconds: int) -> datetime:
    """Read what an `Instant` stores."""
    return EPOCH + timedelta(microseconds=microseconds)


def new_stamp() -> int:
    """What marks a row as it now is: by chance, so that no rolled back change, nor a copy of the store, has it too."""
    return secrets.randbits(63)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# One row: who this store is, its strictly rising clock, its counters, the worker's heartbeat, and since when the web
# shows feeds by the present settings (a digest of them).
store = Table(
    "store",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("store_id", String(32), nullable=False),
    Column("clock", Instant, nullable=False),
    Column("last_item", Integer, nullable=False),
    Column("last_feed", Integer, nullable=False),
    Column("last_pass_at", Instant),
    Column("last_pass_ok", Boolean, nullable=False),
    Column("last_pass_note", Text, nullable=False),
    Column("names_at", Instant),
    Column("settings", String(64), nullable=False),
    Column("settings_since", Instant, nullable=False),
)

items = Table(
    "items",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("guid", String(45), nullable=False, unique=True),
    Column("revision", Integer, nullable=False),
    Column("first_seen", Instant, nullable=False),
    Column("updated", Instant, nullable=False),
    Column("published_at", Instant, nullable=False),
    Column("content_digest", String(64), nullable=False),
    Column("text_digest", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("published", JSON, nullable=False),
    Column("url", Text),
    Column("source", Text),
    Column("declared_id", Text),
    Column("authors", JSON, nullable=False),
    Column("modified", Instant),
    Column("notes", JSON, nullable=False),
    Column("gone_at", Instant),
    Column("gone_reason", Text),
    Column("superseded_by", ForeignKey("items.id")),
    Column("carrier_id", Integer),  # of a brief: the article that carried it along when it was first seen
    # Another one with every change of what `storage.item_rows` reads of an item, in whichever table.
    Column("stamp", BigInteger, nullable=False, default=new_stamp, onupdate=new_stamp),
    Index("ix_items_text_digest", "text_digest"),
    Index("ix_items_carrier_id", "carrier_id"),
)

# Digests of how an item opens (title, first sentences): where to look for the full article of a brief, and back.
openings = Table(
    "openings",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("item_id", ForeignKey("items.id"), primary_key=True),
    Index("ix_openings_item_id", "item_id"),
    sqlite_with_rowid=False,
)

# The days at which the text says that something happens; `first` and `last` are ISO dates, equal for one day. `key`
# names the date within its item for good, `sequence` counts its changes.
events = Table(
    "events",
    metadata,
    Column("item_id", ForeignKey("items.id"), primary_key=True),
    Column("place", SmallInteger, primary_key=True, autoincrement=False),
    Column("first", String(10), nullable=False),
    Column("last", String(10), nullable=False),
    Column("instant", Text),
    Column("sentence", Text, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("key", String(16), nullable=False),
    Column("sequence", Integer, nullable=False),
    Index("ix_events_first", "first"),
    sqlite_with_rowid=False,
)

# What an item said before each of its later revisions: the current text stands in `items`.
revisions = Table(
    "revisions",
    metadata,
    Column("item_id", ForeignKey("items.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("updated", Instant, nullable=False),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("published", JSON, nullable=False),
    Column("url", Text),
)

tags = Table(
    "tags",
    metadata,
    Column("item_id", ForeignKey("items.id"), primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("slug", String(255), primary_key=True),
    Column("place", SmallInteger, nullable=False),
    Column("role", String(16), nullable=False),
    Column("salience", Float, nullable=False),
    Column("evidence", JSON, nullable=False),
    Index("ix_tags_kind_slug", "kind", "slug"),
    sqlite_with_rowid=False,
)

feeds = Table(
    "feeds",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(8), nullable=False),
    Column("slug", String(255), nullable=False),
    Column("label", Text, nullable=False),
    Column("head", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("changed_at", Instant, nullable=False),
    UniqueConstraint("kind", "slug"),
)

# The log of each feed: one row an item, at the position of its last move. `state`: 0 in the feed, 1 left it, 2 gone
# from every feed (retracted, or a brief whose full article is here). `day` is the day of `published_at` in UTC, counted
# as `date.toordinal` does, or 0 where undated: pages count items by week and month without reading them.
feed_entries = Table(
    "feed_entries",
    metadata,
    Column("feed_id", ForeignKey("feeds.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("item_id", ForeignKey("items.id"), nullable=False),
    Column("state", SmallInteger, nullable=False),
    Column("day", Integer, nullable=False, server_default="0"),
    UniqueConstraint("feed_id", "item_id"),
    Index("ix_feed_entries_item_id", "item_id"),
    Index("ix_feed_entries_feed_id_state_day", "feed_id", "state", "day"),
    sqlite_with_rowid=False,
)

# How many dated items each feed shows of each day, kept with every move: 100,000 items of ten years are 3,650 rows.
feed_days = Table(
    "feed_days",
    metadata,
    Column("feed_id", ForeignKey("feeds.id"), primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Every seed ever seen, by its relative path as bytes.
ledger = Table(
    "ledger",
    metadata,
    Column("name", LargeBinary, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("inode", BigInteger, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("first_seen", Instant, nullable=False),
    Column("last_seen", Instant, nullable=False),
    Index("ix_ledger_state", "state"),
)

# Which bytes of which seed gave which item: `current` marks what the seed says now, `leads` the seed whose words the
# item shows where several report it.
origins = Table(
    "origins",
    metadata,
    Column("seed", LargeBinary, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("digest", String(64), primary_key=True),
    Column("item_id", ForeignKey("items.id"), nullable=False),
    Column("current", Boolean, nullable=False),
    Column("leads", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Index("ix_origins_item_id", "item_id"),
    Index("ix_origins_digest", "digest"),
)

subjects = Table(
    "subjects",
    metadata,
    Column("kind", String(8), primary_key=True),
    Column("slug", String(255), primary_key=True),
    Column("label", Text, nullable=False),
    Column("type", String(16), nullable=False),
    Column("names", JSON, nullable=False),
    Column("uri", Text),
    Column("parent", String(255)),
    Column("roles", JSON, nullable=False, server_default="[]"),
    Column("family", JSON, nullable=False, server_default="[]"),
)

redirects = Table(
    "redirects",
    metadata,
    Column("kind", String(8), primary_key=True),
    Column("old", String(255), primary_key=True),
    Column("slug", String(255), nullable=False),
)

# Reports of one event, by a permanent id: the uuid of the report that founded the group.
group_members = Table(
    "group_members",
    metadata,
    Column("item_id", ForeignKey("items.id"), primary_key=True, autoincrement=False),
    Column("group_id", String(36), nullable=False),
    Index("ix_group_members_group_id", "group_id"),
)

# What an item is compared by, as the tagger packed it, and the hashes and days by which its like are found.
sketches = Table(
    "sketches",
    metadata,
    Column("item_id", ForeignKey("items.id"), primary_key=True, autoincrement=False),
    Column("language", String(16), nullable=False),
    Column("data", LargeBinary, nullable=False),
)
sketch_keys = Table(
    "sketch_keys",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("item_id", ForeignKey("items.id"), primary_key=True),
    Index("ix_sketch_keys_item_id", "item_id"),
    sqlite_with_rowid=False,
)

# How many items have a word (`kind` is its language) or a fact (`kind` is ""); the hash -1 counts the items.
term_counts = Table(
    "term_counts",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("term", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Names that texts give a title and the authority does not know, until somebody accepts, merges or rejects them.
candidates = Table(
    "candidates",
    metadata,
    Column("name", String(120), primary_key=True),
    Column("language", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("titles", JSON, nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String(8), nullable=False),
    Index("ix_candidates_state_number", "state", "number"),
)
candidate_items = Table(
    "candidate_items",
    metadata,
    Column("name", ForeignKey("candidates.name"), primary_key=True),
    Column("item_id", ForeignKey("items.id"), primary_key=True),
    Column("sentence", Text, nullable=False),
    Index("ix_candidate_items_item_id", "item_id"),
    sqlite_with_rowid=False,
)

# The index of selections. `indexed` says what of an item stands in it: its position in `latest`, by which everything
# here is counted, and its terms. `facet_blocks` holds, for each term and each 4,096 positions, which items have it.
indexed = Table(
    "indexed",
    metadata,
    Column("item_id", ForeignKey("items.id"), primary_key=True, autoincrement=False),
    Column("position", Integer, nullable=False, unique=True),
    Column("terms", JSON, nullable=False),
)
facet_blocks = Table(
    "facet_blocks",
    metadata,
    Column("term", String(255), primary_key=True),
    Column("block", Integer, primary_key=True, autoincrement=False),
    Column("bits", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
# The tokens of each item (`storage.tokens`). `storage.fulltext` keeps `texts_index` equal to it: full text in the
# engine's own way (FTS5, tsvector), which is why that is no table of this list.
texts = Table(
    "texts",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("words", Text, nullable=False),
)
