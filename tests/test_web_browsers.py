"""The label under which a browser is given a feed: the same bytes, and readers never see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web_samples import FEED, app_for, fill

if TYPE_CHECKING:
    from storage.engine import Store

NAVIGATION = {"Sec-Fetch-Dest": "document", "Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize("path", ["/latest.rss", FEED])
def test_who_navigates_to_a_feed_gets_the_same_bytes_as_xml(sqlite_store: Store, path: str) -> None:
    fill(sqlite_store)
    client = app_for(sqlite_store).test_client()
    for _ in range(2):  # Flask's answer, then the one from memory
        reader = client.get(path, headers={"Accept": NAVIGATION["Accept"]})
        person = client.get(path, headers=NAVIGATION)
        assert reader.content_type in {"application/rss+xml; charset=utf-8", "application/atom+xml; charset=utf-8"}
        assert person.content_type == "application/xml; charset=utf-8"
        assert person.data == reader.data
        assert person.headers["Vary"] == reader.headers["Vary"] == "Accept-Encoding, Sec-Fetch-Dest"
        assert {**person.headers, "Content-Type": ""} == {**reader.headers, "Content-Type": ""}
        again = client.get(path, headers={**NAVIGATION, "If-None-Match": reader.headers["ETag"]})
        assert (again.status_code, again.headers["Vary"]) == (304, "Accept-Encoding, Sec-Fetch-Dest")


@pytest.mark.parametrize("path", ["/latest.json", "/latest.ics", "/feeds.opml", "/latest", "/nowhere.atom"])
def test_nothing_else_has_another_label(sqlite_store: Store, path: str) -> None:
    fill(sqlite_store)
    client = app_for(sqlite_store).test_client()

    assert client.get(path, headers=NAVIGATION).content_type == client.get(path).content_type
    assert "Sec-Fetch-Dest" not in client.get(path).headers.get("Vary", "")
