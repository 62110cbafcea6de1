"""The nginx examples of the docs, in a real nginx: files of an export, and a cache in front of a real server."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from feeds.export.run import export
from feeds.settings import Settings
from storage.migrate import upgrade
from tests.builders import add_item, later, report, tag, uuid_of
from tests.nginx import nginx
from tests.server import get
from tests.web_samples import BASE, client_for, fill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

EXPORTED = [
    "/",
    "/latest",
    "/latest?ui=ko",
    "/?ui=ja",
    "/topics",
    "/topics/trade-tariffs",
    "/topics/trade-tariffs?ui=zh",
    "/actors/marco-rubio.atom",
    "/actors/marco-rubio.rss",
    "/actors/marco-rubio.json",
    "/latest/archive/1.atom",
    "/feeds.opml",
    "/static/style.css",
    "/static/icon.svg",
    "/json-feed.schema.json",
    f"/items/{uuid_of(1)}",
    f"/items/{uuid_of(1)}.json",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FlaskClient, str]]:
    """The same store by Dateline itself and, exported, by nginx."""
    home: Path = tmp_path_factory.mktemp("site")
    store, _ = upgrade(f"sqlite:///{home}/one.db")
    fill(store)
    for number in range(10, 160):
        add_item(
            store,
            report(f"Item {number}", tags=(tag("topic", "trade-tariffs"),)),
            uuid=uuid_of(number),
            at=later(number),
        )
    export(Settings(base_url=BASE), store, home / "out", lambda _number, _total: None)
    changes = {"/srv/dateline/export/current": f"{home}/out/current"}
    with nginx("nginx-export.conf", home / "nginx", changes) as url:
        yield client_for(store), url
    store.dispose()


@pytest.mark.parametrize("path", EXPORTED)
def test_an_exported_file_is_served_as_dateline_would(site: tuple[FlaskClient, str], path: str) -> None:
    client, url = site
    ours, theirs = client.get(path), get(url + path)
    assert (theirs.status, theirs.body) == (200, ours.data)
    names = ["Content-Type", "Cache-Control", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"]
    for name in (*names, "Access-Control-Allow-Origin"):
        assert (name, theirs.headers[name]) == (name, ours.headers.get(name))
    assert get(url + path, method="HEAD").headers["Content-Length"] == str(len(ours.data))


@pytest.mark.parametrize("path", EXPORTED)
def test_an_exported_file_has_validators_and_a_compressed_form(site: tuple[FlaskClient, str], path: str) -> None:
    _, url = site
    plain, zipped = get(url + path), get(url + path, {"Accept-Encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.body) == plain.body
    assert plain.headers["Vary"] == "Accept-Encoding"
    assert zipped.headers["Content-Type"] == plain.headers["Content-Type"]
    for answer, coding in ((plain, "identity"), (zipped, "gzip")):
        for name, value in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
            again = get(url + path, {name: str(answer.headers[value]), "Accept-Encoding": coding})
            assert (again.status, again.body) == (304, b"")
    assert get(url + path, {"If-None-Match": '"other"'}).status == 200


def test_what_is_not_there_is_the_page_of_the_house(site: tuple[FlaskClient, str]) -> None:
    client, url = site
    for path in (
        "/actors/nobody",
        "/topics/nothing.atom",
        "/ui/ko/latest.html",
        "/select?q=a",
        "/../etc/passwd",
        "/items/",
    ):
        answer = get(url + path)
        assert (path, answer.status) == (path, 400 if ".." in path else 404)
    assert get(url + "/actors/nobody").body == client.get("/404").data
    assert get(url + "/latest?ui=../../x").body == client.get("/latest").data
