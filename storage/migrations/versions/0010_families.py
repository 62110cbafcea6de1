"""The family names of persons, by which selections find them; the writer fills them in when it next starts."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("subjects", sa.Column("family", sa.JSON(), nullable=False, server_default="[]"))
