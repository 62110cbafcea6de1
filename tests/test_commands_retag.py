"""`dateline retag`: the present authority on what is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from feeds.cli import main
from storage.items import item_by_id
from storage.lock import writer_lock
from tests.builders import add_item, name_subjects, report, uuid_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from storage.engine import Store

OWN = '[[actor]]\nslug = "orla-fenwick"\ntype = "person"\nlabel = "Orla Fenwick"\nnames = { en = ["Orla Fenwick"] }\n'


def test_a_new_actor_s_past_items_are_tagged(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_subjects(sqlite_store)
    item = add_item(sqlite_store, report("Orla Fenwick leaves"), uuid=uuid_of(1))
    (tmp_path / "actors.toml").write_text(OWN)
    monkeypatch.setenv("DATELINE_DATABASE_URL", sqlite_store.engine.url.render_as_string())
    monkeypatch.setenv("DATELINE_AUTHORITY_DIR", str(tmp_path))
    with writer_lock(sqlite_store):
        refused = CliRunner().invoke(main, ["retag"])
    assert (refused.exit_code, "another worker is running" in refused.output) == (1, True)
    for expected in ("1 of 1 items", "0 of 1 items"):
        done = CliRunner().invoke(main, ["retag"])
        assert (done.exit_code, expected in done.output) == (0, True)
    with sqlite_store.read() as conn:
        assert [tag.slug for tag in item_by_id(conn, item.id).report.tags] == ["orla-fenwick"]
