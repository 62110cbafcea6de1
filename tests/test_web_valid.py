"""Every page is HTML without one parse error, by the rules that browsers follow (html5lib, strict)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import html5lib
import pytest

from tests.builders import uuid_of
from tests.web_samples import client_for, fill_richly

if TYPE_CHECKING:
    from storage.engine import Store

PATHS = (
    "/",
    "/latest",
    "/topics",
    "/actors",
    "/actors/names/1",
    "/actors?name=<q>",
    "/topics/trade-tariffs",
    "/actors/marco-rubio",
    f"/items/{uuid_of(1)}",
    f"/items/{uuid_of(2)}",
    f"/items/{uuid_of(3)}",
    "/latest/months/2026-02",
    "/actors/marco-rubio/months/undated",
    "/calendar",
    "/select",
    "/select?q=lang:en%20tariffs",
    "/select?q=-topic:trade-tariffs%20(actor:marco-rubio%20OR%20lang:ko)",
    "/actors/marco-rubio+south-korea",
    "/select?q=actor:marc",
    "/calendar/2026-02",
    "/calendar/2026-02-11",
    "/calendar/2026-02?q=lang:en",
    "/calendar?q=nothing:x",
    "/nowhere",
    "/errors/429",
    "/errors/503",
)


@pytest.mark.parametrize("ui", ["en", "ko", "zh", "ja"])
def test_every_page_is_valid_in_every_language(sqlite_store: Store, ui: str) -> None:
    fill_richly(sqlite_store)
    client = client_for(sqlite_store, status_token="a-token-that-is-long")
    assert client.get("/status", auth=("", "a-token-that-is-long")).status_code == 200
    for path in (*PATHS, "/status"):
        page = client.get(f"{path}{'&' if '?' in path else '?'}ui={ui}", auth=("", "a-token-that-is-long")).get_data(
            as_text=True
        )
        assert "None" not in page, path
        html5lib.HTMLParser(strict=True).parse(page)


def test_the_checker_sees_a_fault() -> None:
    with pytest.raises(html5lib.html5parser.ParseError):
        html5lib.HTMLParser(strict=True).parse("<!doctype html><title>x</title><p><div></p>")
