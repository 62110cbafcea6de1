"""What keeps a calendar's events apart and in order, and since when the settings are what they are."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Name the dates that are stored by the revision and place that they have now."""
    op.add_column("events", sa.Column("key", sa.String(length=16), nullable=False, server_default=""))
    op.add_column("events", sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE events SET key = '1-' || place")
    op.add_column("store", sa.Column("settings", sa.String(length=64), nullable=False, server_default=""))
    op.add_column("store", sa.Column("settings_since", sa.BigInteger(), nullable=False, server_default="0"))
