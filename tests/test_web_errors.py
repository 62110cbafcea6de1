from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

import pytest
from lxml import html
from sqlalchemy import create_engine, text
from structlog.testing import capture_logs

from feeds.errors import BadRequest, Gone
from feeds.settings import Settings
from feeds.web.app import create_app
from storage.errors import StoreUnreachable
from tests.web_samples import BASE, app_for, client_for, fill

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from storage.engine import Store


@dataclass
class BrokenStore:
    """A store whose database fails in the way given."""

    error: Exception
    engine: Engine = field(default_factory=lambda: create_engine("sqlite:////nowhere/none.db"))

    def read(self) -> NoReturn:
        raise self.error


def broken(error: Exception) -> Store:
    return BrokenStore(error)  # type: ignore[return-value]  # only `read` is ever called


_BACK_SOON = "The database does not answer at the moment. Please try again in a little while.\n"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/", "<h1>Back soon</h1>"),
        ("/topics/x", "<h1>Back soon</h1>"),
        ("/latest.atom", _BACK_SOON),
        ("/feeds.opml", _BACK_SOON),
    ],
)
def test_a_store_that_cannot_be_reached_is_503_and_worth_another_try(path: str, told: str) -> None:
    client = create_app(Settings(base_url=BASE), broken(StoreUnreachable("secret: /path of it"))).test_client()
    answer = client.get(path)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert answer.headers["Cache-Control"] == "no-store"
    assert b"secret" not in answer.data
    assert told in answer.text


def test_a_database_that_went_away_is_503_on_either_engine(store: Store) -> None:
    fill(store)
    client = client_for(store)
    assert client.get("/latest.rss").status_code == 200
    _take_away(store)
    for path in ("/latest.rss", "/", "/healthz"):
        assert client.get(path).status_code == 503, path


def _take_away(store: Store) -> None:
    """Lose the file, or the whole database with every connection to it."""
    if store.sqlite_path is not None:
        store.dispose()
        store.sqlite_path.unlink()
        store.sqlite_path.mkdir()
        return
    admin = create_engine(store.engine.url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        name = store.engine.url.database
        conn.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        conn.execute(text(f"CREATE DATABASE {name} ALLOW_CONNECTIONS false"))  # the fixture drops it again
    admin.dispose()


def test_a_bug_is_500_without_a_trace() -> None:
    store = BrokenStore(StoreUnreachable("away while the application starts"))
    client = create_app(Settings(base_url=BASE), store).test_client()  # type: ignore[arg-type]
    store.error = RuntimeError("secret")
    with capture_logs() as lines:
        page, data = client.get("/"), client.get("/latest.json")
    assert (page.status_code, page.headers["Cache-Control"]) == (500, "no-store")
    assert b"secret" not in page.data
    assert b"Traceback" not in page.data
    assert data.status_code == 500
    assert data.get_json() == {"error": "Something went wrong here. It has been written down; trying again may help."}
    assert [(line["event"], str(line["exc_info"])) for line in lines] == [("request failed", "secret")] * 2


def test_each_refusal_is_a_page_of_the_house_or_json_for_programs(sqlite_store: Store) -> None:
    app = app_for(sqlite_store)

    @app.get("/bad<suffix>")
    def bad(suffix: str) -> str:
        raise BadRequest(f"the <fault> is at {len(suffix)}")

    @app.get("/gone<suffix>")
    def gone(suffix: str) -> str:
        raise Gone("It was withdrawn.")

    client = app.test_client()
    page = client.get("/bad-page")
    assert (page.status_code, page.headers["Cache-Control"]) == (400, "no-store")
    assert html.document_fromstring(page.data).xpath("string(//*[@class='refusal']/p[2])") == "the <fault> is at 5"
    assert client.get("/bad.json").get_json() == {"error": "the <fault> is at 5"}
    withdrawn = client.get("/gone.json")
    assert (withdrawn.status_code, withdrawn.headers["Cache-Control"]) == (410, "public, max-age=60")


def test_not_found_and_not_allowed(sqlite_store: Store) -> None:
    fill(sqlite_store)
    client = client_for(sqlite_store, max_age=7)
    missing = client.get("/%22%3E%3Csvg/onload%3D1%3E")
    assert (missing.status_code, missing.headers["Cache-Control"]) == (404, "public, max-age=7")
    assert b"onload" not in missing.data
    assert client.get("/nothing.json").get_json() == {"error": "There is nothing at this address."}
    posted = client.post("/latest.json", data=b"x" * 100_000)
    assert (posted.status_code, posted.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert posted.headers["Cache-Control"] == "no-store"
