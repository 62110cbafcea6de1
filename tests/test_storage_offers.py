from __future__ import annotations

from typing import TYPE_CHECKING

from storage.offers import languages_of_items, sources_of_items
from tests.builders import add_item, later, name_subjects, report, uuid_of

if TYPE_CHECKING:
    from storage.engine import Store


def test_an_empty_store_offers_nothing(store: Store) -> None:
    with store.read() as conn:
        assert (languages_of_items(conn), sources_of_items(conn)) == ((), ())


def test_what_items_have_is_offered_once_in_order(store: Store) -> None:
    name_subjects(store)
    has = [("zh-Hant", "The Seoul Post"), ("ko", None), ("en", "Reuters"), ("zh-Hans", "Reuters"), ("und", "연합")]
    for number, (language, source) in enumerate(has, start=1):
        add_item(store, report(language=language, source=source), uuid=uuid_of(number), at=later(number))
    with store.read() as conn:
        assert languages_of_items(conn) == ("en", "ko", "und", "zh", "zh-hans", "zh-hant")
        assert sources_of_items(conn) == ("reuters", "the seoul post", "연합")
