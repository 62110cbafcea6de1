"""Full text is written by the program: triggers made SQLite write it out after every row, which took hours in bulk."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_SQLITE = ("DROP TRIGGER IF EXISTS texts_added", "DROP TRIGGER IF EXISTS texts_removed")
# The vector is made of our tokens without PostgreSQL's parser; U+E000 keeps its place and is not indexed.
_POSTGRESQL = (
    "DROP TRIGGER IF EXISTS texts_changed ON texts",
    "DROP FUNCTION IF EXISTS texts_to_index()",
    r"""
    CREATE FUNCTION texts_index_vector(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
      SELECT coalesce(string_agg('''' || token || ''':' || place, ' '), '')::tsvector
      FROM unnest(string_to_array(words, ' ')) WITH ORDINALITY AS tokens(token, place)
      WHERE token <> U&'\E000' AND token <> ''
    $$
    """,
)


def upgrade() -> None:
    """Take the triggers away; what they wrote stays."""
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(sa.text(statement.replace(":", r"\:")))
