"""An undated item counts on no day: the day that it was first seen is not when it appeared."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Set the day of undated items to none."""
    items = sa.table("items", sa.column("id", sa.Integer), sa.column("published", sa.JSON))
    entries = sa.table("feed_entries", sa.column("item_id", sa.Integer), sa.column("day", sa.Integer))
    undated = sa.select(items.c.id).where(items.c.published["precision"].as_string() == "unknown")
    op.execute(sa.update(entries).where(entries.c.item_id.in_(undated)).values(day=0))
