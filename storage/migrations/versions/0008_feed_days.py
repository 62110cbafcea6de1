"""How many dated items each feed shows of each day."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table and count what is there."""
    op.create_table(
        "feed_days",
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_feed_days_feed_id"),
        sa.PrimaryKeyConstraint("feed_id", "day", name="pk_feed_days"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO feed_days (feed_id, day, number) "
        "SELECT feed_id, day, count(*) FROM feed_entries WHERE state = 0 AND day <> 0 GROUP BY feed_id, day"
    )
