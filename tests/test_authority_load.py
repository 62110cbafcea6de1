from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feeds.authority import Redirect, load_authority
from feeds.errors import AuthorityError, SettingsError
from tests.authorities import shipped, write

if TYPE_CHECKING:
    from pathlib import Path

BAKER = """# ours
[[actor]]
slug = "the-baker"
type = "person"
label = "The Baker"
names = { en = ["Ada Baker"] }
"""


def test_the_shipped_files_load_with_the_people_of_the_beat() -> None:
    assert {"marco-rubio", "cho-hyun", "south-korea", "mofa-kr", "pax-silica"} <= shipped().actors.keys()
    assert {"trade-tariffs", "north-korea", "us-rok-alliance", "diplomacy-talks"} <= shipped().topics.keys()


def test_an_operator_adds_and_replaces_by_slug(tmp_path: Path) -> None:
    write(tmp_path, "actors.toml", BAKER + BAKER.replace("the-baker", "boeing").replace("Ada Baker", "Ada Boeing"))
    authority = load_authority(tmp_path)
    assert authority.actors["the-baker"].names == {"en": ("Ada Baker",)}
    assert authority.actors["boeing"].names == {"en": ("Ada Boeing",)}
    assert authority.actors["airbus"] == shipped().actors["airbus"]


def test_renamed_and_merged_slugs_redirect_to_the_last_one(tmp_path: Path) -> None:
    renamed = BAKER + 'renamed_from = ["old-baker"]\n'
    merged = BAKER.replace("the-baker", "ada").replace("Ada Baker", "Ada B.") + 'merged_into = "old-baker"\n'
    authority = load_authority(write(tmp_path, "actors.toml", renamed + merged))
    assert authority.redirects == (
        Redirect("actor", "ada", "the-baker"),
        Redirect("actor", "old-baker", "the-baker"),
    )
    assert "ada" not in authority.actors


def test_a_merged_actor_leaves_its_names_to_the_other(tmp_path: Path) -> None:
    merged = BAKER.replace("the-baker", "ada").replace("Ada Baker", "Ada B.") + 'merged_into = "the-baker"\n'
    authority = load_authority(write(tmp_path, "actors.toml", BAKER + merged))
    assert authority.actors["the-baker"].names == {"en": ("Ada Baker", "Ada B.")}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (BAKER + "label = [broken\n", 7, "unclosed array"),
        (BAKER + "height = 3\n", 7, "height: Unexpected"),
        (BAKER.replace('"person"', '"wizard"'), 4, "type: Input should be"),
        (BAKER.replace("the-baker", "The Baker"), 3, "slug: String should match"),
        (BAKER + 'merged_into = "nobody"\n', 7, "merged into 'nobody'"),
        (BAKER + 'roles = [{ title = "Baker", of = "atlantis" }]\n', 7, "'atlantis', which is no actor"),
        (
            BAKER + 'roles = [\n  { title = "Baker", of = "france", from = 2024-02-30 },\n]\n',
            8,
            "invalid date",
        ),
        (
            BAKER + 'roles = [\n  { title = "Baker", of = "france", from = 2024-02-03, to = 2023-01-01 },\n]\n',
            7,
            "ends before it starts",
        ),
        (BAKER.replace("Ada Baker", "Marco Rubio"), 6, "'Marco Rubio' (en) names both marco-rubio and the-baker"),
        (BAKER + "\n" + BAKER, 10, "'the-baker' stands here twice"),
        (BAKER + '[[oven]]\nslug = "x"\n', 7, "oven: Unexpected"),
    ],
)
def test_an_error_names_file_and_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    write(tmp_path, "actors.toml", text)
    with pytest.raises(AuthorityError) as caught:
        load_authority(tmp_path)
    assert says in str(caught.value)
    assert str(caught.value).startswith(f"{tmp_path / 'actors.toml'}:{line}: ")


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ('parent = "dairy"', "parent 'dairy' is no topic"),
        ('yields_to = ["dairy"]', "'dairy' is no topic"),
        ('given_with = "dairy"', "'dairy' is no topic"),
    ],
)
def test_a_topic_fault_names_its_file(tmp_path: Path, key: str, says: str) -> None:
    topic = f'[[topic]]\nslug = "cheese"\nlabel = "Cheese"\nnames = {{}}\nphrases = {{}}\n{key}\n'
    with pytest.raises(AuthorityError, match=rf"topics\.toml:6: cheese: {says}"):
        load_authority(write(tmp_path, "topics.toml", topic))


def test_bytes_that_are_no_utf8_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "actors.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AuthorityError, match=r"actors\.toml"):
        load_authority(tmp_path)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"DATELINE_AUTHORITY_DIR names .*nowhere, which is no folder"):
        load_authority(tmp_path / "nowhere")
