from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feeds.web.static import STYLE
from tests.web_samples import client_for, fill

if TYPE_CHECKING:
    from storage.engine import Store


def test_the_stylesheet_and_the_icon(sqlite_store: Store) -> None:
    client = client_for(sqlite_store)
    style, icon = client.get("/static/style.css"), client.get("/static/icon.svg")
    assert (style.status_code, style.headers["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert (icon.status_code, icon.headers["Content-Type"]) == (200, "image/svg+xml")
    # Nothing is fetched from anywhere, which the policy would refuse anyway.
    assert not re.search(rb"url\(|@import|https?:", style.data)
    assert client.get("/static/style.css", headers={"If-None-Match": style.headers["ETag"]}).status_code == 304


def test_pages_name_the_version_of_the_stylesheet(sqlite_store: Store) -> None:
    assert re.fullmatch(r"/static/style\.css\?v=[0-9a-f]{8}", STYLE)
    assert f'href="{STYLE}"' in client_for(sqlite_store).get("/").get_data(as_text=True)


def test_the_schema_is_where_the_feeds_say_that_it_is(sqlite_store: Store) -> None:
    fill(sqlite_store)
    client = client_for(sqlite_store)
    about = json.loads(client.get("/latest.json").data)["_dateline"]["about"]
    schema = client.get(urlsplit(about).path)
    assert (schema.status_code, schema.headers["Content-Type"]) == (200, "application/schema+json")
    assert "_dateline" in schema.get_data(as_text=True)


def test_no_other_file_is_served(sqlite_store: Store) -> None:
    client = client_for(sqlite_store)
    for path in ("/static/", "/static/../app.py", "/static/..%2fapp.py", "/static/style.css/", "/static//style.css"):
        assert client.get(path).status_code == 404, path
