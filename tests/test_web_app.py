from __future__ import annotations

import random
import unicodedata
from typing import TYPE_CHECKING

import pytest
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from feeds.errors import SettingsError
from feeds.settings import Settings
from feeds.web.app import create_app
from tests.builders import uuid_of
from tests.web_samples import BASE, FEED, app_for, client_for, fill

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

    from flask import Flask

    from storage.engine import Store

ITEM = f"/items/{uuid_of(1)}"
ASKED = (FEED, "/latest.rss", "/latest.json", "/feeds.opml", "/actors/Marco-Rubio", "/nowhere", "/", ITEM, "")
EVIL = ("evil.example", "evil.example:8080", "evil.example, evil.example", "evil.example@news.example", "evil.example.")
NAMES = ("Host", "X-Forwarded-Host", "X-Forwarded-Server", "X-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded")


def ask(app: Flask, environ: WSGIEnvironment) -> tuple[int, str, bytes]:
    """Send a request as a server would hand it over; give the status, all headers as one text, and the body."""
    body, status, headers = run_wsgi_app(app, environ, buffered=True)
    return int(status.split()[0]), "\n".join(f"{name}: {value}" for name, value in headers), b"".join(body)


def hostile_headers(rng: random.Random) -> dict[str, str]:
    """Some headers that claim another host, scheme or path."""
    headers = {
        "X-Forwarded-Proto": rng.choice(["http", "ftp", "javascript", "evil.example"]),
        "X-Forwarded-Prefix": rng.choice(["/evil.example", "//evil.example"]),
        "X-Forwarded-For": "evil.example",
        "Referer": "http://evil.example/",
        "Origin": "http://evil.example",
    }
    for name in rng.sample(NAMES, 3):
        value = rng.choice(EVIL)
        headers[name] = f'for=1.1.1.1;host="{value}";proto=http' if name == "Forwarded" else value
    return headers


@pytest.mark.parametrize("number", [1_000, pytest.param(10_000, marks=pytest.mark.slow)])
def test_no_header_of_a_request_shows_in_an_answer(sqlite_store: Store, number: int) -> None:
    fill(sqlite_store)
    app = app_for(sqlite_store)
    rng = random.Random(7)
    for turn in range(number):
        method = rng.choice(["GET", "GET", "GET", "HEAD", "POST", "OPTIONS"])
        builder = EnvironBuilder(
            path=ASKED[turn % len(ASKED)] or "/", method=method, headers=Headers(hostile_headers(rng))
        )
        environ = builder.get_environ()
        if not ASKED[turn % len(ASKED)]:
            environ["PATH_INFO"] = ""
        status, headers, body = ask(app, environ)
        assert status in {200, 301, 404, 405}
        assert "evil" not in headers
        assert b"evil" not in body


@pytest.mark.parametrize(
    "host", ["", " ", "evil.example/x", "évil", 'a"><script>', "[::1", "a:b:c", ":99999", "\x00", "x" * 9_000]
)
def test_a_broken_host_changes_nothing(sqlite_store: Store, host: str) -> None:
    fill(sqlite_store)
    app = app_for(sqlite_store)
    plain = ask(app, EnvironBuilder(path=FEED).get_environ())
    environ = EnvironBuilder(path=FEED).get_environ()
    environ["HTTP_HOST"] = host
    assert ask(app, environ) == plain
    assert plain[0] == 200


def test_every_status_carries_the_same_protection_and_no_cookie(sqlite_store: Store) -> None:
    fill(sqlite_store)
    client = client_for(sqlite_store)
    etag = client.get(FEED).headers["ETag"]
    answers = [
        client.get("/"),
        client.get(FEED, headers={"If-None-Match": etag}),
        client.get("/actors/Marco-Rubio"),
        client.get("/nowhere"),
        client.post("/"),
        client.get("/", query_string="x" * 9_000),
        client.options("/"),
        client.get("/healthz?strict=1"),
        client.get("/static/style.css"),
    ]
    assert [answer.status_code for answer in answers] == [200, 304, 301, 404, 405, 414, 200, 503, 200]
    for answer in answers:
        assert answer.headers["Content-Security-Policy"] == (
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
            "frame-ancestors 'none'"
        )
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_only_what_programs_read_is_open_to_scripts_of_other_sites(sqlite_store: Store) -> None:
    fill(sqlite_store)
    client = client_for(sqlite_store)
    for path in (FEED, "/latest.rss", "/latest.json", "/feeds.opml", f"{ITEM}.json", "/actors/nobody.json"):
        assert client.get(path).headers["Access-Control-Allow-Origin"] == "*", path
    for path in ("/", ITEM, "/healthz"):
        assert "Access-Control-Allow-Origin" not in client.get(path).headers, path


def test_a_long_address_is_refused(sqlite_store: Store) -> None:
    client = client_for(sqlite_store)
    assert client.get("/latest.rss", query_string="q=" + "x" * 1_000_000).status_code == 414
    assert client.get("/actors/" + "x" * 1_000_000).status_code == 414
    assert client.get("/actors/" + "x" * 1_000_000 + ".json").get_json() == {"error": "The address is too long."}


def strange_paths(rng: random.Random) -> list[bytes]:
    """Paths as they reach a WSGI server: after percent-decoding, so any byte may stand in them."""
    parts = [
        b"topics", b"actors", b"items", b"latest", b"static", b"feeds.opml",
        b"select", b"archive", b"1", b"a+b", b"marco-rubio", b"trade-tariffs",
        b".rss", b".atom", b".json", b".", b"..", b"/", b"//", b"\\", b"\x00", b"%00", b"%2f", b"..%2f", b"..\xc0\xaf",
        b"\xc0\x80", b"\xe0\x80\xaf", b"\xff\xfe", b"\xed\xa0\x80", b"\r\nSet-Cookie: a=b", b" ", b"?", b"#", b";",
        "café".encode(), unicodedata.normalize("NFD", "café").encode(), "韩美".encode(), "İ".encode(), b"\xe2\x80\xae",
        uuid_of(1).encode(), b"'\"><svg/onload=", b"{{7*7}}", b"A" * 300, b"https://evil.example",
    ]  # fmt: skip
    return [b"/" + b"/".join(rng.choices(parts, k=rng.randint(1, 4))) for _ in range(900)] + [
        b"/" + b"".join(rng.choices(parts, k=rng.randint(1, 5))) for _ in range(900)
    ]


QUERIES = (
    "", "", "since=%00", "since=start&limit=1", "since=start", "limit=99999999999999999999", "limit=-1", "q=((",
    "q=%ff",
    "q=" + "(" * 3_000, "q=" + "a OR " * 800, "q=topic:", "ui=ko", "ui=%00", "lang=%F0%9F%98%80", "salience=nan",
    "kind=brief", "&&&=;", "page=-1", "q=after:9999-99-99",
)  # fmt: skip


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 29))])
def test_strange_paths_never_break_the_server(sqlite_store: Store, seed: int) -> None:
    fill(sqlite_store)
    app = app_for(sqlite_store)
    rng = random.Random(seed)
    for path in strange_paths(rng):
        environ = EnvironBuilder(path="/").get_environ()
        environ["PATH_INFO"] = path.decode("latin-1")
        environ["QUERY_STRING"] = rng.choice(QUERIES)
        status, headers, body = ask(app, environ)
        assert status in {200, 301, 302, 400, 404, 405, 410, 414}, (path, environ["QUERY_STRING"])
        assert b"<svg/" not in body
        assert b"evil" not in body
        assert "Set-Cookie" not in headers
        assert "evil" not in headers


@pytest.mark.parametrize(
    ("path", "expected"),
    [("//", 200), ("//latest.rss", 200), ("/topics//trade-tariffs", 404), ("/topics/", 404), ("/latest/", 404)],
)
def test_almost_right_paths_are_not_mended_by_a_redirect(sqlite_store: Store, path: str, expected: int) -> None:
    fill(sqlite_store)
    environ = EnvironBuilder(path="/").get_environ()
    environ["PATH_INFO"] = path
    assert ask(app_for(sqlite_store), environ)[0] == expected


def test_strange_slugs_are_not_there_on_either_engine(store: Store) -> None:
    fill(store)
    app = app_for(store)
    for raw in (b"x\x00y", b"\xff", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf0\x9f\x92\xa9", b"%00", b"'; DROP TABLE feeds"):
        for suffix in (b"", b".rss"):
            environ = EnvironBuilder(path="/").get_environ()
            environ["PATH_INFO"] = (b"/topics/" + raw + suffix).decode("latin-1")
            assert ask(app, environ)[0] == 404


def test_absolute_urls_come_from_the_setting(sqlite_store: Store) -> None:
    fill(sqlite_store)
    for path in (FEED, "/latest.json", "/feeds.opml"):
        body = client_for(sqlite_store).get(path, base_url="http://other.example:81").data
        assert BASE.encode() in body
        assert b"other.example" not in body


def test_without_a_base_url_there_is_no_application(sqlite_store: Store) -> None:
    with pytest.raises(SettingsError, match="DATELINE_BASE_URL"):
        create_app(Settings(base_url=""), sqlite_store)
