"""The index of selections: sets of positions by term, and full text in each engine's own way."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# External content: the words stand once, in `texts`. The tokens are ours already, so the tokenizer need only part them
# at spaces; `ascii` takes every other character for part of a word.
_SQLITE = (
    """
    CREATE VIRTUAL TABLE texts_index
    USING fts5(words, content='texts', content_rowid='position', tokenize='ascii', columnsize=0)
    """,
    """
    CREATE TRIGGER texts_added AFTER INSERT ON texts BEGIN
      INSERT INTO texts_index(rowid, words) VALUES (new.position, new.words);
    END
    """,
    """
    CREATE TRIGGER texts_removed AFTER DELETE ON texts BEGIN
      INSERT INTO texts_index(texts_index, rowid, words) VALUES ('delete', old.position, old.words);
    END
    """,
)
# The vector is made of our tokens without PostgreSQL's parser; U+E000 keeps its place and is not indexed.
_POSTGRESQL = (
    "CREATE TABLE texts_index (position INTEGER PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX ix_texts_index_words ON texts_index USING gin (words)",
    r"""
    CREATE FUNCTION texts_to_index() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        DELETE FROM texts_index WHERE position = OLD.position;
      ELSE
        INSERT INTO texts_index
        SELECT NEW.position, coalesce(string_agg('''' || token || ''':' || place, ' '), '')::tsvector
        FROM unnest(string_to_array(NEW.words, ' ')) WITH ORDINALITY AS tokens(token, place)
        WHERE token <> U&'\E000' AND token <> '';
      END IF;
      RETURN NULL;
    END $$
    """,
    "CREATE TRIGGER texts_changed AFTER INSERT OR DELETE ON texts FOR EACH ROW EXECUTE FUNCTION texts_to_index()",
)


def upgrade() -> None:
    """Create the tables; `storage.migrate` fills them afterwards."""
    op.create_table(
        "indexed",
        sa.Column("item_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_indexed_item_id"),
        sa.PrimaryKeyConstraint("item_id", name="pk_indexed"),
        sa.UniqueConstraint("position", name="uq_indexed_position"),
    )
    op.create_table(
        "facet_blocks",
        sa.Column("term", sa.String(length=255), nullable=False),
        sa.Column("block", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bits", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("term", "block", name="pk_facet_blocks"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "texts",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_texts"),
    )
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(sa.text(statement.replace(":", r"\:")))
