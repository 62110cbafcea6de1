"""A stamp on each item, which changes with it: what was made of the item before is used again without reading it."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; the items that are there share one stamp of this store's, so that no row has to be written."""
    stamp = sa.text(str(secrets.randbits(63)))
    op.add_column("items", sa.Column("stamp", sa.BigInteger(), nullable=False, server_default=stamp))
