"""Groups of reports of one event, what items are compared by, and candidates for the authority."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; items that are stored already get their groups when they are next revised."""
    op.create_table(
        "group_members",
        sa.Column("item_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("group_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_group_members_item_id"),
        sa.PrimaryKeyConstraint("item_id", name="pk_group_members"),
    )
    op.create_index("ix_group_members_group_id", "group_members", ["group_id"], unique=False)
    op.create_table(
        "sketches",
        sa.Column("item_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_sketches_item_id"),
        sa.PrimaryKeyConstraint("item_id", name="pk_sketches"),
    )
    op.create_table(
        "sketch_keys",
        sa.Column("key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_sketch_keys_item_id"),
        sa.PrimaryKeyConstraint("key", "day", "item_id", name="pk_sketch_keys"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sketch_keys_item_id", "sketch_keys", ["item_id"], unique=False)
    op.create_table(
        "term_counts",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("term", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "term", name="pk_term_counts"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "candidates",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_candidates"),
    )
    op.create_index("ix_candidates_state_number", "candidates", ["state", "number"], unique=False)
    op.create_table(
        "candidate_items",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["name"], ["candidates.name"], name="fk_candidate_items_name"),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_candidate_items_item_id"),
        sa.PrimaryKeyConstraint("name", "item_id", name="pk_candidate_items"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_candidate_items_item_id", "candidate_items", ["item_id"], unique=False)
