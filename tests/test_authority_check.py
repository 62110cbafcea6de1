"""The shipped data agree with themselves beyond what loading demands."""

from __future__ import annotations

from feeds.authority.check import checked
from tests.authorities import shipped


def test_the_shipped_authority_is_consistent() -> None:
    assert checked(shipped()) is shipped()


def test_every_role_title_has_its_forms() -> None:
    known = {title.title for title in shipped().titles}
    missing = {role.title for actor in shipped().actors.values() for role in actor.roles} - known
    # Titles without forms are matched by their own words; only rare ones may be.
    assert missing == {"Senior Director"}


def test_every_topic_is_named_in_four_languages() -> None:
    for topic in shipped().topics.values():
        assert {"en", "ko", "zh", "ja"} <= topic.names.keys(), topic.slug
