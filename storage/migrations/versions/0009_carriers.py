"""Which article carried a brief along when it was first seen."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of the briefs that are there, the oldest article known to have carried them is the best guess."""
    op.add_column("items", sa.Column("carrier_id", sa.Integer(), nullable=True))
    op.create_index("ix_items_carrier_id", "items", ["carrier_id"])
    op.execute(
        "UPDATE items SET carrier_id = (SELECT min(article.item_id) FROM origins AS article JOIN origins AS brief "
        "ON brief.seed = article.seed AND brief.digest = article.digest "
        "WHERE article.position = 0 AND brief.position > 0 AND brief.item_id = items.id) WHERE kind = 'brief'"
    )
