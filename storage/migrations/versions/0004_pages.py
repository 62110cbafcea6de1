"""For the pages: roles of persons, the day at which an item counts in a feed, and when the names last changed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# `storage.log.day_number` in SQL: microseconds since 1970, moved so that the division never meets a negative number.
_DAY = (
    "(SELECT (items.published_at + 62135683200000000) / 86400000000 FROM items WHERE items.id = feed_entries.item_id)"
)


def upgrade() -> None:
    """Roles stay empty until the worker next copies the authority's names."""
    op.add_column("subjects", sa.Column("roles", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("store", sa.Column("names_at", sa.BigInteger()))
    op.add_column("feed_entries", sa.Column("day", sa.Integer(), nullable=False, server_default="0"))
    op.execute(f"UPDATE feed_entries SET day = {_DAY}")  # noqa: S608 - a constant of ours
    op.create_index("ix_feed_entries_feed_id_state_day", "feed_entries", ["feed_id", "state", "day"], unique=False)
