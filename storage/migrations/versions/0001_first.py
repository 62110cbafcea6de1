"""The first schema: store, items and revisions, tags, events, feeds and their logs, ledger and origins, names."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "feeds",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("slug", sa.String(length=255), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
        sa.UniqueConstraint("kind", "slug", name="uq_feeds_kind_slug"),
    )
    op.create_table(
        "items",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("guid", sa.String(length=45), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("first_seen", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("text_digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("published", sa.JSON(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("declared_id", sa.Text(), nullable=True),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("modified", sa.BigInteger(), nullable=True),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("gone_at", sa.BigInteger(), nullable=True),
        sa.Column("gone_reason", sa.Text(), nullable=True),
        sa.Column("superseded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["superseded_by"], ["items.id"], name="fk_items_superseded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_items"),
        sa.UniqueConstraint("guid", name="uq_items_guid"),
    )
    op.create_index("ix_items_text_digest", "items", ["text_digest"], unique=False)
    op.create_table(
        "ledger",
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("inode", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.BigInteger(), nullable=False),
        sa.Column("last_seen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_ledger"),
    )
    op.create_index("ix_ledger_state", "ledger", ["state"], unique=False)
    op.create_table(
        "redirects",
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("old", sa.String(length=255), nullable=False),
        sa.Column("slug", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("kind", "old", name="pk_redirects"),
    )
    op.create_table(
        "store",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("store_id", sa.String(length=32), nullable=False),
        sa.Column("clock", sa.BigInteger(), nullable=False),
        sa.Column("last_item", sa.Integer(), nullable=False),
        sa.Column("last_feed", sa.Integer(), nullable=False),
        sa.Column("last_pass_at", sa.BigInteger(), nullable=True),
        sa.Column("last_pass_ok", sa.Boolean(), nullable=False),
        sa.Column("last_pass_note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_store"),
    )
    op.create_table(
        "subjects",
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("slug", sa.String(length=255), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("uri", sa.Text(), nullable=True),
        sa.Column("parent", sa.String(length=255), nullable=True),
        sa.PrimaryKeyConstraint("kind", "slug", name="pk_subjects"),
    )
    op.create_table(
        "events",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("first", sa.String(length=10), nullable=False),
        sa.Column("last", sa.String(length=10), nullable=False),
        sa.Column("instant", sa.Text(), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_events_item_id"),
        sa.PrimaryKeyConstraint("item_id", "place", name="pk_events"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_events_first", "events", ["first"], unique=False)
    op.create_table(
        "feed_entries",
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_feed_entries_feed_id"),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_feed_entries_item_id"),
        sa.PrimaryKeyConstraint("feed_id", "position", name="pk_feed_entries"),
        sa.UniqueConstraint("feed_id", "item_id", name="uq_feed_entries_feed_id_item_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_feed_entries_item_id", "feed_entries", ["item_id"], unique=False)
    op.create_table(
        "openings",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_openings_item_id"),
        sa.PrimaryKeyConstraint("digest", "item_id", name="pk_openings"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_openings_item_id", "openings", ["item_id"], unique=False)
    op.create_table(
        "origins",
        sa.Column("seed", sa.LargeBinary(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_origins_item_id"),
        sa.PrimaryKeyConstraint("seed", "position", "digest", name="pk_origins"),
    )
    op.create_index("ix_origins_digest", "origins", ["digest"], unique=False)
    op.create_index("ix_origins_item_id", "origins", ["item_id"], unique=False)
    op.create_table(
        "revisions",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("published", sa.JSON(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_revisions_item_id"),
        sa.PrimaryKeyConstraint("item_id", "revision", name="pk_revisions"),
    )
    op.create_table(
        "tags",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("slug", sa.String(length=255), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("salience", sa.Float(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_tags_item_id"),
        sa.PrimaryKeyConstraint("item_id", "kind", "slug", name="pk_tags"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_tags_kind_slug", "tags", ["kind", "slug"], unique=False)
